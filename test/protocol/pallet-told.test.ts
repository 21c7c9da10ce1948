/**
 * Re-enacts the contract pallet's own tests by the chain's calls, with what they announce whole and
 * in order; the comment above a test names them. An hour of the deployment used here costs 0.036392
 * USD, of an address 0.00694, of the rent 0.0943 after the half; 1e-7 USD are 20 of 1e-7 TFT.
 */
import { describe, expect, it } from "vitest";
import { began, billed, burned, ceased, ended, Pallet } from "./pallet.ts";
import { council, root } from "./stage.ts";

const HASH = "a".repeat(32);

describe("the pallet's deployments", () => {
  // test_create_node_contract_works
  it("are stored whole, and put into the bucket of their number", () => {
    const chain = new Pallet();
    expect(chain.deploy("alice", { deployment_hash: HASH })).toBe("Yes");
    chain.use(1);
    expect(chain.contract(1)).toMatchObject({
      ...{ id: 1, kind: "node", twin: 1, node: 1, hash: HASH, ips: 0, provider: null },
      state: { kind: "created" },
    });
    expect([0, 1, 2, 11, 12].filter((block) => chain.bucket(block).includes(1 as never))).toEqual([
      1, 11,
    ]);
  });

  // test_create_node_contract_with_public_ips_works
  // test_cancel_node_contract_frees_public_ips_works
  it("hold the first addresses of the farm, and give them back", () => {
    const chain = new Pallet();
    chain.deploy("alice", { public_ips: 2 });
    const held = () => [...chain.state.farms.byId.values()][0].ips;
    expect(held().map(({ ip, gw, contract }) => [ip, gw, contract])).toEqual([
      ["185.206.122.33/24", "185.206.122.1", 1],
      ["185.206.122.34/24", "185.206.122.1", 1],
    ]);
    expect(chain.contract(1)).toMatchObject({ ips: 2 });
    chain.cancel("alice", 1);
    expect(held().map(({ contract }) => contract)).toEqual([null, null]);
  });

  // test_update_node_contract_works
  it("have another hash after an update, and nothing else is another", () => {
    const chain = new Pallet();
    chain.deploy("alice", { deployment_hash: HASH });
    const before = chain.contract(1);
    const hash = "b".repeat(32);
    const update = { contract_id: 1, deployment_hash: hash };
    expect(chain.call("alice", "update_node_contract", update)).toBe("Yes");
    expect(chain.contract(1)).toEqual({ ...before, hash });
    expect(chain.deploy("alice", { deployment_hash: hash })).toBe("ContractIsNotUnique");
    expect(chain.deploy("alice", { deployment_hash: HASH })).toBe("Yes");
  });

  // test_cancel_contract_by_node_works
  // test_create_node_contract_which_was_canceled_before_works
  // test_cancel_node_contract_and_remove_from_billing_loop_works
  it("leave storage, bucket and hash when their owner ends them", () => {
    const chain = new Pallet();
    chain.deploy("alice", { deployment_hash: HASH, public_ips: 1 });
    chain.at(6);
    expect(chain.bucket(11)).toEqual([1]);
    expect(chain.cancel("node", 1)).toBe("TwinNotAuthorizedToCancelContract");
    expect(chain.cancel("alice", 1)).toBe("Yes");
    expect([chain.contract(1), chain.bucket(11)]).toEqual([undefined, []]);
    expect(chain.state.contracts.payments.size).toBe(0);
    expect(chain.deploy("alice", { deployment_hash: HASH })).toBe("Yes");
    expect(chain.contract(2)).toMatchObject({ hash: HASH });
  });

  // test_create_multiple_node_contracts_works
  it("are three on a node, of which two stay when one ends", () => {
    const chain = new Pallet();
    for (let count = 0; count < 3; count++) expect(chain.deploy("alice")).toBe("Yes");
    chain.cancel("alice", 1);
    expect([...chain.state.contracts.contracts.keys()]).toEqual([2, 3]);
  });

  // test_cancel_contract_collective_by_dao_approval_works
  // test_cancel_contract_collective_by_council_approval_works
  it("end by the chain itself and by three fifths of the council, and not by less", () => {
    for (const by of [root, council(3, 5)]) {
      const chain = new Pallet();
      chain.deploy("bob");
      const end = "contracts.cancel_contract_collective";
      expect(chain.act(council(2, 5), end, { contract_id: 1 })).toBe("BadOrigin");
      expect(chain.act(by, end, { contract_id: 1 })).toBe("Yes");
      expect(chain.contract(1)).toBeUndefined();
    }
  });

  // test_create_node_contract_and_switch_node_to_standby_fails
  // test_create_rent_contract_and_switch_node_to_standby_fails
  it("and rents keep the farmer from sending the node to sleep", () => {
    for (const make of [(of: Pallet) => of.deploy("alice"), (of: Pallet) => of.rent("bob")]) {
      const chain = new Pallet();
      expect(make(chain)).toBe("Yes");
      const sleep = { node_id: 1, power_target: "Down" };
      expect(chain.act("alice", "tfgrid.change_power_target", sleep)).toBe(
        "TfgridModule.NodeHasActiveContracts",
      );
    }
  });
});

