/**
 * The world: who exists, and how a window of its life runs.
 *
 * Farms and their nodes live in the fleet, which lives an epoch ahead on its own: up to the next
 * end or payday of a minting period, or the end of the run. Users with their accounts, deployments
 * and contracts meet them at the chain, which judges window by window and sees no further than its
 * own second. Everything is made from a setup and a chance, and nothing else.
 */
import { Agenda, type Chance } from "../kernel/index.ts";
import {
  cycleNotes,
  legacyTakings,
  PERIOD_LENGTH,
  type PeriodBounds,
  periodOf,
  periodStart,
  priceBounds,
  type UptimeRules,
  uptimeRulesOf,
} from "../protocol/index.ts";
import { assert, seconds, Total } from "../units/index.ts";
import { admitAll, judge } from "./chain.ts";
import { loopOf } from "./congestion.ts";
import { ContractTable, NONE } from "./contract.ts";
import { scheduleProposal } from "./dao.ts";
import { paceOf, scheduleSurge } from "./demand.ts";
import { DeploymentTable } from "./deployment.ts";
import { Due, Priority } from "./due.ts";
import { decidesOfFleet, mintingAt } from "./era.ts";
import { FactLog } from "./facts.ts";
import { FarmerTable } from "./farmer-table.ts";
import { Fleet } from "./fleet.ts";
import { settleIn } from "./initial.ts";
import { expectRound } from "./market.ts";
import { marketOf } from "./market-table.ts";
import { Parting } from "./parting.ts";
import { MintTable } from "./payday.ts";
import { Places } from "./places.ts";
import { locksOf, tariffPoliciesOf, termsOf } from "./policy.ts";
import type { Prepared } from "./prepared.ts";
import { followEpoch } from "./presence.ts";
import { ProposalTable } from "./proposal.ts";
import type { Setup } from "./setup.ts";
import type { Crew } from "./shard.ts";
import { Sheet } from "./sheet.ts";
import type { Earnings, Gauges, Ledger, World } from "./state.ts";
import { Token } from "./token.ts";
import { usageFor } from "./usage-table.ts";
import { UserTable } from "./user.ts";
import { expectPrice, noWorth } from "./worth.ts";

/** A world that can be run window by window. */
export interface Simulation {
  readonly world: World;
  /** The second at which the last period has been paid and everything is over. */
  readonly end: number;
  /** What is local to nodes and farms, up to a second or to where the chain must see it first. */
  local(until: number): void;
  /** What meets at the chain, up to the same second. */
  judge(until: number): void;
}

/** How a world is built. */
export interface BuildOptions {
  /** Told what happens to nodes. */
  readonly facts?: FactLog | null;
  /** Threads that live the fleet. */
  readonly crew?: Crew | null;
  /** Contracts and deployments keep their rows when they end, for who looks at them later. */
  readonly keepEnded?: boolean;
}

/** Builds a world at its start. */
export function build(
  prepared: Prepared,
  chance: Chance,
  { facts = null, crew = null, keepEnded = false }: BuildOptions = {},
): Simulation {
  const { setup } = prepared;
  const fleet = new Fleet(setup, chance, { facts, crew, laws: prepared.laws.fleet });
  const world = emptyWorld(prepared, chance, { fleet, keepEnded });
  admitAll(world);
  settleIn(world);
  const periods = new Periods(setup, fleet);
  schedule(world, periods);
  world.facts.clear();
  let judged = 0;
  const mayGoAhead = crew !== null && !decidesOfFleet(setup);
  const live = (): void => {
    if (fleet.lived > judged) return;
    const minting = mintingAt(setup, world.policy.minting, fleet.lived);
    if (periods.ends(fleet.lived)) world.mint.begin(minting);
    if (!fleet.begun) periods.begin(uptimeRulesOf(minting));
    fleet.finish();
    followEpoch(world);
    // Metrics look at the fleet as it stands when what is measured ends.
    if (!mayGoAhead || fleet.lived >= setup.length) return;
    periods.begin(uptimeRulesOf(minting));
  };
  return {
    world,
    end: periods.end,
    local: live,
    judge(until) {
      world.facts.clear();
      while (judged < until) {
        live();
        judged = Math.min(until, fleet.lived);
        judge(world, judged);
      }
    },
  };
}

/** A minting period that ends inside a run, in seconds since the start. */
interface Period {
  readonly start: number;
  readonly end: number;
  readonly payday: number;
}

