/**
 * Farming policies: what a unit of capacity earns, and which policy a node gets when it registers.
 *
 * Source: tfchain 33046d6, pallet-tfgrid/src/pricing.rs, get_farming_policy; genesis values from
 * node/src/chain_spec.rs. The chain never pays a reward: the minting reads a node's policy.
 * Quirks: a farm whose attached limits are exhausted falls back to the highest default policy
 * whatever the certifications, and keeps its limits; the certification in the limits is not read;
 * a policy's expiry plays no part in the choice; a non-default policy that writes 95 for its
 * uptime means 9.5 %, since the minting reads thousandths.
 * Disagreements, each a word of `policy.farming.limits` beside the default `code`: the manual says
 * that exhausted limits are removed, that the node then gets the default policy that fits it, that
 * the certification in the limits is asked for, and that without limits a node gets a default
 * policy or none (`manual`). The program asks for the certification and for a fitting default since
 * pull request 1087 of April 2026, but keeps the limits (`2026-04`); it may not be in force.
 * Unknown: the numbers of the main network's gold policy, for which there are candidates in
 * `gold-policy.ts`.
 */
import {
  accepted,
  type Blocks,
  block,
  blocks,
  type MilliUsd,
  milliUsd,
  type Outcome,
  refused,
  type Seconds,
  type Values,
} from "../units/index.ts";
import type { WeightUnits } from "./capacity.ts";

const GENESIS = "tfchain 33046d6, node/src/chain_spec.rs (genesis)";
const rewardBounds = ["0 USD", "1000 USD"] as const;

/** The rewards of the two default policies, and the price at which new nodes connect. */
export const farmingBlock = block("policy.farming", "What capacity earns a farmer.", {
  diyCu: {
    kind: "chainMilliUsd",
    doc: "Reward of a compute unit in a period, default policy for uncertified nodes.",
    default: "2.4 USD",
    bounds: rewardBounds,
    range: null,
    quality: "seen",
    source: GENESIS,
    date: "2022-09",
  },
  diySu: {
    kind: "chainMilliUsd",
    doc: "Reward of a storage unit in a period, default policy for uncertified nodes.",
    default: "1 USD",
    bounds: rewardBounds,
    range: null,
    quality: "seen",
    source: GENESIS,
    date: "2022-09",
  },
  diyNu: {
    kind: "chainMilliUsd",
    doc: "Reward of a GiB of public traffic, default policy for uncertified nodes.",
    default: "0.03 USD",
    bounds: rewardBounds,
    range: null,
    quality: "seen",
    source: GENESIS,
    date: "2022-09",
  },
  diyIpv4: {
    kind: "chainMilliUsd",
    doc: "Reward of an hour of a used public address, default policy for uncertified nodes.",
    default: "0.005 USD",
    bounds: rewardBounds,
    range: null,
    quality: "seen",
    source: GENESIS,
    date: "2022-09",
  },
  certifiedCu: {
    kind: "chainMilliUsd",
    doc: "Reward of a compute unit in a period, default policy for certified nodes.",
    default: "3 USD",
    bounds: rewardBounds,
    range: null,
    quality: "seen",
    source: GENESIS,
    date: "2022-09",
  },
  certifiedSu: {
    kind: "chainMilliUsd",
    doc: "Reward of a storage unit in a period, default policy for certified nodes.",
    default: "1.25 USD",
    bounds: rewardBounds,
    range: null,
    quality: "seen",
    source: GENESIS,
    date: "2022-09",
  },
  certifiedNu: {
    kind: "chainMilliUsd",
    doc: "Reward of a GiB of public traffic, default policy for certified nodes.",
    default: "0.038 USD",
    bounds: rewardBounds,
    range: null,
    quality: "seen",
    source: GENESIS,
    date: "2022-09",
  },
  certifiedIpv4: {
    kind: "chainMilliUsd",
    doc: "Reward of an hour of a used public address, default policy for certified nodes.",
    default: "0.006 USD",
    bounds: rewardBounds,
    range: null,
    quality: "seen",
    source: GENESIS,
    date: "2022-09",
  },
  minimalUptime: {
    kind: "count",
    doc: "The field of that name in the default policies; the minting reads it for others only.",
    default: "95",
    bounds: ["0", "65535"],
    range: null,
    quality: "seen",
    source: GENESIS,
    date: "2022-09",
  },
  connectionPrice: {
    kind: "chainMilliUsd",
    doc: "Price of a TFT that a node keeps from its registration on, at which it is rewarded.",
    default: "0.08 USD",
    bounds: ["0.001 USD", "1000 USD"],
    range: null,
    quality: "seen",
    source: GENESIS,
    date: "2022-09",
  },
  limits: {
    kind: "choice",
    doc:
      "Whose rule of attached limits holds: the code's of 2024, that of April 2026, or the " +
      "manual's. Calls follow it; no farm of a world has limits attached.",
    default: "code",
    words: ["code", "2026-04", "manual"],
    range: null,
    quality: "seen",
    source: "tfchain 33046d6, pallet-tfgrid/src/pricing.rs; pull request 1087 (2026-04)",
    date: "2024-03",
  },
});

/** Whether a node is certified, in the chain's words. */
export type NodeCertification = "Diy" | "Certified";
/** Whether a farm is certified, in the chain's words. */
export type FarmCertification = "NotCertified" | "Gold";

