/** Tables held in memory as a whole, for who makes a replication and keeps no files. */
import type { Table, TableSink } from "../metrics/summary.ts";
import { joined } from "./row-group.ts";

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
}
