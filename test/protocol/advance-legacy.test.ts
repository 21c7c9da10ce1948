/**
 * The lock based bills of an account in bulk, with prices that can be added up by hand: when it
 * asks to be looked at, and that a quiet stretch costs the same however long it is.
 */
import { describe, expect, it } from "vitest";
import { advanceLegacy, nextLegacyChange } from "../../src/protocol/interval-legacy.ts";
import { LegacyState, usableOf } from "../../src/protocol/meter-legacy-table.ts";
import { type LegacyTariffs, stepUntil } from "../../src/protocol/sweep-legacy.ts";
import { account, counting, type LockRow, lockTerms, told } from "./legacy-hand.ts";
import { BUSY, RENT, UNPAID } from "./meter-hand.ts";

/** The bills up to a block at once, as bill by bill; how often a level was asked for. */
function run(
  free: number,
  frozen: number,
  rows: readonly LockRow[],
  until: number,
  price = Infinity,
) {
  const { tariff, looks } = counting();
  const tariffs: LegacyTariffs = {
    at: () => tariff,
    changesAfter: (block) => (block < price ? price : Number.POSITIVE_INFINITY),
  };
  const of = account(free, frozen, rows);
  advanceLegacy(of.wallet, of.meter, lockTerms, tariffs, until, of.out);
  const cost = looks();
  const slow = account(free, frozen, rows);
  stepUntil(slow.wallet, slow.meter, lockTerms, tariffs, until, slow.out);
  expect(told(of)).toEqual(told(slow));
  expect(of.wallet.done).toBe(until);
  return { of, cost };
}

const ROUND = 1_800;
const RICH = 10 ** 9;

/** Contracts whose rounds are alike, and how much is frozen at the begin. */
const QUIET: readonly (readonly [string, readonly LockRow[]])[] = [
  ["one contract", [{}]],
  ["two, billed at different blocks", [{}, { phase: 250 }]],
  [
    "three, paid out in different bills",
    [{}, { phase: 250 }, { phase: 250, idle: RENT, kind: "rent" }],
  ],
  ["one with an extra fee", [{ idle: RENT, kind: "rent" }]],
  ["one with a provider", [{ provider: 0 }]],
  ["one beside another that costs nothing", [{}, { idle: UNPAID, phase: 100 }]],
  ["one beside another that has ended", [{}, { state: "ended", phase: 100 }]],
  ["one beside a rent that sleeps", [{}, { kind: "rent", idle: RENT, asleep: true, phase: 100 }]],
  ["one with traffic", [{ busy: BUSY, from: 0 }]],
  ["one whose traffic never begins", [{ busy: BUSY }]],
  ["one that reports traffic and has none", [{ from: 0 }]],
  ["one beside traffic that has ended", [{}, { busy: BUSY, from: 0, state: "ended", phase: 100 }]],
];

describe("rounds of payouts that are alike", () => {
  it.each(QUIET)("of %s cost the same, ten or a thousand", (_, rows) => {
    const ten = run(RICH, 0, rows, 10 * ROUND);
    const thousand = run(RICH, 0, rows, 1_000 * ROUND);
    const more = run(RICH, 0, rows, 2_000 * ROUND);
    expect(thousand.cost).toBeLessThan(40 * rows.length + ten.cost);
    expect(more.cost).toBe(thousand.cost);
  });

  it("take what three bills come to, and share it", () => {
    // At the upper level 60 a bill: 180 a round, of which 18, 9, 63 burned, and half for sales.
    const { of } = run(RICH, 0, [{}], 1_000 * ROUND);
    expect(told(of)).toMatchObject({
      free: RICH - 180_000,
      frozen: 0,
      takings: [18_000, 9_000, 90_000, 63_000, 0, [0, 0]],
    });
    const provided = run(RICH, 0, [{ provider: 0 }], 1_000 * ROUND).of;
    expect(told(provided).takings).toEqual([18_000, 9_000, 36_000, 63_000, 0, [18_000, 36_000]]);
  });

  it("end where a level or the balance does, and not before", () => {
    // 6000 free are the upper level while 5000 are usable.
    for (const free of [5_700, 6_000, 6_001, 7_777, 9_999]) {
      const long = run(free, 0, [{}, { phase: 250 }], 400 * ROUND);
      const short = run(free, 0, [{}, { phase: 250 }], 40 * ROUND);
      expect(long.cost).toBeLessThan(short.cost + 400);
    }
  });

  it("begin anew where the price changes", () => {
    for (const price of [7 * ROUND, 7 * ROUND + 1, 7 * ROUND + 599, 100 * ROUND + 7]) {
      const { cost } = run(RICH, 0, [{}, { phase: 250 }], 1_000 * ROUND, price);
      expect(cost).toBeLessThan(200);
    }
  });

  it("end where traffic begins", () => {
    for (const from of [3_600, 36_000, 39_600, 360_000, 1_080_000]) {
      const row = { busy: BUSY, from };
      const { of, cost } = run(RICH, 0, [row, { phase: 250 }], 1_000 * ROUND);
      expect(of.meter.trafficSeconds[0]).toBe(1_000 * ROUND * 6 - from);
      expect(cost).toBeLessThan(200);
    }
  });

  it("stop where they are told to", () => {
    for (const until of [599, 600, 601, 1_799, 1_800, 1_801, 5_400, 5_401, 9_000])
      run(RICH, 0, [{}, { phase: 250 }], until);
  });
});

