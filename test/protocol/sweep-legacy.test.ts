/** Bills of a sound account at once, and bill by bill: which they are, and where it is in doubt. */
import { describe, expect, it } from "vitest";
import { owesNothing, quietUntil, stepUntil } from "../../src/protocol/sweep-legacy.ts";
import {
  account,
  fixed,
  type LockAccount,
  type LockRow,
  lockTariff,
  lockTerms,
  rowOf,
  told,
} from "./legacy-hand.ts";
import { BUSY, NAME, RENT, TINY, UNPAID } from "./meter-hand.ts";

describe("bills one by one", () => {
  /** The blocks at which contracts are billed between two blocks, in order. */
  function blocksOf(rows: readonly LockRow[], done: number, until: number): readonly number[] {
    const of = account(10 ** 9, 0, rows);
    of.wallet.done = done;
    const asked: number[] = [];
    const at = (block: number) => {
      asked.push(block);
      return lockTariff;
    };
    const tariffs = { at, changesAfter: () => Number.POSITIVE_INFINITY };
    stepUntil(of.wallet, of.meter, lockTerms, tariffs, until, of.out);
    expect(of.wallet.done).toBe(until);
    return asked;
  }

  it.each([
    [[{}], 0, 1_200, [600, 1_200]],
    [[{}], 0, 1_199, [600]],
    [[{}], 599, 600, [600]],
    [[{}], 600, 1_199, []],
    [[{}], 600, 1_200, [1_200]],
    [[{ phase: 250 }], 0, 850, [250, 850]],
    [[{ phase: 250 }], 250, 849, []],
    [[{ phase: 599 }], 0, 1_300, [599, 1_199]],
    [[{ phase: 599 }], 599, 1_199, [1_199]],
    [[{}, { phase: 250 }], 0, 1_450, [250, 600, 850, 1_200, 1_450]],
    [[{ phase: 250 }, { phase: 250 }], 0, 300, [250, 250]],
  ] as const)("of %j after block %i up to %i are at %j", (rows, done, until, blocks) => {
    expect(blocksOf(rows, done, until)).toEqual(blocks);
  });
});

/** An account after a try to do its bills up to a block at once. */
function quiet(of: LockAccount, last: number, tariff = lockTariff, terms = lockTerms) {
  const { wallet, meter, out } = of;
  const did = quietUntil(wallet, meter, terms, tariff, last, out);
  return { did, done: wallet.done, money: [wallet.free, wallet.frozen] };
}

/** Others' locks, so that the deposit is held back in any case. */
const OTHERS = 2_000;

/** A contract, the block to go to: where it comes, what is frozen, its part, bills and state. */
const QUIETS: readonly (readonly [string, LockRow, number, readonly (number | string)[]])[] = [
  ["up to a block before its payout", {}, 1_799, [1_799, 2_120, 120, 2, "created"]],
  ["no further than its payout", {}, 9_999, [1_800, 2_000, 0, 0, "created"]],
  ["up to its payout", {}, 1_800, [1_800, 2_000, 0, 0, "created"]],
  ["to a block before its first bill", {}, 599, [599, 2_000, 0, 0, "created"]],
  ["to its first bill", {}, 600, [600, 2_060, 60, 1, "created"]],
  ["with a bill behind it", { cycles: 1, locked: 60 }, 9_999, [1_200, 1_940, 0, 0, "created"]],
  ["with its payout next", { cycles: 2, locked: 120 }, 9_999, [600, 1_880, 0, 0, "created"]],
  ["with its payout late", { cycles: 5, locked: 300 }, 9_999, [600, 1_700, 0, 0, "created"]],
  ["in its slot", { phase: 250 }, 1_449, [1_449, 2_120, 120, 2, "created"]],
  ["in its slot to its payout", { phase: 250 }, 9_999, [1_450, 2_000, 0, 0, "created"]],
  ["that owes nothing", { idle: UNPAID }, 9_999, [9_999, 2_000, 0, 0, "created"]],
  ["that has ended", { state: "ended", locked: 5 }, 9_999, [9_999, 2_000, 5, 0, "ended"]],
  ["a rent that sleeps", { kind: "rent", asleep: true }, 9_999, [9_999, 2_000, 0, 0, "created"]],
  ["a rent with a fee", { kind: "rent", idle: RENT }, 700, [700, 2_640, 600, 1, "created"]],
  ["deleted, and awake", { state: "deleted", locked: 50 }, 9_999, [600, 1_950, 0, 0, "ended"]],
  [
    "deleted, and owing nothing",
    { state: "deleted", idle: UNPAID },
    9_999,
    [600, 2_000, 0, 0, "ended"],
  ],
  ["before a bill that is in doubt", { told: 1, phase: 599 }, 500, [500, 2_000, 0, 0, "created"]],
  ["of traffic", { busy: BUSY, from: 0 }, 1_799, [1_799, 2_160, 160, 2, "created"]],
  ["of no traffic yet", { busy: BUSY, from: 9_000 }, 1_499, [1_499, 2_120, 120, 2, "created"]],
];

