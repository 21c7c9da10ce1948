import { expect, it } from "vitest";
import type { Effect } from "../../src/run/effect.ts";
import { verdictOf } from "../../src/run/verdict.ts";

const effect: Effect = {
  name: "a.share",
  unit: "1",
  base: 1,
  variant: 0.5,
  n: 8,
  difference: -0.5,
  ci95: [-0.9, -0.1],
  bootstrap95: null,
  simultaneous95: null,
  p: 0.02,
  pAdjusted: 0.4,
  relative: -0.5,
  relative95: [-0.9, -0.1],
  varianceReduction: null,
  identity: null,
  smallest: { size: 0.005, text: "0.5 %" },
  weight: "open",
};

const told = (change: Partial<Effect>): string =>
  verdictOf({
    effects: [{ ...effect, ...change }],
    primary: ["a.share"],
    changes: { values: [], added: [], removed: [], keys: [] },
    guards: [],
    farms: null,
    replications: 8,
    uncertainty: null,
  });

it("says why an effect is open whose own interval holds no zero", () => {
  const among = "too little to be sure of among all that was measured";
  expect(told({})).toContain(among);
  expect(told({ p: 0.2 })).not.toContain(among);
  // Smaller than what matters, however sure.
  expect(told({ pAdjusted: 0.04 })).not.toContain(among);
  expect(told({ pAdjusted: 0.04, weight: "clear" })).not.toContain(among);
});
