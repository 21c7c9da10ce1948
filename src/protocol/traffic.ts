/**
 * Traffic: what a node tells the chain of a contract's traffic, and what that comes to.
 *
 * A node tells it every hour, whatever the billing frequency is, and the chain multiplies what the
 * bytes cost by the window of the report. So a stretch costs the sum of its reports: 24 reports of
 * an hour cost a 24th of what one of a day would.
 * Simplified: reports are counted from the last bill, so that bills that come more often than once
 * an hour, or in between, hold shorter ones.
 *
 * Source: zos, provisiond/reporter.go (reports every hour, window since the last one);
 * tfchain, pallet-smart-contract/src/types.rs, `NruConsumption` as used by `cost.ts`.
 */
import { type Bytes, bytes, type Seconds, seconds, type Usd, usd } from "../units/index.ts";
import { trafficCost } from "./cost.ts";
import type { PricingPolicy } from "./pricing.ts";
import type { ResourceClass } from "./resource-class.ts";

/** Seconds from one report of a node to the next. */
export const REPORT_SECONDS: Seconds = seconds(3600);

/** Bytes of traffic a class has in some seconds: its hourly rate, cut to whole bytes. */
export const trafficBytes = (cls: ResourceClass, span: Seconds): Bytes =>
  bytes(BigInt(Math.floor((cls.trafficPerHour * span) / REPORT_SECONDS)));

/** 1e-7 USD that a class's traffic of some seconds costs: full reports, then one of the rest. */
export function toldCost(cls: ResourceClass, span: Seconds, pricing: PricingPolicy): Usd {
  if (span === 0 || cls.trafficPerHour === 0) return usd(0n);
  const full = Math.floor(span / REPORT_SECONDS);
  const rest = seconds(span - full * REPORT_SECONDS);
  const one = (window: Seconds): bigint => trafficCost(trafficBytes(cls, window), window, pricing);
  return usd((full === 0 ? 0n : BigInt(full) * one(REPORT_SECONDS)) + one(rest));
}
