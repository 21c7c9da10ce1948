/**
 * Tariff of the lock based bills: the table of whole cycles, and what an odd stretch owes.
 *
 * The table is that of `tariff.ts` for classes without the certified surcharge, which these rules
 * never charge. An odd stretch differs from there by traffic that was told before and is charged
 * again, as long as a contract is in grace.
 *
 * Source: none of its own; that of `cost.ts` and `discount.ts`, of which it is a table.
 */
import { type MilliUsd, milliUsd, type Seconds, seconds, tft, usd } from "../units/index.ts";
import { extraFeeCost } from "./cost.ts";
import { costBy, tftBy } from "./cost-earlier.ts";
import { discountLevel, discountLevels, dueAtLevel, levelFloor, monthlyCost } from "./discount.ts";
import {
  type LegacyMeter,
  type LegacyTakings,
  type LegacyTerms,
  type LegacyWallet,
  usableOf,
} from "./meter-legacy-table.ts";
import { billableOf, type ClassBook } from "./resource-class.ts";
import { type Tariff, type TariffPolicies, tariff } from "./tariff.ts";
import { toldCost } from "./traffic.ts";

/** What classes owe at one price. */
export interface LegacyTariff {
  readonly table: Tariff;
  readonly book: ClassBook;
  readonly price: MilliUsd;
  readonly policies: TariffPolicies;
}

/** The tariff of a price in 1e-3 USD a TFT, of all classes that the book holds now. */
export const legacyTariff = (
  book: ClassBook,
  price: MilliUsd,
  policies: TariffPolicies,
): LegacyTariff => ({ table: tariff(book, price, policies), book, price, policies });

/**
 * What a row owes at a block, into `out`, after its node told its traffic; false where the chain
 * divides by zero and the bill fails.
 */
export function dueOfRow(
  wallet: LegacyWallet,
  meter: LegacyMeter,
  terms: LegacyTerms,
  tariff: LegacyTariff,
  row: number,
  block: number,
  out: LegacyTakings,
): boolean {
  const { table } = tariff;
  const now = block * terms.secondsPerBlock;
  const elapsed = (block - meter.lastBilled[row]) * terms.secondsPerBlock;
  const busy = meter.busyClass[row] !== meter.idleClass[row];
  const flowing = busy ? Math.max(now - meter.trafficFrom[row], 0) : 0;
  const usable = usableOf(wallet.free, wallet.frozen, terms) + wallet.stash;
  const fresh = meter.unbilled[row] === 0;
  if (flowing > 0) {
    const cls = tariff.book.classes[meter.busyClass[row]];
    meter.unbilled[row] += Number(toldCost(cls, seconds(flowing), tariff.policies.pricing));
    meter.trafficSeconds[row] += flowing;
    meter.trafficFrom[row] = now;
  }
  out.whole = elapsed === table.cycleSeconds && fresh && (flowing === 0 || flowing === elapsed);
  if (!out.whole) return oddDue(tariff, meter, row, seconds(elapsed), usable, out);
  const cls = flowing > 0 ? meter.busyClass[row] : meter.idleClass[row];
  out.level = table.levelOf(cls, usable);
  out.standard = table.due[cls * table.levels + out.level];
  out.additional = table.extra[cls];
  if (out.level > 0) {
    const floor = table.floor[cls * (table.levels - 1) + out.level - 1];
    out.slack = Math.min(out.slack, usable - floor);
  }
  return true;
}

function oddDue(
  { book, price, policies }: LegacyTariff,
  meter: LegacyMeter,
  row: number,
  elapsed: Seconds,
  usable: number,
  out: LegacyTakings,
): boolean {
  const cls = book.classes[meter.idleClass[row]];
  const unbilled = usd(BigInt(meter.unbilled[row]));
  const { pricing, rounding } = policies;
  const full = tftBy(
    rounding,
    costBy(rounding, billableOf(cls, unbilled), elapsed, pricing),
    price,
  );
  const fee = extraFeeCost(milliUsd(BigInt(cls.extraFee)), elapsed);
  out.level = 0;
  out.standard = 0;
  out.additional = Number(tftBy(rounding, fee, price));
  if (full === 0n) return true;
  if (elapsed === 0) return false;
  const { discount } = policies;
  const monthly = monthlyCost(full, elapsed, discount.hour);
  if (monthly === 0n) return false;
  const level = discountLevel(monthly, tft(BigInt(usable)), discount);
  out.level = discountLevels.indexOf(level);
  out.standard = Number(dueAtLevel(full, { level, certified: false }, discount));
  out.slack = Math.min(out.slack, usable - Number(levelFloor(level, monthly, discount)));
  return true;
}
