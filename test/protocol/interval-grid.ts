/** What histories of one account's bills are made of: machines, contracts, prices, policies. */
import fc from "fast-check";
import {
  type BillingQuirks,
  billingBlock,
  billingPolicy,
  type ClassBook,
  classBook,
  classNumber,
  type DiscountPolicy,
  discountBlock,
  discountPolicy,
  type PricingPolicy,
  pricingBlock,
  pricingPolicy,
  type ResourceClass,
  refresh,
  splitBlock,
  splitPolicy,
  type Tariff,
  type TariffPolicies,
  type Tariffs,
  type Terms,
  tariff,
} from "../../src/protocol/index.ts";
import { GIB, milliUsd, seconds, usd } from "../../src/units/index.ts";
import { defaults } from "./defaults.ts";

/** Blocks in which the chain's average price stands still. */
export const HOUR = 600;
export const SECONDS_PER_BLOCK = 6;
export const MACHINE = { cores: 16, memory: 64 * GIB, ssd: 1000 * GIB, hdd: 4000 * GIB };

/** The machines: two shared ones, and two that are rented, one with an extra fee. */
export const MACHINES = [
  { certified: false, extraFee: 0 },
  { certified: true, extraFee: 0 },
  { certified: false, extraFee: 0 },
  { certified: true, extraFee: 12_345 },
] as const;

interface Template {
  readonly kind: "node" | "rent" | "name";
  readonly machine: number;
  readonly ips: number;
  /** Bytes a second. */
  readonly traffic: number;
  readonly rented: boolean;
}

/** The contracts a history chooses from, and what each asks for. */
export const TEMPLATES: readonly Template[] = [
  { kind: "node", machine: 0, ips: 0, traffic: 0, rented: false },
  { kind: "node", machine: 1, ips: 1, traffic: 23_457, rented: false },
  { kind: "node", machine: 1, ips: 0, traffic: 1_000, rented: false },
  { kind: "name", machine: -1, ips: 0, traffic: 0, rented: false },
  { kind: "rent", machine: 2, ips: 0, traffic: 0, rented: false },
  { kind: "rent", machine: 3, ips: 0, traffic: 0, rented: false },
  { kind: "node", machine: 2, ips: 0, traffic: 0, rented: true },
  { kind: "node", machine: 2, ips: 2, traffic: 7_654, rented: true },
  { kind: "node", machine: 3, ips: 0, traffic: 45_678, rented: true },
];

const SIZES = [
  { cores: 1, memory: 2 * GIB, ssd: 25 * GIB, hdd: 0 },
  { cores: 8, memory: 16 * GIB, ssd: 500 * GIB, hdd: 7 * GIB },
  { cores: 2, memory: GIB / 4, ssd: 3 * GIB, hdd: 900 * GIB },
] as const;

/** What a contract of a template and a size uses; a rent contract has the machine. */
export function usedBy(template: number, size: number): (typeof SIZES)[number] | typeof MACHINE {
  const { kind } = TEMPLATES[template];
  if (kind === "name") return { cores: 0, memory: 0, ssd: 0, hdd: 0 };
  return kind === "rent" ? MACHINE : SIZES[size % SIZES.length];
}

/** The resource classes of a contract with its traffic and without. */
export function classesFor(
  book: ClassBook,
  template: number,
  size: number,
): { readonly busy: number; readonly idle: number } {
  const { kind, machine, ips, traffic, rented } = TEMPLATES[template];
  const site = machine < 0 ? { certified: false, extraFee: 0 } : MACHINES[machine];
  const idle: ResourceClass = {
    kind,
    ...usedBy(template, size),
    ips,
    certified: site.certified,
    rented,
    trafficPerHour: 0,
    extraFee: kind === "rent" ? site.extraFee : 0,
  };
  return {
    idle: classNumber(book, idle),
    busy: classNumber(book, { ...idle, trafficPerHour: traffic * 3600 }),
  };
}

/** All classes of all templates, so that the tables are made once. */
export const book: ClassBook = classBook();
for (let template = 0; template < TEMPLATES.length; template++)
  for (let size = 0; size < SIZES.length; size++) classesFor(book, template, size);

const base = pricingPolicy(defaults(pricingBlock));

