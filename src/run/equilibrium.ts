/**
 * Equilibrium: whether a world in which people respond comes to the same end from several starts.
 *
 * Each start has its level in the first week and in the last one, a mean over replications with its
 * interval. Starts share their chance, so two ends agree where the interval of their paired
 * difference holds zero, at a level for all pairs together; intervals that only overlap would call
 * anything equal that is measured badly. Where they do not agree, it is told how much of the
 * distance at the start is left, since a run may be too short to close it: nothing is
 * called an equilibrium of its own that is still on its way to another.
 */
import { interval } from "../stats/index.ts";
import type { Effect } from "./effect.ts";
import { readTableFile } from "./table-reader.ts";

/** The levels that are followed, by the names of their series. */
const FOLLOWED = ["contract.live", "node.count", "token.price_usd"] as const;

/** One start: how much there is of a measure in the first week and in the last. */
export interface StartLevel {
  /** What users had at the start, times what their arrivals sustain. */
  readonly factor: number;
  readonly first: number;
  readonly last: number;
  /** The interval of the last; null below two replications. */
  readonly ci95: readonly [number, number] | null;
}

/** What becomes of one measure from all starts. */
export interface Equilibrium {
  readonly arm: "base" | "variant";
  readonly measure: string;
  /** In the order of their factors. */
  readonly starts: readonly StartLevel[];
  /** The widest distance between two starts, as shares of their mean: first week, last week. */
  readonly apartAtFirst: number;
  readonly apartAtLast: number;
  readonly reading: "agree" | "approaching" | "apart" | "unknown";
}

/** The effects of a variant where people respond, from another start. */
export interface StartEffect {
  readonly factor: number;
  readonly effects: readonly Effect[];
}

/** The samples of the followed series, one list a replication: seconds and levels. */
export type Levels = ReadonlyMap<string, ReadonlyMap<number, readonly Level[]>>;

interface Level {
  readonly time: number;
  readonly value: number;
}

/** Reads the followed series of an arm. */
export async function readLevels(path: string): Promise<Levels> {
  const levels = new Map<string, Map<number, Level[]>>();
  const columns = ["metric", "dimension", "replication", "time", "value"];
  await readTableFile(path, columns, (row) => {
    const measure = String(row["metric"]);
    if (row["dimension"] !== "" || !FOLLOWED.some((name) => name === measure)) return;
    const byReplication = levels.get(measure) ?? new Map<number, Level[]>();
    levels.set(measure, byReplication);
    const replication = Number(row["replication"]);
    const list = byReplication.get(replication) ?? [];
    byReplication.set(replication, list);
    list.push({ time: Number(row["time"]), value: Number(row["value"]) });
  });
  return levels;
}

/** What becomes of all measures that differ at any start, in one arm. */
export function equilibria(
  arm: Equilibrium["arm"],
  starts: readonly { readonly factor: number; readonly levels: Levels }[],
): readonly Equilibrium[] {
  const ordered = [...starts].sort((a, b) => a.factor - b.factor);
  return FOLLOWED.flatMap((measure): readonly Equilibrium[] => {
    const found = ordered.flatMap(({ factor, levels }) => {
      const by = levels.get(measure);
      return by === undefined || by.size === 0 ? [] : [{ factor, weeks: weeksOf(by) }];
    });
    const met = found.map(({ factor, weeks }) => levelOf(factor, weeks));
    if (met.length < 2) return [];
    const apartAtFirst = apart(met.map(({ first }) => first));
    const apartAtLast = apart(met.map(({ last }) => last));
    if (apartAtFirst === 0 && apartAtLast === 0) return [];
    const ends = found.map(({ weeks }) => weeks);
    const reading = readingOf(ends, apartAtFirst, apartAtLast);
    return [{ arm, measure, starts: met, apartAtFirst, apartAtLast, reading }];
  });
}

const WEEK = 7 * 86_400;

/** The mean level of the first week and of the last, by replication. */
type Weeks = ReadonlyMap<number, { readonly first: number; readonly last: number }>;

function weeksOf(byReplication: ReadonlyMap<number, readonly Level[]>): Weeks {
  return new Map(
    [...byReplication].map(([replication, levels]) => {
      const from = levels[0].time + WEEK;
      const to = levels[levels.length - 1].time - WEEK;
      const first = meanOf(levels.filter(({ time }) => time <= from));
      return [replication, { first, last: meanOf(levels.filter(({ time }) => time >= to)) }];
    }),
  );
}

function levelOf(factor: number, weeks: Weeks): StartLevel {
  const all = [...weeks.values()];
  const { mean, low, high } = interval(
    all.map(({ last }) => last),
    0.95,
  );
  const first = meanOf(all.map((week) => ({ time: 0, value: week.first })));
  return { factor, first, last: mean, ci95: all.length < 2 ? null : [low, high] };
}

const meanOf = (levels: readonly Level[]): number =>
  levels.reduce((sum, { value }) => sum + value, 0) / levels.length;

/** The widest distance, as a share of the mean. */
function apart(levels: readonly number[]): number {
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  return mean === 0 ? 0 : (Math.max(...levels) - Math.min(...levels)) / mean;
}

/** A distance that has shrunk to this part of what it was is on its way to nothing. */
const SHRUNK = 0.5;

function readingOf(ends: readonly Weeks[], first: number, last: number): Equilibrium["reading"] {
  const pairs = ends.flatMap((one, at) =>
    ends.slice(at + 1).map((other) => pairedEnds(one, other)),
  );
  if (pairs.some((differences) => differences.length < 2)) return "unknown";
  const level = 1 - 0.05 / pairs.length;
  const agree = pairs.every((differences) => {
    const { low, high } = interval(differences, level);
    return low <= 0 && high >= 0;
  });
  if (agree) return "agree";
  return last <= SHRUNK * first ? "approaching" : "apart";
}

/** The differences of the last weeks of the replications that both have. */
const pairedEnds = (one: Weeks, other: Weeks): readonly number[] =>
  [...one].flatMap(([replication, { last }]) => {
    const partner = other.get(replication);
    return partner === undefined ? [] : [last - partner.last];
  });
