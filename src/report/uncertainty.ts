/**
 * The two intervals of a run, where draws were made around it: chance, and what is not known.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Chart, CONFIG, HALF, type Layer, type Layered, WIDE } from "./chart.ts";
import { Unreadable } from "./folder.ts";
import { decimalsFor, grouped, scaledTo, styleOf, withUnit } from "./number.ts";
import { tone } from "./palette.ts";
import { short } from "./plot.ts";

const pair = z.tuple([z.number(), z.number()]);

const schema = z.looseObject({
  draws: z.number(),
  replications: z.number(),
  inputs: z.array(z.looseObject({ key: z.string(), quality: z.string() })),
  metrics: z.record(
    z.string(),
    z.looseObject({
      unit: z.string(),
      mean: z.number().nullable(),
      ci95: pair.nullable(),
      draws_mean: z.number(),
      inputs_sd: z.number(),
      inputs95: pair,
      guesses: z.looseObject({ share: z.number(), ci95: pair }).nullable(),
      inputs: z.array(
        z.looseObject({ key: z.string(), share: z.number(), ci95: pair, direction: z.number() }),
      ),
    }),
  ),
});

/** What uncertainty.json says of a run. */
export type Uncertainty = z.infer<typeof schema>;

/** Reads the uncertainty of a run; null where no draws were made around it. */
export function readUncertainty(folder: string): Uncertainty | null {
  const path = join(folder, "uncertainty.json");
  if (!existsSync(path)) return null;
  try {
    return schema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (thrown) {
    const found = thrown instanceof z.ZodError ? thrown.issues[0]?.message : String(thrown);
    throw new Unreadable(`${path}: expected what \`--uncertainty\` writes, found ${found}`);
  }
}

/** The metrics that are drawn: what each side of the grid looks at first. */
const SHOWN = [
  "node.availability",
  "utilization.cru",
  "contract.live",
  "billing.charged_tft",
  "mint.tft",
  "farmer.income_usd",
] as const;

const nameOf = (key: string): string => key.replace(/^\w+\./, "");

/** The pictures: both intervals of the metrics that are drawn, and which inputs owe the wider. */
export function uncertaintyCharts(told: Uncertainty | null): readonly Chart[] {
  if (told === null) return [];
  const shown = SHOWN.filter((name) => (told.metrics[name]?.inputs_sd ?? 0) > 0);
  if (shown.length === 0) return [];
  return [widthsOf(told, shown), ...shown.flatMap((name) => owedOf(told, name))];
}

/** Half widths in percent of the mean, chance beside assumptions. */
function widthsOf(told: Uncertainty, names: readonly string[]): Chart {
  const bars = names.flatMap((name) => {
    const one = told.metrics[name];
    if (one === undefined || one.mean === null || one.mean === 0) return [];
    const half = ([low, high]: readonly [number, number]): number =>
      short((50 * (high - low)) / Math.abs(one.mean ?? 1));
    const chance = one.ci95 === null ? 0 : half(one.ci95);
    return [
      { name, kind: "assumptions", width: half(one.inputs95), origin: 0 },
      { name, kind: "chance", width: chance, origin: 0 },
    ];
  });
  const kinds = ["assumptions", "chance"];
  const layer: Layer[] = [
    {
      mark: { type: "bar" },
      encoding: {
        y: {
          field: "name",
          type: "nominal",
          sort: [...names],
          title: null,
          axis: { labelLimit: 190 },
        },
        yOffset: { field: "kind", type: "nominal", sort: kinds },
        x: { field: "width", type: "quantitative", title: "half width (% of the mean)" },
        color: {
          field: "kind",
          type: "nominal",
          title: null,
          sort: kinds,
          scale: { domain: kinds, range: [tone("contrast"), tone("accent")] },
        },
        tooltip: [
          { field: "name", type: "nominal", title: "metric" },
          { field: "kind", type: "nominal", title: "owed to" },
          { field: "width", type: "quantitative", title: "half width (%)", format: ",.3~g" },
        ],
      },
    },
  ];
  return {
    id: "two-intervals",
    title: "How wide each result is, and for what",
    caption:
      "Half of the 95 % interval by chance (over replications), and half of the middle 95 % of " +
      `${told.draws} draws of ${told.inputs.length} inputs from their ranges.`,
    alt: bars.map(({ name, kind, width }) => `${name}, ${kind}: ${width} %`).join("; "),
    picture: { kind: "plot", spec: plotOf(bars, layer, WIDE, 42 * names.length) },
    table: {
      heads: ["metric", "mean", "95 % by chance", "95 % by assumptions", "owed to guesses"],
      rows: names.map((name) => rowOf(told, name)),
    },
  };
}

function rowOf(told: Uncertainty, name: string): readonly string[] {
  const one = told.metrics[name];
  if (one === undefined || one.mean === null) return [name, "not measured", "", "", ""];
  const style = scaledTo(one.mean, styleOf(name, one.unit));
  const digits = decimalsFor((one.inputs95[1] - one.inputs95[0]) * style.scale, 2);
  const text = (value: number): string => grouped(value * style.scale, digits);
  const span = (ends: readonly [number, number] | null): string =>
    ends === null ? "" : withUnit(`${text(ends[0])} to ${text(ends[1])}`, style.unit);
  const guesses = one.guesses === null ? "" : percentText(one.guesses.share);
  return [name, withUnit(text(one.mean), style.unit), span(one.ci95), span(one.inputs95), guesses];
}

const percentText = (share: number): string => withUnit(grouped(100 * share, 0), "%");

const qualitiesOf = (told: Uncertainty): ReadonlyMap<string, string> =>
  new Map(told.inputs.map(({ key, quality }) => [key, quality]));

function barsOf(told: Uncertainty, one: Uncertainty["metrics"][string]) {
  const qualities = qualitiesOf(told);
  return one.inputs.map(({ key, share, ci95: [low, high], direction }) => ({
    input: `${direction < 0 ? "\u2193" : "\u2191"} ${nameOf(key)}`,
    share: short(100 * share),
    low: short(100 * low),
    high: short(100 * high),
    guess: ["recalled", "estimate"].includes(qualities.get(key) ?? "") ? "a guess" : "known better",
    origin: 0,
  }));
}

/** Which inputs owe what the assumptions make of one metric. */
function owedOf(told: Uncertainty, name: string): readonly Chart[] {
  const one = told.metrics[name];
  if (one === undefined || one.inputs.length === 0) return [];
  const qualities = qualitiesOf(told);
  const bars = barsOf(told, one);
  const inputs = bars.map(({ input }) => input);
  const y = { field: "input", type: "nominal", sort: inputs, title: null } as const;
  const kinds = ["a guess", "known better"];
  const x = {
    type: "quantitative",
    title: "share of the variance of draws (%)",
  } as const;
  const layer: Layer[] = [
    {
      mark: { type: "bar", height: 14 },
      encoding: {
        y: { ...y, axis: { labelLimit: 230 } },
        x: { ...x, field: "share" },
        color: {
          field: "guess",
          type: "nominal",
          title: null,
          scale: { domain: kinds, range: [tone("contrast"), tone("middle")] },
        },
      },
    },
    {
      mark: { type: "rule", color: tone("ink"), strokeWidth: 1.5 },
      encoding: { y, x: { ...x, field: "low" }, x2: { field: "high" } },
    },
  ];
  const guesses = one.guesses === null ? "" : percentText(one.guesses.share);
  return [
    {
      id: `${name}-owed`.replaceAll(".", "-"),
      title: `What ${name} is unsure for`,
      caption:
        "First-order shares with 95 % bootstrap intervals over draws; the arrow tells which " +
        "way the metric goes as the input rises. Inputs recalled or estimated owe " +
        `${guesses} together.`,
      alt: bars.map(({ input, share }) => `${input}: ${share} %`).join("; "),
      picture: { kind: "plot", spec: plotOf(bars, layer, HALF, 26 * bars.length) },
      table: {
        heads: ["input", "share", "95 % interval", "quality"],
        rows: one.inputs.map(({ key, share, ci95 }) => [
          nameOf(key),
          percentText(share),
          `${percentText(ci95[0])} to ${percentText(ci95[1])}`,
          qualities.get(key) ?? "",
        ]),
      },
      half: true,
    },
  ];
}

const plotOf = (values: object[], layer: Layer[], width: number, height: number): Layered => ({
  width,
  height,
  autosize: { type: "fit-x", contains: "padding" },
  config: CONFIG,
  data: { values },
  layer,
});

/** The sentence above the pictures. */
export function uncertaintyLead(told: Uncertainty | null): string {
  if (told === null) return "";
  return (
    `The scenario was drawn ${told.draws} times from the ranges of what is not known, each with ` +
    `${told.replications} replications. Digits are worth quoting up to the wider of the two.`
  );
}
