/** When what contracts set aside is paid out since spec 152, and to whom. */
import { describe, expect, it } from "vitest";
import { partiesOf } from "../../src/protocol/billing/due.ts";
import { payOut } from "../../src/protocol/billing/payout.ts";
import type { ContractId, GridState, ReservePayment } from "../../src/protocol/index.ts";
import { tft } from "../../src/units/index.ts";
import { FIRST, free, rent, start, tryFee, tryName } from "./acts.ts";
import { run, terms, value } from "./grid.ts";

const by = terms("reserve");

/** A payout of a contract whose record is changed so. */
function paid(state: GridState, id: ContractId, more: Partial<ReservePayment>) {
  const contract = state.contracts.get(id)!;
  const record = state.payments.get(id)!;
  if (record.rules !== "reserve") throw new Error("no record of the reserve rules");
  const payment = { ...record, ...more };
  return { payment, outcome: payOut(state, claim(state, contract, payment)) };
}

const claim = (
  state: GridState,
  contract: Parameters<typeof partiesOf>[1],
  payment: ReservePayment,
) => ({ contract, payment, parties: value(partiesOf(state, contract)), terms: by });

describe("a payout", () => {
  const dear = rent(value(tryFee(start(), "alice", 100_000n)), "bob");

  it("brings the farmer the extra fee whole, and his half of the rent", () => {
    const done = run(dear, { from: 2, to: 241 }, by);
    const [standard, additional] = [24n * 314_320n, 24n * 462_960n];
    expect(free(done.state, "alice")).toBe(10n ** 12n + standard / 2n + additional);
    expect(free(done.state, "staking")).toBe(10n ** 6n + standard / 10n);
    expect(free(done.state, "foundation")).toBe(10n ** 6n + (standard * 4n) / 10n);
    expect(free(done.state, "bob")).toBe(2_500_000_000n - standard - additional);
    expect(done.events.filter(({ kind }) => kind === "RewardDistributed")).toEqual([
      { kind: "RewardDistributed", contract: FIRST, standard, additional },
    ]);
    const last = done.bills[23];
    expect("error" in last ? last.error : last.distributed).toBe(standard + additional);
  });

  const aside = run(dear, { from: 2, to: 11 }, by).state;
  it.each([
    ["too early", { cycles: 23 }],
    [
      "with nothing set aside",
      { cycles: 24, standardReserve: tft(0n), additionalReserve: tft(0n) },
    ],
  ])("that comes %s moves nothing and tells nothing", (_, more) => {
    const { payment, outcome } = paid(aside, FIRST, more);
    expect(value(outcome)).toEqual({ state: aside, payment, events: [], distributed: 0n });
  });

  it("that is due leaves an empty record that counts from nothing", () => {
    const after = value(paid(aside, FIRST, { cycles: 24 }).outcome);
    expect(after.distributed).toBe(314_320n + 462_960n);
    expect(after.payment).toMatchObject({ standardReserve: 0n, additionalReserve: 0n, cycles: 0 });
  });

  it("of a name goes to the staking pool and the foundation alone", () => {
    const named = value(tryName(start(), "bob", "some_name")).state;
    const state = run(named, { from: 2, to: 11 }, by).state;
    const before = state.ledger.accounts;
    const after = value(paid(state, FIRST, { cycles: 24 }).outcome);
    const { distributed } = after;
    const gained = [...after.state.ledger.accounts].flatMap(([account, { free: now }]) => {
      const gain = now - (before.get(account)?.free ?? 0n);
      return gain === 0n ? [] : [[account, gain]];
    });
    expect(distributed).toBeGreaterThan(0n);
    const staking = (distributed * 10n) / 100n;
    expect(gained).toEqual([
      ["staking", staking],
      ["foundation", distributed - staking],
    ]);
    expect([...after.state.ledger.accounts.keys()]).toEqual([...before.keys()]);
  });
});
