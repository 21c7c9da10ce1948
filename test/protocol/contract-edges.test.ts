/** Contracts where somebody or something is missing, and at the edges of what they may hold. */
import { describe, expect, it } from "vitest";
import {
  billBlock,
  blockAt,
  type ContractId,
  cancelCollective,
  contractId,
  createRentContract,
  dueAtBlock,
  endContracts,
  farmId,
  type GridState,
  hasContracts,
  isBilledAt,
  nodeContractsOf,
  nodeId,
  optOut,
  providerId,
  raiseFrequency,
  removeContract,
  rentOf,
  reportContractResources,
  reportResources,
  reportTraffic,
  setPowerState,
  setPowerTarget,
  twinId,
  updateNodeContract,
} from "../../src/protocol/index.ts";
import { blocks, bytes, seconds, tft, usd } from "../../src/units/index.ts";
import {
  deploy,
  FIRST,
  power,
  rent,
  SECOND,
  start,
  stateOf,
  tryCancel,
  tryDeploy,
  tryFee,
  tryName,
  tryRent,
  UNUSED,
  USED,
} from "./acts.ts";
import { capacity, FARM, NODE, terms, testPricing, time, value, word } from "./grid.ts";

const THIRD = contractId(3);
const OTHER = nodeId(2);

/** The grid with a second farm and a node in it, of the same farmer. */
function two(state: GridState = start()): GridState {
  const farm = state.farms.get(FARM);
  const node = state.nodes.get(NODE);
  if (farm === undefined || node === undefined) throw new Error("the grid has a farm and a node");
  return {
    ...state,
    farms: new Map(state.farms).set(farmId(2), farm),
    nodes: new Map(state.nodes).set(OTHER, { ...node, farm: farmId(2), twin: null }),
  };
}

const withoutTwins = (state: GridState): GridState => ({ ...state, twins: new Map() });
const withoutFarms = (state: GridState): GridState => ({ ...state, farms: new Map() });
const withoutNodes = (state: GridState): GridState => ({ ...state, nodes: new Map() });

const traffic = (id: ContractId) => ({
  contract: id,
  ...{ traffic: bytes(1n), window: seconds(60), until: time(9).now },
});

describe("who is missing is missed by name", () => {
  const made = deploy(start(), "bob");
  const update = { account: "bob", contract: FIRST, hash: "x" };

  it.each([
    ["a cancelled contract's twin", tryCancel(withoutTwins(made), "bob", FIRST), "TwinNotExists"],
    ["a cancelled contract", tryCancel(made, "bob", SECOND), "ContractNotExists"],
    [
      "what the council ends",
      cancelCollective(made, SECOND, time(1), terms()),
      "ContractNotExists",
    ],
    ["an updated contract's twin", updateNodeContract(withoutTwins(made), update), "TwinNotExists"],
    ["a name's twin", tryName(withoutTwins(made), "bob", "mine"), "TwinNotExists"],
    [
      "a reporting node",
      reportTraffic(withoutNodes(made), NODE, traffic(FIRST), testPricing),
      "NodeNotExists",
    ],
    [
      "a reporting node's farm",
      reportTraffic(withoutFarms(made), NODE, traffic(FIRST), testPricing),
      "FarmNotExists",
    ],
    ["who sets a fee", tryFee(withoutTwins(start()), "alice", 1n), "TwinNotExists"],
    ["a node with a fee", tryFee(withoutNodes(start()), "alice", 1n), "NodeNotExists"],
    ["the farm of a node with a fee", tryFee(withoutFarms(start()), "alice", 1n), "FarmNotExists"],
    ["a node that sleeps", setPowerState(start(), OTHER, true, time(1).now), "NodeNotExists"],
    ["a node that shall sleep", setPowerTarget(start(), OTHER, true), "NodeNotExists"],
    ["a node that opts out", optOut(start(), OTHER), "NodeNotExists"],
    [
      "a way back for a node that opted out",
      optOut(value(optOut(start(), NODE)), NODE),
      "NodeV3BillingOptOutAlreadyEnabled",
    ],
  ] as const)("%s", (_what, answer, error) => {
    expect(word(answer)).toBe(error);
  });

  it("but a report about no contract is passed over", () => {
    expect(value(reportTraffic(made, NODE, traffic(SECOND), testPricing))).toBe(made);
    expect(value(reportResources(made, NODE, { contract: SECOND, used: USED }))).toBe(made);
  });

  it("and one about a contract of another kind is refused, strangers passed over or not", () => {
    const named = value(tryName(made, "bob", "mine")).state;
    expect(word(reportTraffic(named, NODE, traffic(SECOND), testPricing))).toBe(
      "InvalidContractType",
    );
    const entries = [{ contract: SECOND, used: USED }];
    // Alice's twin is the node's own here.
    const node = named.nodes.get(NODE);
    if (node === undefined) throw new Error("there is a node");
    const own = { ...named, nodes: new Map(named.nodes).set(NODE, { ...node, twin: twinId(1) }) };
    for (const strangers of ["refuse", "passOver"] as const)
      expect(word(reportContractResources(own, { account: "alice", entries }, strangers))).toBe(
        "InvalidContractType",
      );
  });
});

