/** One bill on rows of a table, with prices that can be added up by hand. */
import { describe, expect, it } from "vitest";
import { billRow, closeRow, shareOf } from "../../src/protocol/meter.ts";
import { note, takings } from "../../src/protocol/meter-table.ts";
import {
  BUSY,
  byHand,
  changesOf,
  FRESH,
  type Hand,
  type HandRow,
  hand,
  handTerms,
  IDLE,
  NAME,
  rowOf,
  TINY,
  totalsOf,
  UNPAID,
  UPPER,
} from "./meter-hand.ts";

const bill = (of: Hand, block: number, row = 0): boolean =>
  billRow(of.wallet, of.meter, handTerms, byHand(), row, block, of.out);

const close = (of: Hand, block: number, row = 0): void =>
  closeRow(of.wallet, of.meter, handTerms, byHand(), row, block, of.out);

/** An account after a bill of its first contract at block 600, or at another one. */
function billed(usable: number, rows: readonly HandRow[], block = 600): Hand {
  const of = hand(usable, rows);
  expect(bill(of, block)).toBe(true);
  return of;
}

describe("a bill of a whole cycle", () => {
  it("moves what is due into the reserve and starts the next cycle", () => {
    const of = billed(4_000, [{}]);
    expect(rowOf(of)).toEqual({
      ...FRESH,
      ...{ reserve: 100, charged: 100, cycles: 1, lastBilled: 600 },
    });
    expect(totalsOf(of)).toEqual({ usable: 3_900, staking: 0, foundation: 0 });
    expect(of.out).toMatchObject({ standard: 100, additional: 0, level: 0, whole: true });
    expect(changesOf(of)).toEqual([]);
  });

  it.each([
    [UPPER - 1, 100, 0],
    [UPPER, 60, 1],
  ])("at %i usable is %i, at level %i", (usable, due, level) => {
    const of = billed(usable, [{}]);
    expect(of.out).toMatchObject({ standard: due, level });
    expect(totalsOf(of).usable).toBe(usable - due);
  });

  it.each([
    [9, 100],
    [10, 60],
  ])("at %i in a stash beside its own is %i, which its own pays", (stash, due) => {
    const of = hand(UPPER - 10, [{}]);
    of.wallet.stash = stash;
    expect(bill(of, 600)).toBe(true);
    expect(of.out.standard).toBe(due);
    expect([totalsOf(of).usable, of.wallet.stash]).toEqual([UPPER - 10 - due, stash]);
  });

  it.each([
    ["is dearer where traffic flowed all the time", { busy: BUSY, from: 0 }, 130, 3_600],
    ["is that without where none flowed", { busy: BUSY }, 100, 0],
    ["does not look at traffic that costs nothing", { busy: IDLE, from: 1_800 }, 100, 0],
    ["does not look at traffic of after it", { busy: BUSY, from: 3_601 }, 100, 0],
    ["nor at what begins with it", { busy: BUSY, from: 3_600 }, 100, 0],
  ] as const)("%s", (_, row, due, seconds) => {
    const of = billed(4_000, [row]);
    expect(of.out).toMatchObject({ standard: due, whole: true });
    expect(of.meter.trafficSeconds[0]).toBe(seconds);
    const from = seconds === 0 ? ("from" in row ? row.from : Number.POSITIVE_INFINITY) : 3_600;
    expect(of.meter.trafficFrom[0]).toBe(from);
  });

  it("sets the extra fee of a rent aside for the farmer", () => {
    const of = billed(4_000, [{ kind: "rent" }]);
    expect(rowOf(of)).toMatchObject({ reserve: 1_000, extraReserve: 40, charged: 1_040 });
    expect(totalsOf(of).usable).toBe(2_960);
  });
});

