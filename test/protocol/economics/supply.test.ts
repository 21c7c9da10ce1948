import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allocations,
  burnFrom,
  capOf,
  existing,
  lastingOf,
  mintAll,
  mintUpToCap,
  noSupply,
  paidUnderCap,
  roomIn,
  type Supply,
  tokens,
} from "../../../src/protocol/index.ts";

const SETTINGS = { seed: 504_102, numRuns: 300 };
const UNITS = 10_000_000n;

describe("what a cap leaves of what is due", () => {
  it.each([
    [7, 10n, 20n, 7],
    [7, 10n, 10n, 7],
    [7, 10n, 9n, 6],
    [7, 10n, 5n, 3],
    [7, 10n, 1n, 0],
    [7, 10n, 0n, 0],
    [7, 10n, -3n, 0],
    [0, 10n, 5n, 0],
  ])("%i of %i due, with room for %i, is paid as %i", (due, all, room, paid) => {
    expect(paidUnderCap(due, all, room)).toBe(paid);
  });
});

describe("the supply of a token", () => {
  const acts = fc.array(
    fc.record({
      act: fc.constantFrom("mintAll", "mintUpToCap", "burn"),
      amount: fc.bigInt(0n, 6n * 10n ** 15n),
    }),
    { maxLength: 30 },
  );

  it("changes by what is minted less what is burned, and stays within its cap", () => {
    fc.assert(
      fc.property(acts, (all) => {
        let supply: Supply = noSupply("TFT");
        for (const { act, amount } of all) {
          const before = existing(supply);
          const room = roomIn(supply) ?? 0n;
          if (act === "mintUpToCap") {
            const done = mintUpToCap(supply, amount);
            expect(done.minted).toBe(amount < room ? amount : room);
            expect(existing(done.supply) - before).toBe(done.minted);
            supply = done.supply;
          } else if (act === "mintAll") {
            const done = mintAll(supply, amount);
            expect(done.ok).toBe(amount <= room);
            if (done.ok) expect(existing(done.value) - before).toBe(amount);
            if (done.ok) supply = done.value;
          } else {
            const done = burnFrom(supply, amount);
            expect(done.ok).toBe(amount <= before);
            if (done.ok) expect(before - existing(done.value)).toBe(amount);
            if (done.ok) supply = done.value;
          }
          expect(existing(supply)).toBe(supply.minted - supply.burned);
          expect(existing(supply) >= 0n && existing(supply) <= 10n ** 16n).toBe(true);
        }
      }),
      SETTINGS,
    );
  });

  it.each([
    ["TFT", 1_000_000_000n],
    ["INCA", 4_000_000_000n],
    ["SPORE", 10_000_000_000n],
  ] as const)("of %s ends at %s whole tokens", (token, cap) => {
    expect(capOf(token)).toBe(cap * UNITS);
    const full = mintAll(noSupply(token), cap * UNITS);
    if (!full.ok) throw new Error("the cap leaves no room for itself");
    expect(mintAll(full.value, 1n)).toEqual({ ok: false, error: "SupplyCapReached" });
    expect(mintUpToCap(full.value, 5n).minted).toBe(0n);
  });

  it("has no end where no source gives one", () => {
    expect(roomIn(noSupply("CC"))).toBeNull();
    expect(mintUpToCap(noSupply("CC"), 10n ** 30n).minted).toBe(10n ** 30n);
  });
});

describe("what becomes of a supply", () => {
  const of = (minted: bigint): Supply => {
    const made = mintAll(noSupply("INCA"), minted);
    if (!made.ok) throw new Error(made.error);
    return made.value;
  };

  it("is that no more is burned than there is, and that to the last unit", () => {
    expect(burnFrom(of(5n), 6n)).toEqual({ ok: false, error: "MoreThanExists" });
    const burned = burnFrom(of(5n), 5n);
    expect(burned.ok && existing(burned.value)).toBe(0n);
  });

  it("is that what was burned makes room again, under the cap", () => {
    const cap = capOf("INCA") ?? 0n;
    const burned = burnFrom(of(cap), 7n);
    if (!burned.ok) throw new Error(burned.error);
    expect(roomIn(burned.value)).toBe(7n);
  });
});

describe("a stock that is given out", () => {
  it.each([
    [1_475_000_000n, 40_000_000n, 36n, 35_000_000n, "36.9"],
    [1_475_000_000n, 287_500_000n, 5n, 37_500_000n, "5.1"],
    [100n, 10n, 10n, 0n, "10.0"],
    [9n, 10n, 0n, 9n, "0.9"],
  ])(
    "of %s at %s a month lasts %s months and %s, or %4$s",
    (stock, perMonth, months, rest, text) => {
      expect(lastingOf(stock, perMonth)).toEqual({ months, rest });
      expect((Number(stock) / Number(perMonth)).toFixed(1)).toBe(text);
    },
  );

  it("lasts for ever where nothing is taken", () => {
    expect(lastingOf(5n, 0n)).toBeNull();
  });
});

describe("every plan of who is to own INCA", () => {
  it.each(allocations.map((plan) => [plan.name, plan] as const))(
    "%s sums to the cap",
    (_, plan) => {
      const sum = plan.lines.reduce((total, line) => total + line.amount, 0n);
      expect(sum).toBe(tokens[plan.token].cap);
      expect(plan.source).not.toBe("");
    },
  );

  const LATER =
    "farmers and technology of grids 1 to 3, farmers of grid 4, community, grants, liquidity, " +
    "investors, Dubai holding, team";
  const NAMED = [
    "inca-2024-04-25  holders of TFT, farming, community, team",
    "inca-2024-04-30  holders of TFT, farming, community, team",
    `inca-2024-08-16  ${LATER}`,
    `inca-2024-08-17  ${LATER}`,
  ];

  it("names who is to own it, and says what is open about it in all but the first", () => {
    const told = allocations.map(
      ({ name, lines }) => `${name}  ${lines.map(({ to }) => to).join(", ")}`,
    );
    expect(told).toEqual(NAMED);
    expect(allocations.map(({ open }) => open.filter((text) => text !== "").length)).toEqual([
      0, 1, 1, 1,
    ]);
  });

  it("gives holders of TFT three, then two INCA for each of at most a thousand million", () => {
    const holders = allocations.slice(0, 2).map(({ lines }) => lines[0]?.amount);
    expect(holders).toEqual([3_000_000_000n, 2_000_000_000n]);
  });
});
