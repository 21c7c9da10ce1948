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