describe("a bill of an odd stretch", () => {
  it.each([
    ["as long as it was", {}, 500, 3_000, 0],
    ["also where it is longer than a cycle", {}, 601, 3_606, 0],
    ["with the traffic since the boot", { busy: BUSY, from: 1_800 }, 600, 5_400, 1_800],
    ["with all the traffic where it is no whole cycle", { busy: BUSY, from: 0 }, 500, 6_000, 3_000],
    ["without traffic that costs nothing", { busy: IDLE, from: 1_800 }, 500, 3_000, 0],
    ["with what was told before", { told: 9 }, 600, 3_609, 0],
  ] as const)("costs %s", (_, row, block, due, seconds) => {
    const of = billed(20_000, [row], block);
    expect(of.out).toMatchObject({ standard: due, whole: false, level: 20_000 });
    expect(rowOf(of)).toMatchObject({ told: 0, trafficSeconds: seconds, lastBilled: block });
    if (seconds > 0) expect(rowOf(of).from).toBe(block * 6);
  });

  it("is judged on nothing where less is free than has to stay", () => {
    expect(billed(-3, [{}], 500).out.level).toBe(0);
  });

  it("has the fee that belongs to it", () => {
    const of = billed(20_000, [{ kind: "rent" }], 500);
    expect(rowOf(of)).toMatchObject({ reserve: 3_000, extraReserve: 7 });
  });
});

describe("a bill of nothing", () => {
  it("leaves the time of the last bill and the cycles alone", () => {
    const of = hand(4_000, [{ idle: UNPAID }]);
    expect(bill(of, 600)).toBe(false);
    expect(rowOf(of)).toEqual(FRESH);
    const none = hand(4_000, [{ idle: TINY }]);
    expect(bill(none, 600)).toBe(false);
    expect(bill(none, 1_200)).toBe(true);
    expect(none.out.standard).toBe(7_200);
  });

  it.each(["overdraft", "extraOverdraft"] as const)("is one where an %s is left", (owed) => {
    const of = billed(4_000, [{ idle: UNPAID, [owed]: 70 }]);
    const reserve = owed === "overdraft" ? { reserve: 70 } : { extraReserve: 70 };
    expect(rowOf(of)).toEqual({
      ...FRESH,
      ...{ ...reserve, charged: 70, cycles: 1, lastBilled: 600 },
    });
    expect(totalsOf(of).usable).toBe(3_930);
  });
});

describe("funds that fall short", () => {
  it("by nothing are enough, and by one unit are taken whole", () => {
    expect(rowOf(billed(100, [{}]))).toMatchObject({ state: "created", reserve: 100 });
    const short = billed(99, [{}]);
    expect(rowOf(short)).toEqual({
      ...FRESH,
      ...{ state: "grace", since: 600, lastBilled: 600, cycles: 1 },
      ...{ reserve: 99, charged: 99, overdraft: 1 },
    });
    expect(totalsOf(short).usable).toBe(0);
    expect(changesOf(short)).toEqual(["0 600 graceEntered"]);
  });

  it.each([
    [30, { extraReserve: 30, reserve: 0, extraOverdraft: 10, overdraft: 1_000 }],
    [70, { extraReserve: 40, reserve: 30, extraOverdraft: 0, overdraft: 970 }],
    [-5, { extraReserve: 0, reserve: 0, extraOverdraft: 40, overdraft: 1_000 }],
  ])("of %i pay the fee before the rent", (usable, parts) => {
    const of = billed(usable, [{ kind: "rent" }]);
    expect(rowOf(of)).toMatchObject({ ...parts, charged: Math.max(usable, 0) });
    expect(totalsOf(of).usable).toBe(Math.min(usable, 0));
  });

  it("are set against what was owed before as well", () => {
    const row = { kind: "rent", state: "grace", overdraft: 300, extraOverdraft: 20 } as const;
    const more = { reserve: 5, extraReserve: 6 };
    expect(rowOf(billed(100, [{ ...row, ...more }]))).toMatchObject({
      ...{ extraReserve: 66, reserve: 45, extraOverdraft: 0, overdraft: 1_260, charged: 100 },
    });
    // 1000 and 40 are due, 300 and 20 are owed.
    expect(rowOf(billed(1_360, [{ ...row, ...more }]))).toMatchObject({
      ...{ extraReserve: 66, reserve: 1_305, extraOverdraft: 0, overdraft: 0, charged: 1_360 },
    });
  });
});

describe("a rent and its fee", () => {
  it.each([
    [1_040, {}, "created"],
    [1_039, {}, "grace"],
    [1_360, { overdraft: 300, extraOverdraft: 20 }, "created"],
    [1_359, { overdraft: 300, extraOverdraft: 20 }, "grace"],
  ])("ask for all of both: with %i, owing %j: %s", (usable, owing, state) => {
    expect(rowOf(billed(usable, [{ kind: "rent", ...owing }])).state).toBe(state);
  });
});

