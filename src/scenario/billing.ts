/**
 * Billing: the rules that bill contracts over a run, which went from locks to reserves once.
 */
import type { TimelineEntry } from "../world/setup.ts";

/** The key of the rules that bill contracts. */
export const BILLING_RULES = "policy.billing.rules";

/** Which of the entries, in order of time, would go back from reserves to locks. */
export function returnsToLocks(
  entries: readonly TimelineEntry[],
  before: string,
): readonly number[] {
  const returns: number[] = [];
  let rules = before;
  for (const [at, entry] of entries.entries()) {
    if (entry.kind !== "policy") continue;
    const word = entry.changes.find(({ key }) => key === BILLING_RULES)?.value;
    if (rules === "reserve" && word === "legacy") returns.push(at);
    else if (word !== undefined) rules = String(word);
  }
  return returns;
}
