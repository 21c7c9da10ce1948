/** All bills of a stretch at once, with prices that can be added up by hand. */
import { describe, expect, it } from "vitest";
import { type CycleNotes, cycleNotes } from "../../src/protocol/cycle.ts";
import { sweep } from "../../src/protocol/sweep.ts";
import {
  BUSY,
  byHand,
  EVEN,
  FRESH,
  type Hand,
  type HandRow,
  hand,
  handTerms,
  rowOf,
  STRANGER,
  TINY,
  totalsOf,
  UNPAID,
  UPPER,
} from "./meter-hand.ts";

interface Stretch {
  /** All bills up to this block are done. */
  readonly done?: number;
  readonly until: number;
  readonly notes?: CycleNotes;
}

const swept = (of: Hand, { done = 0, until, notes = cycleNotes(8) }: Stretch): boolean => {
  of.wallet.done = done;
  return sweep(of.wallet, of.meter, handTerms, byHand(), until, notes, of.out);
};

/** An account after the bills of a stretch. */
function taken(usable: number, rows: readonly HandRow[], stretch: Stretch): Hand {
  const of = hand(usable, rows);
  expect(swept(of, stretch)).toBe(true);
  return of;
}

/** Expects that nothing is done. */
function doubtful(usable: number, rows: readonly HandRow[], stretch: Stretch): void {
  const of = hand(usable, rows);
  expect(swept(of, stretch)).toBe(false);
  const before = hand(usable, rows);
  expect(rows.map((_, row) => rowOf(of, row))).toEqual(rows.map((_, row) => rowOf(before, row)));
  expect(totalsOf(of)).toEqual(totalsOf(before));
}

describe("the bills of a stretch", () => {
  it("are taken at once, and paid out at every third", () => {
    const of = taken(4_000, [{}], { until: 2_400 });
    // Three bills of 100 are paid out: 30, 120 and 150; the fourth is in reserve.
    expect(totalsOf(of)).toEqual({ usable: 3_600, staking: 30, foundation: 120 });
    expect(rowOf(of)).toEqual({
      ...FRESH,
      ...{ lastBilled: 2_400, cycles: 1, reserve: 100, charged: 400, farmer: 150 },
    });
  });

  it.each([
    ["none", 0, 599, 0],
    ["that at its end", 0, 600, 1],
    ["all between its ends", 0, 1_799, 2],
    ["not that at its beginning", 600, 1_200, 1],
    ["none where it is short", 600, 1_199, 0],
  ])("are %s: from %i to %i", (_, done, until, bills) => {
    const of = taken(4_000, [{ lastBilled: done }], { done, until });
    expect(totalsOf(of).usable).toBe(4_000 - 100 * bills);
    expect(rowOf(of).lastBilled).toBe(done + 600 * bills);
  });

  it.each([
    [1_000, 1_299, 0],
    [1_000, 1_300, 1],
    [1_000, 1_900, 2],
  ])("come in the contract's own rhythm: from %i to %i are %i", (done, until, bills) => {
    const of = taken(4_000, [{ phase: 100, lastBilled: 700 }], { done, until });
    expect(rowOf(of)).toMatchObject({ charged: 100 * bills, lastBilled: 700 + 600 * bills });
  });

  it("are those of every contract, but of none that ended", () => {
    const of = taken(
      9_000,
      [
        {},
        { state: "ended", overdraft: 1 },
        { kind: "rent" },
        { kind: "name" },
        { phase: 500, lastBilled: -100, state: "ended" },
      ],
      { until: 600 },
    );
    // At the upper level 60, 600 and a fee of 40, and 30.
    expect(totalsOf(of)).toEqual({ usable: 8_270, staking: 0, foundation: 0 });
    expect([0, 1, 2, 3, 4].map((row) => rowOf(of, row).charged)).toEqual([60, 0, 640, 30, 0]);
    expect(rowOf(of, 2)).toMatchObject({ reserve: 600, extraReserve: 40 });
  });

  it("are none of a contract whose first lies beyond", () => {
    const of = taken(4_000, [{ phase: 500, state: "grace" }, {}], { done: 0, until: 400 });
    expect(rowOf(of)).toEqual({ ...FRESH, state: "grace" });
  });

  it("forget what was noted of another account", () => {
    const notes = cycleNotes(8);
    const odd = hand(4_000, [{ lastBilled: 300 }, { lastBilled: 200 }]);
    expect(swept(odd, { until: 600, notes })).toBe(false);
    const rich = hand(30_000, [{ lastBilled: 300 }, { lastBilled: 200 }]);
    expect(swept(rich, { until: 600, notes })).toBe(true);
    const of = taken(4_000, [{ state: "ended" }, {}], { until: 600, notes });
    expect([rowOf(of).charged, rowOf(of, 1).charged]).toEqual([0, 100]);
    expect(totalsOf(of).usable).toBe(3_900);
    const alone = taken(4_000, [{}], { until: 600, notes });
    expect([rowOf(alone).charged, rowOf(alone, STRANGER)]).toEqual([100, FRESH]);
  });
});

