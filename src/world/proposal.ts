/**
 * Proposals: what the world keeps of every proposal of a run, one record each.
 *
 * The chain's own record of an open proposal is in `open`; it is gone once the proposal is closed,
 * and what it came to stays here.
 */
import type { Call, ChainState, dao, Policy } from "../protocol/index.ts";

/** What became of a proposal; `refused` where the chain did not take it at all. */
export type Fate = "open" | "approved" | "disapproved" | "vetoed" | "refused";

/** A vote that a farm will cast. */
export interface PlannedVote {
  /** Dense farm, and through which of its further farms it votes; 0 for itself. */
  readonly farm: number;
  readonly through: number;
  readonly second: number;
  readonly aye: boolean;
  readonly bribed: boolean;
}

/** One proposal. */
export interface ProposalRecord {
  /** Entry of the timeline. */
  readonly entry: number;
  /** What it changes, in words. */
  readonly action: string;
  /** Who proposed it. */
  readonly by: string;
  /** The text by which the chain knows it, and its number there. */
  readonly hash: string;
  readonly index: number;
  /** Seconds since the start at which it was proposed and at which its vote ends. */
  readonly proposed: number;
  readonly ends: number;
  readonly threshold: number;
  /** Farms that could vote when it was proposed, and what they weighed. */
  readonly farms: number;
  readonly weight: bigint;
  /** Votes to come, in order of time, and the first that has not been cast. */
  readonly votes: readonly PlannedVote[];
  cast: number;
  /** Members of the council who vetoed so far. */
  vetoed: number;
  /** Votes that were paid for. */
  bribed: number;
  fate: Fate;
  /** Second at which it was closed, or refused; Infinity while it is open. */
  closed: number;
  /** What the execution came to: `Ok`, the chain's name of an error, or empty. */
  result: string;
  /** Farms and weight on each side, so far or when it was closed. */
  yes: number;
  no: number;
  yesWeight: bigint;
  noWeight: bigint;
}

/** All proposals of a run, and the chain's record of those that are open. */
export class ProposalTable {
  readonly all: ProposalRecord[] = [];
  open: dao.DaoState<Call> = { made: 0, open: new Map() };
  #policy: Policy | null = null;
  #chain: ChainState | null = null;

  /** The chain under a policy; laid out once while the policy stays. */
  chain(policy: Policy, lay: (policy: Policy) => ChainState): ChainState {
    if (this.#chain === null || this.#policy !== policy) {
      this.#policy = policy;
      this.#chain = lay(policy);
    }
    return this.#chain;
  }
}
