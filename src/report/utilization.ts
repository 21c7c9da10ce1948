/**
 * Use in pictures: how much of the grid's capacity is reserved, and by how many contracts.
 */
import { slices } from "./band.ts";
import { instantOf } from "./calendar.ts";
import type { Chart } from "./chart.ts";
import { courseChart } from "./course.ts";
import type { Folder } from "./folder.ts";
import { counted, grouped, styleOf } from "./number.ts";
import { rowPlot, rowTable } from "./plot.ts";

const RESOURCES = [
  { metric: "utilization.cru", noun: "Cores" },
  { metric: "utilization.mru", noun: "Memory" },
  { metric: "utilization.sru", noun: "SSD" },
  { metric: "utilization.hru", noun: "HDD" },
];

/** What the demand was fitted to; disks are so empty that they are only reported. */
const FITTED: Readonly<Record<string, string>> = {
  "utilization.cru": "demand was fitted to them",
  "utilization.mru": "demand was fitted to them",
  "utilization.sru": "demand was fitted to them",
};

/** Reserved shares of the four resources, live contracts, and refusals by their reason. */
export function useCharts(folder: Folder): readonly Chart[] {
  const reserved = RESOURCES.map((resource) => reservedChart(folder, resource));
  return [...reserved, live(folder), refusals(folder)].filter((chart) => chart !== null);
}

function reservedChart(
  folder: Folder,
  { metric, noun }: { readonly metric: string; readonly noun: string },
): Chart | null {
  const inside = noun === "Cores" || noun === "Memory" ? noun.toLowerCase() : noun;
  const points = folder.manifest.measured.utilization.filter((point) => point.metric === metric);
  const rings = points.map(({ date, fraction }) => ({ time: instantOf(date), value: fraction }));
  const dates = points.map(({ date }) => date).join(" and ");
  return courseChart(folder, {
    metric,
    title: (mean) => `${noun}: ${mean} reserved`,
    axis: `${inside} reserved`,
    caption:
      `Share of the grid's ${inside} that contracts reserve, by day.` +
      (rings.length === 0
        ? ""
        : ` Rings: measured on ${dates}; ${FITTED[metric] ?? "not fitted"}.`),
    by: "day",
    zero: true,
    height: 150,
    rings,
  });
}

const live = (folder: Folder): Chart | null =>
  courseChart(folder, {
    metric: "contract.live",
    title: (mean) => `${counted(mean, "contract")} live on an average day`,
    axis: "live contracts",
    caption: "Contracts that exist on chain, in grace or not, by day.",
    by: "day",
    zero: false,
    unit: "",
  });

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
  const reasons = slices(folder, "contract.refused_share", "why")
    .map(({ label, estimate }) => ({ label: REASONS[label] ?? label, estimate }))
    .sort((one, other) => other.estimate.mean - one.estimate.mean);
  const total = reasons.reduce((sum, { estimate }) => sum + estimate.mean, 0);
  const first = reasons[0];
  if (first === undefined) return null;
  const style = styleOf("contract.refused_share", "1");
  const part = grouped((first.estimate.mean / total) * 100, 0);
  const title =
    total > 0 ? `${part}\u202f% of refusals: no ${first.label}` : "No deployment was refused";
  return {
    id: "contract-refused",
    title,
    caption: "Deployments that found no place, by what was missing, of all that were asked for.",
    alt: `Bars by reason. ${title}.`,
    picture: {
      kind: "plot",
      spec: rowPlot({
        slices: reasons,
        style,
        axis: "refused (% of deployments asked for)",
        label: "what was missing",
        half: true,
      }),
    },
    table: rowTable(reasons, style, ["what was missing", "refused"]),
    half: true,
  };
}
