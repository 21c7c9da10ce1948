/**
 * The payout since spec 152: what a contract set aside reaches those who share it.
 *
 * Lifecycle: every so many bills, and when the contract ends.
 * Source: tfchain, pallet-smart-contract/src/billing.rs of 2025-26, `remit_funds`,
 * `distribute_additional_rewards`, `distribute_standard_rewards`.
 * Quirks: with nothing set aside the cycles keep counting; when the contract ends a failing
 * transfer is ignored and what it should have moved stays reserved.
 */
import { accepted, type Outcome, type Tft, tft } from "../../units/index.ts";
import {
  type Contract,
  type GridState,
  isDeleted,
  type ReservePayment,
  withLedger,
} from "../contract/state.ts";
import { type AccountId, type Ledger, type TokenError, transferReserved } from "../ledger.ts";
import { splitReserve } from "../split.ts";
import type { ContractEvent, Parties } from "./due.ts";
import type { BillingTerms } from "./policy.ts";

/** A contract that may be due for its payout. */
export interface PayoutClaim {
  readonly contract: Contract;
  readonly payment: ReservePayment;
  readonly parties: Parties;
  readonly terms: BillingTerms;
}

/** The chain after a payout, and what it moved in 1e-7 TFT. */
export interface Payout {
  readonly state: GridState;
  readonly payment: ReservePayment;
  readonly events: readonly ContractEvent[];
  readonly distributed: Tft;
}

/** Pays out what a contract set aside, if it is time; refuses where a transfer fails. */
export function payOut(state: GridState, claim: PayoutClaim): Outcome<Payout, TokenError> {
  const { contract, payment, terms } = claim;
  const ending = isDeleted(contract);
  const distributed = tft(payment.standardReserve + payment.additionalReserve);
  if ((payment.cycles < terms.billing.distributionCycles && !ending) || distributed === 0n) {
    return accepted({ state, payment, events: [], distributed: tft(0n) });
  }
  const { standardReserve: standard, additionalReserve: additional } = payment;
  let ledger = state.ledger;
  for (const transfers of transfersOf(state, claim)) {
    const result = payInTurn(ledger, transfers);
    if (result.error !== null && !ending) return { ok: false, error: result.error };
    ledger = result.ledger;
  }
  return accepted({
    state: withLedger(state, ledger),
    payment: { ...payment, standardReserve: tft(0n), additionalReserve: tft(0n), cycles: 0 },
    events: [{ kind: "RewardDistributed", contract: contract.id, standard, additional }],
    distributed,
  });
}

interface Transfer {
  readonly from: AccountId;
  readonly to: AccountId;
  readonly amount: Tft;
}

/** The transfers of a payout: the extra fee's, then the shares of the cost. */
function transfersOf(state: GridState, claim: PayoutClaim): readonly (readonly Transfer[])[] {
  const from = claim.parties.payer.account;
  const farmer = claim.parties.site?.farmer.account ?? null;
  const { staking, foundation } = state.beneficiaries;
  const { standardReserve, additionalReserve } = claim.payment;
  const split = splitReserve(standardReserve, farmer !== null, claim.terms.split);
  const shares: Transfer[] = [{ from, to: staking, amount: split.staking }];
  if (farmer !== null) shares.push({ from, to: farmer, amount: split.farmer });
  shares.push({ from, to: foundation, amount: split.foundation });
  if (farmer === null) return [shares];
  return [[{ from, to: farmer, amount: additionalReserve }], shares];
}

/** Pays one after the other and stops at the first that fails; what was paid stays paid. */
function payInTurn(
  ledger: Ledger,
  transfers: readonly Transfer[],
): { readonly ledger: Ledger; readonly error: TokenError | null } {
  let paid = ledger;
  for (const transfer of transfers) {
    const result = transferReserved(paid, transfer);
    if (!result.ok) return { ledger: paid, error: result.error };
    paid = result.value;
  }
  return { ledger: paid, error: null };
}
