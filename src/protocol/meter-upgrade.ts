/**
 * Meter's upgrade: the rows of an account from the lock based bills to the reserve based ones.
 *
 * `billing/upgrade.ts` is the same on exact states; tests hold the two together, and the bills that
 * follow (test/protocol/meter-upgrade.test.ts). Source and quirks are told there: what was locked
 * is owed now, all locks of the account are lifted, and the next bill takes what is owed with what
 * is due, or sends the contract into grace.
 *
 * Source: none of its own; that of `billing/upgrade.ts`, to which it is equal.
 */
import { assert } from "../units/index.ts";
import { type LegacyMeter, LegacyState, type LegacyWallet } from "./meter-legacy-table.ts";
import type { Meter } from "./meter-table.ts";

/** Makes what an account's rows had locked an overdraft; refuses a rent that waits for its node. */
export function upgradeRows(wallet: LegacyWallet, meter: LegacyMeter & Meter): void {
  for (let at = 0; at < wallet.count; at++) {
    const row = wallet.rows[at];
    if (meter.state[row] === LegacyState.ended) continue;
    assert(meter.state[row] !== LegacyState.deleted, "no row waits, deleted, for its node to wake");
    meter.reserve[row] = 0;
    meter.extraReserve[row] = 0;
    meter.overdraft[row] = meter.locked[row];
    meter.extraOverdraft[row] = meter.extraLocked[row];
    meter.locked[row] = 0;
    meter.extraLocked[row] = 0;
  }
  wallet.frozen = 0;
}
