/**
 * Every metric of the run in one table, by its noun, with interval, evidence and sentence.
 */
import { resultOf } from "./band.ts";
import { evidenceOf } from "./evidence.ts";
import type { Folder } from "./folder.ts";
import { type Html, html } from "./html.ts";
import { intervalText, meanText, spreadText, styleOf } from "./number.ts";
import { docOf } from "./registry.ts";

/** The table of all metrics; those without a value are listed as not measured. */
export function metricTable(folder: Folder): Html {
  const nouns = new Map<string, string[]>();
  for (const name of namesOf(folder)) {
    const noun = name.split(".")[0] ?? name;
    const names = nouns.get(noun) ?? [];
    if (names.length === 0) nouns.set(noun, names);
    names.push(name);
  }
  const groups = [...nouns.entries()].map(
    ([
      noun,
      names,
    ]) => html`<tbody><tr class="group"><th scope="rowgroup" colspan="6">${noun}</th></tr>
${names.map((name) => rowOf(folder, name))}</tbody>`,
  );
  return html`<div class="scroll"><table class="metrics">
<thead><tr><th scope="col">metric</th><th scope="col" class="number">mean</th>
<th scope="col" class="number">95 % interval</th><th scope="col" class="number">spread (sd)</th>
<th scope="col" class="number">n</th><th scope="col">rests on</th></tr></thead>
${groups}</table></div>`;
}

/** The names of all metrics: the registry's, then what the results have besides, sorted. */
function namesOf(folder: Folder): readonly string[] {
  const names = new Set(folder.manifest.metrics.map(({ name }) => name));
  for (const name of Object.keys(folder.results)) names.add(name);
  return [...names].sort();
}

function rowOf(folder: Folder, name: string): Html {
  const result = folder.results[name];
  const estimate = resultOf(folder, name);
  const doc = docOf(folder, name);
  const head = html`<th scope="row"><code>${name}</code><span class="doc">${doc}</span></th>`;
  if (result === undefined || estimate === null) {
    return html`<tr>${head}<td class="number muted" colspan="5">not measured</td></tr>`;
  }
  const style = styleOf(name, result.unit);
  const spread = result.sd === null ? "" : spreadText(result.sd * style.scale);
  const evidence = evidenceOf(name);
  return html`<tr>${head}<td class="number strong">${meanText(estimate, style)}</td>
<td class="number">${intervalText(estimate, style)}</td><td class="number muted">${spread}</td>
<td class="number muted">${result.n}</td>
<td><span class="grade ${evidence.grade}">${evidence.word}</span></td></tr>
`;
}
