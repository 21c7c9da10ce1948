/**
 * Billing: what users were charged, and who received it.
 */
import { UNITS_PER_TOKEN } from "../units/index.ts";
import { closing } from "../world/chain.ts";
import type { Closing, World } from "../world/state.ts";
import type { MetricGroup, Sight, Telling, Watcher } from "./metric.ts";

/** The metrics of bills and of the split of what they collect. */
export const billingMetrics: MetricGroup = {
  entries: [
    {
      name: "billing.charged_tft",
      unit: "TFT",
      doc: "Taken from users' accounts for contracts, over the run.",
    },
    {
      name: "billing.overdraft_tft",
      unit: "TFT",
      doc: "Owed by contracts and never paid, given up when they ended, over the run.",
    },
    {
      name: "split.farmer_tft",
      unit: "TFT",
      doc: "Paid out to farmers of what users were charged.",
    },
    { name: "split.foundation_tft", unit: "TFT", doc: "Paid out to the foundation of it." },
    { name: "split.staking_tft", unit: "TFT", doc: "Paid out to the staking pool of it." },
    {
      name: "split.sales_tft",
      unit: "TFT",
      doc: "Paid out for sales of it; none under the reserve based rules.",
    },
    {
      name: "token.burned_tft",
      unit: "TFT",
      doc: "Destroyed of what users were charged; none under the reserve based rules.",
    },
    {
      name: "user.spend_usd",
      unit: "USD",
      doc: "Worth on the market of what users were charged, each bill at its own hour's price.",
    },
  ],
  watch: () => new BillingWatcher(),
};

const NAMES = [
  ["billing.charged_tft", "charged"],
  ["billing.overdraft_tft", "forgiven"],
  ["split.farmer_tft", "farmers"],
  ["split.foundation_tft", "foundation"],
  ["split.staking_tft", "staking"],
  ["split.sales_tft", "sales"],
  ["token.burned_tft", "burned"],
] as const;

class BillingWatcher implements Watcher {
  #end: Closing | null = null;

  end({ world, until }: Sight): void {
    this.#end = closing(world, until);
  }

  tell({ world }: Sight, telling: Telling): void {
    if (this.#end === null) return;
    for (const [name, field] of NAMES) telling.amount(name, this.#end[field]);
    const months = monthsOf(world, this.#end);
    const seconds = months.map(({ second }) => second);
    for (const [name, field] of NAMES) {
      const values = months.map((month) => Number(month[field]) / UNITS_PER_TOKEN);
      telling.over(name, "", seconds, values);
    }
    const spend = months.map(({ spent }) => spent);
    telling.value(
      "user.spend_usd",
      spend.reduce((sum, month) => sum + month, 0),
    );
    telling.over("user.spend_usd", "", seconds, spend);
  }
}

/** What each period moved, and the rest of the run after the last whole one. */
function monthsOf(world: World, end: Closing): readonly Closing[] {
  const closings = world.closings.filter(({ second }) => second < end.second);
  let before: Closing = {
    ...end,
    charged: 0n,
    forgiven: 0n,
    farmers: 0n,
    foundation: 0n,
    staking: 0n,
    sales: 0n,
    burned: 0n,
  };
  const months: Closing[] = [];
  for (const now of [...closings, end]) {
    months.push({
      ...now,
      charged: now.charged - before.charged,
      forgiven: now.forgiven - before.forgiven,
      farmers: now.farmers - before.farmers,
      foundation: now.foundation - before.foundation,
      staking: now.staking - before.staking,
      sales: now.sales - before.sales,
      burned: now.burned - before.burned,
    });
    before = now;
  }
  return months;
}
