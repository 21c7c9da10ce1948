import { describe, expect, it } from "vitest";
import { Chance, exponential, philox4x32, streamId } from "../../src/kernel/index.ts";
import { MirroredChance } from "../../src/run/chance.ts";

/** Known answers of Random123, tests/kat_vectors, philox4x32 10: counter and key, then words. */
const KNOWN = `
  00000000 00000000 00000000 00000000 00000000 00000000 | 6627e8d5 e169c58d bc57ac4c 9b00dbd8
  ffffffff ffffffff ffffffff ffffffff ffffffff ffffffff | 408f276d 41c83b0e a20bc7c6 6d5451fd
  243f6a88 85a308d3 13198a2e 03707344 a4093822 299f31d0 | d16cfe09 94fdcceb 5001e420 24126ea1
`;

describe("philox4x32", () => {
  it("gives the words that its authors print", () => {
    const out = new Uint32Array(4);
    for (const line of KNOWN.trim().split("\n")) {
      const [address, words] = line.split("|").map((half) => half.trim().split(/\s+/));
      const [c0, c1, c2, c3, k0, k1] = address.map((hex) => Number.parseInt(hex, 16));
      philox4x32(out, c0, c1, c2, c3, k0, k1);
      expect([...out].map((word) => word.toString(16).padStart(8, "0"))).toEqual(words);
    }
  });
});

const KEY = [0x01234567, 0x89abcdef] as const;

/** Chi-square of n uniforms in 256 cells; with 255 degrees its sd is 22.6. */
function chiSquare(draw: (i: number) => number, n: number): number {
  const cells = new Float64Array(256);
  for (let i = 0; i < n; i += 1) cells[Math.floor(draw(i) * 256)] += 1;
  return cells.reduce((sum, cell) => sum + ((cell - n / 256) * (cell - n / 256) * 256) / n, 0);
}

/** Five standard deviations of a chi-square with 255 degrees of freedom. */
const CHI_SQUARE_MAX = 255 + 5 * Math.sqrt(510);

