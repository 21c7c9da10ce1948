/**
 * In force: what bills and rewards read of the chain as it stands, so that a vote changes the next
 * bill, and not the last.
 *
 * Source: tfchain 33046d6, pallet-smart-contract/src/billing.rs and src/cost.rs, where they read
 * pricing policy 1, the bounded average price and the frequency; the minting reads farming
 * policies by the number that a node holds.
 */
import { type MilliUsd, usd } from "../units/index.ts";
import type { BillingPolicy, BillingTerms } from "./billing/policy.ts";
import { type ChainState, extraFeeOf } from "./chain.ts";
import type { ChainNode, ContractBook, Farm, GridState, Twin } from "./contract/state.ts";
import { farmsAfter } from "./ending.ts";
import type { NamedFarmingPolicy } from "./farming-book.ts";
import { powerOf } from "./power.ts";
import { effectivePrice, type PriceBounds } from "./price.ts";
import { type PricingPolicy, pricingId, type UnitPrice } from "./pricing.ts";
import { BILLED_POLICY, billedPrices } from "./pricing-book.ts";
import type { Runtime } from "./runtime.ts";

/** The values in force; `pricing` is null on a chain without policy 1. */
export interface PolicyInForce {
  readonly pricing: PricingPolicy | null;
  readonly farming: readonly NamedFarmingPolicy[];
  readonly connectionPrice: MilliUsd;
  readonly price: PriceBounds;
  readonly billing: BillingPolicy;
  readonly discount: Runtime["discount"];
  readonly split: Runtime["split"];
}

/** The values in force on a chain. */
export function policyInForce(state: ChainState): PolicyInForce {
  const billed = state.pricing.policies.get(BILLED_POLICY);
  const { billing, discount, split } = state.runtime;
  return {
    pricing: billed === undefined ? null : billedPrices(billed),
    farming: [...state.farming.policies.values()],
    connectionPrice: state.farming.connectionPrice,
    price: state.price.bounds,
    billing: { ...billing, frequency: state.frequency },
    discount,
    split,
  };
}

/** The terms of the next bill; a chain without pricing policy 1 refuses it before it is priced. */
export function billingTerms(state: ChainState): BillingTerms {
  const { pricing, billing, discount, split, price } = policyInForce(state);
  return {
    ...{ billing, discount, split },
    pricing: pricing ?? NO_PRICES,
    price: effectivePrice(state.price.average, price),
  };
}

const NO_PRICE: UnitPrice = { value: usd(0n), unit: "Gigabytes" };

/** What stands in terms for a policy that there is not. */
const NO_PRICES: PricingPolicy = {
  cu: NO_PRICE,
  su: NO_PRICE,
  nu: NO_PRICE,
  ipu: usd(0n),
  uniqueName: usd(0n),
  domainName: usd(0n),
  dedicatedPercent: 0n,
};

/** The chain as contracts and their bills see it. */
export function gridOf(state: ChainState): GridState {
  const prices = state.pricing.policies.get(BILLED_POLICY);
  const pricings = new Map(
    [...state.pricing.policies].map(([id, policy]) => [pricingId(id), billedPrices(policy)]),
  );
  const twins = mapped(state.twins.byId, ({ account, stash }): Twin => ({ account, stash }));
  const farms = mapped(
    state.farms.byId,
    ({ twin, dedicated, ips, pricingPolicy }): Farm => ({
      ...{ twin, dedicated, ips: ips.length, pricing: pricingId(pricingPolicy) },
      free: ips.filter(({ contract }) => contract === null).length,
    }),
  );
  const nodes = mapped(state.nodes.byId, ({ id, farm, twin, resources, certification }) => {
    const { state: power, target } = powerOf(state.power, id);
    const node: ChainNode = {
      farm,
      twin,
      resources,
      certified: certification === "Certified",
      extraFee: extraFeeOf(state, id),
      power: { down: power.kind === "down", targetDown: target === "Down" },
      optedOut: state.optOuts.has(id),
    };
    return node;
  });
  return {
    ...state.contracts,
    ledger: state.ledger,
    pricings,
    twins,
    farms,
    nodes,
    beneficiaries: {
      staking: state.staking,
      foundation: prices?.foundation ?? state.staking,
      sales: prices?.sales ?? state.staking,
    },
  };
}

const mapped = <Key, From, To>(
  map: ReadonlyMap<Key, From>,
  each: (value: From) => To,
): ReadonlyMap<Key, To> => new Map([...map].map(([key, value]) => [key, each(value)]));

/** The chain after calls on contracts: those, the money, and who holds which address. */
export function withGrid(state: ChainState, grid: GridState): ChainState {
  const { buckets } = grid;
  const contracts: ContractBook = {
    ...(buckets === undefined ? {} : { buckets }),
    contracts: grid.contracts,
    payments: grid.payments,
    providers: grid.providers,
    services: grid.services,
    contractsMade: grid.contractsMade,
    servicesMade: grid.servicesMade,
    providersMade: grid.providersMade,
    admins: grid.admins,
  };
  return { ...state, contracts, farms: farmsAfter(state, grid), ledger: grid.ledger };
}
