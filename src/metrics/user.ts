/**
 * Users: what each had of each kind of workload, for those who ask for the table `users`.
 *
 * A row is a user and a workload that the user had or wished for; a user is known by its ordinal,
 * which addresses all its chance.
 */

import { UNITS_PER_TOKEN } from "../units/index.ts";
import { closing } from "../world/chain.ts";
import { USER } from "../world/index.ts";
import { reached } from "../world/occupancy.ts";
import type { World } from "../world/state.ts";
import { livedUntil, valueUsage } from "../world/usage.ts";
import { type Usage, usageNames } from "../world/usage-table.ts";
import type { MetricGroup, Sight, Telling, Watcher } from "./metric.ts";
import type { Table } from "./summary.ts";

/** Whoever writes the table of users; it has no metric of its own. */
export const userMetrics: MetricGroup = { entries: [], watch: () => new UserWatcher() };

class UserWatcher implements Watcher {
  #table: Table | null = null;

  end({ world, until }: Sight): void {
    const { usage } = world;
    if (usage === null) return;
    closing(world, until);
    valueUsage(world, world.token.usdAt(until) / UNITS_PER_TOKEN);
    this.#table = tableOf(world, usage, until);
  }

  tell(_: Sight, telling: Telling): void {
    if (this.#table !== null) telling.tables["users"] = this.#table;
  }
}

function tableOf(world: World, usage: Usage, until: number): Table {
  const { setup, users } = world;
  const { lived, reachable } = livedUntil(world, usage, {
    until,
    reached: (contract) => reached(world, contract, until),
  });
  const names = usageNames;
  const told: number[] = [];
  for (let row = 0; row < usage.usd.length; row++)
    if (usage.usd[row] + lived[row] + usage.placed[row] + usage.refused[row] > 0) told.push(row);
  const userOf = (row: number): number => Math.floor(row / names.length);
  const column = (values: Float64Array): Float64Array =>
    Float64Array.from(told, (row) => values[row]);
  return {
    user: Float64Array.from(told, userOf),
    country: told.map((row) => setup.countries[users.country[userOf(row) * USER]].code),
    workload: told.map((row) => names[row % names.length]),
    spent_usd: column(usage.usd),
    lived_s: column(lived),
    reachable_s: column(reachable),
    placed: column(usage.placed),
    refused: column(usage.refused),
  };
}
