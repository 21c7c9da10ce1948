/**
 * The pictures of a sweep: a metric over the values of one axis or two, with 95 % intervals.
 */
import {
  type Chart,
  type ChartTable,
  CONFIG,
  HALF,
  type Layer,
  type Layered,
  WIDE,
} from "./chart.ts";
import type { SweepFolder } from "./experiment-folder.ts";
import {
  decimalsFor,
  type Estimate,
  grouped,
  intervalText,
  meanText,
  type Style,
  scaledTo,
  styleOf,
  withUnit,
} from "./number.ts";
import { tone } from "./palette.ts";
import { list, short } from "./plot.ts";

/** One point of a sweep with what a metric came to there. */
interface Spot {
  readonly values: readonly string[];
  readonly estimate: Estimate;
}

/** A value as a number and its unit, where it is one. */
export function numberOf(text: string): { readonly count: number; readonly unit: string } | null {
  const [, digits, unit = ""] = /^([+-]?[\d.]+(?:e[+-]?\d+)?)\s*([^\d\s].*)?$/i.exec(text) ?? [];
  return digits === undefined || Number.isNaN(Number(digits))
    ? null
    : { count: Number(digits), unit };
}

/** The unit that all values of an axis share, where they are all numbers. */
function unitOf(spots: readonly Spot[], axis: number): string | null {
  const read = spots.map(({ values }) => numberOf(values[axis] ?? ""));
  const unit = read[0]?.unit;
  return unit !== undefined && read.every((one) => one?.unit === unit) ? unit : null;
}

const nameOf = (key: string): string => key.replace(/^\w+\./, "");

const titled = (name: string, unit: string): string => (unit === "" ? name : `${name} (${unit})`);

/** The pictures of one metric; none where no point measured it. */
export function sweepCharts(sweep: SweepFolder, metric: string): readonly Chart[] {
  const spots = spotsOf(sweep, metric);
  const entry = sweep.metrics.find(({ name }) => name === metric);
  if (spots.length === 0 || entry === undefined) return [];
  const largest = Math.max(...spots.map(({ estimate }) => Math.abs(estimate.mean)));
  const style = scaledTo(largest, styleOf(metric, entry.unit));
  const context = { sweep, metric, spots, style, doc: entry.doc };
  const lists = sweep.design === "grid" ? sweep.axes.length : Number.POSITIVE_INFINITY;
  if (lists === 1) return [linesOf(context, 0, null)];
  if (lists === 2) {
    const [first, second] = [0, 1].map((axis) => levels(spots, axis).length);
    // The axis with more values lies along the bottom, the other is told by colour.
    return [first >= second ? linesOf(context, 0, 1) : linesOf(context, 1, 0)];
  }
  return sweep.axes.map((_, axis) => cloudOf(context, axis));
}

interface Context {
  readonly sweep: SweepFolder;
  readonly metric: string;
  readonly spots: readonly Spot[];
  readonly style: Style;
  readonly doc: string;
}

function spotsOf({ points, design_points: design }: SweepFolder, metric: string): readonly Spot[] {
  return points.flatMap(({ point, metrics }) => {
    const found = metrics[metric];
    if (found === undefined || found.mean === null) return [];
    const estimate = {
      mean: found.mean,
      low: found.ci95?.[0] ?? null,
      high: found.ci95?.[1] ?? null,
    };
    return [{ values: design.find((one) => one.point === point)?.values ?? [], estimate }];
  });
}

const levels = (spots: readonly Spot[], axis: number): readonly string[] => [
  ...new Set(spots.map(({ values }) => values[axis] ?? "")),
];

/** Colours for the values of a second axis; more than six repeat. */
const LINES = ["accent", "contrast", "ink", "middle", "muted", "pale"] as const;

/** What a picture has of each spot. */
function rowsOf({ spots, style }: Context, along: number, apart: number | null, numeric: boolean) {
  return spots.map(({ values, estimate: { mean, low, high } }) => ({
    along: numeric ? (numberOf(values[along] ?? "")?.count ?? 0) : (values[along] ?? ""),
    apart: apart === null ? "" : (values[apart] ?? ""),
    values: values.join(", "),
    mean: short(mean * style.scale),
    low: short((low ?? mean) * style.scale),
    high: short((high ?? mean) * style.scale),
  }));
}

