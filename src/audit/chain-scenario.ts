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
import { callOfStep, type Labels } from "./chain-call.ts";
import { type CaseMoment, control } from "./chain-control.ts";
import { type ChainPreset, chainPresets } from "./chain-presets.ts";
import { answerQuery } from "./chain-query.ts";
import { isObject, type JsonFields } from "./chain-reader.ts";
import { chainOfPreset } from "./chain-setting.ts";
import { canonicalText } from "./chain-text.ts";
import { eventTold } from "./chain-told.ts";
import { guess } from "./guess.ts";

/** A scenario case. */
export interface ScenarioCase {
  readonly preset?: unknown;
  readonly config?: unknown;
  readonly steps?: unknown;
}

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

const originOf = (text: string): Origin | null => {
  const council = /^council:(\d+)\/(\d+)$/.exec(text);
  if (text === "root") return root;
  if (text.startsWith("signed:")) return signed(text.slice("signed:".length));
  if (council === null) return null;
  return { kind: "council", ayes: Number(council[1]), seats: Number(council[2]) };
};

/** Where a scenario begins; refuses a preset that is none. */
export function begin({ preset, config }: ScenarioCase): Outcome<Standing, string> {
  if (typeof preset !== "string" || !Object.hasOwn(chainPresets, preset)) {
    const name = String(preset);
    return refused(`no preset ${name}${guess(name, Object.keys(chainPresets))}`);
  }
  const setting: ChainPreset = { ...chainPresets[preset], ...(isObject(config) ? config : {}) };
  return accepted({
    moment: {
      state: chainOfPreset(setting),
      block: setting.block,
      ms: 0n,
      locks: new Map(),
    },
    events: [],
    labels: new Map(),
  });
}

/** The results of a scenario's steps; refuses a step of which something is not known. */
export function scenarioResult(scenario: ScenarioCase): Outcome<object, string> {
  const { steps } = scenario;
  const begun = begin(scenario);
  if (!begun.ok) return begun;
  if (!Array.isArray(steps)) return refused("no steps");
  let standing = begun.value;
  const results: unknown[] = [];
  for (const step of steps) {
    if (!isObject(step)) return refused("a step that is no object");
    const answered = takeStep(standing, step);
    if (!answered.ok) return answered;
    standing = answered.value.standing;
    results.push(answered.value.result);
  }
  return accepted({ steps: results });
}

/** Takes one step of a scenario; refuses one of which something is not known. */
export function takeStep(standing: Standing, step: JsonFields): Outcome<Answered, string> {
  if (typeof step["call"] === "string") return makeCall(standing, step, step["call"]);
  if (typeof step["query"] === "string") {
    const seen = { ...standing, state: standing.moment.state };
    const value = answerQuery(seen, step["query"], { arg: step["arg"], field: step["field"] });
    return value.ok ? accepted({ standing, result: { value: value.value } }) : value;
  }
  const controlled = control(standing.moment, step);
  if (controlled === null) return refused(`no step ${Object.keys(step).join(", ")}`);
  const { moment } = controlled;
  return accepted({
    standing: { ...standing, moment, events: withEvents(standing, controlled.events) },
    result: null,
  });
}

function makeCall(
  standing: Standing,
  step: JsonFields,
  written: string,
): Outcome<Answered, string> {
  const name = PALLET_NAMES.reduce((call, [spelled, ours]) => call.replace(spelled, ours), written);
  const origin = originOf(String(step["origin"]));
  if (origin === null) return refused(`no origin ${String(step["origin"])}`);
  const args = isObject(step["args"]) ? step["args"] : {};
  const { moment } = standing;
  const call = callOfStep(name, args, standing.labels);
  if (!call.ok) return call;
  // A label names its action from then on, whether or not the proposal is accepted.
  const labelled = { ...standing, labels: withLabel(standing.labels, args) };
  const at = { block: blocks(moment.block), now: seconds(Number(moment.ms / 1000n)) };
  const answer = answered(() => dispatch(moment.state, call.value, origin, at));
  if (!answer.ok) return accepted({ standing: labelled, result: { error: answer.error } });
  const { state, events, pays } = answer.value;
  return accepted({
    standing: {
      ...labelled,
      moment: { ...moment, state },
      events: withEvents(standing, events),
    },
    result: { ok: true, pays: pays ? "Yes" : "No" },
  });
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

function withLabel(labels: Labels, args: JsonFields): Labels {
  const label = args["label"];
  const action = args["action"] ?? args["proposal"];
  if (typeof label !== "string" || !isObject(action)) return labels;
  return new Map(labels).set(label, canonicalText(action));
}

const withEvents = (standing: Standing, events: readonly ChainEvent[]): readonly JsonFields[] =>
  events.length === 0 ? standing.events : [...standing.events, ...events.map(eventTold)];
