/** Re-enacts the pallet's own tests of calls; the comment above a row or a test names them. */
import { describe, expect, it } from "vitest";
import {
  type ContractId,
  cancelCollective,
  cancelContract,
  contractId,
  createNameContract,
  createNodeContract,
  createRentContract,
  endContractsOf,
  type GridState,
  nodeId,
  optOut,
  providerId,
  reportResources,
  reportTraffic,
  setExtraFee,
  setPowerState,
  setPowerTarget,
  updateNodeContract,
} from "../../src/protocol/index.ts";
import { bytes, milliUsd, seconds } from "../../src/units/index.ts";
import { capacity, FARM, grid, NODE, terms, time, value, word } from "./grid.ts";

const by = terms();
const at = { ...time(1), rules: by.billing.rules };
const start = () => grid({ alice: 10n ** 12n, bob: 2_500_000_000n, charlie: 150_000n });

/** The same grid with its farm dedicated. */
function dedicated(): GridState {
  const state = start();
  const farm = state.farms.get(FARM)!;
  return { ...state, farms: new Map([[FARM, { ...farm, dedicated: true }]]) };
}

let made = 0;
const deploy = (
  state: GridState,
  account: string,
  more: { hash?: string; ips?: number; provider?: number; node?: number } = {},
) =>
  createNodeContract(
    state,
    {
      account,
      node: nodeId(more.node ?? 1),
      hash: more.hash ?? `fresh ${made++}`,
      ips: more.ips ?? 0,
      provider: more.provider === undefined ? null : providerId(more.provider),
    },
    at,
  );
const rent = (state: GridState, account: string, node = NODE) =>
  createRentContract(state, { account, node, provider: null }, at);
const name = (state: GridState, account: string, text: string) =>
  createNameContract(state, { account, name: text }, at);
const cancel = (state: GridState, account: string, id = 1) =>
  cancelContract(state, { account, contract: contractId(id) }, time(1), by);
const fee = (state: GridState, account: string, musd: bigint, node = NODE) =>
  setExtraFee(state, { account, node, fee: milliUsd(musd) });
const deployed = (account = "bob", ips = 0) => value(deploy(start(), account, { ips })).state;
const rented = (account = "bob") => value(rent(start(), account)).state;
const asleep = (state: GridState) => value(setPowerState(state, NODE, true, time(1).now));

