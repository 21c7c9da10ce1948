import { describe, expect, it } from "vitest";
import { Chance } from "../../src/kernel/index.ts";
import { HeldChance } from "../../src/world/held.ts";

const KEY: readonly [number, number] = [11, 22];
const HELD = 5;
const FREE = 6;
const held = (replication: number) => new HeldChance(KEY, replication, new Set([HELD]));

describe("held chance", () => {
  it("gives a held stream the same numbers in every replication, those of replication 0", () => {
    for (const replication of [0, 1, 7]) {
      expect(held(replication).uniform(HELD, 1, 2, 3)).toBe(
        new Chance(KEY, 0).uniform(HELD, 1, 2, 3),
      );
      expect(held(replication).word(HELD, 1, 2, 3)).toBe(new Chance(KEY, 0).word(HELD, 1, 2, 3));
      const [pair, expected] = [new Float64Array(2), new Float64Array(2)];
      held(replication).pair(pair, HELD, 1, 2, 3);
      new Chance(KEY, 0).pair(expected, HELD, 1, 2, 3);
      expect(pair).toEqual(expected);
      expect(held(replication).index(100, HELD, 1, 2, 3)).toBe(held(0).index(100, HELD, 1, 2, 3));
    }
  });

  it("leaves all other streams to the replication", () => {
    for (const replication of [0, 1, 7])
      expect(held(replication).uniform(FREE, 1, 2, 3)).toBe(
        new Chance(KEY, replication).uniform(FREE, 1, 2, 3),
      );
    expect(held(1).uniform(FREE, 1, 2, 3)).not.toBe(held(2).uniform(FREE, 1, 2, 3));
  });
});
