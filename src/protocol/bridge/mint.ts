/**
 * Deposits: TFT locked on Stellar comes to be here when enough validators say so.
 *
 * Source: tfchain 33046d6, pallet-tft-bridge/src/tft_bridge.rs,
 * `propose_or_vote_stellar_mint_transaction`, `mint_tft`.
 * Quirks: a validator may vote twice; amount and target of later votes are ignored; the vote that
 * would complete a deposit not above the fee fails, and the deposit waits one vote short; without
 * a fee account the fee is never created.
 */
import { type Outcome, refused, type Tft, tft } from "../../units/index.ts";
import type { ChainTime } from "../billing/policy.ts";
import { withEntry, withoutEntry } from "../entry.ts";
import { type AccountId, credit, type Ledger } from "../ledger.ts";
import { paid, type Step } from "../step.ts";
import {
  type BridgeEvent,
  type BridgeState,
  type BridgeView,
  type Mint,
  quorum,
  withBridge,
} from "./state.ts";

/** A validator says that a deposit was made. */
export function voteMint<S extends BridgeView>(
  state: S,
  account: AccountId,
  call: { readonly transaction: string; readonly target: AccountId; readonly amount: Tft },
  at: ChainTime,
): Outcome<
  Step<S, BridgeEvent>,
  "ValidatorNotExists" | "MintTransactionAlreadyExecuted" | "AmountIsLessThanDepositFee"
> {
  const { bridge } = state;
  const { transaction, target, amount } = call;
  if (!bridge.validators.includes(account)) return refused("ValidatorNotExists");
  if (bridge.mints.done.has(transaction)) return refused("MintTransactionAlreadyExecuted");
  const known = bridge.mints.open.get(transaction);
  const before = known ?? { amount, target, block: at.block, votes: 0 };
  const mint: Mint = { ...before, votes: before.votes + 1 };
  const events: BridgeEvent[] = [{ event: "TFTBridgeModule.MintTransactionVoted", transaction }];
  if (known === undefined) {
    events.unshift({
      event: "TFTBridgeModule.MintTransactionProposed",
      transaction,
      target,
      amount,
    });
  }
  if (mint.votes < quorum(bridge.validators.length)) {
    const open = withEntry(bridge.mints.open, transaction, mint);
    return paid(withBridge(state, { mints: { ...bridge.mints, open } }), events);
  }
  if (mint.amount <= bridge.depositFee) return refused("AmountIsLessThanDepositFee");
  const done: Mint = { ...mint, block: at.block };
  events.push({ event: "TFTBridgeModule.MintCompleted", transaction, ...done });
  const mints = {
    open: withoutEntry(bridge.mints.open, transaction),
    done: withEntry(bridge.mints.done, transaction, done),
  };
  const ledger = pay(state.ledger, bridge, done);
  return paid(withBridge({ ...state, ledger }, { mints }), events);
}

function pay(ledger: Ledger, { depositFee, feeAccount }: BridgeState, mint: Mint): Ledger {
  const paidOut = credit(ledger, mint.target, tft(mint.amount - depositFee));
  return feeAccount === null ? paidOut : credit(paidOut, feeAccount, depositFee);
}
