/** Random histories of an account under the lock based rules, played on several ways of billing. */
import fc from "fast-check";
import { expect } from "vitest";
import { PRICINGS, type Prices, TEMPLATES, words } from "./interval-grid.ts";
import { TableLegacy } from "./legacy-account.ts";
import { ChainLegacy } from "./legacy-chain.ts";
import type { Law, NewRow, Way } from "./legacy-grid.ts";

interface Op {
  readonly gap: number;
  readonly what:
    | "look"
    | "deposit"
    | "threshold"
    | "create"
    | "close"
    | "fail"
    | "boot"
    | "sleep"
    | "wake"
    | "cycles"
    | "grace"
    | "pricing";
  readonly n: number;
  readonly row: NewRow;
}

/** A whole history. */
export interface History {
  readonly law: Law;
  readonly prices: readonly Prices[];
  readonly stash: number;
  readonly start: number;
  readonly rows: readonly NewRow[];
  readonly ops: readonly Op[];
}

const newRow: fc.Arbitrary<NewRow> = fc.record({
  template: fc.nat(TEMPLATES.length - 1),
  size: fc.nat(2),
  phase: fc.oneof(fc.constantFrom(0, 1, 300, 599), fc.nat(599)),
  provider: fc.integer({ min: -3, max: 2 }).map((one) => Math.max(one, -1)),
});
const WHATS: readonly Op["what"][] = [
  ...([
    "look",
    "deposit",
    "deposit",
    "threshold",
    "threshold",
    "threshold",
    "create",
    "create",
    "close",
    "fail",
  ] as const),
  ...(["boot", "sleep", "wake", "cycles", "grace", "pricing"] as const),
];
const op: fc.Arbitrary<Op> = fc.record({
  gap: fc.oneof(
    { weight: 2, arbitrary: fc.nat(700) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }).map((frames) => frames * 600) },
    { weight: 4, arbitrary: fc.nat(6_000) },
    { weight: 2, arbitrary: fc.nat(60_000) },
  ),
  what: fc.constantFrom<Op["what"][]>(...WHATS),
  n: fc.nat(999),
  row: newRow,
});
/** Amounts from dust to months of bills, so that every threshold is met. */
const amount = fc.oneof(
  { weight: 3, arbitrary: fc.nat(2_000) },
  { weight: 1, arbitrary: fc.nat(3_000_000) },
  { weight: 1, arbitrary: fc.nat(300_000_000) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 60_000_000_000 }) },
);
export const histories: fc.Arbitrary<History> = fc.record({
  law: fc.record({
    distributionCycles: fc.constantFrom(1, 2, 5, 24, 24),
    graceBlocks: fc.constantFrom(0, 600, 2_500, 6_000, 201_600),
    pricing: fc.nat(PRICINGS.length - 1),
    words,
  }),
  prices: fc.array(
    fc.record({ hours: fc.integer({ min: 1, max: 60 }), price: fc.constantFrom(10, 37, 500) }),
    { minLength: 1, maxLength: 4 },
  ),
  stash: fc.constantFrom(0, 0, 1_000_000_000),
  start: amount,
  rows: fc.array(newRow, { minLength: 1, maxLength: 4 }),
  ops: fc.array(op, { minLength: 2, maxLength: 10 }),
});

const deposits = [0, 700, 90_000, 4_000_000, 200_000_000, 9_000_000_000];

/** A template that the chain would accept on this grid: one rent a machine, children on a rent. */
function legal(table: TableLegacy, made: readonly number[], wanted: number): number {
  const { kind, machine, rented } = TEMPLATES[wanted];
  const alive = (at: number) => table.state(at) !== 2;
  const rents = made.some(
    (one, at) => TEMPLATES[one].kind === "rent" && TEMPLATES[one].machine === machine && alive(at),
  );
  const others = made.some((one, at) => TEMPLATES[one].machine === machine && alive(at));
  if (kind === "rent" && (rents || others)) return 0;
  if (rented && !rents) return 1;
  return wanted;
}

