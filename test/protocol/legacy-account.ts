/** One account under the lock based rules, on rows of a table. */
import { expect } from "vitest";
import {
  advance,
  advanceLegacy,
  billRow,
  closeLegacyRow,
  closeRow,
  cycleNotes,
  Kind,
  type LegacyMeter,
  type LegacyWallet,
  legacyTakings,
  type Meter,
  nextLegacyChange,
  stepUntil,
  upgradeRows,
  usableOf,
} from "../../src/protocol/index.ts";
import { type Prices, SECONDS_PER_BLOCK, TEMPLATES } from "./interval-grid.ts";

import {
  classesOf,
  type Law,
  type NewRow,
  reserveTermsOf,
  TAKES,
  tariffsOf,
  termsOf,
  type Way,
} from "./legacy-grid.ts";

const SIZE = 16;

/** The account on rows of a table, in bulk or bill by bill. */
export class TableLegacy implements Way {
  readonly #meter: LegacyMeter & Meter = {
    kind: new Uint8Array(SIZE),
    busyClass: new Uint32Array(SIZE),
    idleClass: new Uint32Array(SIZE),
    phase: new Uint32Array(SIZE),
    lastBilled: new Float64Array(SIZE),
    state: new Uint8Array(SIZE),
    graceSince: new Float64Array(SIZE),
    reserve: new Float64Array(SIZE),
    extraReserve: new Float64Array(SIZE),
    overdraft: new Float64Array(SIZE),
    extraOverdraft: new Float64Array(SIZE),
    charged: new Float64Array(SIZE),
    locked: new Float64Array(SIZE),
    extraLocked: new Float64Array(SIZE),
    cycles: new Uint32Array(SIZE),
    node: new Int32Array(SIZE),
    asleep: new Uint8Array(SIZE),
    provider: new Int32Array(SIZE),
    trafficFrom: new Float64Array(SIZE).fill(Number.POSITIVE_INFINITY),
    trafficSeconds: new Float64Array(SIZE),
    unbilled: new Float64Array(SIZE),
    farmerShare: new Float64Array(SIZE),
  };
  readonly #wallet: LegacyWallet;
  readonly #out = legacyTakings(TAKES.map((shares) => shares.map((take) => Number(take) * 100)));
  readonly #bulk: boolean;
  readonly #asleep = new Set<number>();
  readonly #notes = cycleNotes(1);
  #upgraded = false;
  readonly #made: { readonly template: number; readonly size: number }[] = [];
  count = 0;

  constructor(stash: number, bulk: boolean) {
    const rows = new Uint32Array(SIZE);
    this.#wallet = { free: 0, frozen: 0, stash, done: 0, rows, count: 0 };
    this.#bulk = bulk;
  }

  state(row: number): number {
    return this.#meter.state[row];
  }

  deposit(amount: number): void {
    this.#wallet.free += amount;
  }

  add({ template, size, phase, provider }: NewRow, block: number): void {
    const row = this.count++;
    const { kind, machine, traffic } = TEMPLATES[template];
    const { busy, idle } = classesOf(template, size, this.#upgraded);
    this.#made.push({ template, size });
    const meter = this.#meter;
    meter.kind[row] = Kind[kind];
    meter.busyClass[row] = busy;
    meter.idleClass[row] = idle;
    meter.phase[row] = phase;
    meter.lastBilled[row] = block;
    meter.node[row] = machine;
    meter.provider[row] = provider;
    meter.asleep[row] = kind === "rent" && this.#asleep.has(machine) ? 1 : 0;
    if (traffic > 0) meter.trafficFrom[row] = block * SECONDS_PER_BLOCK;
    const wallet = this.#wallet;
    const rows = [...wallet.rows.subarray(0, wallet.count), row];
    rows.sort((a, b) => meter.phase[a] - meter.phase[b] || a - b);
    wallet.rows.set(rows);
    wallet.count = rows.length;
  }

  traffic(row: number, from: number): void {
    this.#meter.trafficFrom[row] = from;
  }

  sleep(machine: number, down: boolean, block: number): void {
    const woke = this.#asleep.has(machine) && !down;
    if (down) this.#asleep.add(machine);
    else this.#asleep.delete(machine);
    const meter = this.#meter;
    for (let row = 0; row < this.count; row++) {
      if (meter.kind[row] !== Kind.rent || meter.node[row] !== machine) continue;
      meter.asleep[row] = down ? 1 : 0;
      if (woke) meter.lastBilled[row] = block;
    }
  }

  /** Goes over to the reserve based rules, which charge for certified machines. */
  upgrade(): void {
    upgradeRows(this.#wallet, this.#meter);
    this.#upgraded = true;
    for (const [row, { template, size }] of this.#made.entries()) {
      const { busy, idle } = classesOf(template, size, true);
      this.#meter.busyClass[row] = busy;
      this.#meter.idleClass[row] = idle;
    }
  }

  close(row: number, law: Law, prices: readonly Prices[]): boolean {
    const { done } = this.#wallet;
    const tariff = tariffsOf(prices, law).at(done);
    const wallet = this.#wallet;
    if (this.#upgraded) {
      closeRow(wallet, this.#meter, reserveTermsOf(law), tariff.table, row, done, this.#out);
      return true;
    }
    return closeLegacyRow(wallet, this.#meter, termsOf(law), tariff, row, done, this.#out);
  }

  /** Runs on, and expects no change of state before the block that was promised. */
  runAsPromised(law: Law, prices: readonly Prices[], until: number): void {
    const { rows, count } = this.#wallet;
    const all = prices.map((_, at) => tariffsOf(prices.slice(at), law).at(0).table);
    let burn = 0;
    for (const row of rows.subarray(0, count)) {
      const cls = this.#meter.busyClass[row];
      burn += Math.max(...all.map((table) => table.due[cls * table.levels] + table.extra[cls]));
    }
    const first = nextLegacyChange(this.#wallet, this.#meter, termsOf(law), burn);
    const from = this.#out.changes;
    this.run(law, prices, until);
    const { changes, changeBlock } = this.#out;
    for (let at = from; at < changes; at++) expect(changeBlock[at]).toBeGreaterThanOrEqual(first);
  }

  run(law: Law, prices: readonly Prices[], until: number): void {
    if (this.#upgraded) {
      this.#reserveUntil(law, prices, until);
      return;
    }
    const way = this.#bulk ? advanceLegacy : stepUntil;
    way(this.#wallet, this.#meter, termsOf(law), tariffsOf(prices, law), until, this.#out);
  }

  #reserveUntil(law: Law, prices: readonly Prices[], until: number): void {
    const wallet = this.#wallet;
    const { at, changesAfter } = tariffsOf(prices, law);
    const tariffs = { at: (block: number) => at(block).table, changesAfter };
    const terms = reserveTermsOf(law);
    if (this.#bulk) {
      advance(wallet, this.#meter, terms, tariffs, until, this.#notes, this.#out);
      return;
    }
    for (let block = wallet.done + 1; block <= until; block++) {
      for (const row of wallet.rows.subarray(0, wallet.count)) {
        if (this.#meter.state[row] === 2 || block % 600 !== this.#meter.phase[row]) continue;
        billRow(wallet, this.#meter, terms, tariffs.at(block), row, block, this.#out);
      }
    }
    wallet.done = until;
  }

  /**
   * What must come in so that a later bill of a row decides by a hair: it finds a discount's floor,
   * or what it needs with all that is locked for it, but for a unit.
   */
  threshold(n: number, law: Law, prices: readonly Prices[]): number {
    const { rows, count, done } = this.#wallet;
    const { table } = tariffsOf(prices, law).at(done);
    const terms = termsOf(law);
    const usable = usableOf(this.#wallet.free, this.#wallet.frozen, terms);
    const meter = this.#meter;
    const dueOf = (row: number, level: number) =>
      table.due[meter.idleClass[row] * table.levels + level] + table.extra[meter.idleClass[row]];
    const row = rows[n % Math.max(count, 1)];
    const bills = n % 4;
    // Who is close to lacking funds has no discount.
    const level = n % 2 === 0 ? (n >> 5) % table.levels : 0;
    let sum = 0;
    for (const each of rows.subarray(0, count)) {
      if (meter.state[each] === 0) sum += dueOf(each, level);
    }
    const cls = meter.idleClass[row];
    const floor = level === 0 ? 0 : table.floor[cls * (table.levels - 1) + level - 1];
    const held = meter.locked[row] + meter.extraLocked[row];
    const wanted =
      n % 2 === 0 ? floor + bills * sum : held + (bills + 1) * dueOf(row, 0) + bills * sum;
    const amount = wanted - usable - this.#wallet.stash + ((n >> 3) % 3) - 1;
    return Number.isFinite(amount) ? Math.max(amount, 0) : 0;
  }

  changes(): readonly string[] {
    const { changes, changeRow, changeBlock, change } = this.#out;
    return [...Array(changes).keys()].map(
      (at) => `${changeRow[at]} ${changeBlock[at]} ${change[at]}`,
    );
  }

  told(): unknown {
    const meter = this.#meter;
    const out = this.#out;
    let farmer = 0;
    const rows = [];
    for (let row = 0; row < this.count; row++) {
      farmer += meter.farmerShare[row];
      const traffic = meter.trafficSeconds[row];
      if (meter.state[row] === 2) rows.push({ traffic });
      else
        rows.push({
          traffic,
          state: ["created", "grace", "", "deleted"][meter.state[row]],
          since: meter.state[row] === 1 ? meter.graceSince[row] : 0,
          locked: meter.locked[row],
          extra: meter.extraLocked[row],
          reserve: meter.reserve[row] + meter.extraReserve[row],
          owed: meter.overdraft[row],
          extraOwed: meter.extraOverdraft[row],
          cycles: meter.cycles[row],
          last: meter.lastBilled[row],
          unbilled: meter.unbilled[row],
        });
    }
    const taken = [0, 1, 2].map((part) =>
      out.provided.reduce((sum, shares) => sum + (shares[part] ?? 0), 0),
    );
    return {
      free: this.#wallet.free,
      frozen: this.#wallet.frozen,
      gained: [farmer, out.foundation, out.staking, out.sales],
      taken,
      rows,
    };
  }
}
