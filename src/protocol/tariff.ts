/**
 * Tariff: what each class of resources pays for one whole billing cycle, at one price.
 *
 * Contracts are many, but they ask for few different things: those that ask for the same are one
 * class. For a price, a class costs the same every cycle, so the exact arithmetic runs once for
 * each class, price and discount level, and a bill is a look into a table.
 *
 * Source: the rules of `cost.ts`, `price.ts` and `discount.ts`, of which this is only a table.
 */
import {
  assert,
  type MilliUsd,
  milliUsd,
  type Seconds,
  seconds,
  type Tft,
  tft,
  usd,
} from "../units/index.ts";
import {
  type BilledUnits,
  billedUnits,
  extraFeeCost,
  nameCost,
  rentCost,
  type SecondPrices,
  secondPrices,
  unitsCost,
} from "./cost.ts";
import { type CostRounding, costBy, tftBy } from "./cost-earlier.ts";
import {
  type DiscountPolicy,
  discountFloors,
  discountLevel,
  discountLevels,
  dueAtLevel,
  levelFloor,
  monthlyCost,
} from "./discount.ts";
import { oddCosts, oddInDoubles, oddPolicy } from "./odd-due.ts";
import { toTft } from "./price.ts";
import type { PricingPolicy } from "./pricing.ts";
import { billableOf, type ClassBook, type ResourceClass, resourcesOf } from "./resource-class.ts";
import { toldCost } from "./traffic.ts";

/** What is due for an odd stretch of time. */
export interface OddDue {
  readonly standard: number;
  readonly additional: number;
  readonly level: number;
  /** The least usable balance at which the level is the same. */
  readonly floor: number;
}

/** The table for one price; amounts in 1e-7 TFT, rows of `levels` a class. */
export interface Tariff {
  readonly cycleSeconds: number;
  readonly levels: number;
  /** Classes that are filled in; the columns have room for more. */
  count: number;
  /**
   * Due a cycle by class and level; undiscounted extra fee; least usable balance of levels 1 on.
   */
  due: Float64Array;
  extra: Float64Array;
  floor: Float64Array;
  /** 1 for a class that without traffic owes nothing, however long that lasts. */
  unpaid: Uint8Array;
  /** The discount level of a class that faces a usable balance. */
  levelOf(cls: number, usable: number): number;
  /** Due for `elapsed` seconds, `traffic` of them with traffic, and 1e-7 USD told before. */
  odd(cls: number, elapsed: number, traffic: number, usable: number, told?: number): OddDue;
}

/** The policies a tariff is computed from. */
export interface TariffPolicies {
  readonly pricing: PricingPolicy;
  readonly discount: DiscountPolicy;
  /** How costs are rounded; to the nearest where it is left out. */
  readonly rounding?: CostRounding;
  /** Seconds of a whole billing cycle. */
  readonly cycleSeconds: Seconds;
}

const LEVELS = discountLevels.length;

/** Makes the tariff of a price in 1e-3 USD a TFT; `refresh` it after the book has grown. */
export function tariff(book: ClassBook, price: MilliUsd, policies: TariffPolicies): Tariff {
  const plain = oddPolicy(policies.pricing, policies.discount);
  const isPlain = policies.rounding !== "earlier" && policies.discount.hour !== "inverted";
  const costs = oddCosts(book, policies.pricing);
  // Both are kept from call to call, so that nothing is made for a question or its answer.
  const quick = { standard: 0, additional: 0, level: 0, floor: 0 };
  const asked = {
    elapsed: 0,
    traffic: 0,
    trafficPerHour: 0,
    usable: 0,
    price: 0,
    certified: false,
  };
  asked.price = Number(price);
  const table: Tariff = {
    cycleSeconds: policies.cycleSeconds,
    levels: LEVELS,
    count: 0,
    due: new Float64Array(0),
    extra: new Float64Array(0),
    floor: new Float64Array(0),
    unpaid: new Uint8Array(0),
    levelOf(cls, usable) {
      const base = cls * (LEVELS - 1);
      let level = 0;
      while (level < LEVELS - 1 && usable >= table.floor[base + level]) level += 1;
      return level;
    },
    odd(cls, elapsed, traffic, usable, told = 0) {
      const of = book.classes[cls];
      if (isPlain && told === 0 && of.extraFee === 0) {
        asked.elapsed = elapsed;
        asked.traffic = traffic;
        asked.trafficPerHour = of.trafficPerHour;
        asked.usable = usable;
        asked.certified = of.certified;
        if (oddInDoubles(costs.of(cls, elapsed), asked, plain, quick)) return quick;
      }
      return oddDue(of, price, policies, { elapsed, traffic, usable, told });
    },
  };
  refresh(table, book, price, policies);
  return table;
}

/** Fills in the classes that the book has met since the table was made. */
export function refresh(
  table: Tariff,
  book: ClassBook,
  price: MilliUsd,
  policies: TariffPolicies,
): void {
  const known = table.count;
  const count = book.classes.length;
  if (known === count) return;
  if (count > table.extra.length) enlarge(table, count * 2);
  for (let cls = known; cls < count; cls++) fill(table, cls, book.classes[cls], price, policies);
  table.count = count;
}

/** Makes room for so many classes. */
function enlarge(table: Tariff, classes: number): void {
  table.due = lengthened(table.due, classes * LEVELS);
  table.extra = lengthened(table.extra, classes);
  table.floor = lengthened(table.floor, classes * (LEVELS - 1));
  const unpaid = new Uint8Array(classes);
  unpaid.set(table.unpaid);
  table.unpaid = unpaid;
}

