import { describe, expect, it } from "vitest";
import {
  ballotDelay,
  ballotOf,
  type Voter,
  type VoterValues,
  voterBlock,
  voterKind,
} from "../../src/models/index.ts";
import { defaults } from "../../src/units/index.ts";

const values: VoterValues = {
  ...defaults(voterBlock),
  turnout: 0.5,
  turnoutApathetic: 0.1,
  indifference: 0.01,
};

/** Kind, USD a month before and after, turnout and side that were drawn, and what comes of it. */
const BALLOTS = `
  income     100 200  0.1 0.9  aye
  income     100 50   0.1 0.1  nay
  income     100 200  0.6 0.1  -     does not look
  income     100 101  0.1 0.1  -     too little to care
  income     100 98   0.1 0.1  nay
  income     0   0    0.1 0.1  -     has nothing and gets nothing
  income     0   1    0.1 0.1  aye
  loyal      100 1    0.4 0.9  aye
  loyal      100 900  0.6 0.9  -
  apathetic  100 1    0.05 0.4 aye
  apathetic  100 1    0.05 0.6 nay
  apathetic  100 1    0.2 0.4  -
  whale      100 101  0.9 0.9  aye   always votes, for any difference
  whale      100 99   0.9 0.1  nay
  whale      100 100  0.1 0.1  -
`;

const word = (ballot: { readonly aye: boolean } | null): string =>
  ballot === null ? "-" : ballot.aye ? "aye" : "nay";

describe("a farm's vote", () => {
  it.each(
    BALLOTS.trim()
      .split("\n")
      .map((line) => line.trim().split(/\s+/)),
  )("%s, from %s to %s USD, luck %s %s: %s", (kind, before, after, turnout, side, expected) => {
    const voter = {
      kind: kind === "whale" ? "income" : kind,
      whale: kind === "whale",
      before: Number(before),
      after: Number(after),
    } as Voter;
    const luck = { turnout: Number(turnout), side: Number(side), bribe: 0.5 };
    expect(word(ballotOf(values, voter, luck))).toBe(expected);
  });

  it("is for sale above what it costs over a year, where the farm can be bought", () => {
    // 12.0 months of 10 USD.
    const voter: Voter = { kind: "income", whale: false, before: 100, after: 90 };
    const luck = { turnout: 0.1, side: 0, bribe: 0.2 };
    const offered = (bribe: number, bribable = 0.25) =>
      ballotOf({ ...values, bribe, bribable, bribeHorizon: 12 * 2_629_800 }, voter, luck);
    expect(offered(120)).toEqual({ aye: false, bribed: false });
    expect(offered(121)).toEqual({ aye: true, bribed: true });
    expect(offered(121, 0.2)).toEqual({ aye: false, bribed: false });
  });

  it("is not paid for where the farm votes so anyway", () => {
    const voter: Voter = { kind: "loyal", whale: false, before: 1, after: 1 };
    const luck = { turnout: 0.1, side: 0, bribe: 0 };
    expect(ballotOf({ ...values, bribe: 5 }, voter, luck)).toEqual({ aye: true, bribed: false });
    const idle = ballotOf({ ...values, bribe: 5 }, voter, { ...luck, turnout: 0.9 });
    expect(idle).toEqual({ aye: true, bribed: true });
    const against = ballotOf({ ...values, bribe: 5, bribeFor: "nay" }, voter, luck);
    expect(against).toEqual({ aye: false, bribed: true });
  });
});

const GRID = Array.from({ length: 4_000 }, (_, at) => (at + 0.5) / 4_000);

describe("chance in votes", () => {
  it("gives each kind its weight", () => {
    const count = (kind: string) => GRID.filter((u) => voterKind(values, u) === kind).length;
    expect(["income", "loyal", "apathetic"].map(count)).toEqual([2_000, 1_200, 800]);
    expect(voterKind({ ...values, kinds: [0, 0, 0] }, 0.5)).toBe("income");
  });

  it("spreads votes by an exponential that is cut at the end: its mean is the theory's", () => {
    const day = 86_400;
    const [mean, end] = [2 * day, 7 * day];
    const delays = GRID.map((u) => ballotDelay({ ...values, delay: mean }, end, u));
    const average = delays.reduce((sum, each) => sum + each, 0) / delays.length;
    // mean - end / (e^(end/mean) - 1), with e^3.5 = 33.1154519587.
    const theory = mean - end / (33.115_451_958_7 - 1);
    // The midpoint rule's error on a slope that is largest at the end, about mean x e^3.5.
    expect(Math.abs(average - theory)).toBeLessThan((mean * 33.2) / 4_000 / 4);
    expect(Math.max(...delays)).toBeLessThanOrEqual(end);
    expect([...delays].sort((a, b) => a - b)).toEqual(delays);
  });

  it("casts every vote at once where a vote has no time", () => {
    expect(ballotDelay(values, 0, 0.9)).toBe(0);
  });
});
