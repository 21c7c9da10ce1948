import { describe, expect, it } from "vitest";
import { verdictOf } from "../../src/protocol/dao.ts";
import {
  blocks,
  CHAIN_VOTING,
  type DaoValues,
  daoBlock,
  defaults,
  farmId,
  votingVariant,
  weighVoice,
} from "../../src/protocol/index.ts";
import { votingBlocks } from "../../src/protocol/voting.ts";

const values: DaoValues = defaults(daoBlock);
const vote = (farm: number, weight: bigint) => ({ farm: farmId(farm), weight });

/** Threshold 2, end 9; of 1000 in all, a fifth is 200: ayes, nays, block, quorum, closing. */
const CLOSINGS = `
  199        -          9  weight  thresholdOrTime   disapproved  one unit less than a fifth
  200        -          8  weight  thresholdOrTime   approved     one farm is enough
  120        80         8  weight  thresholdOrTime   approved     both sides count
  100        100        8  weight  thresholdOrTime   disapproved  a tie is no majority
  199        -          8  weight  thresholdOrTime   ongoing
  1,1        -          8  farms   thresholdOrTime   approved
  1,1        -          8  farms   thresholdAndTime  ongoing      the wiki has it wait
  1,1        -          9  farms   thresholdAndTime  approved
  900        -          9  farms   thresholdAndTime  disapproved  one farm is no two
  900        -          8  weight  thresholdAndTime  ongoing
  900        -          8  farms   thresholdWhenEarly  ongoing      one farm is no two
  900        -          9  farms   thresholdWhenEarly  approved     and enough once the time is over
  -          -          9  farms   thresholdWhenEarly  disapproved  no majority of nothing
  1,1        -          8  farms   thresholdWhenEarly  approved
`;

describe("closing under a what-if", () => {
  it.each(
    CLOSINGS.trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/)),
  )("%s to %s in block %s by %s, %s: %s", (ayes, nays, block, quorum, closing, expected) => {
    const side = (text: string) =>
      text === "-" ? [] : text.split(",").map((weight, at) => vote(at + 1, BigInt(weight)));
    const asked = { ...values, quorum, closing } as DaoValues;
    const proposal = { ayes: side(ayes), nays: side(nays), threshold: 2, end: blocks(9) };
    const verdict = verdictOf(proposal, blocks(Number(block)), votingVariant(asked, 1_000n));
    const word = verdict.ok ? (verdict.value.approved ? "approved" : "disapproved") : "ongoing";
    expect(word).toBe(expected);
  });

  it("is the chain's own where nothing is changed", () => {
    expect(votingVariant(values, 1_000n)).toEqual(CHAIN_VOTING);
  });

  it("rounds a quorum up, so that it is met or not", () => {
    const asked = { ...values, quorum: "weight" as const, quorumWeight: 1 / 3 };
    expect(votingVariant(asked, 100n).quorum).toBe(34n);
    expect(votingVariant({ ...asked, quorumWeight: 0 }, 100n).quorum).toBe(0n);
    expect(votingVariant({ ...asked, quorumWeight: 1 }, 100n).quorum).toBe(100n);
  });
});

describe("a stretch of time", () => {
  it.each([
    [0, 6, 0],
    [1, 6, 1],
    [6, 6, 1],
    [604_800, 6, 100_800],
    [604_801, 6, 100_801],
    [604_800, 12, 50_400],
  ])("of %i seconds in blocks of %i is %i of them", (duration, blockTime, count) => {
    expect(votingBlocks(duration, blockTime)).toBe(count);
  });
});

describe("what a vote weighs", () => {
  it.each([
    ["capacity", 441n],
    ["quadratic", 21n],
    ["stake", 7n],
    ["equal", 1n],
  ] as const)("by %s: %s", (rule, weight) => {
    expect(weighVoice(rule, { capacity: 441n, stake: 7n })).toBe(weight);
    expect(weighVoice(rule, { capacity: 0n, stake: 7n })).toBe(0n);
  });

  it("takes the whole part of a root, however large", () => {
    const root = (capacity: bigint) => weighVoice("quadratic", { capacity, stake: 0n });
    for (let number = 1n; number < 2_000n; number++) {
      expect(root(number * number)).toBe(number);
      expect(root(number * number - 1n)).toBe(number - 1n);
    }
    expect(root(2n ** 64n - 1n)).toBe(2n ** 32n - 1n);
  });
});
