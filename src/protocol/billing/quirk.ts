/**
 * Quirks of the bills that can be mended, each by a word: `compat` is the chain, or `fixed`.
 *
 * The chain has no such switches. They answer what a mended rule would change, and nothing else
 * differs between the two words. What is left out of a policy is `compat`. The table in
 * docs/quirks.md says which test shows each of them.
 *
 * Four of them are words of a scenario, `policy.quirks`. The other two concern what a world does
 * not have: rents on nodes that a farmer put to sleep, and contracts in buckets by their number.
 *
 * Source: what each quirk was read in stands with its rule, `compat`; what is mended is ours.
 */
import { block, type Values } from "../../units/index.ts";

/** As the chain has it, or mended. */
export type QuirkWord = "compat" | "fixed";

/** The quirks of bills, each with its word. */
export interface BillingQuirks {
  /** Legacy: what is locked counts again; mended: outside grace only what is due counts. */
  readonly lockedTwice: QuirkWord;
  /** Legacy: traffic is charged again in every cycle of grace; mended: once. */
  readonly graceTraffic: QuirkWord;
  /** Legacy: the last stretch of a deleted contract is announced only; mended: collected. */
  readonly lastStretch: QuirkWord;
  /** Legacy: a deleted rent on a sleeping node lingers; mended: it ends, as in reserve. */
  readonly standbyCancel: QuirkWord;
  /** Reserve: a rent in grace restarts its node contracts' grace; mended: theirs runs on. */
  readonly childGrace: QuirkWord;
  /** A raised frequency leaves contracts where they were; mended: they move, and can end. */
  readonly staleBucket: QuirkWord;
}

/** All quirks as the chain has them. */
export const COMPAT: BillingQuirks = {
  lockedTwice: "compat",
  graceTraffic: "compat",
  lastStretch: "compat",
  standbyCancel: "compat",
  childGrace: "compat",
  staleBucket: "compat",
};

const word = <const Source extends string>(source: Source, doc: string) =>
  ({
    kind: "choice",
    default: "compat",
    words: ["compat", "fixed"],
    range: null,
    quality: "seen",
    source,
    date: "2024-03",
    doc: `${doc} \`compat\` is the chain; \`fixed\` asks what a mended rule would change.`,
  }) as const;

const LEGACY = "tfchain 33046d6, pallet-smart-contract/src/billing.rs";

/** The quirks that a scenario may mend. */
export const quirkBlock = block("policy.quirks", "Oddities of the bills, kept or mended.", {
  lockedTwice: word(
    LEGACY,
    "Lock based bills count what is locked a second time when they judge an account.",
  ),
  graceTraffic: word(LEGACY, "Lock based bills charge traffic again in every cycle of grace."),
  lastStretch: word(
    LEGACY,
    "Lock based bills announce the last stretch of a contract and do not collect it.",
  ),
  childGrace: word(
    "tfchain, pallet-smart-contract/src/billing.rs of 2025-26, manage_contract_state",
    "A rent that falls into grace starts the grace of its node's contracts anew.",
  ),
});

/** The quirks from a scenario's values; the two that a world does not meet are as in the chain. */
export const billingQuirks = (values: Values<typeof quirkBlock>): BillingQuirks => ({
  ...COMPAT,
  ...values,
});

/** Whether a policy mends a quirk. */
export const isFixed = (
  policy: { readonly quirks?: Partial<BillingQuirks> | undefined },
  quirk: keyof BillingQuirks,
): boolean => policy.quirks?.[quirk] === "fixed";
