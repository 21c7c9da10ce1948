/** A history on the chain's own rules: immutable states, exact integers, every bill. */
import {
  type BillingTerms,
  bill,
  type ChainTime,
  type ContractId,
  cancelContract,
  contractId,
  farmId,
  freeze,
  type GridState,
  type NodeId,
  nodeId,
  reportTraffic,
  setFree,
  twinId,
  withContract,
  withLedger,
  withPayment,
} from "../../src/protocol/index.ts";
import {
  blocks,
  bytes,
  cores,
  milliUsd,
  type Outcome,
  seconds,
  tft,
  usd,
} from "../../src/units/index.ts";
import {
  billing,
  discountFor,
  type Law,
  MACHINE,
  MACHINES,
  PRICINGS,
  type Prices,
  priceAt,
  quirksFor,
  roundingFor,
  SECONDS_PER_BLOCK,
  split,
  TEMPLATES,
  usedBy,
} from "./interval-grid.ts";
import type { AccountState, RowState } from "./interval-table.ts";

const GENESIS = 1_628_082_000;
const RICH = 1_000_000_000_000n;
const USER = twinId(1);

const timeOf = (block: number): ChainTime => ({
  block: blocks(block),
  now: seconds(GENESIS + SECONDS_PER_BLOCK * block),
});

const resources = (of: typeof MACHINE) => ({
  cru: cores(BigInt(of.cores)),
  mru: bytes(BigInt(of.memory)),
  sru: bytes(BigInt(of.ssd)),
  hru: bytes(BigInt(of.hdd)),
});

function must<T>(outcome: Outcome<T, string>): T {
  if (!outcome.ok) throw new Error(outcome.error);
  return outcome.value;
}

function genesis(): GridState {
  const farmers = MACHINES.map((_, at) => `farmer${at}`);
  const names = ["user", ...farmers, "staking", "foundation", "stash"];
  const account = (name: string) => ({
    free: tft(name === "user" || name === "stash" ? 0n : RICH),
    reserved: tft(0n),
    frozen: tft(0n),
  });
  return {
    ledger: {
      accounts: new Map(names.map((name) => [name, account(name)])),
      issuance: tft(RICH * BigInt(names.length - 2)),
      existentialDeposit: billing.existentialDeposit,
    },
    twins: new Map(
      names.map((name, at) => {
        const stash = name === "user" ? "stash" : null;
        return [twinId(at + 1), { account: name, stash }] as const;
      }),
    ),
    farms: new Map(
      MACHINES.map((_, at) => [farmId(at), { twin: twinId(at + 2), dedicated: false, ips: 256 }]),
    ),
    nodes: new Map(
      MACHINES.map(({ certified, extraFee }, at) => [
        nodeId(at),
        {
          farm: farmId(at),
          twin: null,
          resources: resources(MACHINE),
          certified,
          extraFee: milliUsd(BigInt(extraFee)),
          power: { down: false, targetDown: false },
          optedOut: false,
        },
      ]),
    ),
    contracts: new Map(),
    payments: new Map(),
    providers: new Map(),
    services: new Map(),
    contractsMade: 0,
    servicesMade: 0,
    providersMade: 0,
    admins: new Set(),
    beneficiaries: { staking: "staking", foundation: "foundation", sales: "sales" },
  };
}

/** Traffic as a machine tells it: bytes a second since it booted, told before each bill. */
interface Flow {
  readonly id: ContractId;
  readonly phase: number;
  readonly node: NodeId;
  readonly bytesPerSecond: number;
  from: number;
  told: number;
}

/** An account on the chain. */
export class ChainAccount {
  grid = genesis();
  done = 0;
  readonly #rows: Flow[] = [];

  deposit(amount: number): void {
    const { ledger } = this.grid;
    const user = ledger.accounts.get("user") ?? {
      free: tft(0n),
      reserved: tft(0n),
      frozen: tft(0n),
    };
    const free = tft(user.free + BigInt(amount));
    const accounts = new Map(ledger.accounts).set("user", { ...user, free });
    const issuance = tft(ledger.issuance + BigInt(amount));
    this.grid = withLedger(this.grid, { ...ledger, accounts, issuance });
  }

  /** Another lock than that of bills; it overlays whatever there was. */
  lock(amount: number): void {
    this.grid = withLedger(this.grid, freeze(this.grid.ledger, "user", tft(BigInt(amount))));
  }

  /** What the stash may use from now on. */
  setStash(usable: number): void {
    const kept = usable === 0 ? 0n : billing.existentialDeposit;
    const ledger = setFree(this.grid.ledger, "stash", tft(BigInt(usable) + kept));
    this.grid = withLedger(this.grid, ledger);
  }

