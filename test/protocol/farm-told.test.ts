/** What calls on farms announce, whom they refuse, and what they leave alone. */
import { describe, expect, it } from "vitest";
import { contractId, farmId, type RegisteredFarm } from "../../src/protocol/index.ts";
import { council, root, SMALL, Stage } from "./stage.ts";

const IP = { ip: "185.206.122.33/24", gw: "185.206.122.1" };
const OTHER = { ...IP, ip: "185.206.122.34/24" };

const farm = (stage: Stage, id = 1): RegisteredFarm => {
  const found = stage.state.farms.byId.get(farmId(id));
  if (found === undefined) throw new Error(`there is no farm ${id}`);
  return found;
};
const updated = (stage: Stage) => ["Yes", { event: "TfgridModule.FarmUpdated", farm: farm(stage) }];

/** A farm of `f1` with two addresses, and another of `f2`. */
function farms(): Stage {
  const stage = new Stage();
  stage.twin("f1");
  stage.act("f1", "tfgrid.create_farm", { name: "one", public_ips: [IP, OTHER] });
  stage.farm("f2");
  return stage;
}

/** The same where a contract holds an address. */
function held(ip: string): Stage {
  const stage = farms();
  const before = farm(stage);
  const ips = before.ips.map((one) => (one.ip === ip ? { ...one, contract: contractId(7) } : one));
  const byId = new Map(stage.state.farms.byId).set(before.id, { ...before, ips });
  stage.state = { ...stage.state, farms: { ...stage.state.farms, byId } };
  return stage;
}

describe("a farmer", () => {
  it("makes a farm that is announced as stored: uncertified, not dedicated, no limits", () => {
    const stage = new Stage();
    const create = (name: string) =>
      stage.told("f1", "tfgrid.create_farm", { name, public_ips: [IP] });
    expect(create("one")).toEqual(["TfgridModule.TwinNotExists"]);
    stage.twin("f1");
    const made = {
      id: 1,
      name: "one",
      twin: 1,
      pricingPolicy: 1,
      certification: "NotCertified",
      ips: [{ ...IP, contract: null }],
      dedicated: false,
      limits: null,
    };
    expect(create("one")).toEqual(["Yes", { event: "TfgridModule.FarmStored", farm: made }]);
    expect(create("ab")).toEqual(["TfgridModule.FarmNameTooShort"]);
    const bad = { name: "two", public_ips: [{ ...IP, gw: "10.0.0.1" }] };
    expect(stage.told("f1", "tfgrid.create_farm", bad)).toEqual(["TfgridModule.InvalidPublicIP"]);
    expect([stage.state.farms.made, [...stage.state.farms.byName.keys()]]).toEqual([1, ["one"]]);
  });

  it("renames it, and its old name is free for others", () => {
    const stage = farms();
    const rename = (who: string, id: number, name: string) =>
      stage.told(who, "tfgrid.update_farm", { farm_id: id, name });
    expect(rename("f1", 9, "x")).toEqual(["TfgridModule.FarmNotExists"]);
    expect(rename("f1", 1, "x")).toEqual(["TfgridModule.FarmNameTooShort"]);
    expect(rename("f1", 1, "a b c")).toEqual(["TfgridModule.InvalidFarmName"]);
    expect(rename("f1", 1, "other")).toEqual(updated(stage));
    expect(farm(stage)).toMatchObject({ name: "other", ips: [IP, OTHER] });
    expect(rename("f2", 2, "one")[0]).toBe("Yes");
  });

  it("says where rewards are paid, in any words", () => {
    const stage = farms();
    const pay = (who: string, id: number) =>
      stage.told(who, "tfgrid.add_stellar_payout_v2address", {
        farm_id: id,
        stellar_address: "anything",
      });
    expect(pay("nobody", 9)).toEqual(["TfgridModule.TwinNotExists"]);
    expect(pay("f1", 9)).toEqual(["TfgridModule.FarmNotExists"]);
    expect(pay("f2", 1)).toEqual(["TfgridModule.CannotUpdateFarmWrongTwin"]);
    expect(stage.state.farms.payouts.size).toBe(0);
    const event = "TfgridModule.FarmPayoutV2AddressRegistered";
    expect(pay("f1", 1)).toEqual(["Yes", { event, farmId: 1, address: "anything" }]);
    expect(stage.state.farms.payouts.get(farmId(1))).toBe("anything");
  });

  it("adds and removes addresses, if it is the owner's account and the farm is there", () => {
    const stage = farms();
    const ip = "185.206.122.35/24";
    const add = (who: string, id: number) =>
      stage.told(who, "tfgrid.add_farm_ip", { farm_id: id, ip, gw: IP.gw });
    const remove = (who: string, id: number, other = ip) =>
      stage.told(who, "tfgrid.remove_farm_ip", { farm_id: id, ip: other });
    for (const act of [add, remove]) {
      expect(act("f1", 9)).toEqual(["TfgridModule.FarmNotExists"]);
      expect(act("f2", 1)).toEqual(["TfgridModule.CannotUpdateFarmWrongTwin"]);
      expect(act("nobody", 1)).toEqual(["TfgridModule.CannotUpdateFarmWrongTwin"]);
    }
    const { twins } = stage.state;
    stage.state = { ...stage.state, twins: { ...twins, byId: new Map() } };
    expect(add("f1", 1)).toEqual(["TfgridModule.TwinNotExists"]);
    stage.state = { ...stage.state, twins };
    expect(add("f1", 1)).toEqual(updated(stage));
    expect(farm(stage).ips.map((one) => one.ip)).toEqual([IP.ip, OTHER.ip, ip]);
    expect(remove("f1", 1, OTHER.ip)).toEqual(updated(stage));
    expect(farm(stage)).toMatchObject({ name: "one", twin: 1 });
    expect(farm(stage).ips.map((one) => one.ip)).toEqual([IP.ip, ip]);
    expect(remove("f1", 1, OTHER.ip)).toEqual(["TfgridModule.IpNotExists"]);
  });

  it("adds no address whose gateway lies elsewhere", () => {
    const stage = farms();
    const odd = { farm_id: 1, ip: "185.206.122.35/24", gw: "185.206.123.1" };
    expect(stage.told("f1", "tfgrid.add_farm_ip", odd)).toEqual(["TfgridModule.InvalidPublicIP"]);
    expect(farm(stage).ips).toHaveLength(2);
  });
});

