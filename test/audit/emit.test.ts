import { describe, expect, it } from "vitest";
import { caseFormats, readCases } from "../../src/audit/case-file.ts";
import { stellarKeyOf } from "../../src/audit/chain-key.ts";
import { chainPresets } from "../../src/audit/chain-presets.ts";
import { judge } from "../../src/audit/conform.ts";
import { drawsFrom } from "../../src/audit/draw.ts";
import { newCases } from "../../src/audit/emit.ts";
import { type Fields, isFields, type Json } from "../../src/audit/spot.ts";
import { callNames } from "../../src/protocol/dispatch/dispatch.ts";
import { isStellarKey } from "../../src/protocol/index.ts";

const schemas = Object.keys(caseFormats);
const [BILLING = "", MINTING = "", CHAIN = ""] = schemas;
const make = (schema: string, count: number, more: { seed?: string; rule?: string } = {}): Fields =>
  newCases({ schema, count, seed: more.seed ?? "7", rule: more.rule ?? null });

/** Every word that stands somewhere in the file. */
const wordsIn = (file: Fields): ReadonlySet<string> =>
  new Set(JSON.stringify(file).match(/[A-Za-z_]+/g));

describe.each(schemas)("new cases of %s", (schema) => {
  it("conform, read from the text of their file", () => {
    const { cases, faults } = readCases(JSON.stringify(make(schema, 100)));
    expect({ count: cases.length, faults }).toEqual({ count: 100, faults: [] });
    expect(cases.map(judge).filter(({ verdict }) => verdict.kind !== "equal")).toEqual([]);
  });

  it("come from every rule of the format in turn", () => {
    const { names, tag } = caseFormats[schema];
    const { cases } = readCases(JSON.stringify(make(schema, names.length)));
    expect(cases.map(({ fields }) => fields[tag])).toEqual(names);
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

/** The cases of a rule of the chain. */
const chainCases = (rule: string, count: number): readonly Fields[] => {
  const { cases } = make(CHAIN, count, { rule });
  return Array.isArray(cases) ? cases.filter((one: Json) => isFields(one)) : [];
};

describe("new cases of the chain", () => {
  it.each([
    ["ip4_valid", ["ok", "InvalidGw4", "InvalidIp4", "InvalidPublicIp"]],
    ["ip6_valid", ["ok", "InvalidGw6", "InvalidIp6", "InvalidPublicIp"]],
    ["public_config_valid", ["ok", "InvalidDomain", "InvalidIp4", "InvalidGw4", "InvalidIp6"]],
    ["latitude_valid", [true, false]],
    ["longitude_valid", [true, false]],
    ["stellar_key", [true, false]],
  ] as const)("%s meets every answer", (rule, answers) => {
    const met = new Set(chainCases(rule, 200).map(({ expect }) => expect));
    expect(answers.filter((each) => !met.has(each))).toEqual([]);
  });

  const scenarios = chainCases("scenario", 300);
  const steps = scenarios.flatMap(({ steps }) => (Array.isArray(steps) ? steps : []));

  it("expect something of every call and of every query", () => {
    const asking = steps.filter((step) => "call" in step || "query" in step);
    expect(asking.filter((step) => !("expect" in step))).toEqual([]);
    expect(steps.filter((step) => !asking.includes(step) && "expect" in step)).toEqual([]);
    expect(steps.length).toBeGreaterThan(20 * scenarios.length);
  });

  it("make every call that the chain knows, by themselves or within another", () => {
    const made = new Set(
      steps.flatMap(({ call, args }) => {
        const held = [args?.action, args?.proposal, ...(args?.calls ?? [])];
        return [call, ...held.map((each) => each?.call)];
      }),
    );
    expect(callNames.filter((name) => !made.has(name))).toEqual([]);
  });

  it("have all but a few calls accepted in one place, and refused in another", () => {
    const names = (answered: (expect: Fields) => boolean): ReadonlySet<string> =>
      new Set(
        steps
          .filter(({ call, expect }) => call !== undefined && answered(expect))
          .map(({ call }) => call),
      );
    const accepted = names((answer) => "ok" in answer);
    expect(callNames.filter((name) => !accepted.has(name)).length).toBeLessThan(6);
    const refused = names((answer) => "error" in answer);
    expect(callNames.filter((name) => !refused.has(name)).length).toBeLessThan(16);
  });

  it("begin on every preset, and a fifth to two fifths of their calls are refused", () => {
    expect(new Set(scenarios.map(({ preset }) => preset))).toEqual(
      new Set(Object.keys(chainPresets)),
    );
    const calls = steps.filter((step) => "call" in step);
    const share = calls.filter(({ expect }) => "error" in expect).length / calls.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.4);
  });

  it("reach the edges of votes, signatures, retries, limits and balances", () => {
    const words = new Set(JSON.stringify(scenarios).match(/[A-Za-z_]+/g));
    for (const word of [
      ...[
        "OngoingVoteAndTresholdStillNotMet",
        "TimeLimitReached",
        "DuplicateVote",
        "FarmHasNoNodes",
      ],
      ...["ClosedByCouncil", "Executed", "Disapproved", "DuplicateProposal", "NotCouncilMember"],
      ...["EnoughRefundSignaturesPresent", "BurnSignatureExists", "BurnTransactionExpired"],
      ...["AmountIsLessThanDepositFee", "AmountIsLessThanWithdrawFee", "Expendability"],
      ...["NotEnoughBalanceToBurn", "FarmingPolicyExpired", "InvalidTimestampHint", "BadOrigin"],
      ...["NodeHasActiveContracts", "MinPriceAboveMaxPriceError", "NodeNotAvailableToDeploy"],
    ]) {
      expect(words).toContain(word);
    }
  });

  it("a key is written with the checksum that the chain wants", () => {
    // Thirty-two zeros are a key whose text is published with Stellar's tools.
    const zeros = stellarKeyOf([6 << 3, ...Array.from({ length: 32 }, () => 0)]);
    expect(zeros).toBe("GAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAWHF");
    expect(isStellarKey(zeros)).toBe(true);
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
