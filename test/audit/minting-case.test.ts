import { describe, expect, it } from "vitest";
import { mintingResult } from "../../src/audit/minting-case.ts";
import { type Json, plain } from "../../src/audit/spot.ts";
import { PERIOD_LENGTH, periodStart } from "../../src/protocol/index.ts";

/** What our rules answer to a case; its faults as a sentence where it has some. */
function answer(kind: string, input: Json): unknown {
  const told = mintingResult({ id: "x", kind, input });
  return told.ok ? plain(told.value) : told.faults.map((fault) => fault.path.join(".")).join(" ");
}

const GIB = 2 ** 30;
const TITAN = { cru: "8", mru: 32 * GIB, sru: String(1000 * GIB), hru: 0 };
const DIY = {
  ...{ id: 1, cu: 2400, su: "1000", nu: 30, ipv4: 5, minimal_uptime: 95, default: true },
  ...{ immutable: false, node_certification: "Diy", farm_certification: "NotCertified" },
};
const START = periodStart(75);
const END = START + PERIOD_LENGTH;

describe("variants that no public case touches", () => {
  it("one core was one CU in the program of early 2022", () => {
    const input = { resources: { ...TITAN, cru: 2 }, ruleset: "v3.0", nru_bytes: GIB };
    expect(answer("cloud_units", input)).toEqual({ cu: "2000000", su: "4000000", nu: "1000000" });
  });

  it("a billed user's sizes may be fractions of a GiB", () => {
    const input = { cru: 0, mru: 0.003, sru: 0.1, hru: 0.7 };
    const { cu, su } = answer("pricing_units", input) as { cu: number; su: number };
    expect(Math.abs(cu / 0.000375 - 1)).toBeLessThan(1e-9);
    expect(Math.abs(su / (0.7 / 1200 + 0.1 / 200) - 1)).toBeLessThan(1e-9);
  });

  it("but not below zero, and not beyond the bits of the chain", () => {
    const input = { cru: 0, mru: 0, sru: 0, hru: 0 };
    expect(answer("pricing_units", { ...input, mru: -0.5, hru: "-3" })).toBe("input.mru input.hru");
    const error = "ArithmeticOverflow";
    expect(answer("pricing_units", { ...input, sru: 1e60 })).toEqual({ error });
  });

  it.each([
    ["current", 2_499_335, 0],
    ["current", 2_499_336, 21_470],
    ["2023-12", 2_499_335, 21_447],
    ["2022", 26_309, 226],
  ])("in the era %s %i seconds of an uncertified node earn %i mUSD", (rules, uptime, musd) => {
    const input = { resources: TITAN, certification: "Diy", policy: DIY, uptime, rules };
    expect(answer("reward", { ...input, connection_price: 80 })).toMatchObject({ musd });
  });

  it("a node that never reported has its full reward told, and none paid", () => {
    const input = { resources: TITAN, certification: "Diy", policy: DIY, uptime: null };
    expect(answer("reward", { ...input, connection_price: "80" })).toEqual({
      ...{ musd_full: 22_600, tft_full: "2825000000", permille: 0, musd: 0, tft: "0" },
    });
  });

  it.each([
    [{ exists: false }, "MissingTwin"],
    [{ exists: true, relay: "" }, "MissingRelay"],
    [{ exists: true, relay: "r", pk_len: null }, null],
    [{ exists: true, relay: "r", pk_len: 32 }, "InvalidPublicKey"],
    [null, null],
  ])("of the twin %j the minting says %s", (twin, violation) => {
    const events = [{ t: "uptime", ts: START + 600, uptime: 600 }];
    const input = { period: 75, twin, events };
    expect(answer("uptime", input)).toMatchObject({ uptime: 600, violation });
  });

  it("a sleep of more than a day is credited inside the waiver of July 2024 alone", () => {
    const from = 1_721_046_600;
    const wake = from + 90_000;
    const input = {
      period: 75,
      events: [
        { t: "uptime", ts: from - 60, uptime: 60 },
        { t: "target", ts: from - 6, value: "Down" },
        { t: "state", ts: from, value: "Down" },
        { t: "target", ts: wake, value: "Up" },
        { t: "uptime", ts: wake + 120, uptime: 60 },
      ],
    };
    const waived = { ...input, grace_window: [from, from + 86_400] };
    expect(answer("uptime", input)).toMatchObject({ uptime: 120, violation: null });
    expect(answer("uptime", waived)).toMatchObject({ uptime: 120 + 90_120, violation: null });
  });

  it("a node that begins asleep and was asked already has no strike if it stays away", () => {
    const initial_power = { state: "Down", target: "Up", down_ts: START - 3_600 };
    const never = { uptime: 0, reported: false, violation: null, late_boots: 0 };
    expect(answer("uptime", { period: 75, initial_power, events: [] })).toEqual(never);
    const later = { ...initial_power, target: "Down" };
    const events = [{ t: "target", ts: START + 60, value: "Up" }];
    expect(answer("uptime", { period: 75, initial_power: later, events })).toEqual({
      ...never,
      late_boots: 1,
    });
  });

  it("blocks before the first and after the last of a period are the case's to say", () => {
    const run = { t: "run", from: END - 2_400, to: END + 4_800, every: 2_400, boot: START };
    const more = { first_block_ts: START + 9, end_block_ts: END + 2_400 };
    expect(answer("uptime", { period: 75, events: [run] })).toMatchObject({ uptime: 2460 + 2400 });
    expect(answer("uptime", { period: 75, events: [run], ...more })).toMatchObject({
      uptime: 2460 + 2400 + 2400,
    });
  });

  it("a clock that gains a second a report drifts into a violation", () => {
    const run = { t: "run", from: START + 600, to: END, every: 2_400, boot: START, drift: 1 };
    expect(answer("uptime", { period: 75, events: [run] })).toMatchObject({
      violation: "ClockSkew",
    });
  });

  it("contracts from before the period count, and policies may be given", () => {
    const nru = { t: "nru", ts: START + 3_600, id: 4, window: 3_600, nru: String(GIB) };
    const input = {
      period: 75,
      node: {
        ...{ resources: TITAN, certification: "Certified", farming_policy_id: 9 },
        ...{ connection_price: 80, virtualized: false, id: 1, twin_id: 2, farm_id: 3 },
      },
      contracts: { 4: { ips: 2, used: { ...TITAN, hru: 0 } }, 5: { ips: 1 } },
      policies: { 9: { ...DIY, default: false, minimal_uptime: 1 } },
      events: [
        { t: "run", from: START + 600, to: START + 9_000, every: 2_400, boot: START },
        nru,
        { ...nru, id: 6 },
      ],
      farm_name: 'a "b" \\ c\n☀',
    };
    // 22.6 USD of capacity, 0.03 of traffic, two addresses for an hour at 0.005 each.
    expect(answer("mint", input)).toMatchObject({
      ...{ ip_seconds: 7_200, nu: "1000000", musd_full: 22_640, permille: 2, musd: 22_640 },
      payout_address: null,
    });
    const { json, payout_line } = answer("receipt", input) as Readonly<Record<string, string>>;
    expect(json).toContain('"farm_name":"a \\"b\\" \\\\ c\\n☀","stellar_payout_address":""');
    expect(json).toContain('"resource_utilization":{"cru":0.0');
    expect(payout_line).toBeNull();
  });

  it("limits are told in the fields in which they came, and stay where none was used", () => {
    const question = {
      policies: [{ ...DIY }, { ...DIY, id: 8, default: false }],
      ...{ node_certification: "Diy", farm_certification: "Gold", resources: TITAN },
    };
    const limits = { farming_policy_id: 8, cu: "32", node_count: 1, node_certification: false };
    expect(answer("policy_select", { ...question, limits })).toEqual({
      policy_id: 8,
      limits: { ...limits, cu: 0, node_count: 0 },
    });
    const spent = { ...limits, end: 99 };
    expect(answer("policy_select", { ...question, limits: spent, now: 100 })).toEqual({
      policy_id: 1,
      limits: { ...spent, cu: 32 },
    });
    expect(answer("policy_select", { ...question, policies: [] })).toEqual({
      policy_id: null,
      limits: null,
    });
  });

  it("what a user pays is split as in its year", () => {
    expect(answer("utilization_split", { amount: 101, version: "v3.1", takes: [10, 50] })).toEqual({
      ...{ foundation: "10", staking: "5", providers: ["10", "50"], sales: "0" },
      ...{ burned: "35", farmer: "0" },
    });
    expect(answer("utilization_split", { amount: "101", version: "2.9" })).toEqual({
      ...{ foundation: "40", staking: "10", providers: [], sales: "0", burned: "0" },
      farmer: "51",
    });
  });

  it("the calculator has no answer below 0.08 USD, and takes 1 for yes", () => {
    const input = {
      ...{ memory: 33, cpu: 8, hdd: 0, ssd: 1000, price: 0.07, priceAfter5Years: 1 },
      ...{ powerUtilization: 40, powerCost: 0.15, certified: 1, publicIp: 1 },
      ...{ investmentCostHW: 800, nuRequiredPerCu: 30 },
    };
    expect(answer("calculator", input)).toMatchObject({ cu: 8, cuFarmingRewardInTft: null });
    const { cuFarmingRewardInTft } = answer("calculator", { ...input, price: 0.1 }) as {
      cuFarmingRewardInTft: number;
    };
    expect(cuFarmingRewardInTft).toBeCloseTo(240, 9);
  });

  it("a calculator that is not told of a certificate or an address has none", () => {
    const input = {
      ...{ memory: 33, cpu: 8, hdd: 0, ssd: 1000, price: 0.1, priceAfter5Years: 1 },
      ...{ powerUtilization: 40, powerCost: 0.15, investmentCostHW: 800, nuRequiredPerCu: 30 },
    };
    const told = { ...input, certified: 0, publicIp: false };
    expect(answer("calculator", input)).toEqual(answer("calculator", told));
  });

  it("the carbon of a node that never reported is nothing", () => {
    const input = { resources: TITAN, connection_price: 80 };
    expect(answer("carbon", input)).toEqual({ musd: 0, tft: "0" });
    expect(answer("carbon", { ...input, uptime: null })).toEqual({ musd: 0, tft: "0" });
    expect(answer("carbon", { ...input, uptime: PERIOD_LENGTH })).toMatchObject({ musd: 3_231 });
  });
});

