import { describe, expect, it } from "vitest";
import { council, root, Stage } from "./stage.ts";

function asked(): Stage {
  const stage = new Stage();
  expect(
    stage.act("w", "validator.create_validator_request", {
      validator_node_account: "w-node",
      stash_account: "w-stash",
    }),
  ).toBe("Yes");
  return stage;
}

const naming = { validator_account: "w" };

describe("a validator", () => {
  it("asks once, is approved by one councillor alone, and so becomes one", () => {
    const stage = asked();
    expect(
      stage.act("w", "validator.create_validator_request", {
        validator_node_account: "n",
        stash_account: "s",
      }),
    ).toBe("Validator.DuplicateValidator");
    expect(stage.act("w", "validator.activate_validator_node")).toBe(
      "Validator.ValidatorNotApproved",
    );
    expect(stage.act("x", "validator.approve_validator", naming)).toBe(
      "Validator.NotCouncilMember",
    );
    expect(stage.act("c1", "validator.approve_validator", { validator_account: "x" })).toBe(
      "Validator.ValidatorNotFound",
    );
    expect(stage.act("c1", "validator.approve_validator", naming)).toBe("Yes");
    expect(stage.state.council.members).toContain("w");
    expect(stage.act("w", "validator.activate_validator_node")).toBe("Yes");
    expect(stage.act("w", "validator.activate_validator_node")).toBe(
      "Validator.ValidatorValidatingAlready",
    );
    expect(stage.state.validatorSet.nodes).toEqual(["v1", "v2", "w-node"]);
  });

  it("that sits in the council already cannot be approved, and the request stays as it was", () => {
    const stage = asked();
    stage.act(root, "membership.add_member", { who: "w" });
    expect(stage.act("c1", "validator.approve_validator", naming)).toBe(
      "CouncilMembership.AlreadyMember",
    );
    expect(stage.state.validators.requests.get("w")?.state).toBe("Created");
  });

  it("that is removed loses its seat and its request, and its node stays in the set", () => {
    const stage = asked();
    stage.act("c1", "validator.approve_validator", naming);
    stage.act("w", "validator.activate_validator_node");
    expect(stage.act("x", "validator.remove_validator", naming)).toBe("Validator.BadOrigin");
    expect(stage.act("w", "validator.remove_validator", naming)).toBe("Yes");
    expect(stage.state.council.members).not.toContain("w");
    expect(stage.state.validatorSet.nodes).toContain("w-node");
    expect(stage.act("w", "validator.remove_validator", naming)).toBe(
      "Validator.ValidatorNotFound",
    );
  });

  it("without a seat cannot be removed", () => {
    expect(asked().act("w", "validator.remove_validator", naming)).toBe(
      "CouncilMembership.NotMember",
    );
  });

  it("replaces its node in the set, and cannot go back to one that was approved before", () => {
    const stage = asked();
    const change = (node: string) =>
      stage.act("w", "validator.change_validator_node_account", {
        new_node_validator_account: node,
      });
    expect(change("other")).toBe("Yes");
    stage.act("c1", "validator.approve_validator", naming);
    stage.act("w", "validator.activate_validator_node");
    expect(change("next")).toBe("Yes");
    expect(stage.state.validatorSet.nodes).toEqual(["v1", "v2", "next"]);
    expect(change("other")).toBe("ValidatorSet.Duplicate");
    expect(stage.state.validatorSet.nodes).toEqual(["v1", "v2", "next"]);
  });

  it("bonds a stash once", () => {
    const stage = asked();
    expect(stage.act("s", "validator.bond", { validator: "w" })).toBe("Yes");
    expect(stage.act("s", "validator.bond", { validator: "x" })).toBe("Validator.AlreadyBonded");
  });
});

describe("the validator set", () => {
  it("is the council's and the DAO's, keeps the least number, and never takes one back", () => {
    const stage = new Stage();
    const remove = (validator_id: string) =>
      stage.act(council(3, 5), "validatorset.remove_validator", { validator_id });
    expect(stage.act("v1", "validatorset.add_validator", { validator_id: "x" })).toBe("BadOrigin");
    expect(remove("v2")).toBe("Yes");
    expect(remove("v1")).toBe("ValidatorSet.TooLowValidatorCount");
    expect(stage.act(root, "validatorset.add_validator", { validator_id: "v2" })).toBe(
      "ValidatorSet.Duplicate",
    );
    expect(stage.act("v2", "validatorset.add_validator_again", { validator_id: "v2" })).toBe("Yes");
  });

  it("takes out a node that is not in it without a word", () => {
    const stage = new Stage();
    expect(stage.act(root, "validatorset.remove_validator", { validator_id: "x" })).toBe("Yes");
    expect(stage.state.validatorSet.nodes).toEqual(["v1", "v2"]);
  });

  it("rules from the second session after a change on", () => {
    const stage = new Stage();
    stage.act(root, "validatorset.add_validator", { validator_id: "v3" });
    const tell = () => stage.act("v3", "price.set_prices", { price: 1, block_number: 1 });
    stage.run(1_199);
    expect(tell()).toBe("TFTPriceModule.AccountUnauthorizedToSetPrice");
    stage.run(1_200);
    expect(tell()).toBe("No");
  });
});

