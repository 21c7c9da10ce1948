import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  billingBlock,
  burnFrom,
  chainDiscounts,
  discountBlock,
  dividePayment,
  type EconomicsSet,
  economicsAt,
  economicsNames,
  economicsSets,
  existing,
  findEconomics,
  mintAll,
  mintingBlock,
  missingRules,
  noSupply,
  percentIn,
  periodAt,
  periodStart,
  policyTexts,
  runsOf,
  splitBlock,
  splitLegacy,
  splitReserve,
  v3Sets,
} from "../../../src/protocol/index.ts";
import { readInstant } from "../../../src/scenario/instant.ts";
import { type Block, type Seconds, seconds, tft } from "../../../src/units/index.ts";

const SETTINGS = { seed: 504_111, numRuns: 100 };
const named = economicsSets.map((set) => [set.name, set] as const);

function setOf(name: string): EconomicsSet {
  const set = findEconomics(name);
  if (set === undefined) throw new Error(`no set ${name}`);
  return set;
}

function instant(date: string): Seconds {
  const reading = readInstant(date);
  if (!reading.ok) throw new Error(date);
  return reading.value;
}

describe("every set", () => {
  it.each(named)("%s shares out 100 %%, what is burned included", (_, set) => {
    expect(percentIn(set.shares)).toBe(100n);
    for (const shares of [set.nameShares, set.feeShares])
      if (shares !== null) expect(percentIn(shares)).toBe(100n);
    expect(set.shares.every(({ percent }) => percent > 0n)).toBe(true);
  });

  it.each(named)("%s has a source, a date, a confidence and what it leaves open", (_, set) => {
    expect([set.source, set.title].includes("")).toBe(false);
    expect(["H", "M", "L"]).toContain(set.confidence);
    expect(set.from >= instant("2022-03-01") && set.from < instant("2026-01-01")).toBe(true);
    expect(set.open.length).toBeGreaterThan(0);
    expect(set.parts.length).toBeGreaterThan(0);
    expect(set.status === "live" ? set.periods : null).toBe(set.periods);
  });

  it.each(named)("%s divides any payment to the last unit", (_, set) => {
    const takes = fc.array(fc.bigInt(0n, 16n), { maxLength: 3 });
    const payments = fc.tuple(fc.bigInt(0n, 10n ** 17n), fc.boolean(), takes);
    fc.assert(
      fc.property(payments, ([amount, hasNode, some]) => {
        const parts = dividePayment(set, { amount, hasNode, takes: some });
        expect(parts.reduce((sum, part) => sum + part.amount, 0n)).toBe(amount);
        const paid = parts.filter(({ to }) => to !== "payer");
        expect(paid.every((part) => part.amount >= 0n)).toBe(true);
      }),
      SETTINGS,
    );
  });

  it.each(named)("%s pays its shares of a payment that every share divides", (_, set) => {
    const parts = dividePayment(set, { amount: 10_000n, hasNode: true, takes: [] });
    for (const { to, percent } of set.shares)
      expect(parts.find((part) => part.to === to)?.amount).toBe(percent * 100n);
  });

  it("has a name of its own", () => {
    expect(new Set(economicsNames).size).toBe(economicsSets.length);
    for (const name of ["v3-2022", "v3-2023-12", "v3-current", "gep-2024-03", "v4-2024-08"])
      expect(economicsNames).toContain(name);
    for (const name of ["v4-2024-11", "v4-2024-12", "cloud-credits-2025", "spore-2025"])
      expect(economicsNames).toContain(name);
  });
});

const SHARES = `
  set                 shares
  v3-2022             50/35/10/5
  v3-2023-06          50/35/10/5
  v3-2024-01          50/35/10/5
  v3-2024-05          50/35/10/5
  v3-current          50/40/10
  v3.50-2023-08       20/10/10/60
  gep-2024-03         50/40/10
  v4-2024-08          80/10/10
  v4-2024-11          60/20/20
  v4-2024-12          90/10
  cloud-credits-2025  80/10/10
  spore-2025          80/10/10
`;

describe("the shares as published", () => {
  const rows = SHARES.trim()
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/));

  it.each(rows)("of %s are %s", (name, shares) => {
    expect(
      setOf(name ?? "")
        .shares.map(({ percent }) => percent)
        .join("/"),
    ).toBe(shares);
  });

  it("burn under grid v3 until spec 152, and again in the drafts of 2025", () => {
    const burning = economicsSets.filter(({ shares }) => shares.some(({ to }) => to === "burned"));
    expect(burning.map(({ name }) => name)).toEqual([
      ...v3Sets.filter(({ policy }) => policy?.billing === "legacy").map(({ name }) => name),
      "cloud-credits-2025",
      "spore-2025",
    ]);
  });
});

