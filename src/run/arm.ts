/**
 * Arms: the base and its variants, loaded so that they can be compared pair by pair.
 */

import { ECONOMICS, economicsText } from "../scenario/economics.ts";
import type { Loaded } from "../scenario/fault.ts";
import { type ScenarioFault, wholeFile } from "../scenario/fault.ts";
import { hashOf } from "../scenario/hash.ts";
import { type LoadOptions, loadScenario, type Scenario } from "../scenario/index.ts";
import type { StudyStress, StudyVariant } from "../scenario/study.ts";

/** One arm: its name, and its scenario in the two rounds. */
export interface Arm {
  /** The name of its folder, and in every answer. */
  readonly name: string;
  /** With everybody's behaviour frozen. */
  readonly scenario: Scenario;
  /** With people who respond; null where the scenario names no response. */
  readonly response: Scenario | null;
}

/** All arms with one assumption at another value: what might turn the result around. */
export interface Stress {
  readonly key: string;
  readonly value: string;
  readonly base: Scenario;
  readonly variants: readonly Scenario[];
}

/** All arms where people respond, from another start. */
export interface Start {
  /** What users have at the start, times what their arrivals sustain. */
  readonly factor: number;
  readonly base: Scenario;
  readonly variants: readonly Scenario[];
}

/** Everything that is to be run. */
export interface Arms {
  readonly base: Arm;
  readonly variants: readonly Arm[];
  readonly stresses: readonly Stress[];
  /** Empty where nobody responds. */
  readonly starts: readonly Start[];
}

/** What is to be compared, as it was typed. */
export interface ArmRequest {
  readonly base: string;
  readonly variants: readonly StudyVariant[];
  readonly vary: readonly StudyStress[];
  /** Settings of the `run` block, for all arms. */
  readonly run: Readonly<Record<string, string>>;
  readonly metrics: readonly string[];
}

/** The block that says how people respond; what stands in it is left out of the first round. */
const RESPONSE = "assumptions.response.";

/** The starts from which the responding world is run besides its own. */
const STARTS = [0.5, 2] as const;

/** Loads all arms, or lists all that is wrong with any of them. */
export function loadArms(request: ArmRequest): Loaded<Arms> {
  const faults: ScenarioFault[] = [];
  const load = (name: string, options: LoadOptions): Scenario | null => {
    const { run, metrics } = request;
    const loaded = loadScenario(name, { run, metrics, ...options });
    if (loaded.ok) return loaded.value;
    faults.push(...loaded.faults);
    return null;
  };
  const armOf = (name: string, file: string, set: readonly string[]): Arm | null => {
    const whole = load(file, { set });
    if (whole === null) return null;
    if (!responds(whole)) return { name, scenario: whole, response: null };
    const scenario = load(file, { set, without: [RESPONSE] });
    return scenario === null ? null : { name, scenario, response: whole };
  };
  const base = armOf("base", request.base, []);
  const names = namesOf(request.variants.map(({ name }) => name));
  const variants = request.variants.map(({ scenario, set }, at) =>
    armOf(names[at], scenario ?? request.base, set),
  );
  const stresses = request.vary.flatMap(({ key, values }) =>
    values.map((value) => ({
      key,
      value,
      base: load(request.base, { set: [`${key}=${value}`], without: [RESPONSE] }),
      variants: request.variants.map(({ scenario, set }) =>
        load(scenario ?? request.base, { set: [...set, `${key}=${value}`], without: [RESPONSE] }),
      ),
    })),
  );
  const answered = [base, ...variants].some((arm) => arm !== null && arm.response !== null);
  const starts = (answered ? STARTS : []).map((factor) => {
    const of = (file: string, set: readonly string[]): Scenario | null =>
      load(file, { set: [...set, `${RESPONSE}start=${factor}`] });
    return {
      key: String(factor),
      value: "",
      base: of(request.base, []),
      variants: request.variants.map(({ scenario, set }) => of(scenario ?? request.base, set)),
    };
  });
  const arms = whole({ base, variants, stresses, starts });
  if (arms === null) return { ok: false, faults: distinct(faults) };
  const apart = [arms, ...arms.stresses.map((stress) => armsOfStress(stress))].flatMap(otherSpans);
  return apart.length > 0 ? { ok: false, faults: apart } : { ok: true, value: arms };
}

/** Whether a scenario says of its own how people respond. */
export const responds = ({ values }: Pick<Scenario, "values">): boolean =>
  values.some(({ path, from }) => path.startsWith(RESPONSE) && from !== "default");

/** Whether any arm says how people respond. */
export const hasResponse = ({ base, variants }: Arms): boolean =>
  [base, ...variants].some(({ response }) => response !== null);

/** The folder of an arm inside a comparison's, or inside one of its groups of arms. */
export const armFolder = (inside: string, name: string): string =>
  inside === "" ? name : `${inside}/${name}`;

/** The group in which all arms are run under one stress, by its number from 0. */
export const stressFolder = (number: number): string => `stress/${number + 1}`;

