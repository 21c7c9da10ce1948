import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { upgradeRows } from "../../src/protocol/meter-upgrade.ts";
import { account, type LockRow } from "./legacy-hand.ts";
import { agreesAcrossUpgrade, histories } from "./legacy-history.ts";
import { emptyMeter, ROOM } from "./meter-hand.ts";

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

/** A row of locks that is made one of reserves: its state, what was locked for it, and in extra. */
function upgraded(rows: readonly LockRow[], frozen: number) {
  const of = account(10_000, frozen, rows);
  const meter = { ...emptyMeter(), ...of.meter };
  meter.reserve.fill(3);
  meter.extraReserve.fill(4);
  meter.overdraft.fill(5);
  meter.extraOverdraft.fill(6);
  upgradeRows(of.wallet, meter);
  const { reserve, extraReserve, overdraft, extraOverdraft, locked, extraLocked } = meter;
  const columns = [reserve, extraReserve, overdraft, extraOverdraft, locked, extraLocked];
  return {
    money: [of.wallet.free, of.wallet.frozen],
    row: (at: number) => columns.map((column) => column[at]),
    state: (at: number) => meter.state[at],
  };
}

describe("a row of locks at the upgrade", () => {
  it("owes what was locked for it, and no lock is left on its account", () => {
    const { money, row, state } = upgraded(
      [
        { locked: 100, extra: 10 },
        { state: "grace", locked: 200 },
        { state: "ended", locked: 7, extra: 8 },
      ],
      310,
    );
    expect(money).toEqual([10_000, 0]);
    expect([row(0), row(1)]).toEqual([
      [0, 0, 100, 10, 0, 0],
      [0, 0, 200, 0, 0, 0],
    ]);
    expect([state(0), state(1)]).toEqual([0, 1]);
    // What has ended stays as it was, and so does what is not this account's.
    expect(row(2)).toEqual([3, 4, 5, 6, 7, 8]);
    expect(row(ROOM - 1)).toEqual([3, 4, 5, 6, 7, 7]);
  });

  it("must not be a rent that waits for its node to wake", () => {
    const waiting: LockRow = { kind: "rent", state: "deleted", asleep: true };
    expect(() => upgraded([waiting], 0)).toThrow("waits, deleted");
  });
});
