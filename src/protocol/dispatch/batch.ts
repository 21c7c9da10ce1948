/**
 * Batches: several calls in one, as a proposal holds them that changes several things.
 *
 * Source: substrate, pallet-utility, `batch`, `batch_all`, `force_batch`.
 * Quirk: a plain batch that meets a refusal stops there, keeps what was done, and succeeds.
 */
import type { ChainTime } from "../billing/policy.ts";
import type { Call } from "../call.ts";
import type { ChainEvent, ChainState } from "../chain.ts";
import type { Origin } from "../origin.ts";
import { type Dispatch, paid } from "../step.ts";
import type { Answer } from "./adapter.ts";

/** What a batch is made of, and on whose authority. */
export interface Batching {
  readonly calls: readonly Call[];
  readonly origin: Origin;
  readonly at: ChainTime;
  readonly dispatch: Dispatch<ChainState, Call, ChainEvent>;
}

/** What a batch does where a call is refused: stops, undoes everything, or goes on. */
export type BatchRule = "stop" | "undo" | "skip";

/** Makes calls one after the other; refuses only where one is refused and the rule undoes. */
export function batch(
  state: ChainState,
  { calls, origin, at, dispatch }: Batching,
  rule: BatchRule,
): Answer {
  let current = state;
  let failed = false;
  const events: ChainEvent[] = [];
  for (const [index, call] of calls.entries()) {
    const answer = dispatch(current, call, origin, at);
    if (answer.ok) {
      current = answer.value.state;
      events.push(...answer.value.events, { event: "Utility.ItemCompleted" });
      continue;
    }
    const { error } = answer;
    if (rule === "undo") return answer;
    if (rule === "stop") {
      return paid(current, [...events, { event: "Utility.BatchInterrupted", index, error }]);
    }
    failed = true;
    events.push({ event: "Utility.ItemFailed", error });
  }
  const last = failed ? "Utility.BatchCompletedWithErrors" : "Utility.BatchCompleted";
  return paid(current, [...events, { event: last }]);
}