describe("what validators announce", () => {
  const asks = {
    ...{ validator_node_account: "w-node", stash_account: "w-stash" },
    ...{ description: "d", tf_connect_id: "t", info: "i" },
  };
  const request = {
    ...{ node: "w-node", stash: "w-stash", description: "d", tfConnectId: "t", about: "i" },
    state: "Created",
  };
  const addition = (validator: string) => ({
    event: "ValidatorSet.ValidatorAdditionInitiated",
    validator,
  });
  const removal = (validator: string) => ({
    event: "ValidatorSet.ValidatorRemovalInitiated",
    validator,
  });

  it("is each step of a request with all that it says, and the seat that comes and goes", () => {
    const stage = new Stage();
    expect(stage.told("w", "validator.create_validator_request", asks)).toEqual([
      "Yes",
      { event: "Validator.ValidatorRequestCreated", account: "w", request },
    ]);
    const approved = { ...request, state: "Approved" };
    expect(stage.told("c1", "validator.approve_validator", naming)).toEqual([
      "Yes",
      { event: "CouncilMembership.MemberAdded" },
      { event: "Validator.ValidatorRequestApproved", request: approved },
    ]);
    const validating = { ...request, state: "Validating" };
    expect(stage.told("w", "validator.activate_validator_node")).toEqual([
      "Yes",
      addition("w-node"),
      { event: "Validator.ValidatorActivated", request: validating },
    ]);
    expect(stage.state.validators.requests.get("w")).toEqual(validating);
    expect(
      stage.told("w", "validator.change_validator_node_account", {
        new_node_validator_account: "next",
      }),
    ).toEqual([
      "Yes",
      removal("w-node"),
      { event: "Validator.NodeValidatorRemoved", validator: "w-node" },
      addition("next"),
      { event: "Validator.NodeValidatorChanged", validator: "next" },
    ]);
    expect(stage.state.validators.requests.get("w")).toEqual({ ...validating, node: "next" });
    expect(stage.told("c1", "validator.remove_validator", naming)).toEqual([
      "Yes",
      { event: "CouncilMembership.MemberRemoved" },
    ]);
  });

  it("is nothing where a node is changed that does not validate yet", () => {
    const stage = asked();
    const change = { new_node_validator_account: "other" };
    expect(stage.told("w", "validator.change_validator_node_account", change)).toEqual(["Yes"]);
    expect(stage.state.validators.requests.get("w")?.node).toBe("other");
    expect(stage.state.validatorSet.nodes).toEqual(["v1", "v2"]);
    expect(stage.act("x", "validator.change_validator_node_account", change)).toBe(
      "Validator.ValidatorNotFound",
    );
  });

  it("is each change of the set and each bond", () => {
    const stage = new Stage();
    expect(stage.told(root, "validatorset.add_validator", { validator_id: "v3" })).toEqual([
      "Yes",
      addition("v3"),
    ]);
    expect(stage.state.validatorSet).toEqual({
      nodes: ["v1", "v2", "v3"],
      approved: ["v1", "v2", "v3"],
    });
    expect(stage.told(root, "validatorset.remove_validator", { validator_id: "v2" })).toEqual([
      "Yes",
      removal("v2"),
    ]);
    const again = (by: string, validator_id: string) =>
      stage.told(by, "validatorset.add_validator_again", { validator_id });
    expect(again("v1", "v2")).toEqual(["ValidatorSet.BadOrigin"]);
    expect(again("x", "x")).toEqual(["ValidatorSet.ValidatorNotApproved"]);
    expect(again("v1", "v1")).toEqual(["ValidatorSet.Duplicate"]);
    expect(again("v2", "v2")).toEqual(["Yes", addition("v2")]);
    expect(stage.state.validatorSet).toEqual({
      nodes: ["v1", "v3", "v2"],
      approved: ["v1", "v2", "v3"],
    });
    expect(stage.told("s", "validator.bond", { validator: "w" })).toEqual([
      "Yes",
      { event: "Validator.Bonded", stash: "s" },
    ]);
    expect([...stage.state.validators.bonds]).toEqual([["s", "w"]]);
  });

  it("is nothing of an activation or a change that the set refuses", () => {
    const stage = asked();
    const activate = () => stage.told("w", "validator.activate_validator_node");
    expect(stage.act("x", "validator.activate_validator_node")).toBe("Validator.ValidatorNotFound");
    stage.act("c1", "validator.approve_validator", naming);
    stage.act(root, "validatorset.add_validator", { validator_id: "w-node" });
    expect(activate()).toEqual(["ValidatorSet.Duplicate"]);
    // Once it validates, and no other node is left, it cannot be taken out to be replaced.
    const lone = asked();
    lone.act("c1", "validator.approve_validator", naming);
    lone.act("w", "validator.activate_validator_node");
    for (const validator_id of ["v1", "v2"])
      lone.act(root, "validatorset.remove_validator", { validator_id });
    const change = { new_node_validator_account: "next" };
    expect(lone.told("w", "validator.change_validator_node_account", change)).toEqual([
      "ValidatorSet.TooLowValidatorCount",
    ]);
  });
});
