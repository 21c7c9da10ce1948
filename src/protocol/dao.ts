/**
 * DAO: the council proposes a call of the chain, farms vote by their weight, the council closes.
 *
 * Lifecycle: open until three vetoes remove it, or a member of the council closes it; closed, it is
 * approved and executed as root, or disapproved. Nothing closes by itself.
 * Source: tfchain 33046d6, pallet-dao/src/dao.rs; ADR 15 for the veto.
 * Quirks: the threshold counts farms and only the majority counts weight; a proposal may be closed
 * as soon as the threshold is met, days before its end; a vote still counts in the last block, in
 * which it may already be closed; weight is frozen when a farm votes and does not follow its
 * nodes; a farm that changes its mind leaves a hole that the last vote fills; a veto may come after
 * the end and survives the loss of the seat; a call that fails when executed counts as approved.
 */
import { accepted, type Blocks, blocks, type Outcome, refused } from "../units/index.ts";
import type { ChainTime } from "./billing/policy.ts";
import type { FarmId } from "./contract/state.ts";
import type { CouncilState } from "./council/state.ts";
import { withEntry, withoutEntry } from "./entry.ts";
import { type FarmView, ownerOfFarm } from "./farm/state.ts";
import type { AccountId } from "./ledger.ts";
import { root } from "./origin.ts";
import { type Dispatch, free, paid, type Step } from "./step.ts";
import { CHAIN_VOTING, judgeable, type VotingVariant, weightIn } from "./voting.ts";
import { type FarmWeights, weightOf } from "./weight.ts";

/** The vote of one farm, with the weight that it had then. */
export interface FarmVote {
  readonly farm: FarmId;
  readonly weight: bigint;
}

/** A proposal that is open. */
export interface Proposal<Action> {
  readonly action: Action;
  readonly index: number;
  /** Farms that must vote before the end for it to be closed early, or approved at all. */
  readonly threshold: number;
  readonly description: string;
  readonly link: string;
  readonly end: Blocks;
  readonly ayes: readonly FarmVote[];
  readonly nays: readonly FarmVote[];
  readonly vetoes: readonly AccountId[];
}

/** All open proposals by the hash of their action, and how many there ever were. */
export interface DaoState<Action> {
  readonly made: number;
  readonly open: ReadonlyMap<string, Proposal<Action>>;
}

/** What the DAO announces. */
export type DaoEvent =
  | {
      readonly event: "Dao.Proposed";
      readonly account: AccountId;
      readonly proposalHash: string;
      readonly index: number;
      readonly threshold: number;
    }
  | {
      readonly event: "Dao.Voted";
      readonly account: AccountId;
      readonly proposalHash: string;
      readonly voted: boolean;
      readonly yes: number;
      readonly no: number;
    }
  | {
      readonly event: "Dao.CouncilMemberVeto";
      readonly proposalHash: string;
      readonly who: AccountId;
    }
  | {
      readonly event: "Dao.ClosedByCouncil";
      readonly proposalHash: string;
      readonly vetos: readonly AccountId[];
    }
  | {
      readonly event: "Dao.Closed";
      readonly proposalHash: string;
      readonly yes: number;
      readonly yesWeight: bigint;
      readonly no: number;
      readonly noWeight: bigint;
    }
  | { readonly event: "Dao.Approved" | "Dao.Disapproved"; readonly proposalHash: string }
  | { readonly event: "Dao.Executed"; readonly proposalHash: string; readonly result: string };

/** What the DAO takes from the chain's program. */
export interface DaoRules {
  /** Blocks for which a proposal is open that asks for no other time. */
  readonly votingTime: Blocks;
  /** Blocks that a proposal may not ask for, nor more. */
  readonly votingTimeMax: Blocks;
  readonly vetoesToKill: number;
  /** How votes are judged, where that is not as on the chain. */
  readonly voting?: VotingVariant;
}

