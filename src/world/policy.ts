/**
 * Policy in the world: what the live values mean for bills, and how they change in mid-run.
 *
 * A change takes effect between two blocks: all bills up to it are done under the old values, all
 * later ones under the new.
 */

import {
  billingPolicy,
  billingQuirks,
  changeFrequency,
  discountPolicy,
  type LegacyTerms,
  type Policy,
  priceBounds,
  pricingPolicy,
  proposal,
  splitPolicy,
  type TariffPolicies,
  type Terms,
} from "../protocol/index.ts";
import { assert, blocks, fixedFromDouble, seconds } from "../units/index.ts";
import { settle } from "./account.ts";
import { upgradeAccounts } from "./account-legacy.ts";
import type { World } from "./state.ts";
import { USER } from "./user.ts";
import { attend } from "./wallet.ts";

/** Ten-thousandths in a percent. */
const PERCENT = 100;

/** What the policy means for a bill. */
export function termsOf(policy: Policy): Terms {
  const billing = billingPolicy(policy.billing);
  const split = splitPolicy(policy.split);
  return {
    frequency: billing.frequency,
    distributionCycles: billing.distributionCycles,
    graceBlocks: billing.gracePeriod,
    existentialDeposit: Number(billing.existentialDeposit),
    secondsPerBlock: billing.blockTime,
    quirks: billingQuirks(policy.quirks),
    stakingShare: Number(split.staking) * PERCENT,
    foundationShare: Number(split.foundation) * PERCENT,
    nameStakingShare: Number(split.nameStaking) * PERCENT,
  };
}

/** What the policy means for a bill by lock; null where the rules are those of the reserve. */
export function locksOf(policy: Policy): LegacyTerms | null {
  if (policy.billing.rules === "reserve") return null;
  const { frequency, distributionCycles, graceBlocks, ...rest } = termsOf(policy);
  const { existentialDeposit, secondsPerBlock, quirks } = rest;
  const split = splitPolicy(policy.split);
  return {
    frequency,
    distributionCycles,
    graceBlocks,
    existentialDeposit,
    secondsPerBlock,
    quirks,
    foundationShare: Number(split.legacyFoundation) * PERCENT,
    stakingShare: Number(split.legacyStaking) * PERCENT,
    salesShare: Number(split.legacySales) * PERCENT,
    takes: [],
  };
}

/** What the policy means for a price list; the lock based rules know no certified surcharge. */
export function tariffPoliciesOf(policy: Policy): TariffPolicies {
  const billing = billingPolicy(policy.billing);
  const discount = discountPolicy(policy.discount);
  return {
    pricing: pricingPolicy(policy.pricing),
    discount:
      billing.rules === "reserve" ? discount : { ...discount, certified: fixedFromDouble(1) },
    rounding: billing.rounding ?? "nearest",
    cycleSeconds: seconds(billing.frequency * billing.blockTime),
  };
}

/** Carries out a policy entry of the timeline. */
export function changePolicy(world: World, entry: number): void {
  const change = world.setup.timeline[entry];
  assert(change.kind === "policy", "only a policy entry changes the policy");
  let policy = world.policy;
  for (const { key, value } of change.changes)
    if (allowed(policy, key, value)) policy = proposal.withValue(policy, { key, value });
  adoptPolicy(world, policy);
}

/** Puts a policy in force from the next block on. */
export function adoptPolicy(world: World, policy: Policy): void {
  const block = Math.ceil(world.now / world.terms.secondsPerBlock);
  for (let user = 0; user < world.users.count; user++) settle(world, user, block);
  if (policy.billing.rules !== world.policy.billing.rules) {
    assert(policy.billing.rules === "reserve", "the chain never went back from reserves to locks");
    upgradeAccounts(world, block);
  }
  world.policy = policy;
  world.terms = termsOf(policy);
  world.locks = locksOf(policy);
  world.token.adopt(tariffPoliciesOf(policy), priceBounds(policy.price));
  // What was watched under the old values may now come earlier.
  for (let user = 0; user < world.users.count; user++) {
    world.users.watched[user * USER] = Number.POSITIVE_INFINITY;
    world.users.lookDue[user * USER] = Number.POSITIVE_INFINITY;
    attend(world, user);
  }
}

/**
 * True unless the chain refuses the value: a vote can raise the billing frequency, never lower it,
 * since a contract keeps its block in the cycle.
 */
function allowed(policy: Policy, key: string, value: number | string | boolean): boolean {
  if (key !== "policy.billing.frequency" || typeof value !== "number") return true;
  return changeFrequency(billingPolicy(policy.billing), blocks(value)).ok;
}
