/** Single bills of the lock based rules, with prices that can be added up by hand. */
import { describe, expect, it } from "vitest";
import type { LegacyTerms } from "../../src/protocol/meter-legacy-table.ts";
import {
  account,
  balance,
  bill,
  changesOf,
  fixed,
  gained,
  type LockRow,
  rowOf,
} from "./legacy-hand.ts";
import { RENT, UNPAID } from "./meter-hand.ts";

/**
 * A contract in good standing: free, frozen, and locked with so many bills; then the same after a
 * bill of 100, or of 60 from 5000 usable on.
 */
const BILLS = `
    free  frozen  locked  cycles  |   free  frozen  locked  cycles  state
   10000       0       0       0  |  10000      60      60       1  created  a first lock
   10000      60      60       1  |  10000     560     120       2  created  500 were held back
   10000     560     120       1  |  10000     620     180       2  created
   10000    2000     120       1  |  10000    2060     180       2  created
   10000     560     120       2  |   9820       0       0       0  created  a payout of 180
   10000    2000     120       2  |   9820    1880       0       0  created  others stay locked
   10000     620     120       2  |   9820       0       0       0  created  500 is no lock
   10000     621     120       2  |   9820     501       0       0  created  501 is
    5400     400       0       0  |   5400     600     100       1  created  4900 are usable
    5500     400       0       0  |   5500     560      60       1  created  5000 are
     601     500       0       0  |    601     600     100       1  created  101 for 100
     600     500       0       0  |    600     500     100       1  grace    100 are not more
     700     500     100       1  |    700     500     200       2  grace    what is locked counts
     701     500     100       1  |    701     600     200       2  created
     600     500       0       2  |    600     500     100       3  grace    no payout in grace
`;

describe("a bill of a contract in good standing", () => {
  it.each(
    BILLS.trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/[\s|]+/)),
  )("of %s free, %s frozen, %s locked by %s bills", (...words) => {
    const numbers = words.slice(0, 8).map(Number);
    const [free = 0, frozen = 0, locked = 0, cycles = 0, ...after] = numbers;
    const of = account(free, frozen, [{ locked, cycles }]);
    expect(bill(of)).toBe(true);
    const row = rowOf(of);
    expect([...balance(of), row.locked, row.cycles]).toEqual(after);
    expect([row.state, row.last]).toEqual([words[8], 600]);
    expect(changesOf(of.out)).toEqual(words[8] === "grace" ? ["0 600 graceEntered"] : []);
    expect(row.since).toBe(words[8] === "grace" ? 600 : 0);
  });

  it("is none where nothing is due, nor where it has ended or its node sleeps", () => {
    const none: readonly LockRow[] = [
      { idle: UNPAID },
      { state: "ended" },
      { kind: "rent", idle: RENT, asleep: true },
      { kind: "rent", idle: RENT, asleep: true, state: "grace" },
      { kind: "rent", idle: RENT, asleep: true, state: "deleted", locked: 10 },
    ];
    for (const row of none) {
      const of = account(10_000, 0, [row]);
      const before = rowOf(of);
      expect(bill(of)).toBe(false);
      expect([balance(of), rowOf(of)]).toEqual([[10_000, 0], before]);
    }
  });

  it("locks a fee with what else is due, and counts what is locked of it", () => {
    const rent: LockRow = { kind: "rent", idle: RENT };
    const first = account(20_000, 0, [rent]);
    bill(first);
    expect([balance(first), rowOf(first).locked, rowOf(first).extra]).toEqual([
      ...[[20_000, 640], 600, 40],
    ]);
    // 100 and 50 are locked, and 100 are due.
    const state = (free: number): string => {
      const of = account(free, 500, [{ locked: 100, extra: 50 }]);
      bill(of);
      return rowOf(of).state;
    };
    expect([state(750), state(751)]).toEqual(["grace", "created"]);
    const graced = account(600, 500, [{ ...rent, state: "grace", extra: 5 }]);
    bill(graced);
    expect([rowOf(graced).locked, rowOf(graced).extra]).toEqual([1_000, 45]);
  });

  it("judges what is due alone where what is locked does not count twice", () => {
    const of = account(700, 500, [{ locked: 100, cycles: 1 }]);
    expect(bill(of, 600, fixed("lockedTwice"))).toBe(true);
    expect([rowOf(of).state, ...balance(of)]).toEqual(["created", 700, 600]);
    const short = account(600, 500, [{ locked: 100, cycles: 1 }]);
    bill(short, 600, fixed("lockedTwice"));
    expect(rowOf(short).state).toBe("grace");
    // In grace what was locked has to come back in any case.
    const graced = account(700, 500, [{ state: "grace", locked: 100 }]);
    bill(graced, 600, fixed("lockedTwice"));
    expect(rowOf(graced).state).toBe("grace");
  });

  it("notes by how little its closest decision went as it did", () => {
    // Of 9500 usable, with a level from 5000 on and 180 needed; a payout leaves all but 180.
    const slack = (free: number, frozen: number, row: LockRow): number => {
      const of = account(free, frozen, [row]);
      bill(of);
      return of.out.slack;
    };
    expect(slack(10_000, 560, { locked: 120, cycles: 1 })).toBe(9_440 - 5_000);
    expect(slack(5_001, 560, { locked: 120, cycles: 1 })).toBe(4_441 - 220 - 1);
    expect(slack(5_001, 720, { locked: 120, cycles: 2 })).toBe(4_281 - 220 - 1);
    // 900 lock 220 of them for this one, whose payout leaves 680 above nothing, 180 above 500.
    expect(slack(900, 620, { locked: 120, cycles: 2 })).toBe(280 - 220 - 1);
  });
});