describe("what is wrong with a case is told, field by field", () => {
  const node = { resources: TITAN, certification: "Diy", farming_policy_id: 1 };
  it.each([
    ["uptime", { period: 75 }, "input.events"],
    ["uptime", { events: [{ t: "nap" }], period: "x" }, "input.period input.events.0.t"],
    [
      "uptime",
      { period: 1, events: [{ t: "run", from: 0, to: 1, boot: 0 }] },
      "input.events.0.every",
    ],
    [
      "uptime",
      { period: 1, events: [{ t: "run", from: 0, to: 1e9, every: 1, boot: 0 }] },
      "input.events.0",
    ],
    ["uptime", { period: 1, rules: "2021", events: [] }, "input.rules"],
    ["uptime", { period: 1, grace_window: [1], events: [] }, "input.grace_window"],
    ["reward", { resources: TITAN }, "input.certification input.connection_price input.policy"],
    ["mint", { period: 1, events: [], node }, "input.node.connection_price"],
    [
      "mint",
      { period: 1, events: [], node: { ...node, farming_policy_id: 7, connection_price: 80 } },
      "input.node.farming_policy_id",
    ],
    [
      "receipt",
      { period: 1, events: [], node: { ...node, connection_price: 80 } },
      "input.farm_name input.node.id input.node.twin_id input.node.farm_id",
    ],
    ["reward", 3, "input"],
  ])("%s %j", (kind, input, paths) => {
    expect(String(answer(kind, input)).split(" ").sort()).toEqual(paths.split(" ").sort());
  });

  it("a kind that is not known is not supported", () => {
    expect(answer("toString", {})).toEqual({
      unsupported: "there is no rule toString of the minting",
    });
  });
});
