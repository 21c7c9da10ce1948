/**
 * uncertainty.csv of a comparison: a row a draw, its values, the mean difference of each metric.
 */
import { stringify } from "csv-stringify/sync";
import { mean } from "../stats/index.ts";
import { type Arms, armFolder } from "./arm.ts";
import type { RanArm } from "./compare-options.ts";
import { type DrawnArms, drawFolder } from "./drawn-arms.ts";

/** The draws as rows; columns of differences are headed `variant: metric`. */
export function drawnText(
  { inputs, draws }: DrawnArms,
  { variants }: Arms,
  ran: ReadonlyMap<string, RanArm>,
): string {
  const [first] = ran.get("base")?.rows ?? [];
  const names = (first?.metrics ?? []).map(({ name }) => name).sort();
  const heads = variants.flatMap((arm) => names.map((name) => `${arm.name}: ${name}`));
  const rows = draws.map(({ texts }, number) => {
    const meansIn = (arm: string): ReadonlyMap<string, number> => {
      const rowsIn = ran.get(armFolder(drawFolder(number), arm))?.rows ?? [];
      return new Map(
        names.map((name) => [name, mean(rowsIn.map(({ metrics }) => measuredIn(metrics, name)))]),
      );
    };
    const base = meansIn("base");
    const cells = variants.flatMap((arm) => {
      const own = meansIn(arm.name);
      return names.map((name) => (own.get(name) ?? Number.NaN) - (base.get(name) ?? Number.NaN));
    });
    return [
      String(number),
      ...texts,
      ...cells.map((value) => (Number.isNaN(value) ? "" : String(value))),
    ];
  });
  return stringify([["draw", ...inputs.map(({ key }) => key), ...heads], ...rows]);
}

const measuredIn = (metrics: RanArm["rows"][number]["metrics"], name: string): number =>
  metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
