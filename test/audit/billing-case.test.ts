import { describe, expect, it } from "vitest";
import { billingResult } from "../../src/audit/billing-case.ts";
import { pricingTold } from "../../src/audit/billing-terms.ts";
import { type Json, plain } from "../../src/audit/spot.ts";

/** What our rules answer to a case; the paths of its faults where it has some. */
function answer(fn: string, input: Json): unknown {
  const told = billingResult({ id: "x", fn, input });
  return told.ok ? plain(told.value) : told.faults.map((fault) => fault.path.join(".")).join(" ");
}

const OVERFLOW = { error: "ArithmeticOverflow" };
const U64 = "18446744073709551615";
const NOTHING = { cru: 0, mru: 0, sru: 0, hru: 0 };

describe("where the chain's arithmetic has no result", () => {
  const CASES: readonly (readonly [string, string, Json])[] = [
    ["a price of zero divides", "to_tft", { units: 1, price: 0 }],
    ["nothing at a price of zero divides, too", "to_tft", { units: 0, price: 0 }],
    ["what is dearer than 64 bits of TFT", "to_tft", { units: U64, price: 1 }],
    [
      "no time divides the cost of an hour",
      "discount",
      { amount_due: 9, seconds: 0, balance: 1, certified: false },
    ],
    [
      "a month of nothing divides the balance",
      "discount",
      { amount_due: 1, seconds: 9_000_000, balance: 1, certified: false },
    ],
    [
      "a fee times its time beyond 64 bits",
      "extra_fee",
      { fee_musd_per_month: 1_844_674_407_370_956, seconds: 1 },
    ],
    ["more cores than 64 bits", "cu", { cru: "18446744073709551616", mru: 0, unit: "Gigabytes" }],
    [
      "bytes sold by the byte",
      "resource_cost",
      {
        ...{
          resources: { ...NOTHING, sru: 1 << 30 },
          ips: 0,
          seconds: 1 << 30,
          bill_resources: true,
        },
        policy: { ...pricingTold, su: { unit: "Bytes", value: U64 } },
      },
    ],
  ];
  it.each(CASES)("%s: %s", (_, fn, input) => {
    expect(answer(fn, input)).toEqual(OVERFLOW);
  });

  it("but nothing is due of nothing, whatever the time", () => {
    const input = { amount_due: 0, seconds: 0, balance: 1, certified: true };
    expect(answer("discount", input)).toEqual({ amount: 0, level: "None" });
  });

  it("and one below the edge has one", () => {
    const input = { fee_musd_per_month: 1_844_674_407_370_955, seconds: 1 };
    expect(answer("extra_fee", input)).toEqual({ units: 7_116_799_411_153 });
  });
});

describe("variants that no public case touches", () => {
  it.each([
    ["Bytes", 1n],
    ["Kilobytes", 1n << 10n],
    ["Megabytes", 1n << 20n],
    ["Gigabytes", 1n << 30n],
    ["Terabytes", 1n << 40n],
  ])("a price may count in %s", (unit, size) => {
    const input = { cru: 1, mru: (size * 4n).toString(), unit };
    expect(answer("cu", input)).toEqual({ cu_bits: String(1n << 64n) });
    expect(answer("su", { sru: (size * 200n).toString(), hru: 0, unit })).toEqual({
      su_bits: String(1n << 64n),
    });
  });

  it("results beyond 2^53 are digits", () => {
    expect(answer("percent", { percent: 99, amount: U64 })).toEqual({
      result: "18262276632972456099",
    });
  });

  it("without a provider there may be no takes, null, or none in a list", () => {
    const told = [{ amount: 10 }, { amount: 10, takes: null }, { amount: 10, takes: [] }];
    for (const input of told) {
      expect(answer("split_legacy", input)).toEqual({
        ...{ foundation: 1, staking: 0, providers: [], sales: 5, burn: 4, left: 0 },
      });
    }
  });

  it("bounds that are crossed leave the cap", () => {
    expect(answer("effective_price", { average: 50, min: 100, max: 20 })).toEqual({ price: 20 });
  });

  it("a contract's kind decides what it has to say", () => {
    const more = { seconds: 3_600, policy: pricingTold, prices: [50, 10, 1_000], balance: 0 };
    const name = { kind: "name", certified: false, ...more };
    expect(answer("contract_cost", name)).toMatchObject({ units: 2_500, full_tft: 50_000 });
    expect(answer("contract_cost", { ...name, kind: "node" })).toBe(
      "input.resources input.ips input.rented input.unbilled",
    );
  });
});

