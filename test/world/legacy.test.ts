import { describe, expect, test } from "vitest";
import { MeterState } from "../../src/protocol/index.ts";
import { closing } from "../../src/world/chain.ts";
import { Fact } from "../../src/world/facts.ts";
import type { World } from "../../src/world/index.ts";
import type { Setup } from "../../src/world/setup.ts";
import { byLock, run, small, tellWorld } from "./money.ts";

/** Runs it to its end with all bills done, and counts what happened to contracts. */
function lived(setup: Setup, check = false): { world: World; facts: Record<number, number> } {
  const facts: Record<number, number> = {};
  const see = ({ facts: log }: World): void => {
    for (let at = 0; at < log.count; at++) facts[log.kind[at]] = (facts[log.kind[at]] ?? 0) + 1;
  };
  const world = run(setup, { check, see });
  closing(world, setup.length);
  return { world, facts };
}

describe("a world that bills by lock", () => {
  const whole = lived(byLock(small()), true);

  test("sees contracts lock, fall into grace, leave it, and be removed", () => {
    const { world, facts } = whole;
    const { contracts, users } = world;
    expect([...users.frozen].some((frozen) => frozen > 0)).toBe(true);
    expect(facts[Fact.graceEntered]).toBeGreaterThan(20);
    expect(facts[Fact.graceLeft]).toBeGreaterThan(5);
    expect(facts[Fact.contractEnded]).toBeGreaterThan(20);
    expect([...contracts.state].some((state) => state === MeterState.grace)).toBe(true);
  });

  test("pays sales, foundation and staking, burns, and gives farmers only their extra fees", () => {
    const { sales, foundation, staking, burned, farmers, charged } = whole.world.ledger;
    const parts = [sales, foundation, staking, burned, farmers];
    const sum = parts.reduce((total, { value }) => total + value, 0n);
    expect(sum).toBe(charged.value);
    const share = (part: { readonly value: bigint }): number =>
      Number(part.value) / Number(charged.value - farmers.value);
    expect(share(sales)).toBeCloseTo(0.5, 5);
    expect(share(burned)).toBeCloseTo(0.35, 5);
    expect(share(foundation)).toBeCloseTo(0.1, 5);
    expect(share(staking)).toBeCloseTo(0.05, 5);
  });

  test.each([900, 7_200])("is the same with windows of %i seconds", (window) => {
    const setup = byLock(small());
    const other = lived({ ...setup, window: window as typeof setup.window });
    expect(tellWorld(other.world)).toStrictEqual(tellWorld(whole.world));
  });

  test("is the same whether somebody looks after each window or not", () => {
    expect(tellWorld(lived(byLock(small())).world)).toStrictEqual(tellWorld(whole.world));
  });
});
