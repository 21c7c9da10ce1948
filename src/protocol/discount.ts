/**
 * Discount: what a user who keeps many months of cost on the account pays less.
 *
 * Lifecycle: judged anew for every contract at every bill, on the undiscounted amount.
 * Source: tfchain 33046d6, pallet-smart-contract/src/cost.rs, `calculate_discount_tft`, and
 * pallet-smart-contract/src/types.rs, `DiscountLevel`; the certified surcharge is charged since
 * spec 152 (ADR 0023).
 * Quirks: the balance is measured against this one contract, not against all of the account's;
 * 0.7 and 0.6 are stored a little low, so 5 at Bronze is 3 and not 4; a cost that rounds to
 * nothing in a month divides by zero.
 * Disagreements: before ADR 0008 the levels began at `EARLIER_MONTHS`, which some manuals still
 * print; until 2024-01-22 the cost of an hour was computed upside down, the word `inverted` of a
 * policy's `hour`. The manual's limit of 40 % for network has never been in the program.
 */
import {
  ArithmeticOverflow,
  block,
  divFixedBy,
  type Fixed,
  fixed,
  fixedFromDouble,
  mulFixed,
  roundFixed,
  type Seconds,
  scaleFixed,
  type Tft,
  tft,
  type Values,
} from "../units/index.ts";

const SEEN = {
  quality: "seen",
  source: "tfchain 33046d6, pallet-smart-contract/src/cost.rs; ADR 0008",
  date: "2024-03",
} as const;

const months = <const Default extends string>(value: Default, level: string) =>
  ({
    kind: "number",
    default: value,
    bounds: ["0", "1200"],
    range: null,
    ...SEEN,
    doc: `Months of cost that a balance covers from which the level is ${level}.`,
  }) as const;

const paid = <const Default extends string>(value: Default, level: string) =>
  ({
    kind: "number",
    default: value,
    bounds: ["0", "2"],
    range: null,
    ...SEEN,
    doc: `Part of the full amount that is paid at level ${level}.`,
  }) as const;

/** When a discount begins, and what is paid then. */
export const discountBlock = block("policy.discount", "What a well filled account pays less.", {
  defaultMonths: months("1.5", "Default"),
  bronzeMonths: months("3", "Bronze"),
  silverMonths: months("6", "Silver"),
  goldMonths: months("18", "Gold"),
  defaultPaid: paid("0.8", "Default"),
  bronzePaid: paid("0.7", "Bronze"),
  silverPaid: paid("0.6", "Silver"),
  goldPaid: paid("0.4", "Gold"),
  hour: {
    kind: "choice",
    default: "current",
    words: ["current", "inverted"],
    range: null,
    quality: "seen",
    source: "tfchain, pallet-smart-contract/src/cost.rs, revisions before and after 2024-01-22",
    date: "2024-01",
    doc:
      "How a cost is brought to an hour before a level is judged: as today, or upside down, as " +
      "until 22 January 2024, which makes short stretches look cheap and long ones dear.",
  },
  certifiedTimes: {
    kind: "number",
    default: "1.25",
    bounds: ["1", "10"],
    range: null,
    ...SEEN,
    doc: "Factor on the discounted amount where the node is certified.",
  },
});

/** The chain's names of the levels, least first. */
export const discountLevels = ["None", "Default", "Bronze", "Silver", "Gold"] as const;

/** The name of a discount level. */
export type DiscountLevel = (typeof discountLevels)[number];

/** The discount as the chain computes with it. */
export interface DiscountPolicy {
  /** Months of cost from which a level holds; zero for `None`. */
  readonly from: Readonly<Record<DiscountLevel, Fixed>>;
  /** Part of the full amount that is paid. */
  readonly paid: Readonly<Record<DiscountLevel, Fixed>>;
  /** Factor on a certified node. */
  readonly certified: Fixed;
  /** How a cost is brought to an hour; as today where it is left out. */
  readonly hour?: HourRule;
}

/** A cost over some time as a cost an hour: as today, or as until January 2024. */
export type HourRule = "current" | "inverted";

