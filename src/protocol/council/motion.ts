/**
 * Motions: how the council decides to make a call.
 *
 * Lifecycle: a member proposes a call and how many ayes carry it; one aye is enough to run at once;
 * else members vote, and anybody closes what is decided, or what is over.
 * Source: substrate, pallet-collective, `execute`, `do_propose_execute`, `do_propose_proposed`,
 * `do_vote`, `do_close`, `PrimeDefaultVote`.
 * Quirks: whoever proposes has not voted yet; a motion that carries with few ayes runs, but a
 * restricted call in it still asks for three fifths of the seats; who did not vote when the time
 * is over counts as the prime did if the prime said aye, and as nay otherwise.
 * Disagreement: by the collective's rules the prime counts (`heard`, the default); but the runtime
 * of 2022 hands on who the members are, and not who is prime, so that the collective knows none and
 * all who are silent are nays (`unheard`, `policy.dao.prime`; MembershipChangedGroup).
 */
import { accepted, blocks, type Outcome, refused } from "../../units/index.ts";
import type { ChainTime } from "../billing/policy.ts";
import { withEntry, withoutEntry, withoutName } from "../entry.ts";
import type { AccountId } from "../ledger.ts";
import type { Origin } from "../origin.ts";
import { type Dispatch, free, paid, type Step } from "../step.ts";
import type { CouncilEvent, CouncilView, Motion } from "./state.ts";

/** The votes on a motion, and what decides it. */
export interface Tally {
  readonly seats: number;
  readonly threshold: number;
  readonly yes: number;
  readonly no: number;
  /** True from the end of the motion's time on. */
  readonly expired: boolean;
  /** True if there is a prime who said aye. */
  readonly primeAye: boolean;
}

/** How a motion closes; `yes` and `no` count those who did not vote where the time is over. */
export interface MotionVerdict {
  readonly approved: boolean;
  readonly early: boolean;
  readonly yes: number;
  readonly no: number;
}

/** How a motion closes now; refuses what is neither decided nor over. */
export function motionVerdict(tally: Tally): Outcome<MotionVerdict, "TooEarly"> {
  const { seats, threshold, yes, no } = tally;
  if (yes >= threshold) return accepted({ approved: true, early: true, yes, no });
  if (Math.max(seats - no, 0) < threshold) {
    return accepted({ approved: false, early: true, yes, no });
  }
  if (!tally.expired) return refused("TooEarly");
  const silent = seats - yes - no;
  const ayes = tally.primeAye ? yes + silent : yes;
  const nays = tally.primeAye ? no : no + silent;
  return accepted({ approved: ayes >= threshold, early: false, yes: ayes, no: nays });
}

/** A member proposes a call; a threshold below two runs it at once. */
export function proposeMotion<Action, S extends CouncilView<Action>, Event>(
  state: S,
  account: AccountId,
  call: { readonly action: Action; readonly hash: string; readonly threshold: number },
  at: ChainTime,
  dispatch: Dispatch<S, Action, Event>,
): Outcome<Step<S, CouncilEvent | Event>, "NotMember" | "DuplicateProposal" | "TooManyProposals"> {
  const { council, runtime } = state;
  const { action, hash, threshold } = call;
  if (!council.members.includes(account)) return refused("NotMember");
  if (council.motions.has(hash)) return refused("DuplicateProposal");
  if (threshold < 2) {
    const origin = { kind: "council", ayes: 1, seats: council.members.length } as const;
    const ran = run<Action, S, Event>({ state, action, hash, origin }, at, dispatch);
    return paid(ran.state, ran.events);
  }
  if (council.motions.size >= runtime.motionsMax) return refused("TooManyProposals");
  const index = council.made;
  const motion: Motion<Action> = {
    action,
    index,
    threshold,
    ayes: [],
    nays: [],
    end: blocks(at.block + runtime.motionTime),
  };
  const motions = withEntry(council.motions, hash, motion);
  return paid({ ...state, council: { ...council, motions, made: index + 1 } }, [
    { event: "Council.Proposed", account, proposalHash: hash, index, threshold },
  ]);
}

/** A member makes a call alone, on an authority that no restricted call of the chain accepts. */
export function executeAlone<Action, S extends CouncilView<Action>, Event>(
  state: S,
  account: AccountId,
  { action, hash }: { readonly action: Action; readonly hash: string },
  at: ChainTime,
  dispatch: Dispatch<S, Action, Event>,
): Outcome<Step<S, CouncilEvent | Event>, "NotMember"> {
  if (!state.council.members.includes(account)) return refused("NotMember");
  const ran = dispatch(state, action, { kind: "member", account }, at);
  const told: CouncilEvent = {
    event: "Council.MemberExecuted",
    proposalHash: hash,
    result: ran.ok ? "Ok" : ran.error,
  };
  return ran.ok ? paid(ran.value.state, [...ran.value.events, told]) : paid(state, [told]);
}

