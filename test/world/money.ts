/** Small worlds for tests of the money side, and what is compared of them. */
import { Chance, runWindows } from "../../src/kernel/index.ts";
import { seconds } from "../../src/units/index.ts";
import { STEP } from "../../src/world/contract.ts";
import { build, checkInvariants, prepare, type World } from "../../src/world/index.ts";
import type { Setup } from "../../src/world/setup.ts";
import { setting } from "./setting.ts";

export const DAY = 86_400;
/** More users and shorter lives than the real grid has, so that much happens in little time. */
const BUSY = { users: 1, live: 3, lifeMiddle: seconds(6 * DAY), lifeLong: seconds(20 * DAY) };
/** Many look at their wallets too late. */
const CARELESS = {
  careless: 0.4,
  lookCareless: seconds(30 * DAY),
  floors: [0.02, 0.05, 3.1, 6.5, 19],
  ceilings: [0.1, 0.2, 5, 9, 24],
};

type Changes = Parameters<typeof setting>[0];

/** Three weeks of a small grid that is used more than the real one. */
export function small(changes: Changes = {}, rest: Partial<Setup> = {}): Setup {
  const made = setting(
    {
      ...changes,
      fleet: { nodes: 80, gpu: 0.1, publicIps: 0.4, ...changes.fleet },
      demand: { ...BUSY, ...changes.demand },
      wallet: { ...CARELESS, ...changes.wallet },
      redeploy: { share: 0.5, patience: seconds(4 * 3_600), ...changes.redeploy },
      price: { model: "walk", ...changes.price },
    },
    { length: seconds(21 * DAY), periods: 0, ...rest },
  );
  const billing = { ...made.policy.billing, gracePeriod: 2 * 14_400 };
  return { ...made, policy: { ...made.policy, billing } };
}

/** The same world with bills by lock. */
export function byLock(setup: Setup): Setup {
  const billing = { ...setup.policy.billing, rules: "legacy" as const };
  return { ...setup, policy: { ...setup.policy, billing } };
}

interface How {
  readonly check?: boolean;
  readonly seed?: readonly [number, number];
  /** Sees the world after each window. */
  readonly see?: (world: World, until: number) => void;
}

/** Runs a world to its end. */
export function run(setup: Setup, how: How = {}): World {
  // What has ended is looked at as well.
  const simulation = build(prepare(setup), new Chance(how.seed ?? [7, 11], 0), { keepEnded: true });
  const { world } = simulation;
  runWindows({
    start: 0,
    end: simulation.end,
    window: setup.window,
    local: (until) => simulation.local(until),
    judge(until) {
      simulation.judge(until);
      if (how.check === true) checkInvariants(world, until);
      how.see?.(world, until);
    },
  });
  return world;
}

const COLUMNS = [
  "kind",
  "user",
  "node",
  "farm",
  "phase",
  "created",
  "endedAt",
  "state",
  "graceSince",
  "reserve",
  "extraReserve",
  "overdraft",
  "extraOverdraft",
  "locked",
  "extraLocked",
  "unbilled",
  "cycles",
  "lastBilled",
  "trafficFrom",
  "cores",
  "memory",
  "ssd",
  "hdd",
  "ips",
] as const;

/** The rows of all contracts there ever were. */
export const rowsOf = ({ contracts }: Pick<World, "contracts">): readonly number[] =>
  Array.from({ length: contracts.count / STEP }, (_, at) => at * STEP);

/** Every contract there ever was, as text, by who made it and what for. */
export function contractsOf(world: World): ReadonlyMap<string, string> {
  const { contracts, deployments } = world;
  const told = new Map<string, string>();
  for (const row of rowsOf(world)) {
    const ordinal = deployments.ordinal[contracts.deployment[row]];
    const { user, part, created } = contracts;
    const name = [user[row], ordinal, part[row], created[row]].join(" ");
    told.set(name, COLUMNS.map((column) => `${column} ${contracts[column][row]}`).join(" "));
  }
  return told;
}

/** Everything about a world that a result is made of. */
export function tellWorld(world: World): unknown {
  const { users, ledger, gauges, earnings, fleet } = world;
  return {
    contracts: [...contractsOf(world)].sort(),
    free: [...users.all("free")],
    frozen: [...users.all("frozen")],
    spent: [...users.all("spent")],
    ledger: Object.entries(ledger).map(([name, total]) => `${name} ${total.value}`),
    gauges: JSON.stringify({ ...gauges, refused: [...gauges.refused] }),
    farms: [...earnings.farmPeriod.subarray(0, fleet.farms.count)],
    paid: [...earnings.farmTotal.subarray(0, fleet.farms.count)],
    minted: [...earnings.farmMinted.subarray(0, fleet.farms.count)],
    traffic: [...earnings.nodeTraffic.subarray(0, fleet.nodes.count)],
    addresses: [...earnings.nodeIpSeconds.subarray(0, fleet.nodes.count)],
    paydays: world.paydays,
  };
}
