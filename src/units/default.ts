/**
 * The values of a block where nobody sets them, in base units, read from its own declarations.
 *
 * A scenario reads what a user writes, with all the units there are and every fault told; this
 * reads only what stands in a declaration, for those who want the rules without a scenario.
 */
import type { Block, Parameter, ParameterKind, Values } from "./parameter.ts";
import { assert } from "./quantity.ts";

/** Base units in one of each unit that a declaration may use: a factor and a power of ten. */
const UNITS: Readonly<Record<string, readonly [factor: number, power: number]>> = {
  "": [1, 0],
  "%": [1, -2],
  s: [1, 0],
  min: [60, 0],
  h: [3_600, 0],
  d: [86_400, 0],
  y: [31_557_600, 0],
  B: [1, 0],
  GB: [1, 9],
  TB: [1, 12],
  GiB: [1_073_741_824, 0],
  TiB: [1_099_511_627_776, 0],
  USD: [1, 0],
  TFT: [1, 0],
};

/** Amounts that the chain keeps whole count in powers of ten of a USD. */
const CHAIN_POWERS: Readonly<Partial<Record<ParameterKind, number>>> = {
  chainUsd: 7,
  chainMilliUsd: 3,
};

/** The number that a declared default stands for; what stands behind a bar is no part of it. */
function numberOf(kind: ParameterKind, text: string): number {
  const [digits = "", word = ""] = text.replace(/\/.*$/, "").trim().split(/\s+/);
  const unit = UNITS[word];
  assert(unit !== undefined, `the declared default ${text} has a unit that is known`);
  const [factor, power] = unit;
  // The exponent is part of the literal, so that there is one rounding and not two.
  const value = Number(`${digits}e${power + (CHAIN_POWERS[kind] ?? 0)}`) * factor;
  assert(Number.isFinite(value), `the declared default ${text} is a number`);
  return value;
}

function defaultOf(parameter: Parameter): unknown {
  switch (parameter.kind) {
    case "choice":
    case "text":
    case "flag":
    case "numbers":
      return parameter.default;
    default:
      return numberOf(parameter.kind, parameter.default);
  }
}

/** The values of a block where nobody sets them, in base units. */
export function defaults<B extends Block>(block: B): Values<B> {
  const entries = Object.entries(block.fields).map(([name, field]) => [name, defaultOf(field)]);
  return Object.fromEntries(entries) as Values<B>;
}
