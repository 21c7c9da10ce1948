/**
 * Congestion: what becomes of bills where blocks are full, for a number of contracts in each slot
 * that stays as it is.
 *
 * A slot is the place of a block in the billing cycle. Where bills that find no room are carried
 * over, what waits after a block is what waited before, plus its slot's bills, less what fits; if a
 * cycle has room for all of them, two rounds from an empty queue reach what repeats for ever. Where
 * it has not, every block from the second cycle on is full: whoever does not wait comes due within
 * a cycle, so that after it all contracts but those that fitted wait. Where bills are skipped, each
 * slot stands alone.
 *
 * Source: none of its own; `dueAtBlock` says who is due, `billsPerBlock` what fits, and the sources
 * are silent on what happens to the rest.
 */
import { assert } from "../../units/index.ts";

/** What becomes of a bill that finds no room in the block of its slot. */
export type Overflow = "carried" | "skipped";

/** How a billing cycle goes, once it repeats. */
export interface Congestion {
  /** Bills that come due in a cycle over bills that its blocks have room for. */
  readonly fill: number;
  /** Bills made in a cycle. */
  readonly made: number;
  /**
   * Of them, those made in a later block than their slot's; the blocks that they are late in all,
   * and the latest by itself. NaN where the cycle is overfull: who has a turn then differs from
   * cycle to cycle, and only the loop itself tells.
   */
  readonly late: number;
  readonly lateBlocks: number;
  readonly longest: number;
  /** Contracts that the loop never bills, whatever the cycle. */
  readonly never: number;
  /** Cycles between two bills of a contract that is billed, in the mean. */
  readonly cycles: number;
}

/** How it goes with so many contracts in each slot and room for `room` bills a block. */
export function congestion(loads: readonly number[], room: number, overflow: Overflow): Congestion {
  assert(loads.length > 0 && room >= 1, "a cycle has blocks, and a block room");
  const due = loads.reduce((sum, load) => sum + load, 0);
  const most = room * loads.length;
  const fill = due / most;
  if (overflow === "skipped") {
    const never = loads.reduce((sum, load) => sum + Math.max(0, load - room), 0);
    const prompt = { late: 0, lateBlocks: 0, longest: 0 };
    return { fill, made: due - never, ...prompt, never, cycles: 1 };
  }
  if (due > most) {
    const untold = { late: Number.NaN, lateBlocks: Number.NaN, longest: Number.NaN };
    return { fill, made: most, ...untold, never: 0, cycles: fill };
  }
  return { fill, made: due, ...lateness(loads, room), never: 0, cycles: 1 };
}

/** How late bills are that are carried over, where a cycle has room for all of them. */
function lateness(
  loads: readonly number[],
  room: number,
): Pick<Congestion, "late" | "lateBlocks" | "longest"> {
  let waiting = 0;
  for (const load of loads) waiting = Math.max(0, waiting + load - room);
  let late = 0;
  let lateBlocks = 0;
  let longest = 0;
  for (const load of loads) {
    // The last of a slot has all before it that waited, and its slot's others.
    if (load > 0) longest = Math.max(longest, Math.ceil((waiting + load) / room) - 1);
    waiting = Math.max(0, waiting + load - room);
    // Who waits longest is served first, so that what waits now came last: the slot's own.
    late += Math.min(load, waiting);
    lateBlocks += waiting;
  }
  return { late, lateBlocks, longest };
}
