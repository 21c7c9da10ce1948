/**
 * Uptime in pictures: the model's ages beside the twelve measured points, and the histogram that
 * decides who is paid.
 */
import { slices } from "./band.ts";
import { type Chart, CONFIG, HALF } from "./chart.ts";
import type { Folder } from "./folder.ts";
import { grouped, intervalText, meanText } from "./number.ts";
import { tone } from "./palette.ts";
import { list, short } from "./plot.ts";

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
      : `Uptime ages stay within ${grouped(miss * 100, 1)} points of those measured`;
  const dates = [...new Set(measured.map(({ date }) => date))];
  return {
    id: "node-age",
    title,
    caption:
      "Share of online nodes that have been up for longer than an age, at the end of the run (line), " +
      `and ${measured.length} points measured on the real grid on ${dates.join(" and ")} (rings); ` +
      "the band is three points either side of the model. The boot hazard was fitted to these points: " +
      "this shows that the fit holds after a simulated year, not that the model was right beforehand.",
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
  const rows = model.map(({ days, mean, low, high }) => ({
    days,
    mean: short(mean * 100),
    low: short(low * 100),
    high: short(high * 100),
    below: short(Math.max(0, mean - PROMISED) * 100),
    above: short((mean + PROMISED) * 100),
  }));
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
          tooltip: [
            { field: "days", type: "quantitative", title: "older than (days)" },
            { field: "mean", type: "quantitative", title: "model (%)", format: ".1f" },
            { field: "low", type: "quantitative", title: "95 % interval from", format: ".1f" },
            { field: "high", type: "quantitative", title: "to", format: ".1f" },
          ],
        },
      },
      {
        data: { values: points },
        mark: { type: "point", color: tone("contrast"), size: 70, strokeWidth: 2, opacity: 1 },
        encoding: {
          x,
          y,
          tooltip: [
            { field: "date", type: "nominal", title: "measured on" },
            { field: "days", type: "quantitative", title: "older than (days)" },
            { field: "mean", type: "quantitative", title: "nodes (%)", format: ".2f" },
          ],
        },
      },
    ],
  };
}

function histogram(folder: Folder): Chart | null {
  const bins = slices(folder, "node.uptime_permille", "permille")
    .map(({ label, estimate }) => ({ label, from: Number.parseFloat(label), mean: estimate.mean }))
    .sort((one, other) => one.from - other.from);
  const total = bins.reduce((sum, { mean }) => sum + mean, 0);
  if (!(total > 0)) return null;
  const rows = bins.map(({ label, mean }) => ({ label, share: short((mean / total) * 100) }));
  const top = bins.at(-1);
  const title = `${grouped(((top?.mean ?? 0) / total) * 100, 0)} % of node-periods lie in the best class`;
  return {
    id: "node-uptime",
    title,
    caption:
      "Uptime of each node in each minting period as the minting counts it, in thousandths of the " +
      "period, over all replications. The lower edge of each class is written below it.",
    alt: `Histogram of uptime. ${title}.`,
    picture: {
      kind: "plot",
      spec: {
        width: HALF,
        height: 250,
        autosize: { type: "fit-x", contains: "padding" },
        config: CONFIG,
        data: { values: rows },
        mark: { type: "bar", color: tone("accent") },
        encoding: {
          x: {
            field: "label",
            type: "ordinal",
            sort: rows.map((row) => row.label),
            title: "uptime in a period (\u2030 of the period)",
            axis: { labelAngle: 0, labelOverlap: true },
          },
          y: {
            field: "share",
            type: "quantitative",
            title: "node-periods (%)",
            axis: { tickCount: 5 },
          },
          tooltip: [
            { field: "label", type: "ordinal", title: "uptime (\u2030)" },
            { field: "share", type: "quantitative", title: "node-periods (%)", format: ".2f" },
          ],
        },
      },
    },
    table: {
      heads: ["uptime (\u2030)", "node-periods (%)"],
      rows: rows.map(({ label, share }) => [label, grouped(share, 2)]),
    },
    half: true,
  };
}