/** The group in which all arms are run from another start, by its number from 0. */
export const startFolder = (number: number): string => `start/${number + 1}`;

/** Scenarios of all arms under one circumstance, of which any may be missing. */
interface Found {
  readonly key: string;
  readonly value: string;
  readonly base: Scenario | null;
  readonly variants: readonly (Scenario | null)[];
}

/** The same as it was asked for, where nothing is missing. */
function whole(found: {
  readonly base: Arm | null;
  readonly variants: readonly (Arm | null)[];
  readonly stresses: readonly Found[];
  readonly starts: readonly Found[];
}): Arms | null {
  const { base } = found;
  const variants = found.variants.filter((arm) => arm !== null);
  const stresses = found.stresses.flatMap(completeIn);
  const starts = found.starts.flatMap(completeIn);
  const complete =
    variants.length === found.variants.length &&
    stresses.length === found.stresses.length &&
    starts.length === found.starts.length;
  if (base === null || !complete) return null;
  const from = starts.map(({ key, ...arms }) => ({ factor: Number(key), ...arms }));
  return { base, variants, stresses, starts: from };
}

function completeIn({ key, value, base, variants }: Found): readonly Stress[] {
  const all = variants.filter((scenario) => scenario !== null);
  return base !== null && all.length === variants.length
    ? [{ key, value, base, variants: all }]
    : [];
}

/** A fault of a shared file is told once, however many arms extend it. */
function distinct(faults: readonly ScenarioFault[]): readonly ScenarioFault[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

const armsOfStress = ({ base, variants }: Stress): Arms => ({
  base: { name: "base", scenario: base, response: null },
  variants: variants.map((scenario) => ({ name: scenario.name, scenario, response: null })),
  stresses: [],
  starts: [],
});

/** Arms that do not begin and end with the base cannot be paired with it. */
function otherSpans({ base, variants }: Arms): readonly ScenarioFault[] {
  const told = ({ setup }: Scenario): string =>
    `a start at ${setup.start} s and a length of ${setup.length} s`;
  return variants
    .filter(({ scenario }) => told(scenario) !== told(base.scenario))
    .map(({ scenario }) => ({
      place: wholeFile(scenario.file),
      path: "run",
      expected: `${told(base.scenario)}, as the base has them`,
      found: told(scenario),
    }));
}

/** Names of folders, each once, and none that of the base. */
function namesOf(wished: readonly string[]): readonly string[] {
  const taken = new Set(["base", "draws", "farms", "response", "start", "stress"]);
  return wished.map((wish) => {
    const plain = wish.replaceAll(/[^\w.-]+/g, "-").replace(/^[-.]+/, "") || "variant";
    let name = plain;
    for (let number = 2; taken.has(name); number++) name = `${plain}-${number}`;
    taken.add(name);
    return name;
  });
}

/** A value that two scenarios give differently, as written. */
export interface ChangedValue {
  readonly key: string;
  readonly base: string;
  readonly variant: string;
  readonly doc: string;
  readonly source: string;
}

/** In what a variant differs from its base. */
export interface Changes {
  readonly values: readonly ChangedValue[];
  /** Sentences of the timeline that only the variant has, and only the base. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** The keys of all of it, and `timeline.` with what happens for other things that happen. */
  readonly keys: readonly string[];
}

/** In what a scenario differs from another. */
export function changesOf(base: Scenario, variant: Scenario): Changes {
  const before = new Map(base.values.map((value) => [value.path, value]));
  const values = variant.values.flatMap(({ path, text, varied, value, doc, source }) => {
    const old = before.get(path);
    const same = old !== undefined && hashOf([old.value, old.varied]) === hashOf([value, varied]);
    if (same) return [];
    const words = path === ECONOMICS ? economicsText : (own: string): string => own;
    return [{ key: path, base: words(old?.text ?? ""), variant: words(text), doc, source }];
  });
  const only = (one: Scenario, other: Scenario): readonly number[] => {
    const known = new Set(other.setup.timeline.map(hashOf));
    return one.setup.timeline.flatMap((entry, at) => (known.has(hashOf(entry)) ? [] : [at]));
  };
  const added = only(variant, base);
  const removed = only(base, variant);
  const happening = (scenario: Scenario, at: number): readonly string[] => {
    const entry = scenario.setup.timeline[at];
    return entry.kind === "policy"
      ? entry.changes.map(({ key }) => `policy.${key.replace(/^policy\./, "")}`)
      : [`timeline.${entry.kind}`];
  };
  const keys = [
    ...values.map(({ key }) => key),
    ...added.flatMap((at) => happening(variant, at)),
    ...removed.flatMap((at) => happening(base, at)),
  ];
  return {
    values,
    added: added.map((at) => variant.timeline[at] ?? ""),
    removed: removed.map((at) => base.timeline[at] ?? ""),
    keys: [...new Set(keys)].sort(),
  };
}
