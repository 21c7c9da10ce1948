/**
 * Voters: how farms and the council behave in a vote of the DAO.
 *
 * A farm is of one kind for a whole run: it votes for its income, follows the council, or does not
 * care. Its income is what it has earned so far, and what the same past would have brought it
 * under the proposal. Beside the kinds there are the largest farms, which always vote, and a
 * bribe that some would take. Every answer is monotone in its own uniform, so that a higher
 * turnout adds voters and takes none away.
 */
import { exp, ln } from "../kernel/index.ts";
import { block, MEAN_MONTH, type Values } from "../units/index.ts";

const GUESS = { quality: "estimate", date: "2023-04", source: "A-79" } as const;
const COUNCIL = { quality: "estimate", date: "2023-04", source: "A-78" } as const;
const WHAT_IF = { ...GUESS, range: null } as const;

/** Declared assumptions on whoever votes, proposes, vetoes and closes. */
export const voterBlock = block("assumptions.voter", "Farms and the council in votes of the DAO.", {
  kinds: {
    kind: "numbers",
    default: [0.5, 0.3, 0.2],
    bounds: [0, 1],
    range: null,
    ...GUESS,
    doc:
      "Weights of farms that vote for their income, that follow the council, and that do not " +
      "care.",
  },
  turnout: {
    kind: "share",
    default: "30 %",
    bounds: ["0 %", "100 %"],
    range: ["5 %", "60 %"],
    ...GUESS,
    doc: "Farms of the first two kinds that look at a proposal.",
  },
  turnoutApathetic: {
    kind: "share",
    default: "3 %",
    bounds: ["0 %", "100 %"],
    range: ["0 %", "20 %"],
    ...GUESS,
    doc: "Farms of the third kind that vote all the same, either way alike.",
  },
  indifference: {
    kind: "share",
    default: "0.5 %",
    bounds: ["0 %", "100 %"],
    range: ["0 %", "5 %"],
    ...GUESS,
    doc: "Part of its income below which a change does not move a farm to vote.",
  },
  delay: {
    kind: "duration",
    default: "2 d",
    bounds: ["1 s", "365 d"],
    range: ["6 h", "5 d"],
    ...GUESS,
    doc: "Mean time after which a vote comes, but for the end of the voting.",
  },
  whales: {
    kind: "count",
    default: "0",
    bounds: ["0", "1000000"],
    ...WHAT_IF,
    doc: "So many of the farms with the most capacity always vote.",
  },
  whaleVote: {
    kind: "choice",
    default: "income",
    words: ["income", "aye", "nay"],
    ...WHAT_IF,
    doc: "What they vote: for their income, or one and the same.",
  },
  whaleMoves: {
    kind: "count",
    default: "0",
    bounds: ["0", "1000"],
    ...WHAT_IF,
    doc: "Further farms to which each of them moves its nodes, to vote with them once more.",
  },
  bribe: {
    kind: "money",
    default: "0 USD",
    bounds: ["0 USD", "1000000 USD"],
    ...WHAT_IF,
    doc: "What is paid for the vote of a farm.",
  },
  bribeFor: {
    kind: "choice",
    default: "aye",
    words: ["aye", "nay"],
    ...WHAT_IF,
    doc: "The side that the bribe is paid for.",
  },
  bribable: {
    kind: "share",
    default: "25 %",
    bounds: ["0 %", "100 %"],
    range: ["0 %", "100 %"],
    ...GUESS,
    doc: "Farms that would take a bribe if it is more than the vote costs them.",
  },
  bribeHorizon: {
    kind: "duration",
    default: "365 d",
    bounds: ["0 s", "3650 d"],
    range: ["30 d", "1095 d"],
    ...GUESS,
    doc: "Time over which they count what it costs them.",
  },
  threshold: {
    kind: "count",
    default: "20",
    bounds: ["0", "4294967295"],
    range: ["5", "100"],
    ...COUNCIL,
    doc: "Farms that the council asks for where a proposal does not say how many.",
  },
  vetoing: {
    kind: "count",
    default: "0",
    bounds: ["0", "100"],
    ...WHAT_IF,
    source: "A-78",
    doc: "Members of the council who veto every proposal.",
  },
  vetoAfter: {
    kind: "duration",
    default: "1 d",
    bounds: ["0 s", "365 d"],
    range: null,
    ...COUNCIL,
    doc: "Time from a proposal to each of their vetoes.",
  },
  closing: {
    kind: "choice",
    default: "atEnd",
    words: ["atEnd", "asSoonAsItMay", "whenLeading"],
    range: null,
    ...COUNCIL,
    doc:
      "When the council closes a vote: after its end, as soon as the chain lets it, or as soon " +
      "as the chain lets it and the ayes lead.",
  },
  closeDelay: {
    kind: "duration",
    default: "1 d",
    bounds: ["0 s", "365 d"],
    range: ["0 s", "7 d"],
    ...COUNCIL,
    doc: "Time from the end of a vote until somebody closes it.",
  },
});

