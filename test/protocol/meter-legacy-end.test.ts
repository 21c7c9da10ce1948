/** Rents of the lock based rules with their deployments, and ends at the word of the owner. */
import { describe, expect, it } from "vitest";
import { closeLegacyRow } from "../../src/protocol/meter-legacy.ts";
import type { LegacyTerms } from "../../src/protocol/meter-legacy-table.ts";
import {
  account,
  balance,
  bill,
  changesOf,
  fixed,
  gained,
  type LockAccount,
  type LockRow,
  lockTariff,
  lockTerms,
  rowOf,
} from "./legacy-hand.ts";
import { RENT, ROOM, UNPAID } from "./meter-hand.ts";

/** A rent, two deployments on its node, one that ended, one elsewhere, and a name of its number. */
const NODE: readonly LockRow[] = [
  { kind: "rent", idle: RENT, node: 1 },
  { node: 1, locked: 20 },
  { node: 1, locked: 30, extra: 3 },
  { node: 1, state: "ended", locked: 40 },
  { node: 2, locked: 50 },
  { kind: "name", node: 1, locked: 60 },
];
const states = (of: LockAccount) => NODE.map((_, row) => rowOf(of, row).state);

describe("a rent", () => {
  it("takes the contracts of its node into grace", () => {
    const of = account(600, 500, NODE);
    bill(of);
    expect(states(of)).toEqual(["grace", "grace", "grace", "ended", "created", "created"]);
    expect(changesOf(of.out)).toEqual([0, 1, 2].map((row) => `${row} 600 graceEntered`));
    expect([1, 2, 4].map((row) => rowOf(of, row).since)).toEqual([600, 600, 0]);
  });

  it("takes them out of it, those that were not in it without a word", () => {
    const rows = NODE.map((row, at): LockRow => (at < 2 ? { ...row, state: "grace" } : row));
    const of = account(10_000, 500, rows);
    bill(of);
    expect(states(of)).toEqual(["created", "created", "created", "ended", "created", "created"]);
    expect(changesOf(of.out)).toEqual(["0 600 graceLeft", "1 600 graceLeft"]);
  });

  it("starts the grace anew of those that were in it already, without a word", () => {
    const rows = NODE.map(
      (row, at): LockRow => (at === 1 ? { ...row, state: "grace", since: 5 } : row),
    );
    const of = account(600, 500, rows);
    bill(of);
    expect(changesOf(of.out)).toEqual(["0 600 graceEntered", "2 600 graceEntered"]);
    expect([1, 2].map((row) => rowOf(of, row).since)).toEqual([600, 600]);
  });

  it("leaves them as they are while it stays as it is", () => {
    const rows = NODE.map((row, at): LockRow => (at === 1 ? { ...row, state: "grace" } : row));
    const of = account(10_000, 500, rows);
    bill(of);
    expect(states(of)).toEqual(["created", "grace", "created", "ended", "created", "created"]);
  });

  it("ends with them, and what was locked for them is paid to nobody", () => {
    const rows = NODE.map((row, at): LockRow => (at < 3 ? { ...row, state: "grace" } : row));
    const of = account(600, 600, rows);
    bill(of, 60_000);
    expect(states(of)).toEqual(["ended", "ended", "ended", "ended", "created", "created"]);
    expect(changesOf(of.out)).toEqual(["1 60000 ended", "2 60000 ended", "0 60000 ended"]);
    expect(gained(of)).toEqual([0, 0, 0, 0, 53]);
  });

  it("takes nobody along of another account", () => {
    const stranger = ROOM - 1;
    const rent: LockRow = { kind: "rent", idle: RENT };
    const into = account(600, 500, [rent]);
    bill(into);
    const end = account(600, 500, [{ ...rent, state: "grace" }]);
    bill(end, 60_000);
    for (const of of [into, end]) {
      expect(rowOf(of, stranger)).toMatchObject({ state: "grace", since: 0, locked: 7 });
      expect([of.out.changes, of.out.unpaid]).toEqual([1, 0]);
    }
  });

  it("alone takes others along", () => {
    const rows = NODE.map((row, at): LockRow => (at === 0 ? { node: 1, locked: 9 } : row));
    const of = account(550, 500, rows);
    bill(of);
    expect(states(of)).toEqual(["grace", "created", "created", "ended", "created", "created"]);
    const gone = account(
      ...([550, 500] as const),
      rows.map((row, at): LockRow => (at === 0 ? { ...row, state: "grace" } : row)),
    );
    bill(gone, 60_000);
    expect(states(gone)).toEqual(["ended", "created", "created", "ended", "created", "created"]);
  });
});

describe("a contract that its owner ends", () => {
  const close = (of: LockAccount, more: Partial<LegacyTerms> = {}): boolean => {
    const { wallet, meter, out } = of;
    meter.lastBilled[0] = 0;
    return closeLegacyRow(wallet, meter, { ...lockTerms, ...more }, lockTariff, 0, 600, out);
  };

  it("is paid what was locked for it, and not its last stretch", () => {
    const of = account(10_000, 560, [{ locked: 120, cycles: 1 }]);
    expect(close(of)).toBe(true);
    expect([rowOf(of).state, balance(of), gained(of)]).toEqual([
      ...["ended", [9_880, 0]],
      [12, 6, 60, 42, 0],
    ]);
  });

  it("is gone at once where nothing is due", () => {
    const of = account(10_000, 0, [{ idle: UNPAID }]);
    expect(close(of)).toBe(true);
    expect([rowOf(of).state, changesOf(of.out)]).toEqual(["ended", ["0 600 ended"]]);
  });

  it("stays what it was where its last payout fails", () => {
    for (const state of ["created", "grace"] as const) {
      const of = account(900, 900, [{ state, locked: 400, extra: 80 }]);
      expect(close(of)).toBe(false);
      expect([rowOf(of).state, balance(of), changesOf(of.out)]).toEqual([state, [900, 900], []]);
    }
  });

  it("stays what it was where no time has passed to divide its traffic by", () => {
    const of = account(10_000, 500, [{ told: 5, locked: 60 }]);
    const { wallet, meter, out } = of;
    meter.lastBilled[0] = 600;
    expect(closeLegacyRow(wallet, meter, lockTerms, lockTariff, 0, 600, out)).toBe(false);
    expect([rowOf(of).state, rowOf(of).told, balance(of)]).toEqual(["created", 5, [10_000, 500]]);
  });

  it("waits, as a rent, until its node wakes", () => {
    const sleeper: LockRow = { kind: "rent", idle: RENT, asleep: true, locked: 1_000, extra: 10 };
    const of = account(10_000, 2_000, [sleeper]);
    expect(close(of)).toBe(true);
    expect([rowOf(of).state, balance(of), changesOf(of.out)]).toEqual([
      ...["deleted", [10_000, 2_000]],
      [],
    ]);
    of.meter.asleep[0] = 0;
    expect(bill(of, 1_200)).toBe(true);
    expect([rowOf(of).state, balance(of)]).toEqual(["ended", [8_990, 990]]);
  });

  it("ends asleep where that is mended, with nothing due", () => {
    const sleeper: LockRow = { kind: "rent", idle: RENT, asleep: true, locked: 1_000, extra: 10 };
    const of = account(10_000, 2_000, [sleeper]);
    expect(close(of, fixed("standbyCancel", "lastStretch"))).toBe(true);
    expect([rowOf(of).state, balance(of)]).toEqual(["ended", [8_990, 990]]);
  });
});
