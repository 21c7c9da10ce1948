/** What histories of the lock based bills are made of, whichever way they are billed. */
import {
  type ClassBook,
  classBook,
  classNumber,
  type LegacyTariff,
  type LegacyTariffs,
  type LegacyTerms,
  legacyTariff,
  type ResourceClass,
  type Terms,
} from "../../src/protocol/index.ts";
import { milliUsd, seconds } from "../../src/units/index.ts";
import {
  billing,
  discountFor,
  MACHINES,
  PRICINGS,
  type Prices,
  priceAt,
  quirksFor,
  roundingFor,
  SECONDS_PER_BLOCK,
  split,
  TEMPLATES,
  usedBy,
  type Words,
} from "./interval-grid.ts";

export const GENESIS = 1_628_082_000;
/** The providers that a contract may name, and what they take in percent. */
export const TAKES = [[10n], [30n, 20n], [1n, 1n, 1n]];

/** What votes can change in a history. */
export interface Law {
  readonly distributionCycles: number;
  readonly graceBlocks: number;
  readonly pricing: number;
  readonly words?: Words;
}

export const FREQUENCY = 600;

/** The same law as the reserve based rules need it. */
export const reserveTermsOf = (law: Law): Terms => ({
  ...termsOf(law),
  stakingShare: Number(split.staking) * 100,
  foundationShare: Number(split.foundation) * 100,
  nameStakingShare: Number(split.nameStaking) * 100,
});

export const termsOf = (law: Law): LegacyTerms => ({
  frequency: FREQUENCY,
  distributionCycles: law.distributionCycles,
  graceBlocks: law.graceBlocks,
  existentialDeposit: Number(billing.existentialDeposit),
  secondsPerBlock: SECONDS_PER_BLOCK,
  foundationShare: Number(split.legacyFoundation) * 100,
  stakingShare: Number(split.legacyStaking) * 100,
  salesShare: Number(split.legacySales) * 100,
  quirks: quirksFor(law),
  takes: TAKES.map((shares) => shares.map((take) => Number(take) * 100)),
});

const book: ClassBook = classBook();
export function classesOf(
  template: number,
  size: number,
  surcharge = false,
): { readonly busy: number; readonly idle: number } {
  const { kind, machine, ips, traffic, rented } = TEMPLATES[template];
  const idle: ResourceClass = {
    kind,
    ...usedBy(template, size),
    ips,
    certified: surcharge && machine >= 0 && MACHINES[machine].certified,
    rented,
    trafficPerHour: 0,
    extraFee: kind === "rent" ? MACHINES[machine].extraFee : 0,
  };
  return {
    idle: classNumber(book, idle),
    busy: classNumber(book, { ...idle, trafficPerHour: traffic * 3_600 }),
  };
}
for (let template = 0; template < TEMPLATES.length; template++)
  for (let size = 0; size < 3; size++)
    for (const surcharge of [false, true]) classesOf(template, size, surcharge);

const tables = new Map<string, LegacyTariff>();
function tableOf(price: number, law: Law): LegacyTariff {
  const key = `${price} ${law.pricing} ${law.words?.hour} ${law.words?.rounding}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const cycleSeconds = seconds(FREQUENCY * SECONDS_PER_BLOCK);
  const policies = {
    pricing: PRICINGS[law.pricing],
    discount: discountFor(law),
    rounding: roundingFor(law),
    cycleSeconds,
  };
  const made = legacyTariff(book, milliUsd(BigInt(price)), policies);
  tables.set(key, made);
  return made;
}

export const tariffsOf = (prices: readonly Prices[], law: Law): LegacyTariffs => ({
  at: (block) => tableOf(priceAt(prices, block), law),
  changesAfter(block) {
    const now = priceAt(prices, block);
    const total = prices.reduce((sum, one) => sum + one.hours, 0);
    for (let hour = Math.floor(block / 600) + 1; hour <= total; hour++)
      if (priceAt(prices, hour * 600) !== now) return hour * 600;
    return Number.POSITIVE_INFINITY;
  },
});

/** A contract to be made. */
export interface NewRow {
  readonly template: number;
  readonly size: number;
  readonly phase: number;
  /** Number of the provider, -1 without. */
  readonly provider: number;
}

/** What all ways of billing do. */
export interface Way {
  deposit(amount: number): void;
  add(row: NewRow, block: number): void;
  close(row: number, law: Law, prices: readonly Prices[]): boolean;
  traffic(row: number, from: number): void;
  sleep(machine: number, down: boolean, block: number): void;
  run(law: Law, prices: readonly Prices[], until: number): void;
  told(): unknown;
}
