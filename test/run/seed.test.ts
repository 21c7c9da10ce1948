import { describe, expect, it } from "vitest";
import { keyOf } from "../../src/run/seed.ts";

describe("a seed", () => {
  it("stands for the same key on every machine", () => {
    expect(keyOf("baseline")).toEqual([3_467_982_117, 474_203_112]);
  });

  it("differs in its key from every other of a thousand", () => {
    const keys = new Set(Array.from({ length: 1000 }, (_, i) => keyOf(`seed ${i}`).join()));
    expect(keys.size).toBe(1000);
  });
});
