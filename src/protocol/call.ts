/**
 * Calls: everything that can be asked of the chain, by the chain's name, with typed arguments.
 *
 * A call is plain data, so that a proposal can hold one. Its effect is in `dispatch`.
 *
 * Source: tfchain 33046d6 and later, the calls of all pallets, by the names of the chain.
 */
import type { Blocks, MilliUsd, Seconds, Tft } from "../units/index.ts";
import type * as bridge from "./bridge/index.ts";
import type { burnTft } from "./burning.ts";
import type { createNodeContract, createRentContract } from "./contract/create.ts";
import type { migrateNodeContract } from "./contract/migrate.ts";
import type * as optOut from "./contract/opt-out.ts";
import type { ResourceEntry, TrafficEntry } from "./contract/report.ts";
import type {
  ContractId,
  NodeId,
  ProviderId,
  ServiceId,
  SolutionProvider,
} from "./contract/state.ts";
import type * as council from "./council/index.ts";
import type { vote } from "./dao.ts";
import type * as entity from "./entity.ts";
import type * as farm from "./farm/index.ts";
import type {
  attachPolicy,
  FarmingTerms,
  setConnectionPrice,
  updateFarmingPolicy,
} from "./farming-book.ts";
import type { deleteValue, setValue } from "./kv.ts";
import type { AccountId } from "./ledger.ts";
import type * as node from "./node/index.ts";
import type { changePowerState, changePowerTarget } from "./power.ts";
import type { setPrices } from "./price-feed.ts";
import type { PricingTerms, updatePricingPolicy } from "./pricing-book.ts";
import type { Runtime } from "./runtime.ts";
import type * as service from "./service-contract.ts";
import type { attachProvider } from "./solution-provider.ts";
import type { acceptTerms, bondTwinAccount, Reach } from "./twin.ts";
import type { ValidatorRequest } from "./validator.ts";

type Rule = (...args: never[]) => unknown;
/** The arguments of a rule that an account makes. */
type Own<F extends Rule> = Parameters<F>[2];
/** The arguments of a rule that no account makes. */
type Given<F extends Rule> = Parameters<F>[1];
type Nothing = Readonly<Record<string, never>>;
type Who = { readonly who: AccountId };
type Price = { readonly price: MilliUsd };
type Service = { readonly id: ServiceId };
type Transfer = { readonly to: AccountId; readonly amount: Tft };

/** A proposal of the DAO; the hash is any text that is equal for equal actions only. */
export interface Proposing {
  readonly action: Call;
  readonly hash: string;
  readonly threshold: number;
  readonly description: string;
  readonly link: string;
  readonly duration: Blocks | null;
}

/** A motion of the council. */
export interface Moving {
  readonly action: Call;
  readonly hash: string;
  readonly threshold: number;
}

/** Several calls in one. */
export interface Batch {
  readonly calls: readonly Call[];
}

