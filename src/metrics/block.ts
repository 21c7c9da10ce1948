/**
 * Blocks: how full of bills they are, how late bills come, and what money waits meanwhile; told
 * only where a scenario asks what becomes of bills that find no room.
 */
import { UNITS_PER_TOKEN } from "../units/index.ts";
import { type BillingLoop, type LoopCounts, NOTHING_DONE } from "../world/billing-loop.ts";
import { STEP } from "../world/contract.ts";
import type { World } from "../world/state.ts";
import {
  DailySeries,
  type MetricGroup,
  type Sight,
  type Telling,
  TimeMean,
  type Watcher,
} from "./metric.ts";
import type { MetricEntry } from "./summary.ts";

const ENTRIES: readonly MetricEntry[] = [
  {
    name: "block.fill",
    unit: "1",
    doc: "Bills made, of those that blocks had room for, over the run.",
  },
  {
    name: "billing.late_share",
    unit: "1",
    doc: "Share of bills that were made in a later block than that of the contract's slot.",
  },
  {
    name: "billing.delay_mean",
    unit: "s",
    doc: "Time between the block of the contract's slot and its bill, mean over bills made.",
  },
  { name: "billing.delay_longest", unit: "s", doc: "The longest such time of a bill made." },
  {
    name: "billing.waiting",
    unit: "1",
    doc: "Contracts that wait for a bill after a block, mean over the run.",
  },
  {
    name: "billing.missed_share",
    unit: "1",
    doc: "Share of turns without a bill of their own: passed over, or already waiting for one.",
  },
  {
    name: "billing.unbilled_tft",
    unit: "TFT",
    doc:
      "What living contracts have used since their last bill, at list price, mean over the " +
      "ends of days.",
  },
  {
    name: "billing.reserved_tft",
    unit: "TFT",
    doc:
      "What bills have taken and no payout has shared, so that neither user nor farmer has it, " +
      "mean over the ends of days.",
  },
];

/** The metrics of full blocks. */
export const blockMetrics: MetricGroup = {
  entries: ENTRIES.map((entry) => ({ ...entry, onRequest: true })),
  watch: ({ contracts }) => (contracts.loop === null ? SILENT : new BlockWatcher(contracts.loop)),
};

const SILENT: Watcher = {
  tell() {
    // Nobody asked.
  },
};

class BlockWatcher implements Watcher {
  readonly #loop: BillingLoop;
  readonly #unbilled = new TimeMean();
  readonly #reserved = new TimeMean();
  readonly #daily = new DailySeries();
  #yesterday: LoopCounts;
  #shares: Readonly<Record<string, number>> = {};
  #longest = 0;

  constructor(loop: BillingLoop) {
    this.#loop = loop;
    this.#yesterday = { ...loop.counts };
  }

  day({ world, until }: Sight): void {
    const money = moneyIn(world, until);
    this.#unbilled.look(until, money.unbilled);
    this.#reserved.look(until, money.reserved);
    const counts = { ...this.#loop.counts };
    this.#daily.note(until, {
      ...sharesOf(counts, this.#yesterday, world.terms.secondsPerBlock),
      "billing.unbilled_tft": money.unbilled,
      "billing.reserved_tft": money.reserved,
    });
    this.#yesterday = counts;
  }

  end({ world }: Sight): void {
    const { secondsPerBlock } = world.terms;
    this.#shares = sharesOf(this.#loop.counts, NOTHING_DONE, secondsPerBlock);
    this.#longest = this.#loop.counts.longest * secondsPerBlock;
  }

  tell(_: Sight, telling: Telling): void {
    for (const [name, value] of Object.entries(this.#shares)) telling.value(name, value);
    telling.value("billing.delay_longest", this.#longest);
    telling.value("billing.unbilled_tft", this.#unbilled.mean);
    telling.value("billing.reserved_tft", this.#reserved.mean);
    this.#daily.tell(telling);
  }
}

/** What the loop did between two counts; NaN where nothing was done. */
function sharesOf(
  now: LoopCounts,
  before: LoopCounts,
  secondsPerBlock: number,
): Readonly<Record<string, number>> {
  const made = now.made - before.made;
  const missed = now.doubled + now.skipped - before.doubled - before.skipped;
  const turns = now.turns - before.turns;
  return {
    "block.fill": made / (now.room - before.room),
    "billing.late_share": (now.late - before.late) / made,
    "billing.delay_mean": ((now.lateBlocks - before.lateBlocks) * secondsPerBlock) / made,
    "billing.waiting": (now.waiting - before.waiting) / (now.blocks - before.blocks),
    "billing.missed_share": missed / turns,
  };
}

/** TFT that contracts have used and no bill has asked for, and that bills took and nobody has. */
function moneyIn(world: World, second: number): { unbilled: number; reserved: number } {
  const { contracts, token, terms } = world;
  const block = Math.floor(second / terms.secondsPerBlock);
  const tariff = token.at(block);
  let unbilled = 0;
  let reserved = 0;
  for (let row = 0; row < contracts.count; row += STEP) {
    if (!contracts.lives(row)) continue;
    const cls = contracts.busyClass[row];
    const cycle = tariff.due[cls * tariff.levels] + tariff.extra[cls];
    unbilled += (cycle * (block - contracts.lastBilled[row])) / terms.frequency;
    reserved += contracts.reserve[row] + contracts.extraReserve[row];
  }
  return { unbilled: unbilled / UNITS_PER_TOKEN, reserved: reserved / UNITS_PER_TOKEN };
}
