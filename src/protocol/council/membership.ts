/**
 * Who sits in the council.
 *
 * Source: substrate, pallet-membership, and `change_members_sorted` of pallet-collective.
 * Quirks: whoever leaves takes the votes on open motions along, but not a veto of the DAO; a prime
 * who leaves leaves no prime; whoever hands a seat to the own account is told that the key changed,
 * seat or no seat; an account that is named twice when all are set anew has two seats, of which
 * each is counted and taken by itself.
 */
import { type Outcome, refused } from "../../units/index.ts";
import { sortedNames, withName } from "../entry.ts";
import type { AccountId } from "../ledger.ts";
import { paid, type Step } from "../step.ts";
import type { CouncilEvent, CouncilState, CouncilView, Motion } from "./state.ts";

type Changed<S, Refusal extends string> = Outcome<Step<S, CouncilEvent>, Refusal>;

/** Gives an account a seat. */
export function addMember<Action, S extends CouncilView<Action>>(
  state: S,
  { who }: { readonly who: AccountId },
): Changed<S, "AlreadyMember" | "TooManyMembers"> {
  const { members } = state.council;
  if (members.includes(who)) return refused("AlreadyMember");
  if (members.length >= state.runtime.seatsMax) return refused("TooManyMembers");
  return paid(withMembers<Action, S>(state, withName(members, who)), [
    { event: "CouncilMembership.MemberAdded" },
  ]);
}

/** Takes an account's seat. */
export function removeMember<Action, S extends CouncilView<Action>>(
  state: S,
  { who }: { readonly who: AccountId },
): Changed<S, "NotMember"> {
  const { members } = state.council;
  if (!members.includes(who)) return refused("NotMember");
  return paid(withMembers<Action, S>(state, withoutOne(members, who)), [
    { event: "CouncilMembership.MemberRemoved" },
  ]);
}

/** Gives one account's seat to another; nothing happens where both are the same. */
export function swapMember<Action, S extends CouncilView<Action>>(
  state: S,
  call: { readonly remove: AccountId; readonly add: AccountId },
): Changed<S, "NotMember" | "AlreadyMember"> {
  if (call.remove === call.add) return paid(state, []);
  return replace<Action, S>(state, call, "CouncilMembership.MembersSwapped");
}

/** A member hands the seat to another account, and the chair with it; to itself, whoever asks. */
export function changeKey<Action, S extends CouncilView<Action>>(
  state: S,
  account: AccountId,
  call: { readonly add: AccountId },
): Changed<S, "NotMember" | "AlreadyMember"> {
  const event = "CouncilMembership.KeyChanged";
  if (account === call.add) return paid(state, [{ event }]);
  const { prime } = state.council;
  const changed = replace<Action, S>(state, { remove: account, add: call.add }, event);
  if (!changed.ok || prime !== account) return changed;
  const { council } = changed.value.state;
  return paid({ ...changed.value.state, council: { ...council, prime: call.add } }, [{ event }]);
}

function replace<Action, S extends CouncilView<Action>>(
  state: S,
  { remove, add }: { readonly remove: AccountId; readonly add: AccountId },
  event: "CouncilMembership.MembersSwapped" | "CouncilMembership.KeyChanged",
): Changed<S, "NotMember" | "AlreadyMember"> {
  const { members } = state.council;
  if (!members.includes(remove)) return refused("NotMember");
  if (members.includes(add)) return refused("AlreadyMember");
  return paid(withMembers<Action, S>(state, withName(withoutOne(members, remove), add)), [
    { event },
  ]);
}

/** Seats other accounts in place of all. */
export function resetMembers<Action, S extends CouncilView<Action>>(
  state: S,
  call: { readonly members: readonly AccountId[] },
): Changed<S, "TooManyMembers"> {
  if (call.members.length > state.runtime.seatsMax) return refused("TooManyMembers");
  return paid(withMembers<Action, S>(state, sortedNames(call.members)), [
    { event: "CouncilMembership.MembersReset" },
  ]);
}

/** Names the member whose vote counts for those who do not vote. */
export function setPrime<Action, S extends CouncilView<Action>>(
  state: S,
  { who }: { readonly who: AccountId },
): Changed<S, "NotMember"> {
  if (!state.council.members.includes(who)) return refused("NotMember");
  return paid({ ...state, council: { ...state.council, prime: who } }, []);
}

/** Leaves the council without a prime. */
export const clearPrime = <Action, S extends CouncilView<Action>>(state: S): Changed<S, never> =>
  paid({ ...state, council: { ...state.council, prime: null } }, []);

/** The list without one seat of an account. */
const withoutOne = (members: readonly AccountId[], who: AccountId): readonly AccountId[] => {
  const place = members.indexOf(who);
  return place < 0 ? members : members.toSpliced(place, 1);
};

function withMembers<Action, S extends CouncilView<Action>>(
  state: S,
  members: readonly AccountId[],
): S {
  const { members: before, prime, motions, made } = state.council;
  const gone = members.reduce(withoutOne, before);
  const heard = (motion: Motion<Action>): Motion<Action> => ({
    ...motion,
    ayes: motion.ayes.filter((account) => !gone.includes(account)),
    nays: motion.nays.filter((account) => !gone.includes(account)),
  });
  const council: CouncilState<Action> = {
    members,
    prime: prime !== null && members.includes(prime) ? prime : null,
    motions: new Map([...motions].map(([hash, motion]) => [hash, heard(motion)])),
    made,
  };
  return { ...state, council };
}