describe("a stretch is left to single bills", () => {
  it.each([
    ["of a contract in grace", { state: "grace" }],
    ["where a debt is left", { overdraft: 1 }],
    ["where a fee is owed", { extraOverdraft: 1 }],
    ["where a bill may be nothing, but two are not", { idle: TINY }],
  ] as const)("%s", (_, row) => {
    doubtful(4_000, [row], { until: 600 });
    doubtful(9_000, [{ kind: "name" }, row], { until: 600 });
  });

  it.each([0, -1, -600])("where %i is usable", (usable) => {
    doubtful(usable, [{ idle: UNPAID }], { until: 600 });
  });

  it("but not where one unit is usable and nothing due", () => {
    taken(1, [{ idle: UNPAID }], { until: 600 });
  });

  it("where the price list is of another rhythm", () => {
    const of = hand(4_000, [{}]);
    const terms = { ...handTerms, frequency: 300 };
    expect(sweep(of.wallet, of.meter, terms, byHand(), 600, cycleNotes(8), of.out)).toBe(false);
    const slow = { ...handTerms, frequency: 300, secondsPerBlock: 12 };
    expect(sweep(of.wallet, of.meter, slow, byHand(), 600, cycleNotes(8), of.out)).toBe(true);
  });

  it("where it would empty the account by one unit", () => {
    expect(totalsOf(taken(300, [{}], { until: 1_800 })).usable).toBe(0);
    doubtful(299, [{}], { until: 1_800 });
    expect(
      totalsOf(taken(1_200, [{}, { kind: "rent", phase: 300, lastBilled: -300 }], { until: 600 }))
        .usable,
    ).toBe(60);
    doubtful(1_139, [{}, { kind: "rent", phase: 300, lastBilled: -300 }], { until: 600 });
  });

  it("where the last bill would find a lower level by one unit", () => {
    // Before the third bill of 60 two have been taken.
    expect(totalsOf(taken(UPPER + 120, [{}], { until: 1_800 })).usable).toBe(UPPER - 60);
    doubtful(UPPER + 119, [{}], { until: 1_800 });
  });

  it("where what is strictest of all its contracts is not met", () => {
    // In whatever order they are billed: the name's last bill must find the upper level.
    const both = [{ kind: "rent" }, { kind: "name" }] as const;
    const reversed = [{ kind: "name" }, { kind: "rent" }] as const;
    // 640 and 30 are taken; without the name's own 30 at least the level's floor must be left.
    for (const rows of [both, reversed]) {
      expect(totalsOf(taken(UPPER + 640, rows, { until: 600 })).usable).toBe(UPPER - 30);
      doubtful(UPPER + 639, rows, { until: 600 });
    }
  });
});

