/** A history on rows of a table: bills either advanced over or done one by one. */
import {
  advance,
  billRow,
  closeRow,
  cycleNotes,
  Kind,
  MeterState,
  type Takings,
  type Tariffs,
  type Terms,
  takings,
  type Wallet,
} from "../../src/protocol/index.ts";
import { book, classesFor, TEMPLATES } from "./interval-grid.ts";
import { emptyMeter, ROOM } from "./meter-hand.ts";

/** One contract, as every way of billing it tells it. */
export interface RowState {
  readonly state: number;
  readonly graceSince: number;
  readonly reserve: number;
  readonly extraReserve: number;
  readonly overdraft: number;
  readonly extraOverdraft: number;
  readonly cycles: number;
  readonly lastBilled: number;
  readonly trafficSeconds: number;
}

/** An account and its contracts, as every way of billing tells them. */
export interface AccountState {
  readonly free: number;
  readonly staking: number;
  readonly foundation: number;
  /** By machine. */
  readonly farmers: readonly number[];
  /** Null for a contract that has ended, except for its seconds of traffic. */
  readonly rows: readonly (RowState | { readonly trafficSeconds: number })[];
}

/** An account on rows of a table. */
export class TableAccount {
  readonly meter = emptyMeter();
  readonly wallet: Wallet = {
    ...{ free: 0, frozen: 0, stash: 0, done: 0 },
    ...{ rows: new Uint32Array(ROOM), count: 0 },
  };
  readonly out: Takings = takings();
  readonly #notes = cycleNotes(1);
  count = 0;

  /** Adds a contract made at a block; bills up to it are done. */
  add(template: number, size: number, phase: number, block: number): void {
    const { meter, wallet } = this;
    const row = this.count++;
    const { kind, machine, traffic } = TEMPLATES[template];
    const classes = classesFor(book, template, size);
    meter.kind[row] = Kind[kind];
    meter.busyClass[row] = classes.busy;
    meter.idleClass[row] = classes.idle;
    meter.phase[row] = phase;
    meter.lastBilled[row] = block;
    meter.node[row] = machine;
    if (traffic > 0) meter.trafficFrom[row] = block * 6;
    const rows = [...wallet.rows.subarray(0, wallet.count), row];
    rows.sort((a, b) => meter.phase[a] - meter.phase[b] || a - b);
    wallet.rows.set(rows);
    wallet.count = rows.length;
  }

  /** Does all bills up to a block by the closed form. */
  advance(terms: Terms, tariffs: Tariffs, until: number): void {
    advance(this.wallet, this.meter, terms, tariffs, until, this.#notes, this.out);
  }

  /** Does all bills up to a block one by one, in the order of blocks. */
  step(terms: Terms, tariffs: Tariffs, until: number): void {
    const { wallet, meter, out } = this;
    const rows = wallet.rows.subarray(0, wallet.count);
    const phases = new Set([...rows].map((row) => meter.phase[row]));
    for (let block = wallet.done + 1; block <= until; block++) {
      if (!phases.has(block % terms.frequency)) continue;
      for (const row of rows) {
        if (meter.state[row] === MeterState.ended) continue;
        if (block % terms.frequency !== meter.phase[row]) continue;
        billRow(wallet, meter, terms, tariffs.at(block), row, block, out);
      }
    }
    wallet.done = until;
  }

  close(terms: Terms, tariffs: Tariffs, row: number): void {
    const block = this.wallet.done;
    closeRow(this.wallet, this.meter, terms, tariffs.at(block), row, block, this.out);
  }

  state(): AccountState {
    const { meter, wallet, out } = this;
    const farmers = [0, 0, 0, 0];
    const rows = [];
    for (let row = 0; row < this.count; row++) {
      if (meter.node[row] >= 0) farmers[meter.node[row]] += meter.farmerShare[row];
      rows.push(this.#row(row));
    }
    return { free: wallet.free, staking: out.staking, foundation: out.foundation, farmers, rows };
  }

  #row(row: number): AccountState["rows"][number] {
    const { meter } = this;
    const trafficSeconds = meter.trafficSeconds[row];
    if (meter.state[row] === MeterState.ended) return { trafficSeconds };
    return {
      state: meter.state[row],
      graceSince: meter.state[row] === MeterState.grace ? meter.graceSince[row] : 0,
      reserve: meter.reserve[row],
      extraReserve: meter.extraReserve[row],
      overdraft: meter.overdraft[row],
      extraOverdraft: meter.extraOverdraft[row],
      cycles: meter.cycles[row],
      lastBilled: meter.lastBilled[row],
      trafficSeconds,
    };
  }
}