const ERAS = `
  from        until       set         periods  minting  billing
  2022-03-01  2023-03-10  v3-2022     47..59   2022     legacy
  2023-03-10  2023-06-01  v3-2023-03  60..61   2022     legacy
  2023-06-01  2023-10-31  v3-2023-06  62..66   2022     legacy
  2023-10-31  2024-01-22  v3-2023-12  67..69   2023-12  legacy
  2024-01-22  2024-05-01  v3-2024-01  70..71   2023-12  legacy
  2024-05-01  2024-11-05  v3-2024-05  73..79   current  legacy
  2024-11-05  -           v3-current  80..     current  reserve
`;

describe("the sets that were in force", () => {
  const day = (at: Seconds | null): number | null => (at === null ? null : Math.floor(at / 86_400));
  const rows = ERAS.trim()
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/));

  it.each(rows)("from %s to %s %s", (from = "", until = "", name = "", ...rest) => {
    const { policy, periods, ...set } = setOf(name);
    expect(set.status).toBe("live");
    expect(day(set.from)).toBe(day(instant(from)));
    expect(day(set.until)).toBe(until === "-" ? null : day(instant(until)));
    const span = `${periods?.[0]}..${periods?.[1] ?? ""}`;
    expect([span, policy?.minting, policy?.billing]).toEqual(rest);
  });

  it("are all of them", () => {
    expect(v3Sets.map(({ name }) => name)).toEqual(rows.map((row) => row[2]));
  });

  const pairs = v3Sets.slice(1).map((set, at) => [v3Sets[at]?.name, set.name, set] as const);

  it.each(pairs)("%s ends at the instant at which %s begins", (before = "", _, set) => {
    expect(setOf(before).until).toBe(set.from);
    expect(economicsAt(seconds(set.from - 1))?.name).toBe(before);
    expect(economicsAt(set.from)?.name).toBe(set.name);
  });

  it("change the minting's rules at the first second of a period", () => {
    expect(setOf("v3-2023-12").from).toBe(periodStart(67));
    expect(setOf("v3-2024-05").from).toBe(periodStart(73));
    expect(periodAt(73).month).toEqual({ year: 2024, month: 5 });
    expect(periodAt(67).month).toEqual({ year: 2023, month: 11 });
  });

  it("judge every period from March 2022 on but April 2024, which they say is open", () => {
    const judged = v3Sets.flatMap(({ periods }) => {
      const [first, last] = periods ?? [0, 0];
      return Array.from({ length: (last ?? 90) - first + 1 }, (_, at) => first + at);
    });
    const all = Array.from({ length: 90 - 47 + 1 }, (_, at) => 47 + at);
    expect(judged).toEqual(all.filter((period) => period !== 72));
    expect(periodAt(72).month).toEqual({ year: 2024, month: 4 });
    expect(setOf("v3-2024-01").open.some((text) => text.includes("Period 72"))).toBe(true);
  });

  it("round otherwise before June 2023, and judge discounts otherwise before 2024-01-22", () => {
    const at = (day: string) => economicsAt(instant(day))?.policy;
    const rounding = ["2023-05-31", "2023-06-02"].map((day) => at(day)?.rounding);
    expect(rounding).toEqual(["earlier", "nearest"]);
    expect(["2024-01-21", "2024-01-22"].map((day) => at(day)?.hour)).toEqual([
      "inverted",
      "current",
    ]);
  });

  it("burn on 4 November 2024 and no more from the day after on", () => {
    expect(economicsAt(instant("2024-11-04T23:59:59Z"))?.policy?.billing).toBe("legacy");
    expect(economicsAt(instant("2024-11-05"))?.policy?.billing).toBe("reserve");
  });

  it("say nothing of the time before", () => {
    expect(economicsAt(instant("2022-01-01"))).toBeUndefined();
  });
});

