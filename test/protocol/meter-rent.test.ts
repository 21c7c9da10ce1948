/** A rent and its node's contracts on rows of a table, with prices that can be added up by hand. */
import { describe, expect, it } from "vitest";
import { billRow } from "../../src/protocol/meter.ts";
import {
  byHand,
  changesOf,
  type Hand,
  type HandRow,
  hand,
  handTerms,
  rowOf,
  STRANGER,
} from "./meter-hand.ts";

const bill = (of: Hand, block: number, row = 0): boolean =>
  billRow(of.wallet, of.meter, handTerms, byHand(), row, block, of.out);

/** An account after a bill of its first contract at block 600, or at another one. */
function billed(usable: number, rows: readonly HandRow[], block = 600): Hand {
  const of = hand(usable, rows);
  expect(bill(of, block)).toBe(true);
  return of;
}

describe("a rent and what stands on its node", () => {
  const child = { lastBilled: 600 } as const;
  const others = [
    { kind: "rent" },
    child,
    { ...child, state: "grace", since: 5 },
    { ...child, state: "ended", since: 5 },
    { ...child, node: 2 },
    { kind: "name", node: 1 },
  ] as const;
  const states = (of: Hand) =>
    Array.from({ length: of.wallet.count }, (_, row) => {
      const { state, since } = rowOf(of, row);
      return state === "grace" ? `grace ${since}` : state;
    });

  it("fall into grace together, which begins anew for those in it", () => {
    const of = billed(0, others);
    expect(states(of)).toEqual([
      ...["grace 600", "grace 600", "grace 600", "ended", "created", "created"],
    ]);
    expect(changesOf(of)).toEqual(["0 600 graceEntered", "1 600 graceEntered"]);
    expect(of.meter.graceSince[3]).toBe(5);
  });

  it("fall into grace together, which runs on for those in it where that is mended", () => {
    const of = hand(0, others);
    const mended = { ...handTerms, quirks: { childGrace: "fixed" } } as const;
    expect(billRow(of.wallet, of.meter, mended, byHand(), 0, 600, of.out)).toBe(true);
    expect(states(of)).toEqual([
      ...["grace 600", "grace 600", "grace 5", "ended", "created", "created"],
    ]);
    expect(changesOf(of)).toEqual(["0 600 graceEntered", "1 600 graceEntered"]);
  });

  it("leave it together, but for those with debts of their own", () => {
    const grace = { state: "grace", since: 5 } as const;
    const of = billed(4_000, [
      { kind: "rent", ...grace },
      { ...grace },
      { ...grace, overdraft: 1 },
      { ...grace, extraOverdraft: 1 },
      { ...grace, node: 2 },
      { state: "ended", since: 5 },
      {},
      { kind: "name", node: 1, ...grace },
    ]);
    expect(states(of)).toEqual([
      ...["created", "created", "grace 5", "grace 5", "grace 5", "ended", "created", "grace 5"],
    ]);
    expect(changesOf(of)).toEqual(["0 600 graceLeft", "1 600 graceLeft"]);
  });

  it("end together", () => {
    const over = { kind: "rent", state: "grace", since: 0, lastBilled: 600 } as const;
    const of = billed(0, [over, ...others.slice(1)], 1_200);
    expect(states(of)).toEqual([...["ended", "ended", "ended", "ended", "created", "created"]]);
    expect(changesOf(of)).toEqual(["0 1200 ended", "1 1200 ended", "2 1200 ended"]);
  });

  it("a contract that ends takes nothing along", () => {
    const over = { state: "grace", since: 0, lastBilled: 600 } as const;
    expect(states(billed(0, [over, child], 1_200))).toEqual(["ended", "created"]);
  });

  it.each([
    ["reserve", { reserve: 1 }, "grace"],
    ["extra reserve", { extraReserve: 1 }, "grace"],
    ["nothing", {}, "ended"],
    ["a reserve on another node", { reserve: 1, node: 2 }, "ended"],
    ["a reserve after its end", { reserve: 1, state: "ended" }, "ended"],
    ["a reserve of a name", { reserve: 1, kind: "name", node: 1 }, "ended"],
  ] as const)("a rent waits for a child that holds %s: %j: %s", (_, other, state) => {
    const over = { kind: "rent", state: "grace", since: 0, lastBilled: 600 } as const;
    expect(rowOf(billed(0, [over, other], 1_200)).state).toBe(state);
  });

  it("a contract of the node waits for no other", () => {
    const over = { state: "grace", since: 0, lastBilled: 600 } as const;
    expect(rowOf(billed(0, [over, { reserve: 1 }], 1_200)).state).toBe("ended");
  });
});

describe("what is another account's", () => {
  const over = { kind: "rent", state: "grace", since: 0, lastBilled: 600 } as const;
  it.each([
    ["not taken into grace", 0, {}, {}, 600, "grace", "created"],
    ["not taken out of it", 4_000, over, { state: "grace" }, 600, "created", "grace"],
    ["not ended", 0, over, {}, 1_200, "ended", "created"],
    ["not waited for", 0, over, { reserve: 1 }, 1_200, "ended", "created"],
  ] as const)("is %s with a rent", (_, usable, rent, stranger, block, state, other) => {
    const of = hand(usable, [{ kind: "rent", ...rent }], stranger);
    expect(bill(of, block)).toBe(true);
    expect([rowOf(of).state, rowOf(of, STRANGER).state]).toEqual([state, other]);
  });

  it("does not hold a contract in grace", () => {
    const of = hand(4_000, [{ state: "grace", overdraft: 1 }], { kind: "rent", state: "grace" });
    expect(bill(of, 600)).toBe(true);
    expect(rowOf(of).state).toBe("created");
  });
});

describe("a deployment", () => {
  it("takes no other of its node into grace or out of it", () => {
    const into = billed(0, [{}, { lastBilled: 600 }]);
    expect([rowOf(into).state, rowOf(into, 1).state]).toEqual(["grace", "created"]);
    const out = billed(4_000, [{ state: "grace", overdraft: 1 }, { state: "grace" }]);
    expect([rowOf(out).state, rowOf(out, 1).state]).toEqual(["created", "grace"]);
  });
});