  add(template: number, size: number, phase: number, block: number): void {
    const { kind, machine, ips, traffic } = TEMPLATES[template];
    const id = contractId(this.#rows.length + 1);
    const node = nodeId(machine);
    const common = { id, twin: USER, state: { kind: "created" } as const, provider: null };
    if (kind === "node")
      this.grid = withContract(this.grid, {
        ...common,
        kind,
        node,
        hash: `${id}`,
        ips,
        used: resources(usedBy(template, size)),
        unbilled: usd(0n),
        trafficReported: seconds(0),
      });
    else if (kind === "rent") this.grid = withContract(this.grid, { ...common, kind, node });
    else this.grid = withContract(this.grid, { ...common, kind, name: `name${id}` });
    this.grid = withPayment(this.grid, id, {
      rules: "reserve",
      standardReserve: tft(0n),
      additionalReserve: tft(0n),
      standardOverdraft: tft(0n),
      additionalOverdraft: tft(0n),
      updated: timeOf(block).now,
      cycles: 0,
    });
    const from = traffic > 0 ? block * SECONDS_PER_BLOCK : Number.POSITIVE_INFINITY;
    this.#rows.push({ id, phase, node, bytesPerSecond: traffic, from, told: 0 });
  }

  setTraffic(row: number, from: number): void {
    this.#rows[row].from = from;
  }

  /** Does all bills up to a block, in the order of blocks and of creation. */
  step(law: Law, prices: readonly Prices[], until: number): void {
    const phases = new Set(this.#rows.map((row) => row.phase));
    for (let block = this.done + 1; block <= until; block++) {
      if (!phases.has(block % law.frequency)) continue;
      for (const row of this.#rows) {
        if (block % law.frequency !== row.phase || !this.grid.contracts.has(row.id)) continue;
        const terms = this.#terms(law, prices, block);
        this.#tell(row, block, terms);
        this.grid = must(bill(this.grid, row.id, timeOf(block), terms)).state;
      }
    }
    this.done = until;
  }

  close(law: Law, prices: readonly Prices[], row: number): void {
    const terms = this.#terms(law, prices, this.done);
    const { id } = this.#rows[row];
    this.#tell(this.#rows[row], this.done, terms);
    const call = { account: "user", contract: id };
    this.grid = must(cancelContract(this.grid, call, timeOf(this.done), terms)).state;
  }

  #tell(row: Flow, block: number, terms: BillingTerms): void {
    const second = block * SECONDS_PER_BLOCK;
    // Told every hour since the last bill, the last report being what is left.
    while (row.from < second) {
      const window = Math.min(second - row.from, 3600);
      row.from += window;
      row.told += window;
      const report = {
        contract: row.id,
        traffic: bytes(BigInt(row.bytesPerSecond * window)),
        window: seconds(window),
        until: seconds(GENESIS + row.from),
      };
      this.grid = must(reportTraffic(this.grid, row.node, report, terms.pricing));
    }
  }

  #terms(law: Law, prices: readonly Prices[], block: number): BillingTerms {
    return {
      billing: {
        ...billing,
        rules: "reserve",
        frequency: blocks(law.frequency),
        distributionCycles: law.distributionCycles,
        gracePeriod: blocks(law.graceBlocks),
        rounding: roundingFor(law),
        quirks: quirksFor(law),
      },
      pricing: PRICINGS[law.pricing],
      discount: discountFor(law),
      split,
      price: milliUsd(BigInt(priceAt(prices, block))),
    };
  }

  state(): AccountState {
    const gained = (name: string): number =>
      Number((this.grid.ledger.accounts.get(name)?.free ?? 0n) - RICH);
    return {
      free: Number(this.grid.ledger.accounts.get("user")?.free ?? 0n),
      staking: gained("staking"),
      foundation: gained("foundation"),
      farmers: MACHINES.map((_, at) => gained(`farmer${at}`)),
      rows: this.#rows.map((row) => this.#row(row)),
    };
  }

  #row({ id, told }: Flow): RowState | { readonly trafficSeconds: number } {
    const contract = this.grid.contracts.get(id);
    const payment = this.grid.payments.get(id);
    if (contract === undefined || payment?.rules !== "reserve") return { trafficSeconds: told };
    return {
      state: contract.state.kind === "grace" ? 1 : 0,
      graceSince: contract.state.kind === "grace" ? contract.state.since : 0,
      reserve: Number(payment.standardReserve),
      extraReserve: Number(payment.additionalReserve),
      overdraft: Number(payment.standardOverdraft),
      extraOverdraft: Number(payment.additionalOverdraft),
      cycles: payment.cycles,
      lastBilled: (payment.updated - GENESIS) / SECONDS_PER_BLOCK,
      trafficSeconds: told,
    };
  }
}
