import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  nodeId,
  optOut,
  type RowClasses,
  setPowerState,
  unwaive,
  waive,
  waivedClass,
} from "../../src/protocol/index.ts";
import { time, value } from "./grid.ts";
import { ChainAccount } from "./interval-chain.ts";
import { book, type Law, type Prices, tableFor, tariffsFor, termsFor } from "./interval-grid.ts";
import { type AccountState, TableAccount } from "./interval-table.ts";

const WAIVED = waivedClass(book);
/** A rent on machine 2, a deployment there without address and one with, and one elsewhere. */
const TEMPLATES = [4, 6, 7, 0] as const;
const MACHINE = 2;

const op = fc.record({
  gap: fc.oneof(fc.nat(700), fc.nat(4_000), fc.nat(20_000)),
  what: fc.constantFrom("sleep", "wake", "sleep", "wake", "deposit", "deposit", "leave"),
  amount: fc.oneof(fc.nat(4_000_000), fc.nat(400_000_000)),
});
const histories = fc.record({
  law: fc.record({
    frequency: fc.constant(600),
    distributionCycles: fc.constantFrom(1, 3, 24),
    graceBlocks: fc.constantFrom(0, 2_500, 6_000, 201_600),
    pricing: fc.constantFrom(0, 1),
  }),
  prices: fc.array(
    fc.record({ hours: fc.integer({ min: 1, max: 20 }), price: fc.constantFrom(10, 37, 500) }),
    { minLength: 1, maxLength: 3 },
  ),
  rows: fc.subarray([1, 2, 3]).map((some) => [0, ...some]),
  phases: fc.array(fc.nat(599), { minLength: 4, maxLength: 4 }),
  start: fc.oneof(fc.nat(2_000_000), fc.nat(200_000_000), fc.nat(20_000_000_000)),
  ops: fc.array(op, { minLength: 2, maxLength: 10 }),
});

/** A table on which rows are waived and billed again, as the node sleeps, wakes and leaves. */
class Waiving {
  readonly table = new TableAccount();
  readonly #kinds: number[] = [];
  readonly #before = new Map<number, RowClasses>();

  add(template: number, phase: number): void {
    this.table.add(template, 0, phase, 0);
    this.#kinds.push(template);
  }

  #waive(isMeant: (template: number) => boolean): void {
    for (const [row, template] of this.#kinds.entries()) {
      if (!isMeant(template) || this.#before.has(row)) continue;
      this.#before.set(row, waive(this.table.meter, row, WAIVED));
    }
  }

  sleep = (): void => this.#waive((template) => template === 4);
  leave = (): void => this.#waive((template) => template !== 0);

  wake(block: number): void {
    for (const [row, template] of this.#kinds.entries()) {
      const classes = this.#before.get(row);
      if (template !== 4 || classes === undefined) continue;
      unwaive(this.table.meter, row, classes, block);
      this.#before.delete(row);
    }
  }
}

/** Without the traffic, which the node tells on and nobody is billed for. */
const billsOf = (state: AccountState, block: number) => ({
  block,
  ...state,
  rows: state.rows.map((row) => ({ ...row, trafficSeconds: 0 })),
});

function same(one: unknown, other: unknown): void {
  if (JSON.stringify(one) !== JSON.stringify(other)) expect(one).toStrictEqual(other);
}

describe("bills that are waived", () => {
  it("leave what the chain leaves, in bulk, asleep, awake, and where the node left", () => {
    fc.assert(
      fc.property(histories, ({ law, prices, rows, phases, start, ops }) => {
        for (const { price } of prices) tableFor(price, law as Law);
        const quick = new Waiving();
        const chain = new ChainAccount();
        for (const row of rows) {
          quick.add(TEMPLATES[row], phases[row]);
          chain.add(TEMPLATES[row], 0, phases[row], 0);
        }
        quick.table.wallet.free += start;
        chain.deposit(start);
        let block = 0;
        let down = false;
        let left = false;
        for (const { gap, what, amount } of ops) {
          block += gap;
          quick.table.advance(termsFor(law), tariffsFor(prices as Prices[], law), block);
          chain.step(law, prices, block);
          if (what === "deposit") {
            quick.table.wallet.free += amount;
            chain.deposit(amount);
          } else if (what === "leave") {
            if (left) continue;
            left = true;
            quick.leave();
            chain.grid = value(optOut(chain.grid, nodeId(MACHINE)));
          } else if (!left && (what === "sleep") !== down) {
            down = what === "sleep";
            if (down) quick.sleep();
            else quick.wake(block);
            const now = time(block).now;
            chain.grid = value(setPowerState(chain.grid, nodeId(MACHINE), down, now));
          }
          same(billsOf(quick.table.state(), block), billsOf(chain.state(), block));
        }
      }),
      { seed: 20_260_218, numRuns: 600 },
    );
  });
});
