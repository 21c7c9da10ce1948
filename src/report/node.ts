/**
 * Nodes in pictures: how many answer, how many are paid, and how much they bring.
 */
import type { Chart } from "./chart.ts";
import { courseChart } from "./course.ts";
import type { Folder } from "./folder.ts";
import { counted } from "./number.ts";

const CAPACITY = [
  { metric: "capacity.cru", noun: "Cores" },
  { metric: "capacity.mru", noun: "Memory" },
  { metric: "capacity.sru", noun: "SSD" },
  { metric: "capacity.hru", noun: "HDD" },
];

/** Availability over time, nodes online and paid, and capacity, each where it was measured. */
export function nodeCharts(folder: Folder): readonly Chart[] {
  const capacity = CAPACITY.map(({ metric, noun }) =>
    courseChart(folder, {
      metric,
      title: (mean) => `${noun}: ${mean}`,
      axis: `${noun === "Cores" || noun === "Memory" ? noun.toLowerCase() : noun} of the grid`,
      caption: "What all registered nodes bring together, by day.",
      by: "day",
      zero: false,
      height: 150,
    }),
  );
  return [availability(folder), online(folder), paid(folder), ...capacity].filter(
    (chart) => chart !== null,
  );
}

const availability = (folder: Folder): Chart | null =>
  courseChart(folder, {
    metric: "node.availability",
    title: (mean) => `Nodes answered ${mean} of their time`,
    axis: "availability of nodes",
    caption: "Share of the fleet's time in which a node is up and its line works, by day.",
    by: "day",
    zero: false,
    half: false,
  });

const online = (folder: Folder): Chart | null =>
  courseChart(folder, {
    metric: "node.online",
    title: (mean) => `${counted(mean, "node")} online on an average day`,
    axis: "nodes online",
    caption: "Nodes that are up and reachable, by day.",
    by: "day",
    zero: false,
    unit: "",
  });

const paid = (folder: Folder): Chart | null =>
  courseChart(folder, {
    metric: "mint.paid_share",
    title: (mean) => `${mean} of nodes are paid for a period`,
    axis: "nodes that pass the uptime rule",
    caption: "Share of nodes that are paid for a minting period of 30.45 days.",
    by: "month",
    zero: false,
  });
