/**
 * What a scenario rests on and does not know: its inputs with the range that each may have.
 *
 * The range of an assumption is where the truth plausibly lies. That of a policy is what the DAO
 * may choose, and no uncertainty, unless the value itself is not known exactly. What the scenario
 * or a flag gives is decided, and is no longer uncertain; nor is what the scenario's model of the
 * price never asks for.
 */
import type { Quality } from "../units/index.ts";
import { readAxis, type Span } from "./axis.ts";
import { declarations } from "./declaration.ts";
import { readQuantity } from "./quantity.ts";
import type { Scenario } from "./scenario.ts";

/** An input that is not known. */
export interface UncertainInput {
  readonly key: string;
  readonly quality: Quality;
  readonly source: string;
  readonly range: readonly [string, string];
  /** The default, as written. */
  readonly default: string;
  /** The span of a number with its default in base units, or the words of a choice. */
  readonly law:
    | { readonly kind: "span"; readonly span: Span; readonly centre: number }
    | { readonly kind: "choice"; readonly words: readonly string[] };
  /** Another input that moves with this one, and their rank correlation. */
  readonly together: readonly [key: string, rank: number] | null;
}

/** Inputs that only some models of the price ask for, by how their keys begin. */
const ONLY_IN: readonly (readonly [beginning: string, model: string])[] = [
  ["assumptions.price.jump", "jump"],
  ["assumptions.price.calm", "regime"],
  ["assumptions.price.turbulent", "regime"],
  ["assumptions.price.driftTurbulent", "regime"],
  ["assumptions.price.volatilityTurbulent", "regime"],
  ["assumptions.market.", "pool"],
  // What hardware costs moves no metric but where tokens are sold to pay for it.
  ["assumptions.farmer.machine", "pool"],
  ["assumptions.farmer.memory", "pool"],
  ["assumptions.farmer.ssd", "pool"],
  ["assumptions.farmer.hdd", "pool"],
  ["assumptions.farmer.life", "pool"],
];

/** Whether nothing in a run with this model of the price asks for an input. */
const isIdle = (key: string, model: unknown): boolean =>
  ONLY_IN.some(([beginning, word]) => key.startsWith(beginning) && word !== model);

/** The uncertain inputs of a scenario, in the order of their declarations. */
export function uncertainInputs({ values }: Scenario): readonly UncertainInput[] {
  const model = values.find(({ path }) => path === "assumptions.price.model")?.value;
  const open = new Set(values.filter(({ from }) => from === "default").map(({ path }) => path));
  return declarations.flatMap(({ key, parameter }): readonly UncertainInput[] => {
    const { range, quality, source } = parameter;
    const chosen = key.startsWith("policy.") && quality === "seen";
    if (range === null || chosen || !open.has(key) || isIdle(key, model)) return [];
    const told = { key, quality, source, range, default: String(parameter.default) };
    const together = parameter.together ?? null;
    if (parameter.kind === "choice") {
      // The default first: it has half of the probability.
      const words = [parameter.default, ...range.filter((word) => word !== parameter.default)];
      return [{ ...told, law: { kind: "choice", words }, together }];
    }
    const axis = readAxis(key);
    if (!axis.ok || axis.value.span === null) return [];
    const { span } = axis.value;
    const centre = readQuantity(span.kind, told.default, span.per);
    return centre.ok
      ? [{ ...told, law: { kind: "span", span, centre: centre.value }, together }]
      : [];
  });
}
