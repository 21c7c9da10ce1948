/**
 * `study`: a comparison as a study file says; flags override it, and the report tells where.
 */
import { join } from "node:path";
import { type ArmRequest, departuresOf, INNER, loadArms, seedOfStudy } from "../run/index.ts";
import { metricList } from "../run/replicate.ts";
import { readStudy } from "../scenario/index.ts";
import { type CompareArguments, carryOut, guardsOf, variantsOf } from "./compare.ts";
import { type ExitCode, refuse, refuseWith, say } from "./exit.ts";

/** What was typed behind `study`. */
export interface StudyArguments extends Omit<CompareArguments, "scenario" | "variants"> {
  readonly study: string;
}

/** Does what a study says. */
export async function study(typed: StudyArguments): Promise<ExitCode> {
  const more = guardsOf(typed.guards);
  if (typeof more === "string") return refuseWith(more);
  const read = readStudy(typed.study, metricList);
  if (!read.ok) return refuse(read.faults);
  const file = read.value;
  const request: ArmRequest = {
    base: file.base,
    variants: [...file.variants, ...variantsOf([], typed.set)],
    vary: file.vary,
    run: settingsOf(file.run, typed.settings),
    metrics: metricList.map(({ name }) => name),
  };
  const loaded = loadArms(request);
  if (!loaded.ok) return refuse(loaded.faults);
  const arms = loaded.value;
  const derived = seedOfStudy(file, {
    ...arms,
    // A variant that a flag adds is a departure, not another study.
    variants: arms.variants.slice(0, file.variants.length),
  });
  const departures = departuresOf(file, typed, derived);
  for (const departure of departures) say(`gridbench: departs from the study: ${departure}`);
  const { name, hash, title, question, primary, smallest } = file;
  const { uncertainty: draws } = file;
  const uncertainty = typed.uncertainty ?? (draws === null ? undefined : { draws, inner: INNER });
  return carryOut(
    { ...typed, uncertainty },
    {
      arms,
      request,
      words: ["study", typed.study],
      out: join("reports", name),
      seed: typed.settings["seed"] ?? file.seed ?? derived,
      guards: [...file.guards, ...more],
      primary,
      smallest,
      study: { name, file: file.file, hash, title, question, departures },
    },
  );
}

/** The study's settings under those that were typed; a length in days replaces one in periods. */
function settingsOf(
  own: Readonly<Record<string, string>>,
  typed: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { days, periods, ...rest } = own;
  const length = { ...(days === undefined ? {} : { days }), ...(periods ? { periods } : {}) };
  const replaced = "days" in typed || "periods" in typed;
  return { ...rest, ...(replaced ? {} : length), ...typed };
}
