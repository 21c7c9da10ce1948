/**
 * A chart: a Vega-Lite specification, drawn once without a browser, told in words and in numbers.
 */
import { logger, parse, resetSVGDefIds, View, Warn } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { SANS, tone } from "./palette.ts";

/** The numbers behind a picture: heads and rows of text. */
export interface ChartTable {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A picture to be drawn from a specification, or one that is drawn already. */
export type Picture =
  | { readonly kind: "plot"; readonly spec: TopLevelSpec }
  | { readonly kind: "drawing"; readonly svg: string };

/** What a chart says, shows and reads aloud. */
export interface Chart {
  /** The name of its file and its anchor, such as `node-availability`. */
  readonly id: string;
  readonly title: string;
  /** One or two sentences below: what is drawn, over what, from where. */
  readonly caption: string;
  /** What a reader who cannot see it is told. */
  readonly alt: string;
  readonly picture: Picture;
  readonly table: ChartTable;
  /** Half the page's width, beside another. */
  readonly half?: boolean;
  /** As high as two others. */
  readonly tall?: boolean;
}

/** The widths in pixels at which charts are drawn. */
export const WIDE = 980;
/** The width of a chart that stands beside another. */
export const HALF = 470;

/** The look of every chart. */
export const CONFIG = {
  font: SANS,
  background: "transparent",
  view: { stroke: null },
  padding: { left: 2, right: 8, top: 6, bottom: 2 },
  axis: {
    labelColor: tone("muted"),
    titleColor: tone("muted"),
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: "normal",
    gridColor: tone("line"),
    domain: false,
    ticks: false,
    labelPadding: 6,
    titlePadding: 10,
    labelOverlap: true,
  },
  axisX: {
    grid: false,
    domain: true,
    domainColor: tone("muted"),
    ticks: true,
    tickSize: 4,
    tickColor: tone("muted"),
  },
  axisY: { titleAngle: 0, titleAlign: "left", titleAnchor: "end", titleY: -14, titleX: 0 },
  legend: {
    labelColor: tone("ink"),
    titleColor: tone("muted"),
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: "normal",
    orient: "top",
  },
  text: { color: tone("ink"), fontSize: 12 },
} as const;

/** A specification of several layers over one another. */
export type Layered = Extract<TopLevelSpec, { layer: unknown }>;
/** One of them. */
export type Layer = Layered["layer"][number];

/** The name of the layer that only answers the pointer, and is left out on paper. */
export const HOVER = "hover";

/** The drawing of a chart, the same bytes each time; its identifiers begin with the chart's. */
export async function drawn(chart: Chart): Promise<string> {
  if (chart.picture.kind === "drawing") return chart.picture.svg;
  resetSVGDefIds();
  const quiet = logger(Warn);
  const { spec } = compile(still(chart.picture.spec), { logger: quiet });
  const view = new View(parse(spec), { renderer: "none", logger: quiet });
  const svg = await view.toSVG();
  view.finalize();
  return svg
    .replaceAll(/ id="([a-z]+[_0-9]+)"/g, ` id="${chart.id}-$1"`)
    .replaceAll(/url\(#([a-z]+[_0-9]+)\)/g, `url(#${chart.id}-$1)`);
}

/** The specification without what answers the pointer. */
function still(spec: TopLevelSpec): TopLevelSpec {
  if (!("layer" in spec)) return spec;
  return { ...spec, layer: spec.layer.filter((layer) => layer.name !== HOVER) };
}
