/**
 * Validators: who asks to make blocks, and who does.
 *
 * Lifecycle: an account asks, any one member of the council approves and so seats it in the
 * council, the account activates its node, which joins the set; the set rules from the second
 * session after on.
 * Source: tfchain 33046d6, pallet-validator/src/validator.rs,
 * substrate-validator-set/src/validator_set.rs; substrate, pallet-session, `rotate_session`.
 * Quirks: one councillor can seat further councillors without a vote; a validator that is removed
 * loses the seat and the request, its node stays in the set; the list of approved nodes only
 * grows, so that a node once taken out of the set cannot be added again; taking out a node that
 * is not in the set succeeds.
 */
import { type Blocks, type Outcome, refused } from "../units/index.ts";
import { addMember, removeMember } from "./council/membership.ts";
import type { CouncilEvent, CouncilView } from "./council/state.ts";
import { withEntry, withoutEntry, withoutName } from "./entry.ts";
import type { AccountId } from "./ledger.ts";
import { paid, type Step } from "./step.ts";

/** A request to validate. */
export interface ValidatorRequest {
  readonly node: AccountId;
  readonly stash: AccountId;
  readonly description: string;
  readonly tfConnectId: string;
  readonly about: string;
  readonly state: "Created" | "Approved" | "Validating";
}

/** All requests by the account that asks, and which stash is bonded to whom. */
export interface ValidatorState {
  readonly requests: ReadonlyMap<AccountId, ValidatorRequest>;
  readonly bonds: ReadonlyMap<AccountId, AccountId>;
}

/** The nodes that shall make blocks, and all that were ever approved. */
export interface ValidatorSet {
  readonly nodes: readonly AccountId[];
  readonly approved: readonly AccountId[];
}

/** Who makes blocks in this session and in the next. */
export interface SessionState {
  readonly current: readonly AccountId[];
  readonly queued: readonly AccountId[];
}

/** What validators take from the chain's program. */
export interface ValidatorRules {
  readonly authoritiesMin: number;
  readonly sessionBlocks: Blocks;
}

/** What validators announce. */
export type ValidatorEvent =
  | {
      readonly event: "Validator.ValidatorRequestCreated";
      readonly account: AccountId;
      readonly request: ValidatorRequest;
    }
  | {
      readonly event: "Validator.ValidatorRequestApproved" | "Validator.ValidatorActivated";
      readonly request: ValidatorRequest;
    }
  | {
      readonly event:
        | "Validator.NodeValidatorRemoved"
        | "Validator.NodeValidatorChanged"
        | "ValidatorSet.ValidatorAdditionInitiated"
        | "ValidatorSet.ValidatorRemovalInitiated";
      readonly validator: AccountId;
    }
  | { readonly event: "Validator.Bonded"; readonly stash: AccountId };

/** The part of the chain that the set sees. */
export interface SetView {
  readonly validatorSet: ValidatorSet;
  readonly runtime: ValidatorRules;
}

/** The part of the chain that requests see. */
export interface ValidatorView<Action> extends CouncilView<Action> {
  readonly validators: ValidatorState;
  readonly validatorSet: ValidatorSet;
  readonly runtime: CouncilView<Action>["runtime"] & ValidatorRules;
}

/** Adds a node to the set that was never approved before. */
export function addToSet<S extends SetView>(
  state: S,
  { node }: { readonly node: AccountId },
): Outcome<Step<S, ValidatorEvent>, "ValidatorSet.Duplicate"> {
  const { nodes, approved } = state.validatorSet;
  if (nodes.includes(node) || approved.includes(node)) return refused("ValidatorSet.Duplicate");
  const validatorSet = { nodes: [...nodes, node], approved: [...approved, node] };
  return paid({ ...state, validatorSet }, [
    { event: "ValidatorSet.ValidatorAdditionInitiated", validator: node },
  ]);
}

/** Takes a node out of the set, if enough are left. */
export function removeFromSet<S extends SetView>(
  state: S,
  { node }: { readonly node: AccountId },
): Outcome<Step<S, ValidatorEvent>, "ValidatorSet.TooLowValidatorCount"> {
  const { nodes } = state.validatorSet;
  if (Math.max(nodes.length - 1, 0) < state.runtime.authoritiesMin) {
    return refused("ValidatorSet.TooLowValidatorCount");
  }
  const validatorSet = { ...state.validatorSet, nodes: withoutName(nodes, node) };
  return paid({ ...state, validatorSet }, [
    { event: "ValidatorSet.ValidatorRemovalInitiated", validator: node },
  ]);
}

/** A node that is approved puts itself back into the set after it fell out. */
export function addToSetAgain<S extends SetView>(
  state: S,
  account: AccountId,
  { node }: { readonly node: AccountId },
): Outcome<
  Step<S, ValidatorEvent>,
  "ValidatorSet.BadOrigin" | "ValidatorSet.ValidatorNotApproved" | "ValidatorSet.Duplicate"
> {
  if (account !== node) return refused("ValidatorSet.BadOrigin");
  const { nodes, approved } = state.validatorSet;
  if (!approved.includes(node)) return refused("ValidatorSet.ValidatorNotApproved");
  if (nodes.includes(node)) return refused("ValidatorSet.Duplicate");
  const validatorSet = { ...state.validatorSet, nodes: [...nodes, node] };
  return paid({ ...state, validatorSet }, [
    { event: "ValidatorSet.ValidatorAdditionInitiated", validator: node },
  ]);
}

/** The validators of a session's first block: what was queued rules, what is set is queued. */
export const rotateSession = (session: SessionState, set: ValidatorSet): SessionState => ({
  current: session.queued,
  queued: set.nodes,
});

