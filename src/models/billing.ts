/**
 * Billing: what becomes of bills for which a block has no room.
 *
 * The chain's sources say who is due in a block and what a bill weighs, and nothing of the rest. By
 * default blocks have room for all, as they had on the real grid.
 */
import { block } from "../units/index.ts";

/** Declared assumptions on full blocks. */
export const billingBlock = block("assumptions.billing", "Bills that find no room.", {
  overflow: {
    kind: "choice",
    default: "none",
    words: ["none", "carried", "skipped"],
    range: null,
    quality: "estimate",
    date: "2026-11",
    source: "A-84",
    doc:
      "What becomes of bills that find no room in their block: there are none, since blocks have " +
      "room for all; carried over to the next blocks; or skipped until the contract's next turn.",
  },
});
