/**
 * The run in one sentence and eight numbers.
 */
import { band, resultOf, samplesOf } from "./band.ts";
import { dateText } from "./calendar.ts";
import type { Folder } from "./folder.ts";
import { type Html, html, nothing, raw } from "./html.ts";
import { monthly, paidOfMinted } from "./money.ts";
import {
  counted,
  decimalsFor,
  type Estimate,
  grouped,
  roundInterval,
  roundText,
  type Style,
  styleOf,
} from "./number.ts";
import { unitOf } from "./registry.ts";

const COUNT: Style = { scale: 1, unit: "" };

/** The sentence at the top, from what was measured; says so where little was. */
export function headline(folder: Folder): string {
  const nodes = resultOf(folder, "node.count");
  const up = resultOf(folder, "node.availability");
  const minted = monthly(folder, "mint.tft");
  const farms = resultOf(folder, "farm.count");
  const paid = monthly(folder, "billing.charged_tft");
  const share = paidOfMinted(folder);
  const clauses: string[] = [];
  if (up !== null)
    clauses.push(`answered ${roundText(up, styleOf("node.availability", "1"))} of the time`);
  if (minted !== null) {
    const whom = farms === null ? "" : ` for ${counted(roundText(farms, COUNT, 4), "farm")}`;
    clauses.push(`minted ${roundText(minted, { scale: 1, unit: "TFT" })} a month${whom}`);
  }
  if (clauses.length === 0) return "This run measured too little for a sentence.";
  const who =
    nodes === null ? "The grid" : `A grid of ${counted(roundText(nodes, COUNT, 4), "node")}`;
  const first = `${who} ${clauses.join(" and ")}.`;
  if (paid === null || share === null) return first;
  const percent = grouped(share * 100, decimalsFor(share * 100, 2));
  const part = minted === null ? "" : `: ${percent}\u202f% of what was minted`;
  return `${first} Its users paid ${roundText(paid, { scale: 1, unit: "TFT" })} a month${part}.`;
}

/** The intervals of the sentence, and what they are intervals of. */
export function headlineIntervals(folder: Folder): string {
  const found: string[] = [];
  const add = (words: string, estimate: Estimate | null, style: Style): void => {
    const text = estimate === null ? "" : roundInterval(estimate, style);
    if (text !== "" && text !== "no spread") found.push(`${words} ${text}`);
  };
  add("availability", resultOf(folder, "node.availability"), styleOf("node.availability", "1"));
  add("mint", monthly(folder, "mint.tft"), { scale: 1, unit: "TFT" });
  add("payments", monthly(folder, "billing.charged_tft"), { scale: 1, unit: "TFT" });
  const { replications } = folder.manifest;
  if (replications === 1)
    return "One replication: this shows one possible course, without intervals.";
  const told = found.length === 0 ? "" : `: ${found.join("; ")}`;
  return (
    `95 % intervals over ${replications} replications${told}. They hold the play of chance ` +
    "alone; what the assumptions leave open is wider."
  );
}

/** When the run begins and ends, `1 April 2023 to 31 March 2024`; empty if unknown. */
export function spanText(folder: Folder): string {
  const { start, length } = folder.manifest.scenario;
  return start === null || length === null
    ? ""
    : `${dateText(start)} to ${dateText(start + length)}`;
}

interface Tile {
  readonly words: string;
  readonly metric: string;
  /** Whether the number is the mean month of the series, not the result of the whole run. */
  readonly byMonth?: boolean;
  /** Whether the words say already what is counted. */
  readonly count?: boolean;
}

const TILES: readonly Tile[] = [
  { words: "Nodes", metric: "node.count", count: true },
  { words: "Availability of nodes", metric: "node.availability" },
  { words: "Nodes that are paid", metric: "mint.paid_share" },
  { words: "Minted a month", metric: "mint.tft", byMonth: true },
  { words: "Paid by users a month", metric: "billing.charged_tft", byMonth: true },
  { words: "A farm earns (mean)", metric: "farmer.income_usd" },
  { words: "Cores reserved", metric: "utilization.cru" },
  { words: "Contracts live", metric: "contract.live", count: true },
];

/** The key figures, each with its interval and its course over time. */
export function tiles(folder: Folder): Html {
  const shown = TILES.flatMap((tile) => {
    const estimate =
      tile.byMonth === true ? monthly(folder, tile.metric) : resultOf(folder, tile.metric);
    return estimate === null ? [] : [tileOf(folder, tile, estimate)];
  });
  return shown.length === 0 ? nothing : html`<div class="tiles">${shown}</div>`;
}

function tileOf(folder: Folder, tile: Tile, estimate: Estimate): Html {
  const style = tile.count === true ? COUNT : styleOf(tile.metric, unitOf(folder, tile.metric));
  const [figure = "", ...words] = roundText(estimate, style, 4).split(/[\u202f\u00a0 ]/);
  return html`<div class="tile"><p class="label">${tile.words}</p>
<p class="figure">${figure}<span class="unit"> ${words.join(" ")}</span></p>
<p class="interval">${roundInterval(estimate, style) || "one replication"}</p>
${sparkline(folder, tile.metric)}</div>
`;
}

/** The mean over time as a thin line, on its own scale; for the eye alone. */
function sparkline(folder: Folder, metric: string): Html {
  const points = band(samplesOf(folder, metric)).map(({ mean }) => mean);
  const step = Math.max(1, Math.floor(points.length / 60));
  const thin = points.filter((_, index) => index % step === 0);
  if (thin.length < 3) return nothing;
  const low = Math.min(...thin);
  const high = Math.max(...thin);
  // A line that hardly moves stays flat: the scale spans at least a fifth of the highest value.
  const span = Math.max(high - low, Math.abs(high) * 0.2) || 1;
  const middle = (high + low) / 2;
  const path = thin
    .map((value, index) => {
      const x = (index / (thin.length - 1)) * 158 + 1;
      const y = 14 - ((value - middle) / span) * 24;
      return `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
  return raw(
    `<svg class="spark" preserveAspectRatio="none" viewBox="0 0 160 28" aria-hidden="true">` +
      `<path d="${path}" fill="none"/></svg>`,
  );
}
