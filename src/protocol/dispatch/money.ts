/**
 * Calls that move or make money, tell its price, or keep texts.
 *
 * Source: tfchain 33046d6, the pallets' calls and their origins; substrate, pallet-balances.
 */
import { refused, type Tft } from "../../units/index.ts";
import * as bridge from "../bridge/index.ts";
import { burnTft } from "../burning.ts";
import type { ChainState } from "../chain.ts";
import { deleteValue, setValue } from "../kv.ts";
import { type AccountId, forceTransfer, setFree, transferKeepAlive } from "../ledger.ts";
import { setCap, setFloor, setPrices } from "../price-feed.ts";
import { paid } from "../step.ts";
import { type Answer, byGate, byRoot, bySigner, type CallsOf, type Effects } from "./adapter.ts";

const BRIDGE = "TFTBridgeModule";
const PRICE = "TFTPriceModule";
const KV = "TFKVStore";

type Names = CallsOf<"price"> | CallsOf<"bridge"> | CallsOf<"burning" | "kvstore" | "balances">;

type Payment = { readonly from: AccountId; readonly to: AccountId; readonly amount: Tft };

/** The chain after a transfer of one kind. */
function moved(state: ChainState, payment: Payment, transfer: typeof forceTransfer): Answer {
  const done = transfer(state.ledger, payment);
  if (!done.ok) return refused(done.error);
  return paid({ ...state, ledger: done.value }, [{ event: "Balances.Transfer", ...payment }]);
}

/** The effects of calls about money. */
export const moneyEffects: Effects<Names> = {
  "price.set_prices": bySigner(PRICE, setPrices),
  "price.set_min_tft_price": byGate(PRICE, setFloor),
  "price.set_max_tft_price": byGate(PRICE, setCap),
  "bridge.add_bridge_validator": byGate(BRIDGE, bridge.addBridgeValidator),
  "bridge.remove_bridge_validator": byGate(BRIDGE, bridge.removeBridgeValidator),
  "bridge.set_fee_account": byGate(BRIDGE, bridge.setFeeAccount),
  "bridge.set_withdraw_fee": byGate(BRIDGE, bridge.setWithdrawFee),
  "bridge.set_deposit_fee": byGate(BRIDGE, bridge.setDepositFee),
  "bridge.swap_to_stellar": bySigner(BRIDGE, bridge.withdraw),
  "bridge.propose_or_vote_mint_transaction": bySigner(BRIDGE, bridge.voteMint),
  "bridge.propose_burn_transaction_or_add_sig": bySigner(BRIDGE, bridge.signWithdrawal),
  "bridge.set_burn_transaction_executed": bySigner(BRIDGE, bridge.finishWithdrawal),
  "bridge.create_refund_transaction_or_add_sig": bySigner(BRIDGE, bridge.signRefund),
  "bridge.set_refund_transaction_executed": bySigner(BRIDGE, bridge.finishRefund),
  "burning.burn_tft": bySigner("BurningModule", burnTft),
  "kvstore.set": bySigner(KV, setValue),
  "kvstore.delete": bySigner(KV, deleteValue),
  "balances.transfer_allow_death": bySigner("Balances", (state, from, args) =>
    moved(state, { from, ...args }, forceTransfer),
  ),
  "balances.transfer_keep_alive": bySigner("Balances", (state, from, args) =>
    moved(state, { from, ...args }, transferKeepAlive),
  ),
  "balances.force_transfer": byRoot("Balances", (state, args) => moved(state, args, forceTransfer)),
  "balances.force_set_balance": byRoot("Balances", (state, { who, free }) =>
    paid({ ...state, ledger: setFree(state.ledger, who, free) }, [
      { event: "Balances.BalanceSet", who, free },
    ]),
  ),
};
