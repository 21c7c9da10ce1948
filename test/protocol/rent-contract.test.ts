/** Re-enacts the pallet's own tests of calls; the comment above a row or a test names them. */
import { describe, expect, it } from "vitest";
import {
  contractId,
  endContracts,
  type GridState,
  nodeId,
  optOut,
  setPowerState,
} from "../../src/protocol/index.ts";
import { power, rent, start, tryCancel, tryDeploy, tryFee, tryName, tryRent } from "./acts.ts";
import { FARM, NODE, terms, time, value, word } from "./grid.ts";

const by = terms();

/** The same grid with its farm dedicated. */
const dedicated = (state = start()): GridState => {
  const farm = state.farms.get(FARM);
  if (farm === undefined) throw new Error("the small grid has a farm");
  return { ...state, farms: new Map([[FARM, { ...farm, dedicated: true }]]) };
};
const cancel = (state: GridState, account: string, id = 1) =>
  tryCancel(state, account, contractId(id));
const rented = (account = "bob") => rent(start(), account);
const deployed = (account = "bob") => value(tryDeploy(start(), account)).state;

describe("a name contract", () => {
  it.each([
    // test_create_name_contract_works
    ["foobar", "ok"],
    ["abc", "ok"],
    ["a_b-9", "ok"],
    ["ab", "NameContractNameTooShort"],
    ["a".repeat(64), "ok"],
    ["a".repeat(65), "NameContractNameTooLong"],
    ["Foobar", "NameNotValid"],
    // test_create_name_contract_with_invalid_dns_name_fails
    ["foo.bar", "NameNotValid"],
    ["foo!", "NameNotValid"],
    ["foo;'", "NameNotValid"],
    ["foo123.%", "NameNotValid"],
  ])("%s: %s", (text, answer) => {
    expect(word(tryName(start(), "bob", text))).toBe(answer);
  });

  // test_create_name_contract_double_with_same_name_fails
  // test_cancel_name_contract_works
  // test_recreate_name_contract_after_cancel_works
  it("is taken once, and free again when it ends", () => {
    const taken = value(tryName(start(), "bob", "foobar")).state;
    expect(word(tryName(taken, "alice", "foobar"))).toBe("NameExists");
    const gone = value(cancel(taken, "bob")).state;
    expect(gone.contracts.size).toBe(0);
    expect(word(tryName(gone, "bob", "foobar"))).toBe("ok");
  });
});

describe("a rent contract", () => {
  it.each([
    // test_create_rent_contract_works
    ["on a dedicated node", () => tryRent(dedicated(), "bob"), "ok"],
    // test_create_rent_contract_non_dedicated_empty_node_works
    ["on an empty node", () => tryRent(start(), "bob"), "ok"],
    // test_create_rent_contract_on_node_in_use_fails
    ["on a node in use", () => tryRent(deployed("bob"), "bob"), "NodeNotAvailableToDeploy"],
    // test_create_rent_contract_on_standby_node_works
    ["on a sleeping node", () => tryRent(power(start(), true), "bob"), "ok"],
    // test_set_dedicated_node_extra_fee_and_create_rent_contract_works
    [
      "on a node with an extra fee",
      () => tryRent(value(tryFee(start(), "alice", 1n)), "bob"),
      "ok",
    ],
    ["on a node already rented", () => tryRent(rented("bob"), "alice"), "NodeHasRentContract"],
    ["on no node", () => tryRent(start(), "bob", nodeId(9)), "NodeNotExists"],
    ["by nobody", () => tryRent(start(), "nobody"), "TwinNotExists"],
    [
      "on a node that left this billing",
      () => tryRent(value(optOut(start(), NODE)), "bob"),
      "OnlyTwinAdminCanDeployOnThisNode",
    ],
  ])("%s", (_where, act, answer) => {
    expect(word(act())).toBe(answer);
  });

  it("may be made over other people's contracts where the farm is dedicated", () => {
    const busy = deployed("alice");
    expect(word(tryRent(dedicated(busy), "bob"))).toBe("ok");
  });

  // test_cancel_rent_contract_works
  // test_cancel_rent_contract_with_active_node_contracts_fails
  it("ends only after its node contracts", () => {
    const both = value(tryDeploy(rented("bob"), "bob")).state;
    expect(word(cancel(both, "bob", 1))).toBe("NodeHasActiveContracts");
    const alone = value(cancel(both, "bob", 2)).state;
    expect(word(cancel(alone, "bob", 1))).toBe("ok");
  });

  // test_create_rent_contract_on_standby_node_and_wake_it_up_works
  it("is billed from the node's waking on", () => {
    const state = value(tryRent(power(start(), true), "bob")).state;
    const woken = value(setPowerState(state, NODE, false, time(7).now));
    expect(woken.payments.get(contractId(1))?.updated).toBe(time(7).now);
  });

  // test_rent_contract_and_node_contract_canceled_when_node_is_deleted_works
  // test_cancel_contract_by_node_works
  it("ends with its node contracts when the node is deleted", () => {
    const both = value(tryDeploy(rented("bob"), "bob")).state;
    const gone = endContracts(both, NODE, time(2), by).state;
    expect(gone.contracts.size).toBe(0);
  });
});

describe("an extra fee", () => {
  it.each([
    // test_set_dedicated_node_extra_fee_works
    ["by the farmer", () => tryFee(start(), "alice", 100_000n), "ok"],
    // test_set_dedicated_node_extra_fee_undefined_node_fails
    ["on no node", () => tryFee(start(), "alice", 1n, nodeId(9)), "NodeNotExists"],
    // test_set_dedicated_node_extra_fee_unauthorized_fails
    ["by another", () => tryFee(start(), "bob", 1n), "UnauthorizedToSetExtraFee"],
    // test_set_dedicated_node_extra_fee_with_active_node_contract_fails
    ["over a node contract", () => tryFee(deployed(), "alice", 1n), "NodeHasActiveContracts"],
    // test_set_dedicated_node_extra_fee_with_active_rent_contract_fails
    ["over a rent", () => tryFee(rented(), "alice", 1n), "NodeHasActiveContracts"],
    ["by nobody", () => tryFee(start(), "nobody", 1n), "TwinNotExists"],
  ])("%s", (_who, act, answer) => {
    expect(word(act())).toBe(answer);
  });
});
