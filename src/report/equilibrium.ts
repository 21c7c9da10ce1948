/**
 * The part of a comparison's page on other starts: whether a world in which people respond comes to
 * the same end from all of them, and whether the effect keeps its sign.
 */
import { type Html, html, nothing, valueTable } from "./html.ts";
import { grouped } from "./number.ts";
import type { ProposalEffect, ProposalVariant } from "./proposal-folder.ts";
import { percentInterval, signedPercent } from "./proposal-number.ts";
import { titleOf } from "./proposal-text.ts";

type Equilibrium = ProposalVariant["equilibria"][number];

const LEVELS: Readonly<Record<string, string>> = {
  "contract.live": "contracts",
  "node.count": "nodes",
  "token.price_usd": "USD a TFT",
};

/** What was found from other starts; nothing where nobody responds. */
export function startsPart(variant: ProposalVariant): Html {
  const { equilibria, starts } = variant;
  if (starts.length === 0) return nothing;
  const levels = equilibria.length === 0 ? nothing : valueTable(LEVEL_HEADS, levelRows(equilibria));
  return html`<h3>From other starts</h3>
<p>The responding world was run from ${starts.length + 1} starts, with more and with less in use
than its arrivals sustain. ${multiplicityText(variant)}</p>
${levels}${effectTable(variant)}`;
}

/** One sentence on how many ends there are. */
export function multiplicityText({ equilibria }: ProposalVariant): string {
  const of = (reading: Equilibrium["reading"]): string =>
    [...new Set(equilibria.filter((each) => each.reading === reading).map(nameOf))].join(", ");
  const apart = of("apart");
  const approaching = of("approaching");
  const told = [
    of("unknown") === "" ? "" : "One replication has no interval, so nothing is said of the ends.",
    apart === ""
      ? ""
      : `The ends are apart (${apart}): there may be several equilibria, or the run is too short.`,
    approaching === "" ? "" : `Still on the way to each other at the end: ${approaching}.`,
    of("agree") === ""
      ? ""
      : `The ends agree, as far as the intervals of their paired differences tell: ${of("agree")}.`,
  ].filter((text) => text !== "");
  return told.length === 0 ? "Nothing that is followed differs between them." : told.join(" ");
}

const nameOf = ({ arm, measure }: Equilibrium): string =>
  `${LEVELS[measure] ?? measure} in the ${arm}`;

/** What the levels were and became, a row a start; cells for Markdown and page alike. */
export const levelRows = (equilibria: readonly Equilibrium[]): readonly (readonly string[])[] =>
  equilibria.flatMap((each) =>
    each.starts.map(({ factor, first, last, ci95 }) => [
      nameOf(each),
      `${factor} times`,
      level(first),
      level(last),
      ci95 === null ? "" : `${level(ci95[0])} to ${level(ci95[1])}`,
      `${(each.apartAtFirst * 100).toFixed(1)} % to ${(each.apartAtLast * 100).toFixed(1)} %`,
    ]),
  );

/** The heads of those rows. */
export const LEVEL_HEADS = [
  "what",
  "start",
  "first week",
  "last week",
  "95 % interval",
  "apart, first to last",
] as const;

const level = (value: number): string =>
  Math.abs(value) >= 100 ? grouped(value, 1) : value.toPrecision(4);

function effectTable({ starts, response }: ProposalVariant): Html {
  const names = starts[0]?.effects.map(({ name }) => name) ?? [];
  const own = names.flatMap((name) => (response ?? []).filter((effect) => effect.name === name));
  const cell = (effect: ProposalEffect): Html =>
    effect.weight === "none" || effect.relative === null
      ? html`<td>0</td>`
      : html`<td>${signedPercent(effect.relative)}
<span class="doc">${percentInterval(effect.relative95)}</span></td>`;
  const row = (head: string, effects: readonly ProposalEffect[]): Html => html`<tr>
<th scope="row">${head}</th>${effects.map(cell)}</tr>
`;
  return html`<div class="scroll"><table class="values"><thead><tr>
<th scope="col">effect from</th>${names.map(
    (name) => html`<th scope="col">${titleOf(name)}</th>`,
  )}</tr></thead><tbody>
${row("its own start", own)}${starts.map(({ factor, effects }) =>
  row(`${factor} times as much`, effects),
)}</tbody></table></div>`;
}
