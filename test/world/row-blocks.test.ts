/** Blocks of rows, against lists. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RowBlocks, sizeOf } from "../../src/world/row-blocks.ts";

describe("blocks of rows", () => {
  it.each([
    [0, -1],
    [1, 0],
    [4, 0],
    [5, 1],
    [8, 1],
    [9, 2],
    [65, 5],
  ])("of %i rows have the size %i", (count, size) => {
    expect(sizeOf(count)).toBe(size);
  });

  it("never overlap, and are used again", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 60 }), (moves) => {
        const blocks = new RowBlocks();
        const taken: { readonly at: number; readonly size: number }[] = [];
        for (const move of moves) {
          if (move < 0) {
            const gone = taken.splice(-1 - move, 1)[0];
            if (gone !== undefined) blocks.give(gone.at, gone.size);
            continue;
          }
          const at = blocks.take(move);
          expect(at + (4 << move)).toBeLessThanOrEqual(blocks.rows.length);
          for (const one of taken)
            expect(at + (4 << move) <= one.at || one.at + (4 << one.size) <= at).toBe(true);
          taken.push({ at, size: move });
        }
      }),
      { seed: 1 },
    );
    const blocks = new RowBlocks();
    const first = blocks.take(1);
    blocks.give(first, 1);
    expect(blocks.take(0)).not.toBe(first);
    expect(blocks.take(1)).toBe(first);
  });

  it("keep what is in them when there is need of more", () => {
    const blocks = new RowBlocks();
    const first = blocks.take(0);
    blocks.rows[first] = 7;
    for (let more = 0; more < 100; more++) blocks.take(2);
    expect(blocks.rows[first]).toBe(7);
  });
});
