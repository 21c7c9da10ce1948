/**
 * Money in pictures: what is minted, what users pay, and who gets a user's payment.
 */
import { overTime, samplesOf, wholeMonths } from "./band.ts";
import { type Chart, CONFIG, WIDE } from "./chart.ts";
import { courseChart } from "./course.ts";
import type { Folder } from "./folder.ts";
import { type Estimate, grouped } from "./number.ts";
import { tone } from "./palette.ts";
import { list, short } from "./plot.ts";

/** The mean of a month of a metric, over months and replications; null where not measured. */
export const monthly = (folder: Folder, metric: string): Estimate | null =>
  overTime(wholeMonths(samplesOf(folder, metric)));

/** What users pay, as a share of what is minted; null where either is not measured. */
export function paidOfMinted(folder: Folder): number | null {
  const minted = monthly(folder, "mint.tft");
  const paid = monthly(folder, "billing.charged_tft");
  if (minted === null || paid === null || !(minted.mean > 0)) return null;
  return paid.mean / minted.mean;
}

/** Minted, paid, the split, and what both are worth. */
export function moneyCharts(folder: Folder): readonly Chart[] {
  return [
    month(folder, "mint.tft", "minted to farmers"),
    month(folder, "billing.charged_tft", "paid by users"),
    split(folder),
    month(folder, "mint.carbon_tft", "minted for carbon"),
    month(folder, "mint.usd", "minted, in USD"),
    month(folder, "user.spend_usd", "paid by users, in USD"),
    price(folder),
  ].filter((chart) => chart !== null);
}

const month = (folder: Folder, metric: string, words: string): Chart | null =>
  courseChart(folder, {
    metric,
    title: (mean) => `${mean} a month ${words}`.replace(", in USD", ""),
    axis: words,
    caption: "By minting period of 30.45 days.",
    by: "month",
    zero: true,
  });

const price = (folder: Folder): Chart | null =>
  courseChart(folder, {
    metric: "token.price_usd",
    title: (mean) => `A TFT is worth ${mean} on average`,
    axis: "price of a TFT",
    caption: "The price that the chain is fed: an assumption of the scenario, not a finding.",
    by: "day",
    zero: true,
    half: false,
    height: 150,
  });

const PARTIES = [
  { metric: "split.farmer_tft", party: "Farmers", colour: "accent", text: "paper" },
  { metric: "split.foundation_tft", party: "Foundation", colour: "middle", text: "ink" },
  { metric: "split.staking_tft", party: "Staking", colour: "pale", text: "ink" },
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
  const reached = grouped((farmers.amount / total) * 100, 1);
  const title = `Of 100 TFT a user pays, ${reached} reach the farmer`;
  const told = rows.map(({ party, share }) => `${party} ${grouped(share, 1)} %`).join(", ");
  return {
    id: "payment-split",
    title,
    caption:
      "Users' payments of an average month, by who receives them in that month under the policy " +
      "of the run.",
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
