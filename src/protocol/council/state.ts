/**
 * What the chain stores of its council: the members, sorted, one of them perhaps prime, and the
 * motions before them.
 *
 * Source: substrate, pallet-collective and pallet-membership of the release that tfchain 33046d6
 * builds on; runtime/src/lib.rs for the limits.
 */
import type { Blocks } from "../../units/index.ts";
import type { AccountId } from "../ledger.ts";

/** A call before the council. */
export interface Motion<Action> {
  readonly action: Action;
  readonly index: number;
  /** Ayes that carry it. */
  readonly threshold: number;
  readonly ayes: readonly AccountId[];
  readonly nays: readonly AccountId[];
  readonly end: Blocks;
}

/** The council. */
export interface CouncilState<Action> {
  readonly members: readonly AccountId[];
  /** Whose vote counts for those who did not vote, or null. */
  readonly prime: AccountId | null;
  readonly motions: ReadonlyMap<string, Motion<Action>>;
  readonly made: number;
}

/** What the council takes from the chain's program. */
export interface CouncilRules {
  /** Blocks after which a motion may be closed whatever the votes. */
  readonly motionTime: Blocks;
  readonly motionsMax: number;
  readonly seatsMax: number;
  /** Whether the membership's prime is the collective's too, or stays unheard of there. */
  readonly primeRule: PrimeRule;
}

/** Whether a prime counts where motions are closed. */
export type PrimeRule = "heard" | "unheard";

/** The part of the chain that the council sees. */
export interface CouncilView<Action> {
  readonly council: CouncilState<Action>;
  readonly runtime: CouncilRules;
}

/** What the council and its membership announce. */
export type CouncilEvent =
  | {
      readonly event: "Council.Proposed";
      readonly account: AccountId;
      readonly proposalHash: string;
      readonly index: number;
      readonly threshold: number;
    }
  | {
      readonly event: "Council.Voted";
      readonly account: AccountId;
      readonly proposalHash: string;
      readonly voted: boolean;
      readonly yes: number;
      readonly no: number;
    }
  | {
      readonly event: "Council.Closed";
      readonly proposalHash: string;
      readonly yes: number;
      readonly no: number;
    }
  | { readonly event: "Council.Approved" | "Council.Disapproved"; readonly proposalHash: string }
  | {
      readonly event: "Council.Executed" | "Council.MemberExecuted";
      readonly proposalHash: string;
      readonly result: string;
    }
  | {
      readonly event:
        | "CouncilMembership.MemberAdded"
        | "CouncilMembership.MemberRemoved"
        | "CouncilMembership.MembersSwapped"
        | "CouncilMembership.MembersReset"
        | "CouncilMembership.KeyChanged";
    };

/** A council of members, without motions. */
export const councilOf = <Action>(members: readonly AccountId[]): CouncilState<Action> => ({
  members,
  prime: null,
  motions: new Map(),
  made: 0,
});
