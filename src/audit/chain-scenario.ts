/** Scenarios: a chain of a preset, and steps that call it, query it, or move the world. */

import { type ChainEvent, dispatch, type Origin, root, signed } from "../protocol/index.ts";
import {
  ArithmeticOverflow,
  accepted,
  blocks,
  type Outcome,
  refused,
  seconds,
} from "../units/index.ts";
import { callAt, type Labels } from "./chain-call.ts";
import { type CaseMoment, type Control, chainControls, controlAt } from "./chain-control.ts";
import { chainPresets } from "./chain-presets.ts";
import { type Query, queryAt } from "./chain-query.ts";
import type { JsonFields } from "./chain-reader.ts";
import { chainOfPreset, configAt } from "./chain-setting.ts";
import { canonicalText } from "./chain-text.ts";
import { eventTold } from "./chain-told.ts";
import { guess } from "./guess.ts";
import {
  at,
  blame,
  described,
  type Fields,
  faultSentence,
  isFields,
  type Json,
  list,
  maybe,
  type Spot,
  spotOf,
  word,
} from "./spot.ts";
import { knows } from "./stray.ts";

/** Where a scenario stands: the chain, what it announced, and what proposals are called. */
export interface Standing {
  readonly moment: CaseMoment;
  readonly events: readonly JsonFields[];
  readonly labels: Labels;
}

/** Where a scenario stands after a step, and what the step resulted in. */
export interface Answered {
  readonly standing: Standing;
  readonly result: unknown;
}

const PALLET_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^council_?membership\./, "membership."],
  [/^validator_set\./, "validatorset."],
  [/^kv\./, "kvstore."],
];

function originAt(spot: Spot): Origin {
  const written = typeof spot.value === "string" ? spot.value : "";
  const council = /^council:(\d+)\/(\d+)$/.exec(written);
  if (council !== null) {
    return { kind: "council", ayes: Number(council[1]), seats: Number(council[2]) };
  }
  if (written.startsWith("signed:")) return signed(written.slice("signed:".length));
  if (written !== "root") blame(spot, "one of root, signed:NAME, council:AYES/SEATS");
  return root;
}

/** Where a case begins: the chain of its preset, with what it sets otherwise. */
function standingAt(whole: Spot): Standing {
  const preset = word(at(whole, "preset"), Object.keys(chainPresets));
  const config = maybe(at(whole, "config"), configAt, {});
  const setting = { ...chainPresets[preset], ...config };
  const moment = { state: chainOfPreset(setting), block: setting.block, ms: 0n, locks: new Map() };
  return { moment, events: [], labels: new Map() };
}

/** What a step does to where a scenario stands. */
type Act = (standing: Standing) => Answered;

/** A scenario as it was read. */
export interface Scenario {
  readonly start: Standing;
  readonly acts: readonly Act[];
}

/** Reads the scenario of a case, all of its steps, noting what is wrong. */
export function readScenario(whole: Spot): Scenario {
  const start = standingAt(whole);
  let { labels } = start;
  const acts = list(at(whole, "steps"), (step) => {
    const read = stepAt(step, labels);
    labels = read.labels;
    return read.act;
  });
  return { start, acts };
}

/** The results of a scenario's steps. */
export function playScenario({ start, acts }: Scenario): { readonly steps: readonly unknown[] } {
  let standing = start;
  const steps = acts.map((act) => {
    const answered = act(standing);
    standing = answered.standing;
    return answered.result;
  });
  return { steps };
}

const STEPS: readonly string[] = ["call", "query", ...chainControls];
/** The fields of a step that calls, of one that asks, and of either: told in this order. */
const CALL: readonly string[] = ["call", "origin", "args"];
const QUERY: readonly string[] = ["query", "arg", "field"];
const EXPECTATIONS: readonly string[] = ["expect", "expect_not", "expect_fields"];