/** The arguments of each call. */
export interface Calls {
  "tfgrid.user_accept_tc": Own<typeof acceptTerms>;
  "tfgrid.create_twin": Reach;
  "tfgrid.update_twin": Reach;
  "tfgrid.bond_twin_account": Own<typeof bondTwinAccount>;
  "tfgrid.create_entity": Own<typeof entity.createEntity>;
  "tfgrid.update_entity": Own<typeof entity.updateEntity>;
  "tfgrid.delete_entity": Nothing;
  "tfgrid.add_twin_entity": Own<typeof entity.addTwinEntity>;
  "tfgrid.delete_twin_entity": Own<typeof entity.deleteTwinEntity>;
  "tfgrid.opt_out_of_v3_billing": { readonly node: NodeId };
  "tfgrid.set_node_v3_opt_out_metadata": Own<typeof optOut.noteOptOut>;
  "tfgrid.add_twin_admin": Who;
  "tfgrid.remove_twin_admin": Who;
  "tfgrid.create_farm": Own<typeof farm.createFarm>;
  "tfgrid.update_farm": Own<typeof farm.updateFarm>;
  "tfgrid.add_stellar_payout_v2address": Own<typeof farm.setPayoutAddress>;
  "tfgrid.add_farm_ip": Own<typeof farm.addFarmIp>;
  "tfgrid.remove_farm_ip": Own<typeof farm.removeFarmIp>;
  "tfgrid.force_reset_farm_ip": Given<typeof farm.forceResetFarmIp>;
  "tfgrid.set_farm_certification": Given<typeof farm.setFarmCertification>;
  "tfgrid.set_farm_dedicated": Given<typeof farm.setFarmDedicated>;
  "tfgrid.attach_policy_to_farm": Given<typeof attachPolicy>;
  "tfgrid.create_node": Own<typeof node.createNode>;
  "tfgrid.update_node": Own<typeof node.updateNode>;
  "tfgrid.delete_node": Own<typeof node.deleteNode>;
  "tfgrid.delete_node_farm": Own<typeof node.deleteNodeOfFarm>;
  "tfgrid.set_node_certification": Given<typeof node.setNodeCertification>;
  "tfgrid.add_node_certifier": Given<typeof node.addCertifier>;
  "tfgrid.remove_node_certifier": Given<typeof node.removeCertifier>;
  "tfgrid.report_uptime": { readonly uptime: bigint };
  "tfgrid.report_uptime_v2": { readonly uptime: bigint; readonly hint: Seconds };
  "tfgrid.add_node_public_config": Own<typeof node.setPublicConfig>;
  "tfgrid.change_power_target": Own<typeof changePowerTarget>;
  "tfgrid.change_power_state": Own<typeof changePowerState>;
  "tfgrid.create_farming_policy": FarmingTerms;
  "tfgrid.update_farming_policy": Given<typeof updateFarmingPolicy>;
  "tfgrid.create_pricing_policy": PricingTerms;
  "tfgrid.update_pricing_policy": Given<typeof updatePricingPolicy>;
  "tfgrid.set_connection_price": Given<typeof setConnectionPrice>;
  "tfgrid.set_zos_version": { readonly version: string };
  "contracts.can_deploy": { readonly node: NodeId };
  "contracts.create_node_contract": Omit<Given<typeof createNodeContract>, "account">;
  "contracts.create_rent_contract": Omit<Given<typeof createRentContract>, "account">;
  "contracts.create_name_contract": { readonly name: string };
  "contracts.update_node_contract": { readonly contract: ContractId; readonly hash: string };
  "contracts.cancel_contract": { readonly contract: ContractId };
  "contracts.bill_contract_for_block": { readonly contract: ContractId };
  "contracts.report_contract_resources": { readonly entries: readonly ResourceEntry[] };
  "contracts.add_nru_reports": { readonly entries: readonly TrafficEntry[] };
  "contracts.migrate_node_contract": Given<typeof migrateNodeContract>;
  "contracts.create_solution_provider": { readonly shares: SolutionProvider["shares"] };
  "contracts.attach_solution_provider_id": Omit<Given<typeof attachProvider>, "account">;
  "contracts.service_contract_create": Omit<Given<typeof service.createService>, "account">;
  "contracts.service_contract_set_metadata": Omit<
    Given<typeof service.setServiceMetadata>,
    "account"
  >;
  "contracts.service_contract_set_fees": Omit<Given<typeof service.setServiceFees>, "account">;
  "contracts.service_contract_approve": Service;
  "contracts.service_contract_reject": Service;
  "contracts.service_contract_cancel": Service;
  "contracts.service_contract_bill": Omit<Given<typeof service.billService>, "account">;
  "contracts.set_dedicated_node_extra_fee": { readonly node: NodeId; readonly fee: MilliUsd };
  "contracts.change_billing_frequency": { readonly frequency: Blocks };
  "contracts.approve_solution_provider": {
    readonly provider: ProviderId;
    readonly approve: boolean;
  };
  "contracts.cancel_contract_collective": { readonly contract: ContractId };
  "price.set_prices": Own<typeof setPrices>;
  "price.set_min_tft_price": Price;
  "price.set_max_tft_price": Price;
  "bridge.add_bridge_validator": Given<typeof bridge.addBridgeValidator>;
  "bridge.remove_bridge_validator": Given<typeof bridge.removeBridgeValidator>;
  "bridge.set_fee_account": Given<typeof bridge.setFeeAccount>;
  "bridge.set_withdraw_fee": Given<typeof bridge.setWithdrawFee>;
  "bridge.set_deposit_fee": Given<typeof bridge.setDepositFee>;
  "bridge.swap_to_stellar": Own<typeof bridge.withdraw>;
  "bridge.propose_or_vote_mint_transaction": Own<typeof bridge.voteMint>;
  "bridge.propose_burn_transaction_or_add_sig": Own<typeof bridge.signWithdrawal>;
  "bridge.set_burn_transaction_executed": Own<typeof bridge.finishWithdrawal>;
  "bridge.create_refund_transaction_or_add_sig": Own<typeof bridge.signRefund>;
  "bridge.set_refund_transaction_executed": Own<typeof bridge.finishRefund>;
  "burning.burn_tft": Own<typeof burnTft>;
  "kvstore.set": Own<typeof setValue>;
  "kvstore.delete": Own<typeof deleteValue>;
  "dao.propose": Proposing;
  "dao.vote": Own<typeof vote>;
  "dao.veto": { readonly hash: string };
  "dao.close": { readonly hash: string; readonly index: number };
  "council.propose": Moving;
  "council.execute": Omit<Moving, "threshold">;
  "council.vote": Own<typeof council.voteMotion>;
  "council.close": { readonly hash: string; readonly index: number };
  "council.disapprove_proposal": { readonly hash: string };
  "membership.add_member": Who;
  "membership.remove_member": Who;
  "membership.swap_member": Given<typeof council.swapMember>;
  "membership.reset_members": Given<typeof council.resetMembers>;
  "membership.change_key": Own<typeof council.changeKey>;
  "membership.set_prime": Who;
  "membership.clear_prime": Nothing;
  "validator.create_validator_request": Omit<ValidatorRequest, "state">;
  "validator.approve_validator": { readonly validator: AccountId };
  "validator.activate_validator_node": Nothing;
  "validator.change_validator_node_account": { readonly node: AccountId };
  "validator.bond": { readonly validator: AccountId };
  "validator.remove_validator": { readonly validator: AccountId };
  "validatorset.add_validator": { readonly node: AccountId };
  "validatorset.remove_validator": { readonly node: AccountId };
  "validatorset.add_validator_again": { readonly node: AccountId };
  "balances.transfer_allow_death": Transfer;
  "balances.transfer_keep_alive": Transfer;
  "balances.force_transfer": Transfer & { readonly from: AccountId };
  "balances.force_set_balance": { readonly who: AccountId; readonly free: Tft };
  "runtime_upgrade.set_code": { readonly changes: Partial<Runtime> };
  "system.remark": { readonly remark: string };
  "utility.batch": Batch;
  "utility.batch_all": Batch;
  "utility.force_batch": Batch;
}

/** The chain's name of a call. */
export type CallName = keyof Calls;

/** A call of some names with its arguments; of any name where none is said. */
export type Call<Names extends CallName = CallName> = {
  [Name in Names]: { readonly call: Name; readonly args: Calls[Name] };
}[Names];

/** The call of a name with arguments that fit. */
export const callOf = <Name extends CallName>(call: Name, args: Calls[Name]): Call<Name> => ({
  call,
  args,
});