/** The part of the chain that the DAO sees. */
export interface DaoView<Action> extends FarmView {
  readonly dao: DaoState<Action>;
  readonly council: CouncilState<Action>;
  readonly weights: FarmWeights;
  readonly runtime: DaoRules;
}

/** Proposes a call; the hash stands for it, equal for equal calls. */
export function propose<Action, S extends DaoView<Action>>(
  state: S,
  account: AccountId,
  call: {
    readonly action: Action;
    readonly hash: string;
    readonly threshold: number;
    readonly description: string;
    readonly link: string;
    readonly duration: Blocks | null;
  },
  at: ChainTime,
): Outcome<
  Step<S, DaoEvent>,
  "NotCouncilMember" | "DuplicateProposal" | "InvalidProposalDuration"
> {
  const { dao, runtime } = state;
  const { hash, duration, threshold } = call;
  if (!state.council.members.includes(account)) return refused("NotCouncilMember");
  if (dao.open.has(hash)) return refused("DuplicateProposal");
  if (duration !== null && duration >= runtime.votingTimeMax) {
    return refused("InvalidProposalDuration");
  }
  const index = dao.made;
  const proposal: Proposal<Action> = {
    action: call.action,
    index,
    threshold,
    description: call.description,
    link: call.link,
    end: blocks(at.block + (duration ?? runtime.votingTime)),
    ayes: [],
    nays: [],
    vetoes: [],
  };
  const open = withEntry(dao.open, hash, proposal);
  return paid({ ...state, dao: { made: index + 1, open } }, [
    { event: "Dao.Proposed", account, proposalHash: hash, index, threshold },
  ]);
}

/** The owner of a farm votes with its weight of now, or changes its vote for the fee. */
export function vote<Action, S extends DaoView<Action>>(
  state: S,
  account: AccountId,
  call: { readonly farm: FarmId; readonly hash: string; readonly approve: boolean },
  at: ChainTime,
): Outcome<
  Step<S, DaoEvent>,
  | "NotAuthorizedToVote"
  | "ProposalMissing"
  | "TimeLimitReached"
  | "DuplicateVote"
  | "FarmHasNoNodes"
> {
  const { farm, hash, approve } = call;
  if (ownerOfFarm(state, farm) !== account) return refused("NotAuthorizedToVote");
  const before = state.dao.open.get(hash);
  if (before === undefined) return refused("ProposalMissing");
  if (at.block > before.end) return refused("TimeLimitReached");
  const same = approve ? before.ayes : before.nays;
  const other = approve ? before.nays : before.ayes;
  if (placeOf(same, farm) >= 0) return refused("DuplicateVote");
  const weight = weightOf(state.weights, farm);
  if (weight === 0n) return refused("FarmHasNoNodes");
  const joined = [...same, { farm, weight }];
  const left = withLastMoved(other, placeOf(other, farm));
  const [ayes, nays] = approve ? [joined, left] : [left, joined];
  const next = withProposal<Action, S>(state, hash, { ...before, ayes, nays });
  const events: readonly DaoEvent[] = [
    {
      event: "Dao.Voted",
      account,
      proposalHash: hash,
      voted: approve,
      yes: ayes.length,
      no: nays.length,
    },
  ];
  return placeOf(other, farm) < 0 ? free(next, events) : paid(next, events);
}

const placeOf = (votes: readonly FarmVote[], farm: FarmId): number =>
  votes.findIndex((one) => one.farm === farm);

/** The list without one place, into which its last entry moves. */
function withLastMoved(votes: readonly FarmVote[], place: number): readonly FarmVote[] {
  if (place < 0) return votes;
  const last = votes[votes.length - 1];
  return votes.with(place, last).slice(0, -1);
}

