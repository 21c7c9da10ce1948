/** The additions of 2026: a node leaves this billing, a deployment moves to another node. */
import { describe, expect, it } from "vitest";
import {
  addTwinAdmin,
  type Farm,
  farmId,
  type GridState,
  migrateNodeContract,
  type NodeId,
  nodeId,
  optOutOfBilling,
  removeTwinAdmin,
  twinId,
} from "../../src/protocol/index.ts";
import { milliUsd } from "../../src/units/index.ts";
import { deploy, FIRST, rent, SECOND, start, tryDeploy, tryRent } from "./acts.ts";
import { FARM, NODE, run, terms, time, value, word } from "./grid.ts";
import { SMALL, Stage } from "./stage.ts";

const by = terms();
const OTHER = nodeId(2);
/** The twin of the staking account stands for the node's own. */
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

describe("leaving this billing", () => {
  it.each([
    ["nobody", NODE, "TwinNotExists"],
    ["alice", nodeId(9), "NodeNotExists"],
    ["bob", NODE, "NodeUpdateNotAuthorized"],
    ["alice", NODE, "ok"],
  ])("by %s of node %i: %s", (account, node, answer) => {
    expect(word(optOutOfBilling(start(), { account, node }))).toBe(answer);
  });

  it("is for once and for good", () => {
    const call = { account: "alice", node: NODE };
    const out = value(optOutOfBilling(start(), call));
    expect(word(optOutOfBilling(out, call))).toBe("NodeV3BillingOptOutAlreadyEnabled");
    expect(word(removeTwinAdmin(out, "bob"))).toBe("NotTwinAdmin");
    expect(word(addTwinAdmin(value(addTwinAdmin(out, "bob")), "bob"))).toBe("AlreadyTwinAdmin");
  });

  it("charges nothing more, but lets what was owed before be paid", () => {
    const poor = run(deploy(start(), "charlie"), { from: 2, to: 31 }, by).state;
    const out = left(poor);
    const later = run(out, { from: 32, to: 61 }, by);
    expect(later.bills.every((one) => !("error" in one) && one.due === 0n)).toBe(true);
    const fine = run(left(deploy(start(), "bob")), { from: 2, to: 61 }, by);
    expect(fine.bills).toEqual([]);
  });
});

describe("the note of a node that left", () => {
  function chain(): Stage {
    const stage = new Stage();
    stage.farm("f", [SMALL]);
    stage.twin("u");
    expect(stage.act("f", "tfgrid.opt_out_of_v3_billing", { node_id: 1 })).toBe("Yes");
    return stage;
  }
  const note = (stage: Stage, by: string, metadata: string, node = 1) =>
    stage.told(by, "tfgrid.set_node_v3_opt_out_metadata", { node_id: node, metadata });

  it("is announced, and taken away by an empty one", () => {
    const stage = chain();
    expect(note(stage, "f", "v4")).toEqual([
      "Yes",
      { event: "TfgridModule.NodeV3OptOutMetadataSet", nodeId: 1, metadata: "v4" },
    ]);
    expect(note(stage, "f", "")).toEqual([
      "Yes",
      { event: "TfgridModule.NodeV3OptOutMetadataCleared", nodeId: 1 },
    ]);
    expect([...stage.state.optOuts.values()]).toEqual([{ at: 1_000, note: null }]);
  });

  it.each([
    ["by nobody", "x", "v4", 1, "TwinNotExists"],
    ["of no node", "f", "v4", 9, "NodeNotExists"],
    ["by another", "u", "v4", 1, "NodeUpdateNotAuthorized"],
    ["of 257 bytes", "f", "x".repeat(257), 1, "NodeV3OptOutMetadataTooLong"],
  ])("%s is refused", (_what, by, text, node, error) => {
    expect(note(chain(), by, text, node)).toEqual([`TfgridModule.${error}`]);
  });

  it("may be 256 bytes long, and has a farm", () => {
    const stage = chain();
    expect(note(stage, "f", "x".repeat(256))[0]).toBe("Yes");
    stage.state = { ...stage.state, farms: { ...stage.state.farms, byId: new Map() } };
    expect(note(stage, "f", "v4")).toEqual(["TfgridModule.FarmNotExists"]);
    const call = { account: "alice", node: NODE };
    expect(word(optOutOfBilling({ ...start(), farms: new Map() }, call))).toBe("FarmNotExists");
  });
});

