/**
 * Use in pictures: how much of the grid's capacity is reserved, and by how many contracts.
 */
import { band, overTime, samplesOf, slices } from "./band.ts";
import type { Chart } from "./chart.ts";
import type { Folder } from "./folder.ts";
import { grouped, meanText, styleOf } from "./number.ts";
import { rowPlot, rowTable, timePlot, timeTable } from "./plot.ts";
import { unitOf } from "./registry.ts";

const RESOURCES = [
  { metric: "utilization.cru", noun: "Cores" },
  { metric: "utilization.mru", noun: "Memory" },
  { metric: "utilization.sru", noun: "SSD" },
  { metric: "utilization.hru", noun: "HDD" },
];

/** Reserved shares of the four resources, live contracts, and refusals by their reason. */
export function useCharts(folder: Folder): readonly Chart[] {
  return [
    ...RESOURCES.map((resource) => reserved(folder, resource)),
    live(folder),
    refusals(folder),
  ].filter((chart) => chart !== null);
}

function reserved(
  folder: Folder,
  resource: { readonly metric: string; readonly noun: string },
): Chart | null {
  const { metric, noun } = resource;
  const samples = samplesOf(folder, metric);
  const mean = overTime(samples);
  if (mean === null) return null;
  const style = styleOf(metric, unitOf(folder, metric));
  const points = band(samples);
  const title = `${noun}: ${meanText(mean, style)} reserved on average`;
  return {
    id: metric.replace(".", "-"),
    title,
    caption: `Share of all ${noun === "Cores" ? "cores" : noun} that contracts reserve, by day.`,
    alt: `Line chart by day. ${title}.`,
    picture: {
      kind: "plot",
      spec: timePlot({
        points,
        style,
        axis: `${noun} reserved (%)`,
        half: true,
        zero: true,
        height: 160,
      }),
    },
    table: timeTable(points, style, `${noun} reserved`),
    half: true,
  };
}

function live(folder: Folder): Chart | null {
  const samples = samplesOf(folder, "contract.live");
  const mean = overTime(samples);
  if (mean === null) return null;
  const style = { scale: 1, unit: "" };
  const points = band(samples);
  const title = `${meanText(mean, style)} contracts live on an average day`;
  return {
    id: "contract-live",
    title,
    caption:
      "Contracts that exist on chain, in grace or not, by day. The axis does not begin at zero.",
    alt: `Line chart by day. ${title}.`,
    picture: {
      kind: "plot",
      spec: timePlot({ points, style, axis: "live contracts (count)", half: true, zero: false }),
    },
    table: timeTable(points, style, "live contracts"),
    half: true,
  };
}

const REASONS: Readonly<Record<string, string>> = {
  memory: "memory or cores",
  ssd: "SSD",
  hdd: "HDD",
  publicIp: "public IP",
  gpu: "GPU",
  rentable: "whole node",
  funds: "funds",
};

function refusals(folder: Folder): Chart | null {
  const reasons = slices(folder, "contract.refused", "why")
    .map(({ label, estimate }) => ({ label: REASONS[label] ?? label, estimate }))
    .sort((one, other) => other.estimate.mean - one.estimate.mean);
  const total = reasons.reduce((sum, { estimate }) => sum + estimate.mean, 0);
  const first = reasons[0];
  if (first === undefined) return null;
  const style = { scale: 1, unit: "" };
  const title =
    total > 0
      ? `${grouped((first.estimate.mean / total) * 100, 0)} % of refusals: no ${first.label}`
      : "No deployment was refused";
  return {
    id: "contract-refused",
    title,
    caption:
      "Deployments that found no place in a replication, by what was missing; 95 % intervals.",
    alt: `Bars by reason. ${title}.`,
    picture: {
      kind: "plot",
      spec: rowPlot({
        slices: reasons,
        style,
        axis: "refused deployments (count in a run)",
        label: "what was missing",
        half: true,
      }),
    },
    table: rowTable(reasons, style, ["what was missing", "refused in a run"]),
    half: true,
  };
}
