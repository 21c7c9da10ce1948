import { describe, expect, it } from "vitest";
import { mintUnits, weightUnits } from "../../src/protocol/capacity.ts";
import { choosePolicy, type PolicyLimits } from "../../src/protocol/farming-policy.ts";
import { carbonReward, type MintedNode, reward } from "../../src/protocol/mint.ts";
import { periodAt, periodOf } from "../../src/protocol/period.ts";
import { bytes, milliUsd, permille, seconds } from "../../src/units/index.ts";
import { mintOf, receiptOf } from "./mint-run.ts";
import { casesOf, type Json, policyOf, resourcesOf } from "./minting-cases.ts";
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
    const historic = (input.rules ?? "current") !== "current";
    const result = reward(nodeOf(input), input.uptime === null ? null : seconds(input.uptime), {
      diy: permille(historic ? 0 : 950),
      certified: permille(historic ? 0 : 980),
    });
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

const limitsOf = (json: Json): PolicyLimits => ({
  policy: json.farming_policy_id,
  cu: json.cu === null || json.cu === undefined ? null : BigInt(json.cu),
  su: json.su === null || json.su === undefined ? null : BigInt(json.su),
  end: json.end === null || json.end === undefined ? null : seconds(json.end),
  nodes: json.node_count ?? null,
});

const limitsJson = (limits: PolicyLimits): Json => ({
  farming_policy_id: limits.policy,
  cu: limits.cu === null ? null : Number(limits.cu),
  su: limits.su === null ? null : Number(limits.su),
  end: limits.end,
  node_count: limits.nodes,
});
