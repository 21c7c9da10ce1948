/** Five names in one slot and room for two bills a block: worked by hand, to the last unit. */
import { describe, expect, it } from "vitest";
import { bill, contractId, type GridState, type Overflow } from "../../src/protocol/index.ts";
import { BillingLoop } from "../../src/world/billing-loop.ts";
import { free, tryCancel, tryName } from "../protocol/acts.ts";
import { grid, terms, time, value, word } from "../protocol/grid.ts";

const by = terms("reserve");
const IDS = [1, 2, 3, 4, 5] as const;
/** What each may use is 9,000: the deposit of 500 stays. */
const BALANCE = 9_500n;

interface Step {
  readonly block: number;
  readonly id: number;
  readonly due: bigint;
  readonly taken: bigint;
  readonly overdrawn: bigint;
  readonly state: string;
}

/**
 * The five are made in block 1, of accounts of their own, and stand in slot 1 of 10. What a name
 * costs, 13,900 units an hour at 0.05 USD a TFT, is 232 units or 4,640 for the 60 s of a cycle, 255
 * or 5,100 for 66 s, 278 or 5,560 for 72 s, and 695 or 13,900 for 180 s.
 */
function billed(overflow: Overflow, until: number): { state: GridState; steps: readonly Step[] } {
  const users = Object.fromEntries(IDS.map((id) => [`u${id}`, BALANCE]));
  let state = grid({ alice: 10n ** 12n, ...users, staking: 10n ** 6n, foundation: 10n ** 6n });
  const loop = new BillingLoop(overflow);
  for (const id of IDS) {
    state = value(tryName(state, `u${id}`, `name${id}`)).state;
    loop.enter(id, 1);
  }
  // Block 1 has been: the loop begins behind it.
  loop.done = 1;
  const steps: Step[] = [];
  while (loop.done < until) {
    for (const id of loop.next(10, 2)) {
      const done = value(bill(state, contractId(id), time(loop.done), by));
      state = done.state;
      const told = done.bill;
      if (told === null) throw new Error("a name is always billed");
      const { due, taken, overdrawn } = told;
      steps.push({ block: loop.done, id, due, taken, overdrawn, state: told.state.kind });
    }
  }
  return { state, steps };
}

describe("bills that are carried over", () => {
  const { state, steps } = billed("carried", 30);

  it("come a block later for each two before them, and charge the time that they are late", () => {
    expect(steps.slice(0, 5)).toEqual([
      { block: 11, id: 1, due: 4_640n, taken: 4_640n, overdrawn: 0n, state: "created" },
      { block: 11, id: 2, due: 4_640n, taken: 4_640n, overdrawn: 0n, state: "created" },
      { block: 12, id: 3, due: 5_100n, taken: 5_100n, overdrawn: 0n, state: "created" },
      { block: 12, id: 4, due: 5_100n, taken: 5_100n, overdrawn: 0n, state: "created" },
      { block: 13, id: 5, due: 5_560n, taken: 5_560n, overdrawn: 0n, state: "created" },
    ]);
  });

  it("are a cycle apart from then on, and find an empty account as late as they come", () => {
    // 9,000 less the first bill leaves 4,360, 3,900 and 3,440 for a second of 4,640.
    expect(steps.slice(5)).toEqual([
      { block: 21, id: 1, due: 4_640n, taken: 4_360n, overdrawn: 280n, state: "grace" },
      { block: 21, id: 2, due: 4_640n, taken: 4_360n, overdrawn: 280n, state: "grace" },
      { block: 22, id: 3, due: 4_640n, taken: 3_900n, overdrawn: 740n, state: "grace" },
      { block: 22, id: 4, due: 4_640n, taken: 3_900n, overdrawn: 740n, state: "grace" },
      { block: 23, id: 5, due: 4_640n, taken: 3_440n, overdrawn: 1_200n, state: "grace" },
    ]);
    expect(IDS.map((id) => free(state, `u${id}`))).toEqual([500n, 500n, 500n, 500n, 500n]);
  });
});

describe("bills that are skipped", () => {
  const { state, steps } = billed("skipped", 30);

  it("are never made for those who came last", () => {
    expect(steps.map(({ block, id, due }) => [block, id, due])).toEqual([
      [11, 1, 4_640n],
      [11, 2, 4_640n],
      [21, 1, 4_640n],
      [21, 2, 4_640n],
    ]);
    expect(IDS.map((id) => free(state, `u${id}`))).toEqual([500n, 500n, 9_500n, 9_500n, 9_500n]);
  });

  it("leave to the end of a contract what the account cannot pay by then", () => {
    const fifth = contractId(5);
    // Block 31: 180 s since block 1, or 13,900, of which 9,000 are there.
    const ended = tryCancel(state, "u5", fifth, { block: 31 });
    expect(word(ended)).toBe("ok");
    const { state: after } = value(ended);
    expect(free(after, "u5")).toBe(500n);
    expect(after.contracts.has(fifth)).toBe(false);
    // A name pays the staking pool its share and the foundation the rest.
    const paid = (account: string) => (free(after, account) ?? 0n) - 10n ** 6n;
    expect(paid("staking") + paid("foundation")).toBe(9_000n);
  });
});
