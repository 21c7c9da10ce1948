/**
 * How a minting case is made smaller: runs as single reports, instants towards their period.
 */
import { periodStart } from "../protocol/index.ts";
import { type Fields, isFields, type Json } from "./spot.ts";

/** The fields of a case that hold an instant. */
const INSTANTS: ReadonlySet<string> = new Set([
  ...["ts", "from", "to", "boot", "now", "down_ts", "first_block_ts", "end_block_ts"],
]);

/** More reports than that are left in their runs. */
const REPORTS_MAX = 4_000;

/** The same case with its runs of reports written out, so that single ones can be taken away. */
export function withoutRuns(question: Fields): Fields {
  const { input } = question;
  if (!isFields(input) || !Array.isArray(input["events"])) return question;
  const events = input["events"].flatMap((event: Json) => reportsOf(event));
  return events.length > REPORTS_MAX ? question : { ...question, input: { ...input, events } };
}

function reportsOf(event: Json): readonly Json[] {
  if (!isFields(event) || event["t"] !== "run") return [event];
  const { from, to, every, boot } = event;
  const drift = event["drift"] ?? 0;
  const numbers = [from, to, every, boot, drift].map(Number);
  const [first, last, step, started, gain] = numbers;
  const length = Math.floor((last - first) / step) + 1;
  const sound = numbers.every(Number.isFinite) && step > 0 && length >= 0;
  if (!sound || length > REPORTS_MAX) return [event];
  return Array.from({ length }, (_, k) => {
    const ts = first + k * step;
    return { t: "uptime", ts, uptime: ts - started + k * gain };
  });
}

/** Where a number of a case tends to: an instant to the start of the period, that nowhere. */
export function mintingOrigin(question: Fields, name: string): bigint | null {
  const { input } = question;
  const period = isFields(input) ? Number(input["period"]) : Number.NaN;
  const start = Number.isSafeInteger(period)
    ? periodStart(period)
    : Number(isFields(input) ? input["period_start"] : Number.NaN);
  if (!Number.isSafeInteger(start)) return 0n;
  if (name === "period" || name === "period_start") return null;
  return INSTANTS.has(name) ? BigInt(start) : 0n;
}
