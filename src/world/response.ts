/**
 * Response: what users make of prices, in the world.
 *
 * A user compares what a deployment may be expected to cost in real USD now, surcharge of certified
 * nodes included, with what it costs at the default prices of the policy. Below a price ratio at
 * which more is wished for, candidates of their own come on top, so that whoever would come at the
 * default prices comes at lower ones too.
 */

import { ln, streamId } from "../kernel/index.ts";
import { answersToPrice, wishedAt } from "../models/index.ts";
import {
  contractCost,
  discountBlock,
  Kind,
  type PricingPolicy,
  pricingBlock,
  pricingPolicy,
  trafficCost,
} from "../protocol/index.ts";
import { bytes, cores, defaults, seconds, usd } from "../units/index.ts";
import { Due, Priority } from "./due.ts";
import { plan } from "./plan.ts";
import type { Part } from "./sheet.ts";
import type { World } from "./state.ts";
import { USER } from "./user.ts";

const STREAM = {
  gap: streamId("arrival.answer.gap"),
  keep: streamId("arrival.answer.keep"),
  giveUp: streamId("tenant.giveUp"),
} as const;

const HOUR = seconds(3600);
/** Ordinals of deployments that prices brought, apart from all others. */
const ANSWER = 0x5000_0000;

/** How many times as much of a user's deployment is wished for as at the default prices. */
export function wishFor(world: World, user: number, ordinal: number): number {
  const { response, fleet } = world.setup.assumptions;
  if (!answersToPrice(response)) return 1;
  const { parts } = plan(world, user, ordinal, world.sheet);
  const live = {
    pricing: pricingPolicy(world.policy.pricing),
    // Bills by lock never asked the surcharge.
    surcharge: world.locks === null ? world.policy.discount.certifiedTimes - 1 : 0,
    certified: fleet.certified,
  };
  const asked = costOf(parts, live) * dearness(world);
  const known = costOf(parts, { ...USUAL, certified: fleet.certified });
  return known === 0 ? 1 : wishedAt(asked / known, response);
}

/** Prices as a user reads them. */
interface PriceList {
  readonly pricing: PricingPolicy;
  /** Part of the cost that a certified node asks on top. */
  readonly surcharge: number;
  /** Share of nodes that are certified. */
  readonly certified: number;
}

const USUAL = {
  pricing: pricingPolicy(defaults(pricingBlock)),
  surcharge: defaults(discountBlock).certifiedTimes - 1,
};

/** What a plan may be expected to cost an hour before discounts, in 1e-7 USD. */
function costOf(parts: readonly Part[], list: PriceList): number {
  let sum = 0;
  for (const part of parts) {
    const cost = Number(contractCost(billable(part, list.pricing), HOUR, list.pricing));
    sum += cost * (1 + list.surcharge * onCertified(part, list.certified));
  }
  return sum;
}

/** Probability that a part comes to stand on a certified node; a name stands on none. */
function onCertified({ kind, wish }: Part, share: number): number {
  if (kind === Kind.name) return 0;
  return wish?.certified ? 1 : share;
}

function billable(part: Part, pricing: PricingPolicy): Parameters<typeof contractCost>[0] {
  if (part.kind === Kind.name) return { kind: "name" };
  // The machine of a rent is not chosen yet; what the user needs of it stands for it.
  const size = part.kind === Kind.rent ? (part.wish ?? part) : part;
  const resources = {
    cru: cores(BigInt(size.cores)),
    mru: bytes(BigInt(size.memory)),
    sru: bytes(BigInt(size.ssd)),
    hru: bytes(BigInt(size.hdd)),
  };
  if (part.kind === Kind.rent) return { kind: "rent", capacity: resources };
  const hourly = bytes(BigInt(part.trafficPerSecond * HOUR));
  const unbilled = part.trafficPerSecond > 0 ? trafficCost(hourly, HOUR, pricing) : usd(0n);
  const ips = BigInt(part.ips);
  return { kind: "node", resources, ips, rented: part.rented, unbilled };
}

/**
 * Real USD that a billed USD costs: tokens are taken at the chain's price, which has a floor and a
 * cap and lags by a day, and were bought at the market's.
 */
function dearness({ token, now, terms }: World): number {
  const billed = token.billedAt(Math.floor(now / terms.secondsPerBlock));
  return token.usdAt(now) / billed;
}

/** Puts a user's next candidate that only lower prices bring on the agenda. */
export function scheduleAnswer(world: World, user: number, second: number): void {
  const { users, chance, pace, setup } = world;
  const { response } = setup.assumptions;
  const rate = pace.rates[user] * pace.peak * users.appetite[user * USER] * (response.most - 1);
  if (!answersToPrice(response) || rate <= 0) return;
  const number = pace.answers[user]++;
  const gap = -ln(chance.uniform(STREAM.gap, 0, user, number)) / rate;
  world.agenda.push(second + gap, Priority.arrival, user, Due.answer);
}

/** The ordinal of the candidate of this kind that has come, and whether prices bring it. */
export function answered(world: World, user: number): { ordinal: number; brought: number } {
  const { chance, pace, setup } = world;
  const { most } = setup.assumptions.response;
  const number = pace.answers[user] - 1;
  const ordinal = ANSWER + number;
  const more = Math.max(0, wishFor(world, user, ordinal) - 1) / (most - 1);
  const u = chance.uniform(STREAM.keep, 0, user, number);
  return { ordinal, brought: more === 0 ? Number.POSITIVE_INFINITY : u / more };
}

/** A user was refused; true if it never asks again. */
export function givesUp({ chance, setup }: World, user: number, ordinal: number): boolean {
  const { giveUp } = setup.assumptions.response;
  return giveUp > 0 && chance.uniform(STREAM.giveUp, user, ordinal, 0) < giveUp;
}
