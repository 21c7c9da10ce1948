/**
 * The lines that a terminal shows of a comparison: effects, who gains, who pays, the verdict.
 */
import type { Effect } from "./effect.ts";
import type { EffectUncertainty } from "./effect-uncertainty.ts";
import type { Equilibrium } from "./equilibrium.ts";
import type { FarmEffect } from "./farm-income.ts";
import type { Ledger, Net } from "./ledger.ts";
import type { Proposal, ProposedVariant } from "./proposal.ts";
import { summaryNumber as short } from "./summary-text.ts";
import { percent } from "./verdict-number.ts";

const HEADINGS = [
  "metric",
  "base",
  "difference",
  "relative",
  "95 % interval",
  "all at once",
  "p adjusted",
  "narrower",
  "",
] as const;

/** What is said where no scenario says how people respond. */
export const NO_RESPONSE =
  "second round (people respond): not measured: no response model in any scenario";

/** All variants as lines, each with its table and its verdict. */
export const comparisonText = (proposal: Proposal): string =>
  proposal.variants.map((variant) => variantText(variant)).join("\n\n");

function variantText(variant: ProposedVariant): string {
  const { name, title, effects, ledger, guards, farms, verdict, response, equilibria } = variant;
  const { uncertainty } = variant;
  const moved = effects.filter(hasMoved);
  const still = effects.filter(({ weight, n }) => weight === "none" && n > 0).length;
  const absent = effects.filter(({ n }) => n === 0).map((effect) => effect.name);
  return [
    `${name}: ${title}`,
    moved.length === 0 ? "" : `\n${effectTable(moved)}`,
    `\n${still} of ${effects.length} metrics do not change in any pair of runs.`,
    ...(absent.length === 0 ? [] : [`not measured: ${absent.join(", ")}`]),
    ...(uncertainty === null ? [] : [`\n${drawnTable(moved, uncertainty)}`]),
    `\n${ledgerText(ledger)}`,
    ...(farms === null
      ? ["\nwinners and losers: not measured"]
      : [
          `\nfarms (${farms.replications} runs of one fleet): ${farms.better} better, ` +
            `${farms.worse} worse, ${farms.within} within ${farms.smallest} USD a node and month`,
        ]),
    ...guards.map(({ guard, result }) => `guard ${guard}: ${result}`),
    response === null
      ? NO_RESPONSE
      : `\nsecond round (people respond):\n${effectTable(response.filter(hasMoved))}`,
    ...equilibria.map(endsText),
    `\n${verdict}`,
  ].join("\n");
}

/** From where to where one measure went from all starts. */
function endsText({
  arm,
  measure,
  starts,
  apartAtFirst,
  apartAtLast,
  reading,
}: Equilibrium): string {
  const told = starts.map(
    ({ factor, first, last }) => `${factor}x: ${short(first)} to ${short(last)}`,
  );
  const span = `apart ${percent(apartAtFirst)} at first, ${percent(apartAtLast)} at last`;
  return `${measure} in the ${arm}, by start: ${told.join(", ")}; ${span}: ends ${WHERE[reading]}`;
}

const WHERE = {
  agree: "agree within their intervals",
  approaching: "still approach each other",
  apart: "are apart: several equilibria, or too short a run",
  unknown: "have no interval",
} as const;

const hasMoved = ({ weight, n }: Effect): boolean => weight !== "none" && n > 0;

const WORDS = { none: "", small: "too small to matter", clear: "", open: "open" } as const;

function effectTable(effects: readonly Effect[]): string {
  const interval = (bounds: readonly [number, number] | null): string =>
    bounds === null ? "" : `${short(bounds[0])} .. ${short(bounds[1])}`;
  return aligned([
    [...HEADINGS],
    ...effects.map((effect) => [
      effect.name,
      effect.base === null ? "" : short(effect.base),
      effect.difference === null ? "" : short(effect.difference),
      effect.relative === null ? "" : percent(effect.relative),
      interval(effect.ci95),
      interval(effect.simultaneous95),
      effect.pAdjusted === null ? "" : effect.pAdjusted.toFixed(4),
      narrower(effect.varianceReduction),
      effect.identity === null ? WORDS[effect.weight] : `identity: ${effect.identity}`,
    ]),
  ]);
}