describe("a contract of a rich account, beside others", () => {
  it.each(QUIETS)("is billed at once, %s", (_, row, last, after) => {
    const of = account(30_000, OTHERS, [row]);
    const { did, done, money } = quiet(of, last);
    const { locked, cycles, state } = rowOf(of);
    expect(did).toBe(true);
    expect([done, money[1], locked, cycles, state]).toEqual(after);
    // The same as bill by bill.
    const slow = account(30_000, OTHERS, [row]);
    const at = { at: () => lockTariff, changesAfter: () => Number.POSITIVE_INFINITY };
    stepUntil(slow.wallet, slow.meter, lockTerms, at, done, slow.out);
    expect(told(of)).toEqual(told(slow));
  });

  it("is billed at once as far as the first payout of any", () => {
    const rows: readonly LockRow[] = [{}, { phase: 250, cycles: 1, locked: 60 }, { phase: 300 }];
    const of = account(30_000, OTHERS, rows);
    expect(quiet(of, 9_999)).toMatchObject({ did: true, done: 850 });
    expect(rows.map((_row, at) => [rowOf(of, at).locked, rowOf(of, at).cycles])).toEqual([
      ...[
        [60, 1],
        [0, 0],
        [60, 1],
      ],
    ]);
    expect(rows.map((_row, at) => rowOf(of, at).last)).toEqual([600, 850, 300]);
  });

  it("begins where the account was left", () => {
    const of = account(30_000, OTHERS, [{ cycles: 1, locked: 60 }]);
    of.wallet.done = 600;
    of.meter.lastBilled[0] = 600;
    expect(quiet(of, 1_199)).toMatchObject({ did: true, done: 1_199 });
    expect(rowOf(of)).toMatchObject({ cycles: 1, locked: 60 });
    expect(quiet(of, 1_200)).toMatchObject({ did: true, done: 1_200 });
    expect(rowOf(of)).toMatchObject({ cycles: 2, locked: 120, last: 1_200 });
    const busy = account(30_000, OTHERS, [{ busy: BUSY, from: 3_600 }]);
    busy.wallet.done = 600;
    busy.meter.lastBilled[0] = 600;
    expect(quiet(busy, 1_799)).toMatchObject({ did: true, done: 1_799 });
    expect(rowOf(busy)).toMatchObject({ cycles: 1, locked: 80, last: 1_200 });
    expect([busy.meter.trafficFrom[0], busy.meter.trafficSeconds[0]]).toEqual([7_200, 3_600]);
  });

  it("has the level of what its account's stash has besides", () => {
    const of = account(3_000, OTHERS, [{}]);
    of.wallet.stash = 10_000;
    expect(quiet(of, 1_799)).toMatchObject({ did: true, done: 1_799 });
    expect(rowOf(of).locked).toBe(120);
    // The second bill finds 940 and needs 120; the stash counts for the level alone.
    expect(of.out.slack).toBe(819);
    // 5010 with the stash are ten above the level's floor.
    const close = account(3_000, OTHERS, [{}]);
    close.wallet.stash = 4_070;
    expect(quiet(close, 1_799).did).toBe(true);
    expect(close.out.slack).toBe(10);
  });
});

/** A contract that cannot be billed at once, with what is free and frozen. */
const DOUBTS: readonly (readonly [string, LockRow, number, number])[] = [
  ["a first lock below the deposit", {}, 30_000, 499],
  ["a first lock of all", {}, 30_000, 0],
  ["a cost that a longer stretch has alone", { idle: TINY }, 30_000, OTHERS],
  ["traffic that was told before", { told: 1 }, 30_000, OTHERS],
  ["traffic that begins in between", { busy: BUSY, from: 3_000 }, 30_000, OTHERS],
  ["traffic in grace", { busy: BUSY, from: 0, state: "grace" }, 500, 500],
  ["what is usable below the level in between", {}, 5_559, 500],
  ["grace that what is usable ends", { state: "grace", locked: 100 }, 1_000, 500],
];

