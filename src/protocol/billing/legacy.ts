/**
 * The bill up to spec 151: money is locked on the account, paid out later, and a part is burned.
 *
 * Lifecycle: what is due extends one lock that all contracts of an account share; every so many
 * bills the lock is lifted and the payer's free balance pays.
 * Source: tfchain 33046d6, pallet-smart-contract/src/billing.rs, `bill_contract`, `handle_grace`,
 * `handle_lock`, `distribute_extra_cultivation_rewards`, `distribute_cultivation_rewards`.
 * Quirks: what is locked already counts a second time when the funds are judged (`lockedTwice`);
 * traffic is charged again in every cycle of grace (`graceTraffic`); a deleted contract announces
 * its last stretch of time but does not collect it (`lastStretch`); after an extra fee the rest
 * ignores the existential deposit, and a nearly empty account then fails its bill every cycle; a
 * rent contract on a sleeping node returns even where it was deleted (`standbyCancel`).
 * In brackets: the word of `quirk.ts` that mends it.
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
  type LegacyPayment,
  nodeContractsOf,
  withContract,
  withLedger,
  withPayment,
} from "../contract/state.ts";
import { accountOf, freeze, usableLegacy } from "../ledger.ts";
import { leaveLoop } from "./bucket.ts";
import { unlockAndPay } from "./cultivation.ts";
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
import type { BillingTerms, ChainTime } from "./policy.ts";
import { isFixed } from "./quirk.ts";

/** Bills one contract; a refused bill changes nothing and is tried again in the next cycle. */
export function billLegacy(
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
  if (payment?.rules !== "legacy") return refused("ContractPaymentStateNotExists");
  const node = parties.value.site?.node ?? null;
  const asleep = contract.kind === "rent" && node?.power.down === true;
  const ends = isDeleted(contract) && isFixed(terms.billing, "standbyCancel");
  if (asleep && !ends) return accepted({ state, events: [], bill: null });
  const elapsed = elapsedSince(payment.updated, at.now);
  const { payer } = parties.value;
  const own = usableLegacy(state.ledger, payer.account);
  const stash = payer.stash === null ? 0n : usableLegacy(state.ledger, payer.stash);
  const due: Outcome<Due, BillError> = asleep
    ? accepted(NOTHING_DUE)
    : dueOf(state, { contract, elapsed, balance: tft(own + stash) }, node, terms);
  if (!due.ok) return due;
  if (due.value.standard + due.value.additional === 0n && !isDeleted(contract)) {
    return accepted({ state, events: [], bill: null });
  }
  const bill = { contract, payment, elapsed, due: due.value, parties: parties.value, usable: own };
  return settle(state, bill, at, terms);
}

interface OpenBill {
  readonly contract: Contract;
  readonly payment: LegacyPayment;
  readonly elapsed: Seconds;
  readonly due: Due;
  readonly parties: Parties;
  readonly usable: Tft;
}

function settle(
  state: GridState,
  open: OpenBill,
  at: ChainTime,
  terms: BillingTerms,
): Outcome<Billed, BillError> {
  const { payment, due } = open;
  const locked = tft(payment.locked + due.standard);
  const extraLocked = tft(payment.extraLocked + due.additional);
  const total = tft(due.standard + due.additional);
  const once = open.contract.state.kind === "created" && isFixed(terms.billing, "lockedTwice");
  const need = once ? total : tft(locked + extraLocked);
  const moved = moveState(state, open.contract, { need, usable: open.usable, at, terms });
  const { contract } = moved;
  const uncollected = isDeleted(contract) && !isFixed(terms.billing, "lastStretch");
  const counted: LegacyPayment = uncollected
    ? payment
    : { ...payment, locked, extraLocked, updated: at.now, cycles: payment.cycles + 1 };
  const inGrace = contract.state.kind === "grace";
  const bill = {
    contract: contract.id,
    block: at.block,
    elapsed: open.elapsed,
    due: total,
    level: due.level,
    state: contract.state,
    taken: inGrace ? tft(0n) : total,
    overdrawn: tft(0n),
    distributed: tft(0n),
  };
  if (inGrace) {
    const charged = isFixed(terms.billing, "graceTraffic") ? cleared(contract) : contract;
    const stored = withPayment(withContract(moved.state, charged), contract.id, counted);
    return accepted({ state: stored, events: moved.events, bill });
  }
  const payer = open.parties.payer.account;
  const extended =
    contract.state.kind === "created" ? extend(moved.state, payer, total) : moved.state;
  const paid = unlockAndPay(extended, {
    contract,
    payment: counted,
    parties: open.parties,
    terms,
  });
  if (!paid.ok) return paid;
  const told: ContractEvent = { kind: "ContractBilled", contract: contract.id, amount: total };
  const stored = store(paid.value.state, contract, paid.value.payment, terms);
  if (!stored.ok) return stored;
  return accepted({
    state: stored.value,
    events: [...moved.events, ...paid.value.events, told],
    bill: { ...bill, distributed: paid.value.distributed },
  });
}

/** Extends the account's one lock by what is due; whoever can pay has no less locked before. */
function extend(state: GridState, payer: string, due: Tft): GridState {
  const asked = accountOf(state.ledger, payer).free - usableLegacy(state.ledger, payer) + due;
  return withLedger(state, freeze(state.ledger, payer, tft(asked)));
}

function store(
  state: GridState,
  contract: Contract,
  payment: LegacyPayment,
  terms: BillingTerms,
): Outcome<GridState, BillError> {
  if (isDeleted(contract)) return leaveLoop(state, contract.id, terms.billing.frequency);
  return accepted(withPayment(withContract(state, cleared(contract)), contract.id, payment));
}

/** The contract once its traffic was charged. */
const cleared = (contract: Contract): Contract =>
  contract.kind === "node" ? { ...contract, unbilled: usd(0n) } : contract;

interface Moved {
  readonly state: GridState;
  readonly contract: Contract;
  readonly events: readonly ContractEvent[];
}

interface Judgement {
  readonly need: Tft;
  readonly usable: Tft;
  readonly at: ChainTime;
  readonly terms: BillingTerms;
}

/** Where the contract goes, given what it needs and what the account may use. */
function moveState(state: GridState, contract: Contract, judgement: Judgement): Moved {
  const { need, usable, at, terms } = judgement;
  const current = contract.state;
  switch (current.kind) {
    case "created":
      if (need < usable) return { state, contract, events: [] };
      return enter(state, contract, { kind: "grace", since: at.block });
    case "grace": {
      if (usable > need) return enter(state, contract, { kind: "created" });
      if (at.block - current.since < terms.billing.gracePeriod) {
        return { state, contract, events: [] };
      }
      const deleted: Contract = { ...contract, state: { kind: "deleted", cause: "OutOfFunds" } };
      return { state: withContract(state, deleted), contract: deleted, events: [] };
    }
    case "deleted":
      return { state, contract, events: [] };
  }
}

/** Enters a state; a rent contract takes all its node contracts along. */
function enter(state: GridState, contract: Contract, into: ContractState): Moved {
  const moved: Contract = { ...contract, state: into };
  let next = withContract(state, moved);
  const events = [told(moved.id, into)];
  if (contract.kind === "rent") {
    for (const child of nodeContractsOf(state, contract.node)) {
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
