/**
 * What one bill of one cycle costs to compute: through the tables of classes, and by the plain
 * rules, each beside the exact rule on the same contracts.
 *
 * All ways must come to the same sums, to the last unit.
 */
import {
  advanceLegacy,
  billRow,
  classBook,
  classNumber,
  contractCost,
  discountedDue,
  discountPolicy,
  Kind,
  legacyTakings,
  legacyTariff,
  pricingPolicy,
  quickContractCost,
  stepUntil,
  takings,
  tariff,
  toTft,
} from "../../dist/protocol/index.js";
import { GIB, milliUsd } from "../../dist/units/index.js";
import { tariffPoliciesOf, termsOf } from "../../dist/world/policy.js";
import { compare, rate } from "./row.mjs";
import { baseline } from "./scenario.mjs";

/** Contracts of different shapes, told once for the rules and once for the tables. */
const SHAPES = 64;
const HOUR = 3_600;
const PRICE = milliUsd(60n);
const BALANCE = 1_000_000_000_000_000;

const shapes = Array.from({ length: SHAPES }, (_, at) => ({
  cores: 1 + (at % 8),
  memory: (2 + (at % 13)) * GIB,
  ssd: (25 + 7 * at) * GIB,
  hdd: (at % 3) * 100 * GIB,
  ips: at % 2,
}));

const billables = shapes.map(({ cores, memory, ssd, hdd, ips }) => ({
  kind: "node",
  resources: { cru: BigInt(cores), mru: BigInt(memory), sru: BigInt(ssd), hru: BigInt(hdd) },
  ips: BigInt(ips),
  rented: false,
  unbilled: 0n,
}));

const { policy } = baseline().setup;
const PRICING = pricingPolicy(policy.pricing);
const DISCOUNT = discountPolicy(policy.discount);
const TERMS = termsOf(policy);

const book = classBook();
const classes = shapes.map((shape) =>
  classNumber(book, {
    ...shape,
    kind: "node",
    certified: false,
    rented: false,
    trafficPerHour: 0,
    extraFee: 0,
  }),
);
const TABLE = tariff(book, PRICE, tariffPoliciesOf(policy));

/** Contracts on a table, each its own account's only one, and rich enough for any bill. */
function tableOf(rows) {
  const doubles = () => new Float64Array(rows);
  const cls = Uint32Array.from({ length: rows }, (_, row) => classes[row % SHAPES]);
  const meter = {
    kind: new Uint8Array(rows).fill(Kind.node),
    busyClass: cls,
    idleClass: cls,
    phase: new Uint32Array(rows),
    lastBilled: doubles(),
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
  const wallets = Array.from({ length: rows }, (_, row) => ({
    free: BALANCE,
    frozen: 0,
    stash: 0,
    done: 0,
    rows: Uint32Array.of(row),
    count: 1,
  }));
  return { meter, wallets, out: takings() };
}

/** Bills every contract of a table for so many cycles; answers the bills, notes what was paid. */
function byTable({ meter, wallets, out }, cycles, paid) {
  const rows = wallets.length;
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const block = cycle * TERMS.frequency;
    for (let row = 0; row < rows; row += 1)
      billRow(wallets[row], meter, TERMS, TABLE, row, block, out);
  }
  let sum = 0n;
  for (let row = 0; row < SHAPES; row += 1) sum += BigInt(meter.charged[row]);
  paid.add(sum / BigInt(cycles));
  return rows * cycles;
}

/** Bills every shape in turn by plain rules: cost, price and discount. */
function byRule(cost, bills, paid) {
  let sum = 0n;
  const payer = { balance: BigInt(BALANCE), certified: false };
  for (let at = 0; at < bills; at += 1) {
    const full = toTft(cost(billables[at % SHAPES], HOUR, PRICING), PRICE);
    sum += discountedDue(full, HOUR, payer, DISCOUNT).due;
  }
  paid.add(sum / BigInt(bills / SHAPES));
  return bills;
}

/** Costs every shape in turn. */
function costs(cost, calls, sums) {
  let sum = 0n;
  for (let at = 0; at < calls; at += 1) sum += cost(billables[at % SHAPES], HOUR, PRICING);
  sums.add(sum / BigInt(calls / SHAPES));
  return calls;
}