describe("grace", () => {
  const poor = { state: "grace", since: 100, overdraft: 1 } as const;

  it("is left with the first bill that finds enough for everything", () => {
    const of = billed(101, [poor]);
    expect(rowOf(of)).toMatchObject({ state: "created", overdraft: 0, reserve: 101 });
    expect(changesOf(of)).toEqual(["0 600 graceLeft"]);
    const still = billed(100, [poor]);
    expect(rowOf(still)).toMatchObject({ state: "grace", since: 100, overdraft: 1 });
    expect(changesOf(still)).toEqual([]);
  });

  it("is over after its blocks and not one before", () => {
    const at = (block: number) => rowOf(billed(0, [{ ...poor, lastBilled: block - 600 }], block));
    expect(at(1_299).state).toBe("grace");
    expect(at(1_300)).toMatchObject({ state: "ended", lastBilled: 700 });
  });

  it("that is over pays out what is set aside, and the rest is lost", () => {
    const of = billed(60, [{ ...poor, reserve: 40, lastBilled: 700 }], 1_300);
    expect(totalsOf(of)).toEqual({ usable: 0, staking: 10, foundation: 40 });
    expect(rowOf(of)).toMatchObject({ state: "ended", reserve: 0, farmer: 50, cycles: 0 });
    expect(changesOf(of)).toEqual(["0 1300 ended"]);
  });

  it("of the node's rent holds a covered contract, and ends it in its time", () => {
    const rent = { kind: "rent", state: "grace", since: 100 } as const;
    const held = billed(4_000, [poor, rent]);
    expect(rowOf(held)).toMatchObject({ state: "grace", since: 100, overdraft: 0, reserve: 101 });
    expect(changesOf(held)).toEqual([]);
    expect(rowOf(billed(4_000, [{ ...poor, lastBilled: 700 }, rent], 1_300)).state).toBe("ended");
  });

  it.each([
    ["a rent of another node", { kind: "rent", state: "grace", node: 2 }],
    ["a rent in good standing", { kind: "rent" }],
    ["a rent that ended", { kind: "rent", state: "ended" }],
    ["another contract of the node", { state: "grace" }],
  ] as const)("is not held by %s", (_, other) => {
    expect(rowOf(billed(4_000, [poor, other])).state).toBe("created");
  });

  it("of a name is no rent's", () => {
    const name = { ...poor, kind: "name", node: 1 } as const;
    const of = billed(4_000, [name, { kind: "rent", state: "grace" }]);
    expect(rowOf(of).state).toBe("created");
  });
});

describe("a payout", () => {
  it("comes with the third bill, in three parts, of which the farmer's takes the rest", () => {
    const second = billed(4_000, [{ cycles: 1, reserve: 3 }]);
    expect(rowOf(second)).toMatchObject({ cycles: 2, reserve: 103, farmer: 0 });
    const third = billed(4_000, [{ cycles: 2, reserve: 209 }]);
    // A tenth of 309 is 31, four tenths are 124, and 154 are left.
    expect(totalsOf(third)).toEqual({ usable: 3_900, staking: 31, foundation: 124 });
    expect(rowOf(third)).toMatchObject({ cycles: 0, reserve: 0, farmer: 154, lastBilled: 600 });
  });

  it("of a rent gives the farmer the whole fee beside his part", () => {
    const of = billed(4_000, [{ kind: "rent", cycles: 2, extraReserve: 5 }]);
    expect(totalsOf(of)).toEqual({ usable: 2_960, staking: 100, foundation: 400 });
    expect(rowOf(of)).toMatchObject({ farmer: 545, extraReserve: 0, reserve: 0, cycles: 0 });
  });

  it("of a fee alone is one", () => {
    const of = billed(30, [{ kind: "rent", cycles: 2 }]);
    expect(rowOf(of)).toMatchObject({ farmer: 30, extraReserve: 0, cycles: 0 });
  });

  it("of a name has no part for a farmer", () => {
    const of = billed(4_000, [{ kind: "name", idle: NAME, cycles: 2, reserve: 59 }]);
    expect(totalsOf(of)).toEqual({ usable: 3_950, staking: 11, foundation: 98 });
    expect(rowOf(of)).toMatchObject({ farmer: 0, reserve: 0, cycles: 0 });
  });

  it("of nothing is none, and the cycles go on", () => {
    expect(rowOf(billed(0, [{ cycles: 2 }]))).toMatchObject({ cycles: 3, farmer: 0 });
    expect(rowOf(billed(0, [{ cycles: 7 }]))).toMatchObject({ cycles: 8 });
  });

  it("adds to what was paid out before", () => {
    const of = billed(4_000, [{ cycles: 2, reserve: 200 }]);
    of.meter.cycles[0] = 2;
    expect(bill(of, 1_200)).toBe(true);
    expect(totalsOf(of)).toEqual({ usable: 3_800, staking: 40, foundation: 160 });
    expect(rowOf(of)).toMatchObject({ farmer: 200, charged: 200 });
  });
});