describe("chance", () => {
  it("is the same at the same address, in any order and from any object", () => {
    const one = new Chance(KEY, 3);
    const other = new Chance(KEY, 3);
    const forward: number[] = [];
    for (let i = 0; i < 500; i += 1) forward.push(one.uniform(i % 7, i >> 3, i, i % 5));
    for (let i = 499; i >= 0; i -= 1) {
      other.word(1, 2, 3, i);
      expect(other.uniform(i % 7, i >> 3, i, i % 5)).toBe(forward[i]);
    }
  });

  it("changes with each of its coordinates, the seed and the replication", () => {
    const at = (
      key: readonly [number, number],
      replication: number,
      a: readonly number[],
    ): number => new Chance(key, replication).uniform(a[0], a[1], a[2], a[3]);
    const values = new Set([
      at(KEY, 0, [1, 2, 3, 4]),
      at(KEY, 0, [2, 2, 3, 4]),
      at(KEY, 0, [1, 3, 3, 4]),
      at(KEY, 0, [1, 2, 4, 4]),
      at(KEY, 0, [1, 2, 3, 5]),
      at(KEY, 0, [2, 1, 3, 4]),
      at(KEY, 1, [1, 2, 3, 4]),
      at([KEY[0] + 1, KEY[1]], 0, [1, 2, 3, 4]),
      at([KEY[0], KEY[1] + 1], 0, [1, 2, 3, 4]),
    ]);
    expect(values.size).toBe(9);
  });

  it("is even over (0, 1) along every coordinate", () => {
    const chance = new Chance(KEY, 1);
    const n = 100_000;
    expect(chiSquare((i) => chance.uniform(i, 0, 0, 0), n)).toBeLessThan(CHI_SQUARE_MAX);
    expect(chiSquare((i) => chance.uniform(9, i, 0, 0), n)).toBeLessThan(CHI_SQUARE_MAX);
    expect(chiSquare((i) => chance.uniform(9, 0, i, 0), n)).toBeLessThan(CHI_SQUARE_MAX);
    expect(chiSquare((i) => chance.uniform(9, 0, 0, i), n)).toBeLessThan(CHI_SQUARE_MAX);
    expect(chiSquare((i) => new Chance(KEY, i).uniform(9, 0, 0, 0), n)).toBeLessThan(
      CHI_SQUARE_MAX,
    );
    expect(chiSquare((i) => chance.word(9, 0, 0, i) / 2 ** 32, n)).toBeLessThan(CHI_SQUARE_MAX);
  });

  it("does not correlate between streams, replications, neighbours, or its own word", () => {
    const chance = new Chance(KEY, 1);
    const next = new Chance(KEY, 2);
    const a = streamId("up");
    const n = 100_000;
    const pairs: readonly ((i: number) => number)[] = [
      (i) => chance.uniform(streamId("down"), 0, i, 0),
      (i) => next.uniform(a, 0, i, 0),
      (i) => chance.uniform(a, 0, i + 1, 0),
      (i) => chance.uniform(a, 0, i, 1),
      (i) => chance.word(a, 0, i, 0) / 2 ** 32,
    ];
    for (const other of pairs) {
      let sum = 0;
      for (let i = 0; i < n; i += 1) sum += (chance.uniform(a, 0, i, 0) - 0.5) * (other(i) - 0.5);
      // The product of two independent uniforms about their mean has a deviation of 1/12.
      expect(Math.abs(sum / n)).toBeLessThan(5 / (12 * Math.sqrt(n)));
    }
  });

  it("stays strictly inside (0, 1), and its mirror is as exact", () => {
    const chance = new Chance(KEY, 0);
    for (let i = 0; i < 20_000; i += 1) {
      const u = chance.uniform(1, 0, 0, i);
      expect(u > 0 && u < 1 && 1 - (1 - u) === u).toBe(true);
    }
  });

  it("gives two of one address that are independent, the first the one it always gives", () => {
    const chance = new Chance(KEY, 0);
    const mirrored = new MirroredChance(KEY, 0);
    const pair = new Float64Array(2);
    const mirror = new Float64Array(2);
    const n = 20_000;
    let sum = 0;
    let wrong = 0;
    for (let i = 0; i < n; i += 1) {
      chance.pair(pair, 9, 1, 2, i);
      mirrored.pair(mirror, 9, 1, 2, i);
      sum += (pair[0] - 0.5) * (pair[1] - 0.5);
      if (pair[0] !== chance.uniform(9, 1, 2, i)) wrong += 1;
      if (mirror[0] !== 1 - pair[0] || mirror[1] !== 1 - pair[1]) wrong += 1;
      if (!(pair[1] > 0 && pair[1] < 1)) wrong += 1;
    }
    expect(wrong).toBe(0);
    expect(Math.abs(sum / n)).toBeLessThan(5 / (12 * Math.sqrt(n)));
  });

  it("chooses every index of a small count, and no other", () => {
    const chance = new Chance(KEY, 0);
    const seen = new Array<number>(7).fill(0);
    for (let i = 0; i < 7000; i += 1) seen[chance.index(7, 3, 0, i, 0)] += 1;
    for (const count of seen) expect(Math.abs(count - 1000)).toBeLessThan(5 * Math.sqrt(857));
  });

  it("draws a distribution at the uniform of the same address", () => {
    const chance = new Chance(KEY, 0);
    const law = exponential(5);
    expect(chance.draw(law, 1, 2, 3, 4)).toBe(law.quantile(chance.uniform(1, 2, 3, 4)));
  });

  it("names streams by the published FNV-1a hash", () => {
    expect([streamId(""), streamId("a"), streamId("foobar")]).toEqual([
      0x811c9dc5, 0xe40c292c, 0xbf9cf968,
    ]);
  });
});
