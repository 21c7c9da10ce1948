/**
 * What the council and the DAO set of the bridge: its validators, its fees, who receives them.
 *
 * Source: tfchain 33046d6, pallet-tft-bridge/src/lib.rs and src/tft_bridge.rs.
 */
import { type Outcome, refused, type Tft } from "../../units/index.ts";
import { withName, withoutName } from "../entry.ts";
import type { AccountId } from "../ledger.ts";
import { paid, type Step } from "../step.ts";
import { type BridgeEvent, type BridgeView, withBridge } from "./state.ts";

type Target = { readonly target: AccountId };
type Amount = { readonly amount: Tft };

/** Adds a validator of the bridge. */
export function addBridgeValidator<S extends BridgeView>(
  state: S,
  { target }: Target,
): Outcome<Step<S, BridgeEvent>, "ValidatorExists"> {
  const { validators } = state.bridge;
  if (validators.includes(target)) return refused("ValidatorExists");
  return paid(withBridge(state, { validators: withName(validators, target) }), []);
}

/** Removes a validator of the bridge; votes and signatures that it gave stay. */
export function removeBridgeValidator<S extends BridgeView>(
  state: S,
  { target }: Target,
): Outcome<Step<S, BridgeEvent>, "ValidatorNotExists"> {
  const { validators } = state.bridge;
  if (!validators.includes(target)) return refused("ValidatorNotExists");
  return paid(withBridge(state, { validators: withoutName(validators, target) }), []);
}

/** Sets who receives the fees of the bridge. */
export const setFeeAccount = <S extends BridgeView>(
  state: S,
  { target }: Target,
): Outcome<Step<S, BridgeEvent>, never> => paid(withBridge(state, { feeAccount: target }), []);

/** Sets the fee of a withdrawal, 1e-7 TFT. */
export const setWithdrawFee = <S extends BridgeView>(
  state: S,
  { amount }: Amount,
): Outcome<Step<S, BridgeEvent>, never> => paid(withBridge(state, { withdrawFee: amount }), []);

/** Sets the fee of a deposit, 1e-7 TFT. */
export const setDepositFee = <S extends BridgeView>(
  state: S,
  { amount }: Amount,
): Outcome<Step<S, BridgeEvent>, never> => paid(withBridge(state, { depositFee: amount }), []);
