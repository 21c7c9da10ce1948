/**
 * Wallets: when a user fills the account that pays, and how far.
 *
 * The chain's discount grows with the months a balance covers, so users are of five habits: one
 * that pays as it goes and one for each discount level. A habit keeps at least its floor of months
 * and fills up to its ceiling when it looks; how often it looks decides who runs dry. What is left
 * over when something has ended, it takes back at the next look.
 */
import { type Distribution, discrete, exp } from "../kernel/index.ts";
import { block, type Values } from "../units/index.ts";

/** Declared assumptions on wallets. */
export const walletBlock = block("assumptions.wallet", "When and how far users fund themselves.", {
  habits: {
    kind: "numbers",
    default: [0.4, 0.15, 0.15, 0.15, 0.15],
    bounds: [0, 1],
    varies: ["country"],
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "A-50",
    doc: "Shares of users that aim at no, the default, bronze, silver and gold discount.",
  },
  floors: {
    kind: "numbers",
    default: [0.5, 1.6, 3.1, 6.2, 18.5],
    bounds: [0, 120],
    varies: ["country"],
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "A-50",
    doc: "Months of cost below which each habit fills its wallet.",
  },
  ceilings: {
    kind: "numbers",
    default: [1.2, 3, 5, 9, 24],
    bounds: [0, 240],
    varies: ["country"],
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "A-50",
    doc: "Months of cost up to which each habit fills its wallet.",
  },
  look: {
    kind: "duration",
    default: "7 d",
    bounds: ["1 h", "365 d"],
    varies: ["country", "user", "time"],
    range: ["2 d", "14 d"],
    quality: "estimate",
    date: "2023-04",
    source: "A-51",
    doc: "Mean time between two looks of a careful user at the wallet.",
  },
  lookCareless: {
    kind: "duration",
    default: "45 d",
    bounds: ["1 h", "3650 d"],
    varies: ["country", "user", "time"],
    range: ["20 d", "90 d"],
    quality: "estimate",
    date: "2023-04",
    source: "A-51",
    doc: "Mean time between two looks of a careless user at the wallet.",
  },
  careless: {
    kind: "share",
    default: "8 %",
    bounds: ["0 %", "100 %"],
    varies: ["country"],
    range: ["2 %", "20 %"],
    quality: "estimate",
    date: "2023-04",
    source: "A-51",
    doc: "Users that rarely look at their wallet.",
  },
});

type Wallets = Values<typeof walletBlock>;

/** Which habit a user has, by one uniform. */
export const habitLaw = (values: Wallets): Distribution =>
  discrete(
    values.habits.map((_, at) => at),
    values.habits,
  );

/**
 * How often a second a user of a habit runs dry for good: the wallet falls from ceiling to floor,
 * and nobody looks until it is empty and `grace` is over.
 *
 * `look` is the mean time between two looks in seconds; `paid` is the share of the undiscounted
 * cost that the habit pays; it stretches the months.
 */
export function dryHazard(
  values: Wallets,
  user: { readonly habit: number; readonly look: number; readonly paid: number },
  grace: number,
): number {
  const { look } = user;
  const down = ((values.ceilings[user.habit] - values.floors[user.habit]) / user.paid) * MONTH;
  const last = (values.floors[user.habit] / user.paid) * MONTH + grace;
  return exp(-last / look) / (down + look);
}

const MONTH = 30 * 86_400;
