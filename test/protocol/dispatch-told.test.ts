/** Calls by their names: who may make them, under which pallet they refuse, and what they tell. */
import { describe, expect, it } from "vitest";
import { named } from "../../src/protocol/dispatch/adapter.ts";
import { nodeId, refused } from "../../src/protocol/index.ts";
import { council, proposal, root, SMALL, Stage } from "./stage.ts";

const ACTION = proposal("tfgrid.set_connection_price", { price: 5 });
const REQUEST = {
  ...{ validator_node_account: "n", stash_account: "st", description: "" },
  ...{ tf_connect_id: "", info: "" },
};

/** Calls that are wrong in what they ask, and the refusal under the name of its pallet. */
const REFUSED: readonly (readonly [string, Parameters<Stage["act"]>[0], object, string])[] = [
  ["dao.propose", "f1", { ...ACTION, threshold: 1 }, "Dao.NotCouncilMember"],
  ["dao.veto", "c1", { proposal: "none" }, "Dao.ProposalMissing"],
  ["dao.veto", "f1", { proposal: "none" }, "Dao.NotCouncilMember"],
  ["council.propose", "f1", { ...ACTION, threshold: 1 }, "Council.NotMember"],
  ["council.execute", "f1", ACTION, "Council.NotMember"],
  ["council.vote", "f1", { proposal: "none", index: 0, approve: true }, "Council.NotMember"],
  ["membership.remove_member", root, { who: "z" }, "CouncilMembership.NotMember"],
  ["membership.change_key", "z", { new: "y" }, "CouncilMembership.NotMember"],
  ["validator.activate_validator_node", "z", {}, "Validator.ValidatorNotFound"],
  ["validatorset.add_validator_again", "z", { validator_id: "y" }, "ValidatorSet.BadOrigin"],
  ["tfgrid.delete_entity", "z", {}, "TfgridModule.EntityNotExists"],
  ["tfgrid.opt_out_of_v3_billing", "f1", { node_id: 9 }, "TfgridModule.NodeNotExists"],
];

/** Calls that the council, the DAO or root makes, and nobody else. */
const GATED: readonly (readonly [string, object])[] = [
  ["council.disapprove_proposal", { proposal_hash: "none" }],
  ["membership.clear_prime", {}],
  ["validatorset.add_validator", { validator_id: "n" }],
  ["validatorset.remove_validator", { validator_id: "n" }],
  ["runtime_upgrade.set_code", { changes: {} }],
  ["tfgrid.add_twin_admin", { who: "a" }],
  ["tfgrid.remove_twin_admin", { who: "a" }],
  ["tfgrid.set_zos_version", { zos_version: "v" }],
];

describe("a call", () => {
  const stage = () => {
    const with1 = new Stage("runtime", { balances: { f1: 10 ** 10 } });
    with1.farm("f1", [SMALL]);
    return with1;
  };

  it.each(REFUSED)("%s refuses under its pallet's name", (name, who, args, error) => {
    expect(stage().told(who, name, args)).toEqual([error]);
  });

  it.each(GATED)("%s is made by root or the council alone", (name, args) => {
    expect(stage().told("c1", name, args)).toEqual(["BadOrigin"]);
    expect(stage().told(root, name, args)).not.toContain("BadOrigin");
  });
});

describe("a refusal", () => {
  it.each([
    ...["FundsUnavailable", "OnlyProvider", "BelowMinimum", "NotExpendable", "Frozen"].map(
      (error) => [error, `Token.${error}`],
    ),
    ["FarmNotExists", "TfgridModule.FarmNotExists"],
    ["BadOrigin", "BadOrigin"],
    ["Dao.ProposalMissing", "Dao.ProposalMissing"],
  ])("of %s is told as %s", (error, told) => {
    expect(named("TfgridModule", refused(error))).toEqual(refused(told));
  });
});

describe("a remark", () => {
  it("is root's or any account's, and no council's", () => {
    const remark = { remark: "r" };
    const stage = new Stage();
    expect(stage.told("a", "system.remark", remark)).toEqual(["Yes"]);
    expect(stage.told(root, "system.remark", remark)).toEqual(["Yes"]);
    expect(stage.told(council(5, 5), "system.remark", remark)).toEqual(["BadOrigin"]);
  });
});

describe("an upgrade", () => {
  it("is told, and free", () => {
    const stage = new Stage();
    const { runtime } = stage.state;
    expect(stage.told(root, "runtime_upgrade.set_code", { changes: { vetoesToKill: 9 } })).toEqual([
      ...["No", { event: "System.CodeUpdated" }],
    ]);
    expect({ ...stage.state.runtime, vetoesToKill: 3 }).toEqual({ ...runtime, vetoesToKill: 3 });
  });
});

