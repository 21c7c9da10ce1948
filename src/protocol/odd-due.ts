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
import { bytes, cores } from "../units/index.ts";
import { billedUnits, secondPrices } from "./cost.ts";
import { type DiscountPolicy, discountLevels } from "./discount.ts";
import { decimalSize, type PricingPolicy } from "./pricing.ts";
import type { ClassBook, ResourceClass } from "./resource-class.ts";
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
  if (cls.kind !== "node" || cls.extraFee > 0) return Number.NaN;
  const prices = secondPrices(pricing);
  const addresses = (Number(prices.ipu) / ONE) * cls.ips;
  if (cls.rented) return addresses;
  const units = billedUnits(
    {
      cru: cores(BigInt(cls.cores)),
      mru: bytes(BigInt(cls.memory)),
      sru: bytes(BigInt(cls.ssd)),
      hru: bytes(BigInt(cls.hdd)),
    },
    pricing,
  );
  const used =
    (Number(units.su) / ONE) * (Number(prices.su) / ONE) +
    (Number(units.cu) / ONE) * (Number(prices.cu) / ONE);
  return used + addresses;
}

/** What classes cost a second, as far as they were asked for, shared by all prices of a policy. */
export function oddRates(book: ClassBook, pricing: PricingPolicy): number[] {
  let known = RATES.get(book);
  if (known === undefined) {
    known = new WeakMap();
    RATES.set(book, known);
  }
  let rates = known.get(pricing);
  if (rates === undefined) {
    rates = [];
    known.set(pricing, rates);
  }
  return rates;
}

/** A memo of a pure function; no result depends on what stands in it. */
const RATES = new WeakMap<ClassBook, WeakMap<PricingPolicy, number[]>>();

/** What was found: kept from call to call, so that nothing is made for an answer. */
export interface OddAnswer {
  standard: number;
  level: number;
  floor: number;
}

/** Computes what is due, into `out`; false where the exact rule must be asked. */
export function oddInDoubles(
  rate: number,
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
  let cost = nearest(rate * elapsed);
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
