/** Re-enacts the pallet's own tests of calls; the comment above a row or a test names them. */
import { describe, expect, it } from "vitest";
import {
  type ContractId,
  cancelCollective,
  contractId,
  type GridState,
  nodeId,
  optOut,
  reportResources,
  reportTraffic,
  setPowerTarget,
  updateNodeContract,
} from "../../src/protocol/index.ts";
import { bytes, seconds } from "../../src/units/index.ts";
import { power, rent, start, tryCancel, tryDeploy, tryFee, tryRent, USED } from "./acts.ts";
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
const deployed = (account = "bob", ips = 0) => value(tryDeploy(start(), account, { ips })).state;

describe("a node contract", () => {
  it.each([
    // test_create_node_contract_works
    ["on an open node", () => tryDeploy(start(), "bob"), "ok"],
    // test_create_node_contract_with_public_ips_works
    ["with addresses that are free", () => tryDeploy(start(), "bob", { ips: 4 }), "ok"],
    [
      "with more addresses than owned",
      () => tryDeploy(start(), "bob", { ips: 5 }),
      "FarmHasNotEnoughPublicIPs",
    ],
    [
      "with more than are free",
      () => tryDeploy(deployed("bob", 2), "bob", { ips: 3 }),
      "FarmHasNotEnoughPublicIPsFree",
    ],
    // test_create_node_contract_with_undefined_node_fails
    ["on no node", () => tryDeploy(start(), "bob", { node: 2 }), "NodeNotExists"],
    ["by nobody", () => tryDeploy(start(), "nobody", { node: 2 }), "TwinNotExists"],
    // test_create_node_contract_with_same_hash_and_node_fails
    [
      "with a hash in use",
      () =>
        tryDeploy(value(tryDeploy(start(), "bob", { hash: "h" })).state, "alice", { hash: "h" }),
      "ContractIsNotUnique",
    ],
    // test_create_node_contract_which_was_canceled_before_works
    [
      "with a hash that was cancelled",
      () =>
        tryDeploy(
          value(cancel(value(tryDeploy(start(), "bob", { hash: "h" })).state, "bob")).state,
          "bob",
          { hash: "h" },
        ),
      "ok",
    ],
    // test_create_node_contract_on_standby_node_fails
    [
      "on a sleeping node",
      () => tryDeploy(power(start(), true), "bob"),
      "NodeNotAvailableToDeploy",
    ],
    [
      "on a node that shall sleep",
      () => tryDeploy(value(setPowerTarget(start(), NODE, true)), "bob"),
      "NodeNotAvailableToDeploy",
    ],
    // test_create_node_contract_on_dedicated_node_without_rent_contract_fails
    [
      "on a dedicated farm's node without a rent",
      () => tryDeploy(dedicated(), "bob"),
      "NodeNotAvailableToDeploy",
    ],
    // test_create_node_contract_when_having_a_rentcontract_works
    ["on one's own rented node", () => tryDeploy(rented("bob"), "bob"), "ok"],
    // test_create_node_contract_on_node_rented_by_other_fails
    [
      "on a node that another rents",
      () => tryDeploy(rented("bob"), "alice"),
      "NodeNotAvailableToDeploy",
    ],
    // test_create_node_contract_on_dedicated_node_rented_by_other_fails
    [
      "on a dedicated node that another rents",
      () => tryDeploy(value(tryRent(dedicated(), "bob")).state, "alice"),
      "NodeNotAvailableToDeploy",
    ],
    // test_set_dedicated_node_extra_fee_and_create_node_contract_fails
    [
      "on a node with an extra fee",
      () => tryDeploy(value(tryFee(start(), "alice", 1n)), "bob"),
      "NodeNotAvailableToDeploy",
    ],
    // test_set_dedicated_node_extra_fee_and_set_it_back_to_zero_works
    [
      "where the extra fee was taken back",
      () => tryDeploy(value(tryFee(value(tryFee(start(), "alice", 1n)), "alice", 0n)), "bob"),
      "ok",
    ],
    [
      "on a node that left this billing",
      () => tryDeploy(value(optOut(start(), NODE)), "bob"),
      "OnlyTwinAdminCanDeployOnThisNode",
    ],
    [
      "that names no provider there is",
      () => tryDeploy(start(), "bob", { provider: 1 }),
      "NoSuchSolutionProvider",
    ],
  ])("%s", (_where, act, answer) => {
    expect(word(act())).toBe(answer);
  });

  // test_create_multiple_node_contracts_works
  it("is one of as many as are made, and leaves the others when it ends", () => {
    let state = start();
    for (let i = 0; i < 3; i++) state = value(tryDeploy(state, "bob")).state;
    expect([...state.contracts.keys()]).toEqual([1, 2, 3]);
    expect([...value(cancel(state, "bob", 2)).state.contracts.keys()]).toEqual([1, 3]);
  });

  // test_cancel_node_contract_frees_public_ips_works
  it("frees its addresses when it ends", () => {
    const full = deployed("bob", 4);
    expect(word(tryDeploy(full, "alice", { ips: 1 }))).toBe("FarmHasNotEnoughPublicIPsFree");
    expect(word(tryDeploy(value(cancel(full, "bob")).state, "alice", { ips: 4 }))).toBe("ok");
  });

  it.each([
    // test_update_node_contract_works
    ["its owner", "bob", 1, "ok"],
    // test_update_node_contract_not_exists_fails
    ["its owner, under a wrong number", "bob", 2, "ContractNotExists"],
    // test_update_node_contract_wrong_twins_fails
    ["another", "alice", 1, "TwinNotAuthorizedToUpdateContract"],
  ])("is updated by %s", (_who, account, id, answer) => {
    const call = { account, contract: contractId(id), hash: "new" };
    expect(word(updateNodeContract(deployed("bob"), call))).toBe(answer);
  });

  it("is not updated in grace, nor is another kind of contract updated at all", () => {
    const state = deployed("bob");
    const id = contractId(1);
    const inGrace = {
      ...state.contracts.get(id)!,
      state: { kind: "grace", since: time(1).block },
    } as const;
    const graced = { ...state, contracts: new Map([[id, inGrace]]) };
    const call = { account: "bob", contract: id, hash: "new" };
    expect(word(updateNodeContract(graced, call))).toBe("CannotUpdateContractInGraceState");
    expect(word(updateNodeContract(rented("bob"), call))).toBe("InvalidContractType");
  });

  it.each([
    // test_cancel_node_contract_and_remove_from_billing_loop_works
    ["its owner", "bob", 1, "ok"],
    // test_cancel_node_contract_not_exists_fails
    ["its owner, under a wrong number", "bob", 2, "ContractNotExists"],
    // test_cancel_node_contract_wrong_twins_fails
    ["another", "alice", 1, "TwinNotAuthorizedToCancelContract"],
  ])("is cancelled by %s", (_who, account, id, answer) => {
    const state = deployed("bob");
    const gone = cancel(state, account, id);
    expect(word(gone)).toBe(answer);
    expect((gone.ok ? gone.value.state : state).contracts.size).toBe(gone.ok ? 0 : 1);
  });

  // test_cancel_contract_collective_by_council_approval_works
  // test_cancel_contract_collective_by_dao_approval_works
  it("is cancelled by the council whoever owns it", () => {
    const gone = value(cancelCollective(deployed("bob"), contractId(1), time(1), by));
    expect(gone.state.contracts.size).toBe(0);
    expect(gone.state.payments.size).toBe(0);
  });

  // test_create_node_contract_and_switch_node_to_standby_fails
  // test_create_rent_contract_and_switch_node_to_standby_fails
  it("keeps its farmer from sending the node to sleep, as a rent does", () => {
    expect(word(setPowerTarget(deployed(), NODE, true))).toBe("NodeHasActiveContracts");
    expect(word(setPowerTarget(rented(), NODE, true))).toBe("NodeHasActiveContracts");
    expect(word(setPowerTarget(rented(), NODE, false))).toBe("ok");
    expect(word(setPowerTarget(start(), NODE, true))).toBe("ok");
  });
});

