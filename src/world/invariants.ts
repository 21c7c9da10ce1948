/**
 * Invariants of a world: what must hold after every window, whatever happened in it.
 */
import { assert } from "../units/index.ts";
import { settle } from "./account.ts";
import type { World } from "./state.ts";

/** Asserts that no token came from nowhere or went there, all bills done up to a second. */
export function checkInvariants(world: World, second: number): void {
  const { users, contracts, ledger, terms } = world;
  const block = Math.floor(second / terms.secondsPerBlock);
  let held = 0n;
  for (let user = 0; user < users.count; user++) {
    settle(world, user, block);
    assert(users.free[user] >= 0, `user ${user} has a negative balance`);
    held += BigInt(users.free[user]);
  }
  for (let row = 0; row < contracts.count; row++)
    held += BigInt(contracts.reserve[row]) + BigInt(contracts.extraReserve[row]);
  const paid =
    ledger.fees.value + ledger.staking.value + ledger.foundation.value + ledger.farmers.value;
  const brought = ledger.endowed.value + ledger.deposited.value;
  assert(held + paid === brought, `tokens are lost or made: ${held + paid} of ${brought}`);
}
