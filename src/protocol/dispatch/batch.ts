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

type Run = Dispatch<ChainState, Call, ChainEvent>;
const COMPLETED: ChainEvent = { event: "Utility.ItemCompleted" };

/** Makes calls one after the other, up to the first that is refused. */
export function batch(
  state: ChainState,
  calls: readonly Call[],
  origin: Origin,
  at: ChainTime,
  dispatch: Run,
): Answer {
  let current = state;
  const events: ChainEvent[] = [];
  for (const [index, call] of calls.entries()) {
    const answer = dispatch(current, call, origin, at);
    if (!answer.ok) {
      return paid(current, [
        ...events,
        { event: "Utility.BatchInterrupted", index, error: answer.error },
      ]);
    }
    current = answer.value.state;
    events.push(...answer.value.events, COMPLETED);
  }
  return paid(current, [...events, { event: "Utility.BatchCompleted" }]);
}

/** Makes all calls or none. */
export function batchAll(
  state: ChainState,
  calls: readonly Call[],
  origin: Origin,
  at: ChainTime,
  dispatch: Run,
): Answer {
  let current = state;
  const events: ChainEvent[] = [];
  for (const call of calls) {
    const answer = dispatch(current, call, origin, at);
    if (!answer.ok) return answer;
    current = answer.value.state;
    events.push(...answer.value.events, COMPLETED);
  }
  return paid(current, [...events, { event: "Utility.BatchCompleted" }]);
}

/** Makes all calls that are not refused. */
export function forceBatch(
  state: ChainState,
  calls: readonly Call[],
  origin: Origin,
  at: ChainTime,
  dispatch: Run,
): Answer {
  let current = state;
  let failed = false;
  const events: ChainEvent[] = [];
  for (const call of calls) {
    const answer = dispatch(current, call, origin, at);
    if (answer.ok) {
      current = answer.value.state;
      events.push(...answer.value.events, COMPLETED);
    } else {
      failed = true;
      events.push({ event: "Utility.ItemFailed", error: answer.error });
    }
  }
  const last = failed ? "Utility.BatchCompletedWithErrors" : "Utility.BatchCompleted";
  return paid(current, [...events, { event: last }]);
}
