/**
 * Clashes: values that do not go together, and which of the policies of a moment do not.
 */

/** Pairs of which the first may not be above the second; of lists, entry by entry. */
export const ORDERED: readonly (readonly [low: string, high: string, strictly: boolean])[] = [
  ["assumptions.wallet.floors", "assumptions.wallet.ceilings", true],
  ["policy.price.floor", "policy.price.cap", false],
  ["policy.discount.defaultMonths", "policy.discount.bronzeMonths", false],
  ["policy.discount.bronzeMonths", "policy.discount.silverMonths", false],
  ["policy.discount.silverMonths", "policy.discount.goldMonths", false],
];

/** Shares of one whole: together they are at most all of it. */
export const WHOLES: readonly (readonly [first: string, second: string])[] = [
  ["policy.split.staking", "policy.split.foundation"],
];

/** How far above the whole a sum of shares may come by rounding alone. */
export const ROUNDING = 1e-12;

/** A policy that does not go with another, and what it must be to that. */
interface PolicyClash {
  readonly key: string;
  readonly beside: string;
  readonly must: string;
}

/** The policies among those that changed that do not go with the others. */
export function policyClashes(
  numberOf: (key: string) => number,
  changed: ReadonlySet<string>,
): readonly PolicyClash[] {
  const clashes: PolicyClash[] = [];
  for (const [low, high, strictly] of ORDERED) {
    const apart = numberOf(high) - numberOf(low);
    if (!(strictly ? apart <= 0 : apart < 0)) continue;
    if (changed.has(high)) clashes.push({ key: high, beside: low, must: "at least" });
    else if (changed.has(low)) clashes.push({ key: low, beside: high, must: "at most" });
  }
  for (const [one, other] of WHOLES) {
    if (!(numberOf(one) + numberOf(other) > 1 + ROUNDING)) continue;
    const must = "a share of what is left by";
    if (changed.has(other)) clashes.push({ key: other, beside: one, must });
    else if (changed.has(one)) clashes.push({ key: one, beside: other, must });
  }
  return clashes;
}
