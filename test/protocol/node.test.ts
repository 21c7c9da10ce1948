import { describe, expect, it } from "vitest";
import { placeByHalving } from "../../src/protocol/entry.ts";
import { farmId, nodeId, resourcesChanged } from "../../src/protocol/index.ts";
import { bytes, cores } from "../../src/units/index.ts";
import { LARGE, SMALL, Stage } from "./stage.ts";

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

  it("that deletes itself leaves its twin unable to register again; a farmer's does not", () => {
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
