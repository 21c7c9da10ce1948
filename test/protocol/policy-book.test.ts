import { describe, expect, it } from "vitest";
import { choosePolicyFor, farmId, isOnDefault, nodeId } from "../../src/protocol/index.ts";
import { seconds } from "../../src/units/index.ts";
import { council, LARGE, root, SMALL, Stage } from "./stage.ts";

const TERMS = {
  ...{ name: "p", su: 10, cu: 20, nu: 3, ipv4: 4, minimal_uptime: 95, policy_end: 0 },
  ...{ immutable: false, default: true },
  ...{ node_certification: "Diy", farm_certification: "NotCertified" },
};
const limits = (policy: number, more: object = {}) => ({
  ...{ farming_policy_id: policy, cu: null, su: null, end: null, node_count: null },
  node_certification: false,
  ...more,
});

/** Policies 3 (default, certified, gold) and 4 (special) beside the chain's own two. */
function stageOf(nodes: readonly object[] = [SMALL]): Stage {
  const stage = new Stage();
  const gold = { node_certification: "Certified", farm_certification: "Gold" };
  stage.act(root, "tfgrid.create_farming_policy", { ...TERMS, ...gold });
  stage.act(root, "tfgrid.create_farming_policy", { ...TERMS, default: false, policy_end: 101 });
  stage.farm("f1", nodes);
  return stage;
}

const attach = (stage: Stage, value: object | null, farm = 1) =>
  stage.act(root, "tfgrid.attach_policy_to_farm", { farm_id: farm, limits: value });
/** Attaches and tells what was announced. */
const attachTold = (stage: Stage, value: object): readonly unknown[] =>
  stage.told(root, "tfgrid.attach_policy_to_farm", { farm_id: 1, limits: value });
const nodeOf = (stage: Stage, id: number) => stage.state.nodes.byId.get(nodeId(id));
const farmOf = (stage: Stage) => stage.state.farms.byId.get(farmId(1));

