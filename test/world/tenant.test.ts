import { describe, expect, test } from "vitest";
import { Kind, MeterState } from "../../src/protocol/index.ts";
import { seconds } from "../../src/units/index.ts";
import { closing } from "../../src/world/chain.ts";
import { Ending, Fact } from "../../src/world/facts.ts";
import type { World } from "../../src/world/index.ts";
import type { Setup } from "../../src/world/setup.ts";
import { DAY, rowsOf, run } from "./money.ts";
import { roomy } from "./roomy.ts";

/** 1 for each node that is seen to be reachable. */
const reachableOf = (view: { reaches(node: number): boolean }, count: number): number[] =>
  Array.from({ length: count }, (_, node) => (view.reaches(node) ? 1 : 0));

const HOUR = 3_600;
const BLOCK = 6;
const STRUCK = 4 * DAY;
const LASTS = 3 * DAY;
const PATIENCE = 5 * HOUR;

/** Virtual machines and gateways on a grid that loses a share of its machines for three days. */
const struck = (share: number, redeploy: number): Setup =>
  roomy(
    {
      demand: { mix: [0.5, 0, 0, 0.5, 0, 0, 0], lifeWeights: [0, 0, 1] },
      redeploy: { share: redeploy, patience: seconds(PATIENCE), patienceSpread: 0.000001 },
    },
    {
      length: seconds(9 * DAY),
      timeline: [{ kind: "outage", at: seconds(STRUCK), target: { share }, lasts: seconds(LASTS) }],
    },
  );

interface Snapshot {
  /** Bytes by node, and contracts as they stand, all bills done. */
  readonly traffic: readonly number[];
  readonly state: readonly number[];
  readonly lastBilled: readonly number[];
  readonly reachable: readonly number[];
}

function snapshot(world: World, second: number): Snapshot {
  closing(world, second);
  const { contracts, earnings, view, fleet } = world;
  return {
    traffic: [...earnings.nodeTraffic.subarray(0, fleet.nodes.count)],
    state: [...contracts.state.subarray(0, contracts.count)],
    lastBilled: [...contracts.lastBilled.subarray(0, contracts.count)],
    reachable: reachableOf(view, fleet.nodes.count),
  };
}

/** Runs a world and keeps how it stood at some seconds, which are ends of windows. */
function watched(setup: Setup, at: readonly number[]): readonly [World, readonly Snapshot[]] {
  const kept: Snapshot[] = [];
  const world = run(setup, {
    check: true,
    see(now, until) {
      if (at.includes(until)) kept.push(snapshot(now, until));
    },
  });
  return [world, kept];
}

describe("when every node fails for three days and no tenant moves", () => {
  const [world, [down, still, back]] = watched(struck(1, 0), [
    STRUCK + HOUR,
    STRUCK + LASTS,
    STRUCK + LASTS + DAY,
  ]);
  const { contracts } = world;
  const living = rowsOf(world).filter(
    (row) => down.state[row] === MeterState.created && still.state[row] === MeterState.created,
  );

  test("contracts stay where they are", () => {
    expect(living.length).toBeGreaterThan(100);
    expect(world.gauges.moved).toBe(0);
  });

  test("capacity is billed all the same, hour by hour", () => {
    const paid = living.filter(
      (row) => contracts.kind[row] === Kind.name || contracts.cores[row] > 0,
    );
    expect(paid.length).toBeGreaterThan(50);
    for (const row of paid)
      expect(still.lastBilled[row] - down.lastBilled[row]).toBe((LASTS - HOUR) / BLOCK);
  });

  test("traffic stops, and flows again when the nodes are back", () => {
    expect(still.traffic).toStrictEqual(down.traffic);
    const sum = (bytes: readonly number[]) => bytes.reduce((all, one) => all + one, 0);
    expect(sum(down.traffic)).toBeGreaterThan(0);
    expect(sum(back.traffic)).toBeGreaterThan(sum(still.traffic));
  });

  test("a gateway without traffic owes nothing and keeps the clock of its last bill", () => {
    const idle = living.filter(
      (row) => contracts.kind[row] === Kind.node && contracts.cores[row] === 0,
    );
    expect(idle.length).toBeGreaterThan(10);
    for (const row of idle) expect(still.lastBilled[row]).toBe(down.lastBilled[row]);
  });
});

describe("when half of the nodes fail and every tenant moves", () => {
  const ends: { readonly row: number; readonly second: number }[] = [];
  let before: readonly number[] = [];
  let after: readonly number[] = [];
  let there: readonly number[] = [];
  const world = run(struck(0.5, 1), {
    check: true,
    see({ facts, view, contracts, fleet }, until) {
      if (until === STRUCK) before = reachableOf(view, fleet.nodes.count);
      if (until === STRUCK + HOUR) {
        after = reachableOf(view, fleet.nodes.count);
        there = rowsOf({ contracts }).filter((row) => contracts.lives(row));
      }
      for (let at = 0; at < facts.count; at++)
        if (facts.kind[at] === Fact.contractEnded && facts.value[at] === Ending.moved)
          ends.push({ row: facts.entity[at], second: facts.time[at] });
    },
  });
  const { contracts } = world;
  const hit = (row: number): boolean => {
    const node = contracts.node[row];
    return node >= 0 && before[node] === 1 && after[node] === 0;
  };

  test("everything on a failed node leaves when patience is over, and not before", () => {
    const waiting = there.filter((row) => hit(row) && contracts.endedAt[row] >= STRUCK + PATIENCE);
    expect(waiting.length).toBeGreaterThan(20);
    const moved = new Map(ends.map(({ row, second }) => [row, second]));
    for (const row of waiting) {
      const second = moved.get(row) ?? Number.NaN;
      expect(second).toBeGreaterThanOrEqual(STRUCK + PATIENCE - 1);
      // All but equal patience, and the block in which the call is executed.
      expect(second).toBeLessThanOrEqual(STRUCK + PATIENCE + 2 + BLOCK);
    }
  });

  test("it is made anew on a node that can be reached, with the same owner and size", () => {
    const rows = rowsOf({ contracts });
    for (const { row } of ends) {
      const heir = rows.find(
        (at) =>
          at > row &&
          contracts.deployment[at] === contracts.deployment[row] &&
          contracts.part[at] === contracts.part[row] &&
          contracts.created[at] * BLOCK === contracts.endedAt[row],
      );
      expect(heir).toBeDefined();
      if (heir === undefined) continue;
      expect(contracts.node[heir]).not.toBe(contracts.node[row]);
      expect(contracts.user[heir]).toBe(contracts.user[row]);
      expect(contracts.memory[heir]).toBe(contracts.memory[row]);
    }
  });
});
