/** Arguments of calls that hold no other call, under the chain's names. */
import { contractId, entityId, farmId, nodeId, providerId, twinId } from "../protocol/index.ts";
import { blocks, milliUsd, seconds, tft } from "../units/index.ts";
import {
  readFarming,
  readLimits,
  readPair,
  readPricing,
  readPublicConfig,
  readSheet,
} from "./chain-argument.ts";
import type { Reader } from "./chain-reader.ts";

const farm = (read: Reader) => farmId(read.count("farm_id", "id"));
const node = (read: Reader) => nodeId(read.count("node_id", "id"));
const price = (read: Reader) => ({ price: milliUsd(read.big("price")) });
const target = (read: Reader) => ({ target: read.text("target") });
const amount = (read: Reader) => ({ amount: tft(read.big("amount")) });
const reach = (read: Reader) => ({ relay: read.textOrNull("relay"), pk: read.textOrNull("pk") });
const signature = (read: Reader) => ({
  ...target(read),
  ...amount(read),
  signature: read.text("signature"),
  key: read.text("stellar_pub_key"),
  sequence: read.big("sequence_number"),
});

const entity = (read: Reader) => ({
  name: read.text("name"),
  country: read.text("country"),
  city: read.text("city"),
});
const proof = (read: Reader) => ({
  twin: twinId(read.count("twin_id")),
  entity: entityId(read.count("entity_id")),
});
/** A case says of a signature that it is wrong; one of which it says nothing is right. */
const signed = (read: Reader) => ({
  signature: read.text("signature"),
  verified: !read.has("verified") || read.flag("verified"),
});
const transfer = (read: Reader) => ({
  to: read.text("dest", "to"),
  amount: tft(read.big("value", "amount")),
});

/** Of the registry: twins, farms, nodes, policies. */
export const registryArguments = {
  "tfgrid.user_accept_tc": (read: Reader) => ({
    link: read.text("document_link"),
    hash: read.text("document_hash"),
  }),
  "tfgrid.create_twin": reach,
  "tfgrid.update_twin": reach,
  "tfgrid.bond_twin_account": (read: Reader) => ({ twin: twinId(read.count("twin_id")) }),
  "tfgrid.create_entity": (read: Reader) => ({
    account: read.text("target"),
    ...entity(read),
    ...signed(read),
  }),
  "tfgrid.update_entity": entity,
  "tfgrid.delete_entity": () => ({}),
  "tfgrid.add_twin_entity": (read: Reader) => ({ ...proof(read), ...signed(read) }),
  "tfgrid.delete_twin_entity": proof,
  "tfgrid.opt_out_of_v3_billing": (read: Reader) => ({ node: node(read) }),
  "tfgrid.set_node_v3_opt_out_metadata": (read: Reader) => ({
    node: node(read),
    note: read.textOrNull("metadata") ?? "",
  }),
  "tfgrid.add_twin_admin": (read: Reader) => ({ who: read.text("account", "who") }),
  "tfgrid.remove_twin_admin": (read: Reader) => ({ who: read.text("account", "who") }),
  "tfgrid.create_farm": (read: Reader) => ({
    name: read.text("name"),
    ips: read.rows("public_ips", readPair),
  }),
  "tfgrid.update_farm": (read: Reader) => ({ farm: farm(read), name: read.text("name") }),
  "tfgrid.add_stellar_payout_v2address": (read: Reader) => ({
    farm: farm(read),
    address: read.text("stellar_address"),
  }),
  "tfgrid.add_farm_ip": (read: Reader) => ({ farm: farm(read), ...readPair(read) }),
  "tfgrid.remove_farm_ip": (read: Reader) => ({ farm: farm(read), ip: read.text("ip") }),
  "tfgrid.force_reset_farm_ip": (read: Reader) => ({ farm: farm(read), ip: read.text("ip") }),
  "tfgrid.set_farm_certification": (read: Reader) => ({
    farm: farm(read),
    certification: read.word("certification", ["NotCertified", "Gold"]),
  }),
  "tfgrid.set_farm_dedicated": (read: Reader) => ({
    farm: farm(read),
    dedicated: read.flag("dedicated"),
  }),
  "tfgrid.attach_policy_to_farm": (read: Reader) => ({
    farm: farm(read),
    limits: read.has("limits") ? readLimits(read.inner("limits")) : null,
  }),
  "tfgrid.create_node": (read: Reader) => ({ farm: farm(read), ...readSheet(read) }),
  "tfgrid.update_node": (read: Reader) => ({
    node: node(read),
    farm: farm(read),
    ...readSheet(read),
  }),
  "tfgrid.delete_node": (read: Reader) => ({ node: node(read) }),
  "tfgrid.delete_node_farm": (read: Reader) => ({ node: node(read) }),
  "tfgrid.set_node_certification": (read: Reader) => ({
    node: node(read),
    certification: read.word("node_certification", ["Diy", "Certified"]),
  }),
  "tfgrid.add_node_certifier": (read: Reader) => ({ certifier: read.text("certifier", "who") }),
  "tfgrid.remove_node_certifier": (read: Reader) => ({
    certifier: read.text("certifier", "who"),
  }),
  "tfgrid.report_uptime": (read: Reader) => ({ uptime: read.big("uptime") }),
  "tfgrid.report_uptime_v2": (read: Reader) => ({
    uptime: read.big("uptime"),
    hint: seconds(read.count("timestamp_hint")),
  }),
  "tfgrid.add_node_public_config": (read: Reader) => ({
    farm: farmId(read.count("farm_id")),
    node: node(read),
    config: read.has("public_config") ? readPublicConfig(read.inner("public_config")) : null,
  }),
  "tfgrid.change_power_target": (read: Reader) => ({
    node: node(read),
    target: read.word("power_target", ["Up", "Down"]),
  }),
  "tfgrid.change_power_state": (read: Reader) => ({
    word: read.word("power_state", ["Up", "Down"]),
  }),
  "tfgrid.create_farming_policy": readFarming,
  "tfgrid.update_farming_policy": (read: Reader) => {
    const { immutable: _, ...terms } = readFarming(read);
    return { policy: read.count("farming_policy_id"), ...terms };
  },
  "tfgrid.create_pricing_policy": readPricing,
  "tfgrid.update_pricing_policy": (read: Reader) => ({
    policy: read.count("pricing_policy_id", "id"),
    ...readPricing(read),
  }),
  "tfgrid.set_connection_price": price,
  "tfgrid.set_zos_version": (read: Reader) => ({ version: read.text("zos_version") }),
};

