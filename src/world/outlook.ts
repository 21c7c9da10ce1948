/**
 * Outlook: what farms have earned so far, and what the same past would have brought them under
 * another policy: the direct effect, with everybody behaving as they did.
 *
 * What was minted is computed anew for the period that was paid last, node by node. What users
 * paid goes by the contracts that now stand on a farm: its past income is taken in the proportion
 * of their next bill under the one policy and the other.
 */

import { PERIOD_LENGTH, type Policy, priceBounds, type Tariff } from "../protocol/index.ts";
import { MEAN_MONTH, UNITS_PER_TOKEN } from "../units/index.ts";
import { NONE, STEP } from "./contract.ts";
import { paidUnder } from "./mint.ts";
import { tariffPoliciesOf, termsOf } from "./policy.ts";
import type { World } from "./state.ts";
import { USER } from "./user.ts";

/** USD a month by dense farm, as it was and as it would have been. */
export interface Outlook {
  readonly before: Float64Array;
  readonly after: Float64Array;
}

/** Ten-thousandths in all of a payment. */
const WHOLE = 10_000;

/** What farms earn, and would have earned under another policy; all bills must be done. */
export function outlook(world: World, proposed: Policy): Outlook {
  const { fleet, earnings, token, now, policy } = world;
  const usd = token.usdAt(now) / UNITS_PER_TOKEN;
  const monthly = (usd * MEAN_MONTH) / PERIOD_LENGTH;
  const { count } = fleet.farms;
  const before = new Float64Array(count);
  const after = new Float64Array(count);
  const minted = paidUnder(world, policy);
  const mintedThen = paidUnder(world, proposed);
  const billed = billsOf(world, policy);
  const billedThen = billsOf(world, proposed);
  for (let farm = 0; farm < count; farm++) {
    const earned = (earnings.farmTotal[farm] ?? 0) + (earnings.farmPeriod[farm] ?? 0);
    const users = now > 0 ? (earned / now) * MEAN_MONTH * usd : 0;
    const ratio = billed[farm] > 0 ? billedThen[farm] / billed[farm] : 1;
    before[farm] = minted[farm] * monthly + users;
    after[farm] = mintedThen[farm] * monthly + users * ratio;
  }
  return { before, after };
}

/** What the contracts on each farm bring it in a second, 1e-7 TFT. */
function billsOf(world: World, policy: Policy): Float64Array {
  const { contracts, fleet, terms, token, now, users } = world;
  const bills = new Float64Array(fleet.farms.count);
  const split = termsOf(policy);
  // Under the lock based rules no share is the farmer's.
  if (policy.billing.rules === "legacy") return bills;
  const share = (WHOLE - split.stakingShare - split.foundationShare) / WHOLE;
  const block = Math.floor(now / terms.secondsPerBlock);
  const tariff = token.under(block, tariffPoliciesOf(policy), priceBounds(policy.price));
  for (let row = 0; row < contracts.count; row += STEP) {
    const farm = contracts.farm[row];
    if (!contracts.lives(row) || farm === NONE) continue;
    bills[farm] += billOf(
      tariff,
      contracts.busyClass[row],
      users.free[contracts.user[row] * USER],
      share,
    );
  }
  return bills;
}

/** What a contract of a class brings its farmer in a second. */
function billOf(tariff: Tariff, cls: number, usable: number, share: number): number {
  const due = tariff.due[cls * tariff.levels + tariff.levelOf(cls, usable)];
  return (due * share + tariff.extra[cls]) / tariff.cycleSeconds;
}