/** Months of cost from which the levels began before ADR 0008. */
export const EARLIER_MONTHS = {
  defaultMonths: 3,
  bronzeMonths: 6,
  silverMonths: 12,
  goldMonths: 36,
} as const;

/** The discount from a scenario's values; decimal fractions are those of an IEEE double. */
export const discountPolicy = (values: Values<typeof discountBlock>): DiscountPolicy => ({
  from: {
    None: fixed(0n),
    Default: fixedFromDouble(values.defaultMonths),
    Bronze: fixedFromDouble(values.bronzeMonths),
    Silver: fixedFromDouble(values.silverMonths),
    Gold: fixedFromDouble(values.goldMonths),
  },
  paid: {
    None: fixed(1n),
    Default: fixedFromDouble(values.defaultPaid),
    Bronze: fixedFromDouble(values.bronzePaid),
    Silver: fixedFromDouble(values.silverPaid),
    Gold: fixedFromDouble(values.goldPaid),
  },
  certified: fixedFromDouble(values.certifiedTimes),
  hour: values.hour,
});

/** What a cost over `elapsed` comes to in 30 days, in 1e-7 TFT; overflows if no time passed. */
export function monthlyCost(full: Tft, elapsed: Seconds, rule: HourRule = "current"): Tft {
  const hourly =
    rule === "current"
      ? divFixedBy(scaleFixed(fixed(full), 3_600n), BigInt(elapsed))
      : divFixedBy(scaleFixed(fixed(full), BigInt(elapsed)), 3_600n);
  return tft(roundFixed(scaleFixed(hourly, 24n * 30n)));
}

/** The level of a balance that faces a monthly cost, both in 1e-7 TFT. */
export function discountLevel(monthly: Tft, balance: Tft, policy: DiscountPolicy): DiscountLevel {
  const covered = divFixedBy(fixed(balance), monthly);
  if (covered >= policy.from.Gold) return "Gold";
  if (covered >= policy.from.Silver) return "Silver";
  if (covered >= policy.from.Bronze) return "Bronze";
  if (covered >= policy.from.Default) return "Default";
  return "None";
}

/**
 * The least balance at which each level begins, in 1e-7 TFT: what a table compares with.
 *
 * The truncated quotient reaches a threshold of whole 2^-64 exactly when the untruncated one does,
 * so these floors give the same level as `discountLevel` for every balance.
 */
export function discountFloors(
  monthly: Tft,
  policy: DiscountPolicy,
): Readonly<Record<DiscountLevel, Tft>> {
  if (monthly === 0n) throw new ArithmeticOverflow("division by a monthly cost of zero");
  const one = fixed(1n);
  const floor = (level: DiscountLevel): Tft => tft((policy.from[level] * monthly + one - 1n) / one);
  return {
    None: floor("None"),
    Default: floor("Default"),
    Bronze: floor("Bronze"),
    Silver: floor("Silver"),
    Gold: floor("Gold"),
  };
}

/** The least balance at which a level begins against a monthly cost, in 1e-7 TFT. */
export const levelFloor = (level: DiscountLevel, monthly: Tft, policy: DiscountPolicy): Tft =>
  tft((policy.from[level] * monthly + fixed(1n) - 1n) / fixed(1n));

/** What is due of a full amount at a level, in 1e-7 TFT. */
export function dueAtLevel(
  full: Tft,
  { level, certified }: { readonly level: DiscountLevel; readonly certified: boolean },
  policy: DiscountPolicy,
): Tft {
  const discounted = scaleFixed(policy.paid[level], full);
  return tft(roundFixed(certified ? mulFixed(discounted, policy.certified) : discounted));
}

/** What is due of a full amount over `elapsed`, in 1e-7 TFT, and at which level. */
export function discountedDue(
  full: Tft,
  elapsed: Seconds,
  payer: { readonly balance: Tft; readonly certified: boolean },
  policy: DiscountPolicy,
): { readonly due: Tft; readonly level: DiscountLevel } {
  if (full === 0n) return { due: tft(0n), level: "None" };
  const monthly = monthlyCost(full, elapsed, policy.hour);
  const level = discountLevel(monthly, payer.balance, policy);
  return { due: dueAtLevel(full, { level, certified: payer.certified }, policy), level };
}
