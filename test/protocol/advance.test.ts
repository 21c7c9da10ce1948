/**
 * An account's bills between two moments with prices that can be added up by hand: what they come
 * to, and how often the price list is looked at, which tells a quiet stretch from one that is
 * stepped through.
 */
import { describe, expect, it } from "vitest";
import { type CycleNotes, cycleNotes } from "../../src/protocol/cycle.ts";
import { advance, nextChange, type Tariffs } from "../../src/protocol/interval.ts";
import { billRow } from "../../src/protocol/meter.ts";
import { MeterState, type Terms } from "../../src/protocol/meter-table.ts";
import type { Tariff } from "../../src/protocol/tariff.ts";
import {
  BUSY,
  byHand,
  changesOf,
  type Hand,
  type HandRow,
  hand,
  handTerms,
  IDLE,
  rowOf,
  STRANGER,
  TINY,
  totalsOf,
  UNPAID,
  UPPER,
} from "./meter-hand.ts";

/** Grace of a hundred cycles, so that there is something to skip. */
const terms: Terms = { ...handTerms, graceBlocks: 60_000 };
const LOWER_IDLE = 4_000;
/** A deployment without traffic has its upper level from 4000 on, all others from 5000. */
const list = (): Tariff => {
  const plain = byHand();
  const floor = Float64Array.from(plain.floor);
  floor[IDLE] = LOWER_IDLE;
  const levelOf = (cls: number, usable: number) => (usable >= floor[cls] ? 1 : 0);
  const nothing = { standard: 0, additional: 0, level: 0, floor: 0 };
  // A tiny contract with traffic is never billed; one without is when it is twice its cycle.
  const odd: Tariff["odd"] = (cls, elapsed, ...rest) =>
    cls === TINY && rest[0] > 0 ? nothing : plain.odd(cls, elapsed, ...rest);
  return { ...plain, floor, levelOf, odd };
};

interface Asked {
  readonly until: number;
  readonly done?: number;
  readonly stash?: number;
  /** The first block with another price, at which all but the odd stretches costs the same. */
  readonly price?: number;
  readonly graceBlocks?: number;
  readonly stranger?: HandRow;
}

/** Notes that are full of what another account left there. */
function worn(): CycleNotes {
  const notes = cycleNotes(16);
  notes.billed.fill(1);
  notes.usable.fill(3);
  notes.standard.fill(7);
  notes.floor.fill(99_999);
  return notes;
}

/** An account before, as often as it is asked for. */
function account(usable: number, rows: readonly HandRow[], asked: Asked): Hand {
  const of = hand(usable, rows, asked.stranger);
  of.wallet.done = asked.done ?? 0;
  of.wallet.stash = asked.stash ?? 0;
  return of;
}

/** Does the bills at once; what the account is then, and how often a price was looked up. */
function run(usable: number, rows: readonly HandRow[], asked: Asked) {
  const { price = Number.POSITIVE_INFINITY, until, graceBlocks = terms.graceBlocks } = asked;
  let looks = 0;
  const tariffs: Tariffs = {
    at: () => {
      looks += 1;
      return list();
    },
    changesAfter: (block) => (block < price ? price : Number.POSITIVE_INFINITY),
  };
  const own = { ...terms, graceBlocks };
  const of = account(usable, rows, asked);
  const left = rowOf(of, STRANGER);
  advance(of.wallet, of.meter, own, tariffs, until, worn(), of.out);
  expect(rowOf(of, STRANGER)).toEqual(left);
  expect(of.wallet.done).toBe(until);
  // The same, bill by bill in the order of blocks.
  const slow = account(usable, rows, asked);
  for (let block = slow.wallet.done + 1; block <= until; block++)
    for (const row of rows.keys()) {
      if (slow.meter.state[row] === MeterState.ended) continue;
      if (block % own.frequency !== slow.meter.phase[row]) continue;
      billRow(slow.wallet, slow.meter, own, list(), row, block, slow.out);
    }
  const seen = (one: Hand) => [
    totalsOf(one),
    changesOf(one),
    [...rows.keys()].map((row) => rowOf(one, row)),
  ];
  expect(seen(of)).toEqual(seen(slow));
  return { of, looks };
}