/** An account asks to validate, once. */
export function requestValidator<Action, S extends ValidatorView<Action>>(
  state: S,
  account: AccountId,
  call: Omit<ValidatorRequest, "state">,
): Outcome<Step<S, ValidatorEvent>, "DuplicateValidator"> {
  if (state.validators.requests.has(account)) return refused("DuplicateValidator");
  const request: ValidatorRequest = { ...call, state: "Created" };
  return paid(withRequest<Action, S>(state, account, request), [
    { event: "Validator.ValidatorRequestCreated", account, request },
  ]);
}

/** A member of the council approves a request, which seats the account in the council. */
export function approveValidator<Action, S extends ValidatorView<Action>>(
  state: S,
  account: AccountId,
  { validator }: { readonly validator: AccountId },
): Outcome<
  Step<S, ValidatorEvent | CouncilEvent>,
  | "NotCouncilMember"
  | "ValidatorNotFound"
  | "CouncilMembership.AlreadyMember"
  | "CouncilMembership.TooManyMembers"
> {
  if (!state.council.members.includes(account)) return refused("NotCouncilMember");
  const before = state.validators.requests.get(validator);
  if (before === undefined) return refused("ValidatorNotFound");
  const seated = addMember<Action, S>(state, { who: validator });
  if (!seated.ok) return refused(`CouncilMembership.${seated.error}`);
  const request: ValidatorRequest = { ...before, state: "Approved" };
  return paid(withRequest<Action, S>(seated.value.state, validator, request), [
    ...seated.value.events,
    { event: "Validator.ValidatorRequestApproved", request },
  ]);
}

/** An approved account puts its node into the set. */
export function activateValidator<Action, S extends ValidatorView<Action>>(
  state: S,
  account: AccountId,
): Outcome<
  Step<S, ValidatorEvent>,
  | "ValidatorNotFound"
  | "ValidatorValidatingAlready"
  | "ValidatorNotApproved"
  | "ValidatorSet.Duplicate"
> {
  const before = state.validators.requests.get(account);
  if (before === undefined) return refused("ValidatorNotFound");
  if (before.state === "Validating") return refused("ValidatorValidatingAlready");
  if (before.state !== "Approved") return refused("ValidatorNotApproved");
  const added = addToSet(state, { node: before.node });
  if (!added.ok) return added;
  const request: ValidatorRequest = { ...before, state: "Validating" };
  return paid(withRequest<Action, S>(added.value.state, account, request), [
    ...added.value.events,
    { event: "Validator.ValidatorActivated", request },
  ]);
}

/** An account names another node, which replaces the old one in the set if that validates. */
export function changeValidatorNode<Action, S extends ValidatorView<Action>>(
  state: S,
  account: AccountId,
  { node }: { readonly node: AccountId },
): Outcome<
  Step<S, ValidatorEvent>,
  "ValidatorNotFound" | "ValidatorSet.TooLowValidatorCount" | "ValidatorSet.Duplicate"
> {
  const before = state.validators.requests.get(account);
  if (before === undefined) return refused("ValidatorNotFound");
  const request = { ...before, node };
  if (before.state !== "Validating") {
    return paid(withRequest<Action, S>(state, account, request), []);
  }
  const removed = removeFromSet(state, { node: before.node });
  if (!removed.ok) return removed;
  const added = addToSet(removed.value.state, { node });
  if (!added.ok) return added;
  return paid(withRequest<Action, S>(added.value.state, account, request), [
    ...removed.value.events,
    { event: "Validator.NodeValidatorRemoved", validator: before.node },
    ...added.value.events,
    { event: "Validator.NodeValidatorChanged", validator: node },
  ]);
}

/** A stash bonds itself to a validator, once. */
export function bondValidator<Action, S extends ValidatorView<Action>>(
  state: S,
  stash: AccountId,
  { validator }: { readonly validator: AccountId },
): Outcome<Step<S, ValidatorEvent>, "AlreadyBonded"> {
  if (state.validators.bonds.has(stash)) return refused("AlreadyBonded");
  const bonds = withEntry(state.validators.bonds, stash, validator);
  return paid({ ...state, validators: { ...state.validators, bonds } }, [
    { event: "Validator.Bonded", stash },
  ]);
}

/** The account itself or any councillor ends a request, and the seat that came with it. */
export function removeValidator<Action, S extends ValidatorView<Action>>(
  state: S,
  account: AccountId,
  { validator }: { readonly validator: AccountId },
): Outcome<
  Step<S, CouncilEvent>,
  "Validator.BadOrigin" | "ValidatorNotFound" | "CouncilMembership.NotMember"
> {
  const may = account === validator || state.council.members.includes(account);
  if (!may) return refused("Validator.BadOrigin");
  if (!state.validators.requests.has(validator)) return refused("ValidatorNotFound");
  const left = removeMember<Action, S>(state, { who: validator });
  if (!left.ok) return refused(`CouncilMembership.${left.error}`);
  const requests = withoutEntry(state.validators.requests, validator);
  const validators = { ...state.validators, requests };
  return paid({ ...left.value.state, validators }, left.value.events);
}

const withRequest = <Action, S extends ValidatorView<Action>>(
  state: S,
  account: AccountId,
  request: ValidatorRequest,
): S => ({
  ...state,
  validators: {
    ...state.validators,
    requests: withEntry(state.validators.requests, account, request),
  },
});

/** A session in which these nodes make blocks, and will in the next. */
export const sessionOf = (nodes: readonly AccountId[]): SessionState => ({
  current: nodes,
  queued: nodes,
});
