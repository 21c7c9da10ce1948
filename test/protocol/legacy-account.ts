/** One account under the lock based rules: on the chain's states, and on rows of a table. */
import {
  advanceLegacy,
  type BillingTerms,
  bill,
  type ClassBook,
  cancelContract,
  classBook,
  classNumber,
  closeLegacyRow,
  contractId,
  farmId,
  type GridState,
  Kind,
  type LegacyMeter,
  type LegacyTariff,
  type LegacyTariffs,
  type LegacyTerms,
  type LegacyWallet,
  legacyTakings,
  legacyTariff,
  nodeId,
  providerId,
  type ResourceClass,
  reportTraffic,
  setPowerState,
  stepUntil,
  twinId,
  usableOf,
  withContract,
  withLedger,
  withPayment,
} from "../../src/protocol/index.ts";
import { blocks, bytes, cores, milliUsd, seconds, tft, usd } from "../../src/units/index.ts";
import { grid, time } from "./grid.ts";
import {
  billing,
  discount,
  MACHINE,
  MACHINES,
  PRICINGS,
  type Prices,
  priceAt,
  SECONDS_PER_BLOCK,
  split,
  TEMPLATES,
  usedBy,
} from "./interval-grid.ts";

const GENESIS = 1_628_082_000;
const SIZE = 16;
/** The providers that a contract may name, and what they take in percent. */
const TAKES = [[10n], [30n, 20n], [1n, 1n, 1n]];

/** What votes can change in a history. */
export interface Law {
  readonly distributionCycles: number;
  readonly graceBlocks: number;
  readonly pricing: number;
}

const FREQUENCY = 600;

export const termsOf = (law: Law): LegacyTerms => ({
  frequency: FREQUENCY,
  distributionCycles: law.distributionCycles,
  graceBlocks: law.graceBlocks,
  existentialDeposit: Number(billing.existentialDeposit),
  secondsPerBlock: SECONDS_PER_BLOCK,
  foundationShare: Number(split.legacyFoundation) * 100,
  stakingShare: Number(split.legacyStaking) * 100,
  salesShare: Number(split.legacySales) * 100,
  takes: TAKES.map((shares) => shares.map((take) => Number(take) * 100)),
});

const book: ClassBook = classBook();
function classesOf(
  template: number,
  size: number,
): { readonly busy: number; readonly idle: number } {
  const { kind, machine, ips, traffic, rented } = TEMPLATES[template];
  const idle: ResourceClass = {
    kind,
    ...usedBy(template, size),
    ips,
    certified: false,
    rented,
    trafficPerHour: 0,
    extraFee: kind === "rent" ? MACHINES[machine].extraFee : 0,
  };
  return {
    idle: classNumber(book, idle),
    busy: classNumber(book, { ...idle, trafficPerHour: traffic * 3_600 }),
  };
}
for (let template = 0; template < TEMPLATES.length; template++)
  for (let size = 0; size < 3; size++) classesOf(template, size);

