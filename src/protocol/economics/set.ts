/**
 * A set: one dated economy, with everything that is known of it and what is left open.
 *
 * A set names the rules of the chain where the chain could run it; what a world of this simulator
 * can carry out follows from that. Amounts and percentages are whole numbers.
 *
 * Source: none of its own; each set carries its source as a field.
 */
import type { Seconds } from "../../units/index.ts";
import type { BillingRules } from "../billing/index.ts";
import type { CostRounding } from "../cost-earlier.ts";
import type { HourRule } from "../discount.ts";
import type { SplitPolicy } from "../split.ts";
import type { MintingEra } from "../uptime-rules.ts";
import type { Confidence } from "./confidence.ts";
import type { Share } from "./share.ts";
import type { DiscountTable } from "./staking.ts";
import type { TokenName } from "./token.ts";

/** Whether a set was in force, was voted, or stayed on paper. */
export type EconomicsStatus = "live" | "voted" | "draft";

/** Whether a world can carry something out, or only functions of the protocol compute it. */
export type Runs = "world" | "calculation only";

/** One part of a set. */
export interface EconomicsPart {
  readonly what: string;
  readonly runs: Runs;
}

/** The rules and values of the chain that a set stands for. */
export interface EconomicsPolicy {
  readonly billing: BillingRules;
  readonly minting: MintingEra;
  /** Uptime below which nothing is earned, in percent. */
  readonly minimumDiy: bigint;
  readonly minimumCertified: bigint;
  readonly split: SplitPolicy;
  readonly discount: DiscountTable;
  /** How a cost is brought to an hour before a discount is judged, and how it is rounded. */
  readonly hour: HourRule;
  readonly rounding: CostRounding;
  /** What a certified node costs its users, in percent of the discounted amount. */
  readonly certifiedPercent: bigint;
}

/** What solution providers may take. */
export interface ProviderTerms {
  /** The most of a payment that all shares of one provider come to, in percent. */
  readonly takeMost: bigint;
  /** Whether anything is paid to them. */
  readonly paid: boolean;
  /** Whether new ones are accepted. */
  readonly open: boolean;
}

/** What a certified node is worth and held to. */
export interface CertificationTerms {
  /** Percent more of the capacity reward; null where it was not said. */
  readonly bonus: bigint | null;
  /** Least uptime, in percent; null without. */
  readonly uptime: bigint | null;
  /** Who sells certified nodes, and where. */
  readonly vendors: readonly string[];
}

/** One dated economy. */
export interface EconomicsSet {
  readonly name: string;
  readonly title: string;
  readonly status: EconomicsStatus;
  /** In force from, voted on, or published on. */
  readonly from: Seconds;
  /** In force until; null where nothing ended it, or where it never was. */
  readonly until: Seconds | null;
  /** First and last minting period judged by its rules; null where it judged none. */
  readonly periods: readonly [number, number | null] | null;
  readonly confidence: Confidence;
  readonly source: string;
  /** In what users pay and are paid. */
  readonly tokens: readonly TokenName[];
  /** Who has what of a payment for a node; sums to 100 %, what is burned included. */
  readonly shares: readonly Share[];
  /** The same of a payment for a name; null where nothing sets it apart. */
  readonly nameShares: readonly Share[] | null;
  /** The same of the extra fee that a farmer asks for a dedicated node; null where not said. */
  readonly feeShares: readonly Share[] | null;
  readonly providers: ProviderTerms | null;
  readonly certification: CertificationTerms | null;
  /** The chain's rules and values; null where no chain could run it. */
  readonly policy: EconomicsPolicy | null;
  readonly parts: readonly EconomicsPart[];
  /** What the sources leave open. */
  readonly open: readonly string[];
}

const decimal = (count: bigint, whole: bigint): string => {
  const digits = String(whole).length - 1;
  const rest = String(count % whole).padStart(digits, "0");
  return `${count / whole}.${rest}`.replace(/\.?0+$/, "");
};

const percent = (count: bigint): string => `${count} %`;

/** The policy as a scenario writes it: keys under `policy`, and their values with units. */
export function policyTexts(policy: EconomicsPolicy): readonly (readonly [string, string])[] {
  const { discount, split } = policy;
  const levels = ["Default", "Bronze", "Silver", "Gold"] as const;
  const level = (name: (typeof levels)[number]): string => `discount.${name.toLowerCase()}`;
  return [
    ["billing.rules", policy.billing],
    ["billing.rounding", policy.rounding],
    ["minting.rules", policy.minting],
    ["minting.minimumDiy", percent(policy.minimumDiy)],
    ["minting.minimumCertified", percent(policy.minimumCertified)],
    ["split.staking", percent(split.staking)],
    ["split.foundation", percent(split.foundation)],
    ["split.nameStaking", percent(split.nameStaking)],
    ["split.legacyStaking", percent(split.legacyStaking)],
    ["split.legacyFoundation", percent(split.legacyFoundation)],
    ["split.legacySales", percent(split.legacySales)],
    ...levels.map((name) => [`${level(name)}Months`, decimal(discount.tenths[name], 10n)] as const),
    ...levels.map((name) => [`${level(name)}Paid`, decimal(discount.paid[name], 100n)] as const),
    ["discount.hour", policy.hour],
    ["discount.certifiedTimes", decimal(policy.certifiedPercent, 100n)],
  ];
}
