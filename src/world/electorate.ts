/**
 * Electorate: what farms weigh in a vote, and which votes they will cast on a proposal.
 *
 * A farm weighs what its nodes do on the chain at that second, up or down. Everything that is left
 * to chance is addressed by the farm and by the proposal's place among all that the timeline holds.
 */
import { streamId } from "../kernel/index.ts";
import { ballotDelay, ballotOf, voterKind } from "../models/index.ts";
import {
  addWeight,
  type FarmId,
  type FarmWeights,
  farmId,
  type Policy,
  weightOf,
  weighVoice,
} from "../protocol/index.ts";
import { bytes, cores } from "../units/index.ts";
import { outlook } from "./outlook.ts";
import type { PlannedVote } from "./proposal.ts";
import type { World } from "./state.ts";

const STREAM = {
  kind: streamId("vote.kind"),
  bribable: streamId("vote.bribable"),
  turnout: streamId("vote.turnout"),
  side: streamId("vote.side"),
  delay: streamId("vote.delay"),
} as const;

/** Numbers of farms that are founded to vote once more lie beyond all others. */
const FURTHER = 4_294_967_296;

/** The chain's number of a farm, or of one of the further farms of its owner. */
export const numberOf = (farm: number, through: number): FarmId =>
  farmId(farm + 1 + through * FURTHER);

/** What a farm's vote weighs now; `through` a further farm, to which its nodes have moved. */
export function weightAt(world: World, farm: number, through = 0): bigint {
  const { fleet, now, policy, earnings } = world;
  const { nodes, farms } = fleet;
  const id = numberOf(farm, through);
  let weights: FarmWeights = new Map();
  for (let node = farms.firstNode[farm]; node >= 0; node = nodes.nextInFarm[node]) {
    // The fleet lives ahead: the chain does not know yet who joins or leaves later.
    if (nodes.joined[node] > now || nodes.left[node] <= now) continue;
    const resources = {
      cru: cores(BigInt(nodes.cru[node])),
      mru: bytes(BigInt(nodes.mru[node])),
      sru: bytes(BigInt(nodes.sru[node])),
      hru: bytes(BigInt(nodes.hru[node])),
    };
    weights = addWeight(weights, { farm: id, resources });
  }
  const earned = earnings.farmMinted[farm] + earnings.farmTotal[farm] + earnings.farmPeriod[farm];
  // What a farm has earned is its own and moves nowhere.
  const stake = through === 0 && earned > 0 ? BigInt(earned) : 0n;
  return weighVoice(policy.dao.weight, { capacity: weightOf(weights, id), stake });
}

/** All farms that can vote. */
export interface Electorate {
  /** By dense farm. */
  readonly weights: readonly bigint[];
  readonly farms: number;
  readonly weight: bigint;
}

/** Who can vote at this second, and what they weigh. */
export function electorate(world: World): Electorate {
  const { count } = world.fleet.farms;
  const weights = Array.from({ length: count }, (_, farm) => weightAt(world, farm));
  return {
    weights,
    farms: weights.filter((weight) => weight > 0n).length,
    weight: weights.reduce((sum, weight) => sum + weight, 0n),
  };
}

/** What votes are planned for. */
export interface Asked {
  /** The proposal's place among those of the timeline. */
  readonly place: number;
  readonly proposed: Policy;
  /** For how many seconds the vote is open. */
  readonly lasts: number;
  readonly weights: readonly bigint[];
}

/** The votes that will be cast, in order of time. */
export function planVotes(world: World, asked: Asked): readonly PlannedVote[] {
  const { fleet, chance, now, setup, terms } = world;
  const { voter: values } = setup.assumptions;
  const { before, after } = outlook(world, asked.proposed);
  const whales = new Set(largest(asked.weights, values.whales));
  const votes: PlannedVote[] = [];
  for (const [farm, weight] of asked.weights.entries()) {
    if (weight === 0n) continue;
    const cause = fleet.farms.cause[farm];
    const own = (stream: number): number => chance.uniform(stream, cause, 0, 0);
    const draw = (stream: number): number => chance.uniform(stream, cause, asked.place, 0);
    const whale = whales.has(farm);
    const voter = {
      kind: voterKind(values, own(STREAM.kind)),
      whale,
      before: before[farm],
      after: after[farm],
    };
    const luck = {
      turnout: draw(STREAM.turnout),
      side: draw(STREAM.side),
      bribe: own(STREAM.bribable),
    };
    const ballot = ballotOf(values, voter, luck);
    if (ballot === null) continue;
    const delay = ballotDelay(values, asked.lasts, draw(STREAM.delay));
    const block = Math.min(
      Math.ceil(delay / terms.secondsPerBlock) * terms.secondsPerBlock,
      asked.lasts,
    );
    const farmsOfOwner = whale ? values.whaleMoves : 0;
    for (let through = 0; through <= farmsOfOwner; through++)
      votes.push({ farm, through, second: now + block, ...ballot });
  }
  return votes.sort((a, b) => a.second - b.second || a.farm - b.farm || a.through - b.through);
}

/** The farms that weigh most, so many of them; of equal ones the older. */
const largest = (weights: readonly bigint[], count: number): readonly number[] =>
  count === 0
    ? []
    : weights
        .map((weight, farm) => ({ weight, farm }))
        .sort((a, b) => (a.weight === b.weight ? a.farm - b.farm : a.weight > b.weight ? -1 : 1))
        .slice(0, count)
        .map(({ farm }) => farm);
