/**
 * From a run's folder to a page: `report.html` and `charts/*.svg`, written beside the results.
 */
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { blockCharts } from "./block.ts";
import { type Chart, drawn } from "./chart.ts";
import { farmerCharts } from "./farmer.ts";
import { type Folder, readFolder } from "./folder.ts";
import { mapCharts } from "./map.ts";
import { readMarket } from "./market-folder.ts";
import { moneyCharts } from "./money.ts";
import { nodeCharts } from "./node.ts";
import { type Part, pageOf } from "./page.ts";
import { drawingStyle } from "./style.ts";
import {
  readUncertainty,
  type Uncertainty,
  uncertaintyCharts,
  uncertaintyLead,
} from "./uncertainty.ts";
import { uptimeCharts } from "./uptime.ts";
import { useCharts } from "./utilization.ts";

/** Renders the report of a run's folder into it; answers the paths written, the page first. */
export async function renderReport(folder: string): Promise<string[]> {
  const run = await readFolder(folder);
  const unsure = readUncertainty(folder);
  const parts = [...partsOf(run), unsurePart(unsure)];
  const charts = parts.flatMap((part) => part.charts);
  const drawings = new Map<string, string>();
  for (const chart of charts) drawings.set(chart.id, await drawn(chart));
  const page = join(folder, "report.html");
  await writeFile(page, pageOf(run, parts, drawings, await readMarket(folder)));
  return [page, ...(await writeDrawings(join(folder, "charts"), charts, drawings))];
}

/** The pictures of a run, part by part, as the page has them. */
export function partsOf(folder: Folder): readonly Part[] {
  return [
    {
      id: "fleet",
      title: "The fleet",
      lead: "How much of the time nodes answer, and what they bring.",
      charts: nodeCharts(folder),
    },
    {
      id: "uptime",
      title: "Uptime",
      lead: "Minting pays by uptime: how long nodes stay up, and what the minting sees of it.",
      charts: uptimeCharts(folder),
    },
    {
      id: "use",
      title: "Use",
      lead: "How much of the capacity is reserved, by how many contracts, and who found no place.",
      charts: useCharts(folder),
    },
    {
      id: "blocks",
      title: "Blocks",
      lead: "How full of bills blocks are, how late bills come, and what money waits meanwhile.",
      charts: blockCharts(folder),
    },
    {
      id: "money",
      title: "Money",
      lead:
        "Farmers are paid by the mint, for capacity that stands ready, and by users, for " +
        "capacity they reserve. The two axes differ.",
      charts: moneyCharts(folder),
    },
    {
      id: "farmers",
      title: "Farmers",
      lead: "What a farm earns in a month from both, in USD at the price of the run.",
      charts: farmerCharts(folder),
    },
    {
      id: "places",
      title: "Places",
      lead: "Where the nodes stand.",
      charts: mapCharts(folder),
    },
  ];
}

const unsurePart = (told: Uncertainty | null): Part => ({
  id: "two-intervals-part",
  title: "Chance, and what is not known",
  lead: uncertaintyLead(told),
  charts: uncertaintyCharts(told),
});

/** Writes the drawings of charts, one a file, and takes away those of before. */
export async function writeDrawings(
  into: string,
  charts: readonly Chart[],
  drawings: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  await mkdir(into, { recursive: true });
  const names = charts.map(({ id }) => `${id}.svg`);
  for (const old of await readdir(into)) {
    if (old.endsWith(".svg") && !names.includes(old)) await rm(join(into, old));
  }
  const paths: string[] = [];
  for (const { id } of charts) {
    const path = join(into, `${id}.svg`);
    const styled = (drawings.get(id) ?? "").replace(
      /^<svg[^>]*>/,
      `$&<style>${drawingStyle()}</style>`,
    );
    await writeFile(path, styled.endsWith("\n") ? styled : `${styled}\n`);
    paths.push(path);
  }
  return paths;
}
