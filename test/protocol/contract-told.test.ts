/** What calls about contracts announce, each event with all that it says, in order. */
import { describe, expect, it } from "vitest";
import { council, root, SMALL, Stage } from "./stage.ts";

const GIB = 2 ** 30;
const IPS = [1, 2, 3].map((host) => ({ ip: `185.206.122.${host + 32}/24`, gw: "185.206.122.1" }));
const SMART = "SmartContractModule.";

/** A farm with three addresses and two nodes, and a user with money. */
function grid(rules: "legacy" | "reserve" = "reserve"): Stage {
  const stage = new Stage();
  const billing = { ...stage.state.runtime.billing, rules };
  stage.state = { ...stage.state, runtime: { ...stage.state.runtime, billing } };
  stage.farm("f", [SMALL, SMALL]);
  for (const ip of IPS) stage.act("f", "tfgrid.add_farm_ip", { farm_id: 1, ...ip });
  stage.twin("u");
  const rich = { who: "u", new_free: 10_000_000_000 };
  stage.act(root, "balances.force_set_balance", rich);
  return stage;
}

const NODE = { node_id: 1, deployment_hash: "0".repeat(32), public_ips: 0 };
const told = (stage: Stage, by: string, name: string, args: object = {}) =>
  stage.told(by, `contracts.${name}`, args);
const stored = (stage: Stage, id: number) =>
  [...stage.state.contracts.contracts.values()].find((contract) => contract.id === id);
const words = (answer: readonly unknown[]) =>
  answer.map((one) => (typeof one === "string" ? one : (one as { event: string }).event));

describe("a contract that is made or changed", () => {
  it.each([
    ["create_node_contract", NODE, { kind: "node", node: 1, ips: 0 }],
    ["create_rent_contract", { node_id: 1 }, { kind: "rent", node: 1 }],
    ["create_name_contract", { name: "mine" }, { kind: "name", name: "mine" }],
  ])("%s is told as it is stored", (name, args, looks) => {
    const stage = grid();
    const answer = told(stage, "u", name, args);
    expect(answer).toEqual([
      "Yes",
      { event: `${SMART}ContractCreated`, contract: stored(stage, 1) },
    ]);
    expect(stored(stage, 1)).toMatchObject({ id: 1, ...looks });
  });

  it("is told anew with another hash", () => {
    const stage = grid();
    told(stage, "u", "create_node_contract", NODE);
    const update = { contract_id: 1, deployment_hash: "2" };
    expect(told(stage, "u", "update_node_contract", update)).toEqual([
      "Yes",
      { event: `${SMART}ContractUpdated`, contract: stored(stage, 1) },
    ]);
    expect(stored(stage, 1)).toMatchObject({ hash: "2" });
    expect(told(stage, "u", "update_node_contract", { ...update, contract_id: 9 })).toEqual([
      `${SMART}ContractNotExists`,
    ]);
  });
});