describe("a farming policy", () => {
  it("is changed for all who have it, immutable or not; creation and immutable stay", () => {
    const stage = stageOf();
    stage.act(root, "tfgrid.create_farming_policy", { ...TERMS, immutable: true });
    stage.block = 50;
    const change = { ...TERMS, farming_policy_id: 5, cu: 99, immutable: false };
    expect(stage.act(council(3, 5), "tfgrid.update_farming_policy", change)).toBe("Yes");
    expect(stage.state.farming.policies.get(5)).toMatchObject({
      cu: 99n,
      immutable: true,
      created: 1,
    });
    const missing = { ...change, farming_policy_id: 6 };
    expect(stage.act(root, "tfgrid.update_farming_policy", missing)).toBe(
      "TfgridModule.FarmingPolicyNotExists",
    );
  });

  it("ends a number of blocks after its creation, and then cannot be attached", () => {
    const stage = stageOf();
    stage.block = 101;
    expect(attach(stage, limits(4))).toBe("Yes");
    stage.block = 102;
    expect(attach(stage, limits(4))).toBe("TfgridModule.FarmingPolicyExpired");
  });

  it("for certified nodes only is held back from others once the program asks for them", () => {
    const chosen = (limitRule: "code" | "2026-04") => {
      const stage = stageOf([]);
      attach(stage, limits(4, { node_certification: true }));
      stage.state = { ...stage.state, runtime: { ...stage.state.runtime, limitRule } };
      stage.farm("f2", []);
      stage.act("f1", "tfgrid.create_node", { farm_id: 1, resources: SMALL });
      return nodeOf(stage, 1)?.policy;
    };
    expect([chosen("code"), chosen("2026-04")]).toEqual([4, 1]);
  });

  it("that has ended still goes to nodes of a farm to which it was attached", () => {
    const stage = stageOf([]);
    attach(stage, limits(4));
    stage.block = 500;
    stage.node("n", 1);
    expect(nodeOf(stage, 1)?.policy).toBe(4);
  });

  it("is attached in silence when it is none, without a look at the farm", () => {
    const stage = stageOf();
    const before = stage.state;
    expect(attach(stage, null, 99)).toBe("Yes");
    const nothing = { farm_id: 99, limits: null };
    expect(stage.told(root, "tfgrid.attach_policy_to_farm", nothing)).toEqual(["Yes"]);
    expect(stage.state).toBe(before);
    expect(attach(stage, limits(4), 99)).toBe("TfgridModule.FarmNotExists");
  });

  it("that does not exist takes a farm's gold, and fails if a node must choose", () => {
    const stage = stageOf([]);
    stage.act(root, "tfgrid.set_farm_certification", { farm_id: 1, certification: "Gold" });
    expect(attach(stage, limits(9))).toBe("Yes");
    expect(farmOf(stage)?.certification).toBe("NotCertified");
    expect(stage.node("n", 1)).toBe("TfgridModule.FarmingPolicyNotExists");
    expect(attach(stageOf(), limits(9))).toBe("TfgridModule.FarmingPolicyNotExists");
  });

  it("attached is used up node by node; what does not fit falls back to the best default", () => {
    const stage = stageOf([]);
    attach(stage, limits(4, { cu: 40, su: 10, node_count: 2 }));
    stage.node("a", 1);
    stage.node("b", 1, LARGE);
    stage.node("c", 1);
    stage.node("d", 1);
    expect([1, 2, 3, 4].map((id) => nodeOf(stage, id)?.policy)).toEqual([4, 3, 4, 3]);
    expect(nodeOf(stage, 2)?.certification).toBe("Certified");
    expect(farmOf(stage)?.limits).toMatchObject({ cu: 0n, su: 6n, nodes: 0 });
  });

  it("attached with the flag for certified nodes is for all of them", () => {
    const stage = stageOf([]);
    attach(stage, limits(4, { node_certification: true }));
    stage.node("n", 1);
    expect(nodeOf(stage, 1)?.policy).toBe(4);
    expect(farmOf(stage)?.limits?.certifiedOnly).toBe(true);
  });

  it("leaves nodes on special policies alone when another is attached", () => {
    const stage = stageOf();
    attach(stage, limits(4));
    expect(nodeOf(stage, 1)?.policy).toBe(4);
    attach(stage, limits(3));
    expect(nodeOf(stage, 1)?.policy).toBe(4);
  });

  it("that is no default is a candidate of last resort", () => {
    const stage = new Stage("mock-tfgrid");
    stage.act(root, "tfgrid.create_farming_policy", { ...TERMS, default: false });
    stage.farm("f1", [SMALL]);
    expect(nodeOf(stage, 1)?.policy).toBe(1);
    const bare = new Stage("mock-tfgrid");
    bare.farm("f1");
    expect(bare.node("n", 1)).toBe("TfgridModule.FarmingPolicyNotExists");
  });
});

describe("a certification", () => {
  it("of a node chooses again and is not overwritten by the policy", () => {
    const stage = stageOf();
    attach(stage, limits(1, { node_count: 5 }));
    const certify = { node_id: 1, node_certification: "Certified" };
    expect(stage.act(council(3, 5), "tfgrid.set_node_certification", certify)).toBe("Yes");
    expect(nodeOf(stage, 1)).toMatchObject({ policy: 1, certification: "Certified" });
    expect(farmOf(stage)?.limits?.nodes).toBe(3);
  });

  it("is lost with the hardware, and the policy is kept", () => {
    const stage = stageOf();
    stage.act(root, "tfgrid.set_node_certification", {
      node_id: 1,
      node_certification: "Certified",
    });
    const change = { node_id: 1, farm_id: 1, resources: LARGE };
    stage.act("f1.n0", "tfgrid.update_node", change);
    expect(nodeOf(stage, 1)).toMatchObject({ policy: 2, certification: "Diy" });
  });

  it("of a farm changes none of its nodes", () => {
    const stage = stageOf();
    const before = stage.state.nodes;
    stage.act(root, "tfgrid.set_farm_certification", { farm_id: 1, certification: "Gold" });
    expect(stage.state.nodes).toBe(before);
  });

  it("is made by those on the list, which may be empty or not yet there", () => {
    const stage = stageOf();
    const certify = { node_id: 9, node_certification: "Certified" };
    const by = (who: string) => stage.act(who, "tfgrid.set_node_certification", certify);
    const drop = () => stage.act(root, "tfgrid.remove_node_certifier", { certifier: "x" });
    expect(by("x")).toBe("TfgridModule.NotAllowedToCertifyNode");
    expect(stage.act(council(2, 5), "tfgrid.set_node_certification", certify)).toBe("BadOrigin");
    expect(drop()).toBe("Yes");
    stage.act(root, "tfgrid.add_node_certifier", { certifier: "x" });
    expect(stage.act(root, "tfgrid.add_node_certifier", { certifier: "x" })).toBe(
      "TfgridModule.AlreadyCertifier",
    );
    expect(by("x")).toBe("TfgridModule.NodeNotExists");
    expect(drop()).toBe("Yes");
    expect(drop()).toBe("TfgridModule.NotCertifier");
  });
});

