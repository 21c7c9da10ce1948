import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { playScenario } from "../../src/audit/billing-scenario.ts";
import { plain } from "../../src/audit/spot.ts";
import { bill as billOne, contractId, type GridState } from "../../src/protocol/index.ts";
import { deploy, pay, rent, start, tryCancel, tryName, UNUSED } from "./acts.ts";
import { casesOf, scenarioOf } from "./billing-cases.ts";
import { run, terms, time, value } from "./grid.ts";

const by = terms("reserve");

/** What is held and what was issued; and what accounts and contracts say is set aside. */
function sums(state: GridState) {
  let held = 0n;
  let aside = 0n;
  for (const account of state.ledger.accounts.values()) {
    held += account.free + account.reserved;
    aside += account.reserved;
  }
  let recorded = 0n;
  for (const record of state.payments.values()) {
    if (record.rules === "reserve") recorded += record.standardReserve + record.additionalReserve;
  }
  return { held, issued: state.ledger.issuance, aside, recorded };
}

describe("the ledger under bills", () => {
  const scenarios = casesOf("generated-public.json").filter((one) => one.fn === "scenario");

  it.each(scenarios.map((one) => [one.id, one] as const))(
    "of %s holds what was issued, and reserves what contracts set aside",
    (_id, one) => {
      playScenario(scenarioOf(one), (state) => {
        const { held, issued, aside, recorded } = sums(state);
        expect(held).toBe(issued);
        if (one.input.profile === "reserve") expect(aside).toBe(recorded);
      });
    },
  );

  it("neither makes nor loses a unit under any order of bills, payments and ends", () => {
    const step = fc.oneof(
      fc.record({ op: fc.constant("wait" as const), blocks: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ op: fc.constant("pay" as const), amount: fc.bigInt(1n, 1_000_000n) }),
      fc.record({ op: fc.constant("bill" as const), id: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ op: fc.constant("cancel" as const), id: fc.integer({ min: 1, max: 3 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let state = deploy(rent(start(), "charlie"), "charlie", { ips: 2, used: UNUSED });
        state = value(tryName(state, "bob", "name")).state;
        let block = 1;
        for (const one of steps) {
          if (one.op === "wait") {
            state = run(state, { from: block + 1, to: block + one.blocks }, by).state;
            block += one.blocks;
          } else if (one.op === "pay") {
            state = pay(state, "charlie", one.amount);
          } else if (one.op === "bill") {
            const billed = billOne(state, contractId(one.id), time(block), by);
            if (billed.ok) state = billed.value.state;
          } else {
            const account = one.id === 3 ? "bob" : "charlie";
            const gone = tryCancel(state, account, contractId(one.id), { block });
            if (gone.ok) state = gone.value.state;
          }
          const { held, issued, aside, recorded } = sums(state);
          if (held !== issued || aside < recorded) throw new Error(JSON.stringify(plain(one)));
        }
      }),
      { seed: 152, numRuns: 60 },
    );
  });
});
