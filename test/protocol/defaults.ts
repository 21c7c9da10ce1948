/** The values of a block at its defaults, for tests that stand below the scenario layer. */
import type { Block, Values } from "../../src/units/index.ts";

const FACTORS: Readonly<Record<string, number>> = {
  s: 1,
  min: 60,
  h: 3_600,
  d: 86_400,
  "%": 0.01,
  "": 1,
  blocks: 1,
};

function baseValue(kind: string, text: string): number {
  const [digits, unit = ""] = text.split(" ");
  const number = Number(digits);
  if (kind === "chainUsd") return Math.round(number * 1e7);
  if (kind === "chainMilliUsd") return Math.round(number * 1e3);
  if (kind === "tokens") return number;
  if (!(unit in FACTORS)) throw new Error(`no unit ${unit}`);
  return unit === "%" ? number / 100 : number * FACTORS[unit];
}

export function defaults<B extends Block>(block: B): Values<B> {
  const entries = Object.entries(block.fields).map(([name, field]) => {
    const scalar =
      typeof field.default === "string" && field.kind !== "choice" && field.kind !== "text";
    return [name, scalar ? baseValue(field.kind, field.default as string) : field.default];
  });
  return Object.fromEntries(entries) as Values<B>;
}
