/**
 * The few shapes of which the charts are made: a line over time with its band, and rows of dots.
 */
import type { BandPoint, Slice } from "./band.ts";
import { isoDay } from "./calendar.ts";
import { type ChartTable, CONFIG, HALF, HOVER, type Layer, type Layered, WIDE } from "./chart.ts";
import { intervalText, meanText, type Style } from "./number.ts";
import { tone } from "./palette.ts";

/** A measured value at an instant, seconds since 1970-01-01 UTC. */
export interface Ring {
  readonly time: number;
  readonly value: number;
}

/** A picture over time. */
export interface TimePlot {
  readonly points: readonly BandPoint[];
  readonly style: Style;
  /** The axis, with its unit, such as `nodes that answer (%)`. */
  readonly axis: string;
  readonly half: boolean;
  /** Whether the axis begins at zero; where it does not, the caption says so. */
  readonly zero: boolean;
  /** Whether to mark each point, as for months. */
  readonly marked?: boolean;
  readonly height?: number;
  /** What was measured on the real grid, drawn as rings. */
  readonly rings?: readonly Ring[];
}

/** Six significant digits: more than a picture shows, less than a file of doubles. */
export const short = (value: number): number => Number(value.toPrecision(6));

/** A list that a specification may hold; its type is not frozen by `as const`. */
export const list = <Item>(...items: Item[]): Item[] => items;

/** A line over time with its band over replications. */
export function timePlot(plot: TimePlot): Layered {
  const { points, style, axis } = plot;
  const rows = points.map(({ time, mean, low, high }) => ({
    time: time * 1000,
    mean: short(mean * style.scale),
    low: short(low * style.scale),
    high: short(high * style.scale),
  }));
  const y = {
    field: "mean",
    type: "quantitative",
    title: axis,
    scale: { nice: true, ...domainOf(plot) },
    axis: { tickCount: 5 },
  } as const;
  const x = {
    field: "time",
    type: "temporal",
    scale: { type: "utc" },
    title: "date (UTC)",
  } as const;
  const xAxis = {
    ...x,
    axis: {
      format: spanOf(points) < SEASON ? "%d %b" : "%b %Y",
      labelOverlap: true,
      tickCount: plot.half ? 4 : 8,
    },
  } as const;
  const layer: Layer[] = [
    {
      mark: { type: "area", color: tone("pale"), opacity: 0.6 },
      encoding: { x: xAxis, y: { ...y, field: "low" }, y2: { field: "high" } },
    },
    {
      mark: {
        type: "line",
        color: tone("accent"),
        strokeWidth: 2,
        point: plot.marked === true ? { filled: true, color: tone("accent"), size: 36 } : false,
      },
      encoding: { x: xAxis, y },
    },
    hoverLayer(x, y, axis),
    ...ringLayers(plot),
  ];
  return {
    width: plot.half ? HALF : WIDE,
    height: plot.height ?? (plot.half ? 210 : 260),
    autosize: { type: "fit-x", contains: "padding" },
    config: CONFIG,
    data: { values: rows },
    layer,
  };
}

/** Seconds from the first point to the last. */
const spanOf = (points: readonly BandPoint[]): number =>
  (points.at(-1)?.time ?? 0) - (points[0]?.time ?? 0);

/** Below so many seconds, months alone would be written twice along the axis. */
const SEASON = 200 * 86_400;

/** From zero, or the data's own span where that is wide enough to be seen as a change. */
function domainOf({ points, style, zero }: TimePlot): { zero: boolean; domain?: number[] } {
  if (zero) return { zero };
  const low = Math.min(...points.map((point) => point.low)) * style.scale;
  const high = Math.max(...points.map((point) => point.high)) * style.scale;
  // A span below two thousandths is drawn as the flat line that it is.
  if (high - low >= 0.002 * Math.abs(high)) return { zero };
  const above = high + 0.002 * Math.abs(high);
  const top = style.unit === "%" && high <= 100 ? Math.min(100, above) : above;
  return { zero, domain: list(low - 0.002 * Math.abs(low), top) };
}

function ringLayers({ rings = [], style, axis }: TimePlot): Layer[] {
  if (rings.length === 0) return [];
  const values = rings.map(({ time, value }) => ({
    time: time * 1000,
    measured: short(value * style.scale),
  }));
  return [
    {
      data: { values },
      mark: { type: "point", color: tone("contrast"), size: 70, strokeWidth: 2, opacity: 1 },
      encoding: {
        x: { field: "time", type: "temporal", scale: { type: "utc" }, title: "date (UTC)" },
        y: { field: "measured", type: "quantitative", title: axis },
        tooltip: [
          { field: "time", type: "temporal", title: "measured on", format: "%d %B %Y" },
          { field: "measured", type: "quantitative", title: axis, format: ",.3~g" },
        ],
      },
    },
  ];
}

