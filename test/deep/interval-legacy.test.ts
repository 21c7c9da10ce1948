import fc from "fast-check";
import { describe, it } from "vitest";
import { agreesBillByBill, agreesWithChain, histories } from "../protocol/legacy-history.ts";

describe("the lock based bills of an account in bulk, for long", () => {
  it("equal every bill one by one over 15,000 histories", () => {
    fc.assert(fc.property(histories, agreesBillByBill), { seed: 79, numRuns: 15_000 });
  });

  it("equal the chain's rules on exact states over 4,000 histories", () => {
    fc.assert(fc.property(histories, agreesWithChain), { seed: 80, numRuns: 4_000 });
  });
});