describe("an account whose contracts are paid up", () => {
  it("has the bills of a quiet year after one look", () => {
    const { of, looks } = run(2_000_000, [{}, { phase: 300, lastBilled: -300 }], {
      until: 5_256_000,
    });
    expect(looks).toBe(1);
    // 8,760 cycles of twice 60.
    expect(totalsOf(of).usable).toBe(2_000_000 - 8_760 * 120);
  });

  it("pays an extra fee with each bill, all of which is the farmer's", () => {
    const { of, looks } = run(900_000, [{ kind: "rent" }], { until: 60_000 });
    // A hundred bills of 600 and 40, of which the last is not paid out yet.
    expect(rowOf(of)).toMatchObject({ charged: 64_000, reserve: 600, extraReserve: 40 });
    // A tenth for staking and four for the foundation leave half of 33 payouts of 1800.
    expect(rowOf(of).farmer).toBe(33 * 900 + 99 * 40);
    expect(looks).toBe(1);
  });

  it("without a contract has nothing to look at", () => {
    const { of, looks } = run(9_000, [], { until: 600_000 });
    expect([looks, totalsOf(of).usable]).toEqual([0, 9_000]);
  });

  it("pays its level up to the last bill that still finds it, and then the next", () => {
    // Of 6000 the bills at 60 find 4000 and more 34 times: 6000 - 33 x 60 = 4020. Then 3960.
    const { of, looks } = run(6_000, [{}], { until: 24_600 });
    expect(rowOf(of)).toMatchObject({ charged: 34 * 60 + 7 * 100, lastBilled: 24_600 });
    // In doubt from the first block on, and again at 600, where a bill is seen; then 33 are not;
    // what is left is a stretch at the lower level.
    expect(looks).toBe(4);
  });

  it("does so with its stash, which counts for levels and pays nothing", () => {
    // 3000 and 3000 are the upper level 34 times, until 960 are left; nine bills at 100 are paid,
    // the tenth is not: it takes the 60 that are there.
    const { of, looks } = run(3_000, [{}], { until: 600 * 44, stash: 3_000 });
    expect(rowOf(of)).toMatchObject({
      charged: 3_000,
      state: "grace",
      since: 26_400,
      overdraft: 40,
    });
    // Twice the same as above; then in doubt, a bill, eight in one, and the last with its look.
    expect(looks).toBe(3 + 2 + 2);
  });

  it("skips as far as the prices hold, and as the stretch goes", () => {
    // 34 bills are at the upper level. A change at block 6000 halves the skip before it.
    const { looks } = run(6_000, [{}], { until: 24_600, price: 6_000 });
    // The sweep of 5999 blocks succeeds; from 6000 on it is in doubt, and a bill is seen, and
    // twenty-four are not; then comes the lower level.
    expect(looks).toBe(1 + 2 + 1);
    // The stretch ends just before a bill, or with it.
    expect(run(6_000, [{}], { until: 23_999 }).looks).toBe(4);
    expect(run(6_000, [{}], { until: 24_000 }).looks).toBe(4);
  });

  it("skips no bill at another price", () => {
    // In doubt because of the level, so that every frame is stepped; the price changes at 3000.
    const rows = [{ overdraft: 1 }, { phase: 300, lastBilled: -300 }];
    const { of } = run(6_000, rows, { until: 9_000, price: 3_000 });
    expect(totalsOf(of).usable).toBe(6_000 - 1 - 30 * 60);
  });

  it("looks at each bill of what is owed, of what ended and of others' rows only once", () => {
    const rows: readonly HandRow[] = [
      {},
      { state: "ended", from: 0, busy: BUSY },
      { idle: UNPAID, phase: 10 },
    ];
    const stranger = { from: 0, busy: BUSY } as const;
    const { of, looks } = run(6_000, rows, { until: 24_600, stranger });
    expect(rowOf(of)).toMatchObject({ charged: 34 * 60 + 7 * 100 });
    expect(rowOf(of, 1)).toMatchObject({ charged: 0, state: "ended" });
    expect(rowOf(of, 2)).toMatchObject({ charged: 0, lastBilled: 0 });
    // The second frame is the first whole one of the third row, and both are one more look.
    expect(looks).toBe(6);
  });

  it("bills what was owed once, and does not repeat it", () => {
    // 500 and 100 are taken, of the 400 that are left four bills; seven more are not covered.
    for (const owed of [{ overdraft: 500 }, { overdraft: 250, extraOverdraft: 250 }]) {
      const { of } = run(1_000, [owed], { until: 7_200 });
      expect(rowOf(of)).toMatchObject({ state: "grace", since: 3_600, charged: 1_000 });
      expect(rowOf(of).overdraft).toBe(7 * 100);
    }
  });

  it("steps through bills that are too small to take and add up", () => {
    const rows = [{}, { idle: TINY, phase: 300, lastBilled: -300 }];
    const { looks } = run(90_000, rows, { until: 12_000 });
    // The sweep looks at each of 21 frames, each row at each of its 20 bills, but for the very
    // last one, which is alone in its frame and is swept.
    expect(looks).toBe(21 + 20 + 19);
  });

  it("counts the traffic of a contract that is not billed for it", () => {
    const rows = [{}, { busy: TINY, idle: UNPAID, from: 0 }] as const;
    const { of } = run(6_000, rows, { until: 12_000 });
    expect(rowOf(of, 1)).toMatchObject({ charged: 0, trafficSeconds: 72_000 });
    // In a slot of its own, and from a moment in between.
    for (const from of [0, 3_458])
      run(188_000, [{}, { ...rows[1], from, phase: 300 }], { until: 9_000 });
  });

  it("has another level in grace once what was left is taken and paid out", () => {
    // 30 and a stash of 3980 are the upper level, and the stash alone is not.
    for (const usable of [0, 19, 20, 30, 59])
      run(usable, [{ state: "grace", cycles: 2 }], { stash: 3_980, until: 9_000 });
  });

  it("refuses a lock on more than is free", () => {
    const of = hand(100, [{}]);
    of.wallet.frozen = 601;
    const tariffs = { at: list, changesAfter: () => Number.POSITIVE_INFINITY };
    const bills = () => advance(of.wallet, of.meter, terms, tariffs, 1, worn(), of.out);
    expect(bills).toThrow("no lock is on more than is free");
  });

  it("has room for more contracts than the notes had", () => {
    const rows = Array.from({ length: 20 }, (_, at) => ({
      phase: at,
      lastBilled: at < 1 ? 0 : at - 600,
    }));
    const { of } = run(900_000, rows, { until: 6_019 });
    expect(totalsOf(of).usable).toBe(900_000 - (10 + 19 * 11) * 60);
  });
});

