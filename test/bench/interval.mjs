/**
 * Quiet time skipped: a year of many accounts' bills in closed form, and bill by bill.
 *
 * Both do the same bills on equal tables, and must end with the same balances to the last unit.
 */
import {
  advance,
  billRow,
  classBook,
  classNumber,
  cycleNotes,
  Kind,
  takings,
  tariff,
} from "../../dist/protocol/index.js";
import { GIB, milliUsd } from "../../dist/units/index.js";
import { tariffPoliciesOf, termsOf } from "../../dist/world/policy.js";
import { compare, rate } from "./row.mjs";
import { baseline } from "./scenario.mjs";

/** Contracts of an account, and what an account has at its start: more than its year costs. */
const CONTRACTS = 4;
const BALANCE = 100_000 * 10_000_000;
const BLOCKS_PER_DAY = 14_400;

const resources = (size) => ({
  kind: "node",
  cores: 1 + size,
  memory: (2 + 2 * size) * GIB,
  ssd: (25 + 50 * size) * GIB,
  hdd: 0,
  ips: size === 3 ? 1 : 0,
  certified: size === 2,
  rented: false,
  trafficPerHour: 0,
  extraFee: 0,
});

/** One tariff at 0.06 USD a TFT, whatever the block. */
function market() {
  const { policy } = baseline().setup;
  const book = classBook();
  const classes = Array.from({ length: CONTRACTS }, (_, size) =>
    classNumber(book, resources(size)),
  );
  const table = tariff(book, milliUsd(60n), tariffPoliciesOf(policy));
  const tariffs = { at: () => table, changesAfter: () => Number.POSITIVE_INFINITY };
  return { terms: termsOf(policy), tariffs, classes };
}

const MARKET = market();

/** Accounts with their contracts on one table, all funded and none billed yet. */
function accountsOf(count) {
  const rows = count * CONTRACTS;
  const doubles = () => new Float64Array(rows);
  const { classes, terms } = MARKET;
  const phases = Uint32Array.from({ length: rows }, (_, row) =>
    Math.floor(((row % CONTRACTS) * terms.frequency) / CONTRACTS),
  );
  const meter = {
    kind: new Uint8Array(rows).fill(Kind.node),
    busyClass: Uint32Array.from({ length: rows }, (_, row) => classes[row % CONTRACTS]),
    idleClass: Uint32Array.from({ length: rows }, (_, row) => classes[row % CONTRACTS]),
    phase: phases,
    lastBilled: Float64Array.from(phases),
    state: new Uint8Array(rows),
    graceSince: doubles(),
    reserve: doubles(),
    extraReserve: doubles(),
    overdraft: doubles(),
    extraOverdraft: doubles(),
    cycles: new Uint32Array(rows),
    node: new Int32Array(rows),
    trafficFrom: doubles().fill(Number.POSITIVE_INFINITY),
    trafficSeconds: doubles(),
    unbilled: doubles(),
    charged: doubles(),
    farmerShare: doubles(),
  };
  const wallets = Array.from({ length: count }, (_, at) => ({
    free: BALANCE,
    frozen: 0,
    stash: 0,
    done: terms.frequency - 1,
    rows: Uint32Array.from({ length: CONTRACTS }, (_, part) => at * CONTRACTS + part),
    count: CONTRACTS,
  }));
  return { meter, wallets, out: takings(), notes: cycleNotes() };
}

/** All bills up to a block, many at a time. */
function skip({ meter, wallets, out, notes }, until) {
  const { terms, tariffs } = MARKET;
  for (const wallet of wallets) advance(wallet, meter, terms, tariffs, until, notes, out);
}

/** All bills up to a block, each on its own, and nothing for the blocks between them. */
function step({ meter, wallets, out }, until) {
  const { terms, tariffs } = MARKET;
  const { frequency } = terms;
  for (const wallet of wallets) {
    const first = Math.floor((wallet.done + 1) / frequency) * frequency;
    for (let frame = first; frame <= until; frame += frequency) {
      for (const row of wallet.rows) {
        const block = frame + meter.phase[row];
        if (block <= wallet.done || block > until) continue;
        billRow(wallet, meter, terms, tariffs.at(block), row, block, out);
      }
    }
    wallet.done = until;
  }
}

/** Bills a second of a way of doing them, looked at every so many blocks; tells the balances. */
function pace(way, { accounts, days, every }, balances) {
  const state = accountsOf(accounts);
  const until = days * BLOCKS_PER_DAY;
  const bills = Math.floor(until / MARKET.terms.frequency - 1) * accounts * CONTRACTS;
  const found = rate(() => {
    for (let block = every; block <= until; block += every) way(state, block);
    way(state, until);
    return bills;
  });
  // All accounts are alike, so a mean tells what each of them has come to.
  const sum = state.wallets.reduce((total, { free }) => total + free, 0);
  balances.add(
    [sum, state.out.staking, state.out.foundation].map((each) => each / accounts).join(),
  );
  if (balances.size > 1) throw new Error(`bills differ: ${[...balances].join(" and ")}`);
  return found;
}

/** Bills a second where an account is looked at once a day, and once a month. */
export function measureInterval({ runs = 5, tiny = false } = {}) {
  const days = tiny ? 4 : 365;
  const [many, few] = tiny ? [4, 2] : [4_000, 200];
  const cases = [
    ["interval-day", 1],
    ["interval-month", 30],
  ];
  return cases.map(([name, between]) => {
    const balances = new Set();
    const plan = { days, every: between * BLOCKS_PER_DAY };
    return compare({
      name: tiny ? `${name}-tiny` : name,
      unit: "bills/s",
      reference: "bill-by-bill",
      runs,
      ours: () => pace(skip, { ...plan, accounts: many }, balances),
      theirs: () => pace(step, { ...plan, accounts: few }, balances),
    });
  });
}
