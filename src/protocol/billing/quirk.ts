/**
 * Quirks of the bills that can be mended, each by a word: `compat` is the chain, or `fixed`.
 *
 * The chain has no such switches. They answer what a mended rule would change, and nothing else
 * differs between the two words. What is left out of a policy is `compat`. The table in
 * docs/quirks.md says which test shows each of them.
 */

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

/** Whether a policy mends a quirk. */
export const isFixed = (
  policy: { readonly quirks?: Partial<BillingQuirks> | undefined },
  quirk: keyof BillingQuirks,
): boolean => policy.quirks?.[quirk] === "fixed";
