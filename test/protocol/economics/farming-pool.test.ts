import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  acceptPrice,
  divideWithPool,
  type FarmingPool,
  findEconomics,
  joinPool,
  mayFarm,
  type PoolMove,
  poolOf,
  priceSetter,
  rewardUnderPromise,
  suggestedPrices,
} from "../../../src/protocol/index.ts";
import { milliUsd, permille, seconds } from "../../../src/units/index.ts";

const range = { low: milliUsd(2_000n), high: milliUsd(9_000n) };
const pools: readonly FarmingPool[] = [
  { name: "north", uptime: permille(980), slicePrice: range },
  { name: "south", uptime: permille(950), slicePrice: range },
];
const [north] = pools;

describe("a farming pool", () => {
  it.each([
    [1_999n, "PriceOutsideRange"],
    [2_000n, "2000"],
    [9_000n, "9000"],
    [9_001n, "PriceOutsideRange"],
  ])("answers a price of %s with %s", (price, outcome) => {
    const answer = acceptPrice(range, milliUsd(price));
    expect(answer.ok ? String(answer.value) : answer.error).toBe(outcome);
  });

  it("suggests ranges that are not empty", () => {
    for (const { low, high } of Object.values(suggestedPrices)) expect(low < high).toBe(true);
  });

  it("decides prices from the end of 2025 on, and ThreeFold before", () => {
    expect(priceSetter(seconds(1_767_225_599))).toBe("ThreeFold");
    expect(priceSetter(seconds(1_767_225_600))).toBe("farming pool");
  });

  it("pays a capacity reward in full or, below its promise, not at all", () => {
    if (north === undefined) throw new Error("no pool");
    expect(rewardUnderPromise(414n, permille(980), north)).toBe(414n);
    expect(rewardUnderPromise(414n, permille(979), north)).toBe(0n);
  });
});

describe("a farm that joins a pool", () => {
  const moved = (...moves: readonly PoolMove[]): readonly PoolMove[] =>
    moves.reduce<readonly PoolMove[]>((all, move) => {
      const next = joinPool(all, move, pools);
      return next.ok ? next.value : all;
    }, []);

  it("belongs to it from the next period on, and leaves it the same way", () => {
    const moves = moved(
      { farm: 1, pool: "north", period: 80 },
      { farm: 1, pool: "south", period: 83 },
      { farm: 2, pool: "south", period: 80 },
    );
    const course = [80, 81, 83, 84].map((period) => poolOf(moves, 1, period));
    expect(course).toEqual([null, "north", "north", "south"]);
    expect(poolOf(moves, 2, 84)).toBe("south");
    expect(poolOf(moves, 3, 84)).toBeNull();
  });

  it("is bound by its last decision of a period", () => {
    const moves = moved(
      { farm: 1, pool: "north", period: 80 },
      { farm: 1, pool: "south", period: 80 },
    );
    expect(poolOf(moves, 1, 81)).toBe("south");
  });

  it("is refused by a pool that there is not", () => {
    const move = { farm: 1, pool: "east", period: 80 };
    expect(joinPool([], move, pools)).toEqual({ ok: false, error: "NoSuchPool" });
  });

  it("may farm in a pool or with a certificate", () => {
    expect([mayFarm(null, "Diy"), mayFarm(null, "Certified"), mayFarm("north", "Diy")]).toEqual([
      false,
      true,
      true,
    ]);
  });
});

it("what users pay is divided 60/20/20 to the last unit, in a pool or not", () => {
  const shares = findEconomics("v4-2024-11")?.shares ?? [];
  fc.assert(
    fc.property(fc.bigInt(0n, 10n ** 17n), fc.constantFrom("north", null), (amount, pool) => {
      const parts = divideWithPool(amount, shares, pool);
      expect(parts.reduce((sum, part) => sum + part.amount, 0n)).toBe(amount);
      expect(parts.map(({ to }) => to)).toEqual([
        "farmer",
        pool === null ? "not said" : "farming pool",
        "ThreeFold, guardians and validators",
      ]);
    }),
    { seed: 504_106, numRuns: 100 },
  );
  expect(divideWithPool(10n, shares, "north").map(({ amount }) => amount)).toEqual([6n, 2n, 2n]);
});
