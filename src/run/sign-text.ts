/**
 * What assumptions do to an effect, in sentences that say no more than the draws do.
 */
import type { Effect } from "./effect.ts";
import type { EffectUncertainty, HeldInput, SignReading } from "./effect-uncertainty.ts";
import { amount, percent } from "./verdict-number.ts";

type Bounds = readonly [low: number, high: number];

/** Half the width of an interval; 0 without one. */
export const halfWidth = (bounds: Bounds | null): number =>
  bounds === null ? 0 : (bounds[1] - bounds[0]) / 2;

/** Inputs that a sentence names, at most. */
const NAMED = 3;

/** How wide an effect is for what is not known, and what would turn it; nothing without draws. */
export function signSentences(
  { name, relative, weight, unit }: Effect,
  uncertainty: EffectUncertainty | null,
): readonly string[] {
  if (uncertainty === null) return [];
  const { draws, inputs_sd, inputs95, relative95, sign } = uncertainty;
  const drawn = `${draws} draws of what is not known`;
  if (inputs_sd === 0 && weight === "none") return [];
  const isShare = relative !== null && relative95 !== null;
  const half = halfWidth(relative95);
  const [low, high] = isShare
    ? relative95.map((end) => percent(end, half))
    : inputs95.map((end) => amount(end, unit, halfWidth(inputs95)));
  const span =
    inputs_sd === 0
      ? `Over ${drawn}, \`${name}\` moves no more than by chance`
      : `Over ${drawn}, the middle 95 % of changes of \`${name}\` are ${low} to ${high}`;
  if (sign === null) return [`${span}.`];
  const { positive, negative } = sign;
  const counts =
    Math.min(positive, negative) === 0
      ? ""
      : `; it rises in ${positive} draws and falls in ${negative}`;
  const turn = weight === "none" ? [] : turnSentences(sign, draws);
  return [`${span}${counts}.`, ...turn, ...followSentences(sign)];
}

function turnSentences(sign: SignReading, draws: number): readonly string[] {
  const { reading, reverses, suspects, other, ends } = sign;
  const perhaps = suspects.length === 0 ? "" : ` (most suspect: ${listed(suspects)})`;
  switch (reading) {
    case "found":
      return [`Its sign is reversed by ${listed(reverses)}.`];
    case "all together":
      return [
        "Their mean has the other sign: what is not known reverses it together, and at " +
          `${other} of ${ends} ends of ranges, whichever input is held.`,
      ];
    case "not identified":
      return [
        `Whether any assumption reverses its sign is not identified with ${draws} draws: at ` +
          `${other} of ${ends} ends of ranges its mean has the other sign, within ` +
          `chance${perhaps}.`,
      ];
    case "none found":
      return [`At none of ${ends} ends of ranges that were looked at is its sign reversed.`];
    case "no sign":
      return ["Chance alone leaves its sign open, so there is none to reverse."];
  }
}

const followSentences = ({ follows_from }: SignReading): readonly string[] =>
  follows_from.length === 0
    ? []
    : [
        `Its sign follows from ${follows_from
          .slice(0, NAMED)
          .map(({ key, assumption }) =>
            assumption === null ? `\`${key}\`` : `assumption ${assumption} (\`${key}\`)`,
          )
          .join(", ")}${more(follows_from.length)}.`,
      ];

const listed = (ends: readonly HeldInput[]): string =>
  `${ends.slice(0, NAMED).map(heldText).join(", ")}${more(ends.length)}`;

const more = (count: number): string => (count > NAMED ? ` and ${count - NAMED} more` : "");

/** An input where it is held, such as `failure.mtbf at 60 d to 80 d (A-01)`. */
export function heldText({ key, assumption, held: [from, to] }: HeldInput): string {
  const number = assumption === null ? "" : ` (${assumption})`;
  return `\`${key}\` at ${from === to ? from : `${from} to ${to}`}${number}`;
}
