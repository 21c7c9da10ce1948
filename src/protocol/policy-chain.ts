/**
 * The policy as a chain, and the policy as a chain has it: values of a scenario laid out where the
 * chain stores them, so that a call of the DAO can change them there, and read back afterwards.
 *
 * Source: the genesis of tfchain 33046d6, node/src/chain_spec.rs, for what stands where.
 */
import { blocks, type Fixed, milliUsd, type Tft, tft, UNITS_PER_TOKEN } from "../units/index.ts";
import { billingPolicy, billingQuirks } from "./billing/index.ts";
import { type ChainState, chainAt } from "./chain.ts";
import { discountPolicy } from "./discount.ts";
import { addPolicy, type FarmingBook, type FarmingTerms } from "./farming-book.ts";
import { defaultPolicies } from "./farming-policy.ts";
import type { AccountId } from "./ledger.ts";
import type { Policy } from "./policy.ts";
import { priceBounds } from "./price.ts";
import { pricingPolicy, type UnitPrice } from "./pricing.ts";
import { BILLED_POLICY, type PricingTerms } from "./pricing-book.ts";
import { liveRuntime, type Runtime } from "./runtime.ts";
import { splitPolicy } from "./split.ts";
import { votingBlocks } from "./voting.ts";

const FOUNDATION: AccountId = "foundation";
const SALES: AccountId = "sales";
const STAKING: AccountId = "staking";

/** The member of the council with a number, from 1. */
export const memberOf = (number: number): AccountId => `council-${String(number).padStart(3, "0")}`;

/** The members of a council of so many seats, sorted. */
export const membersOf = (seats: number): readonly AccountId[] =>
  Array.from({ length: seats }, (_, at) => memberOf(at + 1));

/** A chain without farms whose values are those of a policy. */
export const chainUnder = (policy: Policy): ChainState =>
  chainAt({
    runtime: runtimeUnder(policy),
    ledger: {
      accounts: new Map(),
      issuance: tft(0n),
      existentialDeposit: billingPolicy(policy.billing).existentialDeposit,
    },
    farming: farmingUnder(policy),
    pricing: {
      last: BILLED_POLICY,
      policies: new Map([[BILLED_POLICY, { id: BILLED_POLICY, ...pricingTerms(policy) }]]),
      byName: new Map(),
    },
    bounds: priceBounds(policy.price),
    council: membersOf(policy.dao.seats),
    authorities: [],
    bridge: {
      depositFee: depositFee(policy),
      withdrawFee: depositFee(policy),
      feeAccount: null,
      validators: [],
    },
    staking: STAKING,
  });

/** The values that are compiled in, as a policy has them. */
export const runtimeUnder = (policy: Policy): Runtime => ({
  ...liveRuntime,
  votingTime: votingBlocks(policy.dao.votingDuration, policy.billing.blockTime),
  vetoesToKill: policy.dao.vetoes,
  primeRule: policy.dao.prime,
  limitRule: policy.farming.limits,
  strangers: policy.billing.strangers,
  billing: { ...billingPolicy(policy.billing), quirks: billingQuirks(policy.quirks) },
  discount: discountPolicy(policy.discount),
  split: splitPolicy(policy.split),
});

/** What the bridge keeps of a deposit, 1e-7 TFT. */
export const depositFee = (policy: Policy): Tft =>
  tft(BigInt(Math.round(policy.fee.deposit * UNITS_PER_TOKEN)));

/** Pricing policy 1, by which contracts are billed. */
export function pricingTerms(policy: Policy): PricingTerms {
  const prices = pricingPolicy(policy.pricing);
  const gigabytes = (value: UnitPrice["value"]): UnitPrice => ({ value, unit: "Gigabytes" });
  return {
    name: "threefold_default_pricing_policy",
    su: prices.su,
    cu: prices.cu,
    nu: prices.nu,
    ipu: gigabytes(prices.ipu),
    uniqueName: gigabytes(prices.uniqueName),
    domainName: gigabytes(prices.domainName),
    foundation: FOUNDATION,
    sales: SALES,
    dedicatedPercent: prices.dedicatedPercent,
  };
}

/** The terms of the two default farming policies, in the order of their numbers. */
export const farmingTerms = (policy: Policy): readonly FarmingTerms[] =>
  defaultPolicies(policy.farming).map(({ id, created: _, ...terms }) => ({
    ...terms,
    name: `farming_policy_default_${id === 1 ? "diy" : "certified"}`,
  }));

function farmingUnder(policy: Policy): FarmingBook {
  const connectionPrice = milliUsd(BigInt(policy.farming.connectionPrice));
  const empty: FarmingBook = { made: 0, policies: new Map(), connectionPrice };
  return farmingTerms(policy).reduce((book, terms) => addPolicy(book, terms, blocks(1)), empty);
}

