/** The order in which calls check: each row breaks several things, and the first is answered. */
import { describe, expect, it } from "vitest";
import {
  addTrafficReports,
  addTwinAdmin,
  attachProvider,
  cancelCollective,
  contractId,
  createProvider,
  type Farm,
  type GridState,
  type NodeId,
  nodeId,
  pricingId,
  providerId,
  removeTwinAdmin,
  reportContractResources,
  setExtraFee,
  twinId,
  updateNodeContract,
} from "../../src/protocol/index.ts";
import { bytes, milliUsd, seconds, usd } from "../../src/units/index.ts";
import { deploy, FIRST, power, rent, start, tryDeploy, tryName, tryRent } from "./acts.ts";
import { FARM, NODE, terms, testPricing, time, value, word } from "./grid.ts";

const by = terms();
const OTHER = nodeId(2);
/** The twin of the staking account stands for the node's own. */
const REPORTER = "staking";
const REPORTING = twinId(5);

const farmWith = (state: GridState, change: Partial<Farm>): GridState => {
  const farm = state.farms.get(FARM);
  if (farm === undefined) throw new Error("the small grid has a farm");
  return { ...state, farms: new Map(state.farms).set(FARM, { ...farm, ...change }) };
};
const nodeWith = (state: GridState, change: object, id: NodeId = NODE): GridState => {
  const node = state.nodes.get(NODE);
  if (node === undefined) throw new Error("the small grid has a node");
  return { ...state, nodes: new Map(state.nodes).set(id, { ...node, ...change }) };
};
const left = (state: GridState, id: NodeId = NODE) => nodeWith(state, { optedOut: true }, id);
/** Two nodes of the farm; node 1 reports by the staking account. */
const two = (state = start()): GridState =>
  nodeWith(nodeWith(state, { twin: REPORTING }), { twin: null }, OTHER);

describe("creating a deployment asks, in this order,", () => {
  const hash = { hash: "h" };
  const bad = { ips: 9, provider: 7 };
  it.each([
    ["for the twin", () => tryDeploy(start(), "nobody", { node: 9, ...bad }), "TwinNotExists"],
    ["for the node", () => tryDeploy(start(), "bob", { node: 9, ...bad }), "NodeNotExists"],
    [
      "whether it is awake",
      () => tryDeploy(left(power(start(), true)), "bob", bad),
      "NodeNotAvailableToDeploy",
    ],
    [
      "whether it left",
      () => tryDeploy({ ...left(start()), farms: new Map() }, "bob", bad),
      "OnlyTwinAdminCanDeployOnThisNode",
    ],
    [
      "for the farm",
      () => tryDeploy({ ...left(start()), farms: new Map(), admins: new Set(["bob"]) }, "bob", bad),
      "FarmNotExists",
    ],
    [
      "whether the node is free for the caller",
      () => tryDeploy(farmWith(deploy(start(), "bob", hash), { dedicated: true }), "bob", hash),
      "NodeNotAvailableToDeploy",
    ],
    [
      "whether the hash is free",
      () => tryDeploy(deploy(start(), "bob", hash), "bob", { ...hash, ...bad }),
      "ContractIsNotUnique",
    ],
    [
      "whether the farm has so many addresses",
      () => tryDeploy(start(), "bob", bad),
      "FarmHasNotEnoughPublicIPs",
    ],
    [
      "whether they are free",
      () => tryDeploy(deploy(start(), "bob", { ips: 3 }), "bob", { ips: 2, provider: 7 }),
      "FarmHasNotEnoughPublicIPsFree",
    ],
    [
      "whether they fit into the list",
      () => tryDeploy(farmWith(start(), { ips: 600 }), "bob", { ips: 513, provider: 7 }),
      "FailedToReserveIP",
    ],
    ["with 512 in it", () => tryDeploy(farmWith(start(), { ips: 600 }), "bob", { ips: 512 }), "ok"],
    [
      "and, where 512 are free, before that the list is full",
      () => tryDeploy(farmWith(start(), { ips: 600, free: 512 }), "bob", { ips: 513 }),
      "FarmHasNotEnoughPublicIPsFree",
    ],
    [
      "but not where one more is",
      () => tryDeploy(farmWith(start(), { ips: 600, free: 513 }), "bob", { ips: 514 }),
      "FailedToReserveIP",
    ],
    [
      "for the provider",
      () => tryDeploy(start(), "bob", { provider: 7 }),
      "NoSuchSolutionProvider",
    ],
  ])("%s", (_what, act, answer) => {
    expect(word(act())).toBe(answer);
  });

  it("and lets a list be full only where so many are free", () => {
    const some = deploy(farmWith(start(), { ips: 600 }), "bob", { ips: 100 });
    expect(word(tryDeploy(some, "bob", { ips: 550 }))).toBe("FarmHasNotEnoughPublicIPsFree");
    expect(word(tryDeploy(some, "bob", { ips: 500 }))).toBe("ok");
  });

  it("and lets an admin of the council deploy where the node left", () => {
    const state = value(addTwinAdmin(left(start()), "bob"));
    expect(word(tryDeploy(state, "bob"))).toBe("ok");
    expect(word(tryRent(state, "bob"))).toBe("ok");
    expect(word(tryDeploy(value(removeTwinAdmin(state, "bob")), "bob"))).toBe(
      "OnlyTwinAdminCanDeployOnThisNode",
    );
  });
});

