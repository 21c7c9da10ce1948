/**
 * Farmers' income in pictures: how unequal it is, and who they are.
 */
import { leaders, resultOf, type Slice, slices } from "./band.ts";
import { type Chart, CONFIG, HALF } from "./chart.ts";
import type { Folder } from "./folder.ts";
import { grouped, plain, roundText, withUnit } from "./number.ts";
import { tone } from "./palette.ts";
import { list, rowPlot, rowTable, short } from "./plot.ts";

const DOLLARS = { scale: 1, unit: "USD" };
/** So many countries fit a picture; the rest stand in the table below it. */
const COUNTRIES = 16;

/** Lorenz curve, quantiles, and income by country, class and size, each where measured. */
export function farmerCharts(folder: Folder): readonly Chart[] {
  return [
    lorenz(folder),
    quantiles(folder),
    incomeBy(folder, "country", "country"),
    incomeBy(folder, "class", "node class"),
    incomeBy(folder, "size", "nodes of the farm"),
  ].filter((chart) => chart !== null);
}

/** Name of a country by its code, or the code. */
export const countryName = (folder: Folder, code: string): string =>
  folder.manifest.places.find((place) => place.code === code)?.name ?? code;

interface Held {
  readonly share: number;
  readonly mean: number;
}

function shares(folder: Folder, metric: string): readonly Held[] {
  return slices(folder, metric, "share")
    .map(({ label, estimate }) => ({ share: Number.parseFloat(label), mean: estimate.mean }))
    .sort((one, other) => one.share - other.share);
}

function lorenz(folder: Folder): Chart | null {
  const curve = shares(folder, "farmer.lorenz");
  if (curve.length === 0) return null;
  const gini = resultOf(folder, "farmer.gini");
  const top = curve.find(({ share }) => share >= 0.9);
  const held = top === undefined ? "" : withUnit(grouped((1 - top.mean) * 100, 0), "%");
  const title =
    held === ""
      ? "How unequal farms' incomes are"
      : `The best-paid tenth of farms earn ${held} of all income`;
  const told = gini === null ? "" : ` Gini coefficient ${roundText(gini, { scale: 1, unit: "" })}.`;
  return {
    id: "farmer-lorenz",
    title,
    caption:
      `Lorenz curve: what part of all income the poorest x % of farms earn.${told} ` +
      "Dashed: every farm earns the same. Farms differ in size: this is mostly who owns how much.",
    alt: `Lorenz curve below the diagonal. ${title}.${told}`,
    picture: { kind: "plot", spec: lorenzPlot(curve) },
    table: {
      heads: ["poorest farms (%)", "part of all income (%)"],
      rows: curve
        .filter((_, index) => index % Math.ceil(curve.length / 21) === 0)
        .map(({ share, mean }) => [grouped(share * 100, 0), grouped(mean * 100, 1)]),
    },
    half: true,
  };
}

function lorenzPlot(curve: readonly Held[]): Extract<Chart["picture"], { kind: "plot" }>["spec"] {
  const rows = curve.map(({ share, mean }) => ({
    share: short(share * 100),
    held: short(mean * 100),
  }));
  const axis = { values: list(0, 20, 40, 60, 80, 100), grid: true } as const;
  const x = {
    field: "share",
    type: "quantitative",
    title: "farms, poorest first (% of farms)",
    scale: { domain: list(0, 100) },
    axis,
  } as const;
  const y = {
    field: "held",
    type: "quantitative",
    title: "income they earn together (% of all income)",
    scale: { domain: list(0, 100) },
    axis: { tickCount: 5 },
  } as const;
  return {
    width: HALF,
    height: 300,
    autosize: { type: "fit-x", contains: "padding" },
    config: CONFIG,
    data: { values: rows },
    layer: [
      { mark: { type: "area", color: tone("faint"), opacity: 1 }, encoding: { x, y } },
      {
        data: {
          values: [
            { share: 0, held: 0 },
            { share: 100, held: 100 },
          ],
        },
        mark: { type: "line", color: tone("muted"), strokeDash: [5, 4], strokeWidth: 1 },
        encoding: { x, y },
      },
      {
        mark: {
          type: "line",
          color: tone("accent"),
          strokeWidth: 2,
          point: { filled: true, color: tone("accent"), size: 14 },
        },
        encoding: {
          x,
          y,
          tooltip: [
            { field: "share", type: "quantitative", title: "poorest farms (%)" },
            { field: "held", type: "quantitative", title: "of all income (%)", format: ".1f" },
          ],
        },
      },
    ],
  };
}

