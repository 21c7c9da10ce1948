/**
 * The part of a comparison's page on who pays whom, in tokens and in dollars net of costs.
 */
import { type Html, html } from "./html.ts";
import { grouped } from "./number.ts";
import type { ProposalVariant } from "./proposal-folder.ts";
import { signedAmount } from "./proposal-number.ts";

type Net = ProposalVariant["ledger"]["net"];

/** The table of who pays, and what is left to farmers when their costs are paid. */
export function ledgerTable({ ledger, effects }: ProposalVariant): Html {
  const { lines, connectionPrice, sum, sumUsd, net, netAtConnection } = ledger;
  const shown = lines.filter(
    ({ base, variant, difference, cost }) =>
      base !== 0 || variant !== 0 || difference !== 0 || cost !== "0",
  );
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
<td class="number">${sum}</td><td></td><td class="number">${sumUsd}</td><td></td></tr>
</tbody></table></div>
<p><b>All farmers, net of power, lines and hardware:</b> ${netText(net)} with the token on the
market; ${netText(netAtConnection)} with it at the price of connection.</p>
<p class="muted small">Means of a run. What one party gains another gives, to the last unit of
1e-7 TFT and of 1e-7 USD. New tokens are given by all who hold old ones. The market's price is that
of the moment; the other is the price at which nodes connect. Power, lines and hardware are paid in
dollars, and cost the same at either price: they are assumptions (A-72, A-80).
${costs(effects)}</p>`;
}

/** What farmers were left with in the base, and how that changes. */
export function netText({ base, difference, ci95 }: Net): string {
  const spread =
    ci95 === null || difference === 0 ? "" : ` (95 %: ${signed(ci95[0])} to ${signed(ci95[1])})`;
  const change = difference === 0 ? "no change" : `a change of ${signed(difference)} USD${spread}`;
  return `${signed(base)} USD a run, and ${change}`;
}

function costs(effects: ProposalVariant["effects"]): string {
  const still = ["node.count", "node.online"].every(
    (name) => effects.find((effect) => effect.name === name)?.weight === "none",
  );
  return still
    ? "The fleet is the same in both arms, node by node and hour by hour, and so are its costs."
    : "The fleet differs between the arms, and so do its costs.";
}

const amount = (value: number): string => grouped(value, Math.abs(value) < 100 ? 2 : 0);
const signed = (value: number): string =>
  value === 0 ? "0" : signedAmount(value, Math.abs(value) < 100 ? 2 : 0, "");
