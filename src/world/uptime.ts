/** The ledger of uptimes where threads share it; its rules are the protocol's. */
import type { UptimeTable } from "../protocol/index.ts";
import { type Memory, ownMemory } from "./column.ts";

/** The same table in a memory; the very same where that is the thread's own. */
export function uptimeIn(memory: Memory, table: UptimeTable): UptimeTable {
  if (memory === ownMemory) return table;
  const doubles = (column: Float64Array): Float64Array => {
    const copy = new Float64Array(memory(column.byteLength));
    copy.set(column);
    return copy;
  };
  const ledger = (one: UptimeTable["open"]): UptimeTable["open"] => {
    const violation = new Uint8Array(memory(one.violation.byteLength));
    violation.set(one.violation);
    return { ...one, rows: doubles(one.rows), violation };
  };
  const { beat, open, closing } = table;
  return { ...table, beat: doubles(beat), open: ledger(open), closing: ledger(closing) };
}
