import { describe, expect, it } from "vitest";
import { placeByHalving } from "../../src/protocol/entry.ts";
import { contractId, farmId, nodeId, resourcesChanged } from "../../src/protocol/index.ts";
import { bytes, cores } from "../../src/units/index.ts";
import { council, LARGE, root, SMALL, Stage } from "./stage.ts";

const IP = { ip: "185.206.122.33/24", gw: "185.206.122.1" };

describe("a twin", () => {
  it("needs accepted terms, is one an account, and counts from 1", () => {
    const stage = new Stage();
    expect(stage.act("a", "tfgrid.create_twin", { relay: "." })).toBe(
      "TfgridModule.UserDidNotSignTermsAndConditions",
    );
    stage.act("a", "tfgrid.user_accept_tc", { document_link: "l", document_hash: "h" });
    expect(stage.act("a", "tfgrid.create_twin", { relay: "." })).toBe(
      "TfgridModule.InvalidRelayAddress",
    );
    expect(stage.act("a", "tfgrid.create_twin")).toBe("Yes");
    expect(stage.act("a", "tfgrid.create_twin", { relay: "." })).toBe(
      "TfgridModule.TwinWithPubkeyExists",
    );
    expect(stage.act("b", "tfgrid.update_twin")).toBe("TfgridModule.TwinNotExists");
    expect([...stage.state.twins.byId.keys()]).toEqual([1]);
  });

  it.each([
    ["", "h", "DocumentLinkInputTooShort"],
    ["l".repeat(2049), "h", "DocumentLinkInputTooLong"],
    ["a b", "h", "InvalidDocumentLinkInput"],
    ["https://a.b/c?d=e&f#g", "", "DocumentHashInputTooShort"],
    ["l", "h".repeat(51), "DocumentHashInputTooLong"],
    ["l", "h.", "InvalidDocumentHashInput"],
  ])("does not accept terms of link '%.9s' and hash '%.9s': %s", (link, hash, error) => {
    const terms = { document_link: link, document_hash: hash };
    expect(new Stage().act("a", "tfgrid.user_accept_tc", terms)).toBe(`TfgridModule.${error}`);
  });

  it("may be bonded by any other account, the last of which counts", () => {
    const stage = new Stage();
    stage.twin("a");
    expect(stage.act("b", "tfgrid.bond_twin_account", { twin_id: 2 })).toBe(
      "TfgridModule.TwinNotExists",
    );
    expect(stage.act("a", "tfgrid.bond_twin_account", { twin_id: 1 })).toBe(
      "TfgridModule.TwinCannotBoundToItself",
    );
    stage.act("b", "tfgrid.bond_twin_account", { twin_id: 1 });
    stage.act("c", "tfgrid.bond_twin_account", { twin_id: 1 });
    expect([...stage.state.twins.byId.values()][0].stash).toBe("c");
  });
});