/** A member of the council vetoes; enough of them remove the proposal. */
export function veto<Action, S extends DaoView<Action>>(
  state: S,
  account: AccountId,
  { hash }: { readonly hash: string },
): Outcome<Step<S, DaoEvent>, "NotCouncilMember" | "ProposalMissing" | "DuplicateVeto"> {
  if (!state.council.members.includes(account)) return refused("NotCouncilMember");
  const before = state.dao.open.get(hash);
  if (before === undefined) return refused("ProposalMissing");
  if (before.vetoes.includes(account)) return refused("DuplicateVeto");
  const vetoes = [...before.vetoes, account];
  const told: DaoEvent = { event: "Dao.CouncilMemberVeto", proposalHash: hash, who: account };
  if (vetoes.length < state.runtime.vetoesToKill) {
    return free(withProposal<Action, S>(state, hash, { ...before, vetoes }), [told]);
  }
  return free(withoutProposal<Action, S>(state, hash), [
    told,
    { event: "Dao.ClosedByCouncil", proposalHash: hash, vetos: vetoes },
    { event: "Dao.Disapproved", proposalHash: hash },
  ]);
}

/** How a proposal stands that may be closed. */
export interface Verdict {
  readonly approved: boolean;
  readonly yesWeight: bigint;
  readonly noWeight: bigint;
}

/** How a proposal would close now; refuses while it is open and too few farms voted. */
export function verdictOf(
  proposal: Pick<Proposal<unknown>, "ayes" | "nays" | "threshold" | "end">,
  block: Blocks,
  variant: VotingVariant = CHAIN_VOTING,
): Outcome<Verdict, "OngoingVoteAndTresholdStillNotMet"> {
  const { ayes, nays, threshold, end } = proposal;
  const yesWeight = weightIn(ayes);
  const noWeight = weightIn(nays);
  const farms = ayes.length + nays.length;
  const standing = { farms, weight: yesWeight + noWeight, threshold, over: block >= end };
  const { enough, may } = judgeable(standing, variant);
  if (!may) return refused("OngoingVoteAndTresholdStillNotMet"); // [sic]
  return accepted({ approved: enough && yesWeight > noWeight, yesWeight, noWeight });
}

/** A member of the council closes a proposal, and runs its call as root if it is approved. */
export function close<Action, S extends DaoView<Action>, Event>(
  state: S,
  account: AccountId,
  call: { readonly hash: string; readonly index: number },
  at: ChainTime,
  dispatch: Dispatch<S, Action, Event>,
): Outcome<
  Step<S, DaoEvent | Event>,
  "NotCouncilMember" | "ProposalMissing" | "WrongIndex" | "OngoingVoteAndTresholdStillNotMet"
> {
  const { hash } = call;
  if (!state.council.members.includes(account)) return refused("NotCouncilMember");
  const proposal = state.dao.open.get(hash);
  if (proposal === undefined) return refused("ProposalMissing");
  if (proposal.index !== call.index) return refused("WrongIndex");
  const verdict = verdictOf(proposal, at.block, state.runtime.voting);
  if (!verdict.ok) return verdict;
  const { approved, yesWeight, noWeight } = verdict.value;
  const closed: DaoEvent = {
    event: "Dao.Closed",
    proposalHash: hash,
    yes: proposal.ayes.length,
    yesWeight,
    no: proposal.nays.length,
    noWeight,
  };
  if (!approved) {
    return free(withoutProposal<Action, S>(state, hash), [
      closed,
      { event: "Dao.Disapproved", proposalHash: hash },
    ]);
  }
  const run = dispatch(state, proposal.action, root, at);
  const after = run.ok ? run.value.state : state;
  return free(withoutProposal<Action, S>(after, hash), [
    closed,
    { event: "Dao.Approved", proposalHash: hash },
    ...(run.ok ? run.value.events : []),
    { event: "Dao.Executed", proposalHash: hash, result: run.ok ? "Ok" : run.error },
  ]);
}

const withProposal = <Action, S extends DaoView<Action>>(
  state: S,
  hash: string,
  proposal: Proposal<Action>,
): S => ({ ...state, dao: { ...state.dao, open: withEntry(state.dao.open, hash, proposal) } });

const withoutProposal = <Action, S extends DaoView<Action>>(state: S, hash: string): S => ({
  ...state,
  dao: { ...state.dao, open: withoutEntry(state.dao.open, hash) },
});
