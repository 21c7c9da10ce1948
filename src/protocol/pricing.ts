/**
 * Pricing: what a unit of capacity costs in USD.
 *
 * Lifecycle: set at genesis, changed by the council; contracts are billed under policy 1 whatever
 * their farm says, only network reports use the farm's own.
 * Source: tfchain 33046d6, pallet-tfgrid/src/types.rs, `PricingPolicy` and `Policy`; the defaults
 * are those of the public main network manual, equal to the dev and test chain specification.
 * Quirks: `discount_for_dedication_nodes` is the percentage *paid*, which the usual 50 hides; the
 * price of a domain name is stored and never billed. What a price list would ask under the word
 * `off` for that field is its complement, `dedicatedOff`.
 * Disagreement: the values of the chain's unit tests, and the months' prices that the manual once
 * printed from them, are `TEST_PRICES`; the default is the main network's manual of today.
 */
import {
  assert,
  type Bytes,
  block,
  bytes,
  type Of,
  type Usd,
  usd,
  type Values,
  wholePercent,
} from "../units/index.ts";

const SEEN = {
  quality: "seen",
  source: "tfchain 33046d6, node/src/chain_spec.rs; main network manual, prices",
  date: "2024-03",
} as const;

/** Prices of capacity in USD an hour, and the share of it that whoever rents a node pays. */
export const pricingBlock = block("policy.pricing", "What capacity costs in USD.", {
  cu: {
    kind: "chainUsd",
    default: "0.01 USD/h",
    bounds: ["0 USD/h", "1 USD/h"],
    range: ["0.005 USD/h", "0.02 USD/h"],
    ...SEEN,
    doc: "Price of one compute unit for an hour.",
  },
  su: {
    kind: "chainUsd",
    default: "0.005 USD/h",
    bounds: ["0 USD/h", "1 USD/h"],
    range: ["0.0025 USD/h", "0.01 USD/h"],
    ...SEEN,
    doc: "Price of one storage unit for an hour.",
  },
  nu: {
    kind: "chainUsd",
    default: "0.0015 USD/h",
    bounds: ["0 USD/h", "1 USD/h"],
    range: ["0.0005 USD/h", "0.005 USD/h"],
    ...SEEN,
    doc: "Price of 1e9 bytes of traffic in a report that spans an hour.",
  },
  ipu: {
    kind: "chainUsd",
    default: "0.004 USD/h",
    bounds: ["0 USD/h", "1 USD/h"],
    range: ["0.002 USD/h", "0.01 USD/h"],
    ...SEEN,
    doc: "Price of one public IPv4 address for an hour.",
  },
  uniqueName: {
    kind: "chainUsd",
    default: "0.00025 USD/h",
    bounds: ["0 USD/h", "1 USD/h"],
    range: ["0.0001 USD/h", "0.001 USD/h"],
    ...SEEN,
    doc: "Price of a name for an hour.",
  },
  domainName: {
    kind: "chainUsd",
    default: "0.0005 USD/h",
    bounds: ["0 USD/h", "1 USD/h"],
    range: null,
    ...SEEN,
    doc: "Price of a domain name for an hour; stored by the chain and never billed.",
  },
  dedicatedShare: {
    kind: "share",
    default: "50 %",
    bounds: ["0 %", "100 %"],
    range: ["30 %", "80 %"],
    ...SEEN,
    doc: "Share of the price of its full capacity that whoever rents a node pays.",
  },
});

/** The size that a price counts in. */
export type PriceUnit = "Bytes" | "Kilobytes" | "Megabytes" | "Gigabytes" | "Terabytes";

/** Bytes of a price's unit where the chain counts in 1024s: memory and disks. */
export function binarySize(unit: PriceUnit): Bytes {
  switch (unit) {
    case "Bytes":
      return bytes(1n);
    case "Kilobytes":
      return bytes(1_024n);
    case "Megabytes":
      return bytes(1_048_576n);
    case "Gigabytes":
      return bytes(1_073_741_824n);
    case "Terabytes":
      return bytes(1_099_511_627_776n);
  }
}

/** Bytes of a price's unit where the chain counts in 1000s: traffic. */
export function decimalSize(unit: PriceUnit): Bytes {
  switch (unit) {
    case "Bytes":
      return bytes(1n);
    case "Kilobytes":
      return bytes(1_000n);
    case "Megabytes":
      return bytes(1_000_000n);
    case "Gigabytes":
      return bytes(1_000_000_000n);
    case "Terabytes":
      return bytes(1_000_000_000_000n);
  }
}

/** The number of a pricing policy. */
export type PricingId = Of<number, "pricing policy">;
/** The number of a pricing policy, from 1. */
export const pricingId = (count: number): PricingId => count as PricingId;
/** The policy under which contracts are billed, whatever their farm says. */
export const BILLED_PRICING: PricingId = pricingId(1);

/** A price in 1e-7 USD an hour, and the size that it counts in. */
export interface UnitPrice {
  readonly value: Usd;
  readonly unit: PriceUnit;
}

/** The chain's pricing policy; prices in 1e-7 USD an hour. */
export interface PricingPolicy {
  readonly cu: UnitPrice;
  readonly su: UnitPrice;
  readonly nu: UnitPrice;
  readonly ipu: Usd;
  readonly uniqueName: Usd;
  readonly domainName: Usd;
  /** Whole percent of the full price that whoever rents a node pays; above 100 counts as 100. */
  readonly dedicatedPercent: bigint;
}

/** The policy from a scenario's values; asserts that every price is a whole count of 1e-7 USD. */
export function pricingPolicy(values: Values<typeof pricingBlock>): PricingPolicy {
  const gigabytes = (count: number): UnitPrice => ({ value: whole(count), unit: "Gigabytes" });
  return {
    cu: gigabytes(values.cu),
    su: gigabytes(values.su),
    nu: gigabytes(values.nu),
    ipu: whole(values.ipu),
    uniqueName: whole(values.uniqueName),
    domainName: whole(values.domainName),
    dedicatedPercent: wholePercent(values.dedicatedShare),
  };
}

/** The prices of the chain's unit tests, in 1e-7 USD an hour, which an outdated manual printed. */
export const TEST_PRICES: PricingPolicy = {
  cu: { value: usd(305_600n), unit: "Gigabytes" },
  su: { value: usd(194_400n), unit: "Gigabytes" },
  nu: { value: usd(50_000n), unit: "Gigabytes" },
  ipu: usd(69_400n),
  uniqueName: usd(13_900n),
  domainName: usd(27_800n),
  dedicatedPercent: 50n,
};

/** The policy whose dedicated percentage is meant as taken off, in the chain's form. */
export const dedicatedOff = (policy: PricingPolicy, percentOff: bigint): PricingPolicy => ({
  ...policy,
  dedicatedPercent: percentOff > 100n ? 0n : 100n - percentOff,
});

function whole(count: number): Usd {
  assert(Number.isSafeInteger(count) && count >= 0, `${count} is no whole count of 1e-7 USD`);
  return usd(BigInt(count));
}
