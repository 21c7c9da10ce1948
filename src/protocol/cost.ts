/**
 * Cost: what capacity costs in USD over a stretch of time, before TFT and discounts.
 *
 * Lifecycle: asked by every bill, and by a node's network report.
 * Source: tfchain 33046d6, pallet-smart-contract/src/cost.rs, `calculate_contract_cost`,
 * `calculate_resources_cost`, `calculate_cu`, `calculate_extra_fee_cost`; pallet-smart-contract/
 * src/grid_contract.rs, `_compute_reports` for traffic.
 * Quirks: these CU and SU are not those of the minting or of a farm's weight; the price of a
 * second is truncated to 2^-64 before anything else; traffic is billed times the reported window;
 * the order of the operations decides the last digit.
 * Disagreement: before June 2023 the rounding was another, see `cost-earlier.ts`.
 */
import {
  addFixed,
  type Bytes,
  type Cores,
  divFixed,
  divFixedBy,
  type Fixed,
  fixed,
  type MilliUsd,
  mulFixed,
  percentOf,
  roundFixed,
  type Seconds,
  scaleFixed,
  type Usd,
  usd,
  within64,
} from "../units/index.ts";
import { binarySize, decimalSize, type PriceUnit, type PricingPolicy } from "./pricing.ts";

/** Capacity as the chain stores it. */
export interface Resources {
  /** Logical cores. */
  readonly cru: Cores;
  /** Memory. */
  readonly mru: Bytes;
  /** Solid state disk. */
  readonly sru: Bytes;
  /** Hard disk. */
  readonly hru: Bytes;
}

/** The period that prices speak of, `BillingReferencePeriod`. */
const SECONDS_PER_HOUR = 3_600n;
/** The chain's month, `SECS_PER_MONTH`: 30 days. */
const SECONDS_PER_MONTH = 2_592_000n;
/** 1e-7 USD in 1e-3 USD. */
const USD_PER_MILLI = 10_000n;
/** GiB of hard and of solid state disk in one billing SU. */
const HRU_PER_SU = 1_200n;
const SRU_PER_SU = 200n;

const max = (a: Fixed, b: Fixed): Fixed => (a > b ? a : b);
const min = (a: Fixed, b: Fixed): Fixed => (a < b ? a : b);

declare const meaning: unique symbol;

/** The compute units of a bill, which are those of no minting and of no vote. */
export type BillingCu = Fixed & { readonly [meaning]: "billing CU" };
/** The storage units of a bill, which are those of no minting and of no vote. */
export type BillingSu = Fixed & { readonly [meaning]: "billing SU" };

/** The compute units that a contract is billed for. */
export function billingCu(resources: Pick<Resources, "cru" | "mru">, unit: PriceUnit): BillingCu {
  const memory = divFixed(fixed(resources.mru), fixed(binarySize(unit)));
  const cores = fixed(resources.cru);
  const balanced = max(divFixedBy(memory, 4n), divFixedBy(cores, 2n));
  const coreHeavy = max(divFixedBy(memory, 8n), cores);
  const memoryHeavy = max(divFixedBy(memory, 2n), divFixedBy(cores, 4n));
  return min(min(balanced, coreHeavy), memoryHeavy) as BillingCu;
}

/** The storage units that a contract is billed for. */
export function billingSu(resources: Pick<Resources, "sru" | "hru">, unit: PriceUnit): BillingSu {
  const size = fixed(binarySize(unit));
  const hard = divFixed(fixed(resources.hru), size);
  const solid = divFixed(fixed(resources.sru), size);
  return addFixed(divFixedBy(hard, HRU_PER_SU), divFixedBy(solid, SRU_PER_SU)) as BillingSu;
}

/** Prices of a second, in steps of 2^-64 of 1e-7 USD: truncated once, then only multiplied. */
export interface SecondPrices {
  readonly su: Fixed;
  readonly cu: Fixed;
  readonly ipu: Fixed;
}

/** The price of a second at a price of an hour. */
const perSecond = (price: Usd): Fixed => divFixedBy(fixed(price), SECONDS_PER_HOUR);

/** The prices of a second under a policy. */
export const secondPrices = (policy: PricingPolicy): SecondPrices => ({
  su: perSecond(policy.su.value),
  cu: perSecond(policy.cu.value),
  ipu: perSecond(policy.ipu),
});

/** The units that resources are billed as, which only a change of the price's unit changes. */
export interface BilledUnits {
  readonly su: BillingSu;
  readonly cu: BillingCu;
}

/** The units of resources under a policy. */
export const billedUnits = (resources: Resources, policy: PricingPolicy): BilledUnits => ({
  su: billingSu(resources, policy.su.unit),
  cu: billingCu(resources, policy.cu.unit),
});