/** Values of `assumptions.voter`. */
export type VoterValues = Values<typeof voterBlock>;

/** Why a farm votes as it does. */
export const VOTER_KINDS = ["income", "loyal", "apathetic"] as const;

/** A word of these. */
export type VoterKind = (typeof VOTER_KINDS)[number];

/** The kind of a farm, by its own uniform; all for their income where no weight is above zero. */
export function voterKind({ kinds }: VoterValues, u: number): VoterKind {
  const total = kinds.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  for (const [at, kind] of VOTER_KINDS.entries()) {
    sum += kinds[at] ?? 0;
    if (u * total < sum) return kind;
  }
  return "income";
}

/** A farm before a vote: USD a month as it is, and as it would have been under the proposal. */
export interface Voter {
  readonly kind: VoterKind;
  readonly whale: boolean;
  readonly before: number;
  readonly after: number;
}

/** The uniforms of a farm for one proposal. */
export interface VoterLuck {
  readonly turnout: number;
  readonly side: number;
  readonly bribe: number;
}

/** How a farm votes, and whether it is paid for it; null where it does not vote. */
export interface Ballot {
  readonly aye: boolean;
  readonly bribed: boolean;
}

/** How a farm votes. */
export function ballotOf(values: VoterValues, voter: Voter, luck: VoterLuck): Ballot | null {
  const own = ownBallot(values, voter, luck);
  if (values.bribe > 0 && luck.bribe < values.bribable) {
    const aye = values.bribeFor === "aye";
    const gain = ((voter.after - voter.before) / MEAN_MONTH) * values.bribeHorizon;
    const cost = aye ? -gain : gain;
    if (own !== aye && values.bribe > cost) return { aye, bribed: true };
  }
  return own === null ? null : { aye: own, bribed: false };
}

/** How a farm votes that nobody pays for it; null where it does not. */
function ownBallot(values: VoterValues, voter: Voter, luck: VoterLuck): boolean | null {
  if (voter.whale) {
    if (values.whaleVote !== "income") return values.whaleVote === "aye";
    return voter.after === voter.before ? null : voter.after > voter.before;
  }
  switch (voter.kind) {
    case "income": {
      if (luck.turnout >= values.turnout) return null;
      const gain = voter.after - voter.before;
      if (gain === 0 || Math.abs(gain) <= values.indifference * voter.before) return null;
      return gain > 0;
    }
    case "loyal":
      return luck.turnout < values.turnout ? true : null;
    case "apathetic":
      return luck.turnout < values.turnoutApathetic ? luck.side < 0.5 : null;
  }
}

/** Seconds after which a vote comes that is open for `duration`: exponential, cut at the end. */
export function ballotDelay({ delay }: VoterValues, duration: number, u: number): number {
  if (duration <= 0) return 0;
  const within = 1 - exp(-duration / delay);
  return Math.min(duration, -ln(1 - u * within) * delay);
}
