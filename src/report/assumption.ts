/**
 * What the run supposed: every value with its quality and source, the weak ones first in line for
 * doubt.
 */
import type { Folder, UsedValue } from "./folder.ts";
import { type Html, html, nothing } from "./html.ts";

const QUALITIES = [
  { quality: "seen", doc: "printed in a source that was opened" },
  { quality: "fit", doc: "fitted to seen numbers" },
  { quality: "recalled", doc: "from a known publication that was not opened" },
  { quality: "estimate", doc: "judged" },
];
const WEAK = new Set(["recalled", "estimate"]);

/** Whether a value is only remembered or judged. */
export const isWeak = (value: UsedValue): boolean => WEAK.has(value.quality);

/** The part of the page on assumptions: counts, the scenario's own choices, and all values. */
export function assumptions(folder: Folder): Html {
  const { values } = folder.manifest.scenario;
  if (values.length === 0) return html`<p class="muted">The manifest lists no values.</p>`;
  const own = values.filter(({ from }) => from !== "default" && from !== "");
  const blocks = new Map<string, UsedValue[]>();
  for (const value of values) {
    const path = value.path.split(".").slice(0, 2).join(".");
    const block = blocks.get(path) ?? [];
    if (block.length === 0) blocks.set(path, block);
    block.push(value);
  }
  return html`${counts(values)}
${
  own.length === 0
    ? html`<p>This scenario keeps every default.</p>`
    : html`<h3>What this scenario sets itself</h3>${table(own)}`
}
<h3>All values, block by block</h3>
${[...blocks.entries()].map(([path, block]) => {
  const weak = block.filter(isWeak).length;
  const told = weak === 0 ? "" : `, ${weak} weak`;
  const counted = `${block.length} ${block.length === 1 ? "value" : "values"}${told}`;
  return html`<details class="block"><summary><code>${path}</code>
<span class="muted">${counted}</span></summary>${table(block)}</details>
`;
})}`;
}

function counts(values: readonly UsedValue[]): Html {
  const told = QUALITIES.map(({ quality, doc }) => {
    const count = values.filter((value) => value.quality === quality).length;
    const width = ((count / values.length) * 100).toFixed(2);
    return { quality, doc, count, width };
  }).filter(({ count }) => count > 0);
  const said = told.map(({ quality, count }) => `${count} ${quality}`).join(", ");
  const bars = told.map(
    ({ quality, width }) => html`<span class="q-${quality}" style="width:${width}%"></span>`,
  );
  return html`<div class="qualities" role="img" aria-label="${said}">${bars}</div>
<ul class="counts">${told.map(
    ({ quality, doc, count }) =>
      html`<li><span class="dot q-${quality}"></span><b>${count} ${quality}</b>
<span class="muted">${doc}</span></li>`,
  )}</ul>`;
}

function table(values: readonly UsedValue[]): Html {
  return html`<div class="scroll"><table class="values"><thead><tr>
<th scope="col">value</th><th scope="col">used</th><th scope="col">plausible range</th>
<th scope="col">quality</th><th scope="col">source</th></tr></thead><tbody>
${values.map(
  (value) => html`<tr${isWeak(value) ? html` class="weak"` : nothing}>
<th scope="row"><code>${value.path}</code><span class="doc">${value.doc}</span></th>
<td>${value.text}${usual(value)}</td>
<td>${rangeText(value)}</td>
<td><span class="dot q-${value.quality}"></span>${value.quality}</td>
<td class="source">${value.source} <span class="muted">${value.date}</span></td></tr>
`,
)}</tbody></table></div>`;
}

const usual = ({ text, default: usually }: UsedValue): Html =>
  usually === "" || usually === text ? nothing : html`<span class="doc">default ${usually}</span>`;

const rangeText = (value: UsedValue): string =>
  value.range === null ? "" : `${value.range[0]} to ${value.range[1]}`;

/** How many times the upper end of a range is the lower; 0 where that cannot be read. */
function widthOf(value: UsedValue): number {
  if (value.range === null) return 0;
  const [low, high] = value.range.map((text) => Number.parseFloat(text));
  return low > 0 && high > 0 && unitOf(value.range[0]) === unitOf(value.range[1]) ? high / low : 0;
}

const unitOf = (text: string): string => text.replace(/^[-+0-9.,_ ]+/, "");

const trial = (path: string, end: string): Html =>
  html`<code class="try">--set ${path}="${end}"</code> `;

/** The weak values with a range, widest first. */
export const widest = (values: readonly UsedValue[]): readonly UsedValue[] =>
  values
    .filter((value) => isWeak(value) && value.range !== null)
    .sort((one, other) => widthOf(other) - widthOf(one));

/** The weak values with a range, widest first, and how to try the two ends of each. */
export function doubts(folder: Pick<Folder, "manifest">, limit: number): Html {
  const weak = widest(folder.manifest.scenario.values);
  if (weak.length === 0) return nothing;
  const shown = weak.slice(0, limit);
  return html`<p>Of the values that are only recalled or judged, these ${shown.length}
have the widest plausible range. None of them was varied in this run. Run the scenario again
with either end to see whether the picture stands:</p>
<div class="scroll"><table class="values"><thead><tr><th scope="col">value</th>
<th scope="col">used</th><th scope="col">try</th></tr></thead><tbody>
${shown.map(
  (
    value,
  ) => html`<tr><th scope="row"><span class="said">${value.doc}</span></th><td>${value.text}</td>
<td>${(value.range ?? []).map((end) => trial(value.path, end))}</td></tr>
`,
)}</tbody></table></div>`;
}