describe("a contract that ends", () => {
  it("is told by its kind: a name, a rent, and a deployment with its addresses", () => {
    const stage = grid();
    told(stage, "u", "create_name_contract", { name: "mine" });
    told(stage, "u", "create_rent_contract", { node_id: 1 });
    told(stage, "u", "create_node_contract", { ...NODE, public_ips: 2 });
    const end = (id: number) =>
      told(stage, "u", "cancel_contract", { contract_id: id }).filter(
        (one) => typeof one === "string" || !/Billed/.test((one as { event: string }).event),
      );
    expect(end(1)).toEqual(["Yes", { event: `${SMART}NameContractCanceled`, contractId: 1 }]);
    const publicIps = IPS.slice(0, 2).map(({ ip, gw }) => ({ ip, gw, contract: null }));
    expect(end(3)).toEqual([
      "Yes",
      { event: `${SMART}IPsFreed`, contractId: 3, publicIps },
      {
        event: `${SMART}NodeContractCanceled`,
        contractId: 3,
        nodeId: 1,
        twinId: stage.state.twins.byAccount.get("u"),
      },
    ]);
    expect(end(2)).toEqual(["Yes", { event: `${SMART}RentContractCanceled`, contractId: 2 }]);
    expect(end(2)).toEqual([`${SMART}ContractNotExists`]);
  });

  it("by the council's word is told alike, and not by anybody else's", () => {
    const stage = grid();
    told(stage, "u", "create_name_contract", { name: "mine" });
    const args = { contract_id: 1 };
    const call = "contracts.cancel_contract_collective";
    expect(stage.told("u", call, args)).toEqual(["BadOrigin"]);
    expect(words(stage.told(council(3, 5), call, args)).at(-1)).toBe(
      `${SMART}NameContractCanceled`,
    );
    expect(stage.told(council(3, 5), call, args)).toEqual([`${SMART}ContractNotExists`]);
  });

  it("with its node is told before the node's own end", () => {
    for (const [by, name] of [
      ["f.n0", "delete_node"],
      ["f", "delete_node_farm"],
    ] as const) {
      const stage = grid();
      told(stage, "u", "create_node_contract", NODE);
      stage.seconds += 3_600;
      const answer = words(stage.told(by, `tfgrid.${name}`, { node_id: 1 }));
      expect(answer.slice(-2)).toEqual([
        `${SMART}NodeContractCanceled`,
        "TfgridModule.NodeDeleted",
      ]);
      expect(stage.state.contracts.contracts.size).toBe(0);
    }
  });

  it("with its node is told with its own bill, before the next is billed, the rent last", () => {
    const stage = grid();
    told(stage, "u", "create_rent_contract", { node_id: 1 });
    told(stage, "u", "create_node_contract", { ...NODE, public_ips: 1 });
    told(stage, "u", "create_node_contract", { ...NODE, deployment_hash: "1" });
    stage.seconds += 3_600;
    expect(words(stage.told("f", "tfgrid.delete_node_farm", { node_id: 1 }))).toEqual([
      ...["Yes", `${SMART}ContractBilled`, `${SMART}RewardDistributed`],
      ...[`${SMART}IPsFreed`, `${SMART}NodeContractCanceled`],
      ...[`${SMART}ContractBilled`, `${SMART}NodeContractCanceled`],
      ...[`${SMART}ContractBilled`, `${SMART}RewardDistributed`, `${SMART}RentContractCanceled`],
      "TfgridModule.NodeDeleted",
    ]);
  });

  it("without addresses frees none, and says nothing of any", () => {
    const stage = grid();
    told(stage, "u", "create_node_contract", NODE);
    expect(words(told(stage, "u", "cancel_contract", { contract_id: 1 }))).toEqual([
      ...["Yes", `${SMART}ContractBilled`],
      `${SMART}NodeContractCanceled`,
    ]);
  });

  it("does not end with a node that is not deleted", () => {
    const stage = grid();
    told(stage, "u", "create_node_contract", NODE);
    const before = stage.state;
    expect(stage.told("f.n1", "tfgrid.delete_node", { node_id: 1 })).toEqual([
      "TfgridModule.NodeUpdateNotAuthorized",
    ]);
    expect(stage.told("u", "tfgrid.delete_node_farm", { node_id: 1 })).toEqual([
      "TfgridModule.FarmerNotAuthorized",
    ]);
    expect(stage.state).toBe(before);
  });

  it("frees its own addresses, and leaves those of others", () => {
    const stage = grid();
    told(stage, "u", "create_node_contract", { ...NODE, public_ips: 1 });
    told(stage, "u", "create_node_contract", { ...NODE, node_id: 2, public_ips: 1 });
    told(stage, "u", "cancel_contract", { contract_id: 1 });
    const held = () => [...stage.state.farms.byId.values()][0].ips.map(({ contract }) => contract);
    expect(held()).toEqual([null, 2, null]);
    const farms = stage.state.farms;
    told(stage, "u", "create_name_contract", { name: "mine" });
    told(stage, "u", "create_node_contract", NODE);
    told(stage, "u", "cancel_contract", { contract_id: 4 });
    expect(stage.state.farms).toBe(farms);
  });
});