describe("a farm", () => {
  it.each([
    ["ab", "FarmNameTooShort"],
    ["a".repeat(41), "FarmNameTooLong"],
    ["test.farm", "InvalidFarmName"],
    ["farm-f1", "FarmExists"],
  ])("is not called %s: %s", (name, error) => {
    const stage = new Stage();
    stage.farm("f1");
    expect(stage.act("f1", "tfgrid.create_farm", { name })).toBe(`TfgridModule.${error}`);
  });

  it("has a name that differs by its letters' case", () => {
    const stage = new Stage();
    stage.farm("f1");
    expect(stage.act("f1", "tfgrid.create_farm", { name: "FARM-F1" })).toBe("Yes");
  });

  it("takes an address twice with another gateway when it is made, and not later", () => {
    const stage = new Stage();
    stage.twin("a");
    const twice = { name: "abc", public_ips: [IP, IP] };
    expect(stage.act("a", "tfgrid.create_farm", twice)).toBe("TfgridModule.IpExists");
    const other = { ...IP, gw: "185.206.122.2" };
    const both = { name: "abc", public_ips: [IP, other] };
    expect(stage.act("a", "tfgrid.create_farm", both)).toBe("Yes");
    const third = { farm_id: 1, ...IP, gw: "185.206.122.3" };
    expect(stage.act("a", "tfgrid.add_farm_ip", third)).toBe("TfgridModule.IpExists");
  });

  it("has 256 addresses at most", () => {
    const stage = new Stage();
    stage.twin("a");
    const list = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        ip: `185.206.${100 + (index >> 7)}.${(index & 127) + 2}/16`,
        gw: "185.206.122.1",
      }));
    const many = { name: "abc", public_ips: list(257) };
    expect(stage.act("a", "tfgrid.create_farm", many)).toBe("TfgridModule.InvalidPublicIP");
    expect(stage.act("a", "tfgrid.create_farm", { name: "abc", public_ips: list(256) })).toBe(
      "Yes",
    );
    const more = { farm_id: 1, ip: "185.206.122.200/16", gw: "185.206.122.1" };
    expect(stage.act("a", "tfgrid.add_farm_ip", more)).toBe("TfgridModule.InvalidPublicIP");
  });

  it("keeps an address that a contract holds until it is reset by force", () => {
    const stage = new Stage();
    stage.farm("f1");
    stage.act("f1", "tfgrid.add_farm_ip", { farm_id: 1, ...IP });
    const { farms } = stage.state;
    const farm = [...farms.byId.values()][0];
    const held = { ...farm, ips: [{ ...farm.ips[0], contract: contractId(7) }] };
    stage.state = {
      ...stage.state,
      farms: { ...farms, byId: new Map([[farmId(1), held]]) },
    };
    const remove = { farm_id: 1, ip: IP.ip };
    expect(stage.act("f1", "tfgrid.remove_farm_ip", remove)).toBe("TfgridModule.IpNotExists");
    expect(stage.act("f1", "tfgrid.force_reset_farm_ip", remove)).toBe("BadOrigin");
    expect(stage.act(council(3, 5), "tfgrid.force_reset_farm_ip", remove)).toBe("Yes");
    expect(stage.act("f1", "tfgrid.remove_farm_ip", remove)).toBe("Yes");
  });

  it("keeps its own name in silence, and cannot take another's", () => {
    const stage = new Stage();
    stage.farm("f1");
    stage.farm("f2");
    const before = stage.events.length;
    expect(stage.act("f1", "tfgrid.update_farm", { farm_id: 1, name: "farm-f1" })).toBe("Yes");
    expect(stage.events).toHaveLength(before);
    expect(stage.act("f1", "tfgrid.update_farm", { farm_id: 1, name: "farm-f2" })).toBe(
      "TfgridModule.InvalidFarmName",
    );
    expect(stage.act("f2", "tfgrid.update_farm", { farm_id: 1, name: "x" })).toBe(
      "TfgridModule.CannotUpdateFarmWrongTwin",
    );
    expect(stage.act("x", "tfgrid.update_farm", { farm_id: 9, name: "x" })).toBe(
      "TfgridModule.TwinNotExists",
    );
    stage.act("f1", "tfgrid.update_farm", { farm_id: 1, name: "renamed" });
    expect([...stage.state.farms.byName.keys()].sort()).toEqual(["farm-f2", "renamed"]);
  });
});

