import { describe, expect, it } from "vitest";
import { liveChain } from "../protocol/chain-swarm.ts";
import { live } from "../protocol/swarm.ts";

describe("the swarm, for long", () => {
  it.each(["reserve", "legacy", "upgrade"] as const)(
    "40 lives of 200 windows hold together under the %s rules",
    (rules) => {
      for (let seed = 1_001; seed <= 1_040; seed++) {
        const { faults } = live({ seed, rules, windows: 200 });
        expect({ seed, faults }).toEqual({ seed, faults: [] });
      }
    },
  );

  it("100 lives of a whole chain of 60 windows hold together", () => {
    for (let seed = 1_001; seed <= 1_100; seed++) {
      const life = { seed: String(seed), windows: 60 };
      expect({ life, faults: liveChain(life).faults }).toEqual({ life, faults: [] });
    }
  });
});
