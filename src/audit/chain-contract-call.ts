/** Arguments of calls on contracts, under the chain's names. */
import { contractId, nodeId, providerId, serviceId } from "../protocol/index.ts";
import { bytes, milliUsd, seconds } from "../units/index.ts";
import { readResources } from "./chain-argument.ts";
import type { Reader } from "./chain-reader.ts";

const node = (read: Reader) => nodeId(read.count("node_id"));
const contract = (read: Reader) => contractId(read.count("contract_id"));
const provider = (read: Reader) => {
  const id = read.countOrNull("solution_provider_id");
  return id === null ? null : providerId(id);
};
const service = (read: Reader) => ({ id: serviceId(read.count("service_contract_id")) });
const hash = (read: Reader) => read.text("deployment_hash");

/** Of users, nodes and services. */
export const contractArguments = {
  "contracts.create_node_contract": (read: Reader) => ({
    node: node(read),
    hash: hash(read),
    ips: read.countOrNull("public_ips") ?? 0,
    provider: provider(read),
  }),
  "contracts.create_rent_contract": (read: Reader) => ({
    node: node(read),
    provider: provider(read),
  }),
  "contracts.create_name_contract": (read: Reader) => ({ name: read.text("name") }),
  "contracts.update_node_contract": (read: Reader) => ({
    contract: contract(read),
    hash: hash(read),
  }),
  "contracts.cancel_contract": (read: Reader) => ({ contract: contract(read) }),
  "contracts.bill_contract_for_block": (read: Reader) => ({ contract: contract(read) }),
  "contracts.report_contract_resources": (read: Reader) => ({
    entries: read.rows("contract_resources", (one) => ({
      contract: contract(one),
      used: readResources(one.inner("used")),
    })),
  }),
  "contracts.add_nru_reports": (read: Reader) => ({
    entries: read.rows("reports", (one) => ({
      contract: contract(one),
      traffic: bytes(one.big("nru")),
      window: seconds(one.count("window")),
      until: seconds(one.count("timestamp")),
    })),
  }),
  "contracts.migrate_node_contract": (read: Reader) => ({
    contract: contract(read),
    node: node(read),
    hash: read.textOrNull("deployment_hash"),
  }),
  "contracts.create_solution_provider": (read: Reader) => ({
    shares: read.rows("providers", (one) => ({ account: one.text("who"), take: one.big("take") })),
  }),
  "contracts.attach_solution_provider_id": (read: Reader) => ({
    contract: contract(read),
    provider: providerId(read.count("solution_provider_id")),
  }),
  "contracts.service_contract_create": (read: Reader) => ({
    service: read.text("service_account"),
    consumer: read.text("consumer_account"),
  }),
  "contracts.service_contract_set_metadata": (read: Reader) => ({
    ...service(read),
    metadata: read.text("metadata"),
  }),
  "contracts.service_contract_set_fees": (read: Reader) => ({
    ...service(read),
    baseFee: milliUsd(read.big("base_fee")),
    variableFee: milliUsd(read.big("variable_fee")),
  }),
  "contracts.service_contract_approve": service,
  "contracts.service_contract_reject": service,
  "contracts.service_contract_cancel": service,
  "contracts.service_contract_bill": (read: Reader) => ({
    ...service(read),
    variableAmount: milliUsd(read.big("variable_amount")),
    metadata: read.text("metadata"),
  }),
};
