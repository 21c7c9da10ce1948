/**
 * Voting: what the chain's program sets for votes of the DAO, and when a vote may be judged.
 *
 * Source: tfchain 33046d6, runtime/src/lib.rs (`DaoMotionDuration`, `MaxVetos`) and
 * pallet-dao/src/dao.rs, `_propose`, `_close`; ADR 15 for the veto.
 * Disagreement: the wiki has a vote closed once the threshold is met *and* the time is over; the
 * program asks for one of the two, which is the default here; the word `thresholdAndTime` is the
 * wiki's. Until November 2023 (issue 803, pull request 887) the program asked for the threshold
 * only of who closed early, and took any majority once the time was over: `thresholdWhenEarly`.
 * Variants: no chain weighs by stake, by the root of capacity or by heads, or counts a quorum in
 * weight. They are what-ifs, which a scenario can set and no proposal can bring about.
 */
import { assert, type Blocks, block, blocks, type Values } from "../units/index.ts";

const SEEN = {
  quality: "seen",
  source: "tfchain 33046d6, runtime/src/lib.rs; pallet-dao/src/dao.rs",
  date: "2024-03",
} as const;

/** How farms vote: what the program sets, and what no chain has. */
export const daoBlock = block("policy.dao", "How farms vote on proposals of the council.", {
  votingDuration: {
    kind: "duration",
    default: "7 d",
    bounds: ["0 s", "30 d"],
    range: ["1 d", "14 d"],
    ...SEEN,
    doc: "Time for which a proposal is open that asks for no other.",
  },
  vetoes: {
    kind: "count",
    default: "3",
    bounds: ["1", "100"],
    range: ["1", "5"],
    ...SEEN,
    doc: "Members of the council whose vetoes remove a proposal.",
  },
  seats: {
    kind: "count",
    default: "7",
    bounds: ["1", "100"],
    range: ["3", "12"],
    quality: "estimate",
    source: "A-78; the documents allow 12, tfchain 33046d6 runtime/src/lib.rs allows 100",
    date: "2024-03",
    doc: "Members of the council.",
  },
  prime: {
    kind: "choice",
    default: "heard",
    words: ["heard", "unheard"],
    range: null,
    quality: "seen",
    source: "substrate, pallet-collective; tfchain, runtime/src/lib.rs of 2022",
    date: "2024-03",
    doc:
      "Whether the council's prime counts for members who are silent in a motion, as the " +
      "collective has it; or not, as the runtime never tells it who is prime. Calls follow it.",
  },
  weight: {
    kind: "choice",
    default: "capacity",
    words: ["capacity", "quadratic", "stake", "equal"],
    range: null,
    ...SEEN,
    doc:
      "What a farm's vote weighs: its capacity, as on the chain; or, as what-ifs, the root of " +
      "its capacity, the tokens that it has earned, or one like any other.",
  },
  quorum: {
    kind: "choice",
    default: "farms",
    words: ["farms", "weight"],
    range: null,
    ...SEEN,
    doc:
      "What has to have voted: as many farms as the proposal's threshold, as on the chain; or, " +
      "as a what-if, a share of all weight.",
  },
  quorumWeight: {
    kind: "share",
    default: "20 %",
    bounds: ["0 %", "100 %"],
    range: ["5 %", "50 %"],
    quality: "estimate",
    source: "A-78",
    date: "2024-03",
    doc: "Share of the weight of all farms that has to vote where the quorum is one of weight.",
  },
  closing: {
    kind: "choice",
    default: "thresholdOrTime",
    words: ["thresholdOrTime", "thresholdAndTime", "thresholdWhenEarly"],
    range: null,
    ...SEEN,
    doc:
      "When the council may close a vote: with the threshold met or the time over, as on the " +
      "chain; or, as the wiki has it, not before the time is over; or, as on the chain until " +
      "November 2023, with no threshold to meet once the time is over.",
  },
});

/** Values of `policy.dao`. */
export type DaoValues = Values<typeof daoBlock>;

/** How a vote is judged where that is not as on the chain. */
export interface VotingVariant {
  /** Weight that has to vote, in place of farms; null where farms count. */
  readonly quorum: bigint | null;
  /** True where a vote cannot be closed before its time is over. */
  readonly timeMustPass: boolean;
  /** True where a vote needs its threshold only to be closed before its time is over. */
  readonly earlyOnly: boolean;
}

/** The chain's own way. */
export const CHAIN_VOTING: VotingVariant = {
  quorum: null,
  timeMustPass: false,
  earlyOnly: false,
};

/** The way that values ask for, where all farms together weigh so much. */
export const votingVariant = (values: DaoValues, total: bigint): VotingVariant => ({
  quorum: values.quorum === "weight" ? partOf(values.quorumWeight, total) : null,
  timeMustPass: values.closing === "thresholdAndTime",
  earlyOnly: values.closing === "thresholdWhenEarly",
});

/** Ten-thousandths of a percent: the grain in which a share of weight is taken. */
const GRAIN = 1_000_000;

/** A share of a weight, rounded up: a quorum is met or not. */
function partOf(share: number, total: bigint): bigint {
  const parts = BigInt(Math.round(share * GRAIN));
  return (parts * total + BigInt(GRAIN) - 1n) / BigInt(GRAIN);
}

/** How far a vote is. */
export interface Standing {
  /** Farms that voted, and what they weigh. */
  readonly farms: number;
  readonly weight: bigint;
  /** Farms that the proposal asks for. */
  readonly threshold: number;
  /** True from the proposal's end on. */
  readonly over: boolean;
}

/** Whether enough have voted, and whether the vote may be closed. */
export function judgeable(
  { farms, weight, threshold, over }: Standing,
  { quorum, timeMustPass, earlyOnly }: VotingVariant,
): { readonly enough: boolean; readonly may: boolean } {
  const met = quorum === null ? farms >= threshold : weight >= quorum;
  const enough = met || (earlyOnly && over);
  return { enough, may: over || (enough && !timeMustPass) };
}

/** What votes weigh together; the chain's sum wraps at 64 bits. */
export const weightIn = (votes: readonly { readonly weight: bigint }[]): bigint =>
  BigInt.asUintN(
    64,
    votes.reduce((sum, one) => sum + one.weight, 0n),
  );

/** What a farm brings to a vote: its capacity's weight, and 1e-7 TFT that it has earned. */
export interface Voice {
  readonly capacity: bigint;
  readonly stake: bigint;
}

/** What a farm's vote weighs under a rule; a farm without capacity has no vote under any. */
export function weighVoice(rule: DaoValues["weight"], { capacity, stake }: Voice): bigint {
  if (capacity === 0n) return 0n;
  switch (rule) {
    case "capacity":
      return capacity;
    case "quadratic":
      return rootFloor(capacity);
    case "stake":
      return stake;
    case "equal":
      return 1n;
  }
}

/** The whole part of a square root, by Newton's steps from above. */
function rootFloor(square: bigint): bigint {
  assert(square >= 0n, "a root is asked of a weight");
  if (square < 2n) return square;
  let root = 1n << (BigInt(square.toString(2).length + 1) / 2n);
  for (;;) {
    const next = (root + square / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

/** A stretch of time in blocks, begun ones whole. */
export const votingBlocks = (duration: number, blockTime: number): Blocks =>
  blocks(Math.ceil(duration / blockTime));
