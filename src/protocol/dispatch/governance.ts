/**
 * Calls of the DAO, the council, the validators, and those that hold other calls.
 *
 * Source: tfchain 33046d6, runtime/src/lib.rs and the pallets' calls with their origins.
 */

import { refused } from "../../units/index.ts";
import type { Call } from "../call.ts";
import type { ChainEvent, ChainState } from "../chain.ts";
import * as council from "../council/index.ts";
import * as dao from "../dao.ts";
import { setCode } from "../runtime.ts";
import { type Dispatch, paid } from "../step.ts";
import * as validator from "../validator.ts";
import { byGate, byRoot, bySigner, type CallsOf, type Effects, named } from "./adapter.ts";
import { batch } from "./batch.ts";

const COUNCIL = "Council";
const MEMBERSHIP = "CouncilMembership";
const VALIDATOR = "Validator";

type Holding =
  | CallsOf<"dao" | "utility">
  | "council.propose"
  | "council.execute"
  | "council.vote"
  | "council.close"
  | "council.disapprove_proposal";
type Plain = CallsOf<"membership" | "validator" | "validatorset" | "runtime_upgrade" | "system">;

/** The effects of calls that hold calls, which `dispatch` runs. */
export const holdingEffects = (
  dispatch: Dispatch<ChainState, Call, ChainEvent>,
): Effects<Holding> => ({
  "dao.propose": bySigner("Dao", (state, account, args, at) =>
    dao.propose<Call, ChainState>(state, account, args, at),
  ),
  "dao.vote": bySigner("Dao", (state, account, args, at) =>
    dao.vote<Call, ChainState>(state, account, args, at),
  ),
  "dao.veto": bySigner("Dao", (state, account, args) =>
    dao.veto<Call, ChainState>(state, account, args),
  ),
  "dao.close": bySigner("Dao", (state, account, args, at) =>
    dao.close(state, account, args, at, dispatch),
  ),
  "council.propose": bySigner(COUNCIL, (state, account, args, at) =>
    council.proposeMotion(state, account, args, at, dispatch),
  ),
  "council.execute": bySigner(COUNCIL, (state, account, args, at) =>
    council.executeAlone(state, account, args, at, dispatch),
  ),
  "council.vote": bySigner(COUNCIL, (state, account, args) =>
    council.voteMotion<Call, ChainState>(state, account, args),
  ),
  "council.close": bySigner(COUNCIL, (state, _account, args, at) =>
    council.closeMotion(state, args, at, dispatch),
  ),
  "council.disapprove_proposal": byRoot(COUNCIL, (state, args) =>
    council.disapproveMotion<Call, ChainState>(state, args),
  ),
  "utility.batch": (state, origin, { calls }, at) =>
    named("Utility", batch(state, { calls, origin, at, dispatch }, "stop")),
  "utility.batch_all": (state, origin, { calls }, at) =>
    named("Utility", batch(state, { calls, origin, at, dispatch }, "undo")),
  "utility.force_batch": (state, origin, { calls }, at) =>
    named("Utility", batch(state, { calls, origin, at, dispatch }, "skip")),
});

/** The effects of calls on who sits where, and of upgrades. */
export const seatEffects: Effects<Plain> = {
  "membership.add_member": byGate(MEMBERSHIP, council.addMember<Call, ChainState>),
  "membership.remove_member": byGate(MEMBERSHIP, council.removeMember<Call, ChainState>),
  "membership.swap_member": byGate(MEMBERSHIP, council.swapMember<Call, ChainState>),
  "membership.reset_members": byGate(MEMBERSHIP, council.resetMembers<Call, ChainState>),
  "membership.change_key": bySigner(MEMBERSHIP, council.changeKey<Call, ChainState>),
  "membership.set_prime": byGate(MEMBERSHIP, council.setPrime<Call, ChainState>),
  "membership.clear_prime": byGate(MEMBERSHIP, (state) =>
    council.clearPrime<Call, ChainState>(state),
  ),
  "validator.create_validator_request": bySigner(
    VALIDATOR,
    validator.requestValidator<Call, ChainState>,
  ),
  "validator.approve_validator": bySigner(VALIDATOR, validator.approveValidator<Call, ChainState>),
  "validator.activate_validator_node": bySigner(VALIDATOR, (state, account) =>
    validator.activateValidator<Call, ChainState>(state, account),
  ),
  "validator.change_validator_node_account": bySigner(
    VALIDATOR,
    validator.changeValidatorNode<Call, ChainState>,
  ),
  "validator.bond": bySigner(VALIDATOR, validator.bondValidator<Call, ChainState>),
  "validator.remove_validator": bySigner(VALIDATOR, validator.removeValidator<Call, ChainState>),
  "validatorset.add_validator": byGate("ValidatorSet", validator.addToSet),
  "validatorset.remove_validator": byGate("ValidatorSet", validator.removeFromSet),
  "validatorset.add_validator_again": bySigner("ValidatorSet", validator.addToSetAgain),
  "runtime_upgrade.set_code": byGate("RuntimeUpgrade", setCode),
  "system.remark": (state, origin) =>
    origin.kind === "root" || origin.kind === "signed" ? paid(state, []) : refused("BadOrigin"),
};
