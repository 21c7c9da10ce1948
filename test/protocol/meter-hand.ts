/** A meter whose prices can be added up by hand: two levels, round dues, a bill an hour. */
import {
  Change,
  Kind,
  type Meter,
  MeterState,
  type Takings,
  type Terms,
  takings,
  type Wallet,
} from "../../src/protocol/meter-table.ts";
import type { Tariff } from "../../src/protocol/tariff.ts";

/** The contracts that a table has room for. */
export const ROOM = 32;

/** A table of contracts, none of which is there yet. */
export const emptyMeter = (): Meter => ({
  kind: new Uint8Array(ROOM),
  busyClass: new Uint32Array(ROOM),
  idleClass: new Uint32Array(ROOM),
  phase: new Uint32Array(ROOM),
  lastBilled: new Float64Array(ROOM),
  state: new Uint8Array(ROOM),
  graceSince: new Float64Array(ROOM),
  reserve: new Float64Array(ROOM),
  extraReserve: new Float64Array(ROOM),
  overdraft: new Float64Array(ROOM),
  extraOverdraft: new Float64Array(ROOM),
  cycles: new Uint32Array(ROOM),
  node: new Int32Array(ROOM),
  trafficFrom: new Float64Array(ROOM).fill(Number.POSITIVE_INFINITY),
  trafficSeconds: new Float64Array(ROOM),
  unbilled: new Float64Array(ROOM),
  charged: new Float64Array(ROOM),
  farmerShare: new Float64Array(ROOM),
});

/** Classes: a deployment with traffic and without, a rent with its fee, a name, and nothing. */
export const BUSY = 0;
export const IDLE = 1;
export const RENT = 2;
export const NAME = 3;
export const UNPAID = 4;
/** The same, but that a longer stretch of it is not nothing. */
export const TINY = 5;
/** A rent whose fee is as high as its cost, for an odd stretch too. */
export const EVEN = 6;
/** The least usable balance of the upper level, for each class. */
export const UPPER = 5_000;

/**
 * The price list. An odd stretch costs its seconds, those of traffic again, and what was told, but
 * a name's nothing below a minute; its level is the usable balance, so that a test sees that too.
 */
export const byHand = (): Tariff => ({
  cycleSeconds: 3_600,
  levels: 2,
  count: 7,
  // Each class at the lower level, then at the upper.
  due: Float64Array.of(130, 80, 100, 60, 1_000, 600, 50, 30, 0, 0, 0, 0, 40, 40),
  extra: Float64Array.of(0, 0, 40, 0, 0, 0, 40),
  floor: new Float64Array(7).fill(UPPER),
  unpaid: Uint8Array.of(0, 0, 0, 0, 1, 0, 0),
  levelOf: (_cls, usable) => (usable >= UPPER ? 1 : 0),
  odd: (cls, elapsed, traffic, usable, told = 0) => ({
    standard: cls === UNPAID || (cls === NAME && elapsed < 60) ? 0 : elapsed + traffic + told,
    additional: cls === RENT ? 7 : cls === EVEN ? elapsed : 0,
    level: usable,
    floor: usable >= UPPER ? UPPER : 0,
  }),
});

/** A bill every 600 blocks, a payout every third, grace of 1200 blocks, 500 units that stay. */
export const handTerms: Terms = {
  frequency: 600,
  distributionCycles: 3,
  graceBlocks: 1_200,
  existentialDeposit: 500,
  secondsPerBlock: 6,
  stakingShare: 1_000,
  foundationShare: 4_000,
  nameStakingShare: 1_000,
};

/** One contract to begin with. */
export interface HandRow {
  readonly kind?: keyof typeof Kind;
  readonly busy?: number;
  readonly idle?: number;
  readonly node?: number;
  readonly phase?: number;
  readonly lastBilled?: number;
  readonly state?: keyof typeof MeterState;
  readonly since?: number;
  readonly reserve?: number;
  readonly extraReserve?: number;
  readonly overdraft?: number;
  readonly extraOverdraft?: number;
  readonly cycles?: number;
  /** Second from which traffic counts. */
  readonly from?: number;
  readonly told?: number;
}

