/**
 * Retry: at the end of every block, payments that wait too long are signed anew.
 *
 * Source: tfchain 33046d6, pallet-tft-bridge/src/lib.rs, `on_finalize`; ADR 16.
 */
import type { Blocks } from "../../units/index.ts";
import { expire } from "./sign.ts";
import { type BridgeEvent, type BridgeView, withBridge } from "./state.ts";

/** The bridge after the end of a block, and what it announces; withdrawals come first. */
export function retryPayouts<S extends BridgeView>(
  state: S,
  block: Blocks,
  interval: Blocks,
): { readonly state: S; readonly events: readonly BridgeEvent[] } {
  const withdrawals = expire(state.bridge.withdrawals.open, block, interval);
  const refunds = expire(state.bridge.refunds.open, block, interval);
  if (withdrawals.expired.length + refunds.expired.length === 0) return { state, events: [] };
  const events: BridgeEvent[] = [
    ...withdrawals.expired.map(
      ([transactionId, { source, target, amount }]): BridgeEvent => ({
        event: "TFTBridgeModule.BurnTransactionExpired",
        transactionId,
        source,
        target,
        amount,
      }),
    ),
    ...refunds.expired.map(
      ([txHash, { target, amount }]): BridgeEvent => ({
        event: "TFTBridgeModule.RefundTransactionExpired",
        txHash,
        target,
        amount,
      }),
    ),
  ];
  return {
    state: withBridge(state, {
      withdrawals: { ...state.bridge.withdrawals, open: withdrawals.open },
      refunds: { ...state.bridge.refunds, open: refunds.open },
    }),
    events,
  };
}
