/**
 * Holdings: which contracts a user has on the chain, in the order in which they are billed.
 *
 * The rows of a user's contracts lie side by side, so that a processor can ask for all of them at
 * once; a chain through the table of contracts would have to be waited for one by one.
 */
import type { ContractTable } from "./contract.ts";
import { sizeOf } from "./row-blocks.ts";
import { USER, type UserTable } from "./user.ts";

type Among = { readonly users: UserTable; readonly contracts: ContractTable };

/** Puts a new contract among its user's, behind those of the same phase. */
export function enlist({ users, contracts }: Among, user: number, row: number): void {
  const held = users.held[user * USER];
  resize(users, user, held + 1);
  const { rows } = users.holdings;
  const phase = contracts.phase[row];
  const first = users.block[user * USER];
  let at = first + held;
  for (; at > first && contracts.phase[rows[at - 1]] > phase; at--) rows[at] = rows[at - 1];
  rows[at] = row;
}

/** Takes a contract that has ended out of its user's. */
export function strike({ users }: Among, user: number, row: number): void {
  const { rows } = users.holdings;
  const end = users.endOf(user);
  let at = users.block[user * USER];
  while (rows[at] !== row) at += 1;
  for (at += 1; at < end; at++) rows[at - 1] = rows[at];
  resize(users, user, users.held[user * USER] - 1);
}

/** Gives a user room for so many contracts, and no more than that takes. */
function resize({ block, held, holdings }: UserTable, user: number, count: number): void {
  const before = held[user * USER];
  held[user * USER] = count;
  const from = sizeOf(before);
  const to = sizeOf(count);
  if (from === to) return;
  const old = block[user * USER];
  if (to >= 0) {
    const next = holdings.take(to);
    holdings.rows.copyWithin(next, old, old + Math.min(before, count));
    block[user * USER] = next;
  }
  if (from >= 0) holdings.give(old, from);
}