/** The ends and paydays of the minting periods, at which the fleet's epochs end. */
class Periods {
  /** The second at which the last period has been paid and everything is over. */
  readonly end: number;
  readonly #fleet: Fleet;
  readonly #all: readonly Period[];
  readonly #moments: readonly number[];

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
    this.end = Math.max(setup.length, (this.whole.at(-1)?.payday ?? 0) + 1);
    const moments = new Set([setup.length, this.end]);
    for (const { end, payday } of all) moments.add(end).add(payday);
    this.#moments = [...moments].sort((a, b) => a - b);
  }

  /** The periods that a run sees whole, which are those that are paid. */
  get whole(): readonly Period[] {
    return this.#all.filter(({ start }) => start >= 0);
  }

  /** Whether a period ends at a second. */
  ends(second: number): boolean {
    return this.#all.some(({ end }) => end === second);
  }

  /**
   * Lets the fleet begin its next epoch. A period is closed or settled where its epoch ended; the
   * period that then begins has these rules.
   */
  begin(rules: UptimeRules): void {
    const { lived } = this.#fleet;
    for (const { end, payday } of this.#all) {
      if (end === lived) this.#fleet.closePeriod(bounds(end), rules);
      if (payday === lived) this.#fleet.settlePeriod();
    }
    const next = this.#moments.find((moment) => moment > lived);
    assert(next !== undefined, "nobody asks for what lies beyond the end of a run");
    this.#fleet.begin(Math.min(next, lived + EPOCH_LONGEST));
  }
}

/** Seconds after which an epoch ends at the latest, so that its turns stay few. */
const EPOCH_LONGEST = 32 * 86_400;

/** The period that begins at a second. */
const bounds = (start: number): PeriodBounds => ({
  start: seconds(start),
  end: seconds(start + PERIOD_LENGTH),
});

function schedule(world: World, periods: Periods): void {
  const { setup, agenda } = world;
  expectPrice(world, 0);
  expectRound(world, 0);
  for (const [entry, what] of setup.timeline.entries()) {
    if (what.kind === "policy") agenda.push(what.at, Priority.policy, entry, Due.policy);
    if (what.kind === "propose") scheduleProposal(world, entry, what.at);
    if (what.kind === "demand") scheduleSurge(world, entry, what.at);
  }
  for (const [number, { end, payday }] of periods.whole.entries()) {
    agenda.push(end, Priority.period, number, Due.periodEnd);
    agenda.push(payday, Priority.period, number, Due.payday);
  }
}

function emptyWorld(
  prepared: Prepared,
  chance: Chance,
  { fleet, keepEnded }: { readonly fleet: Fleet; readonly keepEnded: boolean },
): World {
  const { setup, laws } = prepared;
  const { policy, countries } = setup;
  const nodes = fleet.nodes.count;
  const ends = { keepEnded, tellEnded: setup.tables.includes("contracts") };
  const users = new UserTable(setup, laws.users, chance, nodes);
  const byCountry = countries.map(() => 0);
  for (let node = 0; node < nodes; node++)
    byCountry[fleet.farms.country[fleet.nodes.farm[node]]] += 1;
  return {
    setup,
    chance,
    laws,
    fleet,
    view: fleet.view,
    followed: new Uint8Array(nodes),
    users,
    farmers: new FarmerTable(),
    contracts: new ContractTable(2 * setup.assumptions.demand.live * nodes, ends, loopOf(setup)),
    deployments: new DeploymentTable(keepEnded),
    token: new Token(prepared, chance, tariffPoliciesOf(policy), priceBounds(policy.price)),
    market: marketOf(setup),
    places: new Places(chance, byCountry, fleet),
    agenda: new Agenda(),
    facts: new FactLog(),
    ledger: emptyLedger(),
    gauges: emptyGauges(),
    earnings: emptyEarnings(fleet.nodes.capacity, fleet.farms.count),
    usage: setup.tables.includes("users") ? usageFor(users.count) : null,
    worth: noWorth(),
    firstOnNode: new Int32Array(fleet.nodes.capacity).fill(NONE),
    policy,
    terms: termsOf(policy),
    locks: locksOf(policy),
    upgradedAt: Number.POSITIVE_INFINITY,
    now: 0,
    executed: 0,
    pace: paceOf({ setup, laws, users, chance }),
    surges: new Uint32Array(setup.timeline.length),
    mint: new MintTable(fleet.nodes.capacity, mintingAt(setup, policy.minting, 0)),
    paydays: [],
    closings: [],
    wallet: { free: 0, frozen: 0, stash: 0, done: 0, rows: new Uint32Array(16), count: 0 },
    notes: cycleNotes(),
    takings: legacyTakings([]),
    sheet: new Sheet(),
    parting: new Parting(),
    dao: new ProposalTable(),
  };
}

const emptyLedger = (): Ledger => ({
  deposited: new Total(),
  bridged: new Total(),
  withdrawn: new Total(),
  endowed: new Total(),
  fees: new Total(),
  staking: new Total(),
  foundation: new Total(),
  farmers: new Total(),
  sales: new Total(),
  burned: new Total(),
  charged: new Total(),
  forgiven: new Total(),
  minted: new Total(),
  carbon: new Total(),
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
  farmValued: new Float64Array(farms),
  farmPeriodUsd: new Float64Array(farms),
  farmMinted: new Float64Array(farms),
  farmMintedUsd: new Float64Array(farms),
  farmUserUsd: new Float64Array(farms),
  nodeTraffic: new Float64Array(nodes),
  nodeIpSeconds: new Float64Array(nodes),
});
