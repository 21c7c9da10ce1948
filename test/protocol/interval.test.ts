import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { changeAtEarliest, type History, histories, play } from "./interval-history.ts";

/** Plays a history and expects the same account after everything that happens in it. */
function agrees(history: History, against: "bill by bill" | "chain"): void {
  play(history, against, ({ at, one, other }, quick, slow) => {
    same({ at, ...one }, { at, ...other });
    if (slow !== null) same(changesOf(quick.out), changesOf(slow.out));
  });
}

const toTheNearest = (history: History): History => {
  const { words } = history.law;
  if (words === undefined) return history;
  return { ...history, law: { ...history.law, words: { ...words, rounding: "nearest" } } };
};

/** Asks for the difference only where there is one, which is a hundred times as fast. */
function same(one: unknown, other: unknown): void {
  if (JSON.stringify(one) !== JSON.stringify(other)) expect(one).toStrictEqual(other);
}

const changesOf = (out: {
  readonly changes: number;
  readonly changeRow: Uint32Array;
  readonly changeBlock: Float64Array;
  readonly change: Uint8Array;
}): readonly string[] =>
  [...Array(out.changes).keys()].map(
    (at) => `${out.changeRow[at]} ${out.changeBlock[at]} ${out.change[at]}`,
  );

const NOTHING = { template: 0, size: 0, phase: 0 };
const look = (gap: number) => ({ gap, what: "look", n: 0, row: NOTHING }) as const;

/** Histories that once came out wrong, made as small as possible, or that chance seldom meets. */
const FOUND: readonly { readonly rule: string; readonly history: History }[] = [
  {
    rule: "traffic that begins ahead of the bills ends a quiet stretch",
    history: {
      law: { frequency: 600, distributionCycles: 1, graceBlocks: 0, pricing: 0 },
      prices: [{ hours: 1, price: 10 }],
      rows: [{ template: 1, size: 0, phase: 0 }],
      ops: [{ gap: 0, what: "boot", n: 360, row: NOTHING }, look(2_399), look(0)],
    },
  },
  {
    rule: "a bill too small to take grows until it can be taken",
    history: {
      law: { frequency: 600, distributionCycles: 1, graceBlocks: 0, pricing: 2 },
      prices: [{ hours: 1, price: 10 }],
      rows: [{ template: 3, size: 0, phase: 300 }],
      ops: [look(2_399), look(0)],
    },
  },
  {
    rule: "a contract that owes nothing counts no cycles while its rent is in grace",
    history: {
      law: { frequency: 600, distributionCycles: 24, graceBlocks: 201_600, pricing: 0 },
      prices: [{ hours: 1, price: 10 }],
      rows: [
        { template: 4, size: 0, phase: 7 },
        { template: 6, size: 1, phase: 300 },
      ],
      ops: [{ ...look(9_000), n: 1 }, look(9_000), look(700)],
    },
  },
  {
    rule: "a rent whose grace is over waits until its node's contracts have paid out",
    history: {
      law: { frequency: 600, distributionCycles: 24, graceBlocks: 600, pricing: 0 },
      prices: [{ hours: 1, price: 10 }],
      rows: [
        { template: 4, size: 0, phase: 10 },
        { template: 7, size: 0, phase: 20 },
      ],
      ops: [{ ...look(3_000), n: 101 }, look(9_000), look(9_000), look(9_000)],
    },
  },
];

describe("the closed form of an account's bills", () => {
  for (const { rule, history } of FOUND)
    test(rule, () => {
      agrees(history, "bill by bill");
      agrees(history, "chain");
    });

  test("equals every bill one by one, to the last unit", () => {
    fc.assert(
      fc.property(histories, (history) => agrees(history, "bill by bill")),
      { seed: 20_260, numRuns: 1_000 },
    );
  });

  test("equals the chain's rules on exact states, to the last unit", () => {
    fc.assert(
      fc.property(histories, (history) => agrees(history, "chain")),
      { seed: 20_261, numRuns: 500 },
    );
  });
});

describe("the look that an account asks for", () => {
  test("is ahead, and never later than a change of state", () => {
    fc.assert(
      // Rounded down, two cycles may cost something where one costs nothing, which no burn bounds.
      fc.property(histories.map(toTheNearest), (history) => {
        let asked = 0;
        let seen = 0;
        play(history, "bill by bill", (_, quick, slow, law) => {
          if (slow === null) return;
          const { out } = slow;
          for (; seen < out.changes; seen++) {
            const block = out.changeBlock[seen];
            if (block < asked) throw new Error(`changed at ${block}, looked at ${asked}`);
          }
          asked = changeAtEarliest(quick, law);
          if (asked <= quick.wallet.done) throw new Error(`no progress from ${asked}`);
        });
      }),
      { seed: 20_262, numRuns: 1_000 },
    );
  });
});
