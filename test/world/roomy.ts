/** A small grid in which machines are so large that no contract stands in another's way. */
import { seconds } from "../../src/units/index.ts";
import type { World } from "../../src/world/index.ts";
import type { Setup } from "../../src/world/setup.ts";
import { contractsOf, DAY, rowsOf, small } from "./money.ts";

const GIANT = { cores: 64, memoryGb: 40_000, ssdGb: 400_000, hddGb: 4_000_000 };
const NODES = 70;

type Changes = Parameters<typeof small>[0];

/** Two weeks without rent, addresses, arrivals and departures of nodes. */
export function roomy(changes: Changes = {}, rest: Partial<Setup> = {}): Setup {
  return small(
    {
      ...changes,
      fleet: {
        nodes: NODES,
        gpu: 0,
        dedicated: 0,
        cruSigma: 0,
        mruSigma: 0,
        diskSigma: 0,
        ...changes.fleet,
      },
      // Users are counted per node; 63 of them, also where there is one node more.
      demand: {
        users: 63 / (NODES + 0.5),
        live: 2,
        mix: [0.7, 0.1, 0.1, 0.1, 0, 0, 0],
        publicIps: [0, 0, 0, 0, 0, 0, 0],
        nearby: 0,
        ...changes.demand,
      },
      churn: { departure: 0, ...changes.churn },
    },
    {
      length: seconds(14 * DAY),
      classes: [{ name: "giant", ...GIANT, weight: 1 }],
      totals: {
        date: "2023-04-03",
        nodes: NODES,
        cores: NODES * GIANT.cores,
        memoryGb: NODES * GIANT.memoryGb,
        ssdGb: NODES * GIANT.ssdGb,
        hddGb: NODES * GIANT.hddGb,
      },
      ...rest,
    },
  );
}

/** Histories of contracts by user: how each was made, billed and ended. */
export function historiesOf(world: World): ReadonlyMap<number, string> {
  const byUser = new Map<number, string[]>();
  for (const [name, told] of contractsOf(world)) {
    const user = Number(name.split(" ")[0]);
    const list = byUser.get(user) ?? [];
    list.push(`${name}: ${told}`);
    byUser.set(user, list);
  }
  return new Map([...byUser].map(([user, list]) => [user, list.sort().join("\n")]));
}

/** The users of whom some contract ever sat on a node that a test names. */
export function usersOn(world: World, on: (node: number) => boolean): ReadonlySet<number> {
  const { contracts } = world;
  const users = new Set<number>();
  for (const row of rowsOf(world))
    if (contracts.node[row] >= 0 && on(contracts.node[row])) users.add(contracts.user[row]);
  return users;
}