describe("a node contract", () => {
  it.each([
    // test_create_node_contract_works
    ["on an open node", () => deploy(start(), "bob"), "ok"],
    // test_create_node_contract_with_public_ips_works
    ["with addresses that are free", () => deploy(start(), "bob", { ips: 4 }), "ok"],
    [
      "with more addresses than owned",
      () => deploy(start(), "bob", { ips: 5 }),
      "FarmHasNotEnoughPublicIPs",
    ],
    [
      "with more than are free",
      () => deploy(deployed("bob", 2), "bob", { ips: 3 }),
      "FarmHasNotEnoughPublicIPsFree",
    ],
    // test_create_node_contract_with_undefined_node_fails
    ["on no node", () => deploy(start(), "bob", { node: 2 }), "NodeNotExists"],
    ["by nobody", () => deploy(start(), "nobody", { node: 2 }), "TwinNotExists"],
    // test_create_node_contract_with_same_hash_and_node_fails
    [
      "with a hash in use",
      () => deploy(value(deploy(start(), "bob", { hash: "h" })).state, "alice", { hash: "h" }),
      "ContractIsNotUnique",
    ],
    // test_create_node_contract_which_was_canceled_before_works
    [
      "with a hash that was cancelled",
      () =>
        deploy(
          value(cancel(value(deploy(start(), "bob", { hash: "h" })).state, "bob")).state,
          "bob",
          { hash: "h" },
        ),
      "ok",
    ],
    // test_create_node_contract_on_standby_node_fails
    ["on a sleeping node", () => deploy(asleep(start()), "bob"), "NodeNotAvailableToDeploy"],
    [
      "on a node that shall sleep",
      () => deploy(value(setPowerTarget(start(), NODE, true)), "bob"),
      "NodeNotAvailableToDeploy",
    ],
    // test_create_node_contract_on_dedicated_node_without_rent_contract_fails
    [
      "on a dedicated farm's node without a rent",
      () => deploy(dedicated(), "bob"),
      "NodeNotAvailableToDeploy",
    ],
    // test_create_node_contract_when_having_a_rentcontract_works
    ["on one's own rented node", () => deploy(rented("bob"), "bob"), "ok"],
    // test_create_node_contract_on_node_rented_by_other_fails
    [
      "on a node that another rents",
      () => deploy(rented("bob"), "alice"),
      "NodeNotAvailableToDeploy",
    ],
    // test_create_node_contract_on_dedicated_node_rented_by_other_fails
    [
      "on a dedicated node that another rents",
      () => deploy(value(rent(dedicated(), "bob")).state, "alice"),
      "NodeNotAvailableToDeploy",
    ],
    // test_set_dedicated_node_extra_fee_and_create_node_contract_fails
    [
      "on a node with an extra fee",
      () => deploy(value(fee(start(), "alice", 1n)), "bob"),
      "NodeNotAvailableToDeploy",
    ],
    // test_set_dedicated_node_extra_fee_and_set_it_back_to_zero_works
    [
      "where the extra fee was taken back",
      () => deploy(value(fee(value(fee(start(), "alice", 1n)), "alice", 0n)), "bob"),
      "ok",
    ],
    [
      "on a node that left this billing",
      () => deploy(value(optOut(start(), NODE)), "bob"),
      "OnlyTwinAdminCanDeployOnThisNode",
    ],
    [
      "that names no provider there is",
      () => deploy(start(), "bob", { provider: 1 }),
      "NoSuchSolutionProvider",
    ],
  ])("%s", (_where, act, answer) => {
    expect(word(act())).toBe(answer);
  });

  // test_create_multiple_node_contracts_works
  it("is one of as many as are made, and leaves the others when it ends", () => {
    let state = start();
    for (let i = 0; i < 3; i++) state = value(deploy(state, "bob")).state;
    expect([...state.contracts.keys()]).toEqual([1, 2, 3]);
    expect([...value(cancel(state, "bob", 2)).state.contracts.keys()]).toEqual([1, 3]);
  });

  // test_cancel_node_contract_frees_public_ips_works
  it("frees its addresses when it ends", () => {
    const full = deployed("bob", 4);
    expect(word(deploy(full, "alice", { ips: 1 }))).toBe("FarmHasNotEnoughPublicIPsFree");
    expect(word(deploy(value(cancel(full, "bob")).state, "alice", { ips: 4 }))).toBe("ok");
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
      state: { kind: "grace", since: at.block },
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
    expect(word(name(start(), "bob", text))).toBe(answer);
  });

  // test_create_name_contract_double_with_same_name_fails
  // test_cancel_name_contract_works
  // test_recreate_name_contract_after_cancel_works
  it("is taken once, and free again when it ends", () => {
    const taken = value(name(start(), "bob", "foobar")).state;
    expect(word(name(taken, "alice", "foobar"))).toBe("NameExists");
    const gone = value(cancel(taken, "bob")).state;
    expect(gone.contracts.size).toBe(0);
    expect(word(name(gone, "bob", "foobar"))).toBe("ok");
  });
});

