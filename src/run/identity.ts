/**
 * Identities: differences that follow from accounting, and tell nothing that was not put in.
 *
 * A finding could have come out otherwise. That half of what is charged goes to farmers could not,
 * and while nobody responds, neither could what a price does to revenue.
 */

/** Metrics that are another one times a share, a price, or a sum of it with what stands still. */
const DERIVED: readonly (readonly [metric: string, because: string])[] = [
  ["split.farmer_tft", "a share of what is charged"],
  ["split.foundation_tft", "a share of what is charged"],
  ["split.staking_tft", "a share of what is charged"],
  ["split.sales_tft", "a share of what is charged"],
  ["token.burned_tft", "a share of what is charged"],
  ["user.spend_usd", "what is charged, at the price of the token"],
  ["mint.usd", "what is minted, at the price of the token"],
  ["token.supply_tft", "what there was, and what is minted, less what is burned"],
];

const INCOMES = [
  "farmer.income_usd",
  "farmer.income_usd.p10",
  "farmer.income_usd.median",
  "farmer.income_usd.p90",
  "farmer.gini",
];

/** What a change of these keys alone does to these metrics while behaviour is frozen. */
const DIRECT: readonly {
  /** Where all that differs begins with one of these, and something with `needs`. */
  readonly keys: readonly string[];
  readonly needs: string;
  readonly metrics: readonly string[];
  readonly because: string;
}[] = [
  {
    keys: ["policy.pricing.", "policy.discount.", "policy.split."],
    needs: "policy.",
    metrics: ["billing.charged_tft", ...INCOMES],
    because: "the price list and shares, times a demand that is frozen",
  },
  {
    keys: [
      "policy.farming.diy",
      "policy.farming.certified",
      "policy.farming.connectionPrice",
      "policy.pricing.",
      "policy.discount.",
      "policy.split.",
    ],
    needs: "policy.farming.",
    metrics: ["mint.tft", ...INCOMES],
    because: "the new rates for a fleet that is frozen",
  },
];

/**
 * Why a difference follows from accounting, in a few words, or null where it is a finding. `keys`
 * are those in which the two arms differ, and `proportional` says that all pairs changed alike.
 */
export function identityOf(
  metric: string,
  keys: readonly string[],
  { proportional, frozen }: { readonly proportional: boolean; readonly frozen: boolean },
): string | null {
  const derived = DERIVED.find(([name]) => name === metric);
  if (derived !== undefined) return derived[1];
  if (frozen && keys.length > 0) {
    const direct = DIRECT.find(
      (rule) =>
        rule.metrics.includes(metric) &&
        keys.some((key) => key.startsWith(rule.needs)) &&
        keys.every((key) => rule.keys.some((beginning) => key.startsWith(beginning))),
    );
    if (direct !== undefined) return direct.because;
  }
  return proportional ? "every pair of runs changes by the same factor" : null;
}