const LEGACY = legacyTariff(book, PRICE, tariffPoliciesOf(policy));
const LEGACY_TARIFFS = { at: () => LEGACY, changesAfter: () => Number.POSITIVE_INFINITY };
const LEGACY_TERMS = {
  frequency: TERMS.frequency,
  distributionCycles: TERMS.distributionCycles,
  graceBlocks: TERMS.graceBlocks,
  existentialDeposit: TERMS.existentialDeposit,
  secondsPerBlock: TERMS.secondsPerBlock,
  foundationShare: 1_000,
  stakingShare: 500,
  salesShare: 5_000,
  takes: [],
};
/** Contracts of an account under the lock based rules. */
const EACH = 4;

/** Accounts with four contracts each under the lock based rules, all funded. */
function legacyOf(accounts) {
  const rows = accounts * EACH;
  const doubles = () => new Float64Array(rows);
  const cls = Uint32Array.from({ length: rows }, (_, row) => classes[row % EACH]);
  const phase = Uint32Array.from({ length: rows }, (_, row) => 150 * (row % EACH));
  const meter = {
    kind: new Uint8Array(rows).fill(Kind.node),
    busyClass: cls,
    idleClass: cls,
    phase,
    lastBilled: Float64Array.from(phase),
    state: new Uint8Array(rows),
    graceSince: doubles(),
    locked: doubles(),
    extraLocked: doubles(),
    cycles: new Uint32Array(rows),
    node: new Int32Array(rows),
    asleep: new Uint8Array(rows),
    provider: new Int32Array(rows).fill(-1),
    trafficFrom: doubles().fill(Number.POSITIVE_INFINITY),
    trafficSeconds: doubles(),
    unbilled: doubles(),
    farmerShare: doubles(),
  };
  const wallets = Array.from({ length: accounts }, (_, at) => ({
    free: BALANCE,
    frozen: 0,
    stash: 0,
    done: LEGACY_TERMS.frequency - 1,
    rows: Uint32Array.from({ length: EACH }, (_, part) => at * EACH + part),
    count: EACH,
  }));
  return { meter, wallets, out: legacyTakings(LEGACY_TERMS.takes) };
}

/** Bills accounts by locks for some days, looked at once a day or less; answers the bills. */
function byLocks(way, { meter, wallets, out }, { days, every }, left) {
  const until = days * 14_400;
  for (let block = every; block <= until; block += every)
    for (const wallet of wallets) way(wallet, meter, LEGACY_TERMS, LEGACY_TARIFFS, block, out);
  left.add([wallets[0].free, wallets[0].frozen, out.burned / wallets.length].join());
  return Math.floor(until / LEGACY_TERMS.frequency - 1) * EACH * wallets.length;
}

/** A row of bills by locks: in bulk beside bill by bill. */
function legacyRow(name, every, { runs, tiny }) {
  const days = tiny ? 4 : 360;
  const left = new Set();
  const pace = (way, accounts) => {
    const table = legacyOf(accounts);
    return rate(() => byLocks(way, table, { days, every: every * 14_400 }, left));
  };
  const row = compare({
    name: tiny ? `${name}-tiny` : name,
    unit: "bills/s",
    reference: "bill-by-bill",
    runs,
    ours: () => pace(advanceLegacy, tiny ? 2 : 200),
    theirs: () => pace(stepUntil, tiny ? 2 : 50),
  });
  agreed(left, "balances under the lock based rules");
  return row;
}

function agreed(found, what) {
  if (found.size > 1) throw new Error(`${what} differ: ${[...found].join(" and ")}`);
}

/** Bills of a cycle a second through tables and by rules, and costs of a cycle a second. */
export function measureBilling({ runs = 5, tiny = false } = {}) {
  const suffix = tiny ? "-tiny" : "";
  const rows = tiny ? SHAPES : SHAPES * 256;
  const cycles = tiny ? 2 : 48;
  const calls = tiny ? SHAPES * 2 : SHAPES * 4_096;
  const paid = new Set();
  const sums = new Set();
  const found = [
    compare({
      name: `billing-table${suffix}`,
      unit: "bills/s",
      reference: "by-rule",
      runs,
      ours: () => {
        const table = tableOf(rows);
        return rate(() => byTable(table, cycles, paid));
      },
      theirs: () => rate(() => byRule(contractCost, calls, paid)),
    }),
    compare({
      name: `billing-cost${suffix}`,
      unit: "costs/s",
      reference: "exact-rule",
      runs,
      ours: () => rate(() => costs(quickContractCost, calls, sums)),
      theirs: () => rate(() => costs(contractCost, calls, sums)),
    }),
  ];
  agreed(paid, "payments of a cycle");
  agreed(sums, "costs of a cycle");
  found.push(legacyRow("billing-locks-day", 1, { runs, tiny }));
  found.push(legacyRow("billing-locks-year", tiny ? 4 : 360, { runs, tiny }));
  return found;
}
