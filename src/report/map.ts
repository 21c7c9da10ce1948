/**
 * The grid on a map: one bubble a country, its area the number of nodes.
 *
 * The land is drawn when the report is made, from the public-domain outlines of Natural Earth.
 */
import { createRequire } from "node:module";
import { type GeoProjection, geoEqualEarth, geoMercator, geoPath } from "d3-geo";
import { feature } from "topojson-client";
import { assert } from "../units/index.ts";
import { leaders, slices } from "./band.ts";
import { type Chart, HALF, WIDE } from "./chart.ts";
import type { Folder } from "./folder.ts";
import { escaped } from "./html.ts";
import { counted, grouped, roundText } from "./number.ts";
import { SANS, tone } from "./palette.ts";
import { rowPlot, rowTable } from "./plot.ts";

interface Bubble {
  readonly code: string;
  readonly name: string;
  readonly nodes: number;
  readonly point: readonly [number, number];
}

interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly projection: GeoProjection;
  readonly bubbles: readonly Bubble[];
  /** Area in square pixels of one node. */
  readonly area: number;
  /** So many names at most, of those that may be named. */
  readonly labels: number;
  readonly named: (bubble: Bubble) => boolean;
  readonly alt: string;
  readonly id: string;
}

const COUNT = { scale: 1, unit: "" };

/** The world, Europe closer, and the countries with most nodes. */
export function mapCharts(folder: Folder): readonly Chart[] {
  const byCountry = slices(folder, "node.count", "country", "count");
  const bubbles = byCountry
    .flatMap(({ label, estimate }) => {
      const place = folder.manifest.places.find(({ code }) => code === label);
      if (place === undefined || !(estimate.mean > 0)) return [];
      const point: readonly [number, number] = [place.longitude, place.latitude];
      return [{ code: label, name: place.name, nodes: estimate.mean, point }];
    })
    .sort((one, other) => other.nodes - one.nodes);
  if (bubbles.length === 0) return [];
  return [world(bubbles), europe(bubbles), countries(folder, bubbles.length)];
}

function tableOf(bubbles: readonly Bubble[]): Chart["table"] {
  return {
    heads: ["country", "nodes"],
    rows: bubbles.map(({ name, nodes }) => [name, grouped(nodes, nodes < 100 ? 1 : 0)]),
  };
}

/** Inside the closer map. */
const inEurope = ({ point: [x, y] }: Bubble): boolean => x > -12 && x < 34 && y > 35 && y < 66;

function world(bubbles: readonly Bubble[]): Chart {
  const total = bubbles.reduce((sum, { nodes }) => sum + nodes, 0);
  const first = bubbles.slice(0, 4);
  const part = first.reduce((sum, { nodes }) => sum + nodes, 0) / total;
  const names = first.map(({ name }) => name).join(", ");
  const held = grouped(part * 100, 0);
  const title =
    bubbles.length > first.length
      ? `${bubbles.length} countries; four of them hold ${held}\u202f% of the nodes`
      : `The nodes stand in ${names}`;
  const alt = `World map with a bubble a country. ${title}: ${names}.`;
  const height = 440;
  const projection = geoEqualEarth().rotate([-11, 0]);
  projection.fitExtent(
    [
      [4, 4],
      [WIDE - 4, height - 4],
    ],
    outlines(),
  );
  return {
    id: "map-world",
    title,
    caption:
      "Nodes by country at the end of the run, mean over the replications; the area of a bubble " +
      "is the number of nodes. The split over countries is an estimate, the total is measured. " +
      "Equal Earth projection; outlines: Natural Earth.",
    alt,
    picture: {
      kind: "drawing",
      svg: sheet({
        width: WIDE,
        height,
        projection,
        bubbles,
        area: 11_500 / total,
        labels: 12,
        named: (bubble) => !inEurope(bubble),
        alt,
        id: "map-world",
      }),
    },
    table: tableOf(bubbles),
  };
}

function europe(bubbles: readonly Bubble[]): Chart {
  const inside = bubbles.filter(inEurope);
  const total = bubbles.reduce((sum, { nodes }) => sum + nodes, 0);
  const part = inside.reduce((sum, { nodes }) => sum + nodes, 0) / total;
  const title = `${grouped(part * 100, 0)}\u202f% of the nodes stand in Europe`;
  const alt = `Map of Europe with a bubble a country. ${title}.`;
  const corners = {
    type: "MultiPoint" as const,
    coordinates: [
      [-9.5, 37],
      [29, 37],
      [-9.5, 62],
      [29, 62],
    ],
  };
  const projection = geoMercator().fitExtent(
    [
      [0, 0],
      [HALF, 410],
    ],
    corners,
  );
  return {
    id: "map-europe",
    title,
    caption: "The same bubbles, closer. Mercator projection.",
    alt,
    picture: {
      kind: "drawing",
      svg: sheet({
        width: HALF,
        height: 410,
        projection,
        bubbles: inside,
        area: 16_500 / total,
        labels: 18,
        named: () => true,
        alt,
        id: "map-europe",
      }),
    },
    table: tableOf(inside),
    half: true,
  };
}

