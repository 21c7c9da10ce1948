/** Random histories of an account, played in step on several ways of billing it. */
import fc from "fast-check";
import { nextChange } from "../../src/protocol/index.ts";
import { ChainAccount } from "./interval-chain.ts";
import {
  type Law,
  PRICINGS,
  type Prices,
  SECONDS_PER_BLOCK,
  TEMPLATES,
  tableFor,
  tariffsFor,
  termsFor,
  words,
} from "./interval-grid.ts";
import { type AccountState, TableAccount } from "./interval-table.ts";

/** A contract to be made; a child without a rent in good standing becomes a plain contract. */
export interface NewRow {
  readonly template: number;
  readonly size: number;
  readonly phase: number;
}

/** What happens some blocks after the last thing that happened. */
export interface Op {
  readonly gap: number;
  readonly what:
    | "look"
    | "deposit"
    | "repay"
    | "lock"
    | "stash"
    | "threshold"
    | "create"
    | "close"
    | "fail"
    | "boot"
    | "frequency"
    | "cycles"
    | "grace"
    | "pricing";
  /** Scales or selects; what it means depends on `what`. */
  readonly n: number;
  readonly row: NewRow;
}

/** A whole history. */
export interface History {
  readonly law: Law;
  readonly prices: readonly Prices[];
  readonly rows: readonly NewRow[];
  readonly ops: readonly Op[];
}

const phase = fc.oneof(fc.constantFrom(0, 1, 299, 300, 599), fc.nat(599));
const newRow: fc.Arbitrary<NewRow> = fc.record({
  template: fc.nat(TEMPLATES.length - 1),
  size: fc.nat(2),
  phase,
});

const gap = fc.oneof(
  { weight: 2, arbitrary: fc.nat(700) },
  { weight: 4, arbitrary: fc.nat(4_000) },
  { weight: 1, arbitrary: fc.nat(20_000) },
);

const op: fc.Arbitrary<Op> = fc.record({
  gap,
  what: fc.constantFrom<Op["what"][]>(
    "look",
    "deposit",
    "deposit",
    "repay",
    "lock",
    "stash",
    "threshold",
    "threshold",
    "create",
    "close",
    "fail",
    "boot",
    "boot",
    "frequency",
    "cycles",
    "grace",
    "pricing",
  ),
  n: fc.nat(999),
  row: newRow,
});

/** Histories of one to five contracts at first, and up to a dozen things that happen. */
export const histories: fc.Arbitrary<History> = fc.record({
  law: fc.record({
    frequency: fc.constantFrom(600, 600, 600, 1200),
    distributionCycles: fc.constantFrom(1, 3, 5, 24),
    graceBlocks: fc.constantFrom(0, 600, 2_500, 6_000, 201_600),
    pricing: fc.nat(PRICINGS.length - 1),
    words,
  }),
  prices: fc.array(
    fc.record({ hours: fc.integer({ min: 1, max: 20 }), price: fc.constantFrom(10, 11, 37, 500) }),
    { minLength: 1, maxLength: 6 },
  ),
  rows: fc.array(newRow, { minLength: 1, maxLength: 5, size: "max" }),
  ops: fc.array(op, { minLength: 2, maxLength: 12, size: "max" }),
});

/** A way of billing the account. */
interface Way {
  deposit(amount: number): void;
  lock(amount: number): void;
  stash(usable: number): void;
  add(row: NewRow, block: number): void;
  close(law: Law, row: number): void;
  traffic(row: number, from: number): void;
  run(law: Law, until: number): void;
  state(): AccountState;
}

function tableWay(account: TableAccount, prices: readonly Prices[], closed: boolean): Way {
  const run = closed ? account.advance : account.step;
  return {
    deposit: (amount) => {
      account.wallet.free += amount;
    },
    lock: (amount) => {
      account.wallet.frozen = amount;
    },
    stash: (usable) => {
      account.wallet.stash = usable;
    },
    add: (row, block) => account.add(row.template, row.size, row.phase, block),
    close: (law, row) => account.close(termsFor(law), tariffsFor(prices, law), row),
    traffic: (row, from) => {
      account.meter.trafficFrom[row] = from;
    },
    run: (law, until) => run.call(account, termsFor(law), tariffsFor(prices, law), until),
    state: () => account.state(),
  };
}

function chainWay(account: ChainAccount, prices: readonly Prices[]): Way {
  return {
    deposit: (amount) => account.deposit(amount),
    lock: (amount) => account.lock(amount),
    stash: (usable) => account.setStash(usable),
    add: (row, block) => account.add(row.template, row.size, row.phase, block),
    close: (law, row) => account.close(law, prices, row),
    traffic: (row, from) => account.setTraffic(row, from),
    run: (law, until) => account.step(law, prices, until),
    state: () => account.state(),
  };
}

/** What two ways of billing a history came to, for a comparison after every step of it. */
export interface Step {
  readonly at: number;
  readonly one: AccountState;
  readonly other: AccountState;
}

/** Plays a history by the closed form and by another way, and shows both after each thing. */
export function play(
  history: History,
  against: "bill by bill" | "chain",
  see: (step: Step, quick: TableAccount, slow: TableAccount | null, law: Law) => void,
): void {
  const { prices } = history;
  const quick = new TableAccount();
  const slow = against === "chain" ? null : new TableAccount();
  const ways = [
    tableWay(quick, prices, true),
    slow === null ? chainWay(new ChainAccount(), prices) : tableWay(slow, prices, false),
  ];
  let { law } = history;
  let block = 0;
  const templates: number[] = [];
  const create = (row: NewRow): void => {
    if (quick.wallet.count >= 10) return;
    const legal = { ...row, template: legalTemplate(quick, templates, row.template) };
    templates.push(legal.template);
    for (const way of ways) way.add(legal, block);
  };
  for (const row of history.rows) create(row);
  const first = history.ops[0];
  const what = first.n % 2 === 0 ? "threshold" : "deposit";
  const start = amountOf(quick, law, prices, { ...first, what });
  for (const way of ways) way.deposit(start + termsFor(law).existentialDeposit);
  for (const one of history.ops) {
    block += one.gap;
    for (const way of ways) way.run(law, block);
    law = apply(one, { quick, ways, law, prices, block, templates, create });
    see({ at: block, one: ways[0].state(), other: ways[1].state() }, quick, slow, law);
  }
}

