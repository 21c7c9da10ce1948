import { describe, expect, it } from "vitest";
import { caseFormats, readCases } from "../../src/audit/case-file.ts";
import { judge } from "../../src/audit/conform.ts";
import { drawsFrom } from "../../src/audit/draw.ts";
import { emittedRules, newCases } from "../../src/audit/emit.ts";
import type { Fields } from "../../src/audit/spot.ts";

const emittedSchemas = Object.keys(emittedRules);
const [BILLING = "", MINTING = ""] = emittedSchemas;
const make = (schema: string, count: number, more: { seed?: string; rule?: string } = {}): Fields =>
  newCases({ schema, count, seed: more.seed ?? "7", rule: more.rule ?? null });

/** Every word that stands somewhere in the file. */
const wordsIn = (file: Fields): ReadonlySet<string> =>
  new Set(JSON.stringify(file).match(/[A-Za-z_]+/g));

describe.each(emittedSchemas)("new cases of %s", (schema) => {
  it("conform, read from the text of their file", () => {
    const { cases, faults } = readCases(JSON.stringify(make(schema, 100)));
    expect({ count: cases.length, faults }).toEqual({ count: 100, faults: [] });
    expect(cases.map(judge).filter(({ verdict }) => verdict.kind !== "equal")).toEqual([]);
  });

  it("come from every rule of which new cases can be made", () => {
    const { names, tag } = caseFormats[schema];
    const rules = emittedRules[schema];
    expect(rules.filter((rule) => !names.includes(rule))).toEqual([]);
    const { cases } = readCases(JSON.stringify(make(schema, rules.length)));
    expect(cases.map(({ fields }) => fields[tag])).toEqual(rules);
  });

  it("are the same for a seed, others for another, and stay when more are asked for", () => {
    const few = make(schema, 20).cases;
    expect(make(schema, 20).cases).toEqual(few);
    expect(make(schema, 20, { seed: "8" }).cases).not.toEqual(few);
    const more = make(schema, 60).cases;
    expect(Array.isArray(more) && more.slice(0, 20)).toEqual(few);
  });

  it("are of one rule where one is wanted, the same ones", () => {
    const [rule = ""] = caseFormats[schema].names;
    const alone = make(schema, 2, { rule }).cases;
    const all = make(schema, 2 * caseFormats[schema].names.length).cases;
    expect(
      Array.isArray(alone) &&
        alone.every(
          (one) =>
            Array.isArray(all) &&
            all.some((other) => JSON.stringify(other) === JSON.stringify(one)),
        ),
    ).toBe(true);
  });
});

describe("new cases lie where rules change their answer", () => {
  it("billing meets every level, state and way to overflow", () => {
    const words = wordsIn(make(BILLING, 1_200));
    for (const word of [
      ...["None", "Default", "Bronze", "Silver", "Gold", "ArithmeticOverflow"],
      ...["Created", "GracePeriod", "OutOfFunds", "CanceledByUser", "legacy", "reserve"],
      ...["NodeNotAvailableToDeploy", "ContractNotExists", "OnlyTwinAdminCanDeployOnThisNode"],
      ...["NameNotValid", "InvalidProviderConfiguration", "BelowMinimum", "Terabytes"],
    ]) {
      expect(words).toContain(word);
    }
  });

  it("minting meets every violation of every era, sleeps, late boots and waivers", () => {
    const file = make(MINTING, 1_400);
    const words = wordsIn(file);
    for (const word of [
      ...["UptimeTooHigh", "UptimeTooLow", "ClockSkew", "InvalidReboot", "BootRequestExpired"],
      ...["MissingTwin", "MissingRelay", "InvalidPublicKey", "grace_window", "initial_power"],
    ]) {
      expect(words).toContain(word);
    }
    const text = JSON.stringify(file);
    for (const part of ['"late_boots":1', '"rules":"2022"', '"rules":"2023-12"', '"v3.0"']) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/"payout_line":"GA7OP\w+,\d+\.\d{7},[0-9a-f]{64}"/);
  });
});

describe("draws", () => {
  it("keep to their bounds and reach them", () => {
    const draws = drawsFrom("bounds");
    const counts = Array.from({ length: 400 }, () => draws.count(-2, 2));
    expect([Math.min(...counts), Math.max(...counts)]).toEqual([-2, 2]);
    const near = new Set(Array.from({ length: 100 }, () => draws.near([0n, 10n])));
    expect([...near].sort((a, b) => Number(a - b))).toEqual([0n, 1n, 9n, 10n, 11n]);
    const sized = Array.from({ length: 300 }, () => draws.sized(1000n));
    expect(sized.every((one) => one >= 0n && one <= 1000n)).toBe(true);
    expect(sized.filter((one) => one < 32n).length).toBeGreaterThan(100);
  });

  it("are as likely as they say", () => {
    const draws = drawsFrom("dice");
    const sixes = Array.from({ length: 6_000 }, () => draws.chance(1, 6)).filter(Boolean).length;
    // Five standard deviations of a binomial of 6000 at a sixth are 144.
    expect(Math.abs(sixes - 1_000)).toBeLessThan(144);
  });
});