function linesOf(context: Context, along: number, apart: number | null): Chart {
  const { sweep, metric, spots, style, doc } = context;
  const unit = unitOf(spots, along);
  const rows = rowsOf(context, along, apart, unit !== null);
  const key = nameOf(sweep.axes[along]?.key ?? "");
  const other = apart === null ? "" : nameOf(sweep.axes[apart]?.key ?? "");
  const x = { field: "along", title: titled(key, unit ?? ""), ...alongType(unit, spots, along) };
  const groups = apart === null ? [""] : levels(spots, apart);
  const colour = {
    field: "apart",
    type: "nominal",
    title: other,
    sort: [...groups],
    scale: { domain: [...groups], range: groups.map((_, i) => tone(LINES[i % LINES.length])) },
    legend: apart === null ? null : { orient: "right", symbolOpacity: 1, symbolType: "stroke" },
  } as const;
  const shown = whereShown(rows);
  const layer: Layer[] = [
    {
      mark: unit === null ? { type: "rule", strokeWidth: 2 } : { type: "area", opacity: 0.18 },
      encoding: {
        x,
        y: { field: "low", type: "quantitative", title: titled(metric, style.unit), ...shown },
        y2: { field: "high" },
        color: colour,
      },
    },
    ...(unit === null
      ? []
      : [
          {
            mark: { type: "line", strokeWidth: 2 },
            encoding: { x, y: meanAxis(metric, style, shown), color: colour },
          } as const,
        ]),
    {
      mark: { type: "point", filled: true, size: 46, opacity: 1 },
      encoding: {
        x,
        y: meanAxis(metric, style, shown),
        color: colour,
        tooltip: tooltips(sweep, metric, style),
      },
    },
  ];
  const where = apart === null ? key : `${key}, by ${other}`;
  return {
    id: `${metric}-over-${key}`.replaceAll(".", "-"),
    title: `${metric} over ${where}`,
    caption: `${doc} Means of ${sweep.replications} replications; shaded or ruled: 95 % intervals
      of each mean. All points share their chance, so that differences between them are surer than
      the intervals say.${zeroNote(shown)}`.replaceAll(/\s+/g, " "),
    alt: `${metric} at ${spots.length} points over ${where}. ${extremes(context)}`,
    picture: { kind: "plot", spec: plotOf(rows, layer, WIDE, 320) },
    table: tableOf(context),
  };
}

/** Each axis of a design without lines: a point a run, with its interval. */
function cloudOf(context: Context, axis: number): Chart {
  const { sweep, metric, spots, style, doc } = context;
  const unit = unitOf(spots, axis);
  const rows = rowsOf(context, axis, null, unit !== null);
  const key = nameOf(sweep.axes[axis]?.key ?? "");
  const x = { field: "along", title: titled(key, unit ?? ""), ...alongType(unit, spots, axis) };
  const shown = whereShown(rows);
  const layer: Layer[] = [
    {
      mark: { type: "rule", color: tone("pale"), strokeWidth: 2 },
      encoding: {
        x,
        y: { field: "low", type: "quantitative", title: titled(metric, style.unit), ...shown },
        y2: { field: "high" },
      },
    },
    {
      mark: { type: "point", filled: true, size: 46, color: tone("accent"), opacity: 1 },
      encoding: {
        x,
        y: meanAxis(metric, style, shown),
        tooltip: tooltips(sweep, metric, style),
      },
    },
  ];
  return {
    id: `${metric}-over-${key}`.replaceAll(".", "-"),
    title: `${metric} over ${key}`,
    caption: `${doc} One dot a point, whatever its other values; rules are 95 % intervals over
      ${sweep.replications} replications.${zeroNote(shown)}`.replaceAll(/\s+/g, " "),
    alt: `${metric} at ${spots.length} points over ${key}. ${extremes(context)}`,
    picture: { kind: "plot", spec: plotOf(rows, layer, HALF, 240) },
    table: tableOf(context),
    half: true,
  };
}

