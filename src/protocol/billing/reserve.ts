/**
 * The bill since spec 152: money is reserved, paid out later, and what is missing is remembered.
 *
 * Lifecycle: what is due is reserved; where the account falls short all of it is reserved, the rest
 * is an overdraft and the contract is in grace, until a bill finds enough for everything owed or
 * the grace period is over.
 * Source: tfchain ADR 0023 and pallet-smart-contract/src/billing.rs of 2025-26, `bill_contract`,
 * `manage_contract_state`, `reserve_funds`, `overdraft_funds`, `remit_funds`.
 * Quirks: a bill for nothing leaves the clock of the contract untouched; a rent contract that
 * falls into grace restarts the grace of its node contracts (the switch `childGrace` keeps theirs,
 * which one stored revision of 2026 does too); a funded node contract whose rent is in grace runs
 * out of time all the same; cycles are counted in grace too.
 * Variant: that a node left this billing (ADR 0025) is an addition of 2026 of which it is not known
 * whether the main network has it; no node has, unless its farmer says so.
 */
import {
  accepted,
  type Outcome,
  refused,
  type Seconds,
  type Tft,
  tft,
  usd,
} from "../../units/index.ts";
import {
  type Contract,
  type ContractId,
  type ContractState,
  type GridState,
  isDeleted,
  nodeContractsOf,
  type ReservePayment,
  rentOf,
  withContract,
  withLedger,
  withPayment,
} from "../contract/state.ts";
import { canReserve, reserve, usableReserve } from "../ledger.ts";
import { leaveLoop } from "./bucket.ts";
import {
  type BillError,
  type Billed,
  type ContractEvent,
  type Due,
  dueOf,
  elapsedSince,
  NOTHING_DUE,
  type Parties,
  partiesOf,
} from "./due.ts";
import { payOut } from "./payout.ts";
import type { BillingTerms, ChainTime } from "./policy.ts";
import { isFixed } from "./quirk.ts";

/** Bills one contract; a refused bill changes nothing and is tried again in the next cycle. */
export function billReserve(
  state: GridState,
  id: ContractId,
  at: ChainTime,
  terms: BillingTerms,
): Outcome<Billed, BillError> {
  const contract = state.contracts.get(id);
  if (contract === undefined) return refused("ContractNotExists");
  const parties = partiesOf(state, contract);
  if (!parties.ok) return parties;
  const payment = state.payments.get(id);
  if (payment?.rules !== "reserve") return refused("ContractPaymentStateNotExists");
  const node = parties.value.site?.node ?? null;
  const optedOut = node?.optedOut === true;
  if (optedOut && contract.state.kind === "created") return accepted(untouched(state, []));
  const standby = contract.kind === "rent" && node?.power.down === true;
  const events: ContractEvent[] = standby ? [{ kind: "RentWaived", contract: id }] : [];
  if (standby && contract.state.kind === "created") return accepted(untouched(state, events));

  const elapsed = elapsedSince(payment.updated, at.now);
  const balance = balanceOf(state, parties.value);
  const due: Outcome<Due, BillError> =
    standby || optedOut
      ? accepted(NOTHING_DUE)
      : dueOf(state, { contract, elapsed, balance }, node, terms);
  if (!due.ok) return due;
  const total = due.value.standard + due.value.additional;
  if (total === 0n && overdraftOf(payment) === 0n && !isDeleted(contract)) {
    return accepted(untouched(state, events));
  }
  const bill = { contract, payment, elapsed, due: due.value, parties: parties.value, events };
  return settle(state, bill, at, terms);
}

const untouched = (state: GridState, events: readonly ContractEvent[]): Billed => ({
  state,
  events,
  bill: null,
});

/** What the discount is judged on: the twin's usable balance and that of its stash. */
function balanceOf(state: GridState, { payer }: Parties): Tft {
  const own = usableReserve(state.ledger, payer.account);
  return payer.stash === null ? own : tft(own + usableReserve(state.ledger, payer.stash));
}

interface OpenBill {
  readonly contract: Contract;
  readonly payment: ReservePayment;
  readonly elapsed: Seconds;
  readonly due: Due;
  readonly parties: Parties;
  readonly events: readonly ContractEvent[];
}

/** Moves the state, takes the money, pays out what is due for that, and stores the rest. */
function settle(
  state: GridState,
  bill: OpenBill,
  at: ChainTime,
  terms: BillingTerms,
): Outcome<Billed, BillError> {
  const { payer } = bill.parties;
  const total = tft(bill.due.standard + bill.due.additional);
  const need = tft(total + overdraftOf(bill.payment));
  const sufficient = canReserve(state.ledger, payer.account, need);
  const moved = moveState(state, bill.contract, { sufficient, at, terms });
  const usable = usableReserve(state.ledger, payer.account);
  const taken = sufficient ? need : usable;
  const reserved = reserve(moved.state.ledger, payer.account, taken);
  if (!reserved.ok) return reserved;
  const overdrawn = sufficient ? tft(0n) : tft(total > usable ? total - usable : 0n);
  const id = bill.contract.id;
  const told: ContractEvent = sufficient
    ? { kind: "ContractBilled", contract: id, amount: need }
    : { kind: "ContractPaymentOverdrawn", contract: id, reserved: usable, overdrawn };
  const owed = sufficient ? repaid(bill.payment, bill.due) : owing(bill.payment, bill.due, usable);
  const paid = payOut(withLedger(moved.state, reserved.value), {
    contract: moved.contract,
    payment: { ...owed, cycles: owed.cycles + 1 },
    parties: bill.parties,
    terms,
  });
  if (!paid.ok) return paid;
  const distributed = paid.value.distributed;
  const left = { ...paid.value.payment, updated: at.now };
  const stored = store(paid.value.state, moved.contract, left, terms);
  if (!stored.ok) return stored;
  return accepted({
    state: stored.value,
    events: [...bill.events, ...moved.events, told, ...paid.value.events],
    bill: {
      contract: id,
      block: at.block,
      elapsed: bill.elapsed,
      due: total,
      level: bill.due.level,
      state: moved.contract.state,
      taken,
      overdrawn,
      distributed,
    },
  });
}

