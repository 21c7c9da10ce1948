import { describe, expect, test } from "vitest";
import {
  type BillingTerms,
  bill,
  billingPolicy,
  contractId,
  discountPolicy,
  type GridState,
  MeterState,
  nodeId,
  type Policy,
  pricingPolicy,
  splitPolicy,
  twinId,
  withContract,
  withPayment,
} from "../../src/protocol/index.ts";
import { keyOf, loadScenario } from "../../src/run/index.ts";
import { milliUsd, seconds, tft, usd } from "../../src/units/index.ts";
import { closing } from "../../src/world/chain.ts";
import { Fact } from "../../src/world/facts.ts";
import type { World } from "../../src/world/index.ts";
import type { Setup } from "../../src/world/setup.ts";
import { root } from "../house/source.ts";
import { capacity, grid, time } from "../protocol/grid.ts";
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
    expect([...users.all("frozen")].some((frozen) => frozen > 0)).toBe(true);
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

/** The one contract of a scenario worked by hand, with its account, after a window. */
interface Moment {
  readonly block: number;
  readonly free: number;
  readonly frozen: number;
  readonly locked: number;
  readonly cycles: number;
  readonly state: string;
  readonly paid: readonly number[];
}

const GONE = { locked: 0, cycles: 0, state: "gone" };
const FIRST = contractId(1);

/** A world of one user and one machine by lock, as it is seen after each window. */
function worldOf(name: string): { world: World; moments: Moment[]; setup: Setup } {
  const set = ["billing.rules=legacy"];
  const loaded = loadScenario(`${root}/scenarios/hand/${name}.yaml`, { set });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  const { setup, run: settings } = loaded.value;
  const moments: Moment[] = [];
  const see = ({ contracts, users, ledger }: World, until: number): void => {
    const row = 0;
    if (contracts.made === 0) return;
    const { foundation, staking, sales, burned } = ledger;
    const own = contracts.lives(row)
      ? {
          locked: contracts.locked[row],
          cycles: contracts.cycles[row],
          state: contracts.state[row] === MeterState.grace ? "grace" : "created",
        }
      : GONE;
    moments.push({
      block: Math.ceil(until / 6) - 1,
      free: users.free[0],
      frozen: users.frozen[0],
      ...own,
      paid: [foundation, staking, sales, burned].map(({ value }) => Number(value)),
    });
  };
  const world = run(setup, { seed: keyOf(settings.seed), check: true, see });
  return { world, moments, setup };
}

/** The same account on the chain's states, bill by bill up to each of those windows. */
function chainOf({ world, moments, setup }: ReturnType<typeof worldOf>): Moment[] {
  const { contracts, ledger, token } = world;
  const row = 0;
  const came =
    ledger.endowed.value + ledger.deposited.value - ledger.withdrawn.value - ledger.fees.value;
  const rich = 10n ** 12n;
  const start = { farmer: rich, user: came, foundation: rich, staking: rich, sales: rich };
  const used = capacity(2n, 4n, 50n, 0n);
  const node = {
    kind: "node" as const,
    id: FIRST,
    twin: twinId(2),
    state: { kind: "created" as const },
    provider: null,
    node: nodeId(1),
    hash: "one",
    ips: 0,
    used,
    unbilled: usd(0n),
    trafficReported: seconds(0),
  };
  let state: GridState = withPayment(withContract(grid(start), node), FIRST, {
    rules: "legacy",
    locked: tft(0n),
    extraLocked: tft(0n),
    updated: time(contracts.created[row]).now,
    cycles: 0,
  });
  const { policy } = setup;
  const terms: BillingTerms = {
    billing: billingPolicy(policy.billing),
    pricing: pricingPolicy(policy.pricing),
    discount: discountPolicy(policy.discount),
    split: splitPolicy(policy.split),
    price: milliUsd(BigInt(token.average[0])),
  };
  let done = contracts.created[row];
  const issued = state.ledger.issuance;
  return moments.map(({ block: until }) => {
    for (let block = done + 1; block <= until; block++) {
      if (block % 600 !== contracts.phase[row] || !state.contracts.has(FIRST)) continue;
      const billed = bill(state, FIRST, time(block), terms);
      if (billed.ok) state = billed.value.state;
    }
    done = until;
    const { accounts, issuance } = state.ledger;
    const gained = (name: string): number => Number((accounts.get(name)?.free ?? 0n) - rich);
    const payment = state.payments.get(FIRST);
    const own =
      payment?.rules === "legacy"
        ? {
            locked: Number(payment.locked),
            cycles: payment.cycles,
            state: state.contracts.get(FIRST)?.state.kind ?? "gone",
          }
        : GONE;
    return {
      block: until,
      free: Number(accounts.get("user")?.free ?? 0n),
      frozen: Number(accounts.get("user")?.frozen ?? 0n),
      ...own,
      paid: [...["foundation", "staking", "sales"].map(gained), Number(issued - issuance)],
    };
  });
}

describe("a world that bills by lock, with quirks mended", () => {
  const mended = (...names: readonly (keyof Policy["quirks"])[]): ReturnType<typeof lived> => {
    const setup = byLock(small());
    const words = Object.fromEntries(names.map((name) => [name, "fixed"]));
    const quirks = { ...setup.policy.quirks, ...words };
    return lived({ ...setup, policy: { ...setup.policy, quirks } }, true);
  };
  const whole = lived(byLock(small()));
  const paid = ({ world }: typeof whole): bigint => world.ledger.charged.value;

  test("judges accounts otherwise where what is locked counts once", () => {
    expect(tellWorld(mended("lockedTwice").world)).not.toStrictEqual(tellWorld(whole.world));
  });

  test("collects the last stretch of a contract, and more in all", () => {
    expect(paid(mended("lastStretch"))).toBeGreaterThan(paid(whole));
  });

  test("charges traffic once where grace does not charge it again", () => {
    expect(paid(mended("graceTraffic"))).not.toBe(paid(whole));
  });

  test("does not hear of a quirk of the reserves", () => {
    expect(tellWorld(mended("childGrace").world)).toStrictEqual(tellWorld(whole.world));
  });
});

describe("one machine by lock, worked by hand", () => {
  const course = worldOf("dry");
  const { world, moments, setup } = course;

  test("locks by the hour, is in grace, and is removed, as the chain's rules have it", () => {
    expect(moments.length).toBeGreaterThan(24 * 30);
    expect(new Set(moments.map(({ state }) => state))).toEqual(
      new Set(["created", "grace", "gone"]),
    );
    expect(moments).toStrictEqual(chainOf(course));
  });

  test("is the same where quiet hours are skipped", () => {
    const skipping = run(setup, { seed: keyOf("45") });
    expect(tellWorld(skipping)).toStrictEqual(tellWorld(world));
  });
});