describe("renting a node asks, in this order,", () => {
  it.each([
    ["whether it is rented", () => tryRent(rent(start(), "bob"), "nobody"), "NodeHasRentContract"],
    ["for the node", () => tryRent(start(), "nobody", nodeId(9)), "NodeNotExists"],
    ["for the farm", () => tryRent({ ...left(start()), farms: new Map() }, "bob"), "FarmNotExists"],
    [
      "whether it left",
      () => tryRent(left(deploy(start(), "bob")), "nobody"),
      "OnlyTwinAdminCanDeployOnThisNode",
    ],
    [
      "whether deployments are on it",
      () => tryRent(deploy(start(), "bob"), "nobody"),
      "NodeNotAvailableToDeploy",
    ],
    ["for the twin", () => tryRent(start(), "nobody"), "TwinNotExists"],
    ["and not whether it is awake", () => tryRent(power(start(), true), "bob"), "ok"],
    [
      "and nothing of deployments on a dedicated farm",
      () => tryRent(farmWith(deploy(start(), "bob"), { dedicated: true }), "rich"),
      "ok",
    ],
  ])("%s", (_what, act, answer) => {
    expect(word(act())).toBe(answer);
  });
});

describe("a name of", () => {
  const named = value(tryName(start(), "bob", "taken")).state;
  it.each([
    ["two letters", "ab", "NameContractNameTooShort"],
    ["three", "abc", "ok"],
    ["one letter of three bytes", "\u20ac", "NameNotValid"],
    ["64", "a".repeat(64), "ok"],
    ["65", "a".repeat(65), "NameContractNameTooLong"],
    ["33 letters of two bytes", "\u00e9".repeat(33), "NameContractNameTooLong"],
    ["a capital", "Abc", "NameNotValid"],
    ["a point", "a.b", "NameNotValid"],
    ["all that is allowed", "a-z_09", "ok"],
    ["somebody else", "taken", "NameExists"],
  ])("%s: %s", (_what, name, answer) => {
    expect(word(tryName(named, "rich", name))).toBe(answer);
  });
});