describe("an account with traffic", () => {
  it("skips while it flows as it skips without", () => {
    // At 80 a bill 6000 are the upper level 13 times: 6000 - 12 x 80 = 5040. Then 4960.
    const { of, looks } = run(6_000, [{ busy: BUSY, from: 0 }], { until: 12_600 });
    expect(rowOf(of)).toMatchObject({ charged: 13 * 80 + 8 * 130, trafficSeconds: 75_600 });
    expect(looks).toBe(4);
  });

  it("judges a contract whose traffic has not begun as one without", () => {
    // Its level holds down to 4000, not to the 5000 that it will need.
    const { of, looks } = run(6_000, [{ busy: BUSY }], { until: 24_600 });
    expect(rowOf(of)).toMatchObject({ charged: 34 * 60 + 7 * 100, trafficSeconds: 0 });
    expect(looks).toBe(4);
  });

  it("skips up to the bill before its traffic begins, that at its very block included", () => {
    // It begins with block 6000: the bill there is of none. From then on 130 or 80 are due.
    const { of, looks } = run(90_000, [{ busy: BUSY, from: 36_000 }], { until: 12_600 });
    expect(rowOf(of)).toMatchObject({ charged: 10 * 60 + 11 * 80, trafficSeconds: 39_600 });
    expect(looks).toBe(4);
    // A block later, the first bill with traffic is no whole cycle of it, and the rest are.
    const late = run(90_000, [{ busy: BUSY, from: 36_006 }], { until: 12_600 });
    expect(rowOf(late.of).trafficSeconds).toBe(39_594);
  });

  it("goes by the first of several that begin", () => {
    const rows = [
      { busy: BUSY, from: 36_000 },
      { busy: BUSY, from: 18_000, phase: 100, lastBilled: -500 },
      { busy: BUSY, from: 54_000, phase: 200, lastBilled: -400 },
    ];
    const { of } = run(90_000, rows, { until: 12_600 });
    expect([0, 1, 2].map((row) => rowOf(of, row).trafficSeconds)).toEqual([39_600, 54_600, 19_200]);
  });
});