const account = (name: string) => ({ account: name });
const setup = {
  balances: {
    farmer: 10_000,
    user: "100000000000",
    rich: 10_000,
    foundation: 500,
    staking: 500,
    prov: 500,
  },
  ...{ billing_frequency: 10, distribution_frequency: 2, existential_deposit: 500 },
  grace_period: 40,
  farms: { 1: { dedicated: false, public_ips: 4, twin: 1 } },
  nodes: { 1: { certified: true, farm: 1, resources: { cru: 8, mru: 1 << 30, sru: 0, hru: 0 } } },
  policy: pricingTold,
  prices: [50, 10, 1_000],
  twins: { 1: account("farmer"), 2: account("user"), 3: account("rich") },
};
const play = (profile: string, steps: Json) =>
  answer("scenario", { profile, topic: "by hand", setup, steps }) as {
    steps: readonly Json[];
    bills: readonly Record<string, Json>[];
    final: { contracts: Json; block: number };
  };

describe("a scenario", () => {
  const rent = { op: "create_rent", account: "user", node: 1 };
  const advance = (to_block: number) => ({ op: "advance", to_block });

  it("charges nothing more on a node that opted out, and takes no stranger's deployment", () => {
    const steps = [
      rent,
      advance(11),
      { op: "opt_out", node: 1 },
      advance(31),
      {
        ...{ op: "create_node", account: "user", node: 1, ips: 0 },
      },
    ];
    const { steps: told, bills } = play("reserve", steps);
    expect(bills.map(({ block }) => block)).toEqual([1, 11]);
    expect(told.at(-1)).toEqual({ status: "error", error: "OnlyTwinAdminCanDeployOnThisNode" });
  });

  it("tells what each step came to, and goes on after one that was refused", () => {
    const { steps, final } = play("legacy", [
      { op: "create_name", account: "nobody", name: "abc" },
      { op: "create_name", account: "user", name: "abc" },
      { op: "create_provider", providers: [["prov", 51]] },
      { op: "create_provider", providers: [["prov", "50"]] },
      { op: "attach_provider", account: "user", contract: 1, provider: 1 },
      { op: "approve_provider", provider: 1, approve: true },
      { op: "attach_provider", account: "user", contract: 1, provider: 1 },
      { op: "attach_provider", account: "user", contract: 1, provider: 1 },
      { op: "power_state", node: 9, down: true },
      { op: "report_resources", contract: 1, resources: NOTHING },
      advance(5),
      { op: "cancel", account: "rich", contract: 1 },
      { op: "cancel", account: "user", contract: 1 },
    ]);
    const words = steps.map((step) => Object.values(step as object).join(" "));
    expect(words).toEqual([
      ...["error TwinNotExists", "ok 1", "error InvalidProviderConfiguration", "ok 1"],
      ...["error SolutionProviderNotApproved", "ok", "ok"],
      "error UnauthorizedToChangeSolutionProviderId",
      ...["error NodeNotExists", "error InvalidContractType", "ok"],
      ...["error TwinNotAuthorizedToCancelContract", "ok"],
    ]);
    expect(final).toMatchObject({ block: 5, contracts: {} });
  });

  it("bills on where one bill leaves the chain's bits, and refuses a step that does", () => {
    const report = (nru: string) => ({ op: "report_nru", contract: 1, nru, window: 1 << 30 });
    const { steps, bills } = play("reserve", [
      { op: "create_node", account: "user", node: 1, ips: 0 },
      { op: "create_name", account: "user", name: "abc" },
      report(U64),
      report("50000000000000000"),
      { op: "set_price", average: 1 },
      advance(2),
      { op: "cancel", account: "user", contract: 1 },
    ]);
    const overflow = { status: "error", error: "ArithmeticOverflow" };
    expect([steps[2], steps[3], steps.at(-1)]).toEqual([overflow, { status: "ok" }, overflow]);
    expect(bills[0]).toEqual({ contract: 1, block: 1, error: "ArithmeticOverflow" });
    expect(bills[1]).toMatchObject({ contract: 2, block: 2, state: "Created" });
  });

  it("tells all that is wrong with it, but nothing of a step that it does not know", () => {
    const input = { profile: "old", setup: { ...setup, prices: [1] }, steps: [{ op: "bill" }] };
    expect(answer("scenario", input)).toBe("input.profile input.setup.prices input.steps.0.op");
    expect(answer("scenario", { profile: "legacy", steps: [{ op: "cancel" }] })).toBe(
      "input.setup input.steps.0.account input.steps.0.contract",
    );
  });
});

it("a rule that is not known is not supported, and a case without one is faulty", () => {
  expect(answer("constructor", {})).toEqual({
    unsupported: "there is no rule constructor of billing",
  });
  expect(billingResult({ id: "x" })).toMatchObject({ ok: false });
});
