/** What a fleet tells over a run, and its ages, for tests of the physical world. */
import { Chance } from "../../src/kernel/index.ts";
import { PERIOD_LENGTH } from "../../src/protocol/index.ts";
import { seconds } from "../../src/units/index.ts";
import { FactLog } from "../../src/world/facts.ts";
import { Fleet } from "../../src/world/fleet.ts";
import type { Setup } from "../../src/world/setup.ts";
import type { Crew } from "../../src/world/shard.ts";

export const DAY = 86_400;
/** The seed of every chronicle. */
export const KEY = [20_230_403, 7] as const;

/** One row of a fact log. */
export interface Told {
  readonly kind: number;
  readonly time: number;
  readonly entity: number;
  readonly value: number;
}

/** A fleet that lives by itself, its periods closed and settled as a chain would. */
export class Chronicle {
  readonly facts = new FactLog();
  readonly fleet: Fleet;
  readonly #settled: (end: number) => void;
  #end: number = PERIOD_LENGTH;
  #settlement = Number.POSITIVE_INFINITY;

  constructor(
    setup: Setup,
    replication = 0,
    settled: (end: number) => void = () => {},
    crew: Crew | null = null,
  ) {
    this.fleet = new Fleet(setup, new Chance(KEY, replication), { facts: this.facts, crew });
    this.#settled = settled;
  }

  /** Lives until then; the facts stay in the log. */
  advance(until: number): void {
    for (;;) {
      if (this.#settlement <= Math.min(until, this.#end)) {
        this.fleet.advance(this.#settlement);
        this.fleet.settlePeriod();
        this.#settlement = Number.POSITIVE_INFINITY;
        this.#settled(this.#end - PERIOD_LENGTH);
      } else if (this.#end <= until) {
        const next = seconds(this.#end + PERIOD_LENGTH);
        this.fleet.advance(this.#end);
        this.fleet.closePeriod({ start: seconds(this.#end), end: next });
        this.#settlement = this.fleet.settlementSecond(this.#end);
        this.#end = next;
      } else break;
    }
    this.fleet.advance(until);
  }

  /** The facts told so far, in order. */
  told(): Told[] {
    const { kind, time, entity, value, count } = this.facts;
    return Array.from({ length: count }, (_, i) => ({
      kind: kind[i],
      time: time[i],
      entity: entity[i],
      value: value[i],
    }));
  }

  /** The history of every node as text, by its cause. */
  histories(): Map<string, string> {
    const { causeHigh, causeLow, count, farm } = this.fleet.nodes;
    const { gridPosition } = this.fleet.farms;
    const lines: string[][] = Array.from({ length: count }, () => []);
    for (const { kind, time, entity, value } of this.told()) {
      lines[entity].push(`${kind}@${time}=${value}`);
    }
    return new Map(
      lines.map((line, i) => [
        `${causeHigh[i]}/${causeLow[i]}`,
        `${gridPosition[farm[i]]} ${line.join(" ")}`,
      ]),
    );
  }

  /** Nodes that have not left, and the share of those that can be reached. */
  alive(): number[] {
    const { left, count } = this.fleet.nodes;
    return Array.from({ length: count }, (_, i) => i).filter((i) => left[i] === Infinity);
  }

  /** Seconds in reach, over seconds enrolled, of all nodes up to `now`. */
  reach(now: number): { readonly reachable: number; readonly enrolled: number } {
    const { nodes } = this.fleet;
    let reachable = 0;
    let enrolled = 0;
    for (let i = 0; i < nodes.count; i++) {
      reachable += nodes.reachableUntil(i, now);
      enrolled += nodes.enrolledUntil(i, now);
    }
    return { reachable, enrolled };
  }
}
