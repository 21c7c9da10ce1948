import { describe, expect, it } from "vitest";
import { Batch, Chance, exponential } from "../../src/kernel/index.ts";
import { MirroredChance } from "../../src/run/chance.ts";
import { HeldChance } from "../../src/world/held.ts";

const KEY: readonly [number, number] = [0x9e3779b9, 0xffffffff];
const STREAM = 0xdeadbeef;
const HIGH = 0x80000001;

/** Fills a batch with addresses that use every bit of a word. */
function address(batch: Batch, round: number): void {
  for (let i = 0; i < Batch.room; i += 1) {
    batch.causes[i] = Math.imul(i + round * Batch.room, 0x9e3779b9);
    batch.numbers[i] = i % 3 === 0 ? -1 - i : i;
  }
}

describe.each([
  ["in WebAssembly", false],
  ["one by one", true],
])("a batch drawn %s", (_, plain) => {
  it.each([
    ["chance", new Chance(KEY, 3)],
    ["its mirror", new MirroredChance(KEY, 3)],
    ["held chance", new HeldChance(KEY, 3, new Set([STREAM]))],
    ["chance of which another stream is held", new HeldChance(KEY, 3, new Set([1]))],
  ])("has the bits that %s gives one by one", (_name, chance) => {
    const batch = new Batch(plain);
    const pair = new Float64Array(2);
    for (const count of [1, 2, 3, 5, Batch.room]) {
      address(batch, count);
      chance.pairs(batch, count, STREAM, HIGH);
      for (let i = 0; i < count; i += 1) {
        chance.pair(pair, STREAM, HIGH, batch.causes[i], batch.numbers[i]);
        expect([batch.first[i], batch.second[i]]).toEqual([...pair]);
      }
    }
  });

  it("waits as long as exponentials do, to the last bit", () => {
    const batch = new Batch(plain);
    const chance = new Chance(KEY, 0);
    const [slow, quick] = [exponential(90), exponential(1 / 3)];
    let different = 0;
    const look = (): void => {
      const [first, second] = [batch.first.slice(), batch.second.slice()];
      batch.exponentials("first", Batch.room, 90);
      batch.exponentials("second", Batch.room, 1 / 3);
      for (let i = 0; i < Batch.room; i += 1) {
        if (batch.first[i] !== slow.quantile(first[i])) different += 1;
        if (batch.second[i] !== quick.quantile(second[i])) different += 1;
      }
    };
    for (let round = 0; round < 200; round += 1) {
      address(batch, round);
      chance.pairs(batch, Batch.room, STREAM, HIGH);
      look();
    }
    // The least and the greatest uniform, and those about the bounds of the reduced mantissa.
    const edges = [2 ** -53, 1 - 2 ** -53, 0.5, 0.5 - 2 ** -53, 1 - Math.SQRT1_2];
    for (let i = 0; i < Batch.room; i += 1) {
      batch.first[i] = edges[i % edges.length];
      batch.second[i] = 1 - Math.SQRT1_2 + (i - 512) * 2 ** -53;
    }
    look();
    expect(different).toBe(0);
  });

  it("is refused beyond its room", () => {
    const chance = new Chance(KEY, 0);
    expect(() => chance.pairs(new Batch(plain), Batch.room + 1, STREAM, HIGH)).toThrow(RangeError);
  });
});

it("a batch is drawn in WebAssembly here, and by chance where an engine has none", () => {
  const key = { first: 1, second: 2 };
  expect(new Batch().drawn(1, STREAM, HIGH, key)).toBe(true);
  expect(new Batch(true).drawn(1, STREAM, HIGH, key)).toBe(false);
});
