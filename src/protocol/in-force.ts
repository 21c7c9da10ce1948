/**
 * In force: what bills and rewards read of the chain as it stands, so that a vote changes the next
 * bill, and not the last.
 *
 * Source: tfchain 33046d6, pallet-smart-contract/src/billing.rs and src/cost.rs, where they read
 * pricing policy 1, the bounded average price and the frequency; the minting reads farming
 * policies by the number that a node holds.
 */
import type { MilliUsd } from "../units/index.ts";
import type { BillingPolicy, BillingTerms } from "./billing/policy.ts";
import { type ChainState, extraFeeOf } from "./chain.ts";
import type { ChainNode, ContractBook, Farm, GridState, Twin } from "./contract/state.ts";
import { farmsAfter } from "./ending.ts";
import type { NamedFarmingPolicy } from "./farming-book.ts";
import { powerOf } from "./power.ts";
import { effectivePrice, type PriceBounds } from "./price.ts";
import type { PricingPolicy } from "./pricing.ts";
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

/** The terms of the next bill, or null on a chain without pricing policy 1. */
export function billingTerms(state: ChainState): BillingTerms | null {
  const { pricing, billing, discount, split, price } = policyInForce(state);
  if (pricing === null) return null;
  return { billing, pricing, discount, split, price: effectivePrice(state.price.average, price) };
}

/** The chain as contracts and their bills see it. */
export function gridOf(state: ChainState): GridState {
  const prices = state.pricing.policies.get(BILLED_POLICY);
  const twins = mapped(state.twins.byId, ({ account, stash }): Twin => ({ account, stash }));
  const farms = mapped(
    state.farms.byId,
    ({ twin, dedicated, ips }): Farm => ({
      ...{ twin, dedicated, ips: ips.length },
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
