import fc from "fast-check";
import { describe, it } from "vitest";
import { TableLegacy } from "./legacy-account.ts";
import {
  agreesBillByBill,
  agreesWithChain,
  changesAsPromised,
  histories,
  same,
} from "./legacy-history.ts";

describe("the lock based bills of an account in bulk", () => {
  it("equal every bill one by one, to the last unit, with every change of state", () => {
    fc.assert(fc.property(histories, agreesBillByBill), { seed: 20_230_601, numRuns: 800 });
  });

  it("equal the chain's rules on exact states, to the last unit", () => {
    fc.assert(fc.property(histories, agreesWithChain), { seed: 20_230_602, numRuns: 300 });
  });

  it("change no state before the block from which they were to be looked at", () => {
    fc.assert(fc.property(histories, changesAsPromised), { seed: 20_230_603, numRuns: 600 });
  });

  it.each([1, 3, 9, 11, 17, 19, 27])("decide by a hair as each bill does, case %i", (n) => {
    const law = { distributionCycles: 24, graceBlocks: 201_600, pricing: 0 };
    const prices = [{ hours: 1, price: 37 }];
    const lived = (bulk: boolean, frames: number) => {
      const account = new TableLegacy(0, bulk);
      account.add({ template: 0, size: 0, phase: 7, provider: -1 }, 7);
      account.deposit(account.threshold(n, law, prices));
      account.run(law, prices, frames * 600 + 8);
      return account.told();
    };
    for (let frames = 0; frames < 8; frames++) same(lived(true, frames), lived(false, frames));
  });

  it("skip years of a rich account without a bill being looked at", () => {
    const law = { distributionCycles: 24, graceBlocks: 201_600, pricing: 0 };
    const prices = [{ hours: 1, price: 37 }];
    const rows = [0, 1, 3].map((template) => ({ template, size: 0, phase: 100 * template }));
    const lived = (bulk: boolean) => {
      const account = new TableLegacy(0, bulk);
      account.deposit(1_000_000_000_000_000);
      for (const row of rows) account.add({ ...row, provider: -1 }, 0);
      account.run(law, prices, 14_400 * 365 * 3);
      return account.told();
    };
    same(lived(true), lived(false));
  });
});