describe("a contract whose bills are in doubt", () => {
  it.each(DOUBTS)("is not billed at once: %s", (_, row, free, frozen) => {
    const of = account(free, frozen, [row]);
    const before = told(account(free, frozen, [row]));
    expect(quiet(of, 1_799)).toEqual({ did: false, done: 0, money: [free, frozen] });
    expect(told(of)).toEqual(before);
  });

  it("is not where its last bill was another than the last", () => {
    const of = account(30_000, OTHERS, [{}]);
    of.meter.lastBilled[0] = 1;
    expect(quiet(of, 1_799).did).toBe(false);
  });

  it("is not where the price list is of other cycles", () => {
    const table = { ...lockTariff.table, cycleSeconds: 3_606 };
    const of = account(30_000, OTHERS, [{}]);
    expect(quiet(of, 1_799, { ...lockTariff, table })).toMatchObject({ did: false, done: 0 });
  });

  it.each([
    // The second of two bills of 100 finds what the first left; from 5000 usable on it is 60.
    [901, 500, true],
    [5_560, 500, true],
    [5_559, 500, false],
    [800, 500, false],
    [801, 500, true],
  ])("of %i free, %i frozen, is at the unit: %s", (free, frozen, did) => {
    const of = account(free, frozen, [{}]);
    expect(quiet(of, 1_799).did).toBe(did);
  });

  it("needs its own due alone where what is locked does not count twice", () => {
    const mended = { ...lockTerms, ...fixed("lockedTwice") };
    const did = (free: number) => quiet(account(free, 500, [{}]), 1_799, lockTariff, mended).did;
    expect([did(700), did(701)]).toEqual([false, true]);
  });

  it("notes by how little the closest was safe", () => {
    const slack = (free: number, row: LockRow, terms = lockTerms): number => {
      const of = account(free, OTHERS, [row]);
      quiet(of, 1_799, lockTariff, terms);
      return of.out.slack;
    };
    // Usable are 28000, of which 120 are locked: the second bill finds 27940 above 5000.
    expect(slack(30_000, {})).toBe(22_940);
    // Each class has a floor of its own.
    const floor = Float64Array.of(1, 5_001, 2, 3, 4, 5, 6);
    const of = account(30_000, OTHERS, [{}]);
    quiet(of, 1_799, { ...lockTariff, table: { ...lockTariff.table, floor } });
    expect(of.out.slack).toBe(22_939);
    // At the lower level the second finds 2900 and needs 200.
    expect(slack(5_000, {})).toBe(2_699);
    expect(slack(5_000, { locked: 50, extra: 7 })).toBe(2_642);
    expect(slack(5_000, {}, { ...lockTerms, ...fixed("lockedTwice") })).toBe(2_799);
    expect(slack(30_000, { idle: UNPAID })).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("a contract in grace", () => {
  it.each([
    ["up to its end", 0, 9_999, [9_999, 1_600, 16, "grace"]],
    ["before its end", 0, 59_999, [59_999, 9_900, 99, "grace"]],
    ["no further than its end", 0, 99_999, [60_000, 0, 0, "ended"]],
    ["that ends at a bill after it", 1, 99_999, [60_600, 0, 0, "ended"]],
  ] as const)("adds up %s, begun in block %i", (_, since, last, after) => {
    const of = account(500, 500, [{ state: "grace", since }]);
    const { did, done } = quiet(of, last);
    const { locked, cycles, state } = rowOf(of);
    expect([did, done]).toEqual([true, after[0]]);
    if (state === "grace") expect([locked, cycles, state]).toEqual(after.slice(1));
    else expect(state).toBe(after[3]);
    expect(of.wallet.frozen).toBe(state === "grace" ? 500 : 0);
  });

  it("stays in it while what is usable is not more than what it needs", () => {
    // 100 are locked and 100 due.
    const did = (free: number) =>
      quiet(account(free, 500, [{ state: "grace", locked: 100 }]), 1_799).did;
    expect([did(700), did(701)]).toEqual([true, false]);
  });

  it("is billed at once whatever is frozen, and no decision was close", () => {
    const of = account(300, 300, [{ state: "grace" }]);
    expect(quiet(of, 1_799)).toEqual({ did: true, done: 1_799, money: [300, 300] });
    expect([rowOf(of).locked, of.out.slack]).toEqual([200, Number.POSITIVE_INFINITY]);
  });
});

describe("a contract that owes nothing", () => {
  it.each([
    [{ idle: UNPAID }, true],
    [{ idle: UNPAID, told: 1 }, false],
    [{ idle: UNPAID, busy: BUSY, from: 59_999 }, false],
    [{ idle: UNPAID, busy: BUSY, from: 60_000 }, true],
    [{ idle: NAME }, false],
  ] as const)("%j up to block 10000: %s", (row, nothing) => {
    const { meter } = account(1_000, 0, [row]);
    expect(owesNothing(meter, lockTerms, lockTariff, 0, 10_000)).toBe(nothing);
  });
});