/** Plays a history on several ways of billing it, and shows them after each thing. */
export function play(
  history: History,
  ways: readonly Way[],
  see: (at: number, op: number) => void,
): void {
  const table = ways[0] as TableLegacy;
  const { prices } = history;
  let { law } = history;
  let block = 0;
  const made: number[] = [];
  const create = (row: NewRow): void => {
    if (table.count >= 12) return;
    const template = legal(table, made, row.template);
    made.push(template);
    for (const way of ways) way.add({ ...row, template }, block);
  };
  for (const way of ways) way.deposit(history.start);
  for (const row of history.rows) create(row);
  for (const [order, { gap, what, n, row }] of history.ops.entries()) {
    block += gap;
    for (const way of ways) way.run(law, prices, block);
    const living = [...made.keys()].filter((at) => table.state(at) !== 2);
    const at = living[n % Math.max(living.length, 1)];
    const one = at === undefined ? undefined : TEMPLATES[made[at]];
    if (what === "deposit") for (const way of ways) way.deposit(deposits[n % 6] + (n % 7));
    else if (what === "threshold") {
      const amount = table.threshold(n, law, prices);
      for (const way of ways) way.deposit(amount);
    } else if (what === "create") create(row);
    else if (what === "cycles") law = { ...law, distributionCycles: 1 + (n % 7) };
    else if (what === "grace") law = { ...law, graceBlocks: (n % 8) * 600 };
    else if (what === "pricing") law = { ...law, pricing: n % PRICINGS.length };
    else if (what === "sleep" || what === "wake")
      for (const way of ways) way.sleep(2 + (n % 2), what === "sleep", block);
    else if (what === "close" && at !== undefined && one !== undefined) {
      const children = living.filter((other) => TEMPLATES[made[other]].machine === one.machine);
      if (one.kind === "rent" && children.length > 1) continue;
      const answers = ways.map((way) => way.close(at, law, prices));
      expect(new Set(answers).size).toBe(1);
    } else if ((what === "fail" || what === "boot") && one !== undefined && one.traffic > 0) {
      const from = what === "fail" ? Number.POSITIVE_INFINITY : block * 6 + n * 20;
      for (const way of ways) way.traffic(at, from);
    }
    see(block, order);
  }
}

/** Asks for the difference only where there is one. */
export function same(one: unknown, other: unknown): void {
  if (JSON.stringify(one) !== JSON.stringify(other)) expect(one).toStrictEqual(other);
}

/** Plays a history in bulk and bill by bill, and expects the same after everything in it. */
export function agreesBillByBill(history: History): void {
  const bulk = new TableLegacy(history.stash, true);
  const step = new TableLegacy(history.stash, false);
  play(history, [bulk, step], (at) => {
    same({ at, told: bulk.told() }, { at, told: step.told() });
    same(bulk.changes(), step.changes());
  });
}

/** Plays a history in bulk and on the chain's states, and expects the same all along. */
export function agreesWithChain(history: History): void {
  const bulk = new TableLegacy(history.stash, true);
  const chain = new ChainLegacy(history.stash);
  play(history, [bulk, chain], (at) => {
    same({ at, told: bulk.told() }, { at, told: chain.told() });
  });
}

/** Plays a history that goes from locks to reserves in its middle, and expects the same. */
export function agreesAcrossUpgrade(history: History, other: "chain" | "step"): void {
  // No node of a reserve table sleeps, and no account has a stash.
  const ops = history.ops.map((op) =>
    op.what === "sleep" || op.what === "wake" ? { ...op, what: "look" as const } : op,
  );
  const bulk = new TableLegacy(0, true);
  const way = other === "chain" ? new ChainLegacy(0) : new TableLegacy(0, false);
  play({ ...history, ops }, [bulk, way], (at, op) => {
    same({ at, told: bulk.told() }, { at, told: way.told() });
    if (op !== Math.floor(ops.length / 2)) return;
    bulk.upgrade();
    way.upgrade();
    same({ at, told: bulk.told() }, { at, told: way.told() });
  });
}

/** Plays a history and expects each change of state no sooner than was promised before it. */
export function changesAsPromised(history: History): void {
  // Where a cycle costs nothing, its bills add up to more than one in a cycle.
  const ops = history.ops.map((op) =>
    op.what === "pricing" ? { ...op, what: "look" as const } : op,
  );
  const table = new TableLegacy(history.stash, true);
  const run = table.run.bind(table);
  let inside = false;
  table.run = (law, prices, until) => {
    if (inside) return run(law, prices, until);
    inside = true;
    table.runAsPromised(law, prices, until);
    inside = false;
  };
  play({ ...history, law: { ...history.law, pricing: 0 }, ops }, [table], () => undefined);
}
