/** Entries of maps and sorted lists, and the weights of farms that are kept in one. */
import { describe, expect, it } from "vitest";
import { farmId } from "../../src/protocol/contract/state.ts";
import {
  placeByHalving,
  sortedNames,
  withEntry,
  withName,
  withoutEntry,
  withoutName,
} from "../../src/protocol/entry.ts";
import { addWeight, takeWeight, weightOf } from "../../src/protocol/weight.ts";
import { bytes, cores, GIB } from "../../src/units/index.ts";

describe("a map", () => {
  const map = new Map([["a", 1]]);

  it("gets and loses entries without being touched", () => {
    expect([...withEntry(map, "b", 2)]).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
    expect([...withEntry(map, "a", 3)]).toEqual([["a", 3]]);
    expect([...withoutEntry(map, "a")]).toEqual([]);
    expect(withoutEntry(map, "b")).toBe(map);
    expect([...map]).toEqual([["a", 1]]);
  });
});

describe("a list of names", () => {
  it("is sorted by code unit, so that capitals come first", () => {
    const given = ["b", "a", "B", "a", "c", "\u00e9", "C"];
    expect(sortedNames(given)).toEqual(["B", "C", "a", "a", "b", "c", "\u00e9"]);
    expect(sortedNames([...given].reverse())).toEqual(sortedNames(given));
    expect(given[0]).toBe("b");
  });

  it.each([
    ["A", ["A", "b", "d"]],
    ["c", ["b", "c", "d"]],
    ["e", ["b", "d", "e"]],
  ])("takes %s at its place", (name, list) => {
    expect(withName(["b", "d"], name)).toEqual(list);
  });

  it("loses every one of a name", () => {
    expect(withoutName(["a", "b", "a"], "a")).toEqual(["b"]);
    expect(withoutName(["a"], "b")).toEqual(["a"]);
  });
});

/** A list, what is looked for, and where halving finds it; in one that is unsorted it may not. */
const PLACES: readonly (readonly [readonly number[], number, number | null])[] = [
  [[], 1, null],
  [[4], 4, 0],
  [[4], 3, null],
  [[4], 5, null],
  [[1, 2, 3, 4, 5], 1, 0],
  [[1, 2, 3, 4, 5], 5, 4],
  [[1, 2, 3, 4], 3, 2],
  [[5, 1, 2], 5, null],
  [[2, 3, 1], 1, null],
];

describe("halving", () => {
  it.each(PLACES)("%j for %i: %s", (list, wanted, place) => {
    expect(placeByHalving(list, wanted)).toBe(place);
  });
});

describe("a farm's weight", () => {
  const node = (memory: number) => ({
    farm: farmId(7),
    resources: {
      ...{ cru: cores(8n), mru: bytes(BigInt(memory * GIB)) },
      ...{ sru: bytes(BigInt(512 * GIB)), hru: bytes(BigInt(1024 * GIB)) },
    },
  });

  it("is the sum over its nodes, and nothing without one", () => {
    // 20 CU and 2 SU weigh 42.
    const one = addWeight(new Map(), node(16));
    expect([weightOf(one, farmId(7)), weightOf(one, farmId(8))]).toEqual([42n, 0n]);
    const two = addWeight(one, node(16));
    expect(weightOf(two, farmId(7))).toBe(84n);
    expect(weightOf(takeWeight(two, node(16)), farmId(7))).toBe(42n);
  });

  it("stops at nothing where more is taken away, and wraps at 64 bits where more is added", () => {
    const light = new Map([[farmId(7), 41n]]);
    expect(weightOf(takeWeight(light, node(16)), farmId(7))).toBe(0n);
    expect(weightOf(takeWeight(new Map([[farmId(7), 42n]]), node(16)), farmId(7))).toBe(0n);
    const full = new Map([[farmId(7), 2n ** 64n - 41n]]);
    expect(weightOf(addWeight(full, node(16)), farmId(7))).toBe(1n);
  });
});