describe("a node", () => {
  const bad = { ...SMALL, sru: 1 };

  it("is refused for its farm, then its twin, then what it has", () => {
    const stage = new Stage();
    const create = (farm: number, resources: object) =>
      stage.act("n", "tfgrid.create_node", { farm_id: farm, resources });
    expect(create(1, bad)).toBe("TfgridModule.FarmNotExists");
    stage.farm("f1");
    expect(create(1, bad)).toBe("TfgridModule.TwinNotExists");
    stage.twin("n");
    expect(create(1, { ...SMALL, sru: 100 * 2 ** 30 - 1 })).toBe("TfgridModule.InvalidSRUInput");
    expect(create(1, { ...SMALL, cru: 0, mru: 0 })).toBe("TfgridModule.InvalidCRUInput");
    expect(create(1, { ...SMALL, mru: 2 ** 31 - 1 })).toBe("TfgridModule.InvalidMRUInput");
    expect(create(1, SMALL)).toBe("Yes");
    expect(create(1, bad)).toBe("TfgridModule.NodeWithTwinIdExists");
  });

  it("is refused for a serial number of more than 128 bytes, and for an odd card", () => {
    const stage = new Stage();
    stage.farm("f1");
    stage.twin("n");
    const create = (more: object) =>
      stage.act("n", "tfgrid.create_node", { farm_id: 1, resources: SMALL, ...more });
    expect(create({ serial_number: "s".repeat(129) })).toBe("TfgridModule.SerialNumberTooLong");
    const card = { name: "zos", mac: "00:11:22:33:44:55", ips: ["10.0.0.1"] };
    const cards = (change: object) => create({ interfaces: [{ ...card, ...change }] });
    expect(cards({ name: "zo" })).toBe("TfgridModule.InterfaceNameTooShort");
    expect(cards({ name: "Zos" })).toBe("TfgridModule.InvalidInterfaceName");
    expect(cards({ mac: "00:11:22:33:44" })).toBe("TfgridModule.InterfaceMacTooShort");
    expect(cards({ mac: "00:11:22:33:44:5g" })).toBe("TfgridModule.InvalidMacAddress");
    expect(cards({ ips: ["10.0.1"] })).toBe("TfgridModule.InterfaceIpTooShort");
    expect(cards({ ips: ["10.0.0.256"] })).toBe("TfgridModule.InvalidInterfaceIP");
    expect(cards({})).toBe("Yes");
  });

  it("that deletes itself leaves its twin unable to register again; a farmer's deletion does not", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL, SMALL]);
    expect(stage.act("f1", "tfgrid.delete_node", { node_id: 1 })).toBe(
      "TfgridModule.NodeUpdateNotAuthorized",
    );
    expect(stage.act("f1.n0", "tfgrid.delete_node", { node_id: 1 })).toBe("Yes");
    expect(stage.node("f1.n0", 1)).toBe("TfgridModule.NodeWithTwinIdExists");
    expect(stage.act("f1.n1", "tfgrid.delete_node_farm", { node_id: 2 })).toBe(
      "TfgridModule.FarmerNotAuthorized",
    );
    expect(stage.act("f1", "tfgrid.delete_node_farm", { node_id: 2 })).toBe("Yes");
    expect(stage.node("f1.n1", 1)).toBe("Yes");
    expect(stage.state.weights.get(farmId(1))).toBe(42n);
  });

  it("cannot delete itself where halving misses it in its farm's unsorted list", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL, SMALL, SMALL]);
    stage.farm("f2", [SMALL]);
    for (const node of [3, 1]) {
      const move = { node_id: node, farm_id: 2, resources: SMALL };
      expect(stage.act(`f1.n${node - 1}`, "tfgrid.update_node", move)).toBe("No");
    }
    expect(stage.state.nodes.byFarm.get(farmId(2))).toEqual([4, 3, 1]);
    expect(stage.act("f1.n0", "tfgrid.delete_node", { node_id: 1 })).toBe(
      "TfgridModule.NodeNotExists",
    );
    expect(stage.act("f2", "tfgrid.delete_node_farm", { node_id: 1 })).toBe("Yes");
    expect(stage.state.nodes.byFarm.get(farmId(2))).toEqual([4, 3, 1]);
    expect(stage.state.nodes.byId.has(nodeId(1))).toBe(false);
  });

  it("moves its weight along, and registers where it likes", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL]);
    stage.farm("f2");
    const move = { node_id: 1, farm_id: 2, resources: LARGE };
    expect(stage.act("f1.n0", "tfgrid.update_node", move)).toBe("No");
    expect([stage.state.weights.get(farmId(1)), stage.state.weights.get(farmId(2))]).toEqual([
      0n,
      87n,
    ]);
  });

  it("reports its uptime for free, and nothing of it is stored", () => {
    const stage = new Stage();
    stage.farm("f1", [SMALL]);
    stage.seconds = 30;
    const before = stage.state;
    const report = (hint: number) =>
      stage.act("f1.n0", "tfgrid.report_uptime_v2", { uptime: 5, timestamp_hint: hint });
    expect(report(0)).toBe("No");
    expect(report(90)).toBe("No");
    expect(report(91)).toBe("TfgridModule.InvalidTimestampHint");
    expect(stage.act("f1", "tfgrid.report_uptime", { uptime: 5 })).toBe(
      "TfgridModule.NodeNotExists",
    );
    expect(stage.state).toBe(before);
    expect(stage.events.at(-1)).toMatchObject({ nodeId: 1, now: 30, uptime: 5n });
  });
});

