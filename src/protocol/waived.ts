/**
 * Waived bills on a table: the rent of a sleeping node, and all contracts of one that left.
 *
 * While bills are waived a contract costs nothing: in good standing it is not billed at all and its
 * clock stands, in grace what it owed before can still be paid. A row whose class asks for nothing
 * is billed just so by `meter.ts` and skipped by `interval.ts`, so waiving is another class.
 * Source: tfchain, pallet-smart-contract/src/billing.rs of 2025-26, `should_waive_payment` and
 * `should_waive_v3_billing`; equal to the chain's rules in test/protocol/waived.test.ts.
 */
import type { Meter } from "./meter-table.ts";
import { type ClassBook, classNumber } from "./resource-class.ts";

/** The number of the class that asks for nothing, whatever its contract is. */
export const waivedClass = (book: ClassBook): number =>
  classNumber(book, {
    kind: "node",
    ...{ cores: 0, memory: 0, ssd: 0, hdd: 0, ips: 0, trafficPerHour: 0, extraFee: 0 },
    certified: false,
    rented: true,
  });

/** The classes of a row before it was waived. */
export interface RowClasses {
  readonly busy: number;
  readonly idle: number;
}

/** Waives a row's bills from now on; answers its classes. The tariffs must hold `waivedClass`. */
export function waive(meter: Meter, row: number, waived: number): RowClasses {
  const before = { busy: meter.busyClass[row], idle: meter.idleClass[row] };
  meter.busyClass[row] = waived;
  meter.idleClass[row] = waived;
  return before;
}

/** Bills a row again from a block on: the chain moves the clock of a rent whose node wakes. */
export function unwaive(meter: Meter, row: number, classes: RowClasses, block: number): void {
  meter.busyClass[row] = classes.busy;
  meter.idleClass[row] = classes.idle;
  meter.lastBilled[row] = block;
}
