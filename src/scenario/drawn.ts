/**
 * Distributions over entities, as a scenario writes them: `{ distribution: lognormal, … }`.
 */
import { DRAWN_LAWS, type Drawn, type NumberParameter } from "../units/index.ts";
import { readParameter } from "./declaration.ts";
import { describe, perOf, type Reading, readQuantity } from "./quantity.ts";
import { nearest } from "./suggestion.ts";

/** What was read, and what is wrong in it. */
export interface DrawnReading {
  readonly drawn: Drawn | undefined;
  readonly refusals: readonly DrawnRefusal[];
}

type Refused = Extract<Reading<never>, { ok: false }>;
/** One fault; `steps` lead to it, and `key` tells that the key itself is wrong. */
export type DrawnRefusal = Refused & { readonly key?: boolean };

/** The numbers of each law; of several names in a row exactly one is given. */
const SHAPES: Readonly<Record<Drawn["law"], readonly (readonly string[])[]>> = {
  uniform: [["from"], ["to"]],
  normal: [["mean"], ["sd"]],
  lognormal: [
    ["median", "mean"],
    ["sigma", "sd"],
  ],
  exponential: [["mean"]],
  weibull: [["mean", "scale"], ["shape"]],
  discrete: [["values"], ["weights"]],
  empirical: [["values"], ["shares"]],
};

const refuse = (expected: string, found: string, steps: readonly string[] = []): DrawnRefusal => ({
  ok: false,
  expected,
  found,
  steps,
});

/** Reads a distribution of a parameter's values. */
export function readDrawn(
  parameter: NumberParameter,
  raw: Readonly<Record<string, unknown>>,
): DrawnReading {
  const { distribution, ...given } = raw;
  const law = DRAWN_LAWS.find((word) => word === distribution);
  if (law === undefined) {
    const suggestion = nearest(String(distribution), DRAWN_LAWS);
    const expected = `one of ${DRAWN_LAWS.map((word) => `\`${word}\``).join(", ")}`;
    const refusal = refuse(expected, describe(distribution), ["distribution"]);
    return {
      drawn: undefined,
      refusals: [suggestion === undefined ? refusal : { ...refusal, suggestion }],
    };
  }
  const refusals = [...shapeRefusals(law, given)];
  const numbers: Record<string, number | readonly number[]> = {};
  for (const [name, value] of Object.entries(given)) {
    if (!SHAPES[law].some((names) => names.includes(name))) continue;
    const reading = readNumber(parameter, name, value);
    if (reading.ok) numbers[name] = reading.value;
    else refusals.push({ ...reading, steps: [name, ...(reading.steps ?? [])] });
  }
  if (refusals.length === 0) refusals.push(...senseRefusals(law, numbers));
  if (refusals.length > 0) return { drawn: undefined, refusals };
  const [low, high] = parameter.bounds.map((text) => {
    const bound = readQuantity(parameter.kind, text, perOf(parameter.default));
    return bound.ok ? bound.value : Number.NaN;
  });
  return { drawn: { kind: "drawn", law, numbers, low, high }, refusals };
}

/** Names that the law does not know, that are missing, or that say the same twice. */
function shapeRefusals(
  law: Drawn["law"],
  given: Readonly<Record<string, unknown>>,
): readonly DrawnRefusal[] {
  const known = SHAPES[law].flat();
  const unknown = Object.keys(given)
    .filter((name) => !known.includes(name))
    .map((name): DrawnRefusal => {
      const expected = `one of ${known.map((word) => `\`${word}\``).join(", ")}`;
      const refusal = { ...refuse(expected, `\`${name}\``, [name]), key: true };
      const suggestion = nearest(name, known);
      return suggestion === undefined ? refusal : { ...refusal, suggestion };
    });
  const counted = SHAPES[law].flatMap((names): readonly DrawnRefusal[] => {
    const found = names.filter((name) => name in given);
    if (found.length === 1) return [];
    const words = names.map((name) => `\`${name}\``).join(" or ");
    const said = found.length === 0 ? "none" : "both";
    return [refuse(`${words} for \`${law}\``, said)];
  });
  return [...unknown, ...(unknown.length > 0 ? [] : counted)];
}

function readNumber(
  parameter: NumberParameter,
  name: string,
  raw: unknown,
): Reading<number | readonly number[]> {
  switch (name) {
    case "sd":
      return above(readQuantity(parameter.kind, raw, perOf(parameter.default)), raw);
    case "sigma":
    case "shape":
      return above(readQuantity("number", raw), raw);
    case "values":
      return readList(raw, (one) => readOwn(parameter, one));
    case "weights":
      return readList(raw, (one) => readQuantity("number", one));
    case "shares":
      return readList(raw, (one) => readQuantity("share", one));
    default:
      return readOwn(parameter, raw);
  }
}

/** A value that the parameter itself could have. */
function readOwn(parameter: NumberParameter, raw: unknown): Reading<number> {
  const reading = readParameter(parameter, raw);
  if (!reading.ok) return reading;
  return { ...reading, value: Number(reading.value) };
}

const above = (reading: Reading<number>, raw: unknown): Reading<number> =>
  !reading.ok || reading.value > 0
    ? reading
    : { ok: false, expected: "a number above 0", found: describe(raw) };

function readList(
  raw: unknown,
  read: (one: unknown) => Reading<number>,
): Reading<readonly number[]> {
  if (!Array.isArray(raw)) return { ok: false, expected: "a list", found: describe(raw) };
  const value: number[] = [];
  for (const one of raw) {
    const reading = read(one);
    if (!reading.ok) return { ...reading, found: `${reading.found} in the list` };
    value.push(reading.value);
  }
  return { ok: true, text: `[${raw.join(", ")}]`, value };
}

/** What makes no sense together. */
function senseRefusals(law: Drawn["law"], numbers: Drawn["numbers"]): readonly DrawnRefusal[] {
  const list = (name: string): readonly number[] => {
    const found = numbers[name];
    return typeof found === "object" ? found : [];
  };
  if (law === "uniform")
    return Number(numbers["from"]) < Number(numbers["to"])
      ? []
      : [refuse("a value above `from`", "one that is not above it", ["to"])];
  if (law !== "discrete" && law !== "empirical") return [];
  const second = law === "discrete" ? "weights" : "shares";
  const values = list("values");
  const other = list(second);
  if (values.length < (law === "discrete" ? 1 : 2) || other.length !== values.length)
    return [refuse(`as many \`${second}\` as \`values\``, `${other.length} and ${values.length}`)];
  if (!values.every((value, i) => i === 0 || value > values[i - 1]))
    return [refuse("values that rise", "values that do not", ["values"])];
  if (law === "discrete") {
    const sum = other.reduce((all, weight) => all + weight, 0);
    return other.every((weight) => weight >= 0) && sum > 0
      ? []
      : [refuse("weights that are not negative, one above 0", "others", ["weights"])];
  }
  const rises = other.every((share, i) => share >= (i === 0 ? 0 : other[i - 1]));
  return rises && other.at(-1) === 1
    ? []
    : [refuse("shares that rise up to 100 %", "others", ["shares"])];
}
