/**
 * Users: who deploys and pays. One row a user, with the account that its twin holds on the chain.
 *
 * A user is known by its ordinal, which is also the cause of its draws: a world with one user more
 * leaves all others as they were.
 */
import { type Chance, type Distribution, exp, normalQuantile, streamId } from "../kernel/index.ts";
import type { Assumptions } from "../models/index.ts";
import { NONE } from "./contract.ts";
import type { Prepared } from "./prepared.ts";
import type { Setup } from "./setup.ts";
import { patienceOf, type UserLaws } from "./user-laws.ts";

const STREAM = {
  country: streamId("user.country"),
  habit: streamId("user.habit"),
  careless: streamId("user.careless"),
  appetite: streamId("user.appetite"),
} as const;

/** All users of a run, by dense ordinal. */
export class UserTable {
  readonly count: number;
  readonly country: Uint16Array;
  /** Which discount the user aims at, 0 (none) to 4 (gold). */
  readonly habit: Uint8Array;
  readonly careless: Uint8Array;
  /** How much this user deploys, against a mean of 1 over all users. */
  readonly appetite: Float64Array;
  /** Deployments, candidates for one, and looks at the wallet that are surely over. */
  readonly deployments: Uint32Array;
  readonly candidates: Uint32Array;
  readonly looks: Uint32Array;
  /** Second of the last of those looks, and of the look that stands in the agenda. */
  readonly lookedAt: Float64Array;
  readonly lookDue: Float64Array;
  /** 1 if something that the user paid for has ended since the last look at the wallet. */
  readonly freed: Uint8Array;
  /** The block up to which the account could not be low when that look was chosen. */
  readonly fullUntil: Float64Array;
  /** Free balance in 1e-7 TFT; bills are done up to this block; first contract in billing order. */
  readonly free: Float64Array;
  /** Of the free balance what the lock based rules keep frozen, in 1e-7 TFT. */
  readonly frozen: Float64Array;
  readonly done: Float64Array;
  readonly firstContract: Int32Array;
  /** Block for which the next look of the chain at the account stands in the agenda. */
  readonly watched: Float64Array;
  /** Taken from the account for contracts so far, in 1e-7 TFT. */
  readonly spent: Float64Array;

  constructor(setup: Setup, laws: readonly UserLaws[], chance: Chance, nodesAtStart: number) {
    this.count = Math.round(setup.assumptions.demand.users * nodesAtStart);
    const { count } = this;
    this.country = new Uint16Array(count);
    this.habit = new Uint8Array(count);
    this.careless = new Uint8Array(count);
    this.appetite = new Float64Array(count);
    this.deployments = new Uint32Array(count);
    this.candidates = new Uint32Array(count);
    this.looks = new Uint32Array(count);
    this.lookedAt = new Float64Array(count);
    this.freed = new Uint8Array(count);
    this.fullUntil = new Float64Array(count);
    this.lookDue = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
    this.free = new Float64Array(count);
    this.frozen = new Float64Array(count);
    this.done = new Float64Array(count);
    this.firstContract = new Int32Array(count).fill(NONE);
    this.watched = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
    this.spent = new Float64Array(count);
    for (let user = 0; user < count; user++) {
      const draw = (stream: number): number => chance.uniform(stream, 0, user, 0);
      this.country[user] = countryAt(setup, draw(STREAM.country));
      const { habit, values } = laws[this.country[user]];
      const { spread } = values.demand;
      this.habit[user] = habit.quantile(draw(STREAM.habit));
      this.careless[user] = draw(STREAM.careless) < values.wallet.careless ? 1 : 0;
      const normal = normalQuantile(draw(STREAM.appetite));
      this.appetite[user] = exp(spread * normal - (spread * spread) / 2);
    }
  }
}

/** What is asked to know the laws of a user. */
interface Among {
  readonly laws: Prepared["laws"];
  readonly users: UserTable;
  readonly chance: Chance;
}

/** The laws of a user: those of its country. */
export const lawsOfUser = ({ laws, users }: Among, user: number): UserLaws =>
  laws.users[users.country[user]];

/** How long a user waits for the node of a workload, before it moves. */
export const patienceFor = (among: Among, user: number, workload: number): Distribution =>
  patienceOf(lawsOfUser(among, user), workload, among.chance, user);

/** How users of a user's country fill their wallets. */
export const walletOf = (among: Among, user: number): Assumptions["wallet"] =>
  lawsOfUser(among, user).values.wallet;

/** The country in which a share of all weights is reached. */
function countryAt(setup: Setup, share: number): number {
  let sum = 0;
  for (let at = 0; at < setup.countries.length; at++) {
    sum += setup.countries[at].weight;
    if (share < sum) return at;
  }
  return setup.countries.length - 1;
}
