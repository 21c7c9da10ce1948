/**
 * The world: who exists, and how a window of its life runs.
 *
 * Farms and their nodes live in the fleet, which runs ahead to the end of a window on its own;
 * users with their accounts, deployments and contracts meet them at the chain, which judges the
 * window. Everything is made from a setup and a chance, and nothing else.
 */
import { Agenda, type Chance } from "../kernel/index.ts";
import {
  cycleNotes,
  PERIOD_LENGTH,
  type PeriodBounds,
  periodOf,
  periodStart,
  priceBounds,
  takings,
  type UptimeRules,
  uptimeRules,
} from "../protocol/index.ts";
import { seconds, Total } from "../units/index.ts";
import { admit, judge } from "./chain.ts";
import { ContractTable, NONE } from "./contract.ts";
import { paceOf, scheduleSurge } from "./demand.ts";
import { DeploymentTable } from "./deployment.ts";
import { Due, Priority } from "./due.ts";
import { FactLog } from "./facts.ts";
import { Fleet } from "./fleet.ts";
import { settleIn } from "./initial.ts";
import { MintTable } from "./payday.ts";
import { Places } from "./places.ts";
import { tariffPoliciesOf, termsOf } from "./policy.ts";
import type { Prepared } from "./prepared.ts";
import type { Setup } from "./setup.ts";
import type { Earnings, Gauges, Ledger, World } from "./state.ts";
import { Token } from "./token.ts";
import { UserTable } from "./user.ts";
import { NodeView } from "./view.ts";

/** A world that can be run window by window. */
export interface Simulation {
  readonly world: World;
  /** What happened to nodes in the last window. */
  readonly fleetFacts: FactLog;
  /** The second at which the last period has been paid and everything is over. */
  readonly end: number;
  /** What is local to nodes and farms, up to a second. */
  local(until: number): void;
  /** What meets at the chain, up to the same second. */
  judge(until: number): void;
}

/** Builds a world at its start. */
export function build(prepared: Prepared, chance: Chance): Simulation {
  const { setup } = prepared;
  const fleetFacts = new FactLog();
  const fleet = new Fleet(setup, chance, fleetFacts, prepared.laws.fleet);
  const world = emptyWorld(prepared, chance, fleet);
  for (let node = 0; node < fleet.nodes.count; node++) introduce(world, node);
  settleIn(world);
  const periods = new Periods(setup, fleet);
  schedule(world, periods);
  world.facts.clear();
  fleetFacts.clear();
  return {
    world,
    fleetFacts,
    end: Math.max(setup.length, periods.lastPayday + 1),
    local(until) {
      fleetFacts.clear();
      periods.advance(until, uptimeRules[world.policy.minting.rules]);
    },
    judge(until) {
      world.facts.clear();
      judge(world, fleetFacts, until);
    },
  };
}

/** A minting period that ends inside a run, in seconds since the start. */
interface Period {
  readonly start: number;
  readonly end: number;
  readonly payday: number;
}

/** The ends and paydays of the minting periods, which the fleet must meet on the second. */
class Periods {
  readonly #fleet: Fleet;
  readonly #all: readonly Period[];
  readonly #moments: { readonly second: number; readonly settle: boolean; readonly end: number }[];
  #next = 0;

  constructor(setup: Setup, fleet: Fleet) {
    this.#fleet = fleet;
    const all: Period[] = [];
    let number = periodOf(setup.start);
    for (;;) {
      const start = periodStart(number) - setup.start;
      const end = start + PERIOD_LENGTH;
      if (end > setup.length) break;
      all.push({ start, end, payday: fleet.settlementSecond(end) });
      number = (number + 1) as typeof number;
    }
    this.#all = all;
    this.#moments = all
      .flatMap(({ end, payday }) => [
        { second: end, settle: false, end },
        { second: payday, settle: true, end },
      ])
      .sort((a, b) => a.second - b.second);
  }

  /** The periods that a run sees whole, which are those that are paid. */
  get whole(): readonly Period[] {
    return this.#all.filter(({ start }) => start >= 0);
  }

  /** Second of the last payday; 0 without whole periods. */
  get lastPayday(): number {
    return this.whole.at(-1)?.payday ?? 0;
  }

