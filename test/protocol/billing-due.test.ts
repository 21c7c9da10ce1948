/** Whom a bill concerns and what is due, where bills in a running grid hardly come. */
import { describe, expect, it } from "vitest";
import { dueOf, partiesOf } from "../../src/protocol/billing/due.ts";
import { BILLED_PRICING, type Contract, type GridState } from "../../src/protocol/index.ts";
import { milliUsd, seconds, tft, usd } from "../../src/units/index.ts";
import { deploy, FIRST, rent, SECOND, start, tryFee, tryName } from "./acts.ts";
import { NODE, terms, testPricing, value } from "./grid.ts";

const none = new Map();
const dear = value(tryFee(start(), "alice", 100_000n));
const rented = deploy(rent(dear, "bob"), "bob", { block: 2 });
const named = value(tryName(start(), "bob", "some_name")).state;

describe("those whom a bill concerns", () => {
  const told = (state: GridState, more: Partial<GridState>) => {
    const parties = partiesOf({ ...state, ...more }, state.contracts.get(FIRST)!);
    return parties.ok ? [parties.value.payer.account, parties.value.site?.farmer.account] : parties;
  };
  const without = (account: string) =>
    new Map([...start().twins].filter(([, twin]) => twin.account !== account));
  const pricings = (...ids: readonly (typeof BILLED_PRICING)[]) =>
    new Map(ids.map((id) => [id, testPricing] as const));
  it.each<readonly [string, GridState, Partial<GridState>, unknown]>([
    ["of a rent", rented, {}, ["bob", "alice"]],
    ["of a name", named, {}, ["bob", undefined]],
    ["with its prices", rented, { pricings: pricings(BILLED_PRICING) }, ["bob", "alice"]],
    ["without its payer", rented, { twins: without("bob") }, "TwinNotExists"],
    ["without its prices", rented, { pricings: pricings() }, "PricingPolicyNotExists"],
    ["without its node", rented, { nodes: none }, "NodeNotExists"],
    ["without its farm", rented, { farms: none }, "FarmNotExists"],
    ["without its farmer", rented, { twins: without("alice") }, "TwinNotExists"],
  ])("are told for a contract %s", (_, state, more, answer) => {
    const refusal = { ok: false, error: answer };
    expect(told(state, more)).toEqual(typeof answer === "string" ? refusal : answer);
  });
});

describe("what is due", () => {
  const hour = seconds(3_600);
  const node = dear.nodes.get(NODE)!;
  const due = (
    state: GridState,
    more: {
      contract?: Partial<Contract>;
      id?: typeof FIRST;
      elapsed?: number;
      certified?: boolean;
      price?: bigint;
      rules?: "legacy" | "reserve";
    } = {},
  ) => {
    const found = { ...state.contracts.get(more.id ?? FIRST)!, ...more.contract } as Contract;
    const bill = {
      ...{ contract: found, balance: tft(0n) },
      elapsed: seconds(more.elapsed ?? hour),
    };
    const site = found.kind === "name" ? null : { ...node, certified: more.certified ?? false };
    const by = { ...terms(more.rules ?? "reserve"), price: milliUsd(more.price ?? 50n) };
    const outcome = dueOf(state, bill, site, by);
    return outcome.ok ? Object.values(outcome.value) : outcome.error;
  };
  const plain = deploy(start(), "bob");

  it("of a name is its price of an hour, at 0.05 USD for a TFT", () => {
    expect(due(named)).toEqual([278_000n, 0n, "None"]);
  });

  it("of a rent has the farmer's extra fee beside it, of a node contract not", () => {
    // One CU at 0.03056 USD and 0.3 SU at 0.01944 USD are 0.036392 USD; 100 USD a month the fee.
    expect(due(rent(dear, "bob"))).toEqual([18_859_520n, 27_777_780n, "None"]);
    expect(due(plain)).toEqual([7_278_400n, 0n, "None"]);
  });

  it("of a node contract on a rented node is for its addresses and traffic alone", () => {
    const use = { id: SECOND, contract: { ips: 1 } };
    expect(due(rented, { id: SECOND })).toEqual([0n, 0n, "None"]);
    expect(due(rented, use)).toEqual([69_400n * 20n, 0n, "None"]);
    const busy = { ...use, contract: { ips: 1, unbilled: usd(100n) } };
    expect(due(rented, busy)).toEqual([69_500n * 20n, 0n, "None"]);
  });

  it("on a certified node is a quarter more, but by the legacy rules", () => {
    expect(due(plain, { certified: true })).toEqual([9_098_000n, 0n, "None"]);
    expect(due(plain, { certified: true, rules: "legacy" })).toEqual([7_278_400n, 0n, "None"]);
  });

  it("is nothing for no time, and undefined where traffic is due for it", () => {
    expect(due(plain, { elapsed: 0 })).toEqual([0n, 0n, "None"]);
    const busy = { contract: { unbilled: usd(100n) } };
    expect(due(plain, { ...busy, elapsed: 0 })).toBe("ArithmeticOverflow");
  });

  it("is nothing where nothing has a cost, for which no price is asked", () => {
    expect(due(rented, { id: SECOND, price: 0n })).toEqual([0n, 0n, "None"]);
    expect(due(rent(dear, "bob"), { elapsed: 0, price: 0n })).toEqual([0n, 0n, "None"]);
  });

  it("is undefined where it leaves the chain's bits, which fails that bill alone", () => {
    // 1e10 USD at 0.001 USD a TFT are 1e20 of 1e-7 TFT, and 64 bits hold less than 2e19.
    const dearly = { contract: { unbilled: usd(10n ** 17n) }, price: 1n };
    expect(due(plain, dearly)).toBe("ArithmeticOverflow");
    const rich = { contract: { unbilled: usd(10n ** 15n) }, price: 1_000n };
    expect(due(plain, rich)).toMatchObject({ 1: 0n, 2: "None" });
  });

  it("is undefined at no price, and where a month of it rounds to nothing", () => {
    expect(due(plain, { price: 0n })).toBe("ArithmeticOverflow");
    expect(due(rent(dear, "bob"), { price: 0n })).toBe("ArithmeticOverflow");
    expect(due(named, { price: 30_000_000_000n, elapsed: 6_000_000 })).toBe("ArithmeticOverflow");
  });
});
