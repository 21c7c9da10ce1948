/**
 * Step: what a call of the chain leaves behind when it succeeds. One that is refused leaves the
 * state that it was given, announces nothing, and still costs its caller the fee.
 *
 * Source: substrate, `DispatchResultWithPostInfo` and `Pays`.
 */
import { accepted, type Outcome } from "../units/index.ts";
import type { ChainTime } from "./billing/policy.ts";
import type { Origin } from "./origin.ts";

/** The state after a call, what it announces in order, and whether the caller pays for it. */
export interface Step<State, Event> {
  readonly state: State;
  readonly events: readonly Event[];
  readonly pays: boolean;
}

/** A successful call that its caller pays for. */
export const paid = <State, Event>(state: State, events: readonly Event[]) =>
  accepted<Step<State, Event>>({ state, events, pays: true });

/** A successful call that is free. */
export const free = <State, Event>(state: State, events: readonly Event[]) =>
  accepted<Step<State, Event>>({ state, events, pays: false });

/** Runs a call of the chain on someone's authority, as the DAO and the council do. */
export type Dispatch<State, Action, Event> = (
  state: State,
  action: Action,
  origin: Origin,
  at: ChainTime,
) => Outcome<Step<State, Event>, string>;