describe("a decree", () => {
  it("certifies a farm or takes it back, and changes none of its nodes", () => {
    const stage = farms();
    stage.node("n", 1, SMALL);
    const { nodes } = stage.state;
    const set = (origin: Parameters<Stage["told"]>[0], id: number, certification: string) =>
      stage.told(origin, "tfgrid.set_farm_certification", { farm_id: id, certification });
    expect(set("f1", 1, "Gold")).toEqual(["BadOrigin"]);
    expect(set(root, 9, "Gold")).toEqual(["TfgridModule.FarmNotExists"]);
    const event = "TfgridModule.FarmCertificationSet";
    for (const certification of ["Gold", "NotCertified"]) {
      const told = set(council(3, 5), 1, certification);
      expect(told).toEqual(["Yes", { event, farmId: 1, certification }]);
      expect(farm(stage)).toMatchObject({ certification, name: "one" });
    }
    expect(stage.state.nodes).toBe(nodes);
  });

  it("dedicates a farm, or lifts that", () => {
    const stage = farms();
    const set = (id: number, dedicated: boolean) =>
      stage.told(root, "tfgrid.set_farm_dedicated", { farm_id: id, dedicated });
    expect(set(9, true)).toEqual(["TfgridModule.FarmNotExists"]);
    for (const dedicated of [true, false]) {
      expect(set(1, dedicated)).toEqual(updated(stage));
      expect(farm(stage)).toMatchObject({ dedicated, name: "one" });
    }
  });

  it("frees the address that it names and no other", () => {
    const stage = held(OTHER.ip);
    const reset = (id: number, ip: string) =>
      stage.told(root, "tfgrid.force_reset_farm_ip", { farm_id: id, ip });
    expect(reset(9, OTHER.ip)).toEqual(["TfgridModule.FarmNotExists"]);
    expect(reset(1, "185.206.122.99/24")).toEqual(["TfgridModule.IpNotExists"]);
    expect(reset(1, IP.ip)).toEqual(updated(stage));
    expect(farm(stage).ips.map(({ contract }) => contract)).toEqual([null, 7]);
    expect(reset(1, OTHER.ip)).toEqual(updated(stage));
    expect(farm(stage).ips.map(({ ip, contract }) => [ip, contract])).toEqual([
      [IP.ip, null],
      [OTHER.ip, null],
    ]);
  });
});