interface Play {
  readonly quick: TableAccount;
  readonly ways: readonly Way[];
  readonly law: Law;
  readonly prices: readonly Prices[];
  readonly block: number;
  readonly templates: readonly number[];
  readonly create: (row: NewRow) => void;
}

function apply(one: Op, play: Play): Law {
  const { quick, ways, law, prices, block } = play;
  const living = [...Array(quick.count).keys()].filter((row) => quick.meter.state[row] !== 2);
  const row = living[one.n % Math.max(living.length, 1)] ?? -1;
  switch (one.what) {
    case "look":
      return law;
    case "deposit":
    case "repay":
    case "threshold": {
      const amount = amountOf(quick, law, prices, one);
      for (const way of ways) way.deposit(amount);
      return law;
    }
    case "lock":
    case "stash": {
      // As a rule a lock is lifted again, or the account would hardly ever pay.
      const amount =
        one.n % 3 === 0 ? 0 : amountOf(quick, law, prices, { ...one, what: "deposit" });
      const lock = Math.min(amount + (one.n % 700), quick.wallet.free);
      for (const way of ways) way[one.what](one.what === "lock" ? lock : amount);
      return law;
    }
    case "create":
      play.create(one.row);
      return law;
    case "close":
      if (row >= 0 && !holdsChildren(quick, row)) for (const way of ways) way.close(law, row);
      return law;
    case "fail":
    case "boot":
      if (row >= 0 && TEMPLATES[play.templates[row]].traffic > 0) {
        // The boot may be shown to an account that has slept since long before.
        const late = one.what === "boot" ? block * SECONDS_PER_BLOCK + one.n * 20 : 0;
        const from = one.what === "fail" ? Number.POSITIVE_INFINITY : late;
        for (const way of ways) way.traffic(row, from);
      }
      return law;
    case "frequency":
      return { ...law, frequency: law.frequency === 600 && one.n % 3 === 0 ? 1200 : law.frequency };
    case "cycles":
      return { ...law, distributionCycles: 1 + (one.n % 7) };
    case "grace":
      return { ...law, graceBlocks: (one.n % 8) * 600 };
    case "pricing":
      return { ...law, pricing: one.n % PRICINGS.length };
  }
}

/** What is brought onto the chain: some cycles' worth, what is owed, or what a level asks for. */
function amountOf(quick: TableAccount, law: Law, prices: readonly Prices[], op: Op): number {
  const { meter, wallet } = quick;
  const table = tariffsFor(prices, law).at(wallet.done);
  const burn = Math.max(burnOf(quick, law, 1000), 1);
  let owed = 0;
  for (const row of wallet.rows.subarray(0, wallet.count))
    if (meter.state[row] !== 2) owed += meter.overdraft[row] + meter.extraOverdraft[row];
  if (op.what === "deposit") return Math.floor((burn * op.n) / 50);
  if (op.what === "repay")
    return Math.max(owed + (op.n % 5) * Math.ceil(burn / 3) - 2 + (op.n % 4), 0);
  const row = wallet.rows[op.n % Math.max(wallet.count, 1)];
  const floor = table.floor[meter.idleClass[row] * (table.levels - 1) + (op.n % 4)];
  if (!Number.isFinite(floor)) return burn;
  const wanted = floor + Math.floor((burn * (op.n % 60)) / 10) - wallet.stash;
  return Math.max(wanted - wallet.free + Math.max(wallet.frozen, 500), 0) + owed;
}

/** What a cycle takes of the account at a price and no discount. */
function burnOf({ meter, wallet }: TableAccount, law: Law, price: number): number {
  const table = tableFor(price, law);
  let burn = 0;
  for (const row of wallet.rows.subarray(0, wallet.count)) {
    if (meter.state[row] === 2) continue;
    burn += table.due[meter.busyClass[row] * table.levels] + table.extra[meter.busyClass[row]];
  }
  return burn;
}

/** The block at which the account says that its state may change, at the lowest price. */
export const changeAtEarliest = (account: TableAccount, law: Law): number =>
  nextChange(account.wallet, account.meter, termsFor(law), burnOf(account, law, 10));

function legalTemplate(quick: TableAccount, templates: readonly number[], wanted: number): number {
  const { kind, machine, rented } = TEMPLATES[wanted];
  const rents = (state: number) =>
    templates.some(
      (at, row) =>
        TEMPLATES[at].kind === "rent" &&
        TEMPLATES[at].machine === machine &&
        quick.meter.state[row] <= state,
    );
  if (kind === "rent" && (rents(1) || holdsOthers(quick, machine))) return 0;
  if (rented && !rents(0)) return 1;
  return wanted;
}

const holdsOthers = ({ meter, count }: TableAccount, machine: number): boolean =>
  [...Array(count).keys()].some((row) => meter.state[row] !== 2 && meter.node[row] === machine);

const holdsChildren = (quick: TableAccount, row: number): boolean => {
  const { meter, count } = quick;
  if (meter.kind[row] !== 1) return false;
  return [...Array(count).keys()].some(
    (at) => at !== row && meter.state[at] !== 2 && meter.node[at] === meter.node[row],
  );
};
