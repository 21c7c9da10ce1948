import { describe, expect, it } from "vitest";
import { shownAvailability } from "../../src/protocol/availability.ts";
import { estimateFarming, type FarmingProfile } from "../../src/protocol/calculator.ts";
import { mintUnits, weightUnits } from "../../src/protocol/capacity.ts";
import { billingCu, billingSu } from "../../src/protocol/cost.ts";
import { choosePolicy, type PolicyLimits } from "../../src/protocol/farming-policy.ts";
import {
  carbonReward,
  type MintedNode,
  minimumUptime,
  mintingBlock,
  reward,
} from "../../src/protocol/mint.ts";
import { periodAt, periodOf } from "../../src/protocol/period.ts";
import { splitBlock, splitLegacy, splitPolicy, splitReserve } from "../../src/protocol/split.ts";
import { bytes, milliUsd, seconds, tft } from "../../src/units/index.ts";
import { defaults } from "./defaults.ts";
import { mintOf, receiptOf } from "./mint-run.ts";
import { casesOf, type Json, limitsOf, policyOf, resourcesOf } from "./minting-cases.ts";
import { uptimeOf } from "./minting-run.ts";

const strings = (value: object): Json =>
  Object.fromEntries(Object.entries(value).map(([key, count]) => [key, String(count)]));

describe("the public minting cases come out to the last unit", () => {
  it.each(casesOf("period"))("%s", (_, { input, expected }) => {
    const period = periodAt(input.offset ?? periodOf(seconds(input.ts)));
    const { offset, start, end, month } = period;
    expect({ offset, start, end, ...month }).toEqual(expected);
  });

  it.each(casesOf("cloud_units"))("%s", (_, { input, expected }) => {
    const units = mintUnits(
      resourcesOf(input.resources),
      bytes(BigInt(input.nru_bytes ?? 0)),
      input.ruleset,
    );
    expect(strings(units)).toEqual(expected);
  });

  it.each(casesOf("limit_units"))("%s", (_, { input, expected }) => {
    const { cu, su } = weightUnits(resourcesOf(input.resources));
    expect({ cu: Number(cu), su: Number(su) }).toEqual(expected);
  });

  it.each(casesOf("reward"))("%s", (_, { input, expected }) => {
    const minimum = minimumUptime({
      ...defaults(mintingBlock),
      rules: input.rules ?? "current",
    });
    const credited = input.uptime === null ? null : seconds(input.uptime);
    const result = reward(nodeOf(input), credited, minimum);
    expect({
      musd_full: Number(result.full.usd),
      tft_full: String(result.full.tft),
      permille: result.permille,
      musd: Number(result.paid.usd),
      tft: String(result.paid.tft),
    }).toEqual(expected);
  });

  it.each(casesOf("carbon"))("%s", (_, { input, expected }) => {
    const { usd, tft } = carbonReward(nodeOf(input), seconds(input.uptime));
    expect({ musd: Number(usd), tft: String(tft) }).toEqual(expected);
  });

  it.each(casesOf("uptime"))("%s", (_, { input, expected }) => {
    const { credited, reported, violation, lateBoots } = uptimeOf(input);
    expect({ uptime: credited, reported, violation, late_boots: lateBoots }).toEqual(expected);
  });

  it.each(casesOf("mint"))("%s", (_, { input, expected }) => {
    const { verdict, units, utilization, reward: result } = mintOf(input);
    expect({
      uptime: verdict.credited,
      reported: verdict.reported,
      permille: result.permille,
      violation: verdict.violation,
      late_boots: verdict.lateBoots,
      ...strings(units),
      ip_seconds: Number(utilization.ips),
      musd_full: Number(result.full.usd),
      tft_full: String(result.full.tft),
      musd: Number(result.paid.usd),
      tft: String(result.paid.tft),
      payout_address: input.payout_address ?? null,
    }).toEqual(expected);
  });

  it.each(casesOf("receipt"))("%s", (_, { input, expected }) => {
    expect(receiptOf(input)).toEqual(expected);
  });

  it.each(casesOf("availability"))("%s", (_, { input, expected }) => {
    const reports = input.reports.map((one: Json) => ({ at: one.ts, reported: one.uptime }));
    const shown = shownAvailability(reports, seconds(input.period_start), seconds(input.now));
    expect(shown).toEqual(expected);
  });

  it.each(casesOf("calculator"))("%s", (_, { input, expected }) => {
    const results = calculatorOf(input);
    expect(Object.keys(results).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, value] of Object.entries(results)) {
      const want = expected[name] ?? Number.NaN;
      if (Number.isNaN(want)) expect(value, name).toBeNaN();
      else expect(Math.abs(value - want), name).toBeLessThanOrEqual(1e-9 * Math.abs(want));
    }
  });

  it.each(casesOf("utilization_split"))("%s", (_, { input, expected }) => {
    expect(splitOf(input)).toEqual(expected);
  });

  it.each(casesOf("pricing_units"))("%s", (_, { input, expected }) => {
    const { cu, su } = pricedOf(input);
    expect(cu).toBeCloseTo(expected.cu, 9);
    expect(su).toBeCloseTo(expected.su, 9);
  });

  it.each(casesOf("policy_select"))("%s", (_, { input, expected }) => {
    const limits = input.limits ? limitsOf(input.limits) : null;
    const choice = choosePolicy({
      policies: input.policies.map(policyOf),
      nodeCertification: input.node_certification,
      farmCertification: input.farm_certification,
      units: weightUnits(resourcesOf(input.resources)),
      limits,
      now: seconds(input.now ?? 0),
    });
    const left = choice.ok ? choice.value.limits : limits;
    expect({
      policy_id: choice.ok ? choice.value.policy.id : null,
      limits: left === null ? null : { ...input.limits, ...limitsJson(left) },
    }).toEqual(expected);
  });
});