describe("a share", () => {
  it.each([
    [0, 1_000, 0],
    [5, 1_000, 0],
    [6, 1_000, 1],
    [15, 1_000, 1],
    [16, 1_000, 2],
    [10_005, 1_000, 1_000],
    [10_006, 1_000, 1_001],
    [20_000, 4_000, 8_000],
    [123_456_789, 4_000, 49_382_716],
    [123_456_789, 10_000, 123_456_789],
  ])("of %i in ten-thousandths %i is %i: to the nearest, ties down", (amount, parts, share) => {
    expect(shareOf(amount, parts)).toBe(share);
  });
});

describe("a contract that its owner ends", () => {
  it("is billed for the time since the last bill, and paid out", () => {
    const of = hand(4_000, [{ reserve: 100, cycles: 1, told: 3 }]);
    close(of, 100);
    // 600 seconds and what was told, beside the reserve: a tenth of 703, four tenths, the rest.
    expect(totalsOf(of)).toEqual({ usable: 3_397, staking: 70, foundation: 281 });
    expect(rowOf(of)).toMatchObject({ state: "ended", farmer: 352, told: 0, charged: 603 });
    expect(changesOf(of)).toEqual([]);
    expect(() => close(of, 100)).toThrow("a contract ends once");
  });

  it.each([
    [609, 8, { usable: 1, farmer: 304 }],
    [608, 8, { usable: 0, farmer: 304 }],
    [607, 8, { usable: 0, farmer: 303 }],
    [100, 8, { usable: 0, farmer: 50 }],
  ])("with %i usable and %i owed pays what there is", (usable, owed, { usable: left, farmer }) => {
    const of = hand(usable, [{ overdraft: owed }]);
    close(of, 100);
    expect(totalsOf(of).usable).toBe(left);
    expect(rowOf(of)).toMatchObject({ state: "ended", farmer, charged: usable - left });
  });

  it("is forgiven what it owes, the fee being paid first", () => {
    const of = hand(20, [{ kind: "rent", overdraft: 9, extraOverdraft: 4 }]);
    close(of, 100);
    // 600 seconds and a fee of 7 are due; 4 of the fee are owed.
    expect(totalsOf(of)).toEqual({ usable: 0, staking: 1, foundation: 4 });
    expect(rowOf(of)).toMatchObject({ state: "ended", farmer: 15 });
  });

  it("that owes nothing takes nothing, even of an account below its deposit", () => {
    const of = hand(-100, [{ idle: UNPAID }]);
    close(of, 600);
    expect(totalsOf(of)).toEqual({ usable: -100, staking: 0, foundation: 0 });
    expect(rowOf(of)).toMatchObject({ state: "ended", charged: 0 });
  });
});

describe("the list of changes", () => {
  it("begins empty, as all takings do", () => {
    expect(takings()).toMatchObject({
      ...{ staking: 0, foundation: 0, standard: 0, additional: 0, level: 0, whole: false },
      changes: 0,
    });
  });

  it("grows without losing any", () => {
    const out = takings();
    for (let at = 0; at < 200; at++) note(out, at, 1_000 + at, at % 3);
    const list = (of: ArrayLike<number>) => Array.from(of).slice(0, 200);
    const numbers = [...Array(200).keys()];
    expect(out.changes).toBe(200);
    expect(list(out.changeRow)).toEqual(numbers);
    expect(list(out.changeBlock)).toEqual(numbers.map((at) => 1_000 + at));
    expect(list(out.change)).toEqual(numbers.map((at) => at % 3));
  });
});