function quantiles(folder: Folder): Chart | null {
  const curve = shares(folder, "farmer.income_usd");
  const middle = curve.find(({ share }) => share >= 0.5);
  if (middle === undefined) return null;
  const paid = curve.filter(({ mean }) => mean > 0);
  const title = `The farm in the middle earns ${plain(middle.mean)} USD a month`;
  const rows = paid.map(({ share, mean }) => ({ share: short(share * 100), income: short(mean) }));
  const x = {
    field: "share",
    type: "quantitative",
    title: "farms that earn less (% of farms)",
    scale: { domain: list(0, 100) },
  } as const;
  const y = {
    field: "income",
    type: "quantitative",
    title: "income of a farm (USD a month, logarithmic)",
    scale: { type: "log" },
    axis: { format: ",", values: list(1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000) },
  } as const;
  return {
    id: "farmer-quantiles",
    title,
    caption:
      "Monthly income of a farm from minting and its users together, at each quantile over " +
      "farms; mean of the replications. Quantiles at which a farm earns nothing are not drawn.",
    alt: `Rising curve of farms' income by quantile. ${title}.`,
    picture: {
      kind: "plot",
      spec: {
        width: HALF,
        height: 300,
        autosize: { type: "fit-x", contains: "padding" },
        config: CONFIG,
        data: { values: rows },
        mark: {
          type: "line",
          color: tone("accent"),
          strokeWidth: 2,
          point: { filled: true, color: tone("accent"), size: 14 },
        },
        encoding: {
          x,
          y,
          tooltip: [
            { field: "share", type: "quantitative", title: "farms that earn less (%)" },
            { field: "income", type: "quantitative", title: "USD a month", format: ",.2f" },
          ],
        },
      },
    },
    table: {
      heads: ["farms that earn less (%)", "USD a month"],
      rows: curve
        .filter((_, index) => index % Math.ceil(curve.length / 21) === 0)
        .map(({ share, mean }) => [grouped(share * 100, 0), plain(mean)]),
    },
    half: true,
  };
}

/** A label in words: `mini_home` and `21-` as one would say them. */
const wordsOf = (label: string): string =>
  label.replaceAll("_", " ").replace(/^(\d+)-$/, "$1 or more");

/** Which rows of a kind are shown, and in which order. */
function shownOf(folder: Folder, key: string): readonly Slice[] {
  const found = slices(folder, "farmer.income_usd", key);
  if (key === "size") {
    return [...found].sort(
      (one, other) => Number.parseInt(one.label, 10) - Number.parseInt(other.label, 10),
    );
  }
  // A country of two farms says little: the largest ones are shown.
  const nodes = new Map(
    slices(folder, "node.count", key, "count").map(({ label, estimate }) => [label, estimate.mean]),
  );
  const size = ({ label }: Slice): number => nodes.get(label) ?? 0;
  return [...found]
    .sort((one, other) => size(other) - size(one))
    .slice(0, COUNTRIES)
    .sort(highest);
}

const highest = (one: Slice, other: Slice): number => other.estimate.mean - one.estimate.mean;

function incomeBy(folder: Folder, key: string, label: string): Chart | null {
  const named = (slice: Slice): Slice => ({
    ...slice,
    label: key === "country" ? countryName(folder, slice.label) : wordsOf(slice.label),
  });
  const shown = shownOf(folder, key).map(named);
  const all = [...slices(folder, "farmer.income_usd", key)].sort(highest).map(named);
  const [first] = [...shown].sort(highest);
  if (first === undefined) return null;
  const title =
    leaders(shown).length === 1
      ? `Most by ${label}: ${first.label}, ${plain(first.estimate.mean)} USD`
      : `By ${label}: none is clearly first`;
  const rest =
    all.length > shown.length
      ? ` The ${shown.length} with most nodes, of ${all.length}; all in the table.`
      : "";
  return {
    id: `farmer-${key}`,
    title,
    caption: `Mean monthly income of a farm by ${label}, with 95 % intervals.${rest}`,
    alt: `Bars of a farm's income in USD a month, by ${label}. ${title}.`,
    picture: {
      kind: "plot",
      spec: rowPlot({
        slices: shown,
        style: DOLLARS,
        axis: "income of a farm (USD a month)",
        label,
        half: true,
      }),
    },
    table: rowTable(all, DOLLARS, [label, "USD a month"]),
    half: true,
    tall: key === "country",
  };
}
