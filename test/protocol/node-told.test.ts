/** What calls on nodes announce, whom they refuse, and what they leave alone. */
import { describe, expect, it } from "vitest";
import { farmId, nodeId, type RegisteredNode } from "../../src/protocol/index.ts";
import { council, LARGE, root, SMALL, Stage } from "./stage.ts";

const node = (stage: Stage, id = 1): RegisteredNode => {
  const found = stage.state.nodes.byId.get(nodeId(id));
  if (found === undefined) throw new Error(`there is no node ${id}`);
  return found;
};
const listed = (stage: Stage, farm: number) => stage.state.nodes.byFarm.get(farmId(farm));
const GIB = 2 ** 30;

describe("a node that registers", () => {
  it("is announced as it is stored, after the quota that it used", () => {
    const stage = new Stage();
    stage.farm("f1");
    stage.twin("n");
    const limits = { farming_policy_id: 2, node_count: 1 };
    stage.act(root, "tfgrid.attach_policy_to_farm", { farm_id: 1, limits });
    const told = stage.told("n", "tfgrid.create_node", { farm_id: 1, resources: SMALL });
    const farm = stage.state.farms.byId.get(farmId(1));
    expect(farm?.limits).toMatchObject({ policy: 2, nodes: 0 });
    expect(told).toEqual([
      "Yes",
      { event: "TfgridModule.FarmUpdated", farm },
      { event: "TfgridModule.NodeStored", node: node(stage) },
    ]);
  });

  it("may have a serial number of 128 bytes, and no city without a name", () => {
    const stage = new Stage();
    stage.farm("f1");
    stage.twin("n");
    const nowhere = { city: "", country: "Belgium", latitude: "1", longitude: "1" };
    const sheet = { farm_id: 1, resources: SMALL, serial_number: "s".repeat(128) };
    const create = (more: object) => stage.act("n", "tfgrid.create_node", { ...sheet, ...more });
    expect(create({ location: nowhere })).toBe("TfgridModule.CityNameTooShort");
    expect(create({})).toBe("Yes");
    expect(node(stage).serial).toHaveLength(128);
  });

  it("is refused on a chain without policies, and nothing is stored", () => {
    const stage = new Stage("mock-tfgrid");
    stage.farm("f1");
    expect(stage.node("n", 1)).toBe("TfgridModule.FarmingPolicyNotExists");
    expect([stage.state.nodes.made, stage.state.weights.size]).toEqual([0, 0]);
  });
});

describe("a node that tells of itself anew", () => {
  const update = (id: number, farm: number, resources: object = SMALL) => ({
    node_id: id,
    farm_id: farm,
    resources,
  });

  it("is refused for the node, then the twin, then the owner, the farm, and what it has", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL]);
    const bad = { ...SMALL, sru: 1 };
    const act = (who: string, args: object) => stage.act(who, "tfgrid.update_node", args);
    expect(act("nobody", update(9, 9, bad))).toBe("TfgridModule.NodeNotExists");
    expect(act("nobody", update(1, 9, bad))).toBe("TfgridModule.TwinNotExists");
    expect(act("f1", update(1, 9, bad))).toBe("TfgridModule.NodeUpdateNotAuthorized");
    expect(act("f1.n0", update(1, 9, bad))).toBe("TfgridModule.FarmNotExists");
    expect(act("f1.n0", update(1, 1, bad))).toBe("TfgridModule.InvalidSRUInput");
    expect(stage.told("f1.n0", "tfgrid.update_node", update(1, 1, LARGE))).toEqual([
      "No",
      { event: "TfgridModule.NodeUpdated", node: node(stage) },
    ]);
  });

  it("keeps its place where it stays, and leaves the others theirs where it goes", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL, SMALL, SMALL]);
    stage.farm("f2");
    stage.act("f1.n0", "tfgrid.update_node", update(1, 1, LARGE));
    expect(listed(stage, 1)).toEqual([1, 2, 3]);
    stage.act("f1.n1", "tfgrid.update_node", update(2, 2));
    expect([listed(stage, 1), listed(stage, 2)]).toEqual([[1, 3], [2]]);
  });

  it("loses its certification for other hardware, keeps its policy, and says so first", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL]);
    stage.act(root, "tfgrid.set_node_certification", {
      node_id: 1,
      node_certification: "Certified",
    });
    const change = (sru: number) =>
      stage.told("f1.n0", "tfgrid.update_node", update(1, 1, { ...SMALL, sru }));
    // A hundredth of 512 GiB is tolerated, and one byte more is not.
    const most = SMALL.sru + Math.floor((512 * GIB + 49) / 100);
    expect(change(most)).toEqual(["No", expect.objectContaining({ node: node(stage) })]);
    expect(node(stage)).toMatchObject({ certification: "Certified", policy: 2 });
    const least = most - Math.floor((most + 49) / 100) - 1;
    expect(change(least)).toEqual([
      "No",
      { event: "TfgridModule.NodeCertificationSet", nodeId: 1, certification: "Diy" },
      { event: "TfgridModule.NodeUpdated", node: node(stage) },
    ]);
    expect(node(stage)).toMatchObject({ certification: "Diy", policy: 2 });
    expect(change(most)).toHaveLength(2);
  });
});

