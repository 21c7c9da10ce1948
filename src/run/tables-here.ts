/** Tables held in memory as a whole, for who makes a replication and keeps no files. */
import type { Scratch, Table, TableSink } from "../metrics/summary.ts";
import { joined } from "./table-file.ts";

/** Takes tables and holds them. */
export class TablesHere implements TableSink {
  readonly tables: Record<string, Table> = {};

  add(name: string, piece: Table): void {
    const before = this.tables[name];
    const columns = Object.entries(piece).map(([column, values]) => [
      column,
      before === undefined ? values : joined([before[column], values]),
    ]);
    this.tables[name] = Object.fromEntries(columns);
  }

  scratch(): Scratch {
    const parts: Float64Array[] = [];
    let all = new Float64Array(0);
    return {
      append: (numbers) => {
        parts.push(numbers.slice());
      },
      read(place, into) {
        if (parts.length > 0) {
          all = Float64Array.from(joined([all, ...parts.splice(0)]), Number);
        }
        into.set(all.subarray(place, place + into.length));
      },
    };
  }
}
