/**
 * The page: a sentence, the numbers, the pictures, and then everything one needs to doubt them.
 */
import { assumptions, doubts } from "./assumption.ts";
import type { Chart, ChartTable } from "./chart.ts";
import type { Folder } from "./folder.ts";
import { headline, headlineIntervals, spanText, tiles } from "./headline.ts";
import { escaped, type Html, html, nothing, raw } from "./html.ts";
import { limits } from "./limit.ts";
import { marketPart } from "./market.ts";
import type { MarketNote } from "./market-folder.ts";
import { metricTable } from "./metric-table.ts";
import { provenance } from "./provenance.ts";
import { LIVELY, runtime, specification } from "./script.ts";
import { styleSheet } from "./style.ts";

/** A part of the page: a few sentences and what belongs to them. */
export interface Part {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  readonly charts: readonly Chart[];
}

/** The page may run and show what is inside it, and fetch nothing. */
const ALONE =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; " +
  "img-src data: blob:";

/**
 * The whole page as one text. `drawings` holds the drawing of each chart by its id; `market` what
 * the pool came to that made the price, if one did.
 */
export function pageOf(
  folder: Folder,
  parts: readonly Part[],
  drawings: ReadonlyMap<string, string>,
  market: MarketNote | null = null,
): string {
  const shown = parts.filter(({ charts }) => charts.length > 0);
  const charts = shown.flatMap((part) => part.charts);
  const { scenario } = folder.manifest;
  const title = scenario.title || scenario.name || "run";
  const body = html`${top(folder, shown)}
<main>
${shown.map((part) => partOf(part, drawings))}
${marketSection(market)}
${rest(folder)}
</main>`;
  return shell({
    title,
    description: headline(folder),
    version: folder.manifest.version,
    body,
    charts,
  });
}

const marketSection = (note: MarketNote | null): Html =>
  note === null ? nothing : html`<section id="market">${marketPart(note, "The market")}</section>`;

/** What a page is made of besides its frame. */
export interface Shell {
  readonly title: string;
  readonly description: string;
  /** The version of the program that made it. */
  readonly version: string;
  readonly body: Html;
  /** The charts in the body, whose specifications come along. */
  readonly charts: readonly Chart[];
}

/** A page that opens alone: the frame around a body and its charts. */
export function shell({ title, description, version, body, charts }: Shell): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${ALONE}">
<title>${escaped(title)} · gridbench</title>
<meta name="description" content="${escaped(description)}">
<style>${styleSheet()}</style></head>
<body>
${body.html}
<footer><p>Made by gridbench ${escaped(version)} from a run's folder, to be read
offline. A simulation of the ThreeFold Grid: no number here was measured on the grid
unless it says so.</p></footer>
${charts
  .map(specificationOf)
  .map(({ html: text }) => text)
  .join("")}
${runtime().html}
<script>${LIVELY}</script>
</body></html>
`;
}

const LAST = [
  { id: "metrics", title: "All metrics" },
  { id: "assumptions", title: "Assumptions" },
  { id: "doubts", title: "What would change this picture" },
  { id: "limits", title: "Limits" },
  { id: "reproduce", title: "Reproduce" },
] as const;

function top(folder: Folder, parts: readonly Part[]): Html {
  const { scenario, replications, warnings } = folder.manifest;
  const span = spanText(folder);
  const facts = [
    scenario.title || scenario.name,
    span,
    replications === 1 ? "1 replication" : `${replications} replications`,
  ].filter((text) => text !== "");
  const links = [...parts, ...LAST].map(({ id, title }) => html`<a href="#${id}">${title}</a>`);
  return html`<header>
<p class="eyebrow"><b>gridbench</b>${facts.map((text) => html`<span>${text}</span>`)}</p>
<h1>${headline(folder)}</h1>
${scenario.question === "" ? nothing : html`<p class="question">${scenario.question}</p>`}
<p class="muted">${headlineIntervals(folder)}</p>
${tiles(folder)}
${warned(warnings)}
<nav aria-label="Parts of this page">${links}</nav>
</header>`;
}

function warned(warnings: readonly string[]): Html {
  if (warnings.length === 0) return nothing;
  const all = html`<ul>${warnings.map((text) => html`<li>${text}</li>`)}</ul>`;
  const rules = warnings.filter((text) => text.startsWith("policy.")).length;
  const others = warnings.length - rules;
  const mixed =
    warnings.length <= 3
      ? all
      : html`<p>This run mixes years: ${rules} notes on rules, ${others} on assumptions and inputs.
Read it as a what-if, not as a history.</p>
<details><summary>All ${warnings.length} notes</summary>${all}</details>`;
  return html`<div class="warnings"><p><b>Before you quote a number</b></p>
${mixed}</div>`;
}

/** A part of the page as a section. */
export function partOf(part: Part, drawings: ReadonlyMap<string, string>): Html {
  const figures = part.charts.map((chart) => figureOf(chart, drawings.get(chart.id) ?? ""));
  return html`<section id="${part.id}"><h2>${part.title}</h2><p class="lead">${part.lead}</p>
<div class="charts">${figures}</div></section>`;
}

function figureOf(chart: Chart, drawing: string): Html {
  const live = chart.picture.kind === "plot" ? html` data-plot="${chart.id}"` : nothing;
  const shape = `${chart.half === true ? "half" : "wide"}${chart.tall === true ? " tall" : ""}`;
  return html`<figure id="${chart.id}" class="${shape}">
<h3>${chart.title}</h3>
<div class="chart" role="img" aria-label="${chart.alt}"${live}>${raw(drawing)}</div>
<figcaption>${chart.caption}</figcaption>
<details><summary>The numbers</summary>${numbers(chart.table)}</details></figure>
`;
}

const cellOf = (text: string): Html => html`<td class="number">${text}</td>`;
const headOf = (text: string, index: number): Html =>
  html`<th scope="col"${index === 0 ? nothing : html` class="number"`}>${text}</th>`;

function numbers(table: ChartTable): Html {
  return html`<div class="scroll"><table><thead><tr>${table.heads.map(headOf)}</tr></thead>
<tbody>${table.rows.map(
    ([first = "", ...cells]) => html`<tr><th scope="row">${first}</th>${cells.map(cellOf)}</tr>`,
  )}</tbody></table></div>`;
}

function rest(folder: Folder): Html {
  const bodies: Readonly<Record<(typeof LAST)[number]["id"], Html>> = {
    metrics: metricTable(folder),
    assumptions: assumptions(folder),
    doubts: doubts(folder, 12),
    limits: limits(folder),
    reproduce: provenance(folder),
  };
  return html`${LAST.map(
    ({ id, title }) => html`<section id="${id}"><h2>${title}</h2>${bodies[id]}</section>
`,
  )}`;
}

const specificationOf = (chart: Chart): Html =>
  chart.picture.kind === "plot" ? specification(chart.id, chart.picture.spec) : nothing;
