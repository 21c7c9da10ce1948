/** The sentences that the invariants say of states that cannot be. */
import { describe, expect, it } from "vitest";
import {
  billingFaults,
  contractClaims,
  contractFaults,
  contractId,
  farmId,
  fingerprint,
  type GridState,
  nodeId,
  reserveFaults,
  supplyFaults,
  tokenFaults,
  weightFaults,
} from "../../src/protocol/index.ts";
import { tft } from "../../src/units/index.ts";
import { deploy, FIRST, rent, SECOND, start, tryName } from "./acts.ts";
import { FARM, NODE, terms, value } from "./grid.ts";

const account = (free: bigint, reserved = 0n, frozen = 0n) => ({
  free: tft(free),
  reserved: tft(reserved),
  frozen: tft(frozen),
});

describe("a fault", () => {
  it("of tokens names who has less than nothing, and of what", () => {
    const accounts = new Map([["bob", account(-1n, -2n, -3n)]]);
    expect(tokenFaults({ accounts, issuance: tft(0n) })).toEqual([
      "bob has -1 free",
      "bob has -2 reserved",
      "bob has -3 frozen",
      "accounts hold -3, issued are 0",
    ]);
    const none = new Map([["bob", account(0n)]]);
    expect(tokenFaults({ accounts: none, issuance: tft(0n) })).toEqual([]);
  });

  it("of the supply tells the sum that should have been", () => {
    const flows = { genesis: tft(100n), minted: tft(10n), burned: tft(5n), issuance: tft(104n) };
    expect(supplyFaults(flows)).toEqual(["100 + 10 - 5 is 105, issued are 104"]);
    expect(supplyFaults({ ...flows, issuance: tft(105n) })).toEqual([]);
  });

  it("of reserves names the account, what it has, and what is claimed", () => {
    const accounts = new Map([
      ["bob", account(0n, 5n)],
      ["eve", account(0n, 1n)],
    ]);
    const claim = (who: string, amount: bigint) => ({ account: who, amount: tft(amount) });
    const faults = (others: boolean, ...claims: ReturnType<typeof claim>[]) =>
      reserveFaults({ accounts, claims, others });
    expect(faults(false, claim("bob", 2n), claim("bob", 3n), claim("eve", 1n))).toEqual([]);
    expect(faults(true, claim("bob", 5n))).toEqual([]);
    expect(faults(false, claim("bob", 5n))).toEqual(["eve has 1 reserved, claimed are 0"]);
    expect(faults(true, claim("bob", 4n), claim("bob", 2n))).toEqual([
      "bob has 5 reserved, claimed are 6",
    ]);
    expect(faults(true, claim("nobody", 1n))).toEqual(["nobody has 0 reserved, claimed are 1"]);
    expect(faults(true, claim("eve", -1n))).toEqual(["eve is claimed -1"]);
    expect(faults(true, claim("nobody", 0n))).toEqual([]);
  });

  it("of weights tells both sums, and the farm that is not there", () => {
    const nodes = [
      { farm: 1, weight: 3n },
      { farm: 1, weight: 4n },
      { farm: 9, weight: 5n },
    ];
    const farms = new Map([
      [1, 8n],
      [2, 6n],
    ]);
    expect(weightFaults({ farms, nodes })).toEqual([
      "a node is in farm 9, which is not there",
      "farm 1 weighs 8, its nodes 7",
      "farm 2 weighs 6, its nodes 0",
    ]);
  });
});

/** The same state where its contracts are changed, or others added. */
const withContracts = (state: GridState, ...contracts: readonly object[]): GridState => {
  const all = new Map(state.contracts);
  for (const one of contracts) {
    const { id } = one as { readonly id: typeof FIRST };
    all.set(id, { ...all.get(id), ...one } as never);
  }
  return { ...state, contracts: all };
};