const PRICE = { value: 7, unit: "Gigabytes" };
const PRICING = {
  ...{ su: PRICE, cu: PRICE, nu: PRICE, ipu: PRICE, unique_name: PRICE, domain_name: PRICE },
  ...{ foundation_account: "f", certified_sales_account: "s", discount_for_dedication_nodes: 50 },
};

describe("a pricing policy", () => {
  const create = (stage: Stage, name: string) =>
    stage.act(root, "tfgrid.create_pricing_policy", { ...PRICING, name });
  const update = (stage: Stage, id: number, name: string) =>
    stage.act(root, "tfgrid.update_pricing_policy", { ...PRICING, pricing_policy_id: id, name });

  it("is announced as it is stored", () => {
    const stage = new Stage();
    const told = (call: string, args: object) =>
      stage.told(root, `tfgrid.${call}_pricing_policy`, { ...PRICING, ...args });
    for (const [call, id, name] of [
      ["create", 2, "two"],
      ["update", 2, "too"],
    ] as const) {
      const [answer, ...events] = told(call, { pricing_policy_id: id, name });
      const pricing = stage.state.pricing.policies.get(id);
      expect(pricing).toMatchObject({ id, name });
      expect([answer, events]).toEqual([
        "Yes",
        [{ event: "TfgridModule.PricingPolicyStored", pricing }],
      ]);
    }
  });

  it("sets the counter when it is changed, so that the next overwrites what follows it", () => {
    const stage = new Stage();
    create(stage, "two");
    create(stage, "three");
    update(stage, 1, "one");
    create(stage, "four");
    expect(stage.state.pricing.policies.get(2)?.name).toBe("four");
    expect(stage.state.pricing.policies.size).toBe(3);
  });

  it("has a name of its own, but for the first, whose name the chain does not know", () => {
    const stage = new Stage();
    expect(create(stage, "threefold_default_pricing_policy")).toBe("Yes");
    expect(create(stage, "threefold_default_pricing_policy")).toBe(
      "TfgridModule.PricingPolicyExists",
    );
    expect(update(stage, 1, "threefold_default_pricing_policy")).toBe(
      "TfgridModule.PricingPolicyWithDifferentIdExists",
    );
    expect(update(stage, 9, "x")).toBe("TfgridModule.PricingPolicyNotExists");
    expect(update(stage, 2, "renamed")).toBe("Yes");
    expect(create(stage, "threefold_default_pricing_policy")).toBe("Yes");
  });
});

describe("the version of Zero-OS", () => {
  it("is changed to another only", () => {
    const stage = new Stage();
    const set = (zos_version: string) => stage.act(root, "tfgrid.set_zos_version", { zos_version });
    expect([set("1.0.0"), set("1.0.0"), set("")]).toEqual([
      "Yes",
      "TfgridModule.InvalidZosVersion",
      "Yes",
    ]);
  });
});