/** Stores what a bill leaves behind; a deleted contract leaves nothing. */
function store(
  state: GridState,
  contract: Contract,
  payment: ReservePayment,
  terms: BillingTerms,
): Outcome<GridState, BillError> {
  if (isDeleted(contract)) return leaveLoop(state, contract.id, terms.billing.frequency);
  const billed = contract.kind === "node" ? { ...contract, unbilled: usd(0n) } : contract;
  return accepted(withPayment(withContract(state, billed), contract.id, payment));
}

const overdraftOf = (payment: ReservePayment): bigint =>
  payment.standardOverdraft + payment.additionalOverdraft;

const holdsReserve = (state: GridState, id: ContractId): boolean => {
  const payment = state.payments.get(id);
  return payment?.rules === "reserve" && payment.standardReserve + payment.additionalReserve > 0n;
};

const isOverdrawn = (state: GridState, id: ContractId): boolean => {
  const payment = state.payments.get(id);
  return payment?.rules === "reserve" && overdraftOf(payment) > 0n;
};

/** The record after everything owed was reserved. */
const repaid = (payment: ReservePayment, due: Due): ReservePayment => ({
  ...payment,
  standardReserve: tft(payment.standardReserve + payment.standardOverdraft + due.standard),
  additionalReserve: tft(payment.additionalReserve + payment.additionalOverdraft + due.additional),
  standardOverdraft: tft(0n),
  additionalOverdraft: tft(0n),
});

/** The record after only `got` could be reserved: it settles the extra fee first. */
function owing(payment: ReservePayment, due: Due, got: Tft): ReservePayment {
  const additional = payment.additionalOverdraft + due.additional;
  const standard = payment.standardOverdraft + due.standard;
  const forAdditional = got < additional ? got : additional;
  const forStandard = got - forAdditional;
  return {
    ...payment,
    additionalReserve: tft(payment.additionalReserve + forAdditional),
    standardReserve: tft(payment.standardReserve + forStandard),
    additionalOverdraft: tft(additional - forAdditional),
    standardOverdraft: tft(standard - forStandard),
  };
}

interface Moved {
  readonly state: GridState;
  readonly contract: Contract;
  readonly events: readonly ContractEvent[];
}

interface Judgement {
  readonly sufficient: boolean;
  readonly at: ChainTime;
  readonly terms: BillingTerms;
}

/** Where the contract goes, given whether the account covers what it owes. */
function moveState(state: GridState, contract: Contract, judgement: Judgement): Moved {
  const { sufficient, at, terms } = judgement;
  const current = contract.state;
  switch (current.kind) {
    case "created":
      if (sufficient) return { state, contract, events: [] };
      return enter(state, contract, { kind: "grace", since: at.block }, terms);
    case "grace":
      if (sufficient && !rentInGrace(state, contract)) {
        return enter(state, contract, { kind: "created" }, terms);
      }
      if (at.block - current.since < terms.billing.gracePeriod || waits(state, contract)) {
        return { state, contract, events: [] };
      }
      return elapse(state, contract);
    case "deleted":
      return { state, contract, events: [] };
  }
}

/** True for a node contract whose node's rent is in grace. */
function rentInGrace(state: GridState, contract: Contract): boolean {
  return contract.kind === "node" && rentOf(state, contract.node)?.state.kind === "grace";
}

/** True for a rent contract that would take along money which its node contracts set aside. */
function waits(state: GridState, contract: Contract): boolean {
  if (contract.kind !== "rent") return false;
  return nodeContractsOf(state, contract.node).some((child) => holdsReserve(state, child.id));
}

function elapse(state: GridState, contract: Contract): Moved {
  const deleted: Contract = { ...contract, state: { kind: "deleted", cause: "OutOfFunds" } };
  return {
    state: withContract(state, deleted),
    contract: deleted,
    events: [{ kind: "ContractGracePeriodElapsed", contract: contract.id }],
  };
}

/** Enters a state; a rent contract takes its node contracts along, unless they owe something. */
function enter(
  state: GridState,
  contract: Contract,
  into: ContractState,
  terms: BillingTerms,
): Moved {
  const moved: Contract = { ...contract, state: into };
  let next = withContract(state, moved);
  const events: ContractEvent[] = [told(moved.id, into)];
  const keeps = isFixed(terms.billing, "childGrace");
  if (contract.kind === "rent") {
    for (const child of nodeContractsOf(state, contract.node)) {
      if (into.kind === "created" && isOverdrawn(state, child.id)) continue;
      if (keeps && into.kind === child.state.kind) continue;
      next = withContract(next, { ...child, state: into });
      events.push(told(child.id, into));
    }
  }
  return { state: next, contract: moved, events };
}

const told = (contract: ContractId, into: ContractState): ContractEvent =>
  into.kind === "grace"
    ? { kind: "ContractGracePeriodStarted", contract, since: into.since }
    : { kind: "ContractGracePeriodEnded", contract };