describe("a payout", () => {
  it("gives the farmer the fee, and shares the rest", () => {
    const of = account(20_000, 1_280, [
      { kind: "rent", idle: RENT, locked: 1_200, extra: 80, cycles: 2 },
    ]);
    expect(bill(of)).toBe(true);
    // 120 of the fee and 1800: 10 %, 5 %, half, and 35 % burned.
    expect(balance(of)).toEqual([20_000 - 120 - 1_800, 0]);
    expect(rowOf(of)).toMatchObject({ locked: 0, extra: 0, cycles: 0, farmer: 120 });
    expect(gained(of)).toEqual([180, 90, 900, 630, 0]);
  });

  it("pays a provider from the share of sales", () => {
    const of = account(20_000, 1_280, [
      { kind: "rent", idle: RENT, locked: 1_200, extra: 80, cycles: 2, provider: 0 },
    ]);
    bill(of);
    expect([gained(of), of.out.provided]).toEqual([[180, 90, 360, 630, 0], [[180, 360]]]);
    expect(balance(of)).toEqual([20_000 - 120 - 1_800, 0]);
    const whole = account(20_000, 1_280, [
      { kind: "rent", idle: RENT, locked: 1_200, extra: 80, cycles: 2, provider: 0 },
    ]);
    bill(whole, 600, { takes: [[3_000, 2_000]] });
    expect([gained(whole), whole.out.provided]).toEqual([[180, 90, 0, 630, 0], [[540, 360]]]);
  });

  it("keeps no deposit aside once a fee was paid, and fails where that is touched", () => {
    // At the end 900 are left and 480 locked: 80 go to the farmer, and of 820 the 400 are paid,
    // which leaves 420, below the 500 that must stay.
    const row: LockRow = { state: "grace", locked: 400, extra: 80, cycles: 2 };
    const of = account(900, 900, [row]);
    const before = rowOf({ ...of });
    expect(bill(of, 60_000)).toBe(false);
    expect(balance(of)).toEqual([900, 900]);
    expect(rowOf(of)).toEqual({ ...before, last: 59_400 });
    expect([gained(of), changesOf(of.out)]).toEqual([[0, 0, 0, 0, 0], []]);
    const enough = account(980, 980, [row]);
    expect(bill(enough, 60_000)).toBe(true);
    expect(balance(enough)).toEqual([500, 0]);
    const less = account(979, 979, [row]);
    expect(bill(less, 60_000)).toBe(false);
  });

  it("pays what may be used, and notes the rest as unpaid", () => {
    const of = account(1_200, 1_200, [{ state: "grace", locked: 1_000 }]);
    expect(bill(of, 60_000)).toBe(true);
    expect([balance(of), gained(of)]).toEqual([
      [500, 0],
      [70, 35, 350, 245, 300],
    ]);
    const poor = account(550, 550, [{ state: "grace", locked: 0, extra: 100 }]);
    expect(bill(poor, 60_000)).toBe(true);
    expect([balance(poor), gained(poor), rowOf(poor).farmer]).toEqual([
      [500, 0],
      [0, 0, 0, 0, 50],
      50,
    ]);
    const broke = account(400, 400, [{ state: "grace", locked: 100 }]);
    expect(bill(broke, 60_000)).toBe(true);
    expect([balance(broke), gained(broke)]).toEqual([
      [400, 0],
      [0, 0, 0, 0, 100],
    ]);
  });
});