describe("the certification of a node", () => {
  const certify = { node_id: 1, node_certification: "Certified" };
  const name = "tfgrid.set_node_certification";

  it("is set by root, three fifths of the council, or whom they listed", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL]);
    expect(stage.act(council(2, 5), name, certify)).toBe("BadOrigin");
    expect(stage.act("x", name, certify)).toBe("TfgridModule.NotAllowedToCertifyNode");
    expect(stage.act(council(3, 5), name, { ...certify, node_id: 9 })).toBe(
      "TfgridModule.NodeNotExists",
    );
    expect(stage.told(root, "tfgrid.add_node_certifier", { who: "x" })).toEqual([
      "Yes",
      { event: "TfgridModule.NodeCertifierAdded", certifier: "x" },
    ]);
    expect(stage.act("y", name, certify)).toBe("TfgridModule.NotAllowedToCertifyNode");
    const told = stage.told("x", name, certify);
    expect(node(stage)).toMatchObject({ certification: "Certified", policy: 2 });
    expect(told).toEqual([
      "Yes",
      { event: "TfgridModule.NodeUpdated", node: node(stage) },
      { event: "TfgridModule.NodeCertificationSet", nodeId: 1, certification: "Certified" },
    ]);
  });

  it("leaves the policy of a node alone that is on no default, and its farm's quota", () => {
    const stage = new Stage();
    const plain = { ...{ su: 1, cu: 1, nu: 1, ipv4: 1, minimal_uptime: 95, policy_end: 0 } };
    const words = { node_certification: "Diy", farm_certification: "NotCertified" };
    const policy = { name: "p", ...plain, ...words, immutable: false, default: false };
    stage.act(root, "tfgrid.create_farming_policy", policy);
    stage.farm("f1");
    const limits = { farming_policy_id: 3, node_count: 5 };
    stage.act(root, "tfgrid.attach_policy_to_farm", { farm_id: 1, limits });
    stage.node("n", 1);
    const told = stage.told(root, name, certify);
    expect(node(stage)).toMatchObject({ certification: "Certified", policy: 3 });
    expect(stage.state.farms.byId.get(farmId(1))?.limits?.nodes).toBe(4);
    expect(told).toEqual([
      "Yes",
      { event: "TfgridModule.NodeUpdated", node: node(stage) },
      { event: "TfgridModule.NodeCertificationSet", nodeId: 1, certification: "Certified" },
    ]);
  });

  it("is refused where its farm has a policy attached that does not exist", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL]);
    stage.farm("f2");
    const limits = { farming_policy_id: 99 };
    expect(stage.act(root, "tfgrid.attach_policy_to_farm", { farm_id: 2, limits })).toBe("Yes");
    const move = { node_id: 1, farm_id: 2, resources: SMALL };
    expect(stage.act("f1.n0", "tfgrid.update_node", move)).toBe("No");
    expect(stage.act(root, name, certify)).toBe("TfgridModule.FarmingPolicyNotExists");
    expect(node(stage).certification).toBe("Diy");
  });

  it("is set by none before the first was listed, and to unlist then succeeds in silence", () => {
    const stage = new Stage();
    const act = (call: string, who: string) => stage.told(root, `tfgrid.${call}`, { who });
    expect(act("remove_node_certifier", "x")).toEqual(["Yes"]);
    expect(stage.state.nodes.certifiers).toBeNull();
    act("add_node_certifier", "x");
    act("add_node_certifier", "a");
    expect(stage.state.nodes.certifiers).toEqual(["a", "x"]);
    expect(act("add_node_certifier", "x")).toEqual(["TfgridModule.AlreadyCertifier"]);
    expect(act("remove_node_certifier", "y")).toEqual(["TfgridModule.NotCertifier"]);
    expect(act("remove_node_certifier", "x")).toEqual([
      "Yes",
      { event: "TfgridModule.NodeCertifierRemoved", certifier: "x" },
    ]);
    expect(stage.state.nodes.certifiers).toEqual(["a"]);
  });
});

