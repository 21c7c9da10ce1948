/** Contracts by the chain's own calls: what is stored, announced, freed, and who pays. */
import { describe, expect, it } from "vitest";
import {
  type ContractId,
  contractId,
  type FarmIp,
  type NodeContract,
} from "../../src/protocol/index.ts";
import { council, root, SMALL, Stage } from "./stage.ts";

const GIB = 2 ** 30;
const IPS = [1, 2, 3].map((host) => ({ ip: `185.206.122.${host + 32}/24`, gw: "185.206.122.1" }));
const HASH = "0".repeat(32);
const FIRST = contractId(1);

/** A farm with addresses and two nodes, and a user with money. */
function grid(rules: "legacy" | "reserve" = "legacy"): Stage {
  const stage = new Stage();
  stage.state = {
    ...stage.state,
    runtime: { ...stage.state.runtime, billing: { ...stage.state.runtime.billing, rules } },
  };
  stage.farm("f", [SMALL, SMALL]);
  for (const ip of IPS) stage.act("f", "tfgrid.add_farm_ip", { farm_id: 1, ...ip });
  stage.twin("u");
  stage.act(root, "balances.force_set_balance", { who: "u", new_free: 10_000_000_000 });
  for (const who of ["f", "foundation", "staking", "sales"]) {
    stage.act(root, "balances.force_set_balance", { who, new_free: 1_000_000 });
  }
  return stage;
}

const deploy = (stage: Stage, change: object = {}, by = "u") =>
  stage.act(by, "contracts.create_node_contract", {
    node_id: 1,
    deployment_hash: HASH,
    public_ips: 0,
    ...change,
  });

const held = (stage: Stage): readonly (ContractId | null)[] =>
  [...stage.state.farms.byId.values()][0].ips.map(({ contract }: FarmIp) => contract);

const names = (stage: Stage, from: number): readonly string[] =>
  stage.events.slice(from).map(({ event }) => event.replace("SmartContractModule.", ""));