describe("a contract in grace", () => {
  it.each([
    // It needs 300 and the 100 that are due.
    [900, 500, "grace", 500, 400],
    [901, 500, "created", 600, 400],
  ])("of %i free and %i frozen is in %s after a bill", (free, frozen, state, after, locked) => {
    const of = account(free, frozen, [{ state: "grace", locked: 300, since: 1 }]);
    expect(bill(of)).toBe(true);
    expect([rowOf(of).state, ...balance(of), rowOf(of).locked]).toEqual([
      ...[state, free, after, locked],
    ]);
    expect(rowOf(of)).toMatchObject({ cycles: 1, last: 600, since: 1 });
    expect(changesOf(of.out)).toEqual(state === "grace" ? [] : ["0 600 graceLeft"]);
  });

  it("ends at the block where the grace is over, without its last stretch", () => {
    const row: LockRow = { state: "grace", locked: 300, since: 1_000 };
    const before = account(600, 600, [row]);
    bill(before, 60_999);
    expect([rowOf(before).state, rowOf(before).locked]).toEqual(["grace", 400]);
    const of = account(1_200, 1_200, [row]);
    expect(bill(of, 61_000)).toBe(true);
    expect([rowOf(of).state, changesOf(of.out)]).toEqual(["ended", ["0 61000 ended"]]);
    // 300 are locked for it, and 900 for others, who keep them.
    expect([balance(of), gained(of)]).toEqual([
      [900, 900],
      [30, 15, 150, 105, 0],
    ]);
  });

  it("pays its last stretch where that is mended", () => {
    const of = account(1_200, 1_200, [{ state: "grace", locked: 300, since: 1_000 }]);
    expect(bill(of, 61_000, fixed("lastStretch"))).toBe(true);
    expect([balance(of), gained(of)]).toEqual([
      [800, 800],
      [40, 20, 200, 140, 0],
    ]);
  });

  it("ends without a payout where nothing was locked", () => {
    const of = account(600, 600, [{ state: "grace", since: 0, cycles: 1 }]);
    expect(bill(of, 60_000)).toBe(true);
    expect([rowOf(of).state, balance(of), gained(of)]).toEqual([
      ...["ended", [600, 600]],
      [0, 0, 0, 0, 0],
    ]);
    const others = account(600, 300, [{ state: "grace", since: 0, cycles: 1 }]);
    bill(others, 60_000);
    expect(balance(others)).toEqual([600, 300]);
    // Where bills were counted without a lock, the payout lifts what of it is no whole deposit.
    const third = account(600, 500, [{ state: "grace", since: 0, cycles: 3 }]);
    expect(bill(third, 60_000)).toBe(true);
    expect(balance(third)).toEqual([600, 0]);
  });

  it("owes its traffic again in each cycle, unless that is mended", () => {
    // What was told, 5 of 1e-7 USD, is 100 of 1e-7 TFT at 0.05 USD; nothing else is due here.
    const lived = (more: Partial<LegacyTerms>): readonly number[] => {
      const of = account(500, 500, [{ state: "grace", told: 5 }]);
      bill(of, 600, more);
      const first = rowOf(of).locked;
      bill(of, 1_200, more);
      return [first, rowOf(of).locked, rowOf(of).told];
    };
    expect(lived({})).toEqual([100, 200, 5]);
    // The second cycle is an ordinary one, of 100 too.
    expect(lived(fixed("graceTraffic"))).toEqual([100, 200, 0]);
  });

  it("has its traffic charged for good once it is out of grace", () => {
    const of = account(10_000, 500, [{ state: "grace", told: 5 }]);
    expect(bill(of)).toBe(true);
    expect(rowOf(of)).toMatchObject({ state: "created", locked: 100, told: 0 });
  });
});
