import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addStake,
  chainDiscounts,
  discountBlock,
  discountLevel,
  discountPolicy,
  discountTables,
  divideStakeReward,
  dueAtLevel,
  levelInTable,
  olderDiscounts,
  paidInTable,
  stakeIsFree,
  standingOf,
  tenthsHeld,
  validatorProgramme,
  validatorProgrammes,
} from "../../../src/protocol/index.ts";
import { seconds, tft } from "../../../src/units/index.ts";
import { defaults } from "../defaults.ts";

const SETTINGS = { seed: 504_109, numRuns: 300 };
const TFT = 10_000_000n;
const manual = discountTables.find(({ name }) => name === "manual-3-6-12-36") ?? olderDiscounts;

const LEVELS = `
  table  months  level
  older     2.9  None
  older     3.0  Default
  older     6.0  Bronze
  older    12.0  Silver
  older    35.9  Silver
  older    36.0  Gold
  chain     1.4  None
  chain     1.5  Default
  chain     3.0  Bronze
  chain     6.0  Silver
  chain    17.9  Silver
  chain    18.0  Gold
`;

describe("the dated tables of discounts", () => {
  const rows = LEVELS.trim()
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/));

  it.each(rows)("the %s one at %s months of cost gives %s", (name, months, level) => {
    const table = name === "chain" ? chainDiscounts : olderDiscounts;
    const balance = tft(BigInt(Math.round(Number(months) * 10)) * 100n);
    expect(levelInTable(table, balance, tft(1_000n))).toBe(level);
    expect(tenthsHeld(balance, tft(1_000n))).toBe(BigInt(Math.round(Number(months) * 10)));
  });

  it("the chain's is the one that bills use, for every balance and cost", () => {
    const policy = discountPolicy(defaults(discountBlock));
    const amounts = fc.bigInt(0n, 10n ** 12n);
    fc.assert(
      fc.property(amounts, fc.bigInt(1n, 10n ** 11n), (balance, monthly) => {
        expect(levelInTable(chainDiscounts, tft(balance), tft(monthly))).toBe(
          discountLevel(tft(monthly), tft(balance), policy),
        );
      }),
      SETTINGS,
    );
    const whole = { level: "Silver", certified: false } as const;
    const cost = { full: tft(1_000n), network: tft(0n) };
    expect(paidInTable(chainDiscounts, "Silver", cost)).toBe(dueAtLevel(cost.full, whole, policy));
  });

  it("are three, each with its name, its source and how sure that is", () => {
    expect(discountTables.map(({ name, confidence }) => [name, confidence])).toEqual([
      ["chain-3-6-12-36", "H"],
      ["manual-3-6-12-36", "M"],
      ["chain-1.5-3-6-18", "H"],
    ]);
    expect(discountTables.filter(({ source }) => !/\w{3}/.test(source))).toEqual([]);
    expect(discountTables.map(({ until }) => until)).toEqual([1_678_406_400, null, null]);
  });

  it("one begins where the other ends, and the manual's limit on the network is its own", () => {
    expect(olderDiscounts.until).toBe(chainDiscounts.from);
    const cost = { full: tft(1_000n), network: tft(400n) };
    expect(paidInTable(olderDiscounts, "Gold", cost)).toBe(400n);
    expect(paidInTable(manual, "Gold", cost)).toBe(480n);
    expect(paidInTable(manual, "Bronze", cost)).toBe(700n);
  });
});

describe("months of cost", () => {
  it("are counted against a cost alone", () => {
    for (const monthly of [0n, -1n])
      expect(() => tenthsHeld(tft(1n), tft(monthly))).toThrow("counted against a cost");
    expect(tenthsHeld(tft(1n), tft(1n))).toBe(10n);
  });
});

describe("the programmes for validators", () => {
  const layer0 = validatorProgramme("layer-0");
  const guardians = validatorProgramme("guardians-3.50");

  it.each([
    ["layer-0", 49_999n, "none"],
    ["layer-0", 50_000n, "registered"],
    ["layer-0", 99_999n, "registered"],
    ["layer-0", 100_000n, "active"],
    ["guardians-3.50", 1_999_999n, "none"],
    ["guardians-3.50", 2_000_000n, "active"],
  ])("%s makes of %s TFT %s", (name, staked, standing) => {
    expect(standingOf(validatorProgramme(name), tft(staked * TFT))).toBe(standing);
  });

  it("layer 0 takes 150,000 TFT on a validator and not one unit more", () => {
    const most = tft(150_000n * TFT);
    expect(addStake(layer0, tft(0n), most)).toEqual({ ok: true, value: most });
    expect(addStake(layer0, most, tft(1n))).toEqual({ ok: false, error: "StakeAboveMost" });
    expect(addStake(guardians, most, most).ok).toBe(true);
  });

  it("layer 0 frees rewards after a year", () => {
    expect(stakeIsFree(layer0, seconds(10), seconds(10 + 31_536_000))).toBe(true);
    expect(stakeIsFree(layer0, seconds(10), seconds(9 + 31_536_000))).toBe(false);
    expect(stakeIsFree(guardians, seconds(10), seconds(10))).toBe(true);
  });

  it("tell whose revenue they share, where it was read, and what is open", () => {
    const told = validatorProgrammes.map(({ name, date, of, open }) => [
      name,
      date,
      of,
      open.length,
    ]);
    expect(told).toEqual([
      ["layer-0", "2022", "the revenue of the executors", 2],
      ["guardians-3.50", "2023-08", "what users pay", 1],
      ["protectors-v4", "2024-11", "a part of the 20 % for ThreeFold, guardians and validators", 1],
    ]);
    const texts = validatorProgrammes.flatMap(({ source, open }) => [source, ...open]);
    expect(texts.filter((text) => !/\w{3}/.test(text))).toEqual([]);
    expect(() => validatorProgramme("layer-1")).toThrow("there is no programme layer-1");
  });

  it("v4 gives only the number of its protectors", () => {
    const v4 = validatorProgramme("protectors-v4");
    expect(v4.count).toEqual([9, 30]);
    expect(() => standingOf(v4, tft(0n))).toThrow("asks for no stake");
    // Half a stake is none to be judged by.
    for (const half of [{ signUp: null }, { activate: null }])
      expect(() => standingOf({ ...layer0, ...half }, tft(0n))).toThrow("asks for no stake");
    expect([layer0.count, guardians.count]).toEqual([null, [9, 33]]);
  });

  it("divide a reward to the last unit, the operator's commission first", () => {
    const stakes = fc.array(fc.bigInt(1n, 10n ** 14n).map(tft), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n).map(tft), stakes, (reward, all) => {
        const { commission, stakers } = divideStakeReward(reward, layer0.commission ?? 0n, all);
        expect(commission).toBe(reward / 10n);
        expect(stakers.reduce<bigint>((sum, part) => sum + part, commission)).toBe(reward);
      }),
      SETTINGS,
    );
    const shared = divideStakeReward(tft(1_000n), guardians.commission ?? 0n, [tft(3n), tft(1n)]);
    expect(shared).toEqual({ commission: 200n, stakers: [600n, 200n] });
  });
});