describe("an administrator of twins", () => {
  it("is added once and removed once, and both are told", () => {
    const stage = new Stage();
    const told = (name: string) => stage.told(root, `tfgrid.${name}_twin_admin`, { who: "a" });
    expect(told("remove")).toEqual(["TfgridModule.NotTwinAdmin"]);
    expect(told("add")).toEqual(["Yes", { event: "TfgridModule.TwinAdminAdded", account: "a" }]);
    expect(told("add")).toEqual(["TfgridModule.AlreadyTwinAdmin"]);
    expect([...stage.state.contracts.admins]).toEqual(["a"]);
    expect(told("remove")).toEqual([
      ...["Yes", { event: "TfgridModule.TwinAdminRemoved", account: "a" }],
    ]);
    expect([...stage.state.contracts.admins]).toEqual([]);
  });
});

describe("a node that leaves this billing", () => {
  const left = (): Stage => {
    const stage = new Stage("runtime", { balances: { f1: 10 ** 10 } });
    stage.farm("f1", [SMALL, SMALL]);
    expect(stage.told("f1", "tfgrid.opt_out_of_v3_billing", { node_id: 1 })).toEqual([
      "Yes",
      { event: "TfgridModule.NodeV3BillingOptedOut", nodeId: 1, optedOutAt: 1_000 },
    ]);
    return stage;
  };

  it("leaves once, at an instant that is kept", () => {
    const stage = left();
    expect([...stage.state.optOuts]).toEqual([[1, { at: 1_000, note: null }]]);
    expect(stage.act("f1", "tfgrid.opt_out_of_v3_billing", { node_id: 1 })).toBe(
      "TfgridModule.NodeV3BillingOptOutAlreadyEnabled",
    );
  });

  it.each([
    ["f1", "tfgrid.delete_node_farm"],
    ["f1.n0", "tfgrid.delete_node"],
  ])("is forgotten once %s makes the call %s, and no other is", (who, name) => {
    const stage = left();
    expect(stage.act("f1", "tfgrid.opt_out_of_v3_billing", { node_id: 2 })).toBe("Yes");
    expect(stage.act(who, name, { node_id: 9 })).toBe("TfgridModule.NodeNotExists");
    expect(stage.act("z", name, { node_id: 1 })).toBe("TfgridModule.TwinNotExists");
    expect(stage.state.optOuts.size).toBe(2);
    expect(stage.told(who, name, { node_id: 1 })).toEqual([
      ...["Yes", { event: "TfgridModule.NodeDeleted", nodeId: 1 }],
    ]);
    expect([...stage.state.optOuts.keys()]).toEqual([2]);
    expect([...stage.state.nodes.byId.keys()]).toEqual([nodeId(2)]);
  });

  it("is deleted as any other where it never left", () => {
    const stage = new Stage("runtime", { balances: { f1: 10 ** 10 } });
    stage.farm("f1", [SMALL]);
    expect(stage.told("f1", "tfgrid.delete_node_farm", { node_id: 1 })).toEqual([
      ...["Yes", { event: "TfgridModule.NodeDeleted", nodeId: 1 }],
    ]);
  });
});

describe("calls in one", () => {
  const fine = { call: "system.remark", args: { remark: "r" } };
  const wrong = { call: "tfgrid.create_farm", args: { name: "!" } };
  const error = "TfgridModule.FarmNameTooShort";
  const done = { event: "Utility.ItemCompleted" };

  it.each([
    ["batch", ["Yes", done, { event: "Utility.BatchInterrupted", index: 1, error }]],
    ["batch_all", [error]],
    [
      "force_batch",
      [
        ...["Yes", done, { event: "Utility.ItemFailed", error }, done],
        { event: "Utility.BatchCompletedWithErrors" },
      ],
    ],
  ])("under %s end as it says", (name, expected) => {
    const stage = new Stage();
    stage.twin("f1");
    expect(stage.told("f1", `utility.${name}`, { calls: [fine, wrong, fine] })).toEqual(expected);
  });
});

describe("a validator", () => {
  it("is requested, approved by the council, and may have another node", () => {
    const stage = new Stage();
    const request = { node: "n", stash: "st", description: "", tfConnectId: "", about: "" };
    expect(stage.told("v9", "validator.create_validator_request", REQUEST)).toEqual([
      "Yes",
      {
        ...{ event: "Validator.ValidatorRequestCreated", account: "v9" },
        request: { ...request, state: "Created" },
      },
    ]);
    expect(stage.act("v9", "validator.activate_validator_node")).toBe(
      "Validator.ValidatorNotApproved",
    );
    const other = { new_node_validator_account: "q" };
    expect(stage.act("v9", "validator.change_validator_node_account", other)).toBe("Yes");
    expect(stage.act("z", "validator.approve_validator", { validator_account: "v9" })).toBe(
      "Validator.NotCouncilMember",
    );
    expect(stage.act("v9", "validator.bond", { validator: "v9" })).toBe("Yes");
    expect(stage.act("v9", "validator.bond", { validator: "v9" })).toBe("Validator.AlreadyBonded");
  });
});