/** Prices that a vote changes between. */
export const PRICINGS: readonly PricingPolicy[] = [
  base,
  {
    ...base,
    cu: { ...base.cu, value: usd(305_600n) },
    ipu: usd(69_400n),
    dedicatedPercent: 70n,
  },
  { ...base, su: { ...base.su, value: usd(1n) }, uniqueName: usd(1n) },
];

export const discount = discountPolicy(defaults(discountBlock));
export const split = splitPolicy(defaults(splitBlock));
export const billing = billingPolicy(defaults(billingBlock));

/** What votes can change in a history. */
export interface Law {
  readonly frequency: number;
  readonly distributionCycles: number;
  readonly graceBlocks: number;
  readonly pricing: number;
  readonly words?: Words;
}

/** Earlier rules that a law may ask for, and whether it mends the quirks of bills. */
export interface Words {
  readonly hour: "current" | "inverted";
  readonly rounding: "nearest" | "earlier";
  readonly quirk: "compat" | "fixed";
}

/** Mostly the words of today. */
export const words: fc.Arbitrary<Words> = fc.record({
  hour: fc.constantFrom("current", "current", "inverted"),
  rounding: fc.constantFrom("nearest", "nearest", "earlier"),
  quirk: fc.constantFrom("compat", "compat", "fixed"),
});

type Worded = { readonly words?: Words };

export const discountFor = ({ words }: Worded): DiscountPolicy => ({
  ...discount,
  hour: words?.hour ?? "current",
});

export const roundingFor = ({ words }: Worded): "nearest" | "earlier" =>
  words?.rounding ?? "nearest";

/** All quirks that concern bills, kept or mended. */
export const quirksFor = ({ words }: Worded): BillingQuirks => {
  const word = words?.quirk ?? "compat";
  return {
    ...{ lockedTwice: word, graceTraffic: word, lastStretch: word },
    ...{ standbyCancel: word, childGrace: word, staleBucket: "compat" },
  };
};

/** A law as the meter needs it. */
export const termsFor = (law: Law): Terms => ({
  frequency: law.frequency,
  distributionCycles: law.distributionCycles,
  graceBlocks: law.graceBlocks,
  existentialDeposit: Number(billing.existentialDeposit),
  secondsPerBlock: SECONDS_PER_BLOCK,
  quirks: quirksFor(law),
  stakingShare: Number(split.staking) * 100,
  foundationShare: Number(split.foundation) * 100,
  nameStakingShare: Number(split.nameStaking) * 100,
});

/** A law as the price list needs it. */
export const policiesFor = (law: Law): TariffPolicies => ({
  pricing: PRICINGS[law.pricing],
  discount: discountFor(law),
  rounding: roundingFor(law),
  cycleSeconds: seconds(law.frequency * SECONDS_PER_BLOCK),
});

const tables = new Map<string, Tariff>();

/** The table of a price under a law; the same one every time. */
export function tableFor(price: number, law: Law): Tariff {
  const era = `${law.words?.hour} ${law.words?.rounding}`;
  const key = `${price} ${law.frequency} ${law.pricing} ${era}`;
  const known = tables.get(key);
  const policies = policiesFor(law);
  const table = known ?? tariff(book, milliUsd(BigInt(price)), policies);
  refresh(table, book, milliUsd(BigInt(price)), policies);
  tables.set(key, table);
  return table;
}

/** The price of each hour: segments that hold for some hours, the last one for ever. */
export interface Prices {
  readonly hours: number;
  readonly price: number;
}

/** The 1e-3 USD of a TFT at a block. */
export function priceAt(prices: readonly Prices[], block: number): number {
  let hour = Math.floor(block / HOUR);
  for (const one of prices) {
    if (hour < one.hours) return one.price;
    hour -= one.hours;
  }
  return prices[prices.length - 1].price;
}

/** The price list of a history under a law. */
export const tariffsFor = (prices: readonly Prices[], law: Law): Tariffs => ({
  at: (block) => tableFor(priceAt(prices, block), law),
  changesAfter(block) {
    const now = priceAt(prices, block);
    const total = prices.reduce((sum, one) => sum + one.hours, 0);
    for (let hour = Math.floor(block / HOUR) + 1; hour <= total; hour++)
      if (priceAt(prices, hour * HOUR) !== now) return hour * HOUR;
    return Number.POSITIVE_INFINITY;
  },
});