describe("the book announces", () => {
  const stored = (id: number, created: number, more: object = {}) => ({
    ...{ id, name: "p", su: 10n, cu: 20n, nu: 3n, ipv4: 4n, minimalUptime: 95, end: 0, created },
    ...{ immutable: false, default: true },
    ...{ nodeCertification: "Diy", farmCertification: "NotCertified" },
    ...more,
  });

  it("a policy that is made or changed, and the connection price", () => {
    const stage = stageOf([]);
    stage.block = 7;
    expect(stage.told(root, "tfgrid.create_farming_policy", TERMS)).toEqual([
      "Yes",
      { event: "TfgridModule.FarmingPolicyStored", policy: stored(5, 7) },
    ]);
    stage.block = 8;
    const change = { ...TERMS, farming_policy_id: 5, cu: 99 };
    expect(stage.told(root, "tfgrid.update_farming_policy", change)).toEqual([
      "Yes",
      { event: "TfgridModule.FarmingPolicyUpdated", policy: stored(5, 7, { cu: 99n }) },
    ]);
    expect(stage.told(root, "tfgrid.set_connection_price", { price: 90 })).toEqual([
      "Yes",
      { event: "TfgridModule.ConnectionPriceSet", price: 90n },
    ]);
  });

  it("the farm with its limits, each node that chooses, and what is left of the limits", () => {
    const stage = stageOf([SMALL]);
    const given = { policy: 4, cu: 30n, su: null, end: null, nodes: 2, certifiedOnly: false };
    const answer = attachTold(stage, { farming_policy_id: 4, cu: 30, node_count: 2 });
    const [word, first, ...rest] = answer as [string, ...{ event: string }[]];
    expect(word).toBe("Yes");
    expect(first).toMatchObject({ event: "TfgridModule.FarmUpdated", farm: { limits: given } });
    // The node is good for 20 CU.
    const left = { ...given, cu: 10n, nodes: 1 };
    expect(rest).toMatchObject([
      { event: "TfgridModule.FarmUpdated", farm: { limits: left } },
      { event: "TfgridModule.NodeUpdated", node: { id: 1, policy: 4, certification: "Diy" } },
      { event: "TfgridModule.FarmingPolicySet", farmId: 1, limits: given },
    ]);
    expect(farmOf(stage)?.limits).toEqual(left);
  });

  it("nothing of nodes that are on a policy of their own, or that are gone", () => {
    const stage = stageOf([SMALL]);
    attachTold(stage, { farming_policy_id: 4 });
    const again = attachTold(stage, { farming_policy_id: 4 }) as { event: string }[];
    expect(again.slice(1).map(({ event }) => event)).toEqual([
      "TfgridModule.FarmUpdated",
      "TfgridModule.FarmingPolicySet",
    ]);
    // Lists and tables that disagree, which the chain cannot have.
    const { nodes } = stage.state;
    stage.state = { ...stage.state, nodes: { ...nodes, byId: new Map() } };
    expect((attachTold(stage, { farming_policy_id: 4 }) as unknown[]).length).toBe(3);
    const lost = stageOf([SMALL]);
    const node = nodeOf(lost, 1);
    if (node === undefined) throw new Error("there is a node");
    expect(isOnDefault(lost.state.farming, node)).toBe(true);
    expect(isOnDefault(lost.state.farming, { ...node, policy: 99 })).toBe(false);
  });

  it("that limits come off, where the manual holds", () => {
    const stage = stageOf([]);
    attach(stage, limits(4, { node_count: 0 }));
    stage.state = { ...stage.state, runtime: { ...stage.state.runtime, limitRule: "manual" } };
    expect(stage.node("n", 1)).toBe("Yes");
    expect([nodeOf(stage, 1)?.policy, farmOf(stage)?.limits]).toEqual([1, null]);
    expect(stage.names).toContain("TfgridModule.FarmUpdated");
    const farmless = { ...stage.state, farms: { ...stage.state.farms, byId: new Map() } };
    const node = nodeOf(stage, 1);
    if (node === undefined) throw new Error("there is a node");
    expect(choosePolicyFor(farmless, node, seconds(0))).toEqual({
      ok: false,
      error: "FarmNotExists",
    });
  });
});
