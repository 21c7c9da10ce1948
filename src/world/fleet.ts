/**
 * Fleet: the physical world as it lives, from one second to the next.
 *
 * Everything here is local to a node, a farm or a country's power grid and asks nobody else, so a
 * fleet runs ahead to the end of a window on its own; what happened is told in facts. Every cause
 * is a stream of its own in calendar time: none shifts another.
 */
import type { Chance } from "../kernel/index.ts";
import {
  closePeriod,
  creditedSoFar,
  type PeriodBounds,
  settledReported,
  settledUptime,
  settledViolation,
  settlementSecond,
  settlePeriod,
  type UptimeRules,
} from "../protocol/index.ts";
import { assert, type Seconds, seconds } from "../units/index.ts";
import type { FactLog } from "./facts.ts";
import { breakDown, dueImposed, dueRollout, fail, impose, reboot, rollOut } from "./failure.ts";
import type { FarmTable } from "./farm.ts";
import { Ground, Local } from "./ground.ts";
import { arrive, type Mould } from "./joining.ts";
import { fleetLaws } from "./laws.ts";
import { cutLine, restoreLine } from "./line.ts";
import type { NodeTable } from "./node.ts";
import { nodesAtStart, settle } from "./population.ts";
import { strike } from "./power.ts";
import type { Setup } from "./setup.ts";

/** All farms and nodes of one world. */
export class Fleet {
  readonly farms: FarmTable;
  readonly nodes: NodeTable;
  /** Events that happened so far. */
  events = 0;
  readonly #ground: Ground;
  readonly #mould: Mould;

  /** The fleet of the start, in equilibrium at second 0; facts go to the log. */
  constructor(setup: Setup, chance: Chance, facts: FactLog, laws = fleetLaws(setup)) {
    this.#ground = new Ground(setup, laws, chance, facts, nodesAtStart(setup));
    this.#mould = settle(this.#ground);
    this.farms = this.#ground.farms;
    this.nodes = this.#ground.nodes;
    dueRollout(this.#ground, 0);
    dueImposed(this.#ground);
  }

  /** Lives through everything before second `until`; asserts that it lies in the run's reach. */
  advance(until: number): void {
    assert(until <= this.#ground.horizon, "a fleet is not asked for what lies beyond its run");
    const { agenda } = this.#ground;
    while (agenda.next(until)) {
      this.events++;
      this.#happen(agenda.tag, agenda.entity, agenda.time);
    }
  }

  #happen(tag: number, entity: number, now: number): void {
    const ground = this.#ground;
    switch (tag) {
      case Local.boot:
        return ground.bringUp(entity, now);
      case Local.lineBack:
        return restoreLine(ground, entity, now);
      case Local.lineCut:
        return cutLine(ground, entity, now);
      case Local.rest:
        return fail(ground, entity, now);
      case Local.hardware:
        return breakDown(ground, entity, now);
      case Local.power:
        strike(ground, entity, now);
        return;
      case Local.rollout:
        return rollOut(ground, now);
      case Local.reboot:
        return reboot(ground, entity, now);
      case Local.imposed:
        return impose(ground, entity, now);
      case Local.departure:
        return ground.remove(entity, now);
      case Local.arrival:
        return arrive(ground, this.#mould, entity, now);
    }
  }

  /** The minting period ends at `next.start`, to which it has advanced; the next may have rules. */
  closePeriod(next: PeriodBounds, rules?: UptimeRules): void {
    closePeriod(this.#ground.uptime, this.nodes.count, next, rules);
  }

  /** The second at which a period that ended at `end` can be settled. */
  settlementSecond(end: number): Seconds {
    return settlementSecond(seconds(end));
  }

  /** The tail of the closed period is over; the fleet has advanced to the settlement second. */
  settlePeriod(): void {
    settlePeriod(this.#ground.uptime, this.nodes.count);
  }

  /** Seconds credited to a node in the settled period. */
  settledSeconds(node: number): Seconds {
    return settledUptime(this.#ground.uptime, node);
  }

  /** Whether a node reported at all in the settled period. */
  settledReported(node: number): boolean {
    return settledReported(this.#ground.uptime, node);
  }

  /** Whether a node lost the settled period by a violation of the uptime rules. */
  settledViolated(node: number): boolean {
    return settledViolation(this.#ground.uptime, node) !== null;
  }

  /** Seconds credited in the open period by reports before `now`, to which it has advanced. */
  creditedSoFar(node: number, now: number): Seconds {
    return creditedSoFar(this.#ground.uptime, node, seconds(now));
  }
}