describe("a node's report", () => {
  const report = (state: GridState, id: ContractId, node = NODE) =>
    reportResources(state, node, { contract: id, used: USED });

  it("replaces what was reported, and passes over contracts that are not there", () => {
    const state = value(report(deployed(), contractId(1)));
    expect(state.contracts.get(contractId(1))).toMatchObject({ used: USED });
    expect(value(report(state, contractId(9)))).toBe(state);
  });

  it("is refused for another kind of contract and for another node's", () => {
    expect(word(report(rented(), contractId(1)))).toBe("InvalidContractType");
    const first = deployed();
    const second = nodeId(2);
    const two = { ...first, nodes: new Map(first.nodes).set(second, first.nodes.get(NODE)!) };
    expect(word(report(two, contractId(1), second))).toBe("NodeNotAuthorizedToComputeReport");
  });

  it("of traffic adds up until the next bill, and an older one counts for nothing", () => {
    const traffic = (state: GridState, until: number) =>
      value(
        reportTraffic(
          state,
          NODE,
          {
            contract: contractId(1),
            traffic: bytes(3_000_000_000n),
            window: seconds(60),
            until: seconds(time(1).now + until),
          },
          by.pricing,
        ),
      );
    const unbilled = (state: GridState) => {
      const contract = state.contracts.get(contractId(1));
      return contract?.kind === "node" ? contract.unbilled : null;
    };
    const once = traffic(deployed(), 200);
    expect(unbilled(once)).toBe(2_500n);
    expect(unbilled(traffic(once, 300))).toBe(5_000n);
    expect(unbilled(traffic(once, 100))).toBe(2_500n);
  });
});
