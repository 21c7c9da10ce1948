/**
 * Who gains and who loses: farms and users by what one can see of them.
 */
import { type Html, html, nothing } from "./html.ts";
import { grouped } from "./number.ts";
import type { ProposalGroup, ProposalVariant } from "./proposal-folder.ts";
import { signedAmount } from "./proposal-number.ts";
import { differenceText, divisionText, titleOf } from "./proposal-text.ts";

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
