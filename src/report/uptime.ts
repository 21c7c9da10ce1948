/**
 * Uptime in pictures: the model's ages beside the twelve measured points, and the histogram that
 * decides who is paid.
 */
import { type Slice, slices } from "./band.ts";
import { type Chart, CONFIG, HALF } from "./chart.ts";
import type { Folder } from "./folder.ts";
import { grouped, intervalText, meanText } from "./number.ts";
import { tone } from "./palette.ts";
import { list, rowPlot, rowTable, short } from "./plot.ts";

const PERCENT = { scale: 100, unit: "%" };
/** The distance in points that issue and text promise: three either side. */
const PROMISED = 0.03;

/** The age curve and the histogram, each where it was measured. */
export function uptimeCharts(folder: Folder): readonly Chart[] {
  return [ages(folder), histogram(folder)].filter((chart) => chart !== null);
}

interface Age {
  readonly days: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

function modelAges(folder: Folder): readonly Age[] {
  return slices(folder, "node.age_survival", "age")
    .map(({ label, estimate }) => ({
      days: Number.parseFloat(label),
      mean: estimate.mean,
      low: estimate.low ?? estimate.mean,
      high: estimate.high ?? estimate.mean,
    }))
    .sort((one, other) => one.days - other.days);
}

/** The largest distance between the model and a measured point of the same age; null if none. */
export function largestMiss(folder: Folder): number | null {
  const model = new Map(modelAges(folder).map((age) => [age.days, age.mean]));
  let largest: number | null = null;
  for (const { days, fraction } of folder.manifest.measured.uptimeAge) {
    const mean = model.get(days);
    if (mean !== undefined) largest = Math.max(largest ?? 0, Math.abs(mean - fraction));
  }
  return largest;
}

function ages(folder: Folder): Chart | null {
  const model = modelAges(folder);
  if (model.length === 0) return null;
  const measured = folder.manifest.measured.uptimeAge;
  const miss = largestMiss(folder);
  const title =
    miss === null
      ? "How long nodes have been up"
      : miss <= PROMISED
        ? `Uptime ages stay within ${grouped(miss * 100, 1)} points of those measured`
        : `Uptime ages miss those measured by up to ${grouped(miss * 100, 1)} points`;
  const dates = [...new Set(measured.map(({ date }) => date))];
  return {
    id: "node-age",
    title,
    caption:
      "Line: share of online nodes that have been up for longer than an age, at the end of the " +
      `run. Rings: ${measured.length} points measured on the grid on ${dates.join(" and ")}. ` +
      "Band: three points either side of the model. The boot hazard was fitted to these points: " +
      "this shows that the fit holds after a simulated year, not that it was foreseen.",
    alt:
      `Falling curve. ${title}. ` +
      model.map((age) => `${meanText({ ...age }, PERCENT)} older than ${age.days} days`).join(", "),
    picture: { kind: "plot", spec: agePlot(model, measured) },
    table: {
      heads: ["older than (days)", "model", "95 % interval", "measured"],
      rows: model.map((age) => [
        String(age.days),
        meanText(age, PERCENT),
        intervalText(age, PERCENT),
        measured
          .filter(({ days }) => days === age.days)
          .map(({ fraction }) => `${grouped(fraction * 100, 1)} %`)
          .join(", "),
      ]),
    },
    half: true,
  };
}

const MODEL = [
  { field: "days", type: "quantitative", title: "older than (days)" },
  { field: "mean", type: "quantitative", title: "model (%)", format: ".1f" },
  { field: "low", type: "quantitative", title: "95 % interval from", format: ".1f" },
  { field: "high", type: "quantitative", title: "to", format: ".1f" },
] as const;
const MEASURED = [
  { field: "date", type: "nominal", title: "measured on" },
  { field: "days", type: "quantitative", title: "older than (days)" },
  { field: "mean", type: "quantitative", title: "nodes (%)", format: ".2f" },
] as const;

const ageRow = ({ days, mean, low, high }: Age): Readonly<Record<string, number>> => ({
  days,
  mean: short(mean * 100),
  low: short(low * 100),
  high: short(high * 100),
  below: short(Math.max(0, mean - PROMISED) * 100),
  above: short((mean + PROMISED) * 100),
});

function agePlot(
  model: readonly Age[],
  measured: Folder["manifest"]["measured"]["uptimeAge"],
): Extract<Chart["picture"], { kind: "plot" }>["spec"] {
  const x = {
    field: "days",
    type: "quantitative",
    title: "uptime age (days, logarithmic)",
    scale: { type: "log", domain: list(6, 420) },
    axis: { values: list(7, 30, 91, 183, 274, 365) },
  } as const;
  const y = {
    field: "mean",
    type: "quantitative",
    title: "nodes older than that (% of online)",
    scale: { domain: list(0, 100) },
    axis: { tickCount: 5 },
  } as const;
  const rows = model.map(ageRow);
  const points = measured.map(({ days, fraction, date }) => ({
    days,
    mean: short(fraction * 100),
    date,
  }));
  return {
    width: HALF,
    height: 250,
    autosize: { type: "fit-x", contains: "padding" },
    config: CONFIG,
    data: { values: rows },
    layer: [
      {
        mark: { type: "area", color: tone("pale"), opacity: 0.6, interpolate: "monotone" },
        encoding: { x, y: { ...y, field: "below" }, y2: { field: "above" } },
      },
      {
        mark: { type: "line", color: tone("accent"), strokeWidth: 2, interpolate: "monotone" },
        encoding: { x, y },
      },
      {
        mark: { type: "point", filled: true, color: tone("accent"), size: 30, opacity: 1 },
        encoding: {
          x,
          y,
          tooltip: [...MODEL],
        },
      },
      {
        data: { values: points },
        mark: { type: "point", color: tone("contrast"), size: 70, strokeWidth: 2, opacity: 1 },
        encoding: {
          x,
          y,
          tooltip: [...MEASURED],
        },
      },
    ],
  };
}

/** The uptime classes with the share of nodes in each, longest uptime first. */
function classes(folder: Folder): readonly Slice[] {
  const bins = slices(folder, "node.uptime_permille", "permille")
    .map(({ label, estimate }) => ({ from: Number.parseFloat(label), estimate }))
    .sort((one, other) => one.from - other.from);
  const total = bins.reduce((sum, { estimate }) => sum + estimate.mean, 0);
  if (!(total > 0)) return [];
  const ends = bins.map((_, index) => bins[index + 1]?.from ?? 1000);
  return bins
    .map(({ from, estimate: { mean, low, high } }, index) => ({
      label: `${from}\u2013${ends[index]}`,
      estimate: {
        mean: mean / total,
        low: low === null ? null : Math.max(0, low / total),
        high: high === null ? null : high / total,
      },
    }))
    .reverse();
}

function histogram(folder: Folder): Chart | null {
  const rows = classes(folder);
  const [best] = rows;
  if (best === undefined) return null;
  const part = grouped(best.estimate.mean * 100, 0);
  const title = `${part}\u202f% of nodes are up for ${best.label} \u2030 of a period`;
  return {
    id: "node-uptime",
    title,
    caption:
      "Nodes by their uptime as the minting counts it in the last paid period, in thousandths of " +
      "the period. The classes are not equally wide.",
    alt: `Bars by class of uptime. ${title}.`,
    picture: {
      kind: "plot",
      spec: rowPlot({
        slices: rows,
        style: PERCENT,
        axis: "nodes (% of nodes in the period)",
        label: "uptime (\u2030)",
        half: true,
      }),
    },
    table: rowTable(rows, PERCENT, ["uptime (\u2030)", "nodes"]),
    half: true,
  };
}
