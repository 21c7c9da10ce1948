/**
 * Congestion in the world: bills one by one, block by block, as far as blocks have room for them.
 *
 * Who is billed when depends on all other contracts, so that no account can be done by itself: all
 * wait for the loop, and to bring one up to date is to bring the loop there. This costs a step for
 * every bill, and is done only where a scenario asks for it.
 */
import { billRow, billsPerBlock, Kind, MeterState } from "../protocol/index.ts";
import { BillingLoop } from "./billing-loop.ts";
import { close, open, openOne } from "./booking.ts";
import type { Setup } from "./setup.ts";
import type { World } from "./state.ts";

/** The loop of a setup; null where blocks have room for every bill. */
export function loopOf({ assumptions }: Setup): BillingLoop | null {
  const { overflow } = assumptions.billing;
  return overflow === "none" ? null : new BillingLoop(overflow);
}

/**
 * Does the bills of all blocks up to one, as far as they have room for them; nodes are seen as they
 * are at each block, but no later than at the second `seen`.
 */
export function runLoop(world: World, loop: BillingLoop, until: number, seen: number): void {
  const { terms, policy, contracts, view } = world;
  if (loop.done >= until) return;
  const room = billsPerBlock(policy.block);
  while (loop.done < until) {
    view.now = Math.max(view.now, Math.min(seen, (loop.done + 1) * terms.secondsPerBlock));
    for (const row of loop.next(terms.frequency, room)) {
      // A rent contract that ended earlier in this block has taken its node's contracts along.
      if (contracts.lives(row)) billOne(world, row, loop.done);
    }
  }
}

function billOne(world: World, row: number, block: number): void {
  const { contracts, wallet, terms, token, takings } = world;
  const user = contracts.user[row];
  // Of other contracts only whole machines, and what is in grace on them, ask.
  if (contracts.kind[row] === Kind.rent || contracts.state[row] === MeterState.grace) {
    open(world, user);
    wallet.done = block;
  } else openOne(world, row, block);
  takings.changes = 0;
  billRow(wallet, contracts, terms, token.at(block), row, block, takings);
  close(world, user);
}
