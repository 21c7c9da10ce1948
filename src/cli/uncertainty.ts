/**
 * What a terminal shows of a run with `--uncertainty`: chance and assumptions apart.
 */
import { summaryNumber, type UncertaintyTable } from "../run/index.ts";
import { alignRows } from "./table.ts";

const HEADS = [
  "metric",
  "mean",
  "95 % by chance",
  "95 % by assumptions",
  "guesses owe",
  "most is owed to",
  "unit",
] as const;

/** The metrics with both intervals, and what the wider one is owed to. */
export function uncertaintyText({ metrics, draws, inputs }: UncertaintyTable): string {
  const span = (ends: readonly [number, number] | null): string =>
    ends === null ? "" : `${summaryNumber(ends[0])} .. ${summaryNumber(ends[1])}`;
  const rows = Object.entries(metrics).map(([name, one]) => {
    const [most] = one.inputs;
    return [
      name,
      one.mean === null ? "not measured" : summaryNumber(one.mean),
      span(one.ci95),
      one.inputs_sd === 0 ? "within chance" : span(one.inputs95),
      one.guesses === null ? "" : `${Math.round(100 * one.guesses.share)} %`,
      most === undefined
        ? ""
        : `${most.key.replace(/^\w+\./, "")} (${Math.round(100 * most.share)} %)`,
      one.unit === "1" ? "" : one.unit,
    ];
  });
  const told = `${draws} draws of ${inputs.length} inputs; guesses are those recalled or estimated`;
  const rough = roughText(draws, inputs);
  return `${told}${rough}\n\n${alignRows([HEADS, ...rows])}`;
}

/** A line of warning where what is owed to whom is read from few draws; empty where it is not. */
export const roughText = (draws: number, inputs: { readonly length: number }): string =>
  draws < inputs.length ? "\nfewer draws than inputs: what is owed to whom is rough" : "";
