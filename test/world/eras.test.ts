import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { findEconomics, PERIOD_LENGTH, periodStart } from "../../src/protocol/index.ts";
import { keyOf, loadScenario } from "../../src/run/index.ts";
import { writeInstant } from "../../src/scenario/instant.ts";
import { seconds } from "../../src/units/index.ts";
import { upgradeAccounts } from "../../src/world/account-legacy.ts";
import { closing } from "../../src/world/chain.ts";
import type { World } from "../../src/world/index.ts";
import type { Setup } from "../../src/world/setup.ts";
import { root } from "../house/source.ts";
import { byLock, DAY, rowsOf, run, small, tellWorld } from "./money.ts";

/** A small world by lock that goes over to reserves. */
function switched(at: number, nodes = 80): Setup {
  const changes = [{ key: "policy.billing.rules", value: "reserve" }];
  const timeline = [{ kind: "policy" as const, at: seconds(at), changes }];
  return byLock(small({ fleet: { nodes } }, { timeline }));
}

/** All tokens that accounts and contracts hold and that were paid, and all that came in. */
function tokens({ users, contracts, ledger }: World): { there: bigint; came: bigint } {
  const { fees, staking, foundation, farmers, sales, burned } = ledger;
  let there = 0n;
  for (const paid of [fees, staking, foundation, farmers, sales, burned]) there += paid.value;
  for (const free of users.all("free")) there += BigInt(free);
  for (const row of rowsOf({ contracts }))
    there += BigInt(contracts.reserve[row]) + BigInt(contracts.extraReserve[row]);
  return { there, came: ledger.endowed.value + ledger.deposited.value - ledger.withdrawn.value };
}

/** A run to its end, all bills done. */
function lived(setup: Setup, how: Parameters<typeof run>[1] = {}): World {
  const world = run(setup, how);
  closing(world, setup.length);
  return world;
}

describe("the change from locks to reserves in mid-run", () => {
  const AT = 9 * DAY + 1_234;

  test("conserves every unit, with any seed, at any second, and after every window", () => {
    const worlds = fc.record({
      seed: fc.tuple(fc.nat(0xffffffff), fc.nat(0xffffffff)),
      at: fc.integer({ min: 1, max: 10 * DAY - 1 }),
      window: fc.constantFrom(3_600, 7_200),
    });
    const conserved = fc.property(worlds, ({ seed, at, window }) => {
      const setup = { ...switched(at, 30), window: seconds(window), length: seconds(10 * DAY) };
      const { there, came } = tokens(lived(setup, { seed, check: true }));
      expect(there).toBe(came);
    });
    fc.assert(conserved, { seed: 152, numRuns: 10 });
  });

  test("moves nothing itself: what was locked is owed, and no balance differs", () => {
    const world = lived(byLock(small()));
    const { contracts, users } = world;
    const locked = rowsOf(world).map((row) => contracts.locked[row]);
    const extra = rowsOf(world).map((row) => contracts.extraLocked[row]);
    const free = [...users.all("free")];
    expect(locked.some((amount) => amount > 0)).toBe(true);
    expect(extra.some((amount) => amount > 0)).toBe(true);
    upgradeAccounts(world, Math.floor(world.setup.length / 6));
    expect(rowsOf(world).map((row) => contracts.overdraft[row])).toStrictEqual(locked);
    expect(rowsOf(world).map((row) => contracts.extraOverdraft[row])).toStrictEqual(extra);
    expect([
      ...rowsOf(world).flatMap((row) => [contracts.locked[row], contracts.extraLocked[row]]),
      ...users.all("frozen"),
    ]).toSatisfy((amounts: number[]) => amounts.every((amount) => amount === 0));
    expect([...users.all("free")]).toStrictEqual(free);
  });

  test("burns and sells nothing afterwards, and pays farmers half", () => {
    const before = lived({ ...byLock(small()), length: seconds(AT) });
    const after = lived(switched(AT));
    const { sales, burned } = before.ledger;
    expect(burned.value).toBeGreaterThan(0n);
    expect(after.ledger.burned.value - burned.value).toBe(0n);
    expect(after.ledger.sales.value - sales.value).toBe(0n);
    const gain = (of: "farmers" | "foundation" | "staking"): number =>
      Number(after.ledger[of].value - before.ledger[of].value);
    expect(gain("farmers")).toBeGreaterThan(gain("foundation"));
    expect(gain("foundation") / gain("staking")).toBeCloseTo(4, 1);
  });

  const whole = tellWorld(lived(switched(AT), { check: true }));

  test.each([900, 7_200])("is the same with windows of %i seconds", (window) => {
    const other = lived({ ...switched(AT), window: seconds(window) });
    expect(tellWorld(other)).toStrictEqual(whole);
  });

  test("is the same whether somebody looks after each window or not", () => {
    expect(tellWorld(lived(switched(AT)))).toStrictEqual(whole);
  });

  test("is refused the other way", () => {
    const changes = [{ key: "policy.billing.rules", value: "legacy" }];
    const setup = small({}, { timeline: [{ kind: "policy", at: seconds(DAY), changes }] });
    expect(() => run(setup)).toThrow("the chain never went back from reserves to locks");
  });
});

