/**
 * A rent contract and the contracts on its node: what happens to one happens to the others.
 *
 * Source: tfchain, pallet-smart-contract/src/billing.rs as of 2026-02, `manage_contract_state`.
 * Quirk: grace of the rent sets the start of every child's grace anew (`childGrace` mends it).
 */
import { isFixed } from "./billing/quirk.ts";
import {
  Change,
  Kind,
  type Meter,
  MeterState,
  note,
  type Takings,
  type Terms,
  type Wallet,
} from "./meter-table.ts";

/** Ends a row, and with a rent the contracts on its node. */
export function end(wallet: Wallet, meter: Meter, row: number, block: number, out: Takings): void {
  meter.state[row] = MeterState.ended;
  note(out, row, block, Change.ended);
  if (meter.kind[row] !== Kind.rent) return;
  for (let at = 0; at < wallet.count; at++) {
    const child = wallet.rows[at];
    if (!isChild(meter, child, row)) continue;
    meter.state[child] = MeterState.ended;
    note(out, child, block, Change.ended);
  }
}

function isChild(meter: Meter, child: number, rent: number): boolean {
  return (
    meter.kind[child] === Kind.node &&
    meter.node[child] === meter.node[rent] &&
    meter.state[child] !== MeterState.ended
  );
}

/** Whether the node of a row is rented by a contract in grace. */
export function rentInGrace(wallet: Wallet, meter: Meter, row: number): boolean {
  for (let at = 0; at < wallet.count; at++) {
    const rent = wallet.rows[at];
    if (meter.kind[rent] !== Kind.rent || meter.node[rent] !== meter.node[row]) continue;
    if (meter.state[rent] === MeterState.grace) return true;
  }
  return false;
}

/** Whether a contract on the rented node still holds something that is not paid out. */
export function childHoldsReserve(wallet: Wallet, meter: Meter, rent: number): boolean {
  for (let at = 0; at < wallet.count; at++) {
    const child = wallet.rows[at];
    if (!isChild(meter, child, rent)) continue;
    if (meter.reserve[child] > 0 || meter.extraReserve[child] > 0) return true;
  }
  return false;
}

/** Takes the contracts on the rented node out of grace, but those with debts of their own. */
export function restoreChildren(
  wallet: Wallet,
  meter: Meter,
  rent: number,
  block: number,
  out: Takings,
): void {
  for (let at = 0; at < wallet.count; at++) {
    const child = wallet.rows[at];
    if (!isChild(meter, child, rent) || meter.state[child] !== MeterState.grace) continue;
    if (meter.overdraft[child] + meter.extraOverdraft[child] > 0) continue;
    meter.state[child] = MeterState.created;
    note(out, child, block, Change.graceLeft);
  }
}

/** Puts the contracts on the rented node into grace from this block on. */
export function suspendChildren(
  wallet: Wallet,
  meter: Meter,
  terms: Terms,
  rent: number,
  block: number,
  out: Takings,
): void {
  const keeps = isFixed(terms, "childGrace");
  for (let at = 0; at < wallet.count; at++) {
    const child = wallet.rows[at];
    if (!isChild(meter, child, rent)) continue;
    if (keeps && meter.state[child] === MeterState.grace) continue;
    if (meter.state[child] === MeterState.created) note(out, child, block, Change.graceEntered);
    meter.state[child] = MeterState.grace;
    meter.graceSince[child] = block;
  }
}