describe("a node's reports", () => {
  it("are told one by one, for free", () => {
    const stage = grid();
    told(stage, "u", "create_node_contract", NODE);
    told(stage, "u", "create_node_contract", { ...NODE, deployment_hash: "1" });
    const used = { cru: 1, mru: 2 * GIB, sru: 10 * GIB, hru: 0 };
    const resources = [1, 2].map((contract_id) => ({ contract_id, used }));
    const report = "report_contract_resources";
    expect(told(stage, "f.n0", report, { contract_resources: resources })).toEqual([
      "No",
      { event: `${SMART}UpdatedUsedResources`, contractId: 1 },
      { event: `${SMART}UpdatedUsedResources`, contractId: 2 },
    ]);
    const reports = [{ contract_id: 2, nru: 1, window: 600, timestamp: 2_000 }];
    expect(told(stage, "f.n0", "add_nru_reports", { reports })).toEqual([
      "No",
      { event: `${SMART}NruConsumptionReportReceived`, contractId: 2 },
    ]);
    expect(told(stage, "u", report, { contract_resources: [] })).toEqual([`${SMART}NodeNotExists`]);
    expect(told(stage, "x", report, { contract_resources: [] })).toEqual([`${SMART}TwinNotExists`]);
  });
});

describe("a deployment that is moved", () => {
  it("is billed, freed of nothing, and told as it stands then", () => {
    const stage = grid();
    told(stage, "u", "create_node_contract", { ...NODE, public_ips: 1 });
    const used = { cru: 1, mru: 2 * GIB, sru: 10 * GIB, hru: 0 };
    told(stage, "f.n0", "report_contract_resources", {
      contract_resources: [{ contract_id: 1, used }],
    });
    stage.seconds += 3_600;
    const move = { contract_id: 1, node_id: 2 };
    const answer = stage.told(council(3, 5), "contracts.migrate_node_contract", move);
    expect(words(answer)).toEqual(["Yes", `${SMART}ContractBilled`, `${SMART}ContractUpdated`]);
    expect(answer.at(-1)).toEqual({
      event: `${SMART}ContractUpdated`,
      contract: stored(stage, 1),
    });
    expect(stored(stage, 1)).toMatchObject({ node: 2 });
    expect(stage.told(council(3, 5), "contracts.migrate_node_contract", move)).toEqual([
      `${SMART}ContractAlreadyOnNode`,
    ]);
  });
});

describe("what farmers and governance set", () => {
  it("is told: an extra fee, a frequency, and whether a node can be deployed on is not", () => {
    const stage = grid();
    const fee = { node_id: 1, extra_fee: 5_000 };
    expect(told(stage, "u", "set_dedicated_node_extra_fee", fee)).toEqual([
      `${SMART}UnauthorizedToSetExtraFee`,
    ]);
    expect(told(stage, "f", "set_dedicated_node_extra_fee", fee)).toEqual([
      "Yes",
      { event: `${SMART}NodeExtraFeeSet`, nodeId: 1, extraFee: 5_000n },
    ]);
    expect([...stage.state.extraFees]).toEqual([[1, 5_000n]]);
    const raise = (frequency: number) =>
      stage.told(root, "contracts.change_billing_frequency", { frequency });
    expect(raise(600)).toEqual([`${SMART}CanOnlyIncreaseFrequency`]);
    expect(raise(700)).toEqual([
      "Yes",
      { event: `${SMART}BillingFrequencyChanged`, frequency: 700 },
    ]);
    expect(stage.state.frequency).toBe(700);
  });
});

describe("providers", () => {
  const providers = [{ who: "p", take: 10 }];

  it("are told when they are made, approved or not, and attached", () => {
    const stage = grid();
    told(stage, "u", "create_node_contract", NODE);
    expect(told(stage, "p", "create_solution_provider", { providers })).toEqual([
      "Yes",
      {
        event: `${SMART}SolutionProviderCreated`,
        solutionProviderId: 1,
        providers: [{ account: "p", take: 10n }],
      },
    ]);
    const approve = (id: number, approve: boolean, by: "council" | "u" = "council") =>
      stage.told(by === "u" ? "u" : council(3, 5), "contracts.approve_solution_provider", {
        solution_provider_id: id,
        approve,
      });
    expect(approve(1, true, "u")).toEqual(["BadOrigin"]);
    expect(approve(2, true)).toEqual([`${SMART}NoSuchSolutionProvider`]);
    for (const approved of [false, true])
      expect(approve(1, approved)).toEqual([
        "Yes",
        { event: `${SMART}SolutionProviderApproved`, solutionProviderId: 1, approved },
      ]);
    const attach = { contract_id: 1, solution_provider_id: 1 };
    expect(told(stage, "u", "attach_solution_provider_id", attach)).toEqual([
      "Yes",
      { event: `${SMART}ContractUpdated`, contract: stored(stage, 1) },
    ]);
    expect(stored(stage, 1)?.provider).toBe(1);
  });
});

