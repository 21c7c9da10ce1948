/**
 * The books of farmers: what each had earned at the last payday, and how often it lost money since.
 */
import { lengthened } from "./column.ts";

/** The books of all farmers, by dense farm. */
export class FarmerTable {
  /** USD earned over the run up to the last payday. */
  earned = new Float64Array(16);
  /** Paydays in a row that left a loss. */
  losses = new Uint32Array(16);
  /** 1 for a farm that has been given up. */
  off = new Uint8Array(16);
  /** USD that a node earned at the first payday; NaN before it. */
  usual = Number.NaN;

  /** Makes room for so many farms. */
  fit(farms: number): void {
    if (farms <= this.off.length) return;
    this.earned = lengthened(this.earned, new Float64Array(farms * 2));
    this.losses = lengthened(this.losses, new Uint32Array(farms * 2));
    this.off = lengthened(this.off, new Uint8Array(farms * 2));
  }
}
