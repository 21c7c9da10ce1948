/**
 * Nodes in pictures: how many answer, how much they bring, and how long they have been up.
 */
import { band, overTime, resultOf, samplesOf } from "./band.ts";
import type { Chart } from "./chart.ts";
import type { Folder } from "./folder.ts";
import { intervalText, meanText, styleOf } from "./number.ts";
import { timePlot, timeTable } from "./plot.ts";
import { unitOf } from "./registry.ts";

/** Availability over time, nodes online and capacity, each where it was measured. */
export function nodeCharts(folder: Folder): readonly Chart[] {
  return [availability(folder), online(folder), ...capacity(folder)].filter(
    (chart) => chart !== null,
  );
}

function availability(folder: Folder): Chart | null {
  const samples = samplesOf(folder, "node.availability");
  const mean = resultOf(folder, "node.availability") ?? overTime(samples);
  if (samples.length === 0 || mean === null) return null;
  const style = styleOf("node.availability", unitOf(folder, "node.availability"));
  const points = band(samples);
  const title = `Nodes answered ${meanText(mean, style)} of their time`;
  return {
    id: "node-availability",
    title,
    caption:
      "Share of the fleet's time in which a node is up and its line works, by day. Line: mean of the " +
      "replications; band: nine in ten of them. The axis does not begin at zero.",
    alt: `Line chart by day. ${title} (95 % interval ${intervalText(mean, style)}).`,
    picture: {
      kind: "plot",
      spec: timePlot({
        points,
        style,
        axis: "availability of nodes (% of time)",
        half: false,
        zero: false,
      }),
    },
    table: timeTable(points, style, "availability"),
  };
}

function online(folder: Folder): Chart | null {
  const samples = samplesOf(folder, "node.online");
  const mean = overTime(samples);
  if (mean === null) return null;
  const style = { scale: 1, unit: "" };
  const points = band(samples);
  const title = `${meanText(mean, style)} nodes online on an average day`;
  return {
    id: "node-online",
    title,
    caption: "Nodes that are up and reachable, by day. The axis does not begin at zero.",
    alt: `Line chart by day. ${title}.`,
    picture: {
      kind: "plot",
      spec: timePlot({ points, style, axis: "nodes online (count)", half: true, zero: false }),
    },
    table: timeTable(points, style, "nodes online"),
    half: true,
  };
}

const CAPACITY = [
  { metric: "capacity.cru", noun: "Cores" },
  { metric: "capacity.mru", noun: "Memory" },
  { metric: "capacity.sru", noun: "SSD" },
  { metric: "capacity.hru", noun: "HDD" },
];

function capacity(folder: Folder): readonly Chart[] {
  return CAPACITY.flatMap(({ metric, noun }) => {
    const samples = samplesOf(folder, metric);
    const mean = overTime(samples);
    if (mean === null) return [];
    const style = styleOf(metric, unitOf(folder, metric));
    const points = band(samples);
    const title = `${noun}: ${meanText(mean, style)} on average`;
    const chart: Chart = {
      id: metric.replace(".", "-"),
      title,
      caption: `What all registered nodes bring together, by day. The axis does not begin at zero.`,
      alt: `Line chart by day. ${title}.`,
      picture: {
        kind: "plot",
        spec: timePlot({
          points,
          style,
          axis: `${noun.toLowerCase()} of the grid (${style.unit})`,
          half: true,
          zero: false,
          height: 160,
        }),
      },
      table: timeTable(points, style, noun.toLowerCase()),
      half: true,
    };
    return [chart];
  });
}