describe("moving a deployment to another node", () => {
  const ready = deploy(two(), "bob", { hash: "h" });
  const move = (state: GridState, node = OTHER, hash: string | null = null, contract = FIRST) =>
    migrateNodeContract(state, { contract, node, hash }, time(5), by);
  const away = nodeWith(ready, { farm: farmId(7), optedOut: true }, OTHER);
  const asleep = (at: NodeId) => nodeWith(ready, { power: { down: true, targetDown: true } }, at);

  it.each([
    ["that is not there", () => move(ready, OTHER, null, SECOND), "ContractNotExists"],
    ["that is a rent", () => move(rent(two(), "bob")), "InvalidContractType"],
    [
      "that is in grace, to where it is",
      () => move(run(deploy(two(), "charlie"), { from: 2, to: 31 }, by).state, NODE),
      "ContractNotInCreatedState",
    ],
    ["to where it is", () => move(left(ready), NODE), "ContractAlreadyOnNode"],
    ["to a node that is not there", () => move(ready, nodeId(9)), "NodeNotExists"],
    ["to another farm", () => move(away), "NodeNotInSameFarm"],
    ["to a node that left", () => move(left(ready, OTHER)), "NodeIsOptedOutOfV3Billing"],
    ["from a node that left", () => move(left(ready)), "NodeIsOptedOutOfV3Billing"],
    [
      "to a node that is down, though it shall be up",
      () => move(nodeWith(ready, { power: { down: true, targetDown: false } }, OTHER)),
      "NodeNotAvailableToDeploy",
    ],
    [
      "to a node that shall go down",
      () => move(nodeWith(ready, { power: { down: false, targetDown: true } }, OTHER)),
      "NodeNotAvailableToDeploy",
    ],
    [
      "from a node that is not there",
      () => move({ ...ready, nodes: new Map([...ready.nodes].filter(([id]) => id !== NODE)) }),
      "NodeNotExists",
    ],
    [
      "from a rented node",
      () => {
        const rented = rent(two(), "bob");
        return move(deploy(rented, "bob", { hash: "h" }), OTHER, null, SECOND);
      },
      "NodeNotAvailableToDeploy",
    ],
    ["in a farm that is not there", () => move({ ...ready, farms: new Map() }), "FarmNotExists"],
    ["to a sleeping node", () => move(asleep(OTHER)), "NodeNotAvailableToDeploy"],
    ["from a sleeping node", () => move(asleep(NODE)), "ok"],
    [
      "to a rented node",
      () => move(value(tryRent(ready, "rich", OTHER)).state),
      "NodeNotAvailableToDeploy",
    ],
    [
      "to a node with an extra fee",
      () => move(nodeWith(ready, { extraFee: milliUsd(1n) }, OTHER)),
      "NodeNotAvailableToDeploy",
    ],
    [
      "on a dedicated farm",
      () => move(farmWith(ready, { dedicated: true })),
      "NodeNotAvailableToDeploy",
    ],
    [
      "to where its hash is in use",
      () => move(value(tryDeploy(ready, "rich", { node: 2, hash: "h" })).state),
      "ContractIsNotUnique",
    ],
    [
      "to where its hash is in use, with another",
      () => move(value(tryDeploy(ready, "rich", { node: 2, hash: "h" })).state, OTHER, "i"),
      "ok",
    ],
    ["to a free node", () => move(ready), "ok"],
  ])("%s", (_what, act, answer) => {
    expect(word(act())).toBe(answer);
  });

  it("bills it first, keeps its reserve and starts its clock anew", () => {
    const moved = value(move(run(ready, { from: 2, to: 4 }, by).state, OTHER, "i"));
    expect(moved.state.contracts.get(FIRST)).toMatchObject({ node: 2, hash: "i" });
    expect(moved.state.payments.get(FIRST)).toMatchObject({ updated: time(5).now });
    expect(moved.events.map(({ kind }) => kind)).toEqual(["ContractBilled"]);
    const idle = deploy(two(), "bob", { used: { cru: 0n, mru: 0n, sru: 0n, hru: 0n } as never });
    expect(value(move(idle)).state.payments.get(FIRST)).toMatchObject({ updated: time(5).now });
  });

  it("fails as its bill does, where there is no record of what it owes", () => {
    const lost = { ...ready, payments: new Map() };
    expect(word(move(lost))).toBe("ContractPaymentStateNotExists");
  });

  it("fails as a whole where that bill sends it into grace", () => {
    const poor = deploy({ ...two(), contractsMade: 0 }, "charlie");
    const late = migrateNodeContract(
      poor,
      { contract: FIRST, node: OTHER, hash: null },
      time(500),
      by,
    );
    expect(word(late)).toBe("ContractNotInCreatedState");
  });
});
