/**
 * Rare events on the kernel's own queue: overflow before it empties, against the gambler's ruin.
 *
 * Levels, copies, roots and the rule of judgement were fixed before the first run.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  Agenda,
  Chance,
  type Climb,
  climb,
  exponential,
  streamId,
} from "../../src/kernel/index.ts";
import { interval } from "../../src/stats/index.ts";

interface Case {
  readonly id: string;
  readonly value: number;
  readonly params: { readonly rho: number; readonly L: number };
}

const file = new URL("../vectors/analytic/cases.json", import.meta.url);
const parsed: { cases: Case[] } = JSON.parse(readFileSync(file, "utf8"));
const cases = parsed.cases.filter(({ id }) => id.startsWith("mm1-overflow"));

const ARRIVE = 0;
const LEAVE = 1;
const STREAM = streamId("test.overflow");

/** The stretch of an M/M/1 queue from so many customers up to a level; null where it empties. */
function reach(rho: number, chance: Chance) {
  const between = exponential(1 / rho);
  const service = exponential(1);
  return (present: number, level: number, path: number): number | null => {
    const agenda = new Agenda();
    let number = 0;
    const due = (tag: number): void => {
      const law = tag === ARRIVE ? between : service;
      agenda.push(agenda.time + chance.draw(law, STREAM, path, number, tag), 0, 0, tag);
      number += 1;
    };
    let customers = present;
    // Neither law has a memory, so that a copy may draw both anew.
    due(ARRIVE);
    due(LEAVE);
    while (agenda.next(Number.POSITIVE_INFINITY)) {
      customers += agenda.tag === ARRIVE ? 1 : -1;
      if (customers === level) return customers;
      if (customers === 0) return null;
      due(agenda.tag);
    }
    return null;
  };
}

const ruin = (rho: number, level: number): number => (1 / rho - 1) / ((1 / rho) ** level - 1);

function planOf(rho: number, level: number, seed: number): Climb<number> {
  // From one level to the next is a step of (1 / rho)^step; copies make up for it.
  const step = Math.max(1, Math.round(Math.log(4) / Math.log(1 / rho)));
  const levels: number[] = [];
  for (let next = 1 + step; next < level; next += step) levels.push(next);
  const copies = levels.map(() => Math.round((1 / rho) ** step));
  const chance = new Chance([2026, seed], 0);
  return { start: 1, levels: [...levels, level], copies, next: reach(rho, chance) };
}

describe("splitting", () => {
  it("has a published case to answer", () => {
    expect(cases.map(({ id }) => id)).toEqual(["mm1-overflow-0.8-25"]);
    for (const { value, params } of cases) {
      expect(ruin(params.rho, params.L) / value).toBeCloseTo(1, 9);
    }
  });

  it.each([
    ...cases.map(({ params, value }) => [params.rho, params.L, value] as const),
    [0.5, 20, ruin(0.5, 20)] as const,
    [0.3, 15, ruin(0.3, 15)] as const,
  ])("agrees with the gambler's ruin at load %d and level %d", (rho, level, value) => {
    const roots = climb(planOf(rho, level, 1), 3000);
    const { mean, low, high } = interval([...roots], 0.9999);
    expect(value).toBeGreaterThan(low);
    expect(value).toBeLessThan(high);
    expect((high - low) / 2).toBeLessThan(mean);
  });

  it("needs far fewer paths than waiting for the event would", () => {
    const roots = climb(planOf(0.5, 20, 2), 1000);
    const { mean, sd } = interval([...roots], 0.95);
    // One path alone has a variance of p (1 - p) for each root.
    expect((mean * (1 - mean)) / (sd * sd)).toBeGreaterThan(500);
  });

  it("without a level between is counting", () => {
    const [rho, level] = [0.8, 5];
    const chance = new Chance([2026, 3], 0);
    const plan = { start: 1, levels: [level], copies: [], next: reach(rho, chance) };
    const roots = [...climb(plan, 3000)];
    expect(new Set(roots)).toEqual(new Set([0, 1]));
    const { low, high } = interval(roots, 0.9999);
    expect(ruin(rho, level)).toBeGreaterThan(low);
    expect(ruin(rho, level)).toBeLessThan(high);
  });
});
