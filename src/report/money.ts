/**
 * Money in pictures: what is minted, what users pay, and who gets a user's payment.
 */
import { band, overTime, samplesOf } from "./band.ts";
import { type Chart, CONFIG, WIDE } from "./chart.ts";
import type { Folder } from "./folder.ts";
import { type Estimate, grouped, intervalText, meanText, roundText, styleOf } from "./number.ts";
import { tone } from "./palette.ts";
import { list, short, timePlot, timeTable } from "./plot.ts";
import { unitOf } from "./registry.ts";

/** The mean of a month of a metric, over months and replications; null where not measured. */
export const monthly = (folder: Folder, metric: string): Estimate | null =>
  overTime(samplesOf(folder, metric));

/** What users pay, as a share of what is minted; null where either is not measured. */
export function paidOfMinted(folder: Folder): number | null {
  const minted = monthly(folder, "mint.tft");
  const paid = monthly(folder, "billing.charged_tft");
  if (minted === null || paid === null || !(minted.mean > 0)) return null;
  return paid.mean / minted.mean;
}

/** Minted, paid, the price, and the split. */
export function moneyCharts(folder: Folder): readonly Chart[] {
  return [
    byMonth(folder, "mint.tft", "minted to farmers", "mint-tft"),
    byMonth(folder, "billing.charged_tft", "paid by users", "billing-tft"),
    split(folder),
    byMonth(folder, "mint.usd", "worth of the mint", "mint-usd"),
    byMonth(folder, "user.spend_usd", "worth of what users pay", "user-usd"),
    paidShare(folder),
    price(folder),
  ].filter((chart) => chart !== null);
}

function byMonth(folder: Folder, metric: string, words: string, id: string): Chart | null {
  const mean = monthly(folder, metric);
  if (mean === null) return null;
  const style = styleOf(metric, unitOf(folder, metric));
  const points = band(samplesOf(folder, metric));
  const title = `${roundText(mean, style)} a month ${words}`;
  return {
    id,
    title,
    caption: `By minting period of 30.4 days. Line: mean of the replications; band: nine in ten of them.`,
    alt: `Line chart with ${points.length} months, ${words}. ${title} (95 % interval ${intervalText(mean, style)}).`,
    picture: {
      kind: "plot",
      spec: timePlot({
        points,
        style,
        axis: `${words} (${style.unit} a month)`,
        half: true,
        zero: true,
        marked: true,
      }),
    },
    table: timeTable(points, style, words),
    half: true,
  };
}

function paidShare(folder: Folder): Chart | null {
  const samples = samplesOf(folder, "mint.paid_share");
  const mean = overTime(samples);
  if (mean === null) return null;
  const style = styleOf("mint.paid_share", "1");
  const points = band(samples);
  const title = `${meanText(mean, style)} of nodes pass the uptime rule and are paid`;
  return {
    id: "mint-paid-share",
    title,
    caption: "Share of nodes that are paid for a minting period. The axis does not begin at zero.",
    alt: `Line chart by month. ${title}.`,
    picture: {
      kind: "plot",
      spec: timePlot({
        points,
        style,
        axis: "nodes paid (% of nodes)",
        half: true,
        zero: false,
        marked: true,
      }),
    },
    table: timeTable(points, style, "nodes paid"),
    half: true,
  };
}

function price(folder: Folder): Chart | null {
  const samples = samplesOf(folder, "token.price_usd");
  const mean = overTime(samples);
  if (mean === null) return null;
  const style = { scale: 1, unit: "USD" };
  const points = band(samples);
  const title = `A TFT is worth ${meanText(mean, style)} on average`;
  return {
    id: "token-price",
    title,
    caption: "The price that the chain is fed: an assumption of the scenario, not a finding.",
    alt: `Line chart of the token price. ${title}.`,
    picture: {
      kind: "plot",
      spec: timePlot({ points, style, axis: "price of a TFT (USD)", half: true, zero: true }),
    },
    table: timeTable(points, style, "price"),
    half: true,
  };
}

