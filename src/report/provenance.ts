/**
 * Where the page comes from and how to make it again.
 */
import type { Folder } from "./folder.ts";
import { type Html, html, nothing } from "./html.ts";
import { plain } from "./number.ts";

/** The command that makes the same results, as the manifest has it or as it must have been. */
export function commandOf(folder: Folder): string {
  const { command, scenario, seed, replications } = folder.manifest;
  if (command !== "") return command;
  const file = scenario.path === "" ? "SCENARIO" : scenario.path;
  return `npx gridbench run ${file} --seed ${seed} --replications ${replications}`;
}

/** The command, the versions, the hashes. */
export function provenance(folder: Folder): Html {
  const { version, commit, scenario, seed, replications, seconds, machine, files } =
    folder.manifest;
  const rows: readonly (readonly [string, string])[] = [
    ["gridbench", commit === null ? version : `${version}, commit ${commit}`],
    ["scenario", [scenario.path || scenario.name, hash(scenario.hash)].filter(Boolean).join(", ")],
    ["seed", seed],
    ["replications", String(replications)],
    ["made in", seconds === null ? "" : `${plain(seconds)} s`],
    [
      "on",
      Object.entries(machine)
        .map(([key, value]) => `${key} ${String(value)}`)
        .join(", "),
    ],
  ];
  const clean = commit?.replace("+changes", "") ?? null;
  const checkout = clean === null ? "" : `git checkout ${clean}\nnpm run build\n`;
  const changed =
    clean === commit
      ? nothing
      : html`<p><b>The code had changes that are not in this commit.</b></p>`;
  return html`<pre class="command"><code>${checkout}${commandOf(folder)}</code></pre>
<p>The same version, scenario and seed give the same bytes of <code>results.json</code>
and <code>series.parquet</code> for any number of workers; only
<code>manifest.json</code> carries times.</p>${changed}
<div class="scroll"><table class="facts"><tbody>${rows
    .filter(([, text]) => text !== "")
    .map(
      ([word, text]) => html`<tr><th scope="row">${word}</th><td>${text}</td></tr>`,
    )}</tbody></table></div>
${timeline(folder)}
${
  files.length === 0
    ? nothing
    : html`<details class="block"><summary>Files read
<span class="muted">${files.length}</span></summary>
<div class="scroll"><table class="facts"><tbody>${files.map(
        ({ path, sha256 }) =>
          html`<tr><th scope="row"><code>${path}</code></th>
<td><code class="hash">${sha256}</code></td></tr>`,
      )}</tbody></table></div></details>`
}`;
}

const hash = (text: string): string => (text === "" ? "" : `hash ${text.slice(0, 16)}`);

function timeline(folder: Folder): Html {
  const entries = folder.manifest.scenario.timeline;
  if (entries.length === 0) return nothing;
  return html`<h3>What is made to happen</h3><ul>${entries.map(
    (entry) =>
      html`<li><code>${typeof entry === "string" ? entry : JSON.stringify(entry)}</code></li>`,
  )}</ul>`;
}
