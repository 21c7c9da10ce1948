/**
 * Accounts under the lock based rules: their bills, the end of a contract, when to look again, and
 * the upgrade to the reserve based rules.
 *
 * What is locked stays in the account, frozen; only payouts take it.
 */

import {
  advanceLegacy,
  closeLegacyRow,
  type LegacyTerms,
  MeterState,
  nextLegacyChange,
  upgradeRows,
} from "../protocol/index.ts";
import { assert } from "../units/index.ts";
import { closeLocked, graced, open } from "./booking.ts";
import type { World } from "./state.ts";
import { USER } from "./user.ts";

/** Does a user's bills up to and including a block, and books what they moved. */
export function settleLocked(world: World, locks: LegacyTerms, user: number, block: number): void {
  const { wallet, contracts, token, takings } = world;
  openLocked(world, user);
  const before = { free: wallet.free, graced: graced(world) };
  takings.changes = 0;
  advanceLegacy(wallet, contracts, locks, token.locked, block, takings);
  closeLocked(world, user, before);
}

/**
 * Bills a contract for the last time; the caller removes it. Where the chain would refuse, because
 * the account cannot pay what is locked and keep the deposit, its owner brings what lacks.
 */
export function endLocked(world: World, locks: LegacyTerms, row: number, block: number): void {
  const { wallet, contracts, token, takings, users, ledger } = world;
  const user = contracts.user[row];
  wallet.free = users.free[user * USER];
  wallet.frozen = users.frozen[user * USER];
  wallet.done = block;
  wallet.rows[0] = row;
  wallet.count = 1;
  const held = graced(world);
  let { free } = wallet;
  const last = (at: number): boolean =>
    closeLegacyRow(wallet, contracts, locks, token.locked.at(at), row, at, takings);
  if (!last(block)) {
    const mended = locks.quirks?.lastStretch === "fixed";
    const stretch = mended ? takings.standard + takings.additional : 0;
    const whole = contracts.locked[row] + contracts.extraLocked[row] + stretch;
    const short = Math.max(whole + locks.existentialDeposit - wallet.free, 0);
    free += short;
    wallet.free = free;
    ledger.deposited.add(short);
    // Traffic that was charged in this very block fails once more, and no longer a block later.
    assert(last(block) || last(block + 1), "a contract can be ended once it is paid for");
  }
  takings.changes = 0;
  closeLocked(world, user, { free, graced: held });
}

/** The first block at which a user's account may change its state, at that burn a cycle. */
export function nextLockedChange(
  world: World,
  locks: LegacyTerms,
  user: number,
  burn: number,
): number {
  openLocked(world, user);
  return nextLegacyChange(world.wallet, world.contracts, locks, burn);
}

/**
 * What a user's contracts are behind with, in 1e-7 TFT: what counts as locked and is not frozen,
 * or what those in grace need to leave it, if that is more.
 */
export function lockedOwed({ contracts, users }: World, user: number): number {
  let all = 0;
  let ofGraced = 0;
  const { rows } = users.holdings;
  const end = users.endOf(user);
  for (let at = users.block[user * USER]; at < end; at++) {
    const row = rows[at];
    if (!contracts.lives(row)) continue;
    const own = contracts.locked[row] + contracts.extraLocked[row];
    all += own;
    if (contracts.state[row] === MeterState.grace) ofGraced += own;
  }
  return Math.max(all - users.frozen[user * USER], ofGraced, 0);
}

/** Brings all accounts to the reserve based rules after a block, as the chain's upgrade did. */
export function upgradeAccounts(world: World, block: number): void {
  const { wallet, contracts, users } = world;
  for (let user = 0; user < users.count; user++) {
    openLocked(world, user);
    upgradeRows(wallet, contracts);
    users.frozen[user * USER] = wallet.frozen;
  }
  world.upgradedAt = block;
}

function openLocked(world: World, user: number): void {
  open(world, user);
  world.wallet.frozen = world.users.frozen[user * USER];
}