describe("traffic in a stretch", () => {
  const flowing = { busy: BUSY, from: 0 } as const;

  it("is billed with the whole cycles, and its seconds are counted", () => {
    const of = taken(4_000, [flowing], { until: 1_200 });
    expect(rowOf(of)).toMatchObject({ charged: 260, trafficSeconds: 7_200, from: 7_200 });
    expect(totalsOf(of).usable).toBe(3_740);
  });

  it("that costs nothing is not looked at", () => {
    const of = taken(4_000, [{ from: 0 }], { until: 1_200 });
    expect(rowOf(of)).toMatchObject({ charged: 200, trafficSeconds: 0, from: 0 });
  });

  it("that begins with or after the end of the stretch is not met in it", () => {
    const none = { charged: 200, trafficSeconds: 0 };
    expect(rowOf(taken(4_000, [{ busy: BUSY, from: 7_200 }], { until: 1_200 }))).toMatchObject(
      none,
    );
    expect(rowOf(taken(4_000, [{ busy: BUSY, from: 9_000 }], { until: 1_200 }))).toMatchObject(
      none,
    );
  });

  it("that begins after the first bill is left to single bills", () => {
    doubtful(30_000, [{ busy: BUSY, from: 3_600 }], { until: 1_200 });
    doubtful(30_000, [{ busy: BUSY, from: 7_199 }], { until: 1_200 });
    doubtful(30_000, [{ phase: 100, lastBilled: -500, busy: BUSY, from: 600 }], { until: 700 });
  });

  it("that begins within the first cycle makes that one odd", () => {
    // 3600 seconds and one of traffic at first, then 80 at the upper level.
    const of = taken(30_000, [{ busy: BUSY, from: 3_599 }], { until: 1_200 });
    expect(rowOf(of)).toMatchObject({
      ...{ charged: 3_681, trafficSeconds: 3_601, from: 7_200, lastBilled: 1_200, cycles: 2 },
    });
  });

  it("is whole where it was counted up to the last bill, whenever that was", () => {
    const row = { busy: BUSY, from: 3_600, lastBilled: 600 } as const;
    const of = taken(4_000, [row], { done: 600, until: 1_200 });
    expect(rowOf(of)).toMatchObject({ charged: 130, trafficSeconds: 3_600, from: 7_200 });
  });

  it("of which not all since the last bill was flowing makes the first bill odd", () => {
    const rows = [{ busy: BUSY, from: 3_600, lastBilled: 300 }] as const;
    // The 300 blocks before 600 were not billed, and 600 is done; what is odd ends at 1200.
    const of = taken(30_000, rows, { done: 600, until: 1_200 });
    expect(rowOf(of)).toMatchObject({ charged: 5_400 + 3_600, trafficSeconds: 3_600, cycles: 1 });
    expect(rowOf(of)).toMatchObject({ from: 7_200, lastBilled: 1_200 });
  });
});

describe("a fee as high as the cost", () => {
  it("is not taken for nothing, in whole bills and in odd ones", () => {
    const whole = taken(4_000, [{ kind: "rent", idle: EVEN }], { until: 1_200 });
    expect(rowOf(whole)).toMatchObject({ reserve: 80, extraReserve: 80, charged: 160 });
    const odd = taken(4_000, [{ kind: "rent", idle: EVEN, lastBilled: 500 }], {
      ...{ done: 500, until: 1_200 },
    });
    expect(rowOf(odd)).toMatchObject({ reserve: 640, extraReserve: 640, charged: 1_280 });
  });
});

describe("a class that owes nothing without traffic", () => {
  const idle = { idle: UNPAID, busy: BUSY } as const;

  it("is passed over, and its clock stands", () => {
    const of = taken(4_000, [idle, {}], { until: 1_200 });
    expect(rowOf(of)).toEqual(FRESH);
    expect(totalsOf(of).usable).toBe(3_800);
    // Not even what is due was noted from another account that stood in its place.
    const notes = cycleNotes(8);
    expect(swept(hand(9_000, [{ kind: "rent" }]), { until: 600, notes })).toBe(true);
    const next = taken(700, [idle], { until: 600, notes });
    expect([rowOf(next).charged, totalsOf(next).usable]).toEqual([0, 700]);
  });

  it("is billed once traffic flows", () => {
    const of = taken(4_000, [{ ...idle, from: 0 }], { until: 600 });
    expect(rowOf(of)).toMatchObject({ charged: 130, trafficSeconds: 3_600 });
  });
});