describe("service contracts", () => {
  const id = { service_contract_id: 1 };
  const ask = (stage: Stage, by: string, name: string, args: object = {}) =>
    told(stage, by, `service_contract_${name}`, { ...id, ...args });
  const service = (stage: Stage) => [...stage.state.contracts.services.values()][0];
  const parties = { service_account: "f", consumer_account: "u" };

  it("are told at each step as they are stored then", () => {
    const stage = grid();
    const steps = [
      ["u", "create", parties, "Created"],
      ["u", "set_metadata", { metadata: "backups" }, "MetadataSet"],
      ["f", "set_fees", { base_fee: 100, variable_fee: 50 }, "FeesSet"],
      ["u", "approve", {}, "Approved"],
      ["f", "approve", {}, "Approved"],
    ] as const;
    const seen = new Set<unknown>();
    for (const [by, name, args, what] of steps) {
      const answer = ask(stage, by, name, args);
      const event = { event: `${SMART}ServiceContract${what}`, service: service(stage) };
      expect(answer).toEqual(["Yes", event]);
      seen.add(service(stage));
    }
    expect(seen.size).toBe(5);
    expect(service(stage)).toMatchObject({ metadata: "backups", baseFee: 100n, variableFee: 50n });
  });

  it("are refused to who is no part of them", () => {
    expect(ask(grid(), "f.n0", "create", parties)).toEqual([`${SMART}TwinNotAuthorized`]);
  });

  it("are told when they are billed, for an hour at the most, and when they end", () => {
    const stage = grid();
    ask(stage, "u", "create", parties);
    ask(stage, "u", "set_metadata", { metadata: "backups" });
    ask(stage, "f", "set_fees", { base_fee: 100, variable_fee: 50 });
    for (const by of ["u", "f"]) ask(stage, by, "approve");
    stage.seconds += 1_800;
    // Half an hour of 0.1 USD, and 0.02 USD, at 0.01 USD a TFT: 7 TFT.
    expect(ask(stage, "f", "bill", { variable_amount: 20, metadata: "May" })).toEqual([
      "Yes",
      {
        event: `${SMART}ServiceContractBilled`,
        service: service(stage),
        charge: { variableAmount: 20n, window: 1_800, metadata: "May" },
        amount: 70_000_000n,
      },
    ]);
    const gone = {
      event: `${SMART}ServiceContractCanceled`,
      ...{ serviceContractId: 1, cause: "CanceledByUser" },
    };
    expect(ask(stage, "x", "cancel")).toEqual([`${SMART}TwinNotExists`]);
    expect(ask(stage, "u", "cancel")).toEqual(["Yes", gone]);
    expect(ask(stage, "u", "cancel")).toEqual([`${SMART}ServiceContractNotExists`]);
    expect(ask(stage, "f", "bill", { variable_amount: 0, metadata: "" })).toEqual([
      `${SMART}ServiceContractNotExists`,
    ]);
  });

  it("are told to end when one side rejects them", () => {
    const stage = grid();
    ask(stage, "u", "create", parties);
    ask(stage, "u", "set_metadata", { metadata: "backups" });
    ask(stage, "f", "set_fees", { base_fee: 100, variable_fee: 50 });
    expect(ask(stage, "x", "reject")).toEqual([`${SMART}TwinNotExists`]);
    expect(ask(stage, "u", "reject")).toEqual([
      "Yes",
      {
        event: `${SMART}ServiceContractCanceled`,
        ...{ serviceContractId: 1, cause: "CanceledByUser" },
      },
    ]);
    expect(stage.state.contracts.services.size).toBe(0);
  });
});
