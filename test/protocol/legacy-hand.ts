/** Accounts of the lock based bills whose prices can be added up by hand. */
import { billLegacyRow } from "../../src/protocol/meter-legacy.ts";
import {
  type LegacyMeter,
  LegacyState,
  type LegacyTakings,
  type LegacyTerms,
  type LegacyWallet,
  legacyTakings,
} from "../../src/protocol/meter-legacy-table.ts";
import { Change, Kind } from "../../src/protocol/meter-table.ts";
import { classBook, type ResourceClass } from "../../src/protocol/resource-class.ts";
import type { LegacyTariff } from "../../src/protocol/tariff-legacy.ts";
import { milliUsd } from "../../src/units/index.ts";
import { policiesFor } from "./interval-grid.ts";
import { byHand, emptyMeter, IDLE, ROOM } from "./meter-hand.ts";

/** A bill every 600 blocks, a payout every third, grace of a hundred cycles; 500 units stay. */
export const lockTerms: LegacyTerms = {
  ...{ frequency: 600, distributionCycles: 3, graceBlocks: 60_000, existentialDeposit: 500 },
  ...{ secondsPerBlock: 6, foundationShare: 1_000, stakingShare: 500, salesShare: 5_000 },
  takes: [[1_000, 2_000]],
};

/** One contract to begin with. */
export interface LockRow {
  readonly state?: keyof typeof LegacyState;
  readonly kind?: keyof typeof Kind;
  readonly idle?: number;
  readonly busy?: number;
  readonly phase?: number;
  readonly since?: number;
  readonly locked?: number;
  readonly extra?: number;
  readonly asleep?: boolean;
  readonly provider?: number;
  readonly from?: number;
  readonly cycles?: number;
  readonly node?: number;
  /** Traffic told and not charged for good, in 1e-7 USD. */
  readonly told?: number;
}

/** An account with its contracts, and what its bills came to. */
export interface LockAccount {
  readonly wallet: LegacyWallet;
  readonly meter: LegacyMeter;
  readonly out: LegacyTakings;
}

/** An account with so much free and frozen, and its contracts; the last row is another's. */
export function account(free: number, frozen: number, rows: readonly LockRow[]): LockAccount {
  const meter = {
    ...emptyMeter(),
    locked: new Float64Array(ROOM).fill(7),
    extraLocked: new Float64Array(ROOM).fill(7),
    asleep: new Uint8Array(ROOM),
    provider: new Int32Array(ROOM).fill(-1),
  };
  for (const [row, one] of rows.entries()) {
    meter.kind[row] = Kind[one.kind ?? "node"];
    meter.idleClass[row] = one.idle ?? IDLE;
    meter.busyClass[row] = one.busy ?? one.idle ?? IDLE;
    meter.phase[row] = one.phase ?? 0;
    meter.lastBilled[row] = (one.phase ?? 0) === 0 ? 0 : (one.phase ?? 0) - 600;
    meter.state[row] = LegacyState[one.state ?? "created"];
    meter.graceSince[row] = one.since ?? 0;
    meter.locked[row] = one.locked ?? 0;
    meter.extraLocked[row] = one.extra ?? 0;
    meter.asleep[row] = one.asleep === true ? 1 : 0;
    meter.provider[row] = one.provider ?? -1;
    meter.node[row] = one.node ?? row;
    meter.cycles[row] = one.cycles ?? 0;
    meter.unbilled[row] = one.told ?? 0;
    meter.trafficFrom[row] = one.from ?? Number.POSITIVE_INFINITY;
  }
  meter.state[ROOM - 1] = LegacyState.grace;
  const wallet = {
    ...{ free, frozen, stash: 0, done: 0, count: rows.length },
    rows: new Uint32Array(ROOM).fill(ROOM - 1, rows.length),
  };
  wallet.rows.set([...rows.keys()]);
  return { wallet, meter, out: legacyTakings(lockTerms.takes) };
}

const nameOf = (words: Readonly<Record<string, number>>, value: number): string =>
  Object.keys(words).find((word) => words[word] === value) ?? "?";

/** The changes of state that were noted: `row block what`. */
export const changesOf = (out: LegacyTakings): readonly string[] =>
  Array.from({ length: out.changes }, (_, at) => {
    const what = nameOf(Change, out.change[at]);
    return `${out.changeRow[at]} ${out.changeBlock[at]} ${what}`;
  });

/** All that one contract's row says. */
export const rowOf = ({ meter }: LockAccount, row = 0) => ({
  state: nameOf(LegacyState, meter.state[row]),
  since: meter.graceSince[row],
  last: meter.lastBilled[row],
  locked: meter.locked[row],
  extra: meter.extraLocked[row],
  cycles: meter.cycles[row],
  told: meter.unbilled[row],
  farmer: meter.farmerShare[row],
});

/** All that is told of an account. */
export const told = ({ wallet, meter, out }: LockAccount) => ({
  ...{ free: wallet.free, frozen: wallet.frozen },
  takings: [out.foundation, out.staking, out.sales, out.burned, out.unpaid, ...out.provided],
  changes: changesOf(out),
  rows: Object.entries(meter).map(([name, column]) => [name, [...column]]),
});

/** A price list that counts how often a level is asked for; an odd stretch costs nothing. */
export function counting(): { readonly tariff: LegacyTariff; looks(): number } {
  let looks = 0;
  const plain = byHand();
  const table = {
    ...plain,
    levelOf: (cls: number, usable: number) => {
      looks += 1;
      return plain.levelOf(cls, usable);
    },
  };
  const free: ResourceClass = {
    ...{ kind: "node", cores: 0, memory: 0, ssd: 0, hdd: 0, ips: 0, extraFee: 0 },
    ...{ certified: false, rented: false, trafficPerHour: 0 },
  };
  const book = classBook();
  const classes = Array.from({ length: 7 }, () => free);
  const law = { distributionCycles: 3, graceBlocks: 60_000, pricing: 0, frequency: 600 };
  const policies = policiesFor(law);
  const tariff = { table, book: { ...book, classes }, price: milliUsd(50n), policies };
  return { tariff, looks: () => looks };
}

/** The price list of single bills. */
export const { tariff: lockTariff } = counting();

/** One bill of the first contract at block 600, unless told otherwise. */
export function bill(of: LockAccount, block = 600, more: Partial<LegacyTerms> = {}): boolean {
  const { wallet, meter, out } = of;
  meter.lastBilled[0] = block - 600;
  return billLegacyRow(wallet, meter, { ...lockTerms, ...more }, lockTariff, 0, block, out);
}

/** The foundation's, the stakers' and the sales' shares, what is burned, and what nobody paid. */
export const gained = ({ out }: LockAccount) => [
  ...[out.foundation, out.staking, out.sales, out.burned],
  out.unpaid,
];
/** What is free on an account, and what of it is frozen. */
export const balance = ({ wallet }: LockAccount) => [wallet.free, wallet.frozen];

/** Terms in which quirks are mended. */
export const fixed = (...quirks: readonly string[]) => ({
  quirks: Object.fromEntries(quirks.map((quirk) => [quirk, "fixed"] as const)),
});