describe("contracts", () => {
  const by = terms("reserve");
  const named = value(tryName(start(), "bob", "mine", { by })).state;

  it("are sound where nothing is planted", () => {
    for (const state of [rent(start(), "bob", by), named, deploy(start(), "bob")])
      expect(billingFaults(state)).toEqual([]);
  });

  it("do not rent a node twice, nor take a name twice", () => {
    const { payments } = named;
    const payment = payments.get(FIRST);
    if (payment === undefined) throw new Error("the name has a record");
    const two = { ...named, contractsMade: 2, payments: new Map(payments).set(SECOND, payment) };
    const name = { ...named.contracts.get(FIRST), id: SECOND };
    expect(contractFaults(withContracts(two, name))).toEqual(["the name mine is taken twice"]);
    expect(contractFaults(withContracts(two, { ...name, name: "other" }))).toEqual([]);
    const once = rent(start(), "bob", by);
    const more = { ...once, contractsMade: 2, payments: two.payments };
    const again = { ...once.contracts.get(FIRST), id: SECOND };
    expect(contractFaults(withContracts(more, again))).toEqual(["node 1 is rented twice"]);
    const other = { ...again, node: nodeId(2) };
    expect(contractFaults(withContracts(more, other))).toEqual([]);
  });

  it("have a record each, and a number that was given out", () => {
    expect(contractFaults({ ...named, payments: new Map() })).toEqual(["contract 1 has no record"]);
    expect(contractFaults({ ...named, contracts: new Map() })).toEqual([
      "a record of contract 1, which is not there",
    ]);
    expect(contractFaults({ ...named, contractsMade: 0 })).toEqual(["contract 1 of 0 made"]);
    expect(contractFaults({ ...named, contractsMade: 2 })).toEqual([]);
  });

  it("claim what both of their reserves hold, of their twin's account", () => {
    const state = deploy(start(), "bob");
    const record = state.payments.get(FIRST);
    if (record?.rules !== "reserve") throw new Error("the record is of the reserve rules");
    const kept = { ...record, standardReserve: tft(5n), additionalReserve: tft(2n) };
    const keeping = { ...state, payments: new Map([[FIRST, kept]]) };
    expect(contractClaims(keeping)).toEqual([{ account: "bob", amount: 7n }]);
    const owed = "bob has 0 reserved, claimed are 7";
    expect(billingFaults(keeping)).toEqual([owed]);
    expect(billingFaults(keeping, true)).toEqual([owed]);
    // Nobody claims for a contract, or a twin, that is not there, nor under the legacy rules.
    expect(contractClaims({ ...keeping, contracts: new Map() })).toEqual([]);
    expect(contractClaims({ ...keeping, twins: new Map() })).toEqual([]);
    expect(contractClaims(deploy(start(), "bob", {}, terms("legacy")))).toEqual([]);
  });

  it("explain what is reserved, unless others may reserve", () => {
    const state = deploy(start(), "bob");
    const bob = state.ledger.accounts.get("bob");
    if (bob === undefined) throw new Error("bob has an account");
    const more = { ...bob, free: tft(bob.free - 3n), reserved: tft(bob.reserved + 3n) };
    const accounts = new Map(state.ledger.accounts).set("bob", more);
    const planted = { ...state, ledger: { ...state.ledger, accounts } };
    expect(billingFaults(planted)).toEqual(["bob has 3 reserved, claimed are 0"]);
    expect(billingFaults(planted, true)).toEqual([]);
  });

  it("that are deleted are gone, but a rent may linger", () => {
    const deleted = { id: FIRST, state: { kind: "deleted", cause: "OutOfFunds" } };
    expect(contractFaults(withContracts(named, deleted))).toEqual(["contract 1 is deleted"]);
    expect(contractFaults(withContracts(rent(start(), "bob", by), deleted))).toEqual([]);
  });

  it("hold no more addresses than their farm has, and on no node that is gone any", () => {
    const state = deploy(start(), "bob", { ips: 4 });
    expect(contractFaults(state)).toEqual([]);
    const payment = state.payments.get(FIRST);
    if (payment === undefined) throw new Error("the deployment has a record");
    const two = {
      ...state,
      contractsMade: 2,
      payments: new Map(state.payments).set(SECOND, payment),
    };
    const more = (node: typeof NODE) =>
      withContracts(two, { ...state.contracts.get(FIRST), id: SECOND, ips: 1, node });
    expect(contractFaults(more(NODE))).toEqual(["farm 1 has 4 addresses, 5 are held"]);
    expect(contractFaults(more(nodeId(77)))).toEqual([]);
    const none = {
      ...state,
      farms: new Map([...state.farms, [farmId(2), withoutAddresses(state)]]),
    };
    expect(contractFaults(none)).toEqual([]);
  });

  it("of either rule set owe and lock nothing below zero", () => {
    const legacy = terms("legacy");
    const old = deploy(start(), "bob", {}, legacy);
    const payment = old.payments.get(FIRST);
    if (payment?.rules !== "legacy") throw new Error("the record is of the legacy rules");
    expect(contractFaults(old)).toEqual([]);
    const planted = { ...payment, locked: tft(-1n), extraLocked: tft(-2n) };
    expect(contractFaults({ ...old, payments: new Map([[FIRST, planted]]) })).toEqual([
      "contract 1 has -1 as locked",
      "contract 1 has -2 as extraLocked",
    ]);
    const fresh = deploy(start(), "bob");
    const record = fresh.payments.get(FIRST);
    if (record?.rules !== "reserve") throw new Error("the record is of the reserve rules");
    const less = {
      ...record,
      ...{ standardReserve: tft(-1n), additionalReserve: tft(-2n) },
      ...{ standardOverdraft: tft(-3n), additionalOverdraft: tft(-4n) },
    };
    expect(contractFaults({ ...fresh, payments: new Map([[FIRST, less]]) })).toEqual([
      "contract 1 has -1 as standardReserve",
      "contract 1 has -2 as additionalReserve",
      "contract 1 has -3 as standardOverdraft",
      "contract 1 has -4 as additionalOverdraft",
    ]);
  });
});

describe("the text of a state", () => {
  it.each([
    ["a map's entry", new Map([[1, 2]]), new Map([[1, 3]])],
    ["a map's order", mapOf(1, 2), mapOf(2, 1)],
    ["a set's member", new Set([1]), new Set([2])],
    ["a set from a map", new Set([1]), new Map([[1, 1]])],
    ["a whole number from a text", 1n, "1"],
    ["a large number", 10n ** 30n, 10n ** 30n + 1n],
    ["what is nested", { a: [new Map([[1, new Set([contractId(1)])]])] }, { a: [new Map()] }],
  ])("tells %s", (_, one, other) => {
    expect(fingerprint({ one })).not.toBe(fingerprint({ one: other }));
    expect(fingerprint({ one })).toBe(fingerprint({ one }));
  });
});

function mapOf(...keys: readonly number[]) {
  return new Map(keys.map((key) => [key, 0]));
}

function withoutAddresses(state: GridState) {
  const farm = state.farms.get(FARM);
  if (farm === undefined) throw new Error("the grid has a farm");
  return { ...farm, ips: 0 };
}