describe("a node's call", () => {
  const grid = value(tryDeploy(deploy(two(), "bob"), "bob", { node: 2 })).state;
  const used = { cru: 1n, mru: 1n, sru: 1n, hru: 1n } as never;
  const resources = (state: GridState, account: string, ids: readonly number[], over = false) =>
    reportContractResources(
      state,
      { account, entries: ids.map((id) => ({ contract: contractId(id), used })) },
      over ? "passOver" : "refuse",
    );
  const traffic = (state: GridState, account: string, ids: readonly number[], over = false) =>
    addTrafficReports(
      state,
      {
        account,
        entries: ids.map((id) => ({
          contract: contractId(id),
          traffic: bytes(3_000_000_000n),
          window: seconds(60),
          until: time(3).now,
        })),
      },
      by.pricing,
      over ? "passOver" : "refuse",
    );
  const farmless = { ...grid, farms: new Map() };
  const unpriced = { ...grid, pricings: new Map() };

  it("tells of which contracts it told", () => {
    expect(value(resources(grid, REPORTER, [1, 2], true)).told).toEqual([FIRST]);
    expect(value(resources(grid, REPORTER, [])).told).toEqual([]);
    expect(value(traffic(grid, REPORTER, [1, 2], true)).told).toEqual([FIRST]);
  });

  it.each([
    ["of resources by nobody", () => resources(grid, "nobody", [1]), "TwinNotExists"],
    ["of resources by who is no node", () => resources(grid, "bob", [1]), "NodeNotExists"],
    ["of resources by the node", () => resources(grid, REPORTER, [1, 9]), "ok"],
    [
      "of resources of a rent",
      () => resources(rent(two(), "bob"), REPORTER, [1]),
      "InvalidContractType",
    ],
    [
      "of another's resources",
      () => resources(grid, REPORTER, [1, 2]),
      "NodeNotAuthorizedToComputeReport",
    ],
    ["of another's resources since 2026", () => resources(grid, REPORTER, [1, 2], true), "ok"],
    ["of traffic by nobody", () => traffic(farmless, "nobody", [1]), "TwinNotExists"],
    ["of traffic by who is no node", () => traffic(farmless, "bob", [1]), "NodeNotExists"],
    [
      "of traffic without a farm",
      () => traffic({ ...farmless, pricings: new Map() }, REPORTER, [1]),
      "FarmNotExists",
    ],
    [
      "of traffic without a policy",
      () => traffic(unpriced, REPORTER, [1]),
      "PricingPolicyNotExists",
    ],
    [
      "of another's traffic",
      () => traffic(grid, REPORTER, [1, 2]),
      "NodeNotAuthorizedToComputeReport",
    ],
    ["of another's traffic since 2026", () => traffic(grid, REPORTER, [2, 1], true), "ok"],
  ])("%s is answered", (_what, act, answer) => {
    expect(word(act())).toBe(answer);
  });

  const unbilled = (state: GridState) => {
    const contract = state.contracts.get(FIRST);
    return contract?.kind === "node" ? contract.unbilled : null;
  };

  it("counts all entries but those it passes over", () => {
    const done = value(traffic(grid, REPORTER, [9, 2, 1], true));
    expect(done.told).toEqual([1]);
    expect(unbilled(done.state)).toBe(2_500n);
  });

  it("announces an older report and counts it not, be it older than the contract", () => {
    const call = (at: number) => ({
      account: REPORTER,
      entries: [
        {
          contract: FIRST,
          traffic: bytes(3_000_000_000n),
          window: seconds(60),
          until: time(at).now,
        },
      ],
    });
    const early = value(addTrafficReports(grid, call(0), by.pricing));
    expect([early.told, unbilled(early.state)]).toEqual([[1], 0n]);
    const same = value(addTrafficReports(grid, call(1), by.pricing));
    expect(unbilled(same.state)).toBe(2_500n);
  });

  it("is priced by the farm's own policy", () => {
    const cheap = { ...testPricing, nu: { ...testPricing.nu, value: usd(5_000n) } };
    const state = {
      ...farmWith(grid, { pricing: pricingId(2) }),
      pricings: new Map([
        [pricingId(1), testPricing],
        [pricingId(2), cheap],
      ]),
    };
    expect(unbilled(value(traffic(state, REPORTER, [1])).state)).toBe(250n);
  });
});

describe("other calls check in their order too", () => {
  const state = rent(start(), "bob");
  it.each([
    [
      "an update asks for the owner before the kind",
      () => updateNodeContract(state, { account: "rich", contract: FIRST, hash: "x" }),
      "TwinNotAuthorizedToUpdateContract",
    ],
    [
      "a fee asks for the owner before contracts",
      () => setExtraFee(state, { account: "bob", node: NODE, fee: milliUsd(1n) }),
      "UnauthorizedToSetExtraFee",
    ],
    [
      "a fee asks for contracts last",
      () => setExtraFee(state, { account: "alice", node: NODE, fee: milliUsd(1n) }),
      "NodeHasActiveContracts",
    ],
    [
      "naming a provider asks for it before the contract",
      () =>
        attachProvider(state, {
          account: "nobody",
          contract: contractId(9),
          provider: providerId(1),
        }),
      "NoSuchSolutionProvider",
    ],
    [
      "and for its approval before the contract",
      () =>
        attachProvider(value(createProvider(state, [])).state, {
          account: "nobody",
          contract: contractId(9),
          provider: providerId(1),
        }),
      "SolutionProviderNotApproved",
    ],
    [
      "the council ends a rent only without deployments on it",
      () => cancelCollective(deploy(state, "bob"), FIRST, time(2), by),
      "NodeHasActiveContracts",
    ],
  ])("%s", (_what, act, answer) => {
    expect(word(act())).toBe(answer);
  });
});