describe("an account that lacks funds", () => {
  const graced: LockRow = { state: "grace", since: 0, locked: 100 };

  it("locks more with each bill of grace until it is over, at one look for many", () => {
    const { of, cost } = run(600, 600, [graced], 59_999);
    expect(of.meter.locked[0]).toBe(100 + 99 * 100);
    expect(cost).toBeLessThan(20);
    const over = run(600, 600, [graced], 70_000);
    expect([over.of.meter.state[0], over.of.out.changeBlock[0]]).toEqual([
      LegacyState.ended,
      60_000,
    ]);
  });

  it("falls into grace when what it needs is not below what is usable", () => {
    // 700 are usable until the first lock holds 500 back.
    for (const free of [700, 800, 900, 1_200, 1_500]) run(free, 0, [{}], 20 * ROUND);
    for (const free of [700, 800, 900, 1_200, 1_500])
      run(free, 0, [{}, { phase: 250 }], 20 * ROUND);
  });

  it("goes by the first grace that ends", () => {
    const rows: readonly LockRow[] = [
      { ...graced, since: 6_000 },
      { ...graced, since: 3_000, phase: 200 },
      { idle: UNPAID, phase: 100 },
    ];
    const { of } = run(600, 600, rows, 80_000);
    expect([...of.out.changeRow.slice(0, 2)]).toEqual([1, 0]);
    expect([...of.out.changeBlock.slice(0, 2)]).toEqual([63_200, 66_000]);
  });
});

describe("what is usable beside a lock", () => {
  it.each([
    [1_000, 0, 1_000],
    [1_000, 1, 500],
    [1_000, 500, 500],
    [1_000, 501, 499],
    [1_000, 1_001, 0],
    [400, 1, 0],
  ])("of %i with %i frozen is %i", (free, frozen, usable) => {
    expect(usableOf(free, frozen, lockTerms)).toBe(usable);
  });
});

/**
 * Free and frozen, burn, blocks done, contracts as `state phase since locked extra`: the block to
 * look at next. What is usable, less what is counted without being frozen, less the largest that is
 * counted, less four deposits, is to last: it falls by a burn a cycle, and what a contract needs
 * grows as fast up to its payout.
 */
const CHANGES = `
   free  frozen  burn  done  contracts                       block
  10000       0   100     0  -                            Infinity
  10000       0   100     0  ended:0:0:0:0                Infinity
  10000       0   100     0  sleeping:0:0:0:0             Infinity
  10000       0   100     0  created:0:0:0:0                 45000  8000 less 400 are 76 burns
  10000       0   100   700  created:0:0:0:0                 45700
  10000       0  1000     0  created:250:0:0:0                1800  8000 less 4000 are four
   7000       0  1000     0  created:250:0:0:0                 600  5000 less 1000 are twice two
   6999       0  1000     0  created:250:0:0:0                 250  and one unit less is not
   6999       0  1000   250  created:250:0:0:0                 850
   6999       0  1000   249  created:250:0:0:0                 250
   6999       0  1000     0  created:250:0:0:0,created:40:0:0:0      40
   6999       0  1000     0  created:250:0:0:0,sleeping:40:0:0:0    250
   6999       0  1000     0  created:250:0:0:0,ended:40:0:0:0       250
  10000       0   100     0  created:0:0:300:0               41400  300 are counted and needed
  10000       0   100     0  created:0:0:200:100             41400
  10000     300   100     0  created:0:0:300:0               40200  500 are held back, 300 needed
  10000     300   100     0  created:0:0:300:0,ended:0:0:9000:0     40200
  10000     700   100     0  created:0:0:300:0               39000  others' part is held back too
  10000       0   100     0  created:0:0:300:0,created:0:0:200:0    40200  both counted, one needed
  10000       0     0     0  created:0:0:0:0              Infinity
  10000       0    -1     0  created:0:0:0:0              Infinity
    500     500     0     0  created:0:0:0:0              Infinity  nothing is due of nothing
    500     500   100     0  grace:0:0:0:0                   60000
    500     500   100     0  grace:100:0:0:0                 60100
    500     500   100     0  grace:0:1:0:0                   60600
    500     500   100     0  grace:0:1:0:0,grace:0:0:0:0     60000
    500     500   100 70000  grace:100:0:0:0                 70300
    500     500   100 60000  grace:0:0:0:0                   60600
    800     500   100     0  grace:0:0:300:0                 60000  300 are not more than 300
    801     500   100     0  grace:0:0:300:0                   600
    801     500   100     0  grace:0:0:300:0,grace:0:0:200:0   600  more than the least of them
    800     500   100     0  grace:0:0:300:0,grace:0:0:200:200  60000
    500     500   100     0  grace:0:0:0:0,created:100:0:0:0   100
`;

describe("the look that an account of locks asks for", () => {
  it.each(
    CHANGES.trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/).slice(0, 6)),
  )("of %s with %s frozen at %s a cycle, at block %s, with %s is at %s", (...words) => {
    const [free = 0, frozen = 0, burn = 0, done = 0] = words.slice(0, 4).map(Number);
    const [, , , , contracts = "", block = ""] = words;
    const rows = contracts === "-" ? [] : contracts.split(",");
    const of = account(
      free,
      frozen,
      rows.map((row): LockRow => {
        const [state = "", phase, since, locked, extra] = row.split(":");
        const numbers = { phase: Number(phase), since: Number(since) };
        const held = { locked: Number(locked), extra: Number(extra) };
        if (state === "sleeping") return { ...numbers, ...held, kind: "rent", asleep: true };
        return { ...numbers, ...held, state: state as "grace" };
      }),
    );
    of.wallet.done = done;
    expect(nextLegacyChange(of.wallet, of.meter, lockTerms, burn)).toBe(Number(block));
  });
});