/** Differences with both intervals, and what the wider one is owed to. */
function drawnTable(
  effects: readonly Effect[],
  uncertainty: Readonly<Record<string, EffectUncertainty>>,
): string {
  const span = (bounds: readonly [number, number] | null): string =>
    bounds === null ? "" : `${short(bounds[0])} .. ${short(bounds[1])}`;
  const rows = effects.flatMap(({ name, difference, ci95 }) => {
    const drawn = uncertainty[name];
    if (drawn === undefined) return [];
    const { inputs_sd, inputs95, guesses, inputs, sign } = drawn;
    const [most] = inputs;
    return [
      [
        name,
        difference === null ? "" : short(difference),
        span(ci95),
        inputs_sd === 0 ? "within chance" : span(inputs95),
        guesses === null ? "" : `${Math.round(100 * guesses.share)} %`,
        most === undefined
          ? ""
          : `${most.key.replace(/^\w+\./, "")} (${Math.round(100 * most.share)} %)`,
        sign === null ? "" : sign.reading,
      ],
    ];
  });
  return aligned([[...DRAWN_HEADINGS], ...rows]);
}

const DRAWN_HEADINGS = [
  "metric",
  "difference",
  "95 % by chance",
  "95 % by assumptions",
  "guesses owe",
  "most is owed to",
  "what reverses it",
] as const;

/** How many times narrower the interval is than that of independent runs. */
export const narrower = (varianceReduction: number | null): string =>
  varianceReduction === null ? "" : `${Math.sqrt(varianceReduction).toPrecision(3)}x`;

/** Who pays, line by line. */
function ledgerText({ lines, sum, sumUsd, connectionPrice, net, netAtConnection }: Ledger): string {
  const at = `USD at ${connectionPrice} USD a TFT`;
  return `${aligned([
    ["who pays (mean of a run)", "TFT", "USD on the market", at],
    ...lines.map(({ line, difference, usd, usdAtConnection }) => [
      line,
      short(difference),
      short(usd),
      short(usdAtConnection),
    ]),
    ["sum, exact", sum, sumUsd, ""],
  ])}
farmers net of power, lines and hardware, USD a run: ${netText(net)} on the market,
  ${netText(netAtConnection)} at the price of connection`;
}

/** What is left to farmers in the base, and by how much that changes. */
function netText({ base, difference, ci95 }: Net): string {
  const spread = ci95 === null ? "" : ` (${short(ci95[0])} .. ${short(ci95[1])})`;
  return `${short(base)}, changed by ${short(difference)}${spread}`;
}

/** Columns under one another: the first to the left, words at the end too, numbers to the right. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)));
  return rows
    .map((row) =>
      row
        .map((cell, at) => {
          const last = at === row.length - 1 && rows[0][at] === "";
          return at === 0 || last ? cell.padEnd(widths[at]) : cell.padStart(widths[at]);
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** One voter's line: what a variant does to a farm. */
export function farmLine(name: string, farm: FarmEffect, replications: number): string {
  const { cause, type, country, nodes, nodeClass, base, variant, difference, standing } = farm;
  const stands = { better: "better off", worse: "worse off", within: "too little to matter" };
  const owns = `${nodes} ${nodes === 1 ? "node" : "nodes"} (${nodeClass})`;
  const signed = `${difference < 0 ? "\u2212" : "+"}${Math.abs(difference).toFixed(2)}`;
  return (
    `farm ${cause} in ${name}: ${type}, ${country}, ${owns}: ${base.toFixed(2)} -> ` +
    `${variant.toFixed(2)} USD a month, ${signed}, ${stands[standing]} ` +
    `(mean of ${replications} runs of one fleet)`
  );
}