describe("the pallet's bills of deployments", () => {
  // test_multiple_contracts_billing_loop_works
  it("are told in the block of each contract's bucket", () => {
    const chain = new Pallet();
    chain.deploy("bob", { public_ips: 1 });
    chain.at(2);
    chain.call("bob", "create_name_contract", { name: "some_name" });
    chain.events = [];
    chain.to(12);
    expect(chain.said).toEqual([
      billed(1, 11, 18_512n, "Default"),
      billed(2, 12, 2_784n, "Silver"),
    ]);
  });

  // test_node_contract_billing_details
  it("of 25 cycles pay out 24 of them with the traffic, and lock the last", () => {
    const chain = new Pallet();
    chain.deploy("bob", { public_ips: 1 });
    chain.use(1);
    const traffic = { contract_id: 1, nru: 3_000_000_000, window: 60, timestamp: chain.seconds };
    chain.call("node", "add_nru_reports", { reports: [traffic] });
    const { issuance } = chain.state.ledger;
    chain.to(251);
    // 24 times 144440 and, for 3e9 bytes in a minute, 50000.
    const paid = 3_516_560n;
    expect(chain.account("bob")).toEqual({
      ...{ free: 2_500_000_000n - paid, reserved: 0n, frozen: 144_440n },
    });
    const burn = paid / 2n - paid / 10n - paid / 20n;
    expect(issuance - chain.state.ledger.issuance).toBe(burn);
    expect(chain.words.filter((word) => word === "ContractBilled").length).toBe(25);
    expect(chain.said).toContainEqual(burned(1, burn));
    expect(chain.contract(1)).toMatchObject({ unbilled: 0n });
  });

  // test_node_contract_billing_cycles_delete_node_cancels_contract
  it("come last when the farmer deletes the node, before what ends is told", () => {
    const chain = new Pallet();
    chain.deploy("bob", { public_ips: 1 });
    chain.use(1);
    chain.to(55);
    chain.events = [];
    chain.act("alice", "tfgrid.delete_node_farm", { node_id: 1 });
    const publicIps = [{ ip: "185.206.122.33/24", gw: "185.206.122.1", contract: null }];
    expect(chain.said).toEqual([
      // Five cycles of 144440 are 722200: half of it, less 72220 and 36110, is burned.
      burned(1, 252_770n),
      billed(1, 55, 57_780n),
      { event: "IPsFreed", contractId: 1, publicIps },
      ceased(1, 2),
    ]);
    expect(chain.events.at(-1)?.event).toBe("TfgridModule.NodeDeleted");
  });

  // test_node_contract_out_of_funds_should_move_state_to_graceperiod_works
  // test_restore_node_contract_in_grace_works
  it("open a grace period in block 21 and, once paid for, close it", () => {
    const chain = new Pallet();
    chain.deploy("charlie");
    chain.use(1);
    chain.to(21);
    expect(chain.said.slice(2)).toEqual([billed(1, 11, 121_300n), began(1, 21)]);
    chain.to(41);
    chain.act("bob", "balances.transfer_allow_death", { dest: "charlie", value: 100_000_000 });
    chain.events = [];
    chain.to(62);
    expect(chain.said).toEqual([ended(1), billed(1, 51, 121_300n), billed(1, 61, 121_300n)]);
    expect(chain.contract(1)).toMatchObject({ state: { kind: "created" } });
  });

  // test_node_contract_grace_period_cancels_contract_when_grace_period_ends_works
  it("end a contract after 100 blocks of grace, with all that is left but the deposit", () => {
    const chain = new Pallet();
    chain.deploy("charlie");
    chain.use(1);
    chain.to(120);
    expect(chain.contract(1)).toMatchObject({ state: { kind: "grace", since: 21 } });
    chain.events = [];
    chain.to(121);
    expect(chain.said).toEqual([burned(1, 52_325n), billed(1, 121, 121_300n), ceased(1, 3)]);
    expect(chain.account("charlie")).toEqual({ free: 500n, reserved: 0n, frozen: 0n });
    expect(chain.bucket(131)).toEqual([]);
  });

  // test_name_contract_billing
  it("and of a name are told with the instant, at Silver", () => {
    const chain = new Pallet();
    chain.call("bob", "create_name_contract", { name: "foobar" });
    chain.to(11);
    expect(chain.said.at(-1)).toEqual(billed(1, 11, 2_784n, "Silver"));
    expect(billed(1, 11, 2_784n).timestamp).toBe(1_628_082_066);
  });
});