const PARTIES = [
  { metric: "split.farmer_tft", party: "Farmers", colour: "accent", text: "paper" },
  { metric: "split.foundation_tft", party: "Foundation", colour: "middle", text: "ink" },
  { metric: "split.staking_tft", party: "Staking pool", colour: "pale", text: "ink" },
] as const;

interface Part {
  readonly party: string;
  readonly colour: string;
  readonly text: string;
  readonly amount: number;
}

function parts(folder: Folder): readonly Part[] {
  const found: Part[] = [];
  for (const { metric, party, colour, text } of PARTIES) {
    const mean = monthly(folder, metric);
    if (mean !== null)
      found.push({ party, colour: tone(colour), text: tone(text), amount: mean.mean });
  }
  const charged = monthly(folder, "billing.charged_tft");
  const known = found.reduce((sum, { amount }) => sum + amount, 0);
  const rest = charged === null || found.length === 0 ? 0 : charged.mean - known;
  if (charged !== null && rest > 0.002 * charged.mean) {
    found.push({
      party: "Locked or elsewhere",
      colour: tone("line"),
      text: tone("ink"),
      amount: rest,
    });
  }
  return found;
}

function split(folder: Folder): Chart | null {
  const shared = parts(folder);
  const total = shared.reduce((sum, { amount }) => sum + amount, 0);
  const farmers = shared.find(({ party }) => party === "Farmers");
  if (!(total > 0) || farmers === undefined) return null;
  let from = 0;
  const rows = shared.map((part) => {
    const share = (part.amount / total) * 100;
    const row = {
      ...part,
      from: short(from),
      to: short(from + share),
      share: short(share),
      amount: short(part.amount),
    };
    from += share;
    return row;
  });
  const title = `Of 100 TFT a user pays, ${grouped((farmers.amount / total) * 100, 1)} reach the farmer`;
  const told = rows.map(({ party, share }) => `${party} ${grouped(share, 1)} %`).join(", ");
  return {
    id: "payment-split",
    title,
    caption:
      "Users' payments of an average month, by who receives them in that month under the policy of the run.",
    alt: `Stacked bar. ${told}.`,
    picture: { kind: "plot", spec: splitPlot(rows) },
    table: {
      heads: ["receiver", "TFT a month", "share (%)"],
      rows: rows.map(({ party, amount, share }) => [party, grouped(amount, 0), grouped(share, 1)]),
    },
  };
}

function splitPlot(
  rows: readonly (Part & { readonly from: number; readonly to: number; readonly share: number })[],
): Extract<Chart["picture"], { kind: "plot" }>["spec"] {
  const x = {
    field: "from",
    type: "quantitative",
    title: "share of users' payments (%)",
    scale: { domain: list(0, 100), nice: false },
  } as const;
  const words = (dy: number, field: string, bold: boolean) =>
    ({
      mark: {
        type: "text",
        align: "left",
        dx: 8,
        dy,
        fontSize: 13,
        fontWeight: bold ? "bold" : "normal",
      },
      transform: list({ filter: "datum.share >= 7" }),
      encoding: {
        x,
        text: { field, type: "nominal" },
        color: { field: "text", type: "nominal", scale: null },
      },
    }) as const;
  return {
    width: WIDE,
    height: 74,
    autosize: { type: "fit-x", contains: "padding" },
    config: CONFIG,
    data: { values: rows.map((row) => ({ ...row, percent: `${grouped(row.share, 1)} %` })) },
    layer: [
      {
        mark: { type: "bar", height: 66, stroke: tone("paper"), strokeWidth: 1 },
        encoding: {
          x,
          x2: { field: "to" },
          color: { field: "colour", type: "nominal", scale: null },
          tooltip: [
            { field: "party", type: "nominal", title: "receiver" },
            { field: "share", type: "quantitative", title: "share (%)", format: ".2f" },
            { field: "amount", type: "quantitative", title: "TFT a month", format: ",.0f" },
          ],
        },
      },
      words(-9, "party", true),
      words(10, "percent", false),
    ],
  };
}
