/**
 * Cost before June 2023: the same prices and units, rounded otherwise.
 *
 * Source: tfchain, pallet-smart-contract/src/cost.rs, revisions before 2023-06: resources were
 * rounded up, names and the amount in TFT down; since then everything goes to the nearest, which
 * is `cost.ts` and the default. The word `earlier` of a policy's `rounding` asks for these.
 */
import {
  divFixedBy,
  fixed,
  type MilliUsd,
  percentOf,
  type Seconds,
  scaleFixed,
  type Tft,
  tft,
  type Usd,
  usd,
} from "../units/index.ts";
import {
  type Billable,
  billedUnits,
  nameFixed,
  type Resources,
  secondPrices,
  unitsFixed,
} from "./cost.ts";
import { quickContractCost } from "./cost-quick.ts";
import { toTft } from "./price.ts";
import type { PricingPolicy } from "./pricing.ts";

const ONE = fixed(1n);

/** How a cost is rounded: as since June 2023, or as before. */
export type CostRounding = "nearest" | "earlier";

/** What a contract costs in `elapsed` before discounts, in 1e-7 USD, by the rounding in force. */
export const costBy = (
  rounding: CostRounding | undefined,
  what: Billable,
  elapsed: Seconds,
  policy: PricingPolicy,
): Usd =>
  rounding === "earlier"
    ? contractCostEarlier(what, elapsed, policy)
    : quickContractCost(what, elapsed, policy);

/** An amount of 1e-7 USD in 1e-7 TFT, at a price in 1e-3 USD, by the rounding in force. */
export const tftBy = (rounding: CostRounding | undefined, units: Usd, price: MilliUsd): Tft =>
  rounding === "earlier" ? toTftEarlier(units, price) : toTft(units, price);

/** What a contract cost in `elapsed` before discounts, in 1e-7 USD. */
export function contractCostEarlier(what: Billable, elapsed: Seconds, policy: PricingPolicy): Usd {
  const up = (resources: Resources | null, ips: bigint): bigint => {
    const units = resources === null ? null : billedUnits(resources, policy);
    return (unitsFixed({ units, ips }, elapsed, secondPrices(policy)) + ONE - 1n) / ONE;
  };
  switch (what.kind) {
    case "node":
      return usd(up(what.rented ? null : what.resources, what.ips) + what.unbilled);
    case "rent":
      return usd(percentOf(policy.dedicatedPercent, up(what.capacity, 0n)));
    case "name":
      return usd(nameFixed(elapsed, policy) / ONE);
  }
}

/** An amount of 1e-7 USD in 1e-7 TFT, at a price in 1e-3 USD, rounded down. */
export const toTftEarlier = (units: Usd, price: MilliUsd): Tft =>
  tft(scaleFixed(divFixedBy(fixed(units), price * 10_000n), 10_000_000n) / ONE);
