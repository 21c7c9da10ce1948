/**
 * What a contract owes since its last bill, and the forms in which a bill is told.
 *
 * Source: tfchain 33046d6, pallet-smart-contract/src/cost.rs, `calculate_contract_cost_tft` and
 * `calculate_extra_fee_cost_tft`; events from pallet-smart-contract/src/lib.rs.
 * Quirk: the extra fee of a rented node knows no discount and no surcharge.
 */
import {
  ArithmeticOverflow,
  accepted,
  type Blocks,
  type Outcome,
  refused,
  type Seconds,
  seconds,
  type Tft,
  tft,
  type Usd,
  usd,
} from "../../units/index.ts";
import {
  type ChainNode,
  type Contract,
  type ContractId,
  type ContractState,
  type Farm,
  type GridState,
  rentOf,
  type Twin,
} from "../contract/state.ts";
import { type Billable, extraFeeCost } from "../cost.ts";
import { costBy, tftBy } from "../cost-earlier.ts";
import { type DiscountLevel, discountLevel, dueAtLevel, monthlyCost } from "../discount.ts";
import type { TokenError } from "../ledger.ts";
import { BILLED_PRICING } from "../pricing.ts";
import type { BillingTerms } from "./policy.ts";

/** Why a bill fails; `ArithmeticOverflow` where the chain has no result. */
export type BillError =
  | "ContractNotExists"
  | "TwinNotExists"
  | "NodeNotExists"
  | "FarmNotExists"
  | "PricingPolicyNotExists"
  | "ContractPaymentStateNotExists"
  | "ContractWrongBillingLoopIndex"
  | "InvalidProviderConfiguration"
  | "ArithmeticOverflow"
  | TokenError;

/** What a bill announces, with amounts in 1e-7 TFT. */
export type ContractEvent =
  | { readonly kind: "ContractBilled"; readonly contract: ContractId; readonly amount: Tft }
  | {
      readonly kind: "ContractGracePeriodStarted";
      readonly contract: ContractId;
      readonly since: Blocks;
    }
  | { readonly kind: "ContractGracePeriodEnded"; readonly contract: ContractId }
  | { readonly kind: "ContractGracePeriodElapsed"; readonly contract: ContractId }
  | {
      readonly kind: "ContractPaymentOverdrawn";
      readonly contract: ContractId;
      readonly reserved: Tft;
      readonly overdrawn: Tft;
    }
  | {
      readonly kind: "RewardDistributed";
      readonly contract: ContractId;
      readonly standard: Tft;
      readonly additional: Tft;
    }
  | { readonly kind: "RentWaived"; readonly contract: ContractId }
  | { readonly kind: "TokensBurned"; readonly contract: ContractId; readonly amount: Tft };

/** One bill that did not return early, amounts in 1e-7 TFT. */
export interface Bill {
  readonly contract: ContractId;
  readonly block: Blocks;
  /** The time billed. */
  readonly elapsed: Seconds;
  /** What this stretch of time costs. */
  readonly due: Tft;
  readonly level: DiscountLevel;
  /** Where the contract stands after the bill. */
  readonly state: ContractState;
  /** Moved from free to reserved, or newly locked; zero in grace under the legacy rules. */
  readonly taken: Tft;
  /** What the account lacked; always zero under the legacy rules. */
  readonly overdrawn: Tft;
  /** Paid out in this bill. */
  readonly distributed: Tft;
}

/** The chain after a bill; `bill` is null where it returned early. */
export interface Billed {
  readonly state: GridState;
  readonly events: readonly ContractEvent[];
  readonly bill: Bill | null;
}

/** Those whom a contract's bill concerns; no node and no farmer for a name. */
export interface Parties {
  readonly payer: Twin;
  readonly site: { readonly node: ChainNode; readonly farm: Farm; readonly farmer: Twin } | null;
}

