import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { congestion, type Overflow } from "../../src/protocol/index.ts";
import { BillingLoop } from "../../src/world/billing-loop.ts";

/** A loop with so many contracts in each slot, numbered from slot to slot. */
function loopWith(loads: readonly number[], overflow: Overflow): BillingLoop {
  const loop = new BillingLoop(overflow);
  // The first block is 1, so that a cycle begins with slot 1 and ends with slot 0.
  let row = 0;
  for (const [slot, load] of loads.entries())
    for (let at = 0; at < load; at++) loop.enter(row++, slot);
  return loop;
}

const blocksOf = (loop: BillingLoop, frequency: number, room: number, count: number) =>
  Array.from({ length: count }, () => [...loop.next(frequency, room)]);

describe("the billing loop", () => {
  it("goes as the closed form says, once it repeats", () => {
    const loads = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 12 });
    const room = fc.integer({ min: 1, max: 5 });
    const overflow = fc.constantFrom<Overflow>("carried", "skipped");
    fc.assert(
      fc.property(loads, room, overflow, (of, bills, what) => {
        const loop = loopWith(of, what);
        const frequency = of.length;
        blocksOf(loop, frequency, bills, 4 * frequency);
        const before = { ...loop.counts };
        blocksOf(loop, frequency, bills, frequency);
        const { counts } = loop;
        const closed = congestion(of, bills, what);
        expect(counts.made - before.made).toBe(closed.made);
        expect(counts.skipped - before.skipped).toBe(closed.never);
        if (closed.cycles > 1) return;
        expect(counts.late - before.late).toBe(closed.late);
        expect(counts.lateBlocks - before.lateBlocks).toBe(closed.lateBlocks);
        // Who waits after a block is a block late for it.
        expect(counts.waiting - before.waiting).toBe(closed.lateBlocks);
        expect(counts.longest).toBe(closed.longest);
      }),
      { numRuns: 1_000, seed: 2 },
    );
  });

  it("asks once for a contract that waits when its slot comes again", () => {
    // Three in slot 0, one bill a block. Block 4 finds 2 waiting, 6 finds 1, 8 finds 2.
    const loop = loopWith([3, 0], "carried");
    expect(blocksOf(loop, 2, 1, 8)).toEqual([[], [0], [1], [2], [0], [1], [0], [2]]);
    expect(loop.counts).toMatchObject({ turns: 12, made: 7, doubled: 3 });
  });

  it("moves nobody when the frequency is raised: the old place comes round later", () => {
    const loop = loopWith([0, 2], "skipped");
    expect(blocksOf(loop, 2, 1, 4)).toEqual([[0], [], [0], []]);
    // Slot 1 of four comes in block 5 and 9; the second of it still finds no room.
    expect(blocksOf(loop, 4, 1, 5)).toEqual([[0], [], [], [], [0]]);
  });

  it("gives a raised frequency's empty slots to what is carried over", () => {
    const loop = loopWith([0, 3], "carried");
    // Three turns in two blocks with one bill each: never done.
    expect(blocksOf(loop, 2, 1, 4)).toEqual([[0], [1], [2], [0]]);
    expect(loop.waiting).toBe(1);
    // Block 5 is slot 1 of four: 0 and 2 ask behind 1, which waits. From block 9 on all is paid up.
    expect(blocksOf(loop, 4, 1, 8)).toEqual([[1], [0], [2], [], [0], [1], [2], []]);
    expect(loop.waiting).toBe(0);
  });

  it("bills no contract that ended while it waited, and gives its room to the next", () => {
    const loop = loopWith([0, 3], "carried");
    expect([...loop.next(2, 1)]).toEqual([0]);
    loop.leave(1);
    expect(loop.waiting).toBe(1);
    expect([...loop.next(2, 1)]).toEqual([2]);
    expect(loop.waiting).toBe(0);
    // The number may serve another contract, which comes last in its slot.
    loop.enter(1, 1);
    expect([...loop.next(2, 3)]).toEqual([0, 2, 1]);
  });
});