describe("an odd first bill in a stretch", () => {
  it("is of the time since the contract was made, and whole ones follow", () => {
    const of = taken(30_000, [{ lastBilled: 500 }], { done: 500, until: 1_800 });
    // 100 blocks are 600 seconds; two whole bills at the upper level are 120.
    expect(totalsOf(of)).toEqual({ usable: 29_280, staking: 72, foundation: 288 });
    expect(rowOf(of)).toMatchObject({ charged: 720, farmer: 360, cycles: 0, lastBilled: 1_800 });
  });

  it("alone is all there is", () => {
    const of = taken(30_000, [{ kind: "rent", lastBilled: 500 }], { done: 500, until: 1_199 });
    expect(rowOf(of)).toMatchObject({ reserve: 600, extraReserve: 7, lastBilled: 600, cycles: 1 });
    expect(totalsOf(of).usable).toBe(29_393);
    expect(rowOf(of)).toMatchObject({ trafficSeconds: 0, from: Number.POSITIVE_INFINITY });
  });

  it("comes in the contract's own rhythm", () => {
    const of = taken(30_000, [{ phase: 100, lastBilled: 650 }], { done: 650, until: 1_300 });
    // 50 blocks are 300 seconds, and a whole bill at the upper level is 60.
    expect(rowOf(of)).toMatchObject({ charged: 360, lastBilled: 1_300, cycles: 2 });
    const busy = { phase: 100, lastBilled: 650, busy: BUSY, from: 3_900 } as const;
    const flown = taken(30_000, [busy], { done: 650, until: 700 });
    expect(rowOf(flown)).toMatchObject({ charged: 600, trafficSeconds: 300, from: 4_200 });
  });

  it("that costs nothing yet is left to single bills", () => {
    doubtful(30_000, [{ kind: "name", lastBilled: 599 }], { until: 600 });
    expect(rowOf(taken(30_000, [{ kind: "name", lastBilled: 590 }], { until: 600 })).charged).toBe(
      60,
    );
  });

  it("of a contract that missed bills is of all that time", () => {
    const of = taken(30_000, [{ lastBilled: 100 }], { done: 650, until: 1_200 });
    expect(rowOf(of)).toMatchObject({ charged: 6_600, lastBilled: 1_200 });
  });

  it("of nothing is left to single bills", () => {
    const row = { idle: UNPAID, busy: UNPAID, lastBilled: 500 } as const;
    taken(30_000, [row], { done: 500, until: 600 });
    const of = hand(30_000, [{ idle: TINY, lastBilled: 500 }]);
    expect(swept(of, { done: 500, until: 600 })).toBe(false);
  });

  it("has to find its level, whatever order the bills come in", () => {
    // 600 seconds are 600, the rent's whole bill is 640: the level must stand under both.
    const rows = [{ lastBilled: 500 }, { kind: "rent", lastBilled: 0 }] as const;
    expect(totalsOf(taken(UPPER + 640, rows, { until: 600 })).usable).toBe(UPPER - 600);
    doubtful(UPPER + 639, rows, { until: 600 });
    const reversed = [{ kind: "rent", lastBilled: 0 }, { lastBilled: 500 }] as const;
    expect(totalsOf(taken(UPPER + 640, reversed, { until: 600 })).usable).toBe(UPPER - 600);
    doubtful(UPPER + 639, reversed, { until: 600 });
  });

  it("with a fee has to find its level too, both being taken from it", () => {
    // 600 and a fee of 7 are odd, and the name's 30 come before or after them.
    const rows = [{ kind: "rent", lastBilled: 500 }, { kind: "name" }] as const;
    expect(totalsOf(taken(UPPER + 607, rows, { until: 600 })).usable).toBe(UPPER - 30);
    doubtful(UPPER + 606, rows, { until: 600 });
    const after = [{ kind: "rent", lastBilled: 500 }, { lastBilled: 500 }] as const;
    expect(totalsOf(taken(UPPER + 607, after, { until: 600 })).usable).toBe(UPPER - 600);
    const small = [{ kind: "rent", lastBilled: 599 }, { kind: "name" }] as const;
    // 6 and 7 are odd: the rent's level must stand under the name's 30.
    expect(totalsOf(taken(UPPER + 30, small, { until: 600 })).usable).toBe(UPPER - 13);
    doubtful(UPPER + 29, small, { until: 600 });
  });

  it("at no level has to be covered", () => {
    const of = taken(600, [{ lastBilled: 500 }], { done: 500, until: 600 });
    expect(totalsOf(of).usable).toBe(0);
    doubtful(599, [{ lastBilled: 500 }], { done: 500, until: 600 });
    doubtful(699, [{ lastBilled: 500 }], { done: 500, until: 1_200 });
    expect(totalsOf(taken(700, [{ lastBilled: 500 }], { done: 500, until: 1_200 })).usable).toBe(0);
  });
});

describe("a stash", () => {
  const withStash = (usable: number, row: HandRow, stretch: Stretch): boolean => {
    const of = hand(usable, [row]);
    of.wallet.stash = 4_000;
    return swept(of, stretch);
  };

  it("counts for the level of every bill, and pays none", () => {
    // Two bills of 60: the second finds 1,000 beside the stash, which is the level's least.
    expect(withStash(1_060, {}, { until: 1_200 })).toBe(true);
    expect(withStash(1_059, {}, { until: 1_200 })).toBe(false);
    // 600 seconds are odd, at a level that holds with the stash.
    expect(withStash(1_000, { lastBilled: 500 }, { done: 500, until: 600 })).toBe(true);
    expect(withStash(599, { lastBilled: 500 }, { done: 500, until: 600 })).toBe(false);
  });
});
