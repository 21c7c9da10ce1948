/**
 * Dispatch: makes a call of the chain on someone's authority.
 *
 * A call that is refused answers the chain's name of the reason and leaves the state that it was
 * given untouched. Source: substrate, `Dispatchable`; frame_system, `deposit_event`.
 * Quirk: in block 0 nothing is announced.
 */
import { accepted, blocks } from "../../units/index.ts";
import type { ChainTime } from "../billing/policy.ts";
import { retryPayouts } from "../bridge/retry.ts";
import type { Call, CallName, Calls } from "../call.ts";
import type { ChainEvent, ChainState } from "../chain.ts";
import type { Origin } from "../origin.ts";
import { rotateSession } from "../validator.ts";
import type { Answer, Effects } from "./adapter.ts";
import { contractEffects } from "./contract.ts";
import { holdingEffects, seatEffects } from "./governance.ts";
import { moneyEffects } from "./money.ts";
import { tfgridEffects } from "./tfgrid.ts";

const EFFECTS: Effects<CallName> = {
  ...tfgridEffects,
  ...contractEffects,
  ...moneyEffects,
  ...seatEffects,
  ...holdingEffects((state, call, origin, at) => run(state, call, origin, at)),
};

/** The names of all calls. */
export const callNames: readonly string[] = Object.keys(EFFECTS);

function run<Name extends CallName>(
  state: ChainState,
  call: { readonly call: Name; readonly args: Calls[Name] },
  origin: Origin,
  at: ChainTime,
): Answer {
  return EFFECTS[call.call](state, origin, call.args, at);
}

/** The chain after a call, with what it announces; refuses with the chain's name of the reason. */
export function dispatch(state: ChainState, call: Call, origin: Origin, at: ChainTime): Answer {
  const answer = run(state, call, origin, at);
  if (!answer.ok || at.block !== 0) return answer;
  return accepted({ ...answer.value, events: [] });
}

/** What the chain does by itself between two blocks, and what it announces. */
export interface BlockTurn {
  readonly state: ChainState;
  readonly events: readonly ChainEvent[];
}

/** The end of a block, and the begin of the next: the bridge retries, sessions rotate. */
export function turnBlock(state: ChainState, left: ChainTime["block"]): BlockTurn {
  const { retryBlocks, sessionBlocks } = state.runtime;
  const retried = retryPayouts(state, left, retryBlocks);
  const next = blocks(left + 1);
  const session =
    next % sessionBlocks === 0
      ? rotateSession(state.session, state.validatorSet)
      : retried.state.session;
  return {
    state: { ...retried.state, session },
    events: left === 0 ? [] : retried.events,
  };
}
