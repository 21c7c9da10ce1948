/**
 * Users: who deploys and pays. One row a user, with the account that its twin holds on the chain.
 *
 * A user is known by its ordinal, which is also the cause of its draws: a world with one user more
 * leaves all others as they were.
 */

import { type Chance, type Distribution, exp, normalQuantile, streamId } from "../kernel/index.ts";
import type { Assumptions } from "../models/index.ts";
import { linedDoubles } from "./column.ts";
import type { Prepared } from "./prepared.ts";
import { RowBlocks } from "./row-blocks.ts";
import type { Setup } from "./setup.ts";
import { patienceOf, type UserLaws } from "./user-laws.ts";

const STREAM = {
  country: streamId("user.country"),
  habit: streamId("user.habit"),
  careless: streamId("user.careless"),
  appetite: streamId("user.appetite"),
} as const;

/**
 * The columns in the order in which they lie, two lines of a processor's cache: what bills ask of
 * an account, then what else moves with it.
 */
const COLUMNS = [
  "free",
  "done",
  "held",
  "block",
  "watched",
  "spent",
  "habit",
  "country",
  "lookDue",
  "fullUntil",
  "looks",
  "lookedAt",
  "freed",
  "appetite",
  "candidates",
  "frozen",
] as const;

/** Numbers of a user; its row, its place in all columns, is its ordinal times so many. */
export const USER = COLUMNS.length;
const NOTHING: Float64Array = new Float64Array(0);

/** All users of a run, by row. */
export class UserTable {
  readonly count: number;
  country = NOTHING;
  /** Which discount the user aims at, 0 (none) to 4 (gold). */
  habit = NOTHING;
  /** 1 for a user who seldom looks at the wallet. */
  readonly careless: Uint8Array;
  /** How much this user deploys, against a mean of 1 over all users. */
  appetite = NOTHING;
  /** Candidates for a deployment, and looks at the wallet that are surely over. */
  candidates = NOTHING;
  looks = NOTHING;
  /** Second of the last of those looks, and of the look that stands in the agenda. */
  lookedAt = NOTHING;
  lookDue = NOTHING;
  /** 1 if something that the user paid for has ended since the last look at the wallet. */
  freed = NOTHING;
  /** The block up to which the account could not be low when that look was chosen. */
  fullUntil = NOTHING;
  /** Free balance in 1e-7 TFT; bills are done up to this block. */
  free = NOTHING;
  /** Of the free balance what the lock based rules keep frozen, in 1e-7 TFT. */
  frozen = NOTHING;
  done = NOTHING;
  /** How many contracts it has on the chain, and where their rows begin among all holdings. */
  held = NOTHING;
  block = NOTHING;
  readonly holdings = new RowBlocks();
  /** Block for which the next look of the chain at the account stands in the agenda. */
  watched = NOTHING;
  /** Taken from the account for contracts so far, in 1e-7 TFT. */
  spent = NOTHING;

  constructor(setup: Setup, laws: readonly UserLaws[], chance: Chance, nodesAtStart: number) {
    this.count = Math.round(setup.assumptions.demand.users * nodesAtStart);
    const { count } = this;
    const numbers = linedDoubles(count * USER);
    for (const [at, name] of COLUMNS.entries()) this[name] = numbers.subarray(at);
    this.careless = new Uint8Array(count);
    for (let user = 0; user < count; user++) {
      this.lookDue[user * USER] = Number.POSITIVE_INFINITY;
      this.watched[user * USER] = Number.POSITIVE_INFINITY;
    }
    for (let user = 0; user < count; user++) {
      const draw = (stream: number): number => chance.uniform(stream, 0, user, 0);
      this.country[user * USER] = countryAt(setup, draw(STREAM.country));
      const { habit, values } = laws[this.country[user * USER]];
      const { spread } = values.demand;
      this.habit[user * USER] = habit.quantile(draw(STREAM.habit));
      this.careless[user] = draw(STREAM.careless) < values.wallet.careless ? 1 : 0;
      const normal = normalQuantile(draw(STREAM.appetite));
      this.appetite[user * USER] = exp(spread * normal - (spread * spread) / 2);
    }
  }

  /** Behind the last of a user's contracts among all holdings. */
  endOf(user: number): number {
    return this.block[user * USER] + this.held[user * USER];
  }

  /** A copy of one column, by ordinal. */
  all(name: (typeof COLUMNS)[number]): Float64Array {
    return Float64Array.from({ length: this.count }, (_, user) => this[name][user * USER]);
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
  laws.users[users.country[user * USER]];

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
