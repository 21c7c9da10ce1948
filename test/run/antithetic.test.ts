import { describe, expect, it } from "vitest";
import { Chance, streamId } from "../../src/kernel/index.ts";
import { MirroredChance } from "../../src/run/chance.ts";
import { replicate } from "../../src/run/replicate.ts";
import { loadScenario } from "../../src/scenario/index.ts";

const STREAM = streamId("test.mirror");

describe("a mirror", () => {
  it("has 1 - u for u, and the other bits of a word, at every address", () => {
    const [chance, mirror] = [new Chance([1, 2], 3), new MirroredChance([1, 2], 3)];
    for (let i = 0; i < 100; i += 1) {
      const u = chance.uniform(STREAM, 0, i, 0);
      expect(mirror.uniform(STREAM, 0, i, 0)).toBe(1 - u);
      expect(mirror.word(STREAM, 0, i, 0)).toBe(~chance.word(STREAM, 0, i, 0) >>> 0);
      expect(mirror.index(10, STREAM, 0, i, 0)).toBe(Math.floor((1 - u) * 10));
    }
  });
});

describe("an antithetic pair of worlds", () => {
  it("is replication k and its mirror, the same wherever it is made", () => {
    const loaded = loadScenario("baseline", {
      set: ["fleet.nodes=40"],
      run: { days: "3" },
    });
    if (!loaded.ok) throw new Error("it does not load");
    const { setup } = loaded.value;
    const make = (replication: number, antithetic: boolean) =>
      replicate(setup, [7, 8], replication, {
        checkInvariants: true,
        place: { time: null, event: "" },
        antithetic,
      }).metrics;
    expect(make(4, true)).toEqual(make(2, false));
    expect(make(5, true)).not.toEqual(make(4, true));
    expect(make(5, true)).toEqual(make(5, true));
  });
});