const plotOf = (values: object[], layer: Layer[], width: number, height: number): Layered => ({
  width,
  height,
  autosize: { type: "fit-x", contains: "padding" },
  config: CONFIG,
  data: { values },
  layer,
});

function alongType(unit: string | null, spots: readonly Spot[], axis: number) {
  return unit === null
    ? ({ type: "ordinal", sort: [...levels(spots, axis)], axis: { labelAngle: 0 } } as const)
    : ({
        type: "quantitative",
        scale: { zero: false, nice: true },
        axis: { tickCount: 8 },
      } as const);
}

const meanAxis = (metric: string, style: Style, shown: ReturnType<typeof whereShown>) =>
  ({ field: "mean", type: "quantitative", title: titled(metric, style.unit), ...shown }) as const;

/** From zero where that leaves the picture at least a third of its height. */
function whereShown(rows: readonly { readonly low: number; readonly high: number }[]) {
  const low = Math.min(...rows.map((row) => row.low));
  const high = Math.max(...rows.map((row) => row.high));
  const zero = low <= 0 || high - low > high / 3;
  return { scale: { zero, nice: true }, axis: { tickCount: 5 } };
}

const zeroNote = ({ scale }: ReturnType<typeof whereShown>): string =>
  scale.zero ? "" : " The axis does not begin at zero.";

const tooltips = (sweep: SweepFolder, metric: string, style: Style) =>
  list(
    {
      field: "values",
      type: "nominal",
      title: sweep.axes.map(({ key }) => nameOf(key)).join(", "),
    } as const,
    {
      field: "mean",
      type: "quantitative",
      title: titled(metric, style.unit),
      format: ",.4~g",
    } as const,
    { field: "low", type: "quantitative", title: "95 % interval from", format: ",.4~g" } as const,
    { field: "high", type: "quantitative", title: "to", format: ",.4~g" } as const,
  );

/** The lowest and the highest mean with their points, as a sentence. */
export function extremes({ spots, sweep, metric, style }: Context): string {
  const ordered = [...spots].sort((one, other) => one.estimate.mean - other.estimate.mean);
  const [low, high] = [ordered[0], ordered.at(-1)];
  if (low === undefined || high === undefined) return "";
  const at = ({ values }: Spot): string =>
    sweep.axes.map(({ key }, i) => `${nameOf(key)} ${values[i]}`).join(", ");
  // Points share their chance: what differs between them is surer than either interval says.
  const apart = (high.estimate.mean - low.estimate.mean) * style.scale;
  if (apart === 0) return `${metric} is ${meanText(low.estimate, style)} at every point.`;
  const digits = Math.min(decimalsFor(apart, 2), decimalsFor(high.estimate.mean * style.scale, 6));
  const [from, to] = [low, high].map(({ estimate }) =>
    withUnit(grouped(estimate.mean * style.scale, digits), style.unit),
  );
  return `${metric} goes from ${from} (${at(low)}) to ${to} (${at(high)}).`;
}

/** The sentence of a metric; empty where no point measured it. */
export function sweepSentence(sweep: SweepFolder, metric: string): string {
  const spots = spotsOf(sweep, metric);
  const entry = sweep.metrics.find(({ name }) => name === metric);
  if (spots.length === 0 || entry === undefined) return "";
  const largest = Math.max(...spots.map(({ estimate }) => Math.abs(estimate.mean)));
  const style = scaledTo(largest, styleOf(metric, entry.unit));
  return extremes({ sweep, metric, spots, style, doc: entry.doc });
}

function tableOf({ sweep, metric, spots, style }: Context): ChartTable {
  return {
    heads: [...sweep.axes.map(({ key }) => nameOf(key)), metric, "95 % interval"],
    rows: spots.map(({ values, estimate }) => [
      ...values,
      meanText(estimate, style),
      intervalText(estimate, style),
    ]),
  };
}
