/**
 * Odd dues in doubles: what a bill of any length comes to, where plain numbers are sure of it.
 *
 * The exact rule goes through a dozen quotients of 128 bits. Each of them ends in a rounding to a
 * whole number, and a double is wrong by less than a millionth there; so wherever the number does
 * not lie close to a tie, the rounding is known without the exact digits. Close to one, and for
 * whatever is out of the ordinary, there is no answer and the exact rule is asked.
 *
 * Equal to `odd` of `tariff.ts` wherever it answers (test/protocol/odd-due.test.ts).
 *
 * Source: none of its own; that of `cost.ts` and `discount.ts`, to which it is equal.
 */
import { seconds, usd } from "../units/index.ts";
import { billedUnits, contractCost, secondPrices } from "./cost.ts";
import { type DiscountPolicy, discountLevels } from "./discount.ts";
import { decimalSize, type PricingPolicy } from "./pricing.ts";
import { billableOf, type ClassBook, type ResourceClass, resourcesOf } from "./resource-class.ts";
import { REPORT_SECONDS } from "./traffic.ts";

/** A number this close to a tie, or to a whole number where that decides, is not trusted. */
const CLOSE = 1e-4;
/** Numbers from here on are too coarse to be trusted to that. */
const LARGE = 1_099_511_627_776;
const ONE = 18_446_744_073_709_551_616;
const SECONDS_PER_HOUR = 3_600;
const SECONDS_PER_MONTH = 2_592_000;
/** 1e-7 TFT for 1e-7 USD at a price of 1e-3 USD. */
const PER_MILLI = 1_000;
const UNSURE = -1;

/** What plain numbers know of the policies. */
export interface OddPolicy {
  /** 1e-7 USD for a byte of traffic times a second of its window. */
  readonly traffic: number;
  /** Months from which each level holds, and the part that is paid there. */
  readonly from: readonly number[];
  readonly paid: readonly number[];
  readonly certified: number;
}

/** The policies in doubles. */
export const oddPolicy = (pricing: PricingPolicy, discount: DiscountPolicy): OddPolicy => ({
  traffic: Number(pricing.nu.value) / Number(decimalSize(pricing.nu.unit)) / SECONDS_PER_HOUR,
  from: discountLevels.map((level) => Number(discount.from[level]) / ONE),
  paid: discountLevels.map((level) => Number(discount.paid[level]) / ONE),
  certified: Number(discount.certified) / ONE,
});

/** What a class costs a second in 1e-7 USD without traffic; NaN where only the exact rule knows. */
export function oddRate(cls: ResourceClass, pricing: PricingPolicy): number {
  if (cls.kind !== "node") return Number.NaN;
  const prices = secondPrices(pricing);
  const addresses = (Number(prices.ipu) / ONE) * cls.ips;
  if (cls.rented) return addresses;
  const units = billedUnits(resourcesOf(cls), pricing);
  const used =
    (Number(units.su) / ONE) * (Number(prices.su) / ONE) +
    (Number(units.cu) / ONE) * (Number(prices.cu) / ONE);
  return used + addresses;
}

/** What so much a second comes to, in 1e-7 USD; below nothing, or NaN, where that is not sure. */
export const costAt = (rate: number, elapsed: number): number => nearest(rate * elapsed);

/** What classes cost over odd times, without traffic and fees, shared by all prices of a policy. */
export class OddCosts {
  readonly #book: ClassBook;
  readonly #pricing: PricingPolicy;
  readonly #rates: number[] = [];
  /** What the exact rule has answered where plain numbers were not sure, by class and time. */
  readonly #exact = new Map<number, number>();

  constructor(book: ClassBook, pricing: PricingPolicy) {
    this.#book = book;
    this.#pricing = pricing;
  }

