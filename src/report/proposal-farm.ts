/**
 * Who gains and who loses: farms and users by what one can see of them.
 */
import { type Html, html, nothing } from "./html.ts";
import { grouped } from "./number.ts";
import type { ProposalGroup, ProposalVariant } from "./proposal-folder.ts";
import { differenceText, divisionText, signedAmount, titleOf } from "./proposal-text.ts";

interface Tally {
  readonly better: number;
  readonly within: number;
  readonly worse: number;
}

const CLASSES = [
  ["better", "better off"],
  ["within", "too little to matter"],
  ["worse", "worse off"],
] as const;

/** What divides the farms in the open; the rest unfolds. */
const FIRST = ["farm.type", "farm.size", "farm.income_group"];

/** The part of the page on winners and losers. */
export function winners(variant: ProposalVariant): Html {
  const { farms, groups } = variant;
  if (farms === null) {
    return html`<p>Not measured: it needs a whole minting period, and runs of one fleet
(<code>--no-farms</code> leaves them out).</p>`;
  }
  const all = farms.better + farms.within + farms.worse;
  const node = signedAmount(farms.perNode, 2, "USD");
  const users = groups.filter(({ by }) => by.startsWith("user."));
  const still = [...new Set(users.map(({ metric }) => metric))].filter((metric) =>
    users.every((group) => group.metric !== metric || group.better + group.worse === 0),
  );
  return html`<p>Each of ${grouped(all, 0)} farms by its own mean difference over
${farms.replications} runs of one and the same fleet. On average a node earns ${node} a month;
less than ${farms.smallest} USD a node and month is taken to matter to nobody.</p>
${bar(farms, true)}
<ul class="counts">${CLASSES.map(
    ([name, words]) => html`<li><span class="key s-${name}"></span><b>${grouped(farms[name], 0)}</b>
<span class="muted">${words}</span></li>`,
  )}</ul>
${groupTable(
  groups.filter(({ by }) => FIRST.includes(by)),
  "farms",
)}
<details class="block more"><summary>By machine and by age</summary>
${groupTable(
  groups.filter(({ by }) => by.startsWith("farm.") && !FIRST.includes(by)),
  "farms",
)}</details>
<h3>Users, by workload</h3>
${groupTable(
  users.filter((group) => !still.includes(group.metric)),
  "users",
)}
${
  still.length === 0
    ? nothing
    : html`<p class="muted">No change that matters to any user: ${still
        .map((metric) => titleOf(metric).toLowerCase())
        .join(", ")}.</p>`
}`;
}

function bar(tally: Tally, tall = false): Html {
  const all = Math.max(1, tally.better + tally.within + tally.worse);
  const label = CLASSES.map(([name, words]) => `${tally[name]} ${words}`).join(", ");
  return html`<div class="standing${tall ? " tall" : ""}" role="img" aria-label="${label}">
${CLASSES.filter(([name]) => tally[name] > 0).map(
  ([name]) =>
    html`<span class="s-${name}" style="width:${((tally[name] / all) * 100).toFixed(2)}%"></span>`,
)}</div>`;
}

/** Groups under the heading of what divides them, with a bar each. */
function groupTable(groups: readonly ProposalGroup[], who: string): Html {
  if (groups.length === 0) return html`<p class="muted">None.</p>`;
  const headOf = ({ by, metric }: ProposalGroup): string =>
    by.startsWith("farm.") ? `By ${divisionText(by)}` : titleOf(metric);
  const heads = [...new Set(groups.map(headOf))];
  return html`<div class="scroll"><table class="group-table"><thead><tr><th scope="col">group</th>
<th scope="col" class="number">${who}</th><th scope="col" class="number">mean change</th>
<th scope="col">better, no matter, worse</th></tr></thead>
${heads.map(
  (head) => html`<tbody><tr class="group"><th scope="rowgroup" colspan="4">${head}</th></tr>
${groups.filter((group) => headOf(group) === head).map(rowOf)}</tbody>`,
)}</table></div>`;
}

function rowOf(group: ProposalGroup): Html {
  const { better, within, worse, metric, difference } = group;
  const all = better + within + worse;
  const unit = metric === "farmer.income_usd" || metric === "user.spend_usd" ? "USD" : "1";
  const told =
    unit === "USD"
      ? signedAmount(difference, 2, "USD a month")
      : differenceText(shareOf(metric), difference);
  return html`<tr><th scope="row">${group.group}</th><td class="number">${grouped(all, 0)}</td>
<td class="number">${told}</td>
<td class="bar">${all === 0 ? nothing : bar(group)}</td></tr>
`;
}

/** An effect with nothing but its name, to write a difference of shares by. */
const shareOf = (name: string): Parameters<typeof differenceText>[0] => ({
  name,
  unit: "1",
  base: null,
  variant: null,
  n: 0,
  difference: null,
  ci95: null,
  bootstrap95: null,
  simultaneous95: null,
  p: null,
  pAdjusted: null,
  relative: null,
  relative95: null,
  varianceReduction: null,
  identity: null,
  smallest: { size: null, text: "" },
  weight: "none",
});

/** The part of the page on who pays whom. */
export function ledgerTable({ ledger, effects }: ProposalVariant): Html {
  const { lines, connectionPrice, sum } = ledger;
  const shown = lines.filter(({ base, variant, difference }) => base + variant + difference !== 0);
  return html`<div class="scroll"><table class="ledger"><thead><tr><th scope="col">who</th>
<th scope="col" class="number">base, TFT</th><th scope="col" class="number">change, TFT</th>
<th scope="col" class="number">95 % interval</th>
<th scope="col" class="number">USD on the market</th>
<th scope="col" class="number">USD at ${connectionPrice} a TFT</th></tr></thead><tbody>
${shown.map(
  (line) => html`<tr><th scope="row">${line.line}</th>
<td class="number">${amount(line.base)}</td>
<td class="number strong">${signed(line.difference)}</td>
<td class="number">${
    line.ci95 === null || line.difference === 0
      ? ""
      : `${signed(line.ci95[0])} to ${signed(line.ci95[1])}`
  }</td>
<td class="number">${signed(line.usd)}</td><td class="number">${signed(line.usdAtConnection)}</td>
</tr>
`,
)}
<tr class="sum"><th scope="row">sum of the changes, exact</th><td></td>
<td class="number">${sum}</td><td></td><td></td><td></td></tr></tbody></table></div>
<p class="muted small">Means of a run. What one party gains another gives, to the last unit of
1e-7 TFT. New tokens are given by all who hold old ones. The market's price is that of the moment;
the other is the price at which nodes connect. ${costs(effects)}</p>`;
}

function costs(effects: ProposalVariant["effects"]): string {
  const still = ["node.count", "node.online"].every(
    (name) => effects.find((effect) => effect.name === name)?.weight === "none",
  );
  return still
    ? "The fleet is the same in both arms, node by node and hour by hour, and so are its power, " +
        "lines and hardware: the farmers' change is net of them."
    : "The fleet differs between the arms. What power, lines and hardware cost is not measured: " +
        "no assumption says it.";
}

const amount = (value: number): string => grouped(value, Math.abs(value) < 100 ? 2 : 0);
const signed = (value: number): string =>
  value === 0 ? "0" : signedAmount(value, Math.abs(value) < 100 ? 2 : 0, "");