/** Finds those whom a bill concerns, in the order in which the chain asks for them. */
export function partiesOf(state: GridState, contract: Contract): Outcome<Parties, BillError> {
  const payer = state.twins.get(contract.twin);
  if (payer === undefined) return refused("TwinNotExists");
  if (state.pricings?.has(BILLED_PRICING) === false) return refused("PricingPolicyNotExists");
  if (contract.kind === "name") return accepted({ payer, site: null });
  const node = state.nodes.get(contract.node);
  if (node === undefined) return refused("NodeNotExists");
  const farm = state.farms.get(node.farm);
  if (farm === undefined) return refused("FarmNotExists");
  const farmer = state.twins.get(farm.twin);
  if (farmer === undefined) return refused("TwinNotExists");
  return accepted({ payer, site: { node, farm, farmer } });
}

/** What is due, in 1e-7 TFT: the discounted cost, and the farmer's extra fee. */
export interface Due {
  readonly standard: Tft;
  readonly additional: Tft;
  readonly level: DiscountLevel;
}

/** Nothing is due. */
export const NOTHING_DUE: Due = { standard: tft(0n), additional: tft(0n), level: "None" };

/** The contract and the time that a due is computed for. */
interface DueFor {
  readonly contract: Contract;
  readonly elapsed: Seconds;
  /** What the discount is judged on. */
  readonly balance: Tft;
}

/** What a contract owes for `elapsed`; refuses where the chain's numbers leave their bits. */
export function dueOf(
  state: GridState,
  bill: DueFor,
  node: ChainNode | null,
  terms: BillingTerms,
): Outcome<Due, "ArithmeticOverflow"> {
  try {
    return dueWithin(state, bill, node, terms);
  } catch (thrown) {
    // One bill drops then, as where it divides by zero, and those of other contracts go on.
    if (thrown instanceof ArithmeticOverflow) return refused("ArithmeticOverflow");
    throw thrown;
  }
}

function dueWithin(
  state: GridState,
  bill: DueFor,
  node: ChainNode | null,
  terms: BillingTerms,
): Outcome<Due, "ArithmeticOverflow"> {
  const { contract, elapsed } = bill;
  const pricing = state.pricings?.get(BILLED_PRICING) ?? terms.pricing;
  const { rounding } = terms.billing;
  const cost = costBy(rounding, billableOf(state, contract, node), elapsed, pricing);
  const isRented = contract.kind === "rent" && node !== null;
  const fee = isRented ? extraFeeCost(node.extraFee, elapsed) : usd(0n);
  // A price of nothing divides by zero, but the chain asks for it only where something has a cost.
  if (terms.price === 0n && cost + fee > 0n) return refused("ArithmeticOverflow");
  const inTft = (units: Usd): Tft => (units === 0n ? tft(0n) : tftBy(rounding, units, terms.price));
  const full = inTft(cost);
  const additional = inTft(fee);
  if (full === 0n) return accepted({ ...NOTHING_DUE, additional });
  // A network report makes something due even where no time has passed; the chain then divides
  // by zero, and so it does where a month of the cost rounds to nothing.
  if (elapsed === 0) return refused("ArithmeticOverflow");
  const monthly = monthlyCost(full, elapsed, terms.discount.hour);
  if (monthly === 0n) return refused("ArithmeticOverflow");
  const level = discountLevel(monthly, bill.balance, terms.discount);
  const certified = terms.billing.rules === "reserve" && node !== null && node.certified;
  const standard = dueAtLevel(full, { level, certified }, terms.discount);
  return accepted({ standard, additional, level });
}

function billableOf(state: GridState, contract: Contract, node: ChainNode | null): Billable {
  if (contract.kind === "node") {
    return {
      kind: "node",
      resources: contract.used,
      ips: BigInt(contract.ips),
      rented: rentOf(state, contract.node) !== null,
      unbilled: contract.unbilled,
    };
  }
  if (contract.kind === "rent" && node !== null) return { kind: "rent", capacity: node.resources };
  return { kind: "name" };
}

/** The time since the last bill; none if the clock went back. */
export const elapsedSince = (updated: Seconds, now: Seconds): Seconds =>
  seconds(Math.max(now - updated, 0));
