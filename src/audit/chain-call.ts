/**
 * Calls of cases: from the chain's names and plain values to the protocol's typed calls.
 *
 * Names of arguments are the chain's; where cases may use a shorter one, both are read.
 */

import { type Call, type CallName, type Calls, callOf, farmId } from "../protocol/index.ts";
import { accepted, blocks, type Outcome, refused } from "../units/index.ts";
import { contractArguments } from "./chain-contract-call.ts";
import { moneyArguments, registryArguments } from "./chain-plain-call.ts";
import { type Reader, readerOf } from "./chain-reader.ts";
import { canonicalText } from "./chain-text.ts";
import { guess } from "./guess.ts";

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
  const inner = read.inner(...names);
  const action = decodeCall(inner, labels);
  return { action, hash: canonicalText(inner.fields), threshold: read.count("threshold") };
};

const calls = (read: Reader, labels: Labels) => ({
  calls: read.list("calls").map((one) => decodeCall(read.each(one, "calls"), labels)),
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
    const inner = read.inner("action", "proposal");
    return { action: decodeCall(inner, labels), hash: canonicalText(inner.fields) };
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
  "membership.reset_members": (read: Reader) => ({ members: read.list("members").map(String) }),
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

/** The call of a reader; one without a known name is noted as missing. */
function decodeCall(read: Reader, labels: Labels): Call {
  const name = read.text("call");
  // A call that takes nothing may be written without its arguments.
  const args = read.has("args") ? read.inner("args") : read.each({}, "args");
  if (isCallName(name)) return decodeAs(name, args, labels);
  return readerFault(read, name);
}

function readerFault(read: Reader, name: string): Call {
  read.word(`call ${name}${guess(name, Object.keys(DECODERS))}`, ["known"]);
  return callOf("system.remark", { remark: "" });
}

/** The typed call of a step of a case; refuses with what could not be read of it. */
export function callOfStep(
  call: string,
  args: Readonly<Record<string, unknown>>,
  labels: Labels,
): Outcome<Call, string> {
  const missing: string[] = [];
  const made = decodeCall(readerOf({ call, args }, missing), labels);
  if (missing.length === 0) return accepted(made);
  const isKnown = Object.hasOwn(DECODERS, call);
  return refused(`${isKnown ? `${call}: ` : ""}no ${missing.join(", ")}`);
}
