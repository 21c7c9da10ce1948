/**
 * Users: what a variant does to those of each workload: cost, availability, refusals.
 *
 * A user is known by its ordinal, which addresses all its chance, and has one row for each workload
 * that it has or wishes for. Users are the same in all replications of one fleet.
 */
import { mean } from "../stats/index.ts";
import { type GroupEffect, groupedBy, standingOf, tallyOf } from "./group.ts";
import { readTableFile } from "./table-reader.ts";

/** The sums of one user and workload over all replications of an arm. */
export interface UserSums {
  readonly workload: string;
  usd: number;
  lived: number;
  reachable: number;
  placed: number;
  refused: number;
}

/** The users of an arm by ordinal and workload. */
export type Users = ReadonlyMap<string, UserSums>;

const COLUMNS = ["user", "workload", "spent_usd", "lived_s", "reachable_s", "placed", "refused"];

/** Reads `users.parquet` of an arm. */
export async function readUsers(path: string): Promise<Users> {
  const users = new Map<string, UserSums>();
  await readTableFile(path, COLUMNS, (row) => {
    const workload = String(row["workload"]);
    const key = `${Number(row["user"])} ${workload}`;
    let sums = users.get(key);
    if (sums === undefined) {
      sums = nothingOf(workload);
      users.set(key, sums);
    }
    sums.usd += Number(row["spent_usd"]);
    sums.lived += Number(row["lived_s"]);
    sums.reachable += Number(row["reachable_s"]);
    sums.placed += Number(row["placed"]);
    sums.refused += Number(row["refused"]);
  });
  return users;
}

const nothingOf = (workload: string): UserSums => ({
  workload,
  usd: 0,
  lived: 0,
  reachable: 0,
  placed: 0,
  refused: 0,
});

interface Pair {
  readonly workload: string;
  readonly base: UserSums;
  readonly variant: UserSums;
}

/** One thing that matters to a user: of one user's sums, whether more is better, what is small. */
interface Measure {
  readonly metric: string;
  readonly of: (sums: UserSums) => number;
  readonly upward: boolean;
  readonly smallest: number;
  /** Whether a group's value is that of its sums, not the mean over its users. */
  readonly pooled: boolean;
}

/** How the users' sums are to be read. */
export interface UserQuestion {
  readonly replications: number;
  /** Months of a run. */
  readonly months: number;
  /** What is too small to matter: USD a month of one user, and shares. */
  readonly smallest: {
    readonly usd: number;
    readonly availability: number;
    readonly refused: number;
  };
}

const measuresOf = ({ replications, months, smallest }: UserQuestion): readonly Measure[] => [
  {
    metric: "user.spend_usd",
    of: ({ usd }) => usd / (replications * months),
    upward: false,
    smallest: smallest.usd,
    pooled: false,
  },
  {
    metric: "contract.availability",
    of: ({ lived, reachable }) => (lived === 0 ? Number.NaN : reachable / lived),
    upward: true,
    smallest: smallest.availability,
    pooled: true,
  },
  {
    metric: "contract.refused_share",
    of: ({ placed, refused }) =>
      placed + refused === 0 ? Number.NaN : refused / (placed + refused),
    upward: false,
    smallest: smallest.refused,
    pooled: true,
  },
];

/** What a variant does to users, by workload; a user who has a workload in one arm alone counts. */
export function userGroups(
  base: Users,
  variant: Users,
  question: UserQuestion,
): readonly GroupEffect[] {
  const keys = [...new Set([...base.keys(), ...variant.keys()])];
  const pairs = keys.map((key): Pair => {
    const workload = key.slice(key.indexOf(" ") + 1);
    const nothing = nothingOf(workload);
    return { workload, base: base.get(key) ?? nothing, variant: variant.get(key) ?? nothing };
  });
  const groups = groupedBy(pairs, ({ workload }) => workload);
  return [...groups.keys()]
    .sort()
    .flatMap((group) =>
      measuresOf(question).map((measure) => effectOf(group, groups.get(group) ?? [], measure)),
    );
}

function effectOf(group: string, pairs: readonly Pair[], measure: Measure): GroupEffect {
  const { metric, of, upward, smallest, pooled } = measure;
  const differences = pairs
    .map((pair) => of(pair.variant) - of(pair.base))
    .filter((difference) => !Number.isNaN(difference));
  const common = (arm: "base" | "variant"): number => of(summed(pairs.map((pair) => pair[arm])));
  const difference = pooled ? common("variant") - common("base") : mean(differences);
  const tally = tallyOf(differences.map((each) => standingOf(each, smallest, upward)));
  return {
    by: "user.workload",
    group,
    metric,
    difference: Number.isNaN(difference) ? 0 : difference,
    ...tally,
  };
}

function summed(all: readonly UserSums[]): UserSums {
  const sum = nothingOf("");
  for (const each of all) {
    sum.usd += each.usd;
    sum.lived += each.lived;
    sum.reachable += each.reachable;
    sum.placed += each.placed;
    sum.refused += each.refused;
  }
  return sum;
}