function fill(
  table: Tariff,
  number: number,
  cls: ResourceClass,
  price: MilliUsd,
  policies: TariffPolicies,
): void {
  const cycle = policies.cycleSeconds;
  const full = fullAmount(cls, price, policies, cycle, cycle);
  const { certified } = cls;
  table.unpaid[number] = asksForNothing(cls) ? 1 : 0;
  table.extra[number] = exact(feeOf(cls, price, policies, cycle));
  const { discount } = policies;
  const floors =
    full === 0n ? null : discountFloors(monthlyCost(full, cycle, discount.hour), discount);
  for (let level = 0; level < LEVELS; level++) {
    const name = discountLevels[level];
    table.due[number * LEVELS + level] = exact(
      full === 0n ? tft(0n) : dueAtLevel(full, { level: name, certified }, discount),
    );
    if (level > 0)
      table.floor[number * (LEVELS - 1) + level - 1] =
        floors === null ? Number.POSITIVE_INFINITY : exact(floors[name]);
  }
}

/** True for a deployment that holds nothing of its node but a share of what is rented anyway. */
function asksForNothing(cls: ResourceClass): boolean {
  if (cls.kind !== "node" || cls.ips > 0) return false;
  return cls.rented || cls.cores + cls.memory + cls.ssd + cls.hdd === 0;
}

function fullAmount(
  cls: ResourceClass,
  price: MilliUsd,
  policies: TariffPolicies,
  elapsed: Seconds,
  traffic: Seconds,
  told = 0,
): Tft {
  const { pricing, rounding } = policies;
  if (rounding === "earlier") {
    const fresh = toldCost(cls, traffic, pricing);
    const what = billableOf(cls, usd(fresh + BigInt(told)));
    return tftBy(rounding, costBy(rounding, what, elapsed, pricing), price);
  }
  switch (cls.kind) {
    case "node": {
      const used = { units: cls.rented ? null : unitsOf(cls, pricing), ips: BigInt(cls.ips) };
      const cost = unitsCost(used, elapsed, pricesOf(pricing));
      if (told === 0 && (cls.trafficPerHour === 0 || traffic === 0)) return toTft(cost, price);
      const fresh = toldCost(cls, traffic, pricing);
      return toTft(usd(cost + fresh + BigInt(told)), price);
    }
    case "rent":
      return toTft(rentCost(resourcesOf(cls), elapsed, pricing), price);
    case "name":
      return toTft(nameCost(elapsed, pricing), price);
  }
}

/** What a farmer asks above the rent of a class's node for some time. */
const feeOf = (
  cls: ResourceClass,
  price: MilliUsd,
  { rounding }: TariffPolicies,
  elapsed: Seconds,
): Tft => tftBy(rounding, extraFeeCost(milliUsd(BigInt(cls.extraFee)), elapsed), price);

/** The units of a class, computed once a pricing policy. */
function unitsOf(cls: ResourceClass, pricing: PricingPolicy): BilledUnits {
  let known = UNITS.get(pricing);
  if (known === undefined) {
    known = new WeakMap();
    UNITS.set(pricing, known);
  }
  let units = known.get(cls);
  if (units === undefined) {
    units = billedUnits(resourcesOf(cls), pricing);
    known.set(cls, units);
  }
  return units;
}

/** The prices of a second, computed once a pricing policy. */
function pricesOf(pricing: PricingPolicy): SecondPrices {
  let prices = PRICES.get(pricing);
  if (prices === undefined) {
    prices = secondPrices(pricing);
    PRICES.set(pricing, prices);
  }
  return prices;
}

/** Memos of pure functions; no result depends on what stands in them. */
const PRICES = new WeakMap<PricingPolicy, SecondPrices>();
const UNITS = new WeakMap<PricingPolicy, WeakMap<ResourceClass, BilledUnits>>();

function oddDue(
  cls: ResourceClass,
  price: MilliUsd,
  policies: TariffPolicies,
  of: {
    readonly elapsed: number;
    readonly traffic: number;
    readonly usable: number;
    readonly told: number;
  },
): OddDue {
  if (of.elapsed === 0) return { standard: 0, additional: 0, level: 0, floor: 0 };
  const elapsed = seconds(of.elapsed);
  const full = fullAmount(cls, price, policies, elapsed, seconds(of.traffic), of.told);
  const { discount } = policies;
  const monthly = monthlyCost(full, elapsed, discount.hour);
  const additional = cls.extraFee === 0 ? 0 : exact(feeOf(cls, price, policies, elapsed));
  // A full amount whose month rounds to nothing has no level: the chain would divide by zero.
  if (monthly === 0n) return { standard: exact(full), additional, level: 0, floor: 0 };
  const level = discountLevel(monthly, tft(BigInt(of.usable)), discount);
  return {
    standard: exact(dueAtLevel(full, { level, certified: cls.certified }, discount)),
    additional,
    level: discountLevels.indexOf(level),
    floor: exact(levelFloor(level, monthly, discount)),
  };
}

function exact(amount: Tft): number {
  const count = Number(amount);
  assert(Number.isSafeInteger(count), "an amount of the table stays exact in a double");
  return count;
}

function lengthened(column: Float64Array, length: number): Float64Array {
  const longer = new Float64Array(length);
  longer.set(column);
  return longer;
}