describe("a deployment by the chain's calls", () => {
  it("takes the first free addresses of its farm, and gives them back", () => {
    const stage = grid();
    expect(deploy(stage, { public_ips: 2 })).toBe("Yes");
    expect(held(stage)).toEqual([1, 1, null]);
    expect(deploy(stage, { deployment_hash: "1", public_ips: 2 })).toBe(
      "SmartContractModule.FarmHasNotEnoughPublicIPsFree",
    );
    expect(deploy(stage, { deployment_hash: "1", public_ips: 4 })).toBe(
      "SmartContractModule.FarmHasNotEnoughPublicIPs",
    );
    expect(deploy(stage, { node_id: 2, public_ips: 1 })).toBe("Yes");
    expect(held(stage)).toEqual([1, 1, 2]);
    const from = stage.events.length;
    expect(stage.act("u", "contracts.cancel_contract", { contract_id: 1 })).toBe("Yes");
    expect(held(stage)).toEqual([null, null, 2]);
    expect(names(stage, from)).toEqual(["ContractBilled", "IPsFreed", "NodeContractCanceled"]);
    expect(stage.events.at(-2)).toMatchObject({
      publicIps: [{ ip: IPS[0].ip }, { ip: IPS[1].ip }],
    });
  });

  it("may take an address that was freed by force", () => {
    const stage = grid();
    deploy(stage, { public_ips: 3 });
    const reset = { farm_id: 1, ip: IPS[1].ip };
    expect(stage.act(root, "tfgrid.force_reset_farm_ip", reset)).toBe("Yes");
    expect(deploy(stage, { deployment_hash: "1", public_ips: 1 })).toBe("Yes");
    expect(held(stage)).toEqual([1, 2, 1]);
  });

  it("leaves its addresses taken in a farm that its node has left", () => {
    const stage = grid();
    deploy(stage, { public_ips: 1 });
    stage.farm("g");
    stage.act("f.n0", "tfgrid.update_node", { node_id: 1, farm_id: 2, resources: SMALL });
    stage.act("u", "contracts.cancel_contract", { contract_id: 1 });
    expect(stage.state.contracts.contracts.size).toBe(0);
    expect(held(stage)).toEqual([1, null, null]);
  });

  it("is reported by its node for free, and billed by anybody", () => {
    const stage = grid();
    deploy(stage);
    const used = { cru: 1, mru: 2 * GIB, sru: 10 * GIB, hru: 0 };
    const resources = { contract_resources: [{ contract_id: 1, used }] };
    expect(stage.act("f.n0", "contracts.report_contract_resources", resources)).toBe("No");
    expect(stage.act("f.n1", "contracts.report_contract_resources", resources)).toBe(
      "SmartContractModule.NodeNotAuthorizedToComputeReport",
    );
    const report = { contract_id: 1, nru: 3_000_000_000, window: 600, timestamp: 2_000 };
    expect(stage.act("f.n0", "contracts.add_nru_reports", { reports: [report] })).toBe("No");
    const contract = stage.state.contracts.contracts.get(FIRST) as NodeContract;
    expect([contract.used.cru, contract.unbilled > 0n]).toEqual([1n, true]);
    stage.seconds += 3_600;
    expect(stage.act("x", "contracts.bill_contract_for_block", { contract_id: 1 })).toBe("Yes");
    expect(stage.act("x", "contracts.bill_contract_for_block", { contract_id: 2 })).toBe(
      "SmartContractModule.ContractNotExists",
    );
    expect(stage.state.contracts.payments.get(FIRST)?.updated).toBe(4_600);
  });

  it("is told of by a node that deleted itself, which finds no contract", () => {
    const stage = grid();
    const used = { cru: 1, mru: 2 * GIB, sru: 10 * GIB, hru: 0 };
    const tell = (contract: number) =>
      stage.act("f.n0", "contracts.report_contract_resources", {
        contract_resources: [{ contract_id: contract, used }],
      });
    expect(stage.act("f.n0", "tfgrid.delete_node", { node_id: 1 })).toBe("Yes");
    deploy(stage, { node_id: 2 });
    expect([tell(1), tell(2)]).toEqual([
      "SmartContractModule.NodeNotAuthorizedToComputeReport",
      "No",
    ]);
    expect(stage.act("f.n0", "contracts.add_nru_reports", { reports: [] })).toBe(
      "SmartContractModule.NodeNotExists",
    );
  });

  it("is asked for before the prices that a chain may lack", () => {
    const stage = new Stage("mock-tfgrid");
    stage.twin("u");
    stage.twin("v");
    const refused = (call: string, args: object = { contract_id: 1 }) =>
      stage.act("u", `contracts.${call}`, args).replace("SmartContractModule.", "");
    expect(["cancel_contract", "bill_contract_for_block"].map((call) => refused(call))).toEqual([
      "ContractNotExists",
      "ContractNotExists",
    ]);
    expect(refused("add_nru_reports", { reports: [] })).toBe("NodeNotExists");
    expect(refused("create_name_contract", { name: "mine" })).toBe("Yes");
    expect(refused("bill_contract_for_block")).toBe("PricingPolicyNotExists");
    const service = { service_contract_id: 1 };
    refused("service_contract_create", { service_account: "u", consumer_account: "v" });
    refused("service_contract_set_fees", { ...service, base_fee: 0, variable_fee: 0 });
    expect(refused("service_contract_bill", { ...service, variable_amount: 0, metadata: "" })).toBe(
      "ServiceContractBillingNotApprovedByBoth",
    );
  });

  it("is billed for nothing by who makes the blocks, since spec 152", () => {
    const bill = (rules: "legacy" | "reserve", by: string) => {
      const stage = grid(rules);
      stage.act("u", "contracts.create_name_contract", { name: "mine" });
      stage.seconds += 3_600;
      return stage.act(by, "contracts.bill_contract_for_block", { contract_id: 1 });
    };
    expect([bill("legacy", "v1"), bill("reserve", "v1"), bill("reserve", "x")]).toEqual([
      "Yes",
      "No",
      "Yes",
    ]);
  });

  it("is updated by its owner, and moved by the council", () => {
    const stage = grid("reserve");
    deploy(stage, { public_ips: 1 });
    const update = { contract_id: 1, deployment_hash: "2" };
    expect(stage.act("f", "contracts.update_node_contract", update)).toBe(
      "SmartContractModule.TwinNotAuthorizedToUpdateContract",
    );
    expect(stage.act("u", "contracts.update_node_contract", update)).toBe("Yes");
    const move = { contract_id: 1, node_id: 2 };
    expect(stage.act("u", "contracts.migrate_node_contract", move)).toBe("BadOrigin");
    expect(stage.act(council(3, 5), "contracts.migrate_node_contract", move)).toBe("Yes");
    expect(stage.state.contracts.contracts.get(FIRST)).toMatchObject({ node: 2, hash: "2" });
    expect(held(stage)).toEqual([1, null, null]);
    expect(stage.events.at(-1)?.event).toBe("SmartContractModule.ContractUpdated");
  });
});

