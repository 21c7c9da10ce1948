/**
 * The cases of `tfgrid-minting-cases/1`: periods, units, uptime, rewards, receipts, and what the
 * dashboard shows.
 *
 * Every kind reads its input first, noting what is wrong, and answers what computes the result in
 * the form of the case's `expected`: bytes, micro units and amounts of TFT as decimal strings,
 * seconds, permille and 1e-3 USD as numbers.
 */

import {
  type Amount,
  billingCu,
  billingSu,
  carbonReward,
  choosePolicy,
  estimateFarming,
  type FarmingEstimate,
  type MintedNode,
  type MintUnits,
  minimumUptime,
  mintingBlock,
  mintUnits,
  type PolicyLimits,
  periodAt,
  periodOf,
  type Resources,
  type Reward,
  reward,
  shownAvailability,
  splitLegacy,
  splitReserve,
  type UptimeVerdict,
  weightUnits,
} from "../protocol/index.ts";
import { type Bytes, bytes, cores, defaults, seconds, tft } from "../units/index.ts";
import { overflowing } from "./billing-case.ts";
import { resourcesAt, splits } from "./billing-terms.ts";
import { guess } from "./guess.ts";
import { mintOf, readMint, readReceipt } from "./mint-case.ts";
import {
  connectionPriceAt,
  eraAt,
  farmCertificationAt,
  limitsAt,
  nodeCertificationAt,
  policyAt,
} from "./minting-terms.ts";
import {
  type Answer,
  at,
  blame,
  decimal,
  type Fields,
  flag,
  integer,
  isFields,
  isThere,
  type Json,
  list,
  loose,
  maybe,
  type Spot,
  secondsAt,
  spotOf,
  text,
  whole,
  word,
} from "./spot.ts";
import { blameStrays, knows } from "./stray.ts";
import { readUptime, uptimeOf } from "./uptime-case.ts";

/** Computes a result whose input was read. */
type Compute = () => unknown;

const trafficAt = (spot: Spot): Bytes => bytes(maybe(spot, whole, 0n));

const unitsTold = ({ cu, su, nu }: MintUnits) => ({
  cu: String(cu),
  su: String(su),
  nu: String(nu),
});
const amountTold = ({ usd, tft: units }: Amount) => ({ musd: Number(usd), tft: String(units) });
const rewardTold = ({ full, permille, paid }: Reward) => ({
  musd_full: Number(full.usd),
  tft_full: String(full.tft),
  permille,
  ...amountTold(paid),
});
const uptimeTold = ({ credited, reported, violation, lateBoots }: UptimeVerdict) => ({
  uptime: credited,
  reported,
  violation,
  late_boots: lateBoots,
});

/** Reads a node whose uptime and use are known already. */
function mintedAt(input: Spot): Omit<MintedNode, "policy" | "certification"> {
  return {
    units: mintUnits(resourcesAt(at(input, "resources")), trafficAt(at(input, "nru_bytes"))),
    ipSeconds: maybe(at(input, "ip_seconds"), whole, 0n),
    connectionPrice: connectionPriceAt(at(input, "connection_price")),
    virtualized: maybe(at(input, "virtualized"), flag, false),
    violated: maybe(at(input, "violation"), text, null) !== null,
  };
}

function rewardCase(input: Spot): Compute {
  const certification = nodeCertificationAt(at(input, "certification"));
  const node = { ...mintedAt(input), certification, policy: policyAt(at(input, "policy")) };
  const rules = eraAt(at(input, "rules"));
  const credited = maybe(at(input, "uptime"), secondsAt, null);
  return () =>
    rewardTold(reward(node, credited, minimumUptime({ ...defaults(mintingBlock), rules })));
}

/** The carbon mint looks neither at the certification nor at the policy. */
function carbonCase(input: Spot): Compute {
  const node = mintedAt(input);
  const credited = maybe(at(input, "uptime"), secondsAt, seconds(0));
  return () => amountTold(carbonReward(node, credited));
}

function mintCase(input: Spot): Compute {
  const one = readMint(input);
  return () => {
    const { verdict, units, utilization, reward: earned } = mintOf(one);
    return {
      ...uptimeTold(verdict),
      ...unitsTold(units),
      ip_seconds: utilization.ips,
      ...rewardTold(earned),
      payout_address: one.address,
    };
  };
}

function policyCase(input: Spot): Compute {
  const given = at(input, "limits");
  const question = {
    policies: list(at(input, "policies"), (policy) => policyAt(policy)),
    nodeCertification: nodeCertificationAt(at(input, "node_certification")),
    farmCertification: farmCertificationAt(at(input, "farm_certification")),
    units: weightUnits(resourcesAt(at(input, "resources"))),
    limits: maybe(given, limitsAt, null),
    now: maybe(at(input, "now"), secondsAt, seconds(0)),
  };
  return () => {
    const choice = choosePolicy(question);
    const left = choice.ok ? choice.value.limits : question.limits;
    const limits = left === null || !isFields(given.value) ? null : limitsTold(left, given.value);
    return { policy_id: choice.ok ? choice.value.policy.id : null, limits };
  };
}

/** What is left of limits, in the fields in which they were given. */
function limitsTold(left: PolicyLimits, given: Fields): Readonly<Record<string, unknown>> {
  const told = { cu: left.cu, su: left.su, end: left.end, node_count: left.nodes };
  const named = Object.entries(told).filter(([name]) => Object.hasOwn(given, name));
  return { ...given, ...Object.fromEntries(named) };
}

