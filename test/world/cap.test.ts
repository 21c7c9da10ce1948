import { describe, expect, test } from "vitest";
import { PERIOD_LENGTH, paidUnderCap } from "../../src/protocol/index.ts";
import { seconds } from "../../src/units/index.ts";
import type { World } from "../../src/world/index.ts";
import { supplyOf } from "../../src/world/market.ts";
import type { Setup } from "../../src/world/setup.ts";
import { run } from "./money.ts";
import { setting } from "./setting.ts";

const SUPPLY = 1_000_000;
const ONE = 10_000_000;

/** Three periods of a few nodes; nothing more is minted from so many tokens on, 0 for no end. */
function capped(cap: number): Setup {
  const made = setting({ fleet: { nodes: 60 }, price: { supply: SUPPLY } }, { periods: 3 });
  const { policy } = made;
  return {
    ...made,
    length: seconds(3 * PERIOD_LENGTH),
    policy: { ...policy, minting: { ...policy.minting, cap } },
  };
}

const minted = ({ paydays }: World): readonly number[] => paydays.map(({ tft }) => tft);

describe("what is due where not all of it may be minted", () => {
  test("is paid in part, the same part for everybody, cut to whole units", () => {
    expect([7, 2, 1].map((due) => paidUnderCap(due, 10n, 5n))).toEqual([3, 1, 0]);
  });

  test("is paid whole where it fits, and not at all where the cap is reached", () => {
    expect(paidUnderCap(7, 10n, 10n)).toBe(7);
    expect(paidUnderCap(7, 10n, 0n)).toBe(0);
    expect(paidUnderCap(7, 10n, -3n)).toBe(0);
  });
});

/** A world at its end, and what its second payday paid every node. */
function lived(cap: number): { readonly world: World; readonly second: readonly number[] } {
  let second: readonly number[] = [];
  const see = ({ paydays, mint }: World): void => {
    if (paydays.length === 2 && second.length === 0) second = [...mint.paid];
  };
  return { world: run(capped(cap), { check: true, see }), second };
}

describe("a world whose tokens may not be more than so many", () => {
  const free = lived(0);
  const [first, second] = minted(free.world);
  // The first period fits; of the second one, about the half. Nothing is burned.
  const cap = SUPPLY + Math.floor((first + second / 2) / ONE);
  const held = lived(cap);
  const [one, two, three] = minted(held.world);
  const room = (cap - SUPPLY) * ONE - first;

  test("mints as ever until the cap is near", () => {
    expect(minted(free.world).every((tft) => tft > 0)).toBe(true);
    expect(held.world.ledger.burned.value).toBe(0n);
    expect(one).toBe(first);
  });

  test("pays everybody the same part of what is due in the period that reaches it", () => {
    const parts = free.second.map((due) => Number((BigInt(due) * BigInt(room)) / BigInt(second)));
    expect(held.second).toEqual(parts);
    expect(two).toBe(parts.reduce((sum, part) => sum + part, 0));
    expect(room - two).toBeLessThan(parts.length);
  });

  test("mints next to nothing after, and never comes to have more", () => {
    expect(three).toBeLessThan(held.second.length);
    expect(held.world.paydays[2].paid).toBeLessThanOrEqual(three);
    expect(supplyOf(held.world, null)).toBeLessThanOrEqual(BigInt(cap) * BigInt(ONE));
  });

  test("may have a part of a token to spare", () => {
    const half = lived(SUPPLY + 0.5).world;
    // Half a token is 5,000,000 units, of which rounding takes less than one a node: some sixty.
    expect(half.ledger.minted.value).toBeLessThanOrEqual(5_000_000n);
    expect(half.ledger.minted.value).toBeGreaterThan(4_999_900n);
  });
});
