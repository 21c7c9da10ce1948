/**
 * From the runs of a comparison's draws to how wide its effects are.
 */
import { armFolder } from "./arm.ts";
import type { CompareOptions, RanArm } from "./compare-options.ts";
import { designChance } from "./design.ts";
import { drawFolder } from "./drawn-arms.ts";
import type { Effect } from "./effect.ts";
import { type EffectUncertainty, effectUncertainties } from "./effect-uncertainty.ts";

/** How wide the effects of a variant are for what is not known; null where nothing was drawn. */
export function drawnEffects(
  { drawn, seed, primary, guards }: CompareOptions,
  ran: ReadonlyMap<string, RanArm>,
  name: string,
  effects: readonly Effect[],
): Readonly<Record<string, EffectUncertainty>> | null {
  if (drawn === undefined) return null;
  const rowsIn = (folder: string) => ran.get(folder)?.rows ?? [];
  return effectUncertainties(effects, {
    inputs: drawn.inputs,
    draws: drawn.draws,
    resample: designChance(seed).resample,
    base: rowsIn("base"),
    variant: rowsIn(name),
    drawn: drawn.arms.map((_, number) => ({
      base: rowsIn(armFolder(drawFolder(number), "base")),
      variant: rowsIn(armFolder(drawFolder(number), name)),
    })),
    decided: [...primary, ...guards.map(({ metric }) => metric)],
  });
}
