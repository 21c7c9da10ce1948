/**
 * Proposal: a change of policy as the call of the chain that makes it.
 *
 * Lifecycle: what shall change becomes a call when it is proposed; the call is validated only when
 * it is executed, as root; `policy-chain.ts` reads the policy back from the chain.
 * Source: tfchain 33046d6, the calls named below; what is compiled into the program changes with
 * `runtime_upgrade.set_code`, here by the values that the upgrade carries.
 * Quirks: a call on a pricing or a farming policy replaces all of it by what it was when it was
 * proposed, so that a proposal for one price takes back what passed in the meantime for another;
 * so does an upgrade with the group of values that it touches. Several calls are one batch, of
 * which all or nothing is done.
 */
import { blocks, milliUsd } from "../units/index.ts";
import { type Call, callOf } from "./call.ts";
import type { Policy } from "./policy.ts";
import { depositFee, farmingTerms, membersOf, pricingTerms, runtimeUnder } from "./policy-chain.ts";
import { BILLED_POLICY } from "./pricing-book.ts";
import type { Runtime } from "./runtime.ts";

/** Values that a policy shall have, by full key such as `policy.pricing.cu`. */
export type PolicyChanges = readonly {
  readonly key: string;
  readonly value: number | string | boolean;
}[];

/** Keys and groups that no call of the chain changes, and why. */
const BEYOND: Readonly<Record<string, string>> = {
  economics: "an economy is a name for many values, some of them off the chain; propose values",
  minting: "the minting program runs off the chain, and no call reaches it",
  "billing.blockTime": "the time between two blocks is a matter of consensus, not of a call",
  block: "weights are compiled into the program, and are no value that a call sets",
  "fee.nodeContract": "fees follow from the weights of calls, which are no value that a call sets",
  "fee.rentContract": "fees follow from the weights of calls, which are no value that a call sets",
  "fee.nameContract": "fees follow from the weights of calls, which are no value that a call sets",
  "fee.cancel": "fees follow from the weights of calls, which are no value that a call sets",
  "dao.weight": "this is a what-if that no chain has; set it under `policy.dao`",
  "dao.quorum": "this is a what-if that no chain has; set it under `policy.dao`",
  "dao.quorumWeight": "this is a what-if that no chain has; set it under `policy.dao`",
  "dao.closing": "this is a what-if that no chain has; set it under `policy.dao`",
};

/** Why no call of the chain changes a policy, by full key; null where one does. */
export function beyondCalls(key: string): string | null {
  const [, block = "", field = ""] = key.split(".");
  return BEYOND[block] ?? BEYOND[`${block}.${field}`] ?? null;
}

/** The policy with one value replaced, by full key such as `policy.pricing.cu`. */
export function withValue(policy: Policy, { key, value }: PolicyChanges[number]): Policy {
  const [, block = "", field = ""] = key.split(".");
  const old = Object.entries(policy).find(([name]) => name === block)?.[1] ?? {};
  return { ...policy, [block]: { ...old, [field]: value } };
}

/** The call that gives a policy its changed values; several calls are one batch. */
export function actionOf(policy: Policy, changes: PolicyChanges): Call {
  const wanted = changes.reduce(withValue, policy);
  const touched = (block: string, ...fields: readonly string[]): boolean =>
    changes.some(({ key }) => {
      const [, group = "", field = ""] = key.split(".");
      return group === block && (fields.length === 0 || fields.includes(field));
    });
  const calls: Call[] = [];
  if (touched("pricing")) {
    const terms = pricingTerms(wanted);
    calls.push(callOf("tfgrid.update_pricing_policy", { policy: BILLED_POLICY, ...terms }));
  }
  calls.push(...boundCalls(policy, wanted), ...farmingCalls(wanted, touched));
  if (touched("billing", "frequency")) {
    const frequency = blocks(wanted.billing.frequency);
    calls.push(callOf("contracts.change_billing_frequency", { frequency }));
  }
  if (touched("fee", "deposit"))
    calls.push(callOf("bridge.set_deposit_fee", { amount: depositFee(wanted) }));
  if (touched("dao", "seats"))
    calls.push(callOf("membership.reset_members", { members: membersOf(wanted.dao.seats) }));
  const upgrade = upgradeOf(wanted, touched);
  if (upgrade !== null) calls.push(callOf("runtime_upgrade.set_code", { changes: upgrade }));
  const [only] = calls;
  return calls.length === 1 && only !== undefined ? only : callOf("utility.batch_all", { calls });
}

type Touched = (block: string, ...fields: readonly string[]) => boolean;

/** Bounds of the price; where both rise the cap goes first, since the floor stays below it. */
function boundCalls(policy: Policy, wanted: Policy): readonly Call[] {
  const { floor, cap } = wanted.price;
  const calls: Call[] = [];
  if (floor !== policy.price.floor)
    calls.push(callOf("price.set_min_tft_price", { price: milliUsd(BigInt(floor)) }));
  if (cap !== policy.price.cap)
    calls.push(callOf("price.set_max_tft_price", { price: milliUsd(BigInt(cap)) }));
  return cap > policy.price.cap ? calls.reverse() : calls;
}

function farmingCalls(wanted: Policy, touched: Touched): readonly Call[] {
  const calls: Call[] = [];
  for (const [at, kind] of (["diy", "certified"] as const).entries()) {
    const rewards = ["Cu", "Su", "Nu", "Ipv4"].map((unit) => `${kind}${unit}`);
    if (!touched("farming", "minimalUptime", ...rewards)) continue;
    const { immutable, ...terms } = farmingTerms(wanted)[at];
    if (!immutable)
      calls.push(callOf("tfgrid.update_farming_policy", { policy: at + 1, ...terms }));
  }
  if (touched("farming", "connectionPrice")) {
    const price = milliUsd(BigInt(wanted.farming.connectionPrice));
    calls.push(callOf("tfgrid.set_connection_price", { price }));
  }
  return calls;
}

/** What an upgrade of the program carries; null where nothing compiled in shall change. */
function upgradeOf(wanted: Policy, touched: Touched): Partial<Runtime> | null {
  const { billing, discount, split, ...compiledIn } = runtimeUnder(wanted);
  const { votingTime, vetoesToKill, primeRule, limitRule, strangers } = compiledIn;
  const compiled = ["rules", "rounding", "distributionCycles", "gracePeriod", "existentialDeposit"];
  const changes = {
    ...(touched("billing", ...compiled) || touched("quirks") ? { billing } : {}),
    ...(touched("discount") ? { discount } : {}),
    ...(touched("split") ? { split } : {}),
    ...(touched("dao", "votingDuration") ? { votingTime } : {}),
    ...(touched("dao", "vetoes") ? { vetoesToKill } : {}),
    ...(touched("dao", "prime") ? { primeRule } : {}),
    ...(touched("farming", "limits") ? { limitRule } : {}),
    ...(touched("billing", "strangers") ? { strangers } : {}),
  };
  return Object.keys(changes).length === 0 ? null : changes;
}

/** A text that is equal for equal calls only: a proposal is known by it. */
export const hashOf = (action: Call): string =>
  JSON.stringify(action, (_, value) => (typeof value === "bigint" ? `${value}n` : value));