  /** Of a class over some seconds, in 1e-7 USD; `UNSURE` where that is no exact double. */
  of(cls: number, elapsed: number): number {
    const rates = this.#rates;
    while (rates.length <= cls)
      rates.push(oddRate(this.#book.classes[rates.length], this.#pricing));
    const cost = costAt(rates[cls], elapsed);
    return cost >= 0 ? cost : this.#exactly(cls, elapsed);
  }

  /** Exact prices of a second are round, so that many times come close to a tie again and again. */
  #exactly(cls: number, elapsed: number): number {
    if (!(elapsed > 0 && elapsed < TIMES)) return UNSURE;
    const key = cls * TIMES + elapsed;
    let cost = this.#exact.get(key);
    if (cost === undefined) {
      cost = exactCost(this.#book.classes[cls], elapsed, this.#pricing);
      if (this.#exact.size >= REMEMBERED) this.#exact.clear();
      this.#exact.set(key, cost);
    }
    return cost;
  }
}

/** Seconds that are remembered at most, and answers; beyond them the exact rule is asked anew. */
const TIMES = 16_777_216;
const REMEMBERED = 262_144;

function exactCost(cls: ResourceClass, elapsed: number, pricing: PricingPolicy): number {
  const cost = Number(contractCost(billableOf(cls, usd(0n)), seconds(elapsed), pricing));
  return cost < LARGE ? cost : UNSURE;
}

/** The costs of a book under a policy. */
export function oddCosts(book: ClassBook, pricing: PricingPolicy): OddCosts {
  let known = COSTS.get(book);
  if (known === undefined) {
    known = new WeakMap();
    COSTS.set(book, known);
  }
  let costs = known.get(pricing);
  if (costs === undefined) {
    costs = new OddCosts(book, pricing);
    known.set(pricing, costs);
  }
  return costs;
}

/** A memo of a pure function; no result depends on what stands in it. */
const COSTS = new WeakMap<ClassBook, WeakMap<PricingPolicy, OddCosts>>();

/** What was found: kept from call to call, so that nothing is made for an answer. */
export interface OddAnswer {
  standard: number;
  level: number;
  floor: number;
}

/**
 * Computes what is due, into `out`, of what costs so much without traffic, in 1e-7 USD; false where
 * the exact rule must be asked, as it must for a cost that is below nothing.
 */
export function oddInDoubles(
  without: number,
  of: {
    readonly elapsed: number;
    readonly traffic: number;
    readonly trafficPerHour: number;
    readonly usable: number;
    readonly price: number;
    readonly certified: boolean;
  },
  policy: OddPolicy,
  out: OddAnswer,
): boolean {
  const { elapsed, traffic, usable, price } = of;
  let cost = without;
  if (!(cost >= 0)) return false;
  if (traffic > 0) {
    const flow = told(of.trafficPerHour, traffic, policy.traffic);
    if (flow === UNSURE) return false;
    cost += flow;
  }
  const full = nearest((cost * PER_MILLI) / price);
  const monthly = nearest((full * SECONDS_PER_MONTH) / elapsed);
  // A month that rounds to nothing has no level; that is rare enough for the exact rule. Nor has
  // one of an unsure amount, of no time, or of a clock that went back: all are below nothing.
  if (monthly <= 0) return false;
  let level = 0;
  let floor = 0;
  for (let next = 1; next < policy.from.length; next += 1) {
    const least = wholeFrom(policy.from[next] * monthly, policy.from[next]);
    if (least === UNSURE) return false;
    if (usable < least) break;
    level = next;
    floor = least;
  }
  const part = policy.paid[level] * full;
  const standard = nearest(of.certified ? part * policy.certified : part);
  if (standard === UNSURE) return false;
  out.standard = standard;
  out.level = level;
  out.floor = floor;
  return true;
}

/** What the reports of some seconds come to, as `toldCost` has it. */
function told(perHour: number, traffic: number, price: number): number {
  const full = Math.floor(traffic / REPORT_SECONDS);
  const rest = traffic - full * REPORT_SECONDS;
  const hour = full === 0 ? 0 : nearest(Math.floor(perHour) * price * REPORT_SECONDS);
  const last = nearest(Math.floor((perHour * rest) / REPORT_SECONDS) * price * rest);
  return hour === UNSURE || last === UNSURE ? UNSURE : full * hour + last;
}

/** The nearest whole number; `UNSURE` close to a tie or beyond what doubles tell apart. */
function nearest(x: number): number {
  const whole = Math.floor(x);
  const rest = x - whole;
  if (!(x < LARGE) || Math.abs(rest - 0.5) < CLOSE) return UNSURE;
  return rest < 0.5 ? whole : whole + 1;
}

/** The least whole number from `x`, `factor` times a whole one, on; `UNSURE` where it is close. */
function wholeFrom(x: number, factor: number): number {
  if (!(x < LARGE)) return UNSURE;
  // Halves and wholes times a whole number are exact.
  if (Number.isInteger(factor * 2)) return Math.ceil(x);
  const least = Math.ceil(x - CLOSE);
  return least === Math.ceil(x + CLOSE) ? least : UNSURE;
}
