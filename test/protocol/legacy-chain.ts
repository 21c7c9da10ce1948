/** One account under the lock based rules, on the chain's own states. */
import {
  type BillingTerms,
  bill,
  cancelContract,
  contractId,
  farmId,
  type GridState,
  nodeId,
  providerId,
  reportTraffic,
  setPowerState,
  twinId,
  upgradeToReserve,
  withContract,
  withLedger,
  withPayment,
} from "../../src/protocol/index.ts";
import { blocks, bytes, cores, milliUsd, seconds, tft, usd } from "../../src/units/index.ts";
import { grid, time } from "./grid.ts";
import {
  billing,
  discountFor,
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

import { FREQUENCY, GENESIS, type Law, type NewRow, TAKES, type Way } from "./legacy-grid.ts";

/** The account on the chain's own states. */
export class ChainLegacy implements Way {
  #grid: GridState;
  #done = 0;
  #rules: "legacy" | "reserve" = "legacy";
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
    const record = { updated: time(block).now, cycles: 0 };
    this.#grid = withPayment(
      this.#grid,
      id,
      this.#rules === "legacy"
        ? { rules: "legacy", ...record, locked: none, extraLocked: none }
        : {
            rules: "reserve",
            ...record,
            standardReserve: none,
            additionalReserve: none,
            standardOverdraft: none,
            additionalOverdraft: none,
          },
    );
    const from = traffic > 0 ? block * SECONDS_PER_BLOCK : Number.POSITIVE_INFINITY;
    this.#rows.push({ phase, machine, perSecond: traffic, from, told: 0 });
  }

  /** Goes over to the reserve based rules. */
  upgrade(): void {
    this.#grid = upgradeToReserve(this.#grid).state;
    this.#rules = "reserve";
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
        rules: this.#rules,
        frequency: blocks(FREQUENCY),
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

  told(): unknown {
    const { accounts } = this.#grid.ledger;
    const gained = (name: string) => Number((accounts.get(name)?.free ?? 0n) - 10n ** 12n);
    const rows = this.#rows.map(({ told }, at) => {
      const contract = this.#grid.contracts.get(contractId(at + 1));
      const payment = this.#grid.payments.get(contractId(at + 1));
      if (contract === undefined || payment === undefined) return { traffic: told };
      const { state } = contract;
      const lock = payment.rules === "legacy" ? payment : null;
      const own = payment.rules === "reserve" ? payment : null;
      return {
        traffic: told,
        state: state.kind,
        since: state.kind === "grace" ? Number(state.since) : 0,
        locked: Number(lock?.locked ?? 0n),
        extra: Number(lock?.extraLocked ?? 0n),
        reserve: Number((own?.standardReserve ?? 0n) + (own?.additionalReserve ?? 0n)),
        owed: Number(own?.standardOverdraft ?? 0n),
        extraOwed: Number(own?.additionalOverdraft ?? 0n),
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
