/**
 * Farms that a timeline names: whether they are there can be told only where farms were drawn.
 */
import { Chance } from "../kernel/index.ts";
import { farmsAtStart, prepare } from "../world/index.ts";
import type { RunOptions } from "./options.ts";
import { keyOf, seedOf } from "./seed.ts";

/** What the timeline says of farms that one of the replications has not, in a sentence each. */
export function absentFarms(options: RunOptions, replications: readonly number[]): string[] {
  const { file, setup } = options.scenario;
  // Another engine has farms of its own, or none.
  if (options.engine !== undefined) return [];
  const named = setup.timeline.flatMap((entry) =>
    "target" in entry && entry.target.farm !== undefined ? [entry.target.farm] : [],
  );
  if (named.length === 0) return [];
  const prepared = prepare(setup);
  const key = keyOf(seedOf(options));
  let fewest = { replication: 0, farms: Number.POSITIVE_INFINITY };
  for (const replication of replications) {
    const farms = farmsAtStart(prepared, new Chance(key, replication));
    if (farms < fewest.farms) fewest = { replication, farms };
  }
  const { replication, farms } = fewest;
  return [...new Set(named)]
    .filter((farm) => farm >= farms)
    .map(
      (farm) =>
        `${file}: timeline: expected a farm that there is, found farm ${farm}: ` +
        `replication ${replication} has ${farms} farms at the start, numbered from 0`,
    );
}