/** A member votes, the first time for free. */
export function voteMotion<Action, S extends CouncilView<Action>>(
  state: S,
  account: AccountId,
  call: { readonly hash: string; readonly index: number; readonly approve: boolean },
): Outcome<
  Step<S, CouncilEvent>,
  "NotMember" | "ProposalMissing" | "WrongIndex" | "DuplicateVote"
> {
  const { council } = state;
  const { hash, approve } = call;
  if (!council.members.includes(account)) return refused("NotMember");
  const before = council.motions.get(hash);
  if (before === undefined) return refused("ProposalMissing");
  if (before.index !== call.index) return refused("WrongIndex");
  const same = approve ? before.ayes : before.nays;
  const other = approve ? before.nays : before.ayes;
  if (same.includes(account)) return refused("DuplicateVote");
  const joined = [...same, account];
  const left = withoutName(other, account);
  const [ayes, nays] = approve ? [joined, left] : [left, joined];
  const motions = withEntry(council.motions, hash, { ...before, ayes, nays });
  const next = { ...state, council: { ...council, motions } };
  const events: readonly CouncilEvent[] = [
    {
      event: "Council.Voted",
      account,
      proposalHash: hash,
      voted: approve,
      yes: ayes.length,
      no: nays.length,
    },
  ];
  return left.length === other.length ? free(next, events) : paid(next, events);
}

/** Anybody closes a motion; it runs on the authority of its ayes if it is approved. */
export function closeMotion<Action, S extends CouncilView<Action>, Event>(
  state: S,
  call: { readonly hash: string; readonly index: number },
  at: ChainTime,
  dispatch: Dispatch<S, Action, Event>,
): Outcome<Step<S, CouncilEvent | Event>, "ProposalMissing" | "WrongIndex" | "TooEarly"> {
  const { members, prime, motions } = state.council;
  const { hash } = call;
  const motion = motions.get(hash);
  if (motion === undefined) return refused("ProposalMissing");
  if (motion.index !== call.index) return refused("WrongIndex");
  const verdict = motionVerdict({
    seats: members.length,
    threshold: motion.threshold,
    yes: motion.ayes.length,
    no: motion.nays.length,
    expired: at.block >= motion.end,
    primeAye: state.runtime.primeRule === "heard" && prime !== null && motion.ayes.includes(prime),
  });
  if (!verdict.ok) return verdict;
  const { approved, yes, no } = verdict.value;
  const closed: CouncilEvent = { event: "Council.Closed", proposalHash: hash, yes, no };
  if (!approved) {
    return free(withoutMotion<Action, S>(state, hash), [
      closed,
      { event: "Council.Disapproved", proposalHash: hash },
    ]);
  }
  const origin: Origin = { kind: "council", ayes: yes, seats: members.length };
  const ran = run<Action, S, Event>({ state, action: motion.action, hash, origin }, at, dispatch);
  return paid(withoutMotion<Action, S>(ran.state, hash), [
    closed,
    { event: "Council.Approved", proposalHash: hash },
    ...ran.events,
  ]);
}

/** Removes a motion without a vote. */
export function disapproveMotion<Action, S extends CouncilView<Action>>(
  state: S,
  { hash }: { readonly hash: string },
): Outcome<Step<S, CouncilEvent>, never> {
  return paid(withoutMotion<Action, S>(state, hash), [
    { event: "Council.Disapproved", proposalHash: hash },
  ]);
}

function run<Action, S extends CouncilView<Action>, Event>(
  what: {
    readonly state: S;
    readonly action: Action;
    readonly hash: string;
    readonly origin: Origin;
  },
  at: ChainTime,
  dispatch: Dispatch<S, Action, Event>,
): { readonly state: S; readonly events: readonly (CouncilEvent | Event)[] } {
  const ran = dispatch(what.state, what.action, what.origin, at);
  const result = ran.ok ? "Ok" : ran.error;
  const told: CouncilEvent = { event: "Council.Executed", proposalHash: what.hash, result };
  return ran.ok
    ? { state: ran.value.state, events: [...ran.value.events, told] }
    : { state: what.state, events: [told] };
}

const withoutMotion = <Action, S extends CouncilView<Action>>(state: S, hash: string): S => ({
  ...state,
  council: { ...state.council, motions: withoutEntry(state.council.motions, hash) },
});