describe("an account that is empty", () => {
  const graced = (since: number, more: HandRow = {}): HandRow => ({
    state: "grace",
    since,
    ...more,
  });

  it("owes more with each bill of grace, and is looked at twice", () => {
    const { of, looks } = run(0, [graced(0)], { until: 59_999 });
    expect(rowOf(of)).toMatchObject({ overdraft: 9_900, cycles: 99, lastBilled: 59_400 });
    // In doubt from the first block on, again at 600, and the bill there.
    expect(looks).toBe(3);
    expect(changesOf(of)).toEqual([]);
  });

  it("loses its contract with the first bill at which grace is over", () => {
    const { of, looks } = run(0, [graced(0)], { until: 90_000 });
    expect(changesOf(of)).toEqual(["0 60000 ended"]);
    // Three as above, two at the end, and of what has ended only the look of the sweep is left.
    expect(looks).toBeLessThan(60);
    const later = run(0, [graced(1)], { until: 90_000 });
    expect(changesOf(later.of)).toEqual(["0 60600 ended"]);
  });

  it("goes by the first grace that ends, whatever is paid, unpaid or ended beside it", () => {
    const rows: readonly HandRow[] = [
      graced(6_000),
      { state: "ended", since: 0 },
      { idle: UNPAID, phase: 100 },
      graced(3_000, { phase: 200, lastBilled: -400 }),
      graced(0, { phase: 300, idle: UNPAID }),
    ];
    const { of, looks } = run(0, rows, { until: 62_000, stranger: graced(0) });
    expect(rowOf(of)).toMatchObject({ state: "grace", overdraft: 103 * 100 });
    expect(rowOf(of, 1)).toMatchObject({ state: "ended", overdraft: 0 });
    expect(rowOf(of, 2)).toMatchObject({ state: "created", overdraft: 0 });
    expect(rowOf(of, 3)).toMatchObject({ state: "grace", overdraft: 104 * 100 });
    expect(rowOf(of, 4)).toMatchObject({ overdraft: 0, cycles: 0 });
    // Four at the three bills of the first frame, five at the next, and four at the last.
    expect(looks).toBe(13);
    const { of: over, looks: more } = run(0, rows, { until: 70_000, stranger: graced(0) });
    expect(changesOf(over)).toEqual(["3 63200 ended", "0 66000 ended"]);
    // Nine up to a skip of 103 frames; five where the fourth row ends; four up to a skip of three;
    // four where the first row ends; three up to a skip of four; and three at the end.
    expect(more).toBe(9 + 5 + 4 + 4 + 3 + 3);
  });

  it("counts the traffic that it owes", () => {
    const { of, looks } = run(0, [graced(0, { busy: BUSY, from: 0 })], { until: 59_999 });
    expect(rowOf(of)).toMatchObject({ overdraft: 99 * 130, trafficSeconds: 99 * 3_600 });
    expect(looks).toBe(3);
  });

  it.each([{ reserve: 30 }, { extraReserve: 30 }])(
    "is stepped while something is in %j",
    (held) => {
      // At the third bill it is paid out, after which the rest is quiet.
      const { of, looks } = run(0, [graced(0, held)], { until: 59_999 });
      expect(rowOf(of)).toMatchObject({ overdraft: 9_900, reserve: 0, extraReserve: 0 });
      expect(looks).toBeGreaterThan(3);
      expect(looks).toBeLessThan(20);
    },
  );

  it("with something left takes that first", () => {
    const { of, looks } = run(70, [graced(0)], { until: 59_999 });
    expect(rowOf(of)).toMatchObject({ charged: 70, overdraft: 9_830 });
    expect(looks).toBeLessThan(20);
  });
});

/** Usable, burn, blocks done, and contracts as `state phase since`: the block to look at next. */
const CHANGES = `
  usable  burn  done  contracts                 block
    1000   100     0  -                         Infinity
    1000   100     0  ended:0:0                 Infinity
    1000   100     0  created:0:0                   5400  nine cycles of the ten that it lasts
    1000   100   700  created:0:0                   6100
     200   100     0  created:0:0                    600  one of two
     199   100     0  created:0:0                    600  the next bill
     199   100   600  created:0:0                   1200
     199   100   599  created:0:0                    600
     199   100     0  created:250:0,created:40:0      40  of whichever is billed first
     199   100    40  created:250:0,created:40:0     250
     199   100     0  ended:10:0,created:250:0       250
       0     0     0  created:0:0               Infinity  what costs nothing lasts
    1000    -1     0  created:0:0               Infinity
       0   100     0  grace:0:0                    60000  grace of a hundred cycles
       0   100     0  grace:100:0                  60100  and the bill after it
       0   100     0  grace:0:1                    60600
       0   100     0  grace:0:1,grace:0:0          60000
       0   100 70000  grace:0:0                    70200  where it is over the next bill
       0   100 60000  grace:0:0                    60600
       1   100     0  grace:0:0                      600  what is left may be enough
       0   100     0  grace:0:0,created:100:0        100
       0   100     0  grace:0:0,ended:100:0        60000
`;

describe("the look that an account asks for", () => {
  it.each(
    CHANGES.trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/).slice(0, 5)),
  )("of %s usable at %s a cycle, at block %s, with %s is at %s", (...words) => {
    const [usable, burn, done] = words.slice(0, 3).map(Number);
    const [, , , contracts = "", block = ""] = words;
    const rows = contracts === "-" ? [] : contracts.split(",");
    const of = hand(
      usable,
      rows.map((row) => {
        const [state = "", phase, since] = row.split(":");
        return { state: state as "grace", phase: Number(phase), since: Number(since) };
      }),
      { state: "grace", since: -50_000 },
    );
    of.wallet.done = done;
    expect(nextChange(of.wallet, of.meter, terms, burn)).toBe(Number(block));
  });

  it("counts nothing that another lock holds", () => {
    const of = hand(1_000, [{}]);
    of.wallet.frozen = 1_300;
    // 1500 less 1300 are two cycles.
    expect(nextChange(of.wallet, of.meter, terms, 100)).toBe(600);
    expect(UPPER).toBe(5_000);
  });
});
