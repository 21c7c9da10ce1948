/**
 * How a billing scenario tells its bills and its end, in the words of the cases.
 */
import type { Bill, FailedBill, GridState, Payment } from "../protocol/index.ts";

function stateWord({ state }: Pick<Bill, "state">): string {
  switch (state.kind) {
    case "created":
      return "Created";
    case "grace":
      return `GracePeriod(${state.since})`;
    case "deleted":
      return `Deleted(${state.cause})`;
  }
}

/** One row of a case's `bills`; a bill in grace under the legacy rules tells of no payout. */
export function billRow(one: Bill | FailedBill, legacy: boolean): unknown {
  const { contract, block } = one;
  if ("error" in one) return { contract, block, error: one.error };
  const { due, level, elapsed: secs, distributed, taken, overdrawn } = one;
  const row = { contract, block, due, level, secs, state: stateWord(one) };
  if (!legacy) return { ...row, distributed, billed: taken, overdrawn };
  return one.state.kind === "grace"
    ? { ...row, billed: false }
    : { ...row, billed: true, distributed };
}

function paymentRow(payment: Payment): unknown {
  const { cycles, updated: last_updated } = payment;
  switch (payment.rules) {
    case "legacy":
      return {
        amount_locked: payment.locked,
        extra_amount_locked: payment.extraLocked,
        cycles,
        last_updated,
      };
    case "reserve":
      return {
        standard_reserve: payment.standardReserve,
        additional_reserve: payment.additionalReserve,
        standard_overdraft: payment.standardOverdraft,
        additional_overdraft: payment.additionalOverdraft,
        cycles,
        last_updated,
      };
  }
}

/** A case's `final`: who holds what, and where each contract stands, after a block. */
export function finalOf(state: GridState, block: number): unknown {
  const rows = <K, V>(map: ReadonlyMap<K, V>, make: (value: V) => unknown) =>
    Object.fromEntries([...map].map(([key, value]) => [String(key), make(value)]));
  return {
    accounts: rows(state.ledger.accounts, ({ free, reserved, frozen }) => ({
      free,
      reserved,
      locked: frozen,
    })),
    block,
    contracts: rows(state.contracts, (one) => ({ kind: one.kind, state: stateWord(one) })),
    issuance: state.ledger.issuance,
    payment: rows(state.payments, paymentRow),
  };
}
