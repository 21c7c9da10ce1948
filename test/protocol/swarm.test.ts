import { describe, expect, it } from "vitest";
import {
  billingFaults,
  reserveFaults,
  supplyFaults,
  tokenFaults,
  weightFaults,
} from "../../src/protocol/index.ts";
import { tft } from "../../src/units/index.ts";
import { deploy, FIRST, start } from "./acts.ts";
import { run, terms } from "./grid.ts";
import { burnt, type Life, live } from "./swarm.ts";
import { CALLS } from "./swarm-calls.ts";

const RULES = ["reserve", "legacy", "upgrade"] as const;

/** Lives that once came out wrong, by the name of what was wrong. */
const FOUND: readonly { readonly name: string; readonly life: Life }[] = [
  {
    name: "a rent that was cancelled asleep is there until its first bill after the upgrade",
    life: { seed: 12, rules: "upgrade", windows: 50 },
  },
  {
    name: "what a deleted node's bills burn is told, as that of any other bill",
    life: { seed: 2, rules: "legacy", windows: 60 },
  },
];

describe("whatever is called, in whatever order,", () => {
  for (const { name, life } of FOUND) it(name, () => expect(live(life).faults).toEqual([]));

  it.each(RULES)("tokens, records and reserves hold together under the %s rules", (rules) => {
    const words = new Set<string>();
    let bills = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const lived = live({ seed, rules, windows: 50 });
      expect({ seed, faults: lived.faults }).toEqual({ seed, faults: [] });
      for (const word of lived.words) words.add(word);
      bills += lived.bills;
    }
    // The lives are no empty ones: most calls were accepted by some and refused by others.
    const refused = CALLS.filter(({ name }) => !words.has(`${name}: ok`));
    expect(refused.map(({ name }) => name)).toEqual([]);
    expect(words.size).toBeGreaterThan(100);
    expect(bills).toBeGreaterThan(2_000);
  });

  it("a life is the same for the same number", () => {
    const life: Life = { seed: 7, rules: "upgrade", windows: 20 };
    expect(live(life).last).toBe(live(life).last);
    expect(live({ ...life, seed: 8 }).last).not.toBe(live(life).last);
  });
});

describe("the invariants find what is planted:", () => {
  const by = terms("reserve");
  const state = run(deploy(start(), "bob", { ips: 1 }), { from: 2, to: 31 }, by).state;
  const bob = state.ledger.accounts.get("bob");
  const payment = state.payments.get(FIRST);
  if (bob === undefined || payment?.rules !== "reserve") throw new Error("bob pays a contract");
  const withBob = (change: object) => ({
    ...state,
    ledger: {
      ...state.ledger,
      accounts: new Map(state.ledger.accounts).set("bob", { ...bob, ...change }),
    },
  });
  const first = state.contracts.get(FIRST);
  if (first?.kind !== "node") throw new Error("the first contract is a deployment");

  it("nothing in a sound state", () => expect(billingFaults(state)).toEqual([]));

  it.each([
    ["a unit that is gone", burnt(state), /^accounts hold .*, issued are /],
    ["a debt", withBob({ free: tft(-1n) }), /^bob has -1 free/],
    ["a lock below zero", withBob({ frozen: tft(-1n) }), /^bob has -1 frozen/],
    [
      "a reserve that nobody claims",
      withBob({ free: tft(bob.free - 1n), reserved: tft(bob.reserved + 1n) }),
      /^bob has .* reserved, claimed are /,
    ],
    [
      "a claim without a reserve",
      withBob({ free: tft(bob.free + 1n), reserved: tft(bob.reserved - 1n) }),
      /^bob has .* reserved, claimed are /,
    ],
    ["a contract without a record", { ...state, payments: new Map() }, /^contract 1 has no record/],
    [
      "a record without a contract",
      { ...state, contracts: new Map() },
      /^a record of contract 1, which is not there/,
    ],
    [
      "an overdraft below zero",
      {
        ...state,
        payments: new Map([[FIRST, { ...payment, standardOverdraft: tft(-1n) }]]),
      },
      /^contract 1 has -1 as standardOverdraft/,
    ],
    [
      "more addresses than there are",
      { ...state, contracts: new Map([[FIRST, { ...first, ips: 9 }]]) },
      /^farm 1 has 4 addresses, 9 are held/,
    ],
    ["a number not given out", { ...state, contractsMade: 0 }, /^contract 1 of 0 made/],
    [
      "a deleted contract",
      {
        ...state,
        contracts: new Map([
          [FIRST, { ...first, state: { kind: "deleted", cause: "OutOfFunds" } as const }],
        ]),
      },
      /^contract 1 is deleted/,
    ],
  ])("%s", (_what, planted, sentence) => {
    expect(billingFaults(planted)).toContainEqual(expect.stringMatching(sentence));
  });

  it("a supply that is not what came and went", () => {
    const flows = { genesis: tft(100n), minted: tft(10n), burned: tft(5n) };
    expect(supplyFaults({ ...flows, issuance: tft(105n) })).toEqual([]);
    expect(supplyFaults({ ...flows, issuance: tft(104n) })).toHaveLength(1);
  });

  it("reserves that others may hold, where it is told of others", () => {
    const accounts = new Map([["bob", { free: tft(0n), reserved: tft(5n), frozen: tft(0n) }]]);
    const claims = [{ account: "bob", amount: tft(3n) }];
    expect(tokenFaults({ accounts, issuance: tft(5n) })).toEqual([]);
    expect(reserveFaults({ accounts, claims, others: true })).toEqual([]);
    expect(reserveFaults({ accounts, claims, others: false })).toHaveLength(1);
    const negative = [{ account: "bob", amount: tft(-1n) }];
    expect(reserveFaults({ accounts, claims: negative, others: true })).toHaveLength(1);
  });

  it("a farm that weighs otherwise than its nodes, and a node without a farm", () => {
    const nodes = [
      { farm: 1, weight: 3n },
      { farm: 1, weight: 4n },
    ];
    const farms = new Map([
      [1, 7n],
      [2, 0n],
    ]);
    expect(weightFaults({ farms, nodes })).toEqual([]);
    expect(weightFaults({ farms: new Map([[1, 8n]]), nodes })).toHaveLength(1);
    expect(weightFaults({ farms: new Map(), nodes })).toHaveLength(2);
  });
});
