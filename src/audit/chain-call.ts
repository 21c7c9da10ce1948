/**
 * Calls of cases: from the chain's names and plain values to the protocol's typed calls.
 *
 * Names of arguments are the chain's; where cases may use a shorter one, both are read.
 */

import { type Call, type CallName, type Calls, callOf, farmId } from "../protocol/index.ts";
import { accepted, blocks, type Outcome, refused } from "../units/index.ts";
import { contractArguments } from "./chain-contract-call.ts";
import { moneyArguments, registryArguments } from "./chain-plain-call.ts";
import { nameAt, type Reader, readerOf } from "./chain-reader.ts";
import { canonicalText } from "./chain-text.ts";
import { guess } from "./guess.ts";
import {
  at,
  blame,
  described,
  faultSentence,
  isThere,
  plain,
  type Spot,
  spotOf,
  text,
} from "./spot.ts";

/** What a proposal is called in a case, and the text that stands for its hash. */
export type Labels = ReadonlyMap<string, string>;

type Decoders = {
  readonly [Name in CallName]: (read: Reader, labels: Labels) => Calls[Name];
};

const who = (read: Reader) => ({ who: read.text("who") });
const validator = (read: Reader) => ({
  validator: read.text("validator_account", "validator", "target"),
});
const setNode = (read: Reader) => ({ node: read.text("validator_id", "validator", "target") });
const nothing = () => ({});

/** A proposal that a label names, or whatever text a case gives for the hash. */
const hash = (read: Reader, labels: Labels) => {
  const name = read.text("proposal", "proposal_hash", "label");
  return { hash: labels.get(name) ?? name };
};

/** The call that a proposal holds, which is also what it is told apart by. */
const held = (read: Reader, labels: Labels, ...names: readonly string[]) => {
  const { spot } = read.inner(...names);
  const action = callAt(spot, labels);
  return { action, hash: canonicalText(spot.value), threshold: read.count("threshold") };
};

const calls = (read: Reader, labels: Labels) => ({
  calls: read.items("calls", (one) => callAt(one, labels)),
});

const GOVERNANCE = {
  "dao.propose": (read: Reader, labels: Labels) => {
    const duration = read.countOrNull("duration");
    return {
      ...held(read, labels, "action"),
      description: read.textOrNull("description") ?? "",
      link: read.textOrNull("link") ?? "",
      duration: duration === null ? null : blocks(duration),
    };
  },
  "dao.vote": (read: Reader, labels: Labels) => ({
    farm: farmId(read.count("farm_id")),
    ...hash(read, labels),
    approve: read.flag("approve"),
  }),
  "dao.veto": hash,
  "dao.close": (read: Reader, labels: Labels) => ({
    ...hash(read, labels),
    index: read.count("proposal_index", "index"),
  }),
  "council.propose": (read: Reader, labels: Labels) => held(read, labels, "action", "proposal"),
  "council.execute": (read: Reader, labels: Labels) => {
    const { spot } = read.inner("action", "proposal");
    return { action: callAt(spot, labels), hash: canonicalText(spot.value) };
  },
  "council.vote": (read: Reader, labels: Labels) => ({
    ...hash(read, labels),
    index: read.count("index", "proposal_index"),
    approve: read.flag("approve"),
  }),
  "council.close": (read: Reader, labels: Labels) => ({
    ...hash(read, labels),
    index: read.count("index", "proposal_index"),
  }),
  "council.disapprove_proposal": hash,
  "membership.add_member": who,
  "membership.remove_member": who,
  "membership.swap_member": (read: Reader) => ({
    remove: read.text("remove"),
    add: read.text("add"),
  }),
  "membership.reset_members": (read: Reader) => ({ members: read.items("members", nameAt) }),
  "membership.change_key": (read: Reader) => ({ add: read.text("new") }),
  "membership.set_prime": who,
  "membership.clear_prime": nothing,
  "validator.create_validator_request": (read: Reader) => ({
    node: read.text("validator_node_account"),
    stash: read.text("stash_account"),
    description: read.textOrNull("description") ?? "",
    tfConnectId: read.textOrNull("tf_connect_id") ?? "",
    about: read.textOrNull("info") ?? "",
  }),
  "validator.approve_validator": validator,
  "validator.activate_validator_node": nothing,
  "validator.change_validator_node_account": (read: Reader) => ({
    node: read.text("new_node_validator_account", "new_account"),
  }),
  "validator.bond": validator,
  "validator.remove_validator": validator,
  "validatorset.add_validator": setNode,
  "validatorset.remove_validator": setNode,
  "validatorset.add_validator_again": setNode,
  // A case names a program, of which the protocol knows nothing but that it is another.
  "runtime_upgrade.set_code": () => ({ changes: {} }),
  "system.remark": (read: Reader) => ({ remark: read.textOrNull("remark") ?? "" }),
  "utility.batch": calls,
  "utility.batch_all": calls,
  "utility.force_batch": calls,
};

const DECODERS: Decoders = {
  ...registryArguments,
  ...contractArguments,
  ...moneyArguments,
  ...GOVERNANCE,
};

const isCallName = (name: string): name is CallName => Object.hasOwn(DECODERS, name);

const decodeAs = <Name extends CallName>(name: Name, read: Reader, labels: Labels): Call<Name> =>
  callOf(name, DECODERS[name](read, labels));

/**
 * Reads the call of an object `{call, args}`; one that takes nothing may be written without its
 * arguments, and `spelled` turns other spellings of its name into the chain's.
 */
export function callAt(spot: Spot, labels: Labels, spelled = (name: string) => name): Call {
  const named = at(spot, "call");
  const name = spelled(text(named));
  const given = at(spot, "args");
  const args = isThere(given) ? given : { ...given, value: {} };
  if (isCallName(name)) return decodeAs(name, readerOf(args), labels);
  const meant = guess(name, Object.keys(DECODERS));
  blame(named, "a call of the chain", `${described(named.value)}${meant}`);
  return callOf("system.remark", { remark: "" });
}

/** The typed call of a name and plain arguments; refuses with what could not be read of it. */
export function callOfStep(call: string, args: object, labels: Labels): Outcome<Call, string> {
  const spot = spotOf(plain({ call, args }));
  const made = callAt(spot, labels);
  return spot.faults.length === 0
    ? accepted(made)
    : refused(`${call}: ${spot.faults.map(faultSentence).join("; ")}`);
}
