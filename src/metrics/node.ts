/**
 * Nodes: how many there are, how much of the time they can be reached, how long they have been up.
 */

import type { World } from "../world/state.ts";
import { AGE_POINTS } from "./age.ts";
import {
  DailySeries,
  type MetricGroup,
  SIZE_BANDS,
  type Sight,
  sizeBand,
  type Telling,
  type Watcher,
} from "./metric.ts";

/** The metrics of nodes. */
export const nodeMetrics: MetricGroup = {
  entries: [
    { name: "node.count", unit: "1", doc: "Nodes registered on the grid, mean over the run." },
    {
      name: "node.online",
      unit: "1",
      doc: "Nodes that run behind a working line, mean over the run.",
    },
    {
      name: "node.availability",
      unit: "1",
      doc: "Share of time on the grid in which a node runs behind a working line, over all nodes.",
    },
    {
      name: "node.uptime_permille",
      unit: "permille",
      doc: "Uptime that the minting credits a node for a period, mean over nodes and paid periods.",
    },
    {
      name: "node.age_survival",
      unit: "1",
      doc: "Share of online nodes that booted more than a month (30.4 days) ago, at the end.",
    },
  ],
  watch: () => new NodeWatcher(),
};

const MONTH = "30.4 d";
const DAY = 86_400;

class NodeWatcher implements Watcher {
  #availability = Number.NaN;
  #count = Number.NaN;
  #online = Number.NaN;
  readonly #daily = new DailySeries();
  readonly #groups = new Map<string, { reachable: number; enrolled: number; nodes: number }>();
  readonly #ages = new Map<string, number>();
  #end = 0;

  end({ world, until }: Sight): void {
    this.#end = until;
    const { fleet, setup } = world;
    const { nodes, farms } = fleet;
    let reachable = 0;
    let enrolled = 0;
    for (let node = 0; node < nodes.count; node++) {
      const up = nodes.reachableUntil(node, until);
      const span = nodes.enrolledUntil(node, until);
      reachable += up;
      enrolled += span;
      const farm = nodes.farm[node];
      const alive = nodes.left[node] > until ? 1 : 0;
      this.#add(`country=${setup.countries[farms.country[farm]].code}`, up, span, alive);
      this.#add(`class=${setup.classes[nodes.class[node]].name}`, up, span, alive);
      this.#add(`size=${SIZE_BANDS[sizeBand(farms.sizeAtStart[farm])]}`, up, span, alive);
    }
    this.#availability = reachable / enrolled;
    this.#count = enrolled / until;
    this.#online = reachable / until;
    this.#tellDays(world, until);
    this.#measureAges(world, until);
  }

  #tellDays({ fleet }: World, until: number): void {
    for (const [at, day] of fleet.census.days(Math.floor(until / DAY)).entries()) {
      this.#daily.note((at + 1) * DAY, {
        "node.count": day.enrolled,
        "node.online": day.online,
        "node.availability": day.onlineSeconds / day.enrolledSeconds,
      });
    }
  }

  #add(dimension: string, reachable: number, enrolled: number, nodes: number): void {
    const group = this.#groups.get(dimension);
    if (group === undefined) this.#groups.set(dimension, { reachable, enrolled, nodes });
    else {
      group.reachable += reachable;
      group.enrolled += enrolled;
      group.nodes += nodes;
    }
  }

  #measureAges(world: World, until: number): void {
    const { nodes } = world.fleet;
    for (const { name, seconds } of AGE_POINTS) {
      let online = 0;
      let older = 0;
      for (let node = 0; node < nodes.count; node++) {
        if (nodes.reachable[node] === 0) continue;
        online += 1;
        if (until - nodes.boot[node] > seconds) older += 1;
      }
      this.#ages.set(name, older / online);
    }
  }

  tell({ world }: Sight, telling: Telling): void {
    telling.value("node.count", this.#count);
    telling.value("node.online", this.#online);
    telling.value("node.availability", this.#availability);
    telling.value("node.age_survival", this.#ages.get(MONTH) ?? Number.NaN);
    this.#daily.tell(telling);
    for (const [dimension, group] of this.#groups) {
      telling.at("node.count", dimension, this.#end, group.nodes);
      telling.at("node.availability", dimension, this.#end, group.reachable / group.enrolled);
    }
    for (const [age, share] of this.#ages)
      telling.at("node.age_survival", `age=${age}`, this.#end, share);
    tellUptime(world, this.#end, telling);
  }
}

/** Uptime in the paid periods, and its histogram in the last of them. */
function tellUptime(world: World, end: number, telling: Telling): void {
  const { paydays, mint, fleet } = world;
  let permille = 0;
  let nodes = 0;
  for (const payday of paydays) {
    permille += payday.permille;
    nodes += payday.nodes;
  }
  telling.value("node.uptime_permille", nodes === 0 ? Number.NaN : permille / nodes);
  telling.over(
    "node.uptime_permille",
    "",
    paydays.map((payday) => payday.end),
    paydays.map((payday) => payday.permille / payday.nodes),
  );
  if (paydays.length === 0) return;
  const bins = new Float64Array(PERMILLE_BINS.length);
  for (let node = 0; node < fleet.nodes.count; node++) {
    if (mint.permille[node] === 0 && mint.paid[node] === 0) continue;
    bins[binOf(mint.permille[node])] += 1;
  }
  for (const [at, from] of PERMILLE_BINS.entries())
    telling.at("node.uptime_permille", `permille=${from}`, end, bins[at]);
}

const PERMILLE_BINS = [0, 500, 800, 900, 920, 940, 950, 960, 970, 980, 985, 990, 995, 998] as const;

function binOf(permille: number): number {
  let at = PERMILLE_BINS.length - 1;
  while (PERMILLE_BINS[at] > permille) at -= 1;
  return at;
}
