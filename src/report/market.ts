/**
 * The market of a run whose price its own trades made: who bought and sold, above all how much the
 * buyers are assumed to bring, who holds the tokens at the end, and what farms could not pay.
 */
import { type Html, html, nothing, valueTable } from "./html.ts";
import type { MarketNote } from "./market-folder.ts";
import { grouped } from "./number.ts";
import { signedAmount } from "./proposal-number.ts";

const NAMES: Readonly<Record<string, string>> = {
  farmers: "farmers, for power, lines and hardware",
  stakers: "staking pool",
  treasury: "foundation",
  users: "users, for what they bring onto the chain",
  buyers: "other buyers, as assumed",
  buyback: "treasury, to burn",
};

/** The heads of `flowRows`. */
export const FLOW_HEADS = ["who", "TFT a month", "USD a month", "95 % interval, USD"] as const;

/** Who received what in a month, a row each. */
export const flowRows = ({ flows }: MarketNote): readonly (readonly string[])[] =>
  flows.map(({ who, tft, usd }) => [
    NAMES[who] ?? who,
    signedAmount(tft.mean, 0, ""),
    signedAmount(usd.mean, 2, ""),
    usd.ci95 === null ? "" : usd.ci95.map((end) => signedAmount(end, 2, "")).join(" to "),
  ]);

/** One sentence on the flow that the price hangs on. */
export function buyerText({ flows, unpaid }: MarketNote): string {
  const bought = flows.filter(({ usd }) => usd.mean < 0);
  const brought = bought.reduce((sum, { usd }) => sum - usd.mean, 0);
  const others = flows.find(({ who }) => who === "buyers");
  const assumed = others === undefined ? 0 : -others.usd.mean;
  return (
    `All buyers together bring ${grouped(brought, 2)} USD a month, of which ` +
    `${grouped(assumed, 2)} USD are those of buyers that are put down by hand: ` +
    "they are an assumption, and most of the answer. " +
    `Farms owe ${grouped(unpaid.mean, 2)} USD of costs at the end.`
  );
}

/** The part of a page on the pool; nothing where there was none. */
export function marketPart(note: MarketNote | null, heading: string): Html {
  if (note === null) return nothing;
  return html`<h3>${heading}</h3>
<p><b>A stress test, not a forecast:</b> here the trades of the run itself make the price, in a pool
of tokens and dollars. ${buyerText(note)}</p>${valueTable(FLOW_HEADS, flowRows(note))}
<details class="block more"><summary>Who holds the tokens at the end</summary>${valueTable(
    ["who", "TFT"],
    note.holders.map(({ who, tft }) => [who, signedAmount(tft.mean, 2, "")]),
  )}</details>
<p class="muted small">Means over ${note.replications} runs; above zero what was received.</p>`;
}
