/**
 * Withdrawals: TFT destroyed here is paid on Stellar, less the fee.
 *
 * Source: tfchain 33046d6, pallet-tft-bridge/src/tft_bridge.rs, `burn_tft`,
 * `propose_stellar_burn_transaction_or_add_sig`, `set_stellar_burn_transaction_executed`.
 * Quirks: what is usable is counted as bills did up to spec 151; any one validator may say that a
 * withdrawal was executed, whatever its signatures.
 */
import { blocks, type Outcome, refused, type Tft, tft } from "../../units/index.ts";
import type { ChainTime } from "../billing/policy.ts";
import { withEntry, withoutEntry } from "../entry.ts";
import { type AccountId, burn, credit, type TokenError, usableLegacy } from "../ledger.ts";
import { isStellarKey } from "../stellar-key.ts";
import { paid, type Step } from "../step.ts";
import { addSignature } from "./sign.ts";
import {
  type BridgeEvent,
  type BridgeSignature,
  type BridgeView,
  quorum,
  type Withdrawal,
  withBridge,
} from "./state.ts";

/** Takes an amount from the caller, of which Stellar pays what the fee leaves. */
export function withdraw<S extends BridgeView>(
  state: S,
  account: AccountId,
  call: { readonly target: string; readonly amount: Tft },
  at: ChainTime,
): Outcome<
  Step<S, BridgeEvent>,
  | "InvalidStellarPublicKey"
  | "AmountIsLessThanWithdrawFee"
  | "NotEnoughBalanceToSwap"
  | `Balances.${TokenError}`
> {
  const { bridge } = state;
  const { target, amount } = call;
  if (!isStellarKey(target)) return refused("InvalidStellarPublicKey");
  if (amount <= bridge.withdrawFee) return refused("AmountIsLessThanWithdrawFee");
  if (amount > usableLegacy(state.ledger, account)) return refused("NotEnoughBalanceToSwap");
  const burned = burn(state.ledger, account, amount);
  if (!burned.ok) return refused(`Balances.${burned.error}`);
  const { feeAccount, withdrawFee } = bridge;
  const ledger = feeAccount === null ? burned.value : credit(burned.value, feeAccount, withdrawFee);
  const id = bridge.withdrawalsMade + 1;
  const withdrawal: Withdrawal = {
    block: blocks(at.block),
    amount: tft(amount - withdrawFee),
    source: account,
    target,
    signatures: [],
    sequence: 0n,
  };
  const open = withEntry(bridge.withdrawals.open, id, withdrawal);
  const withdrawals = { ...bridge.withdrawals, open };
  return paid(withBridge({ ...state, ledger }, { withdrawals, withdrawalsMade: id }), [
    {
      event: "TFTBridgeModule.BurnTransactionCreated",
      transactionId: id,
      source: account,
      target,
      amount: withdrawal.amount,
    },
  ]);
}

/** A validator signs a withdrawal that it repeats exactly. */
export function signWithdrawal<S extends BridgeView>(
  state: S,
  account: AccountId,
  call: {
    readonly id: number;
    readonly target: string;
    readonly amount: Tft;
    readonly sequence: bigint;
  } & BridgeSignature,
): Outcome<
  Step<S, BridgeEvent>,
  | "ValidatorNotExists"
  | "BurnTransactionAlreadyExecuted"
  | "BurnTransactionNotExists"
  | "WrongParametersProvided"
  | "EnoughBurnSignaturesPresent"
  | "BurnSignatureExists"
> {
  const { validators, withdrawals } = state.bridge;
  const { id, signature, key, sequence } = call;
  if (!validators.includes(account)) return refused("ValidatorNotExists");
  if (withdrawals.done.has(id)) return refused("BurnTransactionAlreadyExecuted");
  const before = withdrawals.open.get(id);
  if (before === undefined) return refused("BurnTransactionNotExists");
  if (before.amount !== call.amount || before.target !== call.target) {
    return refused("WrongParametersProvided");
  }
  const added = addSignature(before, { signature, key, sequence }, quorum(validators.length));
  if (!added.ok) {
    return refused(
      added.error === "enough" ? "EnoughBurnSignaturesPresent" : "BurnSignatureExists",
    );
  }
  const events: BridgeEvent[] = [
    {
      event: "TFTBridgeModule.BurnTransactionSignatureAdded",
      transactionId: id,
      signature: { signature, key },
    },
  ];
  if (added.value.ready) {
    events.push({ event: "TFTBridgeModule.BurnTransactionReady", transactionId: id });
  }
  const open = withEntry(withdrawals.open, id, added.value.payout);
  return paid(withBridge(state, { withdrawals: { ...withdrawals, open } }), events);
}

/** A validator says that a withdrawal was paid on Stellar. */
export function finishWithdrawal<S extends BridgeView>(
  state: S,
  account: AccountId,
  { id }: { readonly id: number },
): Outcome<
  Step<S, BridgeEvent>,
  "ValidatorNotExists" | "BurnTransactionAlreadyExecuted" | "BurnTransactionNotExists"
> {
  const { validators, withdrawals } = state.bridge;
  if (!validators.includes(account)) return refused("ValidatorNotExists");
  if (withdrawals.done.has(id)) return refused("BurnTransactionAlreadyExecuted");
  const withdrawal = withdrawals.open.get(id);
  if (withdrawal === undefined) return refused("BurnTransactionNotExists");
  const open = withoutEntry(withdrawals.open, id);
  const done = withEntry(withdrawals.done, id, withdrawal);
  return paid(withBridge(state, { withdrawals: { open, done } }), [
    { event: "TFTBridgeModule.BurnTransactionProcessed", ...withdrawal },
  ]);
}