/** The policy after a call: what differs between two chains, the first laid out from `before`. */
export function policyAfter(before: Policy, laid: ChainState, after: ChainState): Policy {
  const { runtime } = after;
  const { dao, billing } = before;
  const upgraded = <Name extends keyof Runtime>(name: Name): boolean =>
    runtime[name] !== laid.runtime[name];
  const seats = after.council.members.length;
  return {
    ...before,
    pricing: after.pricing === laid.pricing ? before.pricing : pricingOf(after, before),
    price:
      after.price.bounds === laid.price.bounds
        ? before.price
        : { floor: Number(after.price.bounds.floor), cap: Number(after.price.bounds.cap) },
    farming: {
      ...(after.farming === laid.farming ? before.farming : farmingOf(after, before)),
      limits: runtime.limitRule,
    },
    billing: {
      ...(upgraded("billing") ? billingOf(runtime, before) : billing),
      frequency: after.frequency,
      strangers: runtime.strangers,
    },
    quirks: upgraded("billing") ? quirksOf(runtime, before) : before.quirks,
    discount: upgraded("discount") ? discountOf(runtime) : before.discount,
    split: upgraded("split") ? splitOf(runtime) : before.split,
    fee:
      after.bridge.depositFee === laid.bridge.depositFee
        ? before.fee
        : { ...before.fee, deposit: Number(after.bridge.depositFee) / UNITS_PER_TOKEN },
    dao: {
      ...dao,
      votingDuration: upgraded("votingTime")
        ? runtime.votingTime * billing.blockTime
        : dao.votingDuration,
      vetoes: runtime.vetoesToKill,
      prime: runtime.primeRule,
      seats,
    },
  };
}

const PERCENT = 100;

function pricingOf({ pricing }: ChainState, before: Policy): Policy["pricing"] {
  const billed = pricing.policies.get(BILLED_POLICY);
  if (billed === undefined) return before.pricing;
  return {
    cu: Number(billed.cu.value),
    su: Number(billed.su.value),
    nu: Number(billed.nu.value),
    ipu: Number(billed.ipu.value),
    uniqueName: Number(billed.uniqueName.value),
    domainName: Number(billed.domainName.value),
    dedicatedShare: Number(billed.dedicatedPercent) / PERCENT,
  };
}

function farmingOf({ farming }: ChainState, before: Policy): Policy["farming"] {
  const diy = farming.policies.get(1);
  const certified = farming.policies.get(2);
  if (diy === undefined || certified === undefined) return before.farming;
  return {
    ...before.farming,
    diyCu: Number(diy.cu),
    diySu: Number(diy.su),
    diyNu: Number(diy.nu),
    diyIpv4: Number(diy.ipv4),
    certifiedCu: Number(certified.cu),
    certifiedSu: Number(certified.su),
    certifiedNu: Number(certified.nu),
    certifiedIpv4: Number(certified.ipv4),
    minimalUptime: diy.minimalUptime,
    connectionPrice: Number(farming.connectionPrice),
  };
}

const billingOf = ({ billing }: Runtime, before: Policy): Policy["billing"] => ({
  ...before.billing,
  rules: billing.rules,
  distributionCycles: billing.distributionCycles,
  gracePeriod: billing.gracePeriod,
  existentialDeposit: Number(billing.existentialDeposit),
  rounding: billing.rounding ?? before.billing.rounding,
});

function quirksOf({ billing: { quirks } }: Runtime, before: Policy): Policy["quirks"] {
  const { lockedTwice, graceTraffic, lastStretch, childGrace } = before.quirks;
  return {
    lockedTwice: quirks?.lockedTwice ?? lockedTwice,
    graceTraffic: quirks?.graceTraffic ?? graceTraffic,
    lastStretch: quirks?.lastStretch ?? lastStretch,
    childGrace: quirks?.childGrace ?? childGrace,
  };
}

const splitOf = ({ split }: Runtime): Policy["split"] => ({
  staking: Number(split.staking) / PERCENT,
  foundation: Number(split.foundation) / PERCENT,
  nameStaking: Number(split.nameStaking) / PERCENT,
  legacyStaking: Number(split.legacyStaking) / PERCENT,
  legacyFoundation: Number(split.legacyFoundation) / PERCENT,
  legacySales: Number(split.legacySales) / PERCENT,
});

/** A double that became a fixed-point number comes back as it was: nothing of it was cut. */
const doubleOf = (value: Fixed): number => Number(value) / 18_446_744_073_709_551_616;

const discountOf = ({
  discount: { from, paid, certified, hour },
}: Runtime): Policy["discount"] => ({
  defaultMonths: doubleOf(from.Default),
  bronzeMonths: doubleOf(from.Bronze),
  silverMonths: doubleOf(from.Silver),
  goldMonths: doubleOf(from.Gold),
  defaultPaid: doubleOf(paid.Default),
  bronzePaid: doubleOf(paid.Bronze),
  silverPaid: doubleOf(paid.Silver),
  goldPaid: doubleOf(paid.Gold),
  certifiedTimes: doubleOf(certified),
  hour: hour ?? "current",
});
