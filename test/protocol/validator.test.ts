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
