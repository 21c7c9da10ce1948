/**
 * All arms of a comparison once more for each draw of what is not known: base and variant with the
 * same values of the outside, so that only what is proposed tells them apart.
 *
 * What any arm decides stays as it is in all of them. Behaviour is frozen, as under a stress.
 */
import type { Loaded } from "../scenario/fault.ts";
import { wholeFile, writeFault } from "../scenario/fault.ts";
import { loadScenario } from "../scenario/load.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { type UncertainInput, uncertainInputs } from "../scenario/uncertain.ts";
import type { ArmRequest, Arms } from "./arm.ts";
import { drawInputs, type UncertainDraw } from "./uncertain-draw.ts";

/** Draws of the inputs, and all arms under each. */
export interface DrawnArms {
  readonly inputs: readonly UncertainInput[];
  readonly draws: readonly UncertainDraw[];
  /** Pairs of runs of each draw. */
  readonly inner: number;
  readonly arms: readonly { readonly base: Scenario; readonly variants: readonly Scenario[] }[];
}

/** How often to draw, from which seed, and how many pairs there are of each draw. */
export interface DrawPlan {
  readonly draws: number;
  readonly inner: number;
  readonly seed: string;
}

/** How people respond is a question of the second round. */
const RESPONSE = "assumptions.response.";

/** The group in which all arms are run under one draw, by its number from 0. */
export const drawFolder = (number: number): string =>
  `draws/${String(number + 1).padStart(4, "0")}`;

/** What no arm decides and no arm knows, as the base has it. */
export function sharedInputs({ base, variants }: Arms): readonly UncertainInput[] {
  const open = variants.map(({ scenario }) => {
    return new Set(uncertainInputs(scenario).map(({ key }) => key));
  });
  return uncertainInputs(base.scenario).filter(
    ({ key }) => !key.startsWith(RESPONSE) && open.every((keys) => keys.has(key)),
  );
}

/** Draws what the arms do not know, and loads all of them with each draw. */
export function drawArms(request: ArmRequest, arms: Arms, plan: DrawPlan): Loaded<DrawnArms> {
  const inputs = sharedInputs(arms);
  const draws = drawInputs(inputs, plan.draws, plan.seed);
  if (draws === null) {
    const expected = "rank correlations that can hold together";
    const fault = {
      place: wholeFile("--uncertainty"),
      path: "",
      expected,
      found: "some exclude others",
    };
    return { ok: false, faults: [fault] };
  }
  const faults = new Map<string, Parameters<typeof writeFault>[0]>();
  const { run, metrics } = request;
  const load = (name: string, set: readonly string[]): readonly Scenario[] => {
    const loaded = loadScenario(name, { run, metrics, set, without: [RESPONSE] });
    if (loaded.ok) return [loaded.value];
    for (const fault of loaded.faults) faults.set(writeFault(fault), fault);
    return [];
  };
  const drawn = draws.flatMap(({ texts }) => {
    const values = texts.map((text, i) => `${inputs[i].key}=${text}`);
    const [base] = load(request.base, values);
    const variants = request.variants.flatMap(({ scenario, set }) =>
      load(scenario ?? request.base, [...set, ...values]),
    );
    return base === undefined ? [] : [{ base, variants }];
  });
  return faults.size > 0
    ? { ok: false, faults: [...faults.values()] }
    : { ok: true, value: { inputs, draws, inner: plan.inner, arms: drawn } };
}