describe("the policy of a set", () => {
  const blocks: Readonly<Record<string, Block>> = {
    billing: billingBlock,
    minting: mintingBlock,
    split: splitBlock,
    discount: discountBlock,
  };
  const fieldOf = (key: string) => {
    const [noun = "", name = ""] = key.split(".");
    return blocks[noun]?.fields[name];
  };

  it("of today is what the declarations have as defaults", () => {
    const policy = setOf("v3-current").policy;
    if (policy === null) throw new Error("no policy");
    for (const [key, text] of policyTexts(policy))
      expect([key, fieldOf(key)?.default]).toEqual([key, text]);
    expect(policy.discount).toBe(chainDiscounts);
  });

  it("writes parts of a hundred without zeros that say nothing, and keeps the others", () => {
    const today = findEconomics("v3-current")?.policy;
    if (today === null || today === undefined) throw new Error("today's set has a policy");
    const paid = { ...today.discount.paid, Default: 100n, Bronze: 5n, Silver: 40n };
    const tenths = { ...today.discount.tenths, Gold: 1_000n };
    const texts = new Map(policyTexts({ ...today, discount: { ...today.discount, paid, tenths } }));
    const words = ["defaultPaid", "bronzePaid", "silverPaid", "goldMonths"];
    expect(words.map((word) => texts.get(`discount.${word}`))).toEqual(["1", "0.05", "0.4", "100"]);
  });

  it("lacks the rules whose words nothing declares, and then is calculated only", () => {
    const set = findEconomics("v3-current");
    if (set?.policy === null || set?.policy === undefined) throw new Error("it has a policy");
    const strange = { ...set, policy: { ...set.policy, minting: "2031" as never } };
    expect(missingRules(strange)).toEqual([{ key: "policy.minting.rules", word: "2031" }]);
    const billed = { ...set, policy: { ...set.policy, billing: "gold" as never } };
    expect(missingRules(billed)).toEqual([{ key: "policy.billing.rules", word: "gold" }]);
    expect([missingRules(set), missingRules({ ...set, policy: null })]).toEqual([[], []]);
    expect([set, strange, { ...set, policy: null }].map(runsOf)).toEqual([
      "world",
      "calculation only",
      "calculation only",
    ]);
  });

  it("names every share and every discount that is declared", () => {
    for (const { policy } of economicsSets) {
      if (policy === null) continue;
      const keys = policyTexts(policy).map(([key]) => key);
      const declared = ["split", "discount"].flatMap((noun) =>
        Object.keys(blocks[noun]?.fields ?? {}).map((name) => `${noun}.${name}`),
      );
      expect(declared.filter((key) => !keys.includes(key))).toEqual([]);
      expect(keys.filter((key) => fieldOf(key) === undefined)).toEqual([]);
    }
  });

  it("runs in a world exactly where the chain could run it and no rule is missing", () => {
    const rules: readonly string[] = billingBlock.fields.rules.words;
    for (const set of economicsSets) {
      const known = set.policy !== null && rules.includes(set.policy.billing);
      expect([set.name, runsOf(set)]).toEqual([set.name, known ? "world" : "calculation only"]);
    }
    expect([runsOf(setOf("v3-current")), runsOf(setOf("gep-2024-03"))]).toEqual(["world", "world"]);
    expect(runsOf(setOf("v4-2024-11"))).toBe("calculation only");
    expect(missingRules(setOf("v3-current"))).toEqual([]);
  });
});

describe("a payment under a set of the chain", () => {
  it("is divided by the chain's own rules", () => {
    const { policy } = setOf("v3-current");
    if (policy === null) throw new Error("no policy");
    const paid = { amount: 101n, hasNode: true, takes: [] };
    const { farmer, foundation, staking } = splitReserve(tft(101n), true, policy.split);
    expect(dividePayment(setOf("v3-current"), paid)).toEqual([
      { to: "farmer", amount: farmer },
      { to: "foundation", amount: foundation },
      { to: "staking pool", amount: staking },
    ]);
    const name = dividePayment(setOf("v3-current"), { ...paid, amount: 100n, hasNode: false });
    expect(name.map(({ amount }) => amount)).toEqual([0n, 90n, 10n]);
  });

  it("pays providers out of the half for sales until spec 152, and none since", () => {
    const paid = { amount: 1_000n, hasNode: true, takes: [30n, 10n] };
    const before = dividePayment(setOf("v3-2022"), paid);
    const legacy = splitLegacy(tft(1_000n), paid.takes, setOf("v3-2022").policy?.split ?? never());
    expect(legacy.providers).toEqual([300n, 100n]);
    expect(before[0]).toEqual({ to: "sales and providers", amount: 500n });
    const since = dividePayment(setOf("v3-current"), paid);
    expect(since).toEqual(dividePayment(setOf("v3-current"), { ...paid, takes: [] }));
    expect([setOf("v3-2022").providers?.paid, setOf("v3-current").providers?.paid]).toEqual([
      true,
      false,
    ]);
  });

  it("makes the supply smaller by what is burned, and minting makes it larger", () => {
    const minted = mintAll(noSupply("TFT"), 5_000n);
    if (!minted.ok) throw new Error(minted.error);
    const parts = dividePayment(setOf("v3-2024-05"), { amount: 1_000n, hasNode: true, takes: [] });
    const burned = parts.find(({ to }) => to === "burned")?.amount ?? 0n;
    const after = burnFrom(minted.value, burned);
    expect(after.ok && existing(after.value)).toBe(5_000n - 350n);
  });
});

function never(): never {
  throw new Error("no policy");
}
