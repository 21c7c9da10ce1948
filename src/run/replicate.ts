/**
 * The world's own engine: one replication of a scenario, from its setup to its summary.
 *
 *   1. a world is built from the setup and the replication's chance
 *   2. window by window: what is local, what meets at the chain, what the metrics see
 *   3. the measured span ends; the last period's tail runs on until it is paid
 *   4. the metrics tell
 */
import { runWindows } from "../kernel/index.ts";
import {
  metricGroups,
  metricList,
  type Sight,
  type Summary,
  Telling,
  windowMeans,
} from "../metrics/index.ts";
import { TableWriter } from "../metrics/table.ts";
import { build, checkInvariants, type Prepared, prepare } from "../world/index.ts";
import type { Setup } from "../world/setup.ts";
import type { Crew } from "../world/shard.ts";
import { chanceOf } from "./chance.ts";
import type { Key, ReplicateOptions } from "./engine.ts";
import { ThreadCrew } from "./shard.ts";
import { TablesHere } from "./tables-here.ts";

export { metricList, windowMeans };

const DAY = 86_400;
/** What was prepared of a setup: a memo that no result depends on. */
const preparations = new WeakMap<Setup, Prepared>();

function preparedFor(setup: Setup): Prepared {
  const known = preparations.get(setup);
  if (known !== undefined) return known;
  const made = prepare(setup);
  preparations.set(setup, made);
  return made;
}

/** Makes one replication; equal arguments give an equal summary. */
export function replicate(
  setup: Setup,
  key: Key,
  replication: number,
  options: ReplicateOptions,
): Summary {
  const { shards = 0, antithetic } = options;
  if (shards === 0) return live(setup, key, replication, { ...options, crew: null });
  const crew = new ThreadCrew({ setup, key, replication, antithetic }, shards);
  try {
    return live(setup, key, replication, { ...options, crew });
  } finally {
    crew.dismiss();
  }
}

function live(
  setup: Setup,
  key: Key,
  replication: number,
  options: ReplicateOptions & { readonly crew: Crew | null },
): Summary {
  const { place, antithetic, crew } = options;
  place.time = null;
  place.event = "build";
  const chance = chanceOf(setup, key, replication, antithetic);
  const simulation = build(preparedFor(setup), chance, { crew });
  const { world } = simulation;
  const here = new TablesHere();
  const tables = new TableWriter(setup.tables, options.sink ?? here);
  const watchers = metricGroups.map((group) => group.watch(world));
  let sight: Sight = { world, until: 0 };
  let nextDay = DAY;
  const stretch = (start: number, end: number, measured: boolean): void =>
    runWindows({
      start,
      end,
      window: setup.window,
      local(until) {
        place.time = until;
        place.event = "fleet";
        simulation.local(until);
      },
      judge(until) {
        place.event = "chain";
        simulation.judge(until);
        if (options.checkInvariants) checkInvariants(world, until);
        tables.window(world);
      },
      watch(until) {
        if (!measured) return;
        place.event = "metrics";
        sight = { world, until };
        for (const watcher of watchers) watcher.window?.(sight);
        if (until < nextDay) return;
        for (const watcher of watchers) watcher.day?.(sight);
        nextDay = (Math.floor(until / DAY) + 1) * DAY;
      },
    });
  stretch(0, setup.length, true);
  for (const watcher of watchers) watcher.end?.(sight);
  stretch(setup.length, simulation.end, false);
  const telling = new Telling(setup.start);
  for (const watcher of watchers) watcher.tell(sight, telling);
  tables.finish(world, telling.tables);
  return {
    replication,
    metrics: allMetrics(telling),
    series: telling.series,
    tables: here.tables,
    events: world.fleet.events + world.executed,
  };
}

/** All metrics in the order of the list; not a number where a world had nothing to tell. */
const allMetrics = ({ values }: Telling): Summary["metrics"] =>
  metricList.flatMap(({ name, onRequest }) => {
    const told = values.get(name);
    if (told !== undefined) return [told];
    return onRequest === true ? [] : [{ name, value: Number.NaN, exact: null }];
  });
