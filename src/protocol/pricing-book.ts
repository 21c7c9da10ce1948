/**
 * The book of pricing policies: what capacity costs users, and who shares in what they pay.
 *
 * Lifecycle: policy 1 comes with the chain; the council or the DAO creates others and changes any.
 * Contracts are billed under policy 1, so that a change of prices is a change of policy 1.
 * Source: tfchain 33046d6, pallet-tfgrid/src/pricing.rs, `_create_pricing_policy`,
 * `_update_pricing_policy`.
 * Quirks: a change sets the counter to the policy changed, so that the next one created
 * overwrites what follows it; the name of the chain's first policy is not indexed, so that another
 * may take it.
 */
import { type Outcome, refused } from "../units/index.ts";
import { withEntry, withoutEntry } from "./entry.ts";
import type { AccountId } from "./ledger.ts";
import type { PricingPolicy, UnitPrice } from "./pricing.ts";
import { paid, type Step } from "./step.ts";

/** Prices as the chain stores them, with a unit each, and the accounts that share. */
export interface NamedPricingPolicy {
  readonly id: number;
  readonly name: string;
  readonly su: UnitPrice;
  readonly cu: UnitPrice;
  readonly nu: UnitPrice;
  readonly ipu: UnitPrice;
  readonly uniqueName: UnitPrice;
  readonly domainName: UnitPrice;
  readonly foundation: AccountId;
  readonly sales: AccountId;
  /** Whole percent of the full price that whoever rents a node pays. */
  readonly dedicatedPercent: bigint;
}

/** All pricing policies. */
export interface PricingBook {
  /** Number of the policy created or changed last. */
  readonly last: number;
  readonly policies: ReadonlyMap<number, NamedPricingPolicy>;
  readonly byName: ReadonlyMap<string, number>;
}

/** What the book announces. */
export interface PricingBookEvent {
  readonly event: "TfgridModule.PricingPolicyStored";
  readonly pricing: NamedPricingPolicy;
}

/** The part of the chain that changes of the book see. */
export interface PricingBookView {
  readonly pricing: PricingBook;
}

/** What a proposal says of a pricing policy. */
export type PricingTerms = Omit<NamedPricingPolicy, "id">;

/** The policy under which contracts are billed. */
export const BILLED_POLICY = 1;

/** Creates a policy under a name that is not known. */
export function createPricingPolicy<S extends PricingBookView>(
  state: S,
  terms: PricingTerms,
): Outcome<Step<S, PricingBookEvent>, "PricingPolicyExists"> {
  if (state.pricing.byName.has(terms.name)) return refused("PricingPolicyExists");
  return store(state, { ...terms, id: state.pricing.last + 1 });
}

/** Replaces a policy; its name may be new or its own. */
export function updatePricingPolicy<S extends PricingBookView>(
  state: S,
  call: { readonly policy: number } & PricingTerms,
): Outcome<
  Step<S, PricingBookEvent>,
  "PricingPolicyNotExists" | "PricingPolicyWithDifferentIdExists"
> {
  const { policy: id, ...terms } = call;
  const { policies, byName } = state.pricing;
  const before = policies.get(id);
  if (before === undefined) return refused("PricingPolicyNotExists");
  const holder = byName.get(terms.name);
  if (holder !== undefined && holder !== id) return refused("PricingPolicyWithDifferentIdExists");
  const freed = terms.name === before.name ? byName : withoutEntry(byName, before.name);
  return store({ ...state, pricing: { ...state.pricing, byName: freed } }, { ...terms, id });
}

function store<S extends PricingBookView>(state: S, pricing: NamedPricingPolicy) {
  const book: PricingBook = {
    last: pricing.id,
    policies: withEntry(state.pricing.policies, pricing.id, pricing),
    byName: withEntry(state.pricing.byName, pricing.name, pricing.id),
  };
  const event = { event: "TfgridModule.PricingPolicyStored", pricing } as const;
  return paid<S, PricingBookEvent>({ ...state, pricing: book }, [event]);
}

/** The prices that bills read; asserts nothing, since the chain takes any. */
export const billedPrices = (policy: NamedPricingPolicy): PricingPolicy => ({
  cu: policy.cu,
  su: policy.su,
  nu: policy.nu,
  ipu: policy.ipu.value,
  uniqueName: policy.uniqueName.value,
  domainName: policy.domainName.value,
  dedicatedPercent: policy.dedicatedPercent,
});
