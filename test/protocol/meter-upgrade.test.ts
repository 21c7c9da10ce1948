import fc from "fast-check";
import { describe, it } from "vitest";
import { agreesAcrossUpgrade, histories } from "./legacy-history.ts";

describe("an account on rows of a table that goes from locks to reserves", () => {
  it("equals the chain's upgrade and all bills after it, to the last unit", () => {
    const across = fc.property(histories, (history) => agreesAcrossUpgrade(history, "chain"));
    fc.assert(across, { seed: 20_241_105, numRuns: 300 });
  });

  it("has the same bills in bulk and one by one", () => {
    const across = fc.property(histories, (history) => agreesAcrossUpgrade(history, "step"));
    fc.assert(across, { seed: 20_241_106, numRuns: 400 });
  });
});
