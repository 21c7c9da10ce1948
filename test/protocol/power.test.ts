import { describe, expect, it } from "vitest";
import { nodeId } from "../../src/protocol/index.ts";
import { root, SMALL, Stage } from "./stage.ts";

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

describe("what power announces and leaves", () => {
  /** A farm with a node, and a user who has rented it. */
  function grid(): Stage {
    const stage = new Stage();
    stage.farm("f", [SMALL, SMALL]);
    stage.twin("u");
    stage.act(root, "balances.force_set_balance", { who: "u", new_free: 10_000_000_000 });
    expect(stage.act("u", "contracts.create_rent_contract", { node_id: 1 })).toBe("Yes");
    return stage;
  }
  const want = (stage: Stage, node: number, power_target: string) =>
    stage.told("f", "tfgrid.change_power_target", { node_id: node, power_target });
  const say = (stage: Stage, node: number, power_state: string) =>
    stage.told(`f.n${node - 1}`, "tfgrid.change_power_state", { power_state });
  const updated = (stage: Stage) =>
    [...stage.state.contracts.payments.values()].map((payment) => payment.updated);

  it("is the target, which is not down while anything is on the node", () => {
    const stage = grid();
    const told = (target: string, nodeId: number) => ({
      event: "TfgridModule.PowerTargetChanged",
      ...{ farmId: 1, nodeId, target },
    });
    expect(want(stage, 1, "Down")).toEqual(["TfgridModule.NodeHasActiveContracts"]);
    expect(want(stage, 1, "Up")).toEqual(["Yes", told("Up", 1)]);
    expect(want(stage, 2, "Down")).toEqual(["Yes", told("Down", 2)]);
    expect(stage.state.power.get(nodeId(2))).toEqual({ state: { kind: "up" }, target: "Down" });
    stage.state = { ...stage.state, farms: { ...stage.state.farms, byId: new Map() } };
    expect(want(stage, 1, "Up")).toEqual(["TfgridModule.FarmNotExists"]);
  });

  it("is the state, for free", () => {
    const stage = grid();
    expect(say(stage, 1, "Down")).toEqual([
      "No",
      {
        event: "TfgridModule.PowerStateChanged",
        ...{ farmId: 1, nodeId: 1, power: { kind: "down", since: stage.block } },
      },
    ]);
    expect(say(stage, 1, "Up")).toEqual([
      "No",
      {
        event: "TfgridModule.PowerStateChanged",
        ...{ farmId: 1, nodeId: 1, power: { kind: "up" } },
      },
    ]);
  });

  it("starts the clock of the rent on the node that wakes, and no other", () => {
    const stage = grid();
    const begun = updated(stage);
    stage.seconds += 600;
    say(stage, 1, "Down");
    say(stage, 2, "Down");
    say(stage, 2, "Up");
    expect(updated(stage)).toEqual(begun);
    stage.seconds += 600;
    say(stage, 1, "Up");
    expect(updated(stage)).toEqual([stage.seconds]);
    // A rent without a record, which the chain cannot have, is left without.
    say(stage, 1, "Down");
    const { contracts } = stage.state;
    stage.state = { ...stage.state, contracts: { ...contracts, payments: new Map() } };
    expect(say(stage, 1, "Up")[0]).toBe("No");
    expect(updated(stage)).toEqual([]);
  });

  it("asks about nodes that there are", () => {
    expect(grid().act(root, "contracts.can_deploy", { node_id: 9 })).toBe(
      "SmartContractModule.NodeNotExists",
    );
  });
});
