/**
 * Burning: whoever wants to may destroy TFT, and say why.
 *
 * Source: tfchain 33046d6, pallet-burning/src/burning.rs; substrate, pallet-balances, `slash`.
 * Quirks: locks hold nothing back; with a lock or a reserve the existential deposit stays, and the
 * log still names the whole amount; the log is kept forever.
 */
import { type Blocks, type Outcome, refused, type Tft } from "../units/index.ts";
import type { ChainTime } from "./billing/policy.ts";
import { type AccountId, accountOf, type Ledger, slash } from "./ledger.ts";
import { paid, type Step } from "./step.ts";

/** One line of the log, in 1e-7 TFT. */
export interface Burn {
  readonly target: AccountId;
  readonly amount: Tft;
  readonly block: Blocks;
  readonly message: string;
}

/** What burning announces. */
export type BurningEvent = { readonly event: "BurningModule.BurnTransactionCreated" } & Burn;

/** The part of the chain that burning sees. */
export interface BurningView {
  readonly ledger: Ledger;
  readonly burned: readonly Burn[];
}

/** Destroys what is the caller's; refuses more than is free. */
export function burnTft<S extends BurningView>(
  state: S,
  account: AccountId,
  call: { readonly amount: Tft; readonly message: string },
  at: ChainTime,
): Outcome<Step<S, BurningEvent>, "NotEnoughBalanceToBurn"> {
  if (accountOf(state.ledger, account).free < call.amount) return refused("NotEnoughBalanceToBurn");
  const burn: Burn = { target: account, ...call, block: at.block };
  const ledger = slash(state.ledger, account, call.amount);
  return paid({ ...state, ledger, burned: [...state.burned, burn] }, [
    { event: "BurningModule.BurnTransactionCreated", ...burn },
  ]);
}
