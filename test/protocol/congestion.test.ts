import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  billsPerBlock,
  type Congestion,
  congestion,
  type Overflow,
  roomBlock,
} from "../../src/protocol/index.ts";
import { defaults } from "./defaults.ts";

const real = defaults(roomBlock);

describe("a block", () => {
  it("has three quarters of two seconds for ordinary calls", () => {
    expect(real.room).toBe(1_500_000_000_000);
  });

  it("weighs a bill by its work, sixteen reads of 25 us and four writes of 100 us", () => {
    // 81.7 us + 400 us + 400 us
    expect(real.bill).toBe(881_700_000);
  });

  it("has room for 1,701 bills, and 600 of them for a million an hour", () => {
    // 1,701 * 881.7 us = 1,499,771.7 us; one more would be 1,500,653.4 us.
    expect(billsPerBlock(real)).toBe(1_701);
    expect(600 * billsPerBlock(real)).toBe(1_020_600);
  });

  it.each([
    // 1,500,000 / 980.7 = 1,529.5; 1,490 * 1,006.7 = 1,499,983, and one more is too much.
    [99_000_000, 1_529],
    [125_000_000, 1_490],
  ])("has room for fewer where each call weighs %d more: %d", (call, bills) => {
    expect(billsPerBlock({ ...real, call })).toBe(bills);
  });

  it("must have room for one bill at least", () => {
    expect(() => billsPerBlock({ ...real, room: real.bill - 1 })).toThrow("room for a bill");
    expect(billsPerBlock({ ...real, room: real.bill })).toBe(1);
  });
});

/** The same block by block, with every bill by itself; independent of the closed form. */
function stepped(loads: readonly number[], room: number, overflow: Overflow): Congestion {
  interface Contract {
    waits: boolean;
    bills: number;
  }
  const slots = loads.map((load) =>
    Array.from({ length: load }, (): Contract => ({ waits: false, bills: 0 })),
  );
  const frequency = loads.length;
  const waiting: { of: Contract; since: number }[] = [];
  let late: number[] = [];
  let made = 0;
  const cycle = (number: number): void => {
    late = [];
    made = 0;
    for (let slot = 0; slot < frequency; slot++) {
      const block = number * frequency + slot;
      for (const of of slots[slot]) {
        if (!of.waits) waiting.push({ of, since: block });
        of.waits = true;
      }
      for (const { of, since } of waiting.splice(0, room)) {
        of.waits = false;
        of.bills += 1;
        made += 1;
        late.push(block - since);
      }
      if (overflow === "carried") continue;
      for (const { of } of waiting.splice(0)) of.waits = false;
    }
  };
  for (let number = 0; number < 12; number++) cycle(number);
  const all = slots.flat();
  const over = late.filter((blocks) => blocks > 0);
  return {
    fill: all.length / (room * frequency),
    made,
    late: over.length,
    lateBlocks: over.reduce((sum, blocks) => sum + blocks, 0),
    longest: Math.max(0, ...late),
    never: all.filter(({ bills }) => bills === 0).length,
    cycles: 1,
  };
}

describe("a cycle of bills", () => {
  it("carries what finds no room to the next blocks that have some", () => {
    // Room for two: five in slot 0 are billed in blocks 0, 0, 1, 1, 2; the one of slot 1 asked
    // after them and goes with the last in block 2.
    expect(congestion([5, 1, 0, 0], 2, "carried")).toEqual({
      ...{ fill: 0.75, made: 6, late: 4, lateBlocks: 1 + 1 + 2 + 1, longest: 2 },
      ...{ never: 0, cycles: 1 },
    });
  });

  it("carries over the end of the cycle", () => {
    // The two that slot 3 cannot make go into the next cycle's slots 0 and 1.
    expect(congestion([0, 0, 1, 3], 1, "carried")).toMatchObject({
      ...{ fill: 1, made: 4, late: 2, lateBlocks: 3, longest: 2 },
    });
  });

  it("bills the first of a slot and never the rest, where bills are skipped", () => {
    expect(congestion([5, 1, 0, 0], 2, "skipped")).toEqual({
      ...{ fill: 0.75, made: 3, late: 0, lateBlocks: 0, longest: 0, never: 3, cycles: 1 },
    });
  });

  it("bills everybody less often, where it is overfull", () => {
    // Twelve contracts, and eight bills a cycle: one in one and a half cycles.
    expect(congestion([9, 3, 0, 0], 2, "carried")).toMatchObject({
      ...{ fill: 1.5, made: 8, never: 0, cycles: 1.5, late: Number.NaN },
    });
  });

  it("has a block at least, which has room for a bill", () => {
    for (const overflow of ["carried", "skipped"] as const) {
      expect(() => congestion([], 1, overflow)).toThrow("a cycle has blocks");
      expect(() => congestion([1], 0, overflow)).toThrow("a block room");
      expect(congestion([1], 1, overflow)).toMatchObject({ fill: 1, made: 1 });
    }
  });

  it("goes as it does block by block", () => {
    const loads = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 12 });
    const room = fc.integer({ min: 1, max: 5 });
    const overflow = fc.constantFrom<Overflow>("carried", "skipped");
    fc.assert(
      fc.property(loads, room, overflow, (of, bills, what) => {
        const closed = congestion(of, bills, what);
        const steps = stepped(of, bills, what);
        if (closed.cycles === 1) expect(closed).toEqual(steps);
        // A queue that is never empty: every block is full, and everybody has a turn.
        else expect([closed.made, closed.never]).toEqual([steps.made, steps.never]);
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });
});
