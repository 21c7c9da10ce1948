/**
 * The upgrade from locks to reserves: what became of the bills' state at spec 152.
 *
 * Lifecycle: once, in the block in which the new runtime begins; the next bill of each contract
 * then is one of `reserve.ts`.
 * Source: tfchain, pallet-smart-contract/src/migrations/v12.rs, `migrate_to_version_12`; ADR 0023.
 * What a contract had locked becomes its overdraft, so the money is free again at first and taken
 * by the next bill; a contract whose account no longer has it then goes into grace. Cycles and
 * clock, the state of the contract with the start of its grace, and its unbilled traffic stay.
 * Quirks: all locks of a payer's account are lifted, those that have nothing to do with contracts
 * too; the record of a contract whose twin is gone stays as it is, and its bill fails before it
 * looks at the record; a rent that was cancelled while its node slept ends with its next bill.
 */
import { type Tft, tft } from "../../units/index.ts";
import type {
  ContractId,
  GridState,
  LegacyPayment,
  Payment,
  ReservePayment,
} from "../contract/state.ts";
import type { AccountId } from "../ledger.ts";

/** What an upgrade moved. */
export interface Upgraded {
  readonly state: GridState;
  /** Records that were changed. */
  readonly records: number;
  /** Sum of what was locked for contracts and is overdraft now. */
  readonly owed: Tft;
  /** Sum over accounts of what was frozen and is not any more. */
  readonly thawed: Tft;
}

/** Brings the state of the lock based bills to the reserve based ones; a second time is nothing. */
export function upgradeToReserve(state: GridState): Upgraded {
  const payments = new Map<ContractId, Payment>(state.payments);
  const payers = new Set<AccountId>();
  let records = 0;
  let owed = 0n;
  for (const contract of state.contracts.values()) {
    const payer = state.twins.get(contract.twin);
    const payment = state.payments.get(contract.id);
    if (payer === undefined || payment?.rules !== "legacy") continue;
    payments.set(contract.id, asOverdraft(payment));
    payers.add(payer.account);
    records += 1;
    owed += payment.locked + payment.extraLocked;
  }
  const accounts = new Map(state.ledger.accounts);
  let thawed = 0n;
  for (const id of payers) {
    const account = accounts.get(id);
    if (account === undefined || account.frozen === 0n) continue;
    thawed += account.frozen;
    accounts.set(id, { ...account, frozen: tft(0n) });
  }
  return {
    state: { ...state, payments, ledger: { ...state.ledger, accounts } },
    records,
    owed: tft(owed),
    thawed: tft(thawed),
  };
}

const asOverdraft = ({ locked, extraLocked, updated, cycles }: LegacyPayment): ReservePayment => ({
  rules: "reserve",
  standardReserve: tft(0n),
  additionalReserve: tft(0n),
  standardOverdraft: locked,
  additionalOverdraft: extraLocked,
  updated,
  cycles,
});
