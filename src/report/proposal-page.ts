/**
 * The page of a comparison, in the order in which a voter asks: what changes, by how much, for
 * whom, who pays, how sure, what would turn it around, and how to make it again.
 */
import { doubts } from "./assumption.ts";
import { startsPart } from "./equilibrium.ts";
import { escaped, type Html, html, nothing } from "./html.ts";
import { ledgerTable } from "./ledger.ts";
import { marketPart } from "./market.ts";
import { grouped } from "./number.ts";
import { effectNote, effectTable, stressTable } from "./proposal-effect.ts";
import { winners } from "./proposal-farm.ts";
import type { ProposalEffect, ProposalFolder, ProposalVariant } from "./proposal-folder.ts";
import { signNote, signPart } from "./proposal-sign.ts";
import { proposalStyle } from "./proposal-style.ts";
import {
  guardInterval,
  spanOf,
  spokenVerdict,
  titleOf,
  variantHeadline,
  worsenings,
} from "./proposal-text.ts";
import { tiles } from "./proposal-tile.ts";
import { styleSheet } from "./style.ts";

/** The page shows what is inside it and fetches nothing; it runs no script. */
const ALONE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The whole page as one text. */
export function proposalPage(folder: ProposalFolder): string {
  const { proposal } = folder;
  const { study, base, variants } = proposal;
  const title = study?.title ?? variants.map((variant) => variant.title).join(", ");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${ALONE}">
<title>${escaped(title)} against ${escaped(base.title)} · gridbench</title>
<style>${styleSheet()}${proposalStyle()}</style></head>
<body>
${top(folder).html}
<main>
${variants
  .map((variant) => variantOf(folder, variant, variants.length > 1))
  .map(({ html: text }) => text)
  .join("\n")}
${common(folder).html}
</main>
<footer><p>Made by gridbench ${escaped(proposal.version)} from paired runs, to be read offline. A
simulation of the ThreeFold Grid: no number here was measured on the grid.</p></footer>
</body></html>
`;
}

function top(folder: ProposalFolder): Html {
  const { proposal } = folder;
  const { study, base, variants, replications, seed, primary } = proposal;
  const pairs = replications === 1 ? "1 pair of runs" : `${grouped(replications, 0)} pairs of runs`;
  const facts = [`against “${base.title}”`, spanOf(folder), pairs, `seed ${seed}`];
  const question = study?.question ?? variants[0]?.question ?? "";
  const [first] = variants;
  const heading =
    variants.length === 1 && first !== undefined
      ? variantHeadline(first, primary)
      : (study?.title ?? `${variants.length} variants against “${base.title}”`);
  const sections = variants.length === 1 ? PARTS : [];
  const arms = variants.length === 1 ? [] : variants;
  return html`<header>
<p class="eyebrow"><b>gridbench</b>${facts.map((text) => html`<span>${text}</span>`)}</p>
<h1>${heading}</h1>
${question === "" ? nothing : html`<p class="question">${question}</p>`}
${departures(proposal.study)}
${variants.length === 1 && first !== undefined ? tiles(first) : nothing}
${pastYears(folder)}
<nav aria-label="Parts of this page">${arms.map(
    ({ name, title }) => html`<a href="#${name}">${title}</a>`,
  )}${sections.map(([id, text]) => html`<a href="#${first?.name ?? ""}-${id}">${text}</a>`)}
<a href="#assumptions">Assumptions</a><a href="#reproduce">Reproduce</a></nav>
</header>`;
}

const PARTS = [
  ["changes", "What changes"],
  ["effects", "Effects"],
  ["winners", "Who gains, who loses"],
  ["ledger", "Who pays"],
  ["worse", "What worsens"],
  ["reverse", "What reverses it"],
  ["response", "When people respond"],
] as const;

function departures(study: ProposalFolder["proposal"]["study"]): Html {
  if (study === null || study.departures.length === 0) return nothing;
  return html`<div class="departures"><p><b>This is not the study as it was written.</b></p>
<ul>${study.departures.map((text) => html`<li>${text}</li>`)}</ul></div>`;
}

function pastYears({ manifest }: ProposalFolder): Html {
  if (manifest.warnings.length === 0) return nothing;
  return html`<div class="warnings"><p><b>Before you quote a number</b></p>
<p>Rules and inputs of several years meet in these runs (${manifest.warnings.length} notes in the
base's manifest). Read them as a what-if, not as a history.</p></div>`;
}

function variantOf(folder: ProposalFolder, variant: ProposalVariant, several: boolean): Html {
  const { primary } = folder.proposal;
  const { name, effects, guards, uncertainty } = variant;
  const first = primary.flatMap((metric) => effects.filter((effect) => effect.name === metric));
  const rest = effects.filter((effect) => !primary.includes(effect.name) && effect.n > 0);
  const moved = rest.filter(({ weight }) => weight !== "none");
  const bodies: Readonly<Record<(typeof PARTS)[number][0], Html>> = {
    changes: changeTable(variant),
    effects: html`${spokenVerdict(variant).map(
      (text, at) => html`<p class="${at === 0 ? "verdict" : "muted"}">${text}</p>`,
    )}
${effectTable(first, uncertainty)}${effectNote(variant)}${guardList(guards)}
<details class="block more"><summary>Everything else that moves
<span class="muted">${moved.length} of ${rest.length} measures</span></summary>
${moved.length === 0 ? nothing : effectTable(moved, uncertainty)}</details>`,
    winners: winners(variant),
    ledger: html`${ledgerTable(variant)}${["base", name].map((arm) =>
      marketPart(
        folder.markets.get(arm) ?? null,
        arm === "base" ? "The market in the base" : "The market in the variant",
      ),
    )}`,
    worse: worse(variant),
    reverse: html`${stressTable(variant)}${signPart(variant, folder)}`,
    response: rounds(variant, primary),
  };
  const head = several
    ? html`<div class="arm" id="${name}"><h2>${variant.title}</h2>
<p class="lead">${variantHeadline(variant, primary)}</p>${tiles(variant)}</div>`
    : nothing;
  return html`${head}${PARTS.map(
    ([id, title]) => html`<section id="${name}-${id}">
${several ? html`<h3>${title}</h3>` : html`<h2>${title}</h2>`}${bodies[id]}</section>
`,
  )}`;
}

function changeTable({ changes }: ProposalVariant): Html {
  const { values, added, removed } = changes;
  if (values.length + added.length + removed.length === 0) {
    return html`<p>Nothing: both arms are the same world.</p>`;
  }
  const happening = (text: string, now: boolean): Html => html`<tr>
<th scope="row">On the timeline</th><td class="now">${now ? text : "nothing"}</td>
<td class="then">${now ? "nothing" : text}</td></tr>`;
  return html`<div class="scroll"><table class="changes"><thead><tr><th scope="col">what</th>
<th scope="col">current value</th><th scope="col">proposed value</th></tr></thead><tbody>
${values.map(
  ({ key, base, variant, doc }) => html`<tr><th scope="row"><code>${key}</code>
<span class="doc">${doc}</span></th><td class="now">${base}</td>
<td class="then">${variant}</td></tr>
`,
)}${removed.map((text) => happening(text, true))}${added.map((text) => happening(text, false))}
</tbody></table></div>`;
}

function guardList(guards: ProposalVariant["guards"]): Html {
  if (guards.length === 0) return nothing;
  return html`<h3>Guards</h3><ul>${guards.map(
    ({ guard, result, interval }) => html`<li><code>${guard}</code>:
<span class="${result}">${result}</span>
<span class="muted">(${guardInterval(guard, interval)})</span></li>`,
  )}</ul>`;
}

function worse(variant: ProposalVariant): Html {
  const all = worsenings(variant);
  return all.length === 0
    ? html`<p>Nothing that was measured gets worse by as much as would matter.</p>`
    : html`<ul>${all.map((text) => html`<li>${text}</li>`)}</ul>`;
}

/** The two rounds side by side, or that there is but one. */
function rounds(variant: ProposalVariant, primary: readonly string[]): Html {
  const { effects, response } = variant;
  const of = (round: readonly ProposalEffect[]): readonly ProposalEffect[] =>
    primary.flatMap((name) => round.filter((effect) => effect.name === name));
  if (response === null) {
    return html`<p>Not measured: no response model. Every number above is the first round, with
behaviour frozen: nobody deploys more because it became cheaper, no farmer comes or leaves because
of it, and no voter changes their mind. A first-round effect of a price on revenue is
arithmetic.</p>`;
  }
  return html`<div class="rounds"><div class="round"><h3>Behaviour frozen</h3>
${effectTable(of(effects))}</div><div class="round"><h3>People respond</h3>
${effectTable(of(response))}</div></div>
${startsPart(variant)}`;
}

function common(folder: ProposalFolder): Html {
  const { proposal, manifest } = folder;
  const { command, commit, study, base, variants, replications, uncertainty } = proposal;
  const clean = commit?.replace("+changes", "") ?? null;
  const checkout = clean === null ? "" : `git checkout ${clean}\nnpm run build\n`;
  const hashes = [
    ["base", base.file, base.hash] as const,
    ...variants.map(({ name, file, hash }) => [name, file, hash] as const),
    ...(study === null ? [] : [["study", study.file, study.hash] as const]),
  ];
  return html`<section id="assumptions"><h2>What it rests on</h2>
<p>The rules are those of the chain, to the last unit; demand, failures and prices are supposed.
The intervals ${uncertainty === null ? nothing : "by chance "}hold the play of chance within that,
over ${grouped(replications, 0)} pairs, and say nothing of how good it is.</p>
${uncertainty === null ? doubts({ manifest }, 8) : html`<p>${signNote(folder)}</p>`}</section>
<section id="reproduce"><h2>Reproduce</h2>
<pre class="command"><code>${checkout}${command}</code></pre>
${commit === clean ? nothing : html`<p><b>The code had changes beyond that commit.</b></p>`}
<div class="scroll"><table class="facts"><tbody>${hashes.map(
    ([name, file, hash]) => html`<tr><th scope="row">${name}</th><td>${file}
<code class="hash">${hash.slice(0, 16)}</code></td></tr>`,
  )}</tbody></table></div>
<p>The same version, scenarios and seed give the same bytes of <code>comparison.json</code>. All
measures of both arms stand there; each farm's own line is in <code>farms.csv</code>, and
<code>--farm NUMBER</code> prints it. ${titleOf("farmer.income_usd")} is mint and users' payments
together, in USD at the market's price.</p></section>`;
}