describe("rents and names by the chain's calls", () => {
  it("shut out others, and end in the order in which the chain says it", () => {
    const stage = grid("reserve");
    expect(stage.act("u", "contracts.create_rent_contract", { node_id: 1 })).toBe("Yes");
    expect(stage.act("f", "contracts.create_rent_contract", { node_id: 1 })).toBe(
      "SmartContractModule.NodeHasRentContract",
    );
    expect(deploy(stage, {}, "f")).toBe("SmartContractModule.NodeNotAvailableToDeploy");
    expect(deploy(stage, { public_ips: 1 })).toBe("Yes");
    expect(stage.act("u", "contracts.cancel_contract", { contract_id: 1 })).toBe(
      "SmartContractModule.NodeHasActiveContracts",
    );
    const from = stage.events.length;
    stage.seconds += 3_600;
    expect(stage.act("f.n0", "tfgrid.delete_node", { node_id: 1 })).toBe("Yes");
    expect(names(stage, from).filter((name) => /Cancel|IPs|Deleted/.test(name))).toEqual([
      "IPsFreed",
      "NodeContractCanceled",
      "RentContractCanceled",
      "TfgridModule.NodeDeleted",
    ]);
    expect(held(stage)).toEqual([null, null, null]);
  });

  it("keep their bucket when the council raises the frequency, and cannot end", () => {
    const stage = grid("reserve");
    for (let count = 0; count < 601; count++) {
      stage.act("u", "contracts.create_name_contract", { name: `name${count}` });
    }
    stage.act(council(3, 5), "contracts.change_billing_frequency", { frequency: 700 });
    expect(stage.act("u", "contracts.cancel_contract", { contract_id: 601 })).toBe(
      "SmartContractModule.ContractWrongBillingLoopIndex",
    );
    expect(stage.act("u", "contracts.cancel_contract", { contract_id: 599 })).toBe("Yes");
  });
});

describe("providers and services by the chain's calls", () => {
  it("are named once by a contract's owner, when the council has approved", () => {
    const stage = grid();
    deploy(stage);
    const shares = (take: number) => ({ providers: [{ who: "p", take }] });
    expect(stage.act("p", "contracts.create_solution_provider", shares(51))).toBe(
      "SmartContractModule.InvalidProviderConfiguration",
    );
    expect(stage.act("p", "contracts.create_solution_provider", shares(10))).toBe("Yes");
    const attach = { contract_id: 1, solution_provider_id: 1 };
    expect(stage.act("u", "contracts.attach_solution_provider_id", attach)).toBe(
      "SmartContractModule.SolutionProviderNotApproved",
    );
    const approve = { solution_provider_id: 1, approve: true };
    stage.act(council(3, 5), "contracts.approve_solution_provider", approve);
    expect(stage.act("u", "contracts.attach_solution_provider_id", attach)).toBe("Yes");
    expect(stage.act("u", "contracts.attach_solution_provider_id", attach)).toBe(
      "SmartContractModule.UnauthorizedToChangeSolutionProviderId",
    );
  });

  it("are agreed, billed an hour at a time, and ended", () => {
    const stage = grid();
    const ask = (by: string, name: string, args: object = {}) =>
      stage.act(by, `contracts.service_contract_${name}`, { service_contract_id: 1, ...args });
    const parties = { service_account: "f", consumer_account: "u" };
    expect(stage.act("u", "contracts.service_contract_create", parties)).toBe("Yes");
    expect(ask("u", "approve")).toBe("SmartContractModule.ServiceContractApprovalNotAllowed");
    expect(ask("f", "set_fees", { base_fee: 100, variable_fee: 50 })).toBe("Yes");
    expect(ask("u", "set_metadata", { metadata: "backups" })).toBe("Yes");
    expect([ask("u", "approve"), ask("f", "approve")]).toEqual(["Yes", "Yes"]);
    expect(ask("f", "reject")).toBe("SmartContractModule.ServiceContractRejectionNotAllowed");
    stage.seconds += 7_200;
    expect(ask("f", "bill", { variable_amount: 51, metadata: "" })).toBe(
      "SmartContractModule.ServiceContractBillingVariableAmountTooHigh",
    );
    expect(ask("f", "bill", { variable_amount: 50, metadata: "" })).toBe("Yes");
    // 0.15 USD at the floor of 0.01 USD a TFT.
    expect(stage.events.at(-1)).toMatchObject({ amount: 150_000_000n, charge: { window: 3_600 } });
    expect(ask("u", "cancel")).toBe("Yes");
    expect(stage.state.contracts.services.size).toBe(0);
  });
});

