/**
 * Era warnings: inputs that speak of another time than the run does.
 */
import { findEconomics, monthOf } from "../protocol/index.ts";
import type { Seconds } from "../units/index.ts";
import { ECONOMICS } from "./economics.ts";
import { writeInstant } from "./instant.ts";
import type { ResolvedValue } from "./scenario.ts";

/** An input this many months away from the start, or more, is named. */
const FAR = 12;

/** Months from the year 0 to a date such as `2023-04`, `2023` (its middle) or `2024-05..`. */
function monthsOf(date: string): number | undefined {
  const match = /^(\d{4})(?:-(\d{2}))?/.exec(date);
  if (match === null) return undefined;
  return Number(match[1]) * 12 + (match[2] === undefined ? 6 : Number(match[2]) - 1);
}

/** The day of an instant, such as `2023-04-01`. */
export const dayText = (instant: Seconds): string => writeInstant(instant).slice(0, 10);

/** The month of an instant, such as `2023-04`. */
export const monthText = (instant: Seconds): string => dayText(instant).slice(0, 7);

/** An economy that a scenario names, and the instant from which it holds there. */
export interface NamedEconomics {
  readonly name: string;
  readonly at: Seconds;
}

/** One sentence for each named economy that was not in force at its instant. */
export function economicsWarnings(named: readonly NamedEconomics[]): readonly string[] {
  return named.flatMap(({ name, at }): readonly string[] => {
    const set = findEconomics(name);
    if (set === undefined) return [];
    const { status, from, until } = set;
    const live = status === "live" && from <= at && (until === null || at < until);
    if (live) return [];
    const then = until === null ? "" : ` to ${monthText(until)}`;
    const told = `${status === "live" ? "from" : status} ${monthText(from)}${then}`;
    return [`${ECONOMICS}: ${name} (${told}) on a grid of ${monthText(at)} is a what-if`];
  });
}

interface Group {
  readonly head: string;
  readonly names: string[];
}

/**
 * One sentence for each block and date that is more than a year off the start, and for each rule of
 * the chain that is younger than the start; values that the scenario gives itself carry no date.
 */
export function eraWarnings(values: readonly ResolvedValue[], start: Seconds): readonly string[] {
  const { year, month } = monthOf(start);
  const now = year * 12 + month - 1;
  const groups = new Map<string, Group>();
  for (const { path, date, from } of values) {
    const then = monthsOf(date);
    if (from !== "default" || then === undefined || path === ECONOMICS) continue;
    const apart = then - now;
    const rule = path.startsWith("policy.");
    if (Math.abs(apart) <= FAR && !(rule && apart > 0)) continue;
    const block = path.slice(0, path.lastIndexOf("."));
    const name = path.slice(block.length + 1);
    const side = apart < 0 ? "older" : "younger";
    const head =
      rule && apart > 0
        ? `${block}: rules of ${date} on a grid of ${monthText(start)} are a what-if`
        : `${block}: inputs of ${date} are ${Math.abs(apart)} months ${side} than the start`;
    const group = groups.get(head) ?? { head, names: [] };
    group.names.push(name);
    groups.set(head, group);
  }
  return [...groups.values()].map(({ head, names }) => `${head} (${names.join(", ")})`);
}