describe("the pallet's rents", () => {
  // test_create_rent_contract_on_standby_node_and_wake_it_up_works
  // test_rent_contract_billing
  it("cost nothing while the node sleeps, and from its waking on all of its time", () => {
    const chain = new Pallet();
    expect(chain.power("Down")).toBe("No");
    expect(chain.rent("bob")).toBe("Yes");
    chain.to(15);
    chain.power("Up");
    chain.to(25);
    chain.power("Down");
    chain.to(45);
    chain.power("Up");
    chain.to(51);
    expect(chain.said.slice(1)).toEqual([billed(1, 21, 188_600n), billed(1, 51, 188_600n)]);
  });

  // test_rent_contract_billing_cancel_should_bill_reserved_balance
  // test_rent_contract_canceled_mid_cycle_should_bill_for_remainder
  it("that end pay what was locked and nothing more, and leave nothing locked", () => {
    const chain = new Pallet();
    chain.rent("bob");
    chain.to(13);
    chain.cancel("bob", 1);
    expect(chain.said.slice(2)).toEqual([
      burned(1, 110_012n),
      billed(1, 13, 62_860n),
      { event: "RentContractCanceled", contractId: 1 },
    ]);
    expect(chain.account("bob")).toEqual({ free: 2_499_685_680n, reserved: 0n, frozen: 0n });
    const early = new Pallet();
    early.rent("bob");
    early.to(8);
    early.cancel("bob", 1);
    expect(early.said[1]).toEqual(billed(1, 8, 220_020n));
    expect(early.account("bob")).toEqual({ free: 2_500_000_000n, reserved: 0n, frozen: 0n });
  });

  // test_create_rent_contract_and_node_contract_excludes_node_contract_from_billing_works
  it("cover deployments, of which no bill is told", () => {
    const chain = new Pallet();
    chain.rent("bob");
    chain.at(2);
    chain.deploy("bob");
    chain.use(2);
    chain.events = [];
    chain.to(12);
    expect(chain.said).toEqual([billed(1, 11, 314_320n)]);
  });

  // test_create_rent_contract_and_node_contract_with_ip_billing_works
  it("do not cover addresses, which are told beside them", () => {
    const chain = new Pallet();
    chain.rent("bob");
    chain.at(2);
    chain.deploy("bob", { public_ips: 1 });
    chain.events = [];
    chain.to(12);
    expect(chain.said).toEqual([billed(1, 11, 314_320n), billed(2, 12, 18_512n, "Default")]);
  });

  // test_rent_contract_out_of_funds_should_move_state_to_graceperiod_works
  // test_restore_rent_contract_in_grace_works
  // test_restore_rent_contract_and_node_contracts_in_grace_works
  it("in grace take deployments along, and out of it, the rent first", () => {
    const chain = new Pallet();
    chain.rent("charlie");
    chain.at(2);
    chain.deploy("charlie");
    chain.use(2);
    chain.events = [];
    chain.to(32);
    expect(chain.said).toEqual([began(1, 11), began(2, 11)]);
    chain.act("bob", "balances.transfer_allow_death", { dest: "charlie", value: 100_000_000 });
    chain.events = [];
    chain.to(52);
    expect(chain.said).toEqual([
      ...[ended(1), ended(2)],
      ...[billed(1, 41, 314_320n), billed(1, 51, 314_320n)],
    ]);
    expect(chain.contract(1)).toMatchObject({ state: { kind: "created" } });
  });

  // test_rent_contract_grace_period_cancels_contract_when_grace_period_ends_works
  // test_rent_contract_canceled_due_to_out_of_funds_should_cancel_node_contracts_works
  it("end in block 111 for want of funds, after their deployments", () => {
    const chain = new Pallet();
    chain.rent("charlie");
    chain.at(2);
    chain.deploy("charlie");
    chain.use(2);
    chain.events = [];
    chain.to(111);
    expect(chain.said).toEqual([
      ...[began(1, 11), began(2, 11), burned(1, 52_325n), billed(1, 111, 314_320n)],
      ...[ceased(2, 3), { event: "RentContractCanceled", contractId: 1 }],
    ]);
    expect([chain.bucket(121), chain.bucket(122)]).toEqual([[], []]);
  });

  // test_rent_contract_and_node_contract_canceled_when_node_is_deleted_works
  it("end with their node, after their deployments", () => {
    const chain = new Pallet();
    chain.rent("bob");
    chain.at(2);
    chain.deploy("bob");
    chain.use(2);
    chain.to(16);
    chain.events = [];
    chain.act("alice", "tfgrid.delete_node_farm", { node_id: 1 });
    expect(chain.said).toEqual([
      ...[billed(2, 16, 0n), ceased(2, 2)],
      ...[burned(1, 110_012n), billed(1, 16, 157_160n)],
      { event: "RentContractCanceled", contractId: 1 },
    ]);
  });
});
