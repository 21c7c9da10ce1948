import { describe, expect, it } from "vitest";
import { identityOf } from "../../src/run/identity.ts";

const frozen = { proportional: false, frozen: true };
const CU = "policy.pricing.cu";

describe("what follows from accounting is no finding", () => {
  it.each([
    ["split.farmer_tft", [], "a share of what is charged"],
    ["user.spend_usd", ["assumptions.failure.mtbf"], "what is charged, at the price of the token"],
    ["billing.charged_tft", [CU], "the price list and shares, times a demand that is frozen"],
    ["farmer.income_usd", [CU, "policy.discount.goldPaid"], "the price list and shares"],
    ["mint.tft", ["policy.farming.diyCu"], "the new rates for a fleet that is frozen"],
    ["farmer.income_usd", [CU, "policy.farming.diySu"], "the new rates for a fleet that is frozen"],
  ])("%s where %j differs: %s", (metric, keys, because) => {
    expect(identityOf(metric, keys, frozen)).toContain(because);
  });

  it.each([
    ["billing.charged_tft", ["assumptions.demand.live"]],
    ["billing.charged_tft", [CU, "assumptions.demand.live"]],
    ["mint.tft", ["policy.farming.minimalUptime"]],
    ["mint.paid_share", ["policy.minting.minimumDiy"]],
    ["contract.live", [CU]],
    ["mint.tft", [CU]],
    ["billing.charged_tft", []],
  ])("%s where %j differs could have come out otherwise", (metric, keys) => {
    expect(identityOf(metric, keys, frozen)).toBeNull();
  });

  it("is a finding again where people respond", () => {
    expect(identityOf("billing.charged_tft", [CU], { ...frozen, frozen: false })).toBeNull();
  });

  it("is seen in the numbers where every pair changes by one factor", () => {
    const proportional = { proportional: true, frozen: true };
    expect(identityOf("capacity.cu", ["assumptions.fleet.nodes"], proportional)).toContain(
      "factor",
    );
  });
});
