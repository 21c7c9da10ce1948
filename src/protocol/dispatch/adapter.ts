/**
 * How a rule of a noun becomes a call: who may make it, and whose name its refusals carry.
 *
 * Source: substrate, `ensure_signed`, `EnsureOrigin`, `DispatchError::Module` and
 * `DispatchError::Token`.
 */
import { type Outcome, refused } from "../../units/index.ts";
import type { ChainTime } from "../billing/policy.ts";
import type { Calls } from "../call.ts";
import type { ChainEvent, ChainState } from "../chain.ts";
import type { AccountId } from "../ledger.ts";
import { type Origin, passesGate, signerOf } from "../origin.ts";
import type { Step } from "../step.ts";

/** What a call answers: the chain after it, or the chain's name of why not. */
export type Answer = Outcome<Step<ChainState, ChainEvent>, string>;

/** The effect of a call. */
export type Effect<Args> = (state: ChainState, origin: Origin, args: Args, at: ChainTime) => Answer;

/** The effects of some calls. */
export type Effects<Names extends keyof Calls> = {
  readonly [Name in Names]: Effect<Calls[Name]>;
};

/** The calls whose name begins with a pallet's. */
export type CallsOf<Pallet extends string> = Extract<keyof Calls, `${Pallet}.${string}`>;

/** What the layer of tokens refuses under a name of its own, whichever pallet asked it. */
const TOKEN_ERRORS: readonly string[] = [
  ...["FundsUnavailable", "OnlyProvider", "BelowMinimum", "NotExpendable", "Frozen"],
];

/** The answer with the pallet's name, or the token layer's, before a refusal that names none. */
export const named = (pallet: string, answer: Answer): Answer =>
  answer.ok || answer.error === "BadOrigin" || answer.error.includes(".")
    ? answer
    : refused(`${TOKEN_ERRORS.includes(answer.error) ? "Token" : pallet}.${answer.error}`);

/** A call that an account signs. */
export const bySigner =
  <Args>(
    pallet: string,
    rule: (state: ChainState, account: AccountId, args: Args, at: ChainTime) => Answer,
  ): Effect<Args> =>
  (state, origin, args, at) => {
    const signer = signerOf(origin);
    return signer.ok ? named(pallet, rule(state, signer.value, args, at)) : signer;
  };

/** A call that only the council or the DAO makes. */
export const byGate =
  <Args>(
    pallet: string,
    rule: (state: ChainState, args: Args, at: ChainTime) => Answer,
  ): Effect<Args> =>
  (state, origin, args, at) =>
    passesGate(origin, state.runtime.gate)
      ? named(pallet, rule(state, args, at))
      : refused("BadOrigin");

/** A call that only the chain itself makes, through the DAO. */
export const byRoot =
  <Args>(
    pallet: string,
    rule: (state: ChainState, args: Args, at: ChainTime) => Answer,
  ): Effect<Args> =>
  (state, origin, args, at) =>
    origin.kind === "root" ? named(pallet, rule(state, args, at)) : refused("BadOrigin");