/** Of what the council and farmers set about contracts, and of all that is about money. */
export const moneyArguments = {
  "contracts.can_deploy": (read: Reader) => ({ node: node(read) }),
  "contracts.set_dedicated_node_extra_fee": (read: Reader) => ({
    node: node(read),
    fee: milliUsd(read.big("extra_fee")),
  }),
  "contracts.change_billing_frequency": (read: Reader) => ({
    frequency: blocks(read.count("frequency")),
  }),
  "contracts.approve_solution_provider": (read: Reader) => ({
    provider: providerId(read.count("solution_provider_id")),
    approve: read.flag("approve"),
  }),
  "contracts.cancel_contract_collective": (read: Reader) => ({
    contract: contractId(read.count("contract_id")),
  }),
  "price.set_prices": (read: Reader) => ({
    ...price(read),
    block: blocks(read.count("block_number")),
  }),
  "price.set_min_tft_price": price,
  "price.set_max_tft_price": price,
  "bridge.add_bridge_validator": target,
  "bridge.remove_bridge_validator": target,
  "bridge.set_fee_account": target,
  "bridge.set_withdraw_fee": amount,
  "bridge.set_deposit_fee": amount,
  "bridge.swap_to_stellar": (read: Reader) => ({
    target: read.text("target_stellar_address"),
    ...amount(read),
  }),
  "bridge.propose_or_vote_mint_transaction": (read: Reader) => ({
    transaction: read.text("transaction"),
    ...target(read),
    ...amount(read),
  }),
  "bridge.propose_burn_transaction_or_add_sig": (read: Reader) => ({
    id: read.count("transaction_id"),
    ...signature(read),
  }),
  "bridge.set_burn_transaction_executed": (read: Reader) => ({
    id: read.count("transaction_id"),
  }),
  "bridge.create_refund_transaction_or_add_sig": (read: Reader) => ({
    txHash: read.text("tx_hash"),
    ...signature(read),
  }),
  "bridge.set_refund_transaction_executed": (read: Reader) => ({ txHash: read.text("tx_hash") }),
  "burning.burn_tft": (read: Reader) => ({ ...amount(read), message: read.text("message") }),
  "kvstore.set": (read: Reader) => ({ key: read.text("key"), value: read.text("value") }),
  "kvstore.delete": (read: Reader) => ({ key: read.text("key") }),
  "balances.transfer_allow_death": transfer,
  "balances.transfer_keep_alive": transfer,
  "balances.force_transfer": (read: Reader) => ({
    from: read.text("source", "from"),
    ...transfer(read),
  }),
  "balances.force_set_balance": (read: Reader) => ({
    who: read.text("who"),
    free: tft(read.big("new_free")),
  }),
};