/** An account with its contracts. */
export interface Hand {
  readonly wallet: Wallet;
  readonly meter: Meter;
  readonly out: Takings;
}

/** The last row of the table, which may be another account's. */
export const STRANGER = ROOM - 1;

/**
 * An account with `usable` units above those that must stay, and its contracts in order; what
 * stands in its list behind them is left over from others.
 */
export function hand(usable: number, rows: readonly HandRow[], stranger: HandRow = {}): Hand {
  const meter = emptyMeter();
  for (const [row, one] of [...rows.entries(), [STRANGER, stranger] as const]) {
    const { kind = "node", idle = kind === "rent" ? RENT : kind === "name" ? NAME : IDLE } = one;
    meter.kind[row] = Kind[kind];
    meter.idleClass[row] = idle;
    meter.busyClass[row] = one.busy ?? idle;
    meter.node[row] = one.node ?? (kind === "name" ? -1 : 1);
    meter.phase[row] = one.phase ?? 0;
    meter.lastBilled[row] = one.lastBilled ?? 0;
    meter.state[row] = MeterState[one.state ?? "created"];
    meter.graceSince[row] = one.since ?? 0;
    meter.reserve[row] = one.reserve ?? 0;
    meter.extraReserve[row] = one.extraReserve ?? 0;
    meter.overdraft[row] = one.overdraft ?? 0;
    meter.extraOverdraft[row] = one.extraOverdraft ?? 0;
    meter.cycles[row] = one.cycles ?? 0;
    meter.trafficFrom[row] = one.from ?? Number.POSITIVE_INFINITY;
    meter.unbilled[row] = one.told ?? 0;
  }
  const wallet: Wallet = {
    free: usable + handTerms.existentialDeposit,
    frozen: 0,
    stash: 0,
    done: 0,
    rows: new Uint32Array(ROOM).fill(STRANGER, rows.length),
    count: rows.length,
  };
  wallet.rows.set([...rows.keys()]);
  return { wallet, meter, out: takings() };
}

const nameOf = (words: Readonly<Record<string, number>>, value: number): string =>
  Object.keys(words).find((word) => words[word] === value) ?? "?";

/** All that one contract's row says. */
export const rowOf = ({ meter }: Hand, row = 0) => ({
  state: nameOf(MeterState, meter.state[row]),
  since: meter.graceSince[row],
  lastBilled: meter.lastBilled[row],
  cycles: meter.cycles[row],
  reserve: meter.reserve[row],
  extraReserve: meter.extraReserve[row],
  overdraft: meter.overdraft[row],
  extraOverdraft: meter.extraOverdraft[row],
  charged: meter.charged[row],
  farmer: meter.farmerShare[row],
  trafficSeconds: meter.trafficSeconds[row],
  from: meter.trafficFrom[row],
  told: meter.unbilled[row],
});

/** The row of a paid-up contract of which nothing is known yet. */
export const FRESH = {
  ...{ state: "created", since: 0, lastBilled: 0, cycles: 0, reserve: 0, extraReserve: 0 },
  ...{ overdraft: 0, extraOverdraft: 0, charged: 0, farmer: 0, trafficSeconds: 0 },
  ...{ from: Number.POSITIVE_INFINITY, told: 0 },
};

/** What is usable, and the shares of the staking pool and of the foundation. */
export const totalsOf = ({ wallet, out }: Hand) => ({
  usable: wallet.free - handTerms.existentialDeposit,
  staking: out.staking,
  foundation: out.foundation,
});

/** The changes of state that were noted: `row block what`. */
export const changesOf = ({ out }: Hand): readonly string[] =>
  Array.from({ length: out.changes }, (_, at) => {
    const what = nameOf(Change, out.change[at]);
    return `${out.changeRow[at]} ${out.changeBlock[at]} ${what}`;
  });