function countries(folder: Folder, count: number): Chart {
  const ordered = slices(folder, "node.count", "country", "count")
    .map(({ label, estimate }) => ({
      label: folder.manifest.places.find(({ code }) => code === label)?.name ?? label,
      estimate,
    }))
    .sort((one, other) => other.estimate.mean - one.estimate.mean);
  const [first, ...level] = leaders(ordered);
  const title =
    first === undefined
      ? "Nodes by country"
      : level.length === 0
        ? `${first.label} leads with ${counted(roundText(first.estimate, COUNT), "node")}`
        : `${level.length + 1} countries share the lead, ${first.label} among them`;
  return {
    id: "node-country",
    title,
    caption: `The fifteen countries with most nodes, of ${count}; 95 % intervals.`,
    alt: `Bars of nodes by country. ${title}.`,
    picture: {
      kind: "plot",
      spec: rowPlot({
        slices: ordered.slice(0, 15),
        style: COUNT,
        axis: "nodes (count)",
        label: "country",
        half: true,
      }),
    },
    table: rowTable(ordered, COUNT, ["country", "nodes"]),
    half: true,
  };
}

type Atlas = Parameters<typeof feature>[0];

/** The countries of the world but Antarctica. */
function outlines(): ReturnType<typeof feature> {
  const atlas: Atlas = createRequire(import.meta.url)("world-atlas/countries-110m.json");
  const { countries: all } = atlas.objects;
  assert(all?.type === "GeometryCollection", "the atlas has no collection of countries");
  const kept = all.geometries.filter(
    ({ properties }) => !(properties && "name" in properties && properties.name === "Antarctica"),
  );
  return feature(atlas, { ...all, geometries: kept });
}

function sheet(plan: Sheet): string {
  const { width, height, projection, bubbles, area, alt, id } = plan;
  projection.clipExtent([
    [0, 0],
    [width, height],
  ]);
  const land = geoPath(projection).digits(1)(outlines()) ?? "";
  const drawn = bubbles.map((bubble) => circle(bubble, projection, area));
  const labels = apart(drawn.filter(({ bubble }) => plan.named(bubble))).slice(0, plan.labels);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" class="marks" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title">` +
    `<title id="${id}-title">${escaped(alt)}</title>` +
    `<path d="${land}" fill="${tone("land")}" stroke="${tone("paper")}" stroke-width="0.6"/>` +
    `<g fill="${tone("accent")}" fill-opacity="0.62" stroke="${tone("paper")}">` +
    `${drawn.map(({ svg }) => svg).join("")}</g>` +
    `<g font-family='${SANS}' font-size="11.5" font-weight="600" text-anchor="middle" ` +
    `fill="${tone("ink")}">${labels.map(labelOf).join("")}</g></svg>\n`
  );
}

interface Circle {
  readonly bubble: Bubble;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly svg: string;
}

function circle(bubble: Bubble, projection: GeoProjection, area: number): Circle {
  const [longitude, latitude] = bubble.point;
  const [x, y] = projection([longitude, latitude]) ?? [0, 0];
  const radius = Math.max(1.6, Math.sqrt((bubble.nodes * area) / Math.PI));
  const words = `${bubble.name}: ${grouped(bubble.nodes, 0)} nodes`;
  const svg =
    `<circle cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="${radius.toFixed(1)}">` +
    `<title>${escaped(words)}</title></circle>`;
  return { bubble, x, y, radius, svg };
}

/** The circles whose names do not run into that of a larger one. */
function apart(circles: readonly Circle[]): readonly Circle[] {
  const kept: Circle[] = [];
  for (const one of circles) {
    const free = kept.every(({ x, y }) => Math.abs(x - one.x) > 30 || Math.abs(y - one.y) > 13);
    if (free) kept.push(one);
  }
  return kept;
}

/** The code of the country, inside its circle or, where that is small, right of it. */
function labelOf({ bubble, x, y, radius }: Circle): string {
  const inside = radius >= 10;
  const from = inside ? x : x + radius + 3;
  const anchor = inside ? "" : ' text-anchor="start"';
  const place = `x="${from.toFixed(1)}" y="${(y + 4).toFixed(1)}"`;
  return `<text ${place}${anchor}>${escaped(bubble.code)}</text>`;
}
