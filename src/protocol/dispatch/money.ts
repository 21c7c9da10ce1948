/** Calls that move or make money, tell its price, or keep texts. */
import { refused } from "../../units/index.ts";
import * as bridge from "../bridge/index.ts";
import { burnTft } from "../burning.ts";
import { deleteValue, setValue } from "../kv.ts";
import { forceTransfer, setFree } from "../ledger.ts";
import { setCap, setFloor, setPrices } from "../price-feed.ts";
import { paid } from "../step.ts";
import { byGate, byRoot, bySigner, type CallsOf, type Effects } from "./adapter.ts";

const BRIDGE = "TFTBridgeModule";
const PRICE = "TFTPriceModule";
const KV = "TFKVStore";

type Names = CallsOf<"price"> | CallsOf<"bridge"> | CallsOf<"burning" | "kvstore" | "balances">;

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
  "balances.force_transfer": byRoot("Balances", (state, args) => {
    const moved = forceTransfer(state.ledger, args);
    if (!moved.ok) return refused(moved.error);
    return paid({ ...state, ledger: moved.value }, [{ event: "Balances.Transfer", ...args }]);
  }),
  "balances.force_set_balance": byRoot("Balances", (state, { who, free }) =>
    paid({ ...state, ledger: setFree(state.ledger, who, free) }, [
      { event: "Balances.BalanceSet", who, free },
    ]),
  ),
};
