/**
 * What billing cases say of capacity, prices and policies, and the policies that none of them says:
 * discount and split are those in force.
 */
import {
  discountBlock,
  discountPolicy,
  type PriceBounds,
  type PriceUnit,
  type PricingPolicy,
  pricingBlock,
  type Resources,
  splitBlock,
  splitPolicy,
  type UnitPrice,
} from "../protocol/index.ts";
import {
  bytes,
  cores,
  defaults,
  type MilliUsd,
  milliUsd,
  type Seconds,
  seconds,
  type Tft,
  tft,
  type Usd,
  usd,
} from "../units/index.ts";
import { at, blame, count, type Fields, list, type Spot, whole, word } from "./spot.ts";

/** The discount in force. */
export const discounts = discountPolicy(defaults(discountBlock));
/** The shares in force. */
export const splits = splitPolicy(defaults(splitBlock));

/** The sizes that a price may count in. */
export const SIZES: readonly PriceUnit[] = [
  "Bytes",
  "Kilobytes",
  "Megabytes",
  "Gigabytes",
  "Terabytes",
];

/** Reads an amount of 1e-7 TFT. */
export const tftAt = (spot: Spot): Tft => tft(whole(spot));
/** Reads an amount of 1e-7 USD. */
export const usdAt = (spot: Spot): Usd => usd(whole(spot));
/** Reads an amount of 1e-3 USD. */
export const milliUsdAt = (spot: Spot): MilliUsd => milliUsd(whole(spot));
/** Reads a length of time in seconds, from 0 on. */
export const spanAt = (spot: Spot): Seconds => seconds(count(spot));
/** Reads the size that a price counts in. */
export const sizeAt = (spot: Spot): PriceUnit => word(spot, SIZES);

/** Reads capacity, all four kinds of it. */
export const resourcesAt = (spot: Spot): Resources => ({
  cru: cores(whole(at(spot, "cru"))),
  mru: bytes(whole(at(spot, "mru"))),
  sru: bytes(whole(at(spot, "sru"))),
  hru: bytes(whole(at(spot, "hru"))),
});

const unitPriceAt = (spot: Spot): UnitPrice => ({
  value: usdAt(at(spot, "value")),
  unit: sizeAt(at(spot, "unit")),
});

/** Reads a pricing policy; addresses and names have no unit that matters. */
export function pricingAt(spot: Spot): PricingPolicy {
  const flat = (name: string): Usd => usdAt(at(at(spot, name), "value"));
  return {
    cu: unitPriceAt(at(spot, "cu")),
    su: unitPriceAt(at(spot, "su")),
    nu: unitPriceAt(at(spot, "nu")),
    ipu: flat("ipu"),
    uniqueName: flat("unique_name"),
    domainName: flat("domain_name"),
    dedicatedPercent: whole(at(spot, "discount_for_dedication_nodes")),
  };
}

const defaultPricing = defaults(pricingBlock);
const priceTold = (value: number): Fields => ({ unit: "Gigabytes", value });

/** The pricing policy in force, as a case tells it. */
export const pricingTold: Fields = {
  cu: priceTold(defaultPricing.cu),
  su: priceTold(defaultPricing.su),
  nu: priceTold(defaultPricing.nu),
  ipu: priceTold(defaultPricing.ipu),
  unique_name: priceTold(defaultPricing.uniqueName),
  domain_name: priceTold(defaultPricing.domainName),
  discount_for_dedication_nodes: Math.round(defaultPricing.dedicatedShare * 100),
};

/** Reads `[average, least, most]` of the price of a TFT. */
export function pricesAt(spot: Spot): { readonly average: MilliUsd; readonly bounds: PriceBounds } {
  const prices = list(spot, milliUsdAt);
  if (Array.isArray(spot.value) && prices.length !== 3) blame(spot, "a list of three prices");
  const [average = milliUsd(1n), floor = milliUsd(1n), cap = milliUsd(1n)] = prices;
  return { average, bounds: { floor, cap } };
}
