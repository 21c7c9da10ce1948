/**
 * The course of one metric over time, as a chart.
 */
import { band, overTime, samplesOf, wholeMonths } from "./band.ts";
import type { Chart } from "./chart.ts";
import type { Folder } from "./folder.ts";
import { intervalText, roundText, type Style, scaledTo, styleOf } from "./number.ts";
import { type Ring, timePlot, timeTable } from "./plot.ts";
import { unitOf } from "./registry.ts";

/** How the course of a metric is told. */
export interface Course {
  readonly metric: string;
  /** The title, from the mean over time with its unit. */
  readonly title: (mean: string) => string;
  /** The words of the axis; its unit is added. */
  readonly axis: string;
  readonly caption: string;
  /** `day` for a line, `month` for a line with a mark a month. */
  readonly by: "day" | "month";
  /** Whether the axis begins at zero; where it does not, the caption is made to say so. */
  readonly zero: boolean;
  readonly half?: boolean;
  readonly height?: number;
  /** What was measured on the real grid, drawn as rings. */
  readonly rings?: readonly Ring[];
  /** Where the unit of the registry is not the one to show. */
  readonly unit?: string;
  /** How many of that unit one is; 1 if not said. */
  readonly scale?: number;
}

/** The chart; null where the series was not measured. */
export function courseChart(folder: Folder, course: Course): Chart | null {
  const { metric, by, zero } = course;
  const all = samplesOf(folder, metric);
  const samples = by === "month" ? wholeMonths(all) : all;
  const mean = overTime(samples);
  // What is nothing all the time, such as the disks of a grid without any, is no picture.
  if (mean === null || (!zero && mean.mean === 0)) return null;
  const points = band(samples);
  const style = scaledTo(mean.mean, styleFor(folder, course));
  const unit = axisUnit(style, by);
  const title = course.title(roundText(mean, style));
  const half = course.half ?? true;
  const spread = points.some(({ low, high }) => high > low);
  const bandText = spread ? "Line: mean of the replications; band: nine in ten of them." : "";
  const interval = intervalText(mean, style);
  return {
    id: metric.replaceAll(/[._]/g, "-"),
    title,
    caption: [course.caption, half ? "" : bandText, zero ? "" : FROM].filter(Boolean).join(" "),
    alt:
      `Line chart by ${by}, ${points.length} points. ${title}.` +
      (interval === "" ? "" : ` 95 % interval of the mean ${interval}.`),
    picture: {
      kind: "plot",
      spec: timePlot({
        points,
        style,
        axis: `${course.axis} (${unit})`,
        half,
        zero,
        marked: by === "month",
        rings: course.rings ?? [],
        ...(course.height === undefined ? {} : { height: course.height }),
      }),
    },
    table: timeTable(points, style, course.axis),
    half,
  };
}

const FROM = "The axis does not begin at zero.";

function axisUnit({ unit }: Style, by: "day" | "month"): string {
  if (unit === "") return "count";
  return by === "month" && unit !== "%" ? `${unit} a month` : unit;
}

function styleFor(folder: Folder, { metric, unit, scale = 1 }: Course): Style {
  return unit === undefined ? styleOf(metric, unitOf(folder, metric)) : { scale, unit };
}
