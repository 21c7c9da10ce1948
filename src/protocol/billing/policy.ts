/**
 * How often contracts are billed and paid out, and how long they may be short of money.
 *
 * Source: tfchain 33046d6, runtime/src/lib.rs, `BillingFrequency`, `DistributionFrequency`,
 * `GracePeriod`; the lock based rules (legacy) were replaced by the reserve based ones with spec
 * 152, chain release 2.9.0 (ADR 0023).
 */
import {
  type Blocks,
  block,
  blocks,
  type MilliUsd,
  type Seconds,
  seconds,
  type Tft,
  tft,
  type Values,
} from "../../units/index.ts";
import type { CostRounding } from "../cost-earlier.ts";
import type { DiscountPolicy } from "../discount.ts";
import type { PricingPolicy } from "../pricing.ts";
import type { SplitPolicy } from "../split.ts";
import type { BillingQuirks } from "./quirk.ts";

const SEEN = {
  quality: "seen",
  source: "tfchain 33046d6, runtime/src/lib.rs",
  date: "2024-03",
} as const;

/** When contracts are billed, paid out and given up. */
export const billingBlock = block("policy.billing", "When contracts are billed and given up.", {
  rules: {
    kind: "choice",
    default: "reserve",
    words: ["reserve", "legacy"],
    range: null,
    quality: "seen",
    source: "tfchain ADR 0023, billing refactor",
    date: "2024-08",
    doc:
      "Which rules bill contracts: those that reserve money, on the chain since spec 152, or " +
      "those of before, that lock it.",
  },
  rounding: {
    kind: "choice",
    default: "nearest",
    words: ["nearest", "earlier"],
    range: null,
    quality: "seen",
    source: "tfchain, pallet-smart-contract/src/cost.rs, revisions before and after 2023-06",
    date: "2023-06",
    doc:
      "How costs are rounded: to the nearest unit, or as before June 2023, resources up, and " +
      "names and amounts of TFT down.",
  },
  frequency: {
    kind: "count",
    default: "600",
    bounds: ["1", "1000000"],
    range: ["600", "14400"],
    ...SEEN,
    doc: "Blocks between two bills of a contract.",
  },
  distributionCycles: {
    kind: "count",
    default: "24",
    bounds: ["1", "65535"],
    range: ["1", "720"],
    ...SEEN,
    doc: "Bills of a contract between two payouts.",
  },
  gracePeriod: {
    kind: "count",
    default: "201600",
    bounds: ["0", "100000000"],
    range: ["14400", "432000"],
    ...SEEN,
    doc: "Blocks that a contract short of money lives on.",
  },
  existentialDeposit: {
    kind: "count",
    default: "500",
    bounds: ["1", "10000000"],
    range: null,
    ...SEEN,
    doc: "The least that an account may hold, in 1e-7 TFT.",
  },
  blockTime: {
    kind: "duration",
    default: "6 s",
    bounds: ["6 s", "6 s"],
    range: null,
    ...SEEN,
    doc: "Time between two blocks.",
  },
  strangers: {
    kind: "choice",
    default: "refuse",
    words: ["refuse", "passOver"],
    range: null,
    quality: "seen",
    source: "tfchain, pallet-smart-contract/src/grid_contract.rs; ADR 0027 (2026-08)",
    date: "2024-03",
    doc:
      "What a node's report does with an entry for a contract of another node: refuse the whole " +
      "call, or pass over the entry, as since August 2026. No node of a world sends any.",
  },
});

/** Which set of rules bills contracts. */
export type BillingRules = "reserve" | "legacy";

/** When contracts are billed, paid out and given up. */
export interface BillingPolicy {
  readonly rules: BillingRules;
  /** Between two bills of a contract. */
  readonly frequency: Blocks;
  /** Bills between two payouts. */
  readonly distributionCycles: number;
  /** For how long a contract may be short of money. */
  readonly gracePeriod: Blocks;
  /** The least that an account may hold. */
  readonly existentialDeposit: Tft;
  readonly blockTime: Seconds;
  /** How costs are rounded; to the nearest where it is left out. */
  readonly rounding?: CostRounding;
  /** The quirks that are mended; those left out are as the chain has them. */
  readonly quirks?: Partial<BillingQuirks>;
}

/** The policy from a scenario's values. */
export const billingPolicy = (values: Values<typeof billingBlock>): BillingPolicy => ({
  rules: values.rules,
  frequency: blocks(values.frequency),
  distributionCycles: values.distributionCycles,
  gracePeriod: blocks(values.gracePeriod),
  existentialDeposit: tft(BigInt(values.existentialDeposit)),
  blockTime: seconds(values.blockTime),
  rounding: values.rounding,
});

/** Everything of the policy that a bill depends on, with the bounded price of the hour. */
export interface BillingTerms {
  readonly billing: BillingPolicy;
  readonly pricing: PricingPolicy;
  readonly discount: DiscountPolicy;
  readonly split: SplitPolicy;
  /** 1e-3 USD for one TFT, from `effectivePrice`. */
  readonly price: MilliUsd;
}

/** When something happens on the chain. */
export interface ChainTime {
  readonly block: Blocks;
  readonly now: Seconds;
}