describe("the minting's rules", () => {
  const judged = (rules: "2022" | "current", at?: number): World => {
    const changes = [{ key: "policy.minting.rules", value: "current" }];
    const timeline =
      at === undefined ? [] : [{ kind: "policy" as const, at: seconds(at), changes }];
    const length = seconds(3 * PERIOD_LENGTH);
    // Lines that are cut often hide reports, of which the eras make different things.
    const line = { developedMean: seconds(8 * DAY), developingMean: seconds(8 * DAY) };
    const setup = small({ demand: { users: 0.1 }, line }, { timeline, length, periods: 3 });
    const policy = { ...setup.policy, minting: { ...setup.policy.minting, rules } };
    return run({ ...setup, policy });
  };
  const older = judged("2022").paydays;
  const newer = judged("current").paydays;

  test("differ in what they credit", () => {
    for (const [at, { permille }] of older.entries())
      expect(permille).toBeGreaterThan(newer[at].permille);
  });

  test("that change in the first second of a period hold in it", () => {
    const { paydays } = judged("2022", PERIOD_LENGTH);
    expect(paydays).toStrictEqual([older[0], newer[1], newer[2]]);
  });

  test("that change within a period hold from the next on", () => {
    const { paydays } = judged("2022", PERIOD_LENGTH + 1);
    expect(paydays).toStrictEqual([older[0], older[1], newer[2]]);
  });
});

/** Runs a scenario with all invariants checked after every window. */
function checked(name: string, set: readonly string[], length: Record<string, string>): World {
  const loaded = loadScenario(name, { set, run: length });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  const { setup, run: settings } = loaded.value;
  const world = run(setup, { seed: keyOf(settings.seed), check: true });
  closing(world, setup.length);
  const { there, came } = tokens(world);
  expect(there).toBe(came);
  return world;
}

const FEW = ["fleet.nodes=40", "demand.users=0.5"];

describe("the eras of the main network", () => {
  test("eras.yaml crosses the end of burning with nothing lost", () => {
    const start = writeInstant(periodStart(79));
    const { policy, closings, ledger } = checked(`${root}/scenarios/eras.yaml`, FEW, {
      start,
      periods: "2",
    });
    expect(policy.billing.rules).toBe("reserve");
    expect(closings[0].burned).toBeGreaterThan(0n);
    expect(ledger.burned.value).toBe(closings[0].burned);
    expect(ledger.farmers.value).toBeGreaterThan(closings[0].farmers);
  });

  test("eras.yaml mints for carbon until the run of January 2025", () => {
    const start = writeInstant(periodStart(79));
    const { paydays } = checked(`${root}/scenarios/eras.yaml`, FEW, { start, periods: "3" });
    expect(paydays.map(({ carbon }) => carbon > 0)).toEqual([true, true, false]);
  });

  test("eras-all.yaml follows all of them, each minting period judged by its own", () => {
    const world = checked(`${root}/scenarios/eras-all.yaml`, ["fleet.nodes=12", FEW[1]], {});
    expect(world.paydays).toHaveLength(15);
    expect(world.policy.minting).toMatchObject({ rules: "current", minimumDiy: 0.95 });
    expect(world.locks).toBeNull();
    expect(world.ledger.sales.value).toBeGreaterThan(0n);
    expect(world.ledger.farmers.value).toBeGreaterThan(0n);
  });

  test.each(["backtest-2023", "eras", "eras-all"])(
    "hold in %s from their own second and minting period on",
    (name) => {
      const file = parse(readFileSync(`${root}/scenarios/${name}.yaml`, "utf8"));
      const changes = (file.timeline as { at: string; policy: { economics?: string } }[]).flatMap(
        ({ at, policy: { economics } }) =>
          economics === undefined
            ? []
            : [{ at: Date.parse(at) / 1000, set: findEconomics(economics) }],
      );
      expect(changes.length).toBeGreaterThan(0);
      for (const { at, set } of changes) {
        expect(at).toBe(set?.from);
        // A change within a period holds from the next one on.
        const first = Math.ceil((at - periodStart(0)) / PERIOD_LENGTH);
        expect([name, first]).toEqual([name, set?.periods?.[0]]);
      }
    },
  );
});