  /** Advances the fleet, stopping where a period ends or is settled; the next has these rules. */
  advance(until: number, rules: UptimeRules): void {
    while (this.#next < this.#moments.length && this.#moments[this.#next].second <= until) {
      const { second, settle, end } = this.#moments[this.#next++];
      this.#fleet.advance(second);
      if (settle) this.#fleet.settlePeriod();
      else this.#fleet.closePeriod(bounds(end), rules);
    }
    this.#fleet.advance(until);
  }
}

/** The period that begins at a second. */
const bounds = (start: number): PeriodBounds => ({
  start: seconds(start),
  end: seconds(start + PERIOD_LENGTH),
});

function schedule(world: World, periods: Periods): void {
  const { setup, agenda } = world;
  for (const [entry, what] of setup.timeline.entries()) {
    if (what.kind === "policy") agenda.push(what.at, Priority.policy, entry, Due.policy);
    if (what.kind === "demand") scheduleSurge(world, entry, what.at);
  }
  for (const [number, { end, payday }] of periods.whole.entries()) {
    agenda.push(end, Priority.period, number, Due.periodEnd);
    agenda.push(payday, Priority.period, number, Due.payday);
  }
}

/** Shows a node that was there before the run to the chain. */
function introduce(world: World, node: number): void {
  const { nodes } = world.fleet;
  admit(world, node);
  world.view.run(node, nodes.running[node] === 1);
  if (nodes.reachable[node] === 1) world.view.appear(node, 0);
}

function emptyWorld(prepared: Prepared, chance: Chance, fleet: Fleet): World {
  const { setup, laws } = prepared;
  const { policy, countries } = setup;
  const nodes = fleet.nodes.count;
  const users = new UserTable(setup, laws.users, chance, nodes);
  const byCountry = countries.map(() => 0);
  for (let node = 0; node < nodes; node++)
    byCountry[fleet.farms.country[fleet.nodes.farm[node]]] += 1;
  return {
    setup,
    chance,
    laws,
    fleet,
    view: new NodeView(nodes),
    users,
    contracts: new ContractTable(),
    deployments: new DeploymentTable(),
    token: new Token(prepared, chance, tariffPoliciesOf(policy), priceBounds(policy.price)),
    places: new Places(chance, byCountry),
    agenda: new Agenda(),
    facts: new FactLog(),
    ledger: emptyLedger(),
    gauges: emptyGauges(),
    earnings: emptyEarnings(nodes, fleet.farms.count),
    firstOnNode: new Int32Array(nodes).fill(NONE),
    policy,
    terms: termsOf(policy),
    now: 0,
    executed: 0,
    pace: paceOf({ setup, laws, users, chance }),
    surges: new Uint32Array(setup.timeline.length),
    mint: new MintTable(nodes),
    paydays: [],
    closings: [],
    wallet: { free: 0, done: 0, rows: new Uint32Array(16), count: 0 },
    notes: cycleNotes(),
    takings: takings(),
  };
}

const emptyLedger = (): Ledger => ({
  deposited: new Total(),
  bridged: new Total(),
  endowed: new Total(),
  fees: new Total(),
  staking: new Total(),
  foundation: new Total(),
  farmers: new Total(),
  charged: new Total(),
  forgiven: new Total(),
  minted: new Total(),
});

const emptyGauges = (): Gauges => ({
  usedCores: 0,
  usedMemory: 0,
  usedSsd: 0,
  usedHdd: 0,
  liveContracts: 0,
  graceContracts: 0,
  started: 0,
  placed: 0,
  refused: new Float64Array(8),
  livedSeconds: 0,
  reachableSeconds: 0,
  moved: 0,
});

const emptyEarnings = (nodes: number, farms: number): Earnings => ({
  farmTotal: new Float64Array(farms),
  farmPeriod: new Float64Array(farms),
  farmMinted: new Float64Array(farms),
  farmMintedUsd: new Float64Array(farms),
  farmUserUsd: new Float64Array(farms),
  nodeTraffic: new Float64Array(nodes),
  nodeIpSeconds: new Float64Array(nodes),
});
