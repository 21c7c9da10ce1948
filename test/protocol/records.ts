/** Contracts and their records put into a condition that takes long to reach by calls. */
import {
  type ContractId,
  type GridState,
  type LegacyPayment,
  type ReservePayment,
  withContract,
  withPayment,
} from "../../src/protocol/index.ts";
import { time } from "./grid.ts";

/** The state with a record of the reserve rules changed so. */
export function recorded(
  state: GridState,
  id: ContractId,
  more: Partial<ReservePayment>,
): GridState {
  const record = state.payments.get(id);
  if (record?.rules !== "reserve") throw new Error("no record of the reserve rules");
  return withPayment(state, id, { ...record, ...more });
}

/** The state with a record of the legacy rules changed so. */
export function recordedLegacy(
  state: GridState,
  id: ContractId,
  more: Partial<LegacyPayment>,
): GridState {
  const record = state.payments.get(id);
  if (record?.rules !== "legacy") throw new Error("no record of the legacy rules");
  return withPayment(state, id, { ...record, ...more });
}

/** The state with a contract in grace since a block. */
export function inGrace(state: GridState, id: ContractId, since: number): GridState {
  const contract = state.contracts.get(id);
  if (contract === undefined) throw new Error("no such contract");
  const grace = { kind: "grace", since: time(since).block } as const;
  return withContract(state, { ...contract, state: grace });
}
