import { describe, expect, it } from "vitest";
import { contractId, farmId } from "../../src/protocol/index.ts";
import { council, Stage } from "./stage.ts";

const IP = { ip: "185.206.122.33/24", gw: "185.206.122.1" };

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