describe("a node's contracts", () => {
  it("are those on it and no others", () => {
    const state = value(tryRent(deploy(two(), "bob"), "rich", OTHER)).state;
    expect(nodeContractsOf(state, NODE).map(({ id }) => id)).toEqual([FIRST]);
    expect(nodeContractsOf(state, OTHER)).toEqual([]);
    expect([rentOf(state, NODE), rentOf(state, OTHER)?.id]).toEqual([null, SECOND]);
    expect([NODE, OTHER, nodeId(3)].map((id) => hasContracts(state, id))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it("end without a bill where their node sleeps, of which no bill is told", () => {
    const by = terms("legacy");
    const asleep = power(rent(start(), "bob", by), true);
    const { state, bills } = endContracts(asleep, NODE, time(11), by);
    expect([bills, state.contracts.size]).toEqual([[], 1]);
  });

  it("go with their rent and without it alone, and an unknown one takes none along", () => {
    const rented = deploy(rent(start(), "bob"), "bob");
    expect([...removeContract(rented, FIRST).contracts.keys()]).toEqual([]);
    expect([...removeContract(rented, FIRST).payments.keys()]).toEqual([]);
    expect([...removeContract(rented, SECOND).contracts.keys()]).toEqual([FIRST]);
    expect([...removeContract(rented, THIRD).contracts.keys()]).toEqual([FIRST, SECOND]);
  });

  it("end with their node, the rent last, each with its bill", () => {
    const rented = deploy(rent(start(), "bob"), "bob", { used: USED });
    const { state, bills, events } = endContracts(rented, NODE, time(11), terms());
    expect([...state.contracts.keys()]).toEqual([]);
    expect(bills.map(({ contract }) => contract)).toEqual([SECOND, FIRST]);
    expect(new Set(events.map(({ contract }) => contract))).toEqual(new Set([FIRST, SECOND]));
    const ended = { kind: "deleted", cause: "CanceledByUser" };
    expect(bills.map((bill) => bill.state)).toEqual(bills.map(() => ended));
    const bare = endContracts(two(), OTHER, time(11), terms());
    expect([bare.bills, bare.events]).toEqual([[], []]);
  });

  it("stay where their bills fail, and the others end", () => {
    // Bucket 2 of ten is not where contract 12 is looked for once the frequency is 15.
    const by = terms();
    const both = deploy(deploy({ ...start(), contractsMade: 11 }, "bob"), "bob", { hash: "b" });
    const at = { ...both, contractsMade: 29 };
    const third = deploy(at, "bob", { hash: "c" });
    const { state, policy } = value(raiseFrequency(third, by.billing, blocks(15)));
    const ended = endContracts(state, NODE, time(2), { ...by, billing: policy });
    expect([...ended.state.contracts.keys()]).toEqual([12, 13]);
    expect(stateOf(ended.state, contractId(12))?.kind).toBe("created");
  });

  it("that the council ends on a sleeping node say so while they linger", () => {
    const by = terms("legacy");
    const asleep = power(rent(start(), "bob", by), true);
    const ended = value(cancelCollective(asleep, FIRST, time(5), by)).state;
    expect(stateOf(ended, FIRST)).toEqual({ kind: "deleted", cause: "CanceledByCollective" });
    const own = value(tryCancel(asleep, "bob", FIRST, { by, block: 5 })).state;
    expect(stateOf(own, FIRST)).toEqual({ kind: "deleted", cause: "CanceledByUser" });
  });
});

describe("what a contract asks for when it is made", () => {
  it("is a provider that there is and that is approved, of a rent too", () => {
    const call = { account: "bob", node: NODE, provider: providerId(1) };
    const at = { ...time(1), rules: "reserve" } as const;
    expect(word(tryDeploy(start(), "bob", { provider: 1 }))).toBe("NoSuchSolutionProvider");
    expect(word(createRentContract(start(), call, at))).toBe("NoSuchSolutionProvider");
    expect(word(createRentContract(start(), { ...call, provider: null }, at))).toBe("ok");
  });

  it("is a rent in good standing since spec 152, and any rent before", () => {
    const graced = (rules: "legacy" | "reserve") => {
      const by = terms(rules);
      const rented = rent(start(), "bob", by);
      const contract = rented.contracts.get(FIRST);
      if (contract === undefined) throw new Error("there is a rent");
      const since = blocks(2);
      const late = { ...contract, state: { kind: "grace", since } } as const;
      const state = { ...rented, contracts: new Map(rented.contracts).set(FIRST, late) };
      return word(tryDeploy(state, "bob", {}, by));
    };
    expect([graced("legacy"), graced("reserve")]).toEqual(["ok", "NodeNotAvailableToDeploy"]);
  });

  it("is addresses that its farm has, free of others on its own nodes", () => {
    const own = (ips: number, state = two()): GridState => {
      const farms = new Map([...state.farms].map(([id, farm]) => [id, { ...farm, ips }]));
      return { ...state, farms };
    };
    const ask = (state: GridState, ips: number, node = 1) =>
      word(tryDeploy(state, "bob", { ips, node }));
    expect([ask(own(3), 3), ask(own(3), 4)]).toEqual(["ok", "FarmHasNotEnoughPublicIPs"]);
    const held = value(tryDeploy(own(3), "bob", { ips: 2 })).state;
    expect([ask(held, 1), ask(held, 2)]).toEqual(["ok", "FarmHasNotEnoughPublicIPsFree"]);
    // What is held in one farm lacks in no other; a rent and a name hold nothing.
    expect(ask(held, 3, 2)).toBe("ok");
    const rented = value(tryRent(held, "bob", OTHER)).state;
    const named = value(tryName(rented, "bob", "mine")).state;
    expect([ask(named, 3, 2), ask(named, 1)]).toEqual(["ok", "ok"]);
  });
});

describe("a rent's clock", () => {
  const updated = (state: GridState) => state.payments.get(FIRST)?.updated;
  const wake = (state: GridState, block: number, down = false) =>
    value(setPowerState(state, NODE, down, time(block).now));

  it("begins anew when its node wakes, and at no other word of the node", () => {
    const rented = rent(start(), "bob");
    const begun = updated(rented);
    expect(updated(wake(rented, 50))).toBe(begun);
    const asleep = power(rented, true, 20);
    expect(updated(asleep)).toBe(begun);
    expect(updated(wake(asleep, 30, true))).toBe(begun);
    expect(updated(wake(asleep, 50))).toBe(time(50).now);
    expect(wake(asleep, 50).nodes.get(NODE)?.power.down).toBe(false);
  });

  it("is none where there is no rent, or no record of it", () => {
    const asleep = power(start(), true);
    expect([...wake(asleep, 50).payments]).toEqual([]);
    const lost = { ...power(rent(start(), "bob"), true), payments: new Map() };
    expect([...wake(lost, 50).payments]).toEqual([]);
  });
});

describe("a block", () => {
  it("bills the contracts whose number leaves the same rest", () => {
    const billed = (id: number, at: number) => isBilledAt(contractId(id), blocks(at), blocks(10));
    expect([billed(3, 13), billed(13, 3), billed(10, 20), billed(3, 14), billed(7, 3)]).toEqual([
      ...[true, true, true],
      ...[false, false],
    ]);
  });

  it("is counted from the chain's first, every six seconds", () => {
    const at = (now: number) => blockAt(seconds(now), seconds(1_000), terms().billing);
    expect([1_000, 1_005, 1_006, 1_600].map(at)).toEqual([0, 0, 1, 100]);
  });
});

describe("what a block bills", () => {
  const by = terms();
  const block = (number: number) => blocks(number);
  const due = (state: GridState, at = 11) => dueAtBlock(state, block(at), by.billing);
  /** One deployment that uses nothing, with something changed. */
  const idle = (change: object = {}): GridState => {
    const made = deploy(start(), "bob", { used: UNUSED });
    const contract = made.contracts.get(FIRST);
    if (contract === undefined) throw new Error("there is a contract");
    return {
      ...made,
      contracts: new Map([[FIRST, { ...contract, ...change } as typeof contract]]),
    };
  };
  const owing = (standardOverdraft: bigint, additionalOverdraft: bigint): GridState => {
    const made = idle();
    const payment = made.payments.get(FIRST);
    if (payment?.rules !== "reserve") throw new Error("there is a record");
    const owed = {
      ...payment,
      standardOverdraft: tft(standardOverdraft),
      additionalOverdraft: tft(additionalOverdraft),
    };
    return { ...made, payments: new Map([[FIRST, owed]]) };
  };

  it.each([
    ["nothing", {}, false],
    ["an address", { ips: 1 }, true],
    ["a core", { used: capacity(1n, 0n, 0n, 0n) }, true],
    ["memory", { used: capacity(0n, 1n, 0n, 0n) }, true],
    ["SSD", { used: capacity(0n, 0n, 1n, 0n) }, true],
    ["HDD", { used: capacity(0n, 0n, 0n, 1n) }, true],
    ["traffic", { unbilled: usd(1n) }, true],
  ])("of a deployment that uses %s", (_what, change, billed) => {
    expect(due(idle(change))).toEqual(billed ? [FIRST] : []);
  });

  it("is what is owed, of either kind, even where nothing is used", () => {
    expect([owing(1n, 0n), owing(0n, 1n), owing(0n, 0n)].map((state) => due(state))).toEqual([
      [FIRST],
      [FIRST],
      [],
    ]);
    expect(due({ ...idle(), payments: new Map() })).toEqual([]);
    const legacy = deploy(start(), "bob", { used: UNUSED }, terms("legacy"));
    expect(due(legacy)).toEqual([]);
  });

  it("is a rent and a name always, in the block of their number", () => {
    const state = value(tryName(rent(start(), "bob"), "bob", "mine")).state;
    expect([due(state, 11), due(state, 12), due(state, 13)]).toEqual([[FIRST], [SECOND], []]);
  });

  it("is nothing of a deployment that its rent took along in the same block", () => {
    // The rent's grace is over; contract 11 is in its bucket too, and unpaid as it is.
    const poor = rent(start(), "charlie");
    const both = deploy({ ...poor, contractsMade: 10 }, "charlie", { used: USED });
    let state = both;
    const seen: unknown[] = [];
    for (let at = 2; at <= 131; at++) {
      const done = billBlock(state, time(at), by);
      state = done.state;
      seen.push(...done.bills.filter((one) => "error" in one));
    }
    expect([state.contracts.size, seen]).toEqual([0, []]);
  });
});