describe("halving a list as Rust 1.70 does", () => {
  it.each([
    [[], 1, null],
    [[1], 1, 0],
    [[1, 2, 3], 1, 0],
    [[1, 2, 3], 3, 2],
    [[4, 3, 1], 1, null],
    [[4, 3, 1], 3, 1],
    [[4, 3, 1], 4, null],
    [[2, 3, 1], 3, 1],
    [[2, 3, 1], 2, 0],
    [[1, 4, 2, 3], 2, 2],
    [[1, 4, 2, 3], 4, null],
    [[1, 4, 2, 3], 3, 3],
  ] as const)("finds in %j the number %d at %s", (list, wanted, place) => {
    expect(placeByHalving(list, wanted)).toBe(place);
  });
});

describe("changed resources", () => {
  const with_ = (cru: bigint) => ({
    cru: cores(cru),
    sru: bytes(0n),
    hru: bytes(0n),
    mru: bytes(0n),
  });

  it.each([
    [100n, 101n, 1n, false],
    [100n, 102n, 1n, true],
    [50n, 51n, 1n, true],
    [51n, 52n, 1n, false],
    [150n, 151n, 1n, false],
    [150n, 152n, 1n, true],
    [151n, 153n, 1n, false],
    [10n, 0n, 200n, false],
    [10n, 21n, 200n, true],
    [(1n << 64n) - 1n, 0n, 1n, false],
  ])("%d to %d at %d %%: %s; half a percent is rounded down", (before, after, percent, changed) => {
    expect(resourcesChanged(with_(before), with_(after), percent)).toBe(changed);
  });
});

describe("power", () => {
  function rented(): Stage {
    const stage = new Stage();
    stage.farm("f1", [SMALL]);
    stage.farm("f2");
    return stage;
  }
  const target = (word: string) => ({ node_id: 1, power_target: word });

  it("is asked for by the node's farmer", () => {
    const stage = rented();
    const ask = (who: string, node = 1) =>
      stage.act(who, "tfgrid.change_power_target", { node_id: node, power_target: "Down" });
    expect(ask("x")).toBe("TfgridModule.TwinNotExists");
    expect(ask("f1", 9)).toBe("TfgridModule.NodeNotExists");
    expect(ask("f2")).toBe("TfgridModule.UnauthorizedToChangePowerTarget");
    expect(ask("f1")).toBe("Yes");
  });

  it("is announced even if the target is what it was", () => {
    const stage = rented();
    expect(stage.act("f1", "tfgrid.change_power_target", target("Up"))).toBe("Yes");
    expect(stage.names.at(-1)).toBe("TfgridModule.PowerTargetChanged");
  });

  it("that is down again in a later block moves the block, and up again is silent", () => {
    const stage = rented();
    const say = (word: string) =>
      stage.act("f1.n0", "tfgrid.change_power_state", { power_state: word });
    const count = () =>
      stage.names.filter((name) => name === "TfgridModule.PowerStateChanged").length;
    expect([say("Up"), count()]).toEqual(["No", 0]);
    expect([say("Down"), count()]).toEqual(["No", 1]);
    expect([say("Down"), count()]).toEqual(["No", 1]);
    stage.block += 1;
    expect([say("Down"), count()]).toEqual(["No", 2]);
    expect(stage.state.power.get(nodeId(1))?.state).toEqual({ kind: "down", since: 2 });
    expect([say("Up"), count()]).toEqual(["No", 3]);
  });

  it("keeps node contracts off unless state and target are up", () => {
    const stage = rented();
    const deploy = () => stage.act(root, "contracts.can_deploy", { node_id: 1 });
    const refusal = "SmartContractModule.NodeNotAvailableToDeploy";
    expect(deploy()).toBe("Yes");
    stage.act("f1", "tfgrid.change_power_target", target("Down"));
    expect(deploy()).toBe(refusal);
    stage.act("f1.n0", "tfgrid.change_power_state", { power_state: "Down" });
    stage.act("f1", "tfgrid.change_power_target", target("Up"));
    expect(deploy()).toBe(refusal);
    stage.act("f1.n0", "tfgrid.change_power_state", { power_state: "Up" });
    expect(deploy()).toBe("Yes");
  });
});