/** What a contract's resources and public addresses cost in `elapsed`, in 1e-7 USD. */
export const resourceCost = (
  use: { readonly resources: Resources; readonly ips: bigint; readonly billResources: boolean },
  elapsed: Seconds,
  policy: PricingPolicy,
): Usd =>
  unitsCost(
    { units: use.billResources ? billedUnits(use.resources, policy) : null, ips: use.ips },
    elapsed,
    secondPrices(policy),
  );

/** The same for units that are known already; none where the resources are not billed. */
export const unitsCost = (
  use: { readonly units: BilledUnits | null; readonly ips: bigint },
  elapsed: Seconds,
  prices: SecondPrices,
): Usd => usd(roundFixed(unitsFixed(use, elapsed, prices)));

/** The same before it is rounded. */
export function unitsFixed(
  use: { readonly units: BilledUnits | null; readonly ips: bigint },
  elapsed: Seconds,
  prices: SecondPrices,
): Fixed {
  const span = BigInt(elapsed);
  let total = fixed(0n);
  if (use.units !== null) {
    const su = mulFixed(scaleFixed(prices.su, span), use.units.su);
    const cu = mulFixed(scaleFixed(prices.cu, span), use.units.cu);
    total = addFixed(su, cu);
  }
  if (use.ips > 0n) {
    const addresses = scaleFixed(prices.ipu, use.ips);
    total = addFixed(total, scaleFixed(addresses, span));
  }
  return total;
}

/** What renting a whole node costs in `elapsed`, in 1e-7 USD. */
export function rentCost(capacity: Resources, elapsed: Seconds, policy: PricingPolicy): Usd {
  const full = resourceCost({ resources: capacity, ips: 0n, billResources: true }, elapsed, policy);
  return usd(percentOf(policy.dedicatedPercent, full));
}

/** What holding a name costs in `elapsed`, in 1e-7 USD. */
export const nameCost = (elapsed: Seconds, policy: PricingPolicy): Usd =>
  usd(roundFixed(nameFixed(elapsed, policy)));

/** The same before it is rounded. */
export const nameFixed = (elapsed: Seconds, policy: PricingPolicy): Fixed =>
  scaleFixed(perSecond(policy.uniqueName), BigInt(elapsed));

/** What a report of traffic adds to its contract's next bill, in 1e-7 USD. */
export function trafficCost(traffic: Bytes, window: Seconds, policy: PricingPolicy): Usd {
  const units = divFixed(fixed(traffic), fixed(decimalSize(policy.nu.unit)));
  const second = divFixed(fixed(policy.nu.value), fixed(SECONDS_PER_HOUR));
  return usd(roundFixed(mulFixed(mulFixed(units, second), fixed(BigInt(window)))));
}

/** What a farmer's extra fee of so many 1e-3 USD a month costs in `elapsed`, in 1e-7 USD. */
export function extraFeeCost(monthly: MilliUsd, elapsed: Seconds): Usd {
  // The chain multiplies in 64 bits before it goes to fixed point.
  const product = within64(monthly * USD_PER_MILLI * BigInt(elapsed));
  return usd(roundFixed(divFixed(fixed(product), fixed(SECONDS_PER_MONTH))));
}

/** What a contract is billed for, by its kind. */
export type Billable =
  | {
      readonly kind: "node";
      readonly resources: Resources;
      readonly ips: bigint;
      /** True if the node is rented: then its resources are paid by the rent. */
      readonly rented: boolean;
      /** Traffic reported since the last bill, in 1e-7 USD. */
      readonly unbilled: Usd;
    }
  | { readonly kind: "rent"; readonly capacity: Resources }
  | { readonly kind: "name" };

/** What a contract costs in `elapsed` before discounts, in 1e-7 USD. */
export function contractCost(what: Billable, elapsed: Seconds, policy: PricingPolicy): Usd {
  switch (what.kind) {
    case "node": {
      const { resources, ips, rented, unbilled } = what;
      const used = resourceCost({ resources, ips, billResources: !rented }, elapsed, policy);
      return usd(used + unbilled);
    }
    case "rent":
      return rentCost(what.capacity, elapsed, policy);
    case "name":
      return nameCost(elapsed, policy);
  }
}

/** What a service bills for a window, fees in 1e-3 USD an hour and the amount in 1e-3 USD. */
export function serviceCost(
  fees: { readonly base: MilliUsd; readonly variableAmount: MilliUsd },
  window: Seconds,
): Usd {
  const base = scaleFixed(fixed(fees.base * USD_PER_MILLI), BigInt(window));
  const variable = fixed(fees.variableAmount * USD_PER_MILLI);
  return usd(roundFixed(addFixed(divFixed(base, fixed(SECONDS_PER_HOUR)), variable)));
}

/** The most that a service may bill above its base fee for a window, in 1e-3 USD. */
export function serviceVariableMax(variableFee: MilliUsd, window: Seconds): bigint {
  const hours = divFixed(fixed(BigInt(window)), fixed(SECONDS_PER_HOUR));
  return roundFixed(mulFixed(hours, fixed(variableFee)));
}