describe("a node that goes", () => {
  const gone = ["Yes", { event: "TfgridModule.NodeDeleted", nodeId: 1 }];

  it("is announced, and deletes itself only from its own twin", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL, SMALL]);
    const call = (who: string, id: number) =>
      stage.told(who, "tfgrid.delete_node", { node_id: id });
    expect(call("nobody", 9)).toEqual(["TfgridModule.NodeNotExists"]);
    expect(call("nobody", 1)).toEqual(["TfgridModule.TwinNotExists"]);
    expect(call("f1.n0", 1)).toEqual(gone);
    expect(listed(stage, 1)).toEqual([2]);
  });

  it("is deleted by its farm's owner, whose twin, node, farm and right are asked in turn", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL, SMALL]);
    stage.farm("f2");
    const call = (who: string, id: number) =>
      stage.told(who, "tfgrid.delete_node_farm", { node_id: id });
    expect(call("nobody", 9)).toEqual(["TfgridModule.TwinNotExists"]);
    expect(call("f1", 9)).toEqual(["TfgridModule.NodeNotExists"]);
    expect(call("f2", 1)).toEqual(["TfgridModule.FarmerNotAuthorized"]);
    const { farms } = stage.state;
    stage.state = { ...stage.state, farms: { ...farms, byId: new Map() } };
    expect(call("f1", 1)).toEqual(["TfgridModule.FarmNotExists"]);
    stage.state = { ...stage.state, farms };
    expect(call("f1", 1)).toEqual(gone);
    expect(listed(stage, 1)).toEqual([2]);
  });
});

describe("what a node reports", () => {
  it("is announced and refused to whoever has no twin", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL]);
    const report = (who: string) => stage.told(who, "tfgrid.report_uptime", { uptime: 7 });
    expect(report("nobody")).toEqual(["TfgridModule.TwinNotExists"]);
    const { seconds: now } = stage;
    expect(report("f1.n0")).toEqual([
      "No",
      { event: "TfgridModule.NodeUptimeReported", nodeId: 1, now, uptime: 7n },
    ]);
  });

  it("may bear a time of sixty seconds before or after now, and no further", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL]);
    const report = (hint: number) =>
      stage.act("f1.n0", "tfgrid.report_uptime_v2", { uptime: 7, timestamp_hint: hint });
    expect([939, 940, 1_060, 1_061].map(report)).toEqual([
      "TfgridModule.InvalidTimestampHint",
      "No",
      "No",
      "TfgridModule.InvalidTimestampHint",
    ]);
  });

  it("is reached from outside as its farmer says, who may take it back", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL]);
    stage.farm("f2");
    const ip4 = { ip: "185.206.122.33/24", gw: "185.206.122.1" };
    const set = (who: string, farm: number, id: number, config: object = { ip4 }) =>
      stage.told(who, "tfgrid.add_node_public_config", {
        farm_id: farm,
        node_id: id,
        public_config: config,
      });
    expect(set("f1", 9, 9)).toEqual(["TfgridModule.FarmNotExists"]);
    expect(set("f2", 1, 9)).toEqual(["TfgridModule.CannotUpdateFarmWrongTwin"]);
    expect(set("nobody", 1, 9)).toEqual(["TfgridModule.CannotUpdateFarmWrongTwin"]);
    expect(set("f1", 1, 9)).toEqual(["TfgridModule.NodeNotExists"]);
    expect(set("f2", 2, 1)).toEqual(["TfgridModule.NodeUpdateNotAuthorized"]);
    const private4 = { ip4: { ip: "10.0.0.2/24", gw: "10.0.0.1" } };
    expect(set("f1", 1, 1, private4)).toEqual(["TfgridModule.InvalidPublicConfig"]);
    const publicConfig = { ip4, ip6: null, domain: null };
    const event = "TfgridModule.NodePublicConfigStored";
    expect(set("f1", 1, 1)).toEqual(["Yes", { event, nodeId: 1, publicConfig }]);
    expect(node(stage).publicConfig).toEqual(publicConfig);
    const clear = { farm_id: 1, node_id: 1 };
    expect(stage.told("f1", "tfgrid.add_node_public_config", clear)).toEqual([
      "Yes",
      { event, nodeId: 1, publicConfig: null },
    ]);
    expect(node(stage).publicConfig).toBeNull();
    const { twins } = stage.state;
    stage.state = { ...stage.state, twins: { ...twins, byId: new Map() } };
    expect(set("f1", 1, 1)).toEqual(["TfgridModule.TwinNotExists"]);
  });
});
