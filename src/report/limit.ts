/**
 * What the page cannot say: what was not measured, and what each number rests on.
 */
import { resultOf } from "./band.ts";
import { EVIDENCE, GRADES } from "./evidence.ts";
import type { Folder } from "./folder.ts";
import { type Html, html, nothing } from "./html.ts";
import { plain } from "./number.ts";

/** The pictures this page can draw, by the series and dimension each needs. */
const EXPECTED: readonly (readonly [metric: string, key: string, words: string])[] = [
  ["node.availability", "", "availability by day"],
  ["node.online", "", "nodes online by day"],
  ["node.age_survival", "age", "uptime ages"],
  ["node.uptime_permille", "permille", "histogram of uptimes"],
  ["node.count", "country", "nodes by country, and the map"],
  ["capacity.cru", "", "cores by day"],
  ["capacity.mru", "", "memory by day"],
  ["capacity.sru", "", "SSD by day"],
  ["capacity.hru", "", "HDD by day"],
  ["utilization.cru", "", "reserved cores by day"],
  ["utilization.mru", "", "reserved memory by day"],
  ["utilization.sru", "", "reserved SSD by day"],
  ["utilization.hru", "", "reserved HDD by day"],
  ["contract.live", "", "live contracts by day"],
  ["contract.refused_share", "why", "refusals by reason"],
  ["mint.tft", "", "minted TFT by month"],
  ["billing.charged_tft", "", "users' payments by month"],
  ["split.farmer_tft", "", "who gets a user's payment"],
  ["farmer.lorenz", "share", "Lorenz curve of farms' income"],
  ["farmer.income_usd", "share", "quantiles of farms' income"],
  ["farmer.income_usd", "country", "farms' income by country"],
  ["farmer.income_usd", "class", "farms' income by node class"],
];

/** What this page would show and the run did not measure. */
export function notMeasured(folder: Folder): readonly string[] {
  const missing = EXPECTED.filter(([metric, key]) => {
    const dimensions = [...(folder.series.get(metric)?.keys() ?? [])];
    return !dimensions.some((dimension) =>
      key === "" ? dimension === "" : dimension.startsWith(`${key}=`),
    );
  }).map(([, , words]) => words);
  const registered = folder.manifest.metrics.filter(({ name }) => resultOf(folder, name) === null);
  return [...missing, ...registered.map(({ name }) => name)];
}

const nameOf = (name: string): Html =>
  html`<code>${name.endsWith(".") ? `${name}*` : name}</code> `;

/** The part of the page on its limits. */
export function limits(folder: Folder): Html {
  const missing = notMeasured(folder);
  const used = EVIDENCE.filter(({ metrics }) =>
    Object.keys(folder.results).some((name) => metrics.some((metric) => name.startsWith(metric))),
  );
  const grades = Object.values(GRADES).map(({ word, doc }) => html`<b>${word}</b>: ${doc} `);
  return html`<p>Exact means here that the chain's arithmetic is reproduced to its last unit. What
goes into that arithmetic is measured, fitted or guessed, and no interval on this page covers
the guesses.</p>
<div class="scroll"><table class="values"><thead><tr><th scope="col">numbers</th>
<th scope="col">rest on</th><th scope="col">because</th>
<th scope="col">what would change them</th></tr></thead><tbody>
${used.map(
  ({ metrics, grade, sentence, change }) => html`<tr><th scope="row">${metrics.map(nameOf)}</th>
<td><span class="grade ${grade}">${GRADES[grade].word}</span></td>
<td>${sentence}</td><td>${change}</td></tr>
`,
)}</tbody></table></div>
<p class="muted small">${grades}</p>${windows(folder)}
${missing.length === 0 ? nothing : html`<p><b>Not measured:</b> ${missing.join(", ")}.</p>`}`;
}

/** Which means know how long a window is, and how little. */
function windows({ manifest: { scenario, windowMeans } }: Folder): Html {
  if (scenario.window === null || windowMeans.length === 0) return nothing;
  return html`<p><b>Read at the ends of windows</b> of ${plain(scenario.window)} s, and so as means
of looks: ${windowMeans.join(", ")}. No other number knows how long a window is; these differed
by less than 0.1 % between a quarter of an hour and an hour.</p>`;
}
