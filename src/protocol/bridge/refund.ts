/**
 * Refunds: a deposit that cannot be created here is paid back on Stellar.
 *
 * Source: tfchain 33046d6, pallet-tft-bridge/src/tft_bridge.rs,
 * `create_stellar_refund_transaction_or_add_sig`, `set_stellar_refund_transaction_executed`.
 * Quirks: no balance here changes; the event of a new refund comes after that of its first
 * signature; a refund that was executed may be opened again, but not executed again.
 */
import { type Outcome, refused, type Tft } from "../../units/index.ts";
import type { ChainTime } from "../billing/policy.ts";
import { withEntry, withoutEntry } from "../entry.ts";
import type { AccountId } from "../ledger.ts";
import { paid, type Step } from "../step.ts";
import { addSignature } from "./sign.ts";
import {
  type BridgeEvent,
  type BridgeSignature,
  type BridgeView,
  type Payout,
  quorum,
  withBridge,
} from "./state.ts";

/** A validator opens a refund with its signature, or signs one that is open. */
export function signRefund<S extends BridgeView>(
  state: S,
  account: AccountId,
  call: {
    readonly txHash: string;
    readonly target: string;
    readonly amount: Tft;
    readonly sequence: bigint;
  } & BridgeSignature,
  at: ChainTime,
): Outcome<
  Step<S, BridgeEvent>,
  "ValidatorNotExists" | "EnoughRefundSignaturesPresent" | "RefundSignatureExists"
> {
  const { validators, refunds } = state.bridge;
  const { txHash, target, amount, signature, key, sequence } = call;
  if (!validators.includes(account)) return refused("ValidatorNotExists");
  const known = refunds.open.get(txHash);
  const fresh: Payout = { block: at.block, amount, target, signatures: [], sequence };
  const quota = quorum(validators.length);
  const added = addSignature(known ?? fresh, { signature, key, sequence }, quota);
  if (!added.ok) {
    return refused(
      added.error === "enough" ? "EnoughRefundSignaturesPresent" : "RefundSignatureExists",
    );
  }
  const events: BridgeEvent[] = [
    {
      event: "TFTBridgeModule.RefundTransactionsignatureAdded",
      txHash,
      signature: { signature, key },
    },
  ];
  if (added.value.ready) events.push({ event: "TFTBridgeModule.RefundTransactionReady", txHash });
  if (known === undefined) {
    events.push({ event: "TFTBridgeModule.RefundTransactionCreated", txHash, target, amount });
  }
  const open = withEntry(refunds.open, txHash, added.value.payout);
  return paid(withBridge(state, { refunds: { ...refunds, open } }), events);
}

/** A validator says that a refund was paid on Stellar. */
export function finishRefund<S extends BridgeView>(
  state: S,
  account: AccountId,
  { txHash }: { readonly txHash: string },
): Outcome<
  Step<S, BridgeEvent>,
  "ValidatorNotExists" | "RefundTransactionAlreadyExecuted" | "RefundTransactionNotExists"
> {
  const { validators, refunds } = state.bridge;
  if (!validators.includes(account)) return refused("ValidatorNotExists");
  if (refunds.done.has(txHash)) return refused("RefundTransactionAlreadyExecuted");
  const refund = refunds.open.get(txHash);
  if (refund === undefined) return refused("RefundTransactionNotExists");
  const open = withoutEntry(refunds.open, txHash);
  const done = withEntry(refunds.done, txHash, refund);
  return paid(withBridge(state, { refunds: { open, done } }), [
    { event: "TFTBridgeModule.RefundTransactionProcessed", txHash, ...refund },
  ]);
}
