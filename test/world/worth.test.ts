import { expect, test } from "vitest";
import { seconds, UNITS_PER_TOKEN } from "../../src/units/index.ts";
import { closing } from "../../src/world/chain.ts";
import type { World } from "../../src/world/index.ts";
import type { Setup, TimelineEntry } from "../../src/world/setup.ts";
import { DAY, run, small } from "./money.ts";

const HOUR = 3_600;

/** Three weeks in which the market moves when the timeline says so. */
const quiet = (...timeline: readonly TimelineEntry[]): Setup =>
  small({ price: { model: "constant" } }, { timeline });

/** Worth of all that users were charged, over the run. */
function spend(world: World): number {
  const end = closing(world, world.setup.length);
  return [...world.closings, end].reduce((sum, { spent }) => sum + spent, 0);
}

/** Charged over the run, in TFT. */
const charged = ({ ledger }: World): number => ledger.charged.approximate / UNITS_PER_TOKEN;

test("a price that stands still values what was charged", () => {
  const world = run(quiet());
  expect(spend(world)).toBeCloseTo(charged(world) * world.token.usdAt(0), 6);
});

test("a price that halves in the last hour halves nothing but the bills of that hour", () => {
  const at = seconds(21 * DAY - HOUR);
  const before = run(quiet());
  const after = run(quiet({ kind: "priceTimes", at, factor: 0.5 }));
  const lost = 1 - spend(after) / spend(before);
  expect(lost).toBeGreaterThan(0);
  expect(lost).toBeLessThan(0.01);
});

test("every bill is worth the price of its own hour, whoever looks at the accounts when", () => {
  // A walk moves every day, and a timeline in between.
  const at = seconds(9 * DAY + 5 * HOUR);
  const setup = small({}, { timeline: [{ kind: "priceTimes", at, factor: 0.3 }] });
  const start = { charged: 0n, usd: 0 };
  const seen = run(setup, {
    check: true,
    see({ ledger, token }, until) {
      if (until > setup.length) return;
      const more = Number(ledger.charged.value - start.charged) / UNITS_PER_TOKEN;
      start.usd += more * token.usdAt(until - HOUR);
      start.charged = ledger.charged.value;
    },
  });
  expect(setup.window).toBe(HOUR);
  expect(seen.token.usdAt(10 * DAY)).not.toBe(seen.token.usdAt(DAY));
  expect(spend(seen) / start.usd).toBeCloseTo(1, 3);
  expect(spend(run(setup))).toBe(spend(seen));
});

test("a farm's payments are worth the price of their payouts", () => {
  const long = { length: seconds(70 * DAY), periods: 2 };
  const still = run(small({ price: { model: "constant" } }, long));
  const { earnings, fleet, closings, token } = still;
  const sum = (column: Float64Array): number =>
    column.subarray(0, fleet.farms.count).reduce((total, one) => total + one, 0);
  const total = sum(earnings.farmTotal) / UNITS_PER_TOKEN;
  expect(total).toBeGreaterThan(0);
  expect(sum(earnings.farmUserUsd)).toBeCloseTo(total * token.usdAt(0), 6);
  const [first] = closings;
  const at = seconds(first.second - HOUR);
  const timeline: readonly TimelineEntry[] = [{ kind: "priceTimes", at, factor: 0.5 }];
  const moved = run(small({ price: { model: "constant" } }, { ...long, timeline }));
  // What is paid out in the second month is worth half, nearly all of the first is not.
  const share = Number(first.farmers) / Number(closings[1].farmers);
  const kept = sum(moved.earnings.farmUserUsd) / sum(earnings.farmUserUsd);
  // From the move on a bill in USD is twice as many tokens: the second month is worth as much.
  expect(kept).toBeGreaterThan(0.97);
  expect(kept).toBeLessThan(1.01);
  expect(share).toBeGreaterThan(0.2);
});