function hoverLayer(
  x: {
    readonly field: string;
    readonly type: "temporal";
    readonly scale: { readonly type: "utc" };
    readonly title: string;
  },
  y: { readonly field: string; readonly type: "quantitative"; readonly title: string },
  axis: string,
): Layer {
  return {
    name: HOVER,
    params: [
      {
        name: "near",
        select: {
          type: "point",
          on: "pointerover",
          clear: "pointerout",
          nearest: true,
          encodings: ["x"],
        },
      },
    ],
    mark: { type: "point", filled: true, size: 60, color: tone("accent") },
    encoding: {
      x,
      y,
      opacity: { condition: { param: "near", empty: false, value: 1 }, value: 0 },
      tooltip: [
        { field: "time", type: "temporal", title: "date", format: "%d %B %Y" },
        { field: "mean", type: "quantitative", title: axis, format: ",.4~g" },
        { field: "low", type: "quantitative", title: "5 % of runs below", format: ",.4~g" },
        {
          field: "high",
          type: "quantitative",
          title: "5 % of runs above",
          format: ",.4~g",
        },
      ],
    },
  };
}

/** The numbers behind a picture over time: thirteen rows at most. */
export function timeTable(points: readonly BandPoint[], style: Style, head: string): ChartTable {
  const step = Math.max(1, Math.ceil(points.length / 13));
  const unit = style.unit === "" ? "" : ` (${style.unit})`;
  return {
    heads: ["date", `${head}${unit}`, "5 % of runs below", "5 % of runs above"],
    rows: points
      .filter((_, index) => index % step === 0)
      .map(({ time, mean, low, high }) => {
        const text = (value: number): string =>
          meanText({ mean: value, low, high }, { scale: style.scale, unit: "" });
        return [isoDay(time), text(mean), text(low), text(high)];
      }),
  };
}

/** A picture of one row a label: a dot with its interval, or a bar. */
export interface RowPlot {
  readonly slices: readonly Slice[];
  readonly style: Style;
  readonly axis: string;
  /** What a label is, such as `country`. */
  readonly label: string;
  readonly half: boolean;
}

/** Rows of dots with 95 % intervals, the largest above; the axis begins at zero. */
export function rowPlot(plot: RowPlot): Layered {
  const { slices, style, axis, label } = plot;
  const rows = slices.map((slice) => ({
    label: slice.label,
    mean: short(slice.estimate.mean * style.scale),
    // What is told in rows cannot be negative, however wide its interval.
    low: short(Math.max(0, slice.estimate.low ?? slice.estimate.mean) * style.scale),
    high: short((slice.estimate.high ?? slice.estimate.mean) * style.scale),
    origin: 0,
  }));
  const y = {
    field: "label",
    type: "nominal",
    sort: rows.map((row) => row.label),
    title: label,
    axis: { titleX: 0, titleAlign: "right", titleAnchor: "end", titleY: -8, labelLimit: 190 },
  } as const;
  const x = {
    field: "mean",
    type: "quantitative",
    title: axis,
    scale: { zero: true },
    axis: { grid: true, domain: false, tickCount: 5 },
  } as const;
  return {
    width: plot.half ? HALF : WIDE,
    height: 24 * Math.max(1, rows.length),
    autosize: { type: "fit-x", contains: "padding" },
    config: CONFIG,
    data: { values: rows },
    layer: [
      {
        mark: { type: "bar", color: tone("faint"), height: 12 },
        encoding: { y, x: { ...x, field: "origin" }, x2: { field: "mean" } },
      },
      {
        mark: { type: "rule", color: tone("accent"), strokeWidth: 2 },
        encoding: { y, x: { ...x, field: "low" }, x2: { field: "high" } },
      },
      {
        mark: { type: "point", filled: true, size: 60, color: tone("accent"), opacity: 1 },
        encoding: {
          y,
          x,
          tooltip: [
            { field: "label", type: "nominal", title: label },
            { field: "mean", type: "quantitative", title: axis, format: ",.4~g" },
            { field: "low", type: "quantitative", title: "95 % interval from", format: ",.4~g" },
            { field: "high", type: "quantitative", title: "to", format: ",.4~g" },
          ],
        },
      },
    ],
  };
}

/** The numbers behind rows of dots. */
export function rowTable(
  slices: readonly Slice[],
  style: Style,
  heads: readonly [string, string],
): ChartTable {
  return {
    heads: [...heads, "95 % interval"],
    rows: slices.map(({ label, estimate }) => [
      label,
      meanText(estimate, style),
      intervalText(estimate, style),
    ]),
  };
}