/** One farming policy; rewards are per unit and period, `nu` per GiB, `ipv4` per address hour. */
export interface FarmingPolicy {
  readonly id: number;
  readonly cu: MilliUsd;
  readonly su: MilliUsd;
  readonly nu: MilliUsd;
  readonly ipv4: MilliUsd;
  /** Raw field; the minting compares it in permille, where it looks at it at all. */
  readonly minimalUptime: number;
  readonly default: boolean;
  readonly immutable: boolean;
  readonly nodeCertification: NodeCertification;
  readonly farmCertification: FarmCertification;
  readonly created: Blocks;
  /** Blocks after its creation from which it cannot be attached to a farm; 0 means never. */
  readonly end: Blocks;
}

/** The two default policies, 1 for uncertified and 2 for certified nodes. */
export function defaultPolicies(values: Values<typeof farmingBlock>): readonly FarmingPolicy[] {
  const shared = {
    minimalUptime: values.minimalUptime,
    default: true,
    immutable: false,
    farmCertification: "NotCertified",
    created: blocks(1),
    end: blocks(0),
  } as const;
  return [
    {
      ...shared,
      id: 1,
      cu: milliUsd(BigInt(values.diyCu)),
      su: milliUsd(BigInt(values.diySu)),
      nu: milliUsd(BigInt(values.diyNu)),
      ipv4: milliUsd(BigInt(values.diyIpv4)),
      nodeCertification: "Diy",
    },
    {
      ...shared,
      id: 2,
      cu: milliUsd(BigInt(values.certifiedCu)),
      su: milliUsd(BigInt(values.certifiedSu)),
      nu: milliUsd(BigInt(values.certifiedNu)),
      ipv4: milliUsd(BigInt(values.certifiedIpv4)),
      nodeCertification: "Certified",
    },
  ];
}

/** A policy attached to a farm, with what it may still be used for; null means without limit. */
export interface PolicyLimits {
  readonly policy: number;
  readonly cu: bigint | null;
  readonly su: bigint | null;
  readonly end: Seconds | null;
  readonly nodes: number | null;
  /** Whether they are for certified nodes alone; stored, and not read by the chain. */
  readonly certifiedOnly?: boolean;
}

/** What the choice for a node looks at. */
export interface PolicyQuestion {
  readonly policies: readonly FarmingPolicy[];
  readonly nodeCertification: NodeCertification;
  readonly farmCertification: FarmCertification;
  readonly units: WeightUnits;
  /** The farm's attached limits, null without. */
  readonly limits: PolicyLimits | null;
  readonly now: Seconds;
}

/** The policy a node gets, and what is left of its farm's limits. */
export interface PolicyChoice {
  readonly policy: FarmingPolicy;
  readonly limits: PolicyLimits | null;
}

/** Whose account of attached limits holds: the chain's program, a later one, or its manual. */
export type LimitRule = Values<typeof farmingBlock>["limits"];

/** Chooses the policy of a node that registers; refuses where none fits, changing nothing. */
export function choosePolicy(
  question: PolicyQuestion,
  rule: LimitRule = "code",
): Outcome<PolicyChoice, "FarmingPolicyNotExists"> {
  const { policies, limits, units, now } = question;
  if (limits === null) {
    const named = (policy: FarmingPolicy): boolean => policy.default || rule !== "manual";
    return pick(question, (policy) => named(policy) && fits(policy, question), null);
  }
  const attached = policies.find((policy) => policy.id === limits.policy);
  if (attached === undefined) return refused("FarmingPolicyNotExists");
  const unfit = limits.certifiedOnly === true && question.nodeCertification !== "Certified";
  const spent = exhausted(limits, units, now);
  if (spent || (unfit && rule !== "code")) {
    const admits = (policy: FarmingPolicy): boolean =>
      policy.default && (rule === "code" || fits(policy, question));
    return pick(question, admits, spent && rule === "manual" ? null : limits);
  }
  return accepted({
    policy: attached,
    limits: {
      ...limits,
      cu: limits.cu === null ? null : limits.cu - units.cu,
      su: limits.su === null ? null : limits.su - units.su,
      nodes: limits.nodes === null ? null : limits.nodes - 1,
    },
  });
}

const exhausted = (limits: PolicyLimits, units: WeightUnits, now: Seconds): boolean =>
  (limits.end !== null && now > limits.end) ||
  (limits.cu !== null && units.cu > limits.cu) ||
  (limits.su !== null && units.su > limits.su) ||
  limits.nodes === 0;

const fits = (policy: FarmingPolicy, question: PolicyQuestion): boolean =>
  nodeRank[policy.nodeCertification] <= nodeRank[question.nodeCertification] &&
  farmRank[policy.farmCertification] <= farmRank[question.farmCertification];

const nodeRank: Readonly<Record<NodeCertification, number>> = { Diy: 0, Certified: 1 };
const farmRank: Readonly<Record<FarmCertification, number>> = { NotCertified: 0, Gold: 1 };

function pick(
  question: PolicyQuestion,
  admits: (policy: FarmingPolicy) => boolean,
  limits: PolicyLimits | null,
): Outcome<PolicyChoice, "FarmingPolicyNotExists"> {
  let best: FarmingPolicy | null = null;
  for (const policy of question.policies) {
    if (admits(policy) && (best === null || ranksAbove(policy, best))) best = policy;
  }
  return best === null ? refused("FarmingPolicyNotExists") : accepted({ policy: best, limits });
}

/** The chain's order: defaults first, then certified farm, certified node, and the latest. */
function ranksAbove(a: FarmingPolicy, b: FarmingPolicy): boolean {
  if (a.default !== b.default) return a.default;
  const farm = farmRank[a.farmCertification] - farmRank[b.farmCertification];
  if (farm !== 0) return farm > 0;
  const node = nodeRank[a.nodeCertification] - nodeRank[b.nodeCertification];
  if (node !== 0) return node > 0;
  return a.id > b.id;
}