describe("a rent contract", () => {
  it.each([
    // test_create_rent_contract_works
    ["on a dedicated node", () => rent(dedicated(), "bob"), "ok"],
    // test_create_rent_contract_non_dedicated_empty_node_works
    ["on an empty node", () => rent(start(), "bob"), "ok"],
    // test_create_rent_contract_on_node_in_use_fails
    ["on a node in use", () => rent(deployed("bob"), "bob"), "NodeNotAvailableToDeploy"],
    // test_create_rent_contract_on_standby_node_works
    ["on a sleeping node", () => rent(asleep(start()), "bob"), "ok"],
    // test_set_dedicated_node_extra_fee_and_create_rent_contract_works
    ["on a node with an extra fee", () => rent(value(fee(start(), "alice", 1n)), "bob"), "ok"],
    ["on a node already rented", () => rent(rented("bob"), "alice"), "NodeHasRentContract"],
    ["on no node", () => rent(start(), "bob", nodeId(9)), "NodeNotExists"],
    ["by nobody", () => rent(start(), "nobody"), "TwinNotExists"],
    [
      "on a node that left this billing",
      () => rent(value(optOut(start(), NODE)), "bob"),
      "OnlyTwinAdminCanDeployOnThisNode",
    ],
  ])("%s", (_where, act, answer) => {
    expect(word(act())).toBe(answer);
  });

  it("may be made over other people's contracts where the farm is dedicated", () => {
    const busy = deployed("alice");
    const farm = { ...busy.farms.get(FARM)!, dedicated: true };
    expect(word(rent({ ...busy, farms: new Map([[FARM, farm]]) }, "bob"))).toBe("ok");
  });

  // test_cancel_rent_contract_works
  // test_cancel_rent_contract_with_active_node_contracts_fails
  it("ends only after its node contracts", () => {
    const both = value(deploy(rented("bob"), "bob")).state;
    expect(word(cancel(both, "bob", 1))).toBe("NodeHasActiveContracts");
    const alone = value(cancel(both, "bob", 2)).state;
    expect(word(cancel(alone, "bob", 1))).toBe("ok");
  });

  // test_create_rent_contract_on_standby_node_and_wake_it_up_works
  it("is billed from the node's waking on", () => {
    const state = value(rent(asleep(start()), "bob")).state;
    const woken = value(setPowerState(state, NODE, false, time(7).now));
    expect(woken.payments.get(contractId(1))?.updated).toBe(time(7).now);
  });

  // test_rent_contract_and_node_contract_canceled_when_node_is_deleted_works
  // test_cancel_contract_by_node_works
  it("ends with its node contracts when the node is deleted", () => {
    const both = value(deploy(rented("bob"), "bob")).state;
    const gone = endContractsOf(both, NODE, time(2), by);
    expect(gone.contracts.size).toBe(0);
  });
});

describe("an extra fee", () => {
  it.each([
    // test_set_dedicated_node_extra_fee_works
    ["by the farmer", () => fee(start(), "alice", 100_000n), "ok"],
    // test_set_dedicated_node_extra_fee_undefined_node_fails
    ["on no node", () => fee(start(), "alice", 1n, nodeId(9)), "NodeNotExists"],
    // test_set_dedicated_node_extra_fee_unauthorized_fails
    ["by another", () => fee(start(), "bob", 1n), "UnauthorizedToSetExtraFee"],
    // test_set_dedicated_node_extra_fee_with_active_node_contract_fails
    ["over a node contract", () => fee(deployed(), "alice", 1n), "NodeHasActiveContracts"],
    // test_set_dedicated_node_extra_fee_with_active_rent_contract_fails
    ["over a rent", () => fee(rented(), "alice", 1n), "NodeHasActiveContracts"],
    ["by nobody", () => fee(start(), "nobody", 1n), "TwinNotExists"],
  ])("%s", (_who, act, answer) => {
    expect(word(act())).toBe(answer);
  });
});

describe("a node's report", () => {
  const used = capacity(2n, 2n, 60n, 0n);
  const report = (state: GridState, id: ContractId, node = NODE) =>
    reportResources(state, node, { contract: id, used });

  it("replaces what was reported, and passes over contracts that are not there", () => {
    const state = value(report(deployed(), contractId(1)));
    expect(state.contracts.get(contractId(1))).toMatchObject({ used });
    expect(value(report(state, contractId(9)))).toBe(state);
  });

  it("is refused for another kind of contract and for another node's", () => {
    expect(word(report(rented(), contractId(1)))).toBe("InvalidContractType");
    expect(word(report(deployed(), contractId(1), nodeId(9)))).toBe("NodeNotExists");
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
            until: seconds(until),
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