const tables = new Map<string, LegacyTariff>();
function tableOf(price: number, law: Law): LegacyTariff {
  const key = `${price} ${law.pricing}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const cycleSeconds = seconds(FREQUENCY * SECONDS_PER_BLOCK);
  const policies = { pricing: PRICINGS[law.pricing], discount, cycleSeconds };
  const made = legacyTariff(book, milliUsd(BigInt(price)), policies);
  tables.set(key, made);
  return made;
}

export const tariffsOf = (prices: readonly Prices[], law: Law): LegacyTariffs => ({
  at: (block) => tableOf(priceAt(prices, block), law),
  changesAfter(block) {
    const now = priceAt(prices, block);
    const total = prices.reduce((sum, one) => sum + one.hours, 0);
    for (let hour = Math.floor(block / 600) + 1; hour <= total; hour++)
      if (priceAt(prices, hour * 600) !== now) return hour * 600;
    return Number.POSITIVE_INFINITY;
  },
});

/** A contract to be made. */
export interface NewRow {
  readonly template: number;
  readonly size: number;
  readonly phase: number;
  /** Number of the provider, -1 without. */
  readonly provider: number;
}

/** What all ways of billing do. */
export interface Way {
  deposit(amount: number): void;
  add(row: NewRow, block: number): void;
  close(row: number, law: Law, prices: readonly Prices[]): boolean;
  traffic(row: number, from: number): void;
  sleep(machine: number, down: boolean, block: number): void;
  run(law: Law, prices: readonly Prices[], until: number): void;
  told(): unknown;
}

/** The account on the chain's own states. */
export class ChainLegacy implements Way {
  #grid: GridState;
  #done = 0;
  readonly #rows: {
    phase: number;
    machine: number;
    perSecond: number;
    from: number;
    told: number;
  }[] = [];

  constructor(stash: number) {
    const rich = 10n ** 12n;
    const state = grid({
      user: 0n,
      farmer: rich,
      staking: rich,
      foundation: rich,
      sales: rich,
      stash: BigInt(stash),
      taker0: rich,
      taker1: rich,
      taker2: rich,
    });
    const providers = TAKES.map((shares, at) => {
      const all = shares.map((take, part) => ({ account: `taker${part}`, take }));
      return [providerId(at + 1), { approved: true, shares: all }] as const;
    });
    const node = state.nodes.get(nodeId(1));
    if (node === undefined) throw new Error("the small grid has a node");
    const resources = {
      cru: cores(BigInt(MACHINE.cores)),
      mru: bytes(BigInt(MACHINE.memory)),
      sru: bytes(BigInt(MACHINE.ssd)),
      hru: bytes(BigInt(MACHINE.hdd)),
    };
    this.#grid = {
      ...state,
      providers: new Map(providers),
      twins: new Map(state.twins).set(twinId(1), { account: "user", stash: "stash" }),
      farms: new Map([[farmId(1), { twin: twinId(2), dedicated: false, ips: 256 }]]),
      nodes: new Map(
        MACHINES.map(({ extraFee, certified }, at) => [
          nodeId(at),
          { ...node, resources, certified, extraFee: milliUsd(BigInt(extraFee)) },
        ]),
      ),
    };
  }

  deposit(amount: number): void {
    const { ledger } = this.#grid;
    const user = ledger.accounts.get("user");
    if (user === undefined) throw new Error("the user has an account");
    const accounts = new Map(ledger.accounts);
    accounts.set("user", { ...user, free: tft(user.free + BigInt(amount)) });
    this.#grid = withLedger(this.#grid, { ...ledger, accounts });
  }

  add({ template, size, phase, provider }: NewRow, block: number): void {
    const { kind, machine, ips, traffic } = TEMPLATES[template];
    const id = contractId(this.#rows.length + 1);
    const node = nodeId(machine);
    const used = usedBy(template, size);
    const common = {
      id,
      twin: twinId(1),
      state: { kind: "created" } as const,
      provider: provider < 0 ? null : providerId(provider + 1),
    };
    if (kind === "node")
      this.#grid = withContract(this.#grid, {
        ...common,
        kind,
        node,
        hash: `${id}`,
        ips,
        used: {
          cru: cores(BigInt(used.cores)),
          mru: bytes(BigInt(used.memory)),
          sru: bytes(BigInt(used.ssd)),
          hru: bytes(BigInt(used.hdd)),
        },
        unbilled: usd(0n),
        trafficReported: seconds(0),
      });
    else if (kind === "rent") this.#grid = withContract(this.#grid, { ...common, kind, node });
    else this.#grid = withContract(this.#grid, { ...common, kind, name: `name${id}` });
    const none = tft(0n);
    this.#grid = withPayment(this.#grid, id, {
      rules: "legacy",
      locked: none,
      extraLocked: none,
      updated: time(block).now,
      cycles: 0,
    });
    const from = traffic > 0 ? block * SECONDS_PER_BLOCK : Number.POSITIVE_INFINITY;
    this.#rows.push({ phase, machine, perSecond: traffic, from, told: 0 });
  }

  traffic(row: number, from: number): void {
    this.#rows[row].from = from;
  }

  sleep(machine: number, down: boolean, block: number): void {
    const told = setPowerState(this.#grid, nodeId(machine), down, time(block).now);
    if (told.ok) this.#grid = told.value;
  }

  run(law: Law, prices: readonly Prices[], until: number): void {
    const phases = new Set(this.#rows.map((row) => row.phase));
    for (let block = this.#done + 1; block <= until; block++) {
      if (!phases.has(block % FREQUENCY)) continue;
      const by = this.#terms(law, prices, block);
      for (const [row, { phase }] of this.#rows.entries()) {
        const id = contractId(row + 1);
        if (phase !== block % FREQUENCY || !this.#grid.contracts.has(id)) continue;
        this.#tell(row, block, by);
        const billed = bill(this.#grid, id, time(block), by);
        if (billed.ok) this.#grid = billed.value.state;
      }
    }
    this.#done = until;
  }

  close(row: number, law: Law, prices: readonly Prices[]): boolean {
    const by = this.#terms(law, prices, this.#done);
    this.#tell(row, this.#done, by);
    const call = { account: "user", contract: contractId(row + 1) };
    const gone = cancelContract(this.#grid, call, time(this.#done), by);
    if (gone.ok) this.#grid = gone.value.state;
    return gone.ok;
  }

  #tell(at: number, block: number, by: BillingTerms): void {
    const row = this.#rows[at];
    const second = block * SECONDS_PER_BLOCK;
    const span = second - row.from;
    if (span <= 0) return;
    const report = {
      contract: contractId(at + 1),
      traffic: bytes(BigInt(row.perSecond * span)),
      window: seconds(span),
      until: time(block).now,
    };
    const told = reportTraffic(this.#grid, nodeId(row.machine), report, by.pricing);
    if (!told.ok) throw new Error(told.error);
    this.#grid = told.value;
    row.from = second;
    row.told += span;
  }

  #terms(law: Law, prices: readonly Prices[], block: number): BillingTerms {
    return {
      billing: {
        ...billing,
        rules: "legacy",
        frequency: blocks(FREQUENCY),
        distributionCycles: law.distributionCycles,
        gracePeriod: blocks(law.graceBlocks),
      },
      pricing: PRICINGS[law.pricing],
      discount,
      split,
      price: milliUsd(BigInt(priceAt(prices, block))),
    };
  }

  told(): unknown {
    const { accounts } = this.#grid.ledger;
    const gained = (name: string) => Number((accounts.get(name)?.free ?? 0n) - 10n ** 12n);
    const rows = this.#rows.map(({ told }, at) => {
      const contract = this.#grid.contracts.get(contractId(at + 1));
      const payment = this.#grid.payments.get(contractId(at + 1));
      if (contract === undefined || payment?.rules !== "legacy") return { traffic: told };
      const { state } = contract;
      return {
        traffic: told,
        state: state.kind,
        since: state.kind === "grace" ? Number(state.since) : 0,
        locked: Number(payment.locked),
        extra: Number(payment.extraLocked),
        cycles: payment.cycles,
        last: (payment.updated - GENESIS) / SECONDS_PER_BLOCK,
        unbilled: contract.kind === "node" ? Number(contract.unbilled) : 0,
      };
    });
    return {
      free: Number(accounts.get("user")?.free ?? 0n),
      frozen: Number(accounts.get("user")?.frozen ?? 0n),
      gained: ["farmer", "foundation", "staking", "sales"].map(gained),
      taken: ["taker0", "taker1", "taker2"].map(gained),
      rows,
    };
  }
}

/** The account on rows of a table, in bulk or bill by bill. */
export class TableLegacy implements Way {
  readonly #meter: LegacyMeter = {
    kind: new Uint8Array(SIZE),
    busyClass: new Uint32Array(SIZE),
    idleClass: new Uint32Array(SIZE),
    phase: new Uint32Array(SIZE),
    lastBilled: new Float64Array(SIZE),
    state: new Uint8Array(SIZE),
    graceSince: new Float64Array(SIZE),
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
  readonly #out = legacyTakings(termsOf({ distributionCycles: 1, graceBlocks: 0, pricing: 0 }));
  readonly #bulk: boolean;
  readonly #asleep = new Set<number>();
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
    const { busy, idle } = classesOf(template, size);
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

  close(row: number, law: Law, prices: readonly Prices[]): boolean {
    const { done } = this.#wallet;
    const tariff = tariffsOf(prices, law).at(done);
    const wallet = this.#wallet;
    return closeLegacyRow(wallet, this.#meter, termsOf(law), tariff, row, done, this.#out);
  }

  run(law: Law, prices: readonly Prices[], until: number): void {
    const way = this.#bulk ? advanceLegacy : stepUntil;
    way(this.#wallet, this.#meter, termsOf(law), tariffsOf(prices, law), until, this.#out);
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
