/**
 * Contracts: how many live, start, are refused, and how long their nodes could be reached.
 */

import { STEP } from "../world/contract.ts";
import { Refusal } from "../world/facts.ts";
import { reached } from "../world/occupancy.ts";
import type { World } from "../world/state.ts";
import {
  DailySeries,
  type MetricGroup,
  type Sight,
  type Telling,
  TimeMean,
  type Watcher,
} from "./metric.ts";

/** The metrics of contracts. */
export const contractMetrics: MetricGroup = {
  entries: [
    { name: "contract.live", unit: "1", doc: "Contracts on the chain, mean over the run." },
    { name: "contract.started", unit: "1", doc: "Contracts created during the run." },
    { name: "contract.moved", unit: "1", doc: "Deployments moved off a node that stayed away." },
    {
      name: "contract.refused_share",
      unit: "1",
      doc: "Share of wished deployments, moves included, for which no node fits.",
    },
    {
      name: "contract.availability",
      unit: "1",
      doc: "Share of the life of contracts with a node in which that node could be reached.",
    },
    {
      name: "contract.grace_share",
      unit: "1",
      doc: "Share of living contracts that are in their grace period, mean over the run.",
    },
  ],
  windowMeans: ["contract.live", "contract.grace_share"],
  watch: (world) => new ContractWatcher(world),
};

class ContractWatcher implements Watcher {
  readonly #live = new TimeMean();
  readonly #grace = new TimeMean();
  readonly #daily = new DailySeries();
  readonly #startedBefore: number;
  #started = 0;
  #moved = 0;
  #placed = 0;
  #refused = new Float64Array(8);
  #availability = Number.NaN;
  #end = 0;

  constructor(world: World) {
    this.#startedBefore = world.gauges.started;
    this.#note(world, 0);
  }

  #note(world: World, second: number): void {
    const { gauges } = world;
    this.#daily.note(second, {
      "contract.live": gauges.liveContracts,
      "contract.grace_share": graceShare(world),
    });
  }

  window({ world, until }: Sight): void {
    this.#live.look(until, world.gauges.liveContracts);
    this.#grace.look(until, graceShare(world));
  }

  day({ world, until }: Sight): void {
    this.#note(world, until);
  }

  end({ world, until }: Sight): void {
    const { gauges } = world;
    this.#end = until;
    this.#started = gauges.started - this.#startedBefore;
    this.#moved = gauges.moved;
    this.#placed = gauges.placed + gauges.moved;
    this.#refused = Float64Array.from(gauges.refused);
    this.#availability = availabilityUntil(world, until);
  }

  tell(_: Sight, telling: Telling): void {
    const refused = this.#refused.reduce((sum, count) => sum + count, 0);
    const wished = this.#placed + refused;
    telling.value("contract.live", this.#live.mean);
    telling.value("contract.started", this.#started);
    telling.value("contract.moved", this.#moved);
    telling.value("contract.refused_share", wished === 0 ? Number.NaN : refused / wished);
    telling.value("contract.availability", this.#availability);
    telling.value("contract.grace_share", this.#grace.mean);
    this.#daily.tell(telling);
    for (const [why, at] of Object.entries(Refusal)) {
      const share = wished === 0 ? Number.NaN : this.#refused[at] / wished;
      telling.at("contract.refused_share", `why=${why}`, this.#end, share);
    }
  }
}

const graceShare = ({ gauges }: World): number =>
  gauges.liveContracts === 0 ? 0 : gauges.graceContracts / gauges.liveContracts;

/** Reachable over lived seconds of all contracts with a node, ended or alive. */
function availabilityUntil(world: World, until: number): number {
  const { gauges, contracts, terms } = world;
  let lived = gauges.livedSeconds;
  let reachable = gauges.reachableSeconds;
  for (let row = 0; row < contracts.count; row += STEP) {
    if (!contracts.lives(row) || contracts.node[row] < 0) continue;
    lived += until - contracts.created[row] * terms.secondsPerBlock;
    reachable += reached(world, row, until);
  }
  return lived === 0 ? Number.NaN : reachable / lived;
}