function nodeOf(input: Json): MintedNode {
  return {
    units: mintUnits(resourcesOf(input.resources), bytes(BigInt(input.nru_bytes ?? 0))),
    ipSeconds: BigInt(input.ip_seconds ?? 0),
    certification: input.certification ?? "Diy",
    policy: policyOf(input.policy ?? { id: 1, cu: 2400, su: 1000, nu: 30, ipv4: 5 }),
    connectionPrice: milliUsd(BigInt(input.connection_price)),
    virtualized: input.virtualized ?? false,
    violated: input.violation !== undefined && input.violation !== null,
  };
}

const limitsJson = (limits: PolicyLimits): Json => ({
  farming_policy_id: limits.policy,
  cu: limits.cu === null ? null : Number(limits.cu),
  su: limits.su === null ? null : Number(limits.su),
  end: limits.end,
  node_count: limits.nodes,
});

/** What a user is billed for, in floating units as the dashboard shows them. */
function pricedOf(input: Json): { cu: number; su: number } {
  const gib = (size: number): number => Math.round(size * 2 ** 30);
  const use = resourcesOf({
    ...input,
    mru: gib(input.mru),
    sru: gib(input.sru),
    hru: gib(input.hru),
  });
  const float = (fixed: bigint): number => Number(fixed) / 2 ** 64;
  return {
    cu: float(billingCu(use, "Gigabytes")),
    su: float(billingSu(use, "Gigabytes")),
  };
}

function splitOf(input: Json): Json {
  const amount = tft(BigInt(input.amount));
  const policy = splitPolicy(defaults(splitBlock));
  if (input.version === "2.9") {
    const none = { providers: [], sales: "0", burned: "0" };
    return { ...strings(splitReserve(amount, true, policy)), ...none };
  }
  const {
    providers,
    burn,
    left: _,
    ...shares
  } = splitLegacy(amount, (input.takes ?? []).map(BigInt), policy);
  return {
    ...strings(shares),
    providers: providers.map(String),
    burned: String(burn),
    farmer: "0",
  };
}

function calculatorOf(input: Json): Record<string, number> {
  const profile: FarmingProfile = {
    ...{ memory: input.memory, threads: input.cpu, hdd: input.hdd, ssd: input.ssd },
    ...{ price: input.price, priceAfter5Years: input.priceAfter5Years },
    ...{ power: input.powerUtilization, powerCost: input.powerCost },
    ...{ certified: Boolean(input.certified), publicIp: input.publicIp },
    ...{ hardwareCost: input.investmentCostHW, nuPerCu: input.nuRequiredPerCu },
  };
  const one = estimateFarming(profile);
  return {
    ...{ cu: one.cu, su: one.su, nu: one.nu },
    ...{ tftRewardPerCu: one.tftPerCu, tftRewardPerSu: one.tftPerSu },
    ...{ tftRewardPerNu: one.tftPerNu, cuFarmingRewardInTft: one.tftForCu },
    ...{ suFarmingRewardInTft: one.tftForSu, nuFarmingRewardInTft: one.tftForNu },
    ...{ totalFarmingRewardInTft: one.tft, totalCosts: one.cost, grossProfit: one.gross },
    ...{ netProfit: one.net, roiPercent: one.returnPercent },
  };
}