/** Reads a step; what proposals are called follows from the steps before it, and from this one. */
function stepAt(step: Spot, labels: Labels): { readonly act: Act; readonly labels: Labels } {
  const { value } = step;
  const named = isFields(value) ? STEPS.filter((name) => Object.hasOwn(value, name)) : [];
  const [name] = named;
  if (named.length !== 1) {
    const found = namesTold(step, named);
    blame(step, `a step: an object with one of ${STEPS.join(", ")}`, found);
    return { act: (standing) => ({ standing, result: null }), labels };
  }
  knows(step, name === "call" ? CALL : name === "query" ? QUERY : [name]);
  knows(step, EXPECTATIONS);
  if (name === "call") return madeCallAt(step, labels);
  if (name === "query") {
    const query = queryAt(step);
    return { act: (standing) => asked(standing, query), labels };
  }
  const control = controlAt(at(step, name), name);
  return { act: (standing) => controlled(standing, control), labels };
}

/** What stands in a step that is none, or more than one. */
function namesTold({ value }: Spot, named: readonly string[]): string {
  if (!isFields(value)) return described(value);
  const names = named.length > 0 ? named : Object.keys(value);
  const [first = ""] = names;
  const meant = named.length > 0 ? "" : guess(first, STEPS);
  return names.length === 0 ? "an object without a field" : `${names.join(" and ")}${meant}`;
}

function asked(standing: Standing, query: Query): Answered {
  const { events, labels, moment } = standing;
  return { standing, result: { value: query({ state: moment.state, events, labels }) } };
}

function controlled(standing: Standing, control: Control): Answered {
  const { moment, events } = control(standing.moment);
  return { standing: { ...standing, moment, events: withEvents(standing, events) }, result: null };
}

const spelled = (written: string): string =>
  PALLET_NAMES.reduce((name, [other, ours]) => name.replace(other, ours), written);

function madeCallAt(step: Spot, before: Labels): { readonly act: Act; readonly labels: Labels } {
  const origin = originAt(at(step, "origin"));
  const call = callAt(step, before, spelled);
  // A label names its action from then on, whether or not the proposal is accepted.
  const labels = withLabel(before, at(step, "args").value);
  const act: Act = (standing) => {
    const { moment } = standing;
    const now = { block: blocks(moment.block), now: seconds(Number(moment.ms / 1000n)) };
    const answer = answered(() => dispatch(moment.state, call, origin, now));
    if (!answer.ok) return { standing: { ...standing, labels }, result: { error: answer.error } };
    const { state, events, pays } = answer.value;
    return {
      standing: { moment: { ...moment, state }, events: withEvents(standing, events), labels },
      result: { ok: true, pays: pays ? "Yes" : "No" },
    };
  };
  return { act, labels };
}

/** A sum that leaves its bits, such as at a price of zero, drops the call under a name of ours. */
function answered(call: () => ReturnType<typeof dispatch>): ReturnType<typeof dispatch> {
  try {
    return call();
  } catch (thrown) {
    if (thrown instanceof ArithmeticOverflow) return refused("ArithmeticOverflow");
    throw thrown;
  }
}

function withLabel(labels: Labels, args: Json | undefined): Labels {
  if (!isFields(args)) return labels;
  const label = args["label"];
  const action = args["action"] ?? args["proposal"];
  if (typeof label !== "string" || !isFields(action)) return labels;
  return new Map(labels).set(label, canonicalText(action));
}

const withEvents = (standing: Standing, events: readonly ChainEvent[]): readonly JsonFields[] =>
  events.length === 0 ? standing.events : [...standing.events, ...events.map(eventTold)];

/** What was read or played where nothing was wrong; refused with what was. */
function sound<T>(spot: Spot, read: () => T): Outcome<T, string> {
  const value = read();
  const { faults } = spot;
  return faults.length === 0 ? accepted(value) : refused(faults.map(faultSentence).join("; "));
}

/** Where a scenario of a preset begins, and what it sets otherwise. */
export function begin(setting: Fields): Outcome<Standing, string> {
  const whole = spotOf(setting);
  return sound(whole, () => standingAt(whole));
}

/** Takes one step from where a scenario stands; refuses one that cannot be read. */
export function takeStep(standing: Standing, step: Fields): Outcome<Answered, string> {
  const spot = spotOf(step);
  return sound(spot, () => {
    const { act } = stepAt(spot, standing.labels);
    return spot.faults.length === 0 ? act(standing) : { standing, result: null };
  });
}