function splitCase(input: Spot): Compute {
  const amount = tft(whole(at(input, "amount")));
  const version = word(at(input, "version"), ["v3.1", "2.9"]);
  const takes = maybe(at(input, "takes"), (spot) => list(spot, (take) => whole(take)), []);
  return () => {
    if (version === "2.9") {
      const { staking, foundation, farmer } = splitReserve(amount, true, splits);
      return {
        foundation: String(foundation),
        staking: String(staking),
        providers: [],
        sales: "0",
        burned: "0",
        farmer: String(farmer),
      };
    }
    const { foundation, staking, providers, sales, burn } = splitLegacy(amount, takes, splits);
    return {
      foundation: String(foundation),
      staking: String(staking),
      providers: providers.map(String),
      sales: String(sales),
      burned: String(burn),
      farmer: "0",
    };
  };
}

/** What a user is billed for, in floating units; sizes come in GiB. */
function pricingCase(input: Spot): Compute {
  // A 2^-40th is a finer grain than a byte, which a fraction of a GiB need not come out in.
  const size = (name: string): Bytes => {
    const spot = at(input, name);
    const gib = decimal(spot);
    if (gib < 0) blame(spot, "a number from 0 on");
    return bytes(BigInt(Math.round(gib * 1_099_511_627_776)));
  };
  const use: Resources = {
    cru: cores(whole(at(input, "cru"))),
    mru: size("mru"),
    sru: size("sru"),
    hru: size("hru"),
  };
  const float = (fixed: bigint): number => Number(fixed) / 18_446_744_073_709_551_616;
  return () => ({ cu: float(billingCu(use, "Terabytes")), su: float(billingSu(use, "Terabytes")) });
}

function availabilityCase(input: Spot): Compute {
  const reports = list(at(input, "reports"), (row) => ({
    at: secondsAt(at(row, "ts")),
    reported: secondsAt(at(row, "uptime")),
  }));
  const [start, now] = [secondsAt(at(input, "period_start")), secondsAt(at(input, "now"))];
  return () => shownAvailability(reports, start, now);
}

function calculatorCase(input: Spot): Compute {
  const number = (name: string): number => decimal(at(input, name));
  const profile = {
    ...{ memory: number("memory"), threads: number("cpu"), hdd: number("hdd") },
    ...{ ssd: number("ssd"), price: number("price"), power: number("powerUtilization") },
    ...{ priceAfter5Years: number("priceAfter5Years"), powerCost: number("powerCost") },
    certified: maybe(at(input, "certified"), loose, false),
    publicIp: maybe(at(input, "publicIp"), loose, false),
    ...{ hardwareCost: number("investmentCostHW"), nuPerCu: number("nuRequiredPerCu") },
  };
  return () => calculatorTold(estimateFarming(profile));
}

const calculatorTold = (one: FarmingEstimate) => ({
  ...{ cu: one.cu, su: one.su, nu: one.nu },
  ...{ tftRewardPerCu: one.tftPerCu, tftRewardPerSu: one.tftPerSu, tftRewardPerNu: one.tftPerNu },
  ...{ cuFarmingRewardInTft: one.tftForCu, suFarmingRewardInTft: one.tftForSu },
  ...{ nuFarmingRewardInTft: one.tftForNu, totalFarmingRewardInTft: one.tft },
  ...{ totalCosts: one.cost, grossProfit: one.gross, netProfit: one.net },
  roiPercent: one.returnPercent,
});

const KINDS: Readonly<Record<string, (input: Spot) => Compute>> = {
  period: (input) => {
    const offset = at(input, "offset");
    const number = isThere(offset) ? integer(offset) : periodOf(secondsAt(at(input, "ts")));
    return () => {
      const { month, ...bounds } = periodAt(number);
      return { ...bounds, ...month };
    };
  },
  cloud_units: (input) => {
    const resources = resourcesAt(at(input, "resources"));
    const traffic = trafficAt(at(input, "nru_bytes"));
    const rule = maybe(at(input, "ruleset"), (spot) => word(spot, ["current", "v3.0"]), "current");
    return () => unitsTold(mintUnits(resources, traffic, rule));
  },
  pricing_units: pricingCase,
  limit_units: (input) => {
    const resources = resourcesAt(at(input, "resources"));
    return () => weightUnits(resources);
  },
  reward: rewardCase,
  carbon: carbonCase,
  uptime: (input) => {
    const one = readUptime(input);
    return () => uptimeTold(uptimeOf(one));
  },
  mint: mintCase,
  receipt: readReceipt,
  policy_select: policyCase,
  utilization_split: splitCase,
  availability: availabilityCase,
  calculator: calculatorCase,
};

/** The kinds of minting case. */
export const mintingKinds: readonly string[] = Object.keys(KINDS);

/** What the rules answer to a minting case `{kind, input}`, in the form of its `expected`. */
export function mintingResult(one: Json): Answer {
  const whole = spotOf(one);
  knows(whole, ["id", "kind", "input", "expected"]);
  const name = text(at(whole, "kind"));
  if (whole.faults.length > 0) return { ok: false, faults: whole.faults };
  if (!Object.hasOwn(KINDS, name)) {
    const meant = guess(name, mintingKinds);
    return { ok: true, value: { unsupported: `there is no rule ${name} of the minting${meant}` } };
  }
  const compute = KINDS[name](at(whole, "input"));
  blameStrays(whole);
  return whole.faults.length > 0
    ? { ok: false, faults: whole.faults }
    : { ok: true, value: overflowing(compute) };
}
