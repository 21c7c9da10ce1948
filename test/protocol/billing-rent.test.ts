/** A rent, the deployments on its node and its fee since spec 152; amounts added up by hand. */
import { describe, expect, it } from "vitest";
import { bill, contractId, type GridState } from "../../src/protocol/index.ts";
import { tft } from "../../src/units/index.ts";
import {
  deploy,
  FIRST,
  pay,
  rent,
  SECOND,
  start,
  stateOf,
  tryFee,
  tryName,
  UNUSED,
} from "./acts.ts";
import { terms, time, value } from "./grid.ts";
import { inGrace, recorded } from "./records.ts";

const by = terms("reserve");
const at = (state: GridState, block: number, id = FIRST) => value(bill(state, id, time(block), by));
const record = (state: GridState, id = FIRST) => state.payments.get(id);

describe("a rent and its deployments", () => {
  /** A rent and two deployments that use nothing, one with an address. */
  const three = (account: string) =>
    deploy(deploy(rent(start(), account), account, { ips: 1, used: UNUSED, block: 2 }), account, {
      used: UNUSED,
      block: 2,
    });
  const THIRD = contractId(3);

  it("fall into grace together, each told", () => {
    const done = at(three("charlie"), 11);
    const since = { kind: "ContractGracePeriodStarted", since: 11 };
    expect(done.events).toEqual([
      { ...since, contract: 1 },
      { ...since, contract: 2 },
      { ...since, contract: 3 },
      { kind: "ContractPaymentOverdrawn", contract: 1, reserved: 149_500n, overdrawn: 164_820n },
    ]);
    expect(stateOf(done.state, THIRD)).toEqual({ kind: "grace", since: 11 });
  });

  it.each(["standardOverdraft", "additionalOverdraft"] as const)(
    "leave it together, but for one with its own %s",
    (owed) => {
      const state = recorded(at(three("charlie"), 11).state, SECOND, { [owed]: tft(1n) });
      const done = at(pay(state, "charlie", 10n ** 9n), 21);
      expect(stateOf(done.state, FIRST)).toEqual({ kind: "created" });
      expect(stateOf(done.state, SECOND)).toEqual({ kind: "grace", since: 11 });
      expect(stateOf(done.state, THIRD)).toEqual({ kind: "created" });
      expect(done.events.slice(0, 2)).toEqual([
        { kind: "ContractGracePeriodEnded", contract: 1 },
        { kind: "ContractGracePeriodEnded", contract: 3 },
      ]);
    },
  );

  it("with mended grace tell nothing of those that were there already", () => {
    const mended = { ...by, billing: { ...by.billing, quirks: { childGrace: "fixed" } } } as const;
    const early = inGrace(three("charlie"), SECOND, 4);
    const done = value(bill(early, FIRST, time(11), mended));
    expect(done.events.slice(0, 2)).toEqual([
      { kind: "ContractGracePeriodStarted", contract: 1, since: 11 },
      { kind: "ContractGracePeriodStarted", contract: 3, since: 11 },
    ]);
    expect(stateOf(done.state, SECOND)).toEqual({ kind: "grace", since: 4 });
  });

  it.each([
    ["standardReserve", "grace"],
    ["additionalReserve", "grace"],
    ["standardOverdraft", undefined],
  ] as const)("that held %s at the end of grace: the rent is %s", (held, kind) => {
    const late = recorded(at(three("charlie"), 11).state, SECOND, { [held]: tft(1n) });
    expect(stateOf(at(late, 111).state, FIRST)?.kind).toBe(kind);
    // A block earlier it is in grace in any case.
    expect(stateOf(at(late, 110).state, FIRST)?.kind).toBe("grace");
  });

  it("in grace do not hold a name", () => {
    const poorly = at(three("charlie"), 11).state;
    const named = value(
      tryName(pay(poorly, "charlie", 10n ** 9n), "charlie", "abc", { block: 12 }),
    );
    const fourth = contractId(4);
    expect(stateOf(at(inGrace(named.state, fourth, 12), 22, fourth).state, fourth)?.kind).toBe(
      "created",
    );
  });

  it("a deployment whose rent is in good standing leaves its grace by itself", () => {
    const state = recorded(inGrace(three("bob"), SECOND, 4), SECOND, {
      standardOverdraft: tft(5n),
    });
    const done = at(state, 11, SECOND);
    expect(stateOf(done.state, SECOND)).toEqual({ kind: "created" });
    expect(done.events[0]).toEqual({ kind: "ContractGracePeriodEnded", contract: 2 });
    expect(done.events).toHaveLength(2);
    expect(stateOf(done.state, FIRST)).toEqual({ kind: "created" });
  });
});

describe("the extra fee", () => {
  const dear = () => rent(value(tryFee(start(), "alice", 100_000n)), "charlie");

  it.each([
    // 314320 and 462960 are due; 149500 are usable of what charlie has.
    [0n, { additionalReserve: 149_500n, standardReserve: 0n }, 313_460n, 314_320n],
    [313_460n, { additionalReserve: 462_960n, standardReserve: 0n }, 0n, 314_320n],
    [313_461n, { additionalReserve: 462_960n, standardReserve: 1n }, 0n, 314_319n],
    [627_780n, { additionalReserve: 462_960n, standardReserve: 314_320n }, 0n, 0n],
  ])("is set aside first: with %i more", (more, held, additionalOverdraft, standardOverdraft) => {
    const state = more === 0n ? dear() : pay(dear(), "charlie", more);
    const done = at(state, 11);
    expect(record(done.state)).toMatchObject({ ...held, additionalOverdraft, standardOverdraft });
  });

  it("that is owed is paid before the cost that is owed, and both before nothing", () => {
    const owing = { standardOverdraft: tft(100n), additionalOverdraft: tft(10n) };
    const short = at(recorded(dear(), FIRST, owing), 11).state;
    expect(record(short)).toMatchObject({
      ...{ additionalReserve: 149_500n, standardReserve: 0n },
      ...{ additionalOverdraft: 313_470n, standardOverdraft: 314_420n },
    });
    const held = { ...owing, standardReserve: tft(7n), additionalReserve: tft(3n) };
    const rich = pay(recorded(dear(), FIRST, held), "charlie", 10n ** 9n);
    const done = at(rich, 11);
    expect(done.bill?.taken).toBe(314_320n + 462_960n + 110n);
    expect(record(done.state)).toMatchObject({
      ...{ additionalReserve: 462_973n, standardReserve: 314_427n },
      ...{ additionalOverdraft: 0n, standardOverdraft: 0n },
    });
  });
});