describe("a node that leaves this billing", () => {
  it("is its farmer's to take out, for good, with a note, until it is deleted", () => {
    const stage = grid("reserve");
    const node = { node_id: 1 };
    const note = (by: string, metadata: string) =>
      stage.act(by, "tfgrid.set_node_v3_opt_out_metadata", { ...node, metadata });
    expect(note("f", "v4")).toBe("TfgridModule.NodeNotOptedOutOfV3Billing");
    expect(stage.act("u", "tfgrid.opt_out_of_v3_billing", node)).toBe(
      "TfgridModule.NodeUpdateNotAuthorized",
    );
    expect(stage.act("f", "tfgrid.opt_out_of_v3_billing", node)).toBe("Yes");
    expect(stage.act("f", "tfgrid.opt_out_of_v3_billing", node)).toBe(
      "TfgridModule.NodeV3BillingOptOutAlreadyEnabled",
    );
    expect([note("u", "v4"), note("f", "x".repeat(257)), note("f", "v4")]).toEqual([
      "TfgridModule.NodeUpdateNotAuthorized",
      "TfgridModule.NodeV3OptOutMetadataTooLong",
      "Yes",
    ]);
    expect([...stage.state.optOuts.values()]).toEqual([{ at: 1_000, note: "v4" }]);
    expect(note("f", "")).toBe("Yes");
    expect(stage.events.at(-1)?.event).toBe("TfgridModule.NodeV3OptOutMetadataCleared");
    stage.act("f", "tfgrid.delete_node_farm", node);
    expect(stage.state.optOuts.size).toBe(0);
  });

  it("is deployed on by those whom the council lists", () => {
    const stage = grid("reserve");
    stage.act("f", "tfgrid.opt_out_of_v3_billing", { node_id: 1 });
    expect(deploy(stage)).toBe("SmartContractModule.OnlyTwinAdminCanDeployOnThisNode");
    const who = { account: "u" };
    expect(stage.act("u", "tfgrid.add_twin_admin", who)).toBe("BadOrigin");
    expect(stage.act(council(3, 5), "tfgrid.add_twin_admin", who)).toBe("Yes");
    expect(stage.act(root, "tfgrid.add_twin_admin", who)).toBe("TfgridModule.AlreadyTwinAdmin");
    expect(deploy(stage)).toBe("Yes");
    expect(stage.act(root, "tfgrid.remove_twin_admin", who)).toBe("Yes");
    expect(stage.act(root, "tfgrid.remove_twin_admin", who)).toBe("TfgridModule.NotTwinAdmin");
  });
});

describe("a transfer", () => {
  it("keeps its payer alive where it says so, and ends the account where it does not", () => {
    const stage = grid();
    const pay = (name: string, value: number) =>
      stage.act("u", `balances.${name}`, { dest: "f", value });
    const all = 10_000_000_000;
    expect(pay("transfer_keep_alive", all)).toBe("Token.NotExpendable");
    expect(pay("transfer_keep_alive", all + 1)).toBe("Token.FundsUnavailable");
    expect(pay("transfer_allow_death", all)).toBe("Yes");
    expect(stage.state.ledger.accounts.has("u")).toBe(false);
  });
});
