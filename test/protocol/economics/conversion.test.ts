import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Conversion,
  conversions,
  convert,
  creditRateHolds,
} from "../../../src/protocol/index.ts";
import { seconds } from "../../../src/units/index.ts";

const TFT = 10_000_000n;

function conversion(name: string): Conversion {
  const found = conversions.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no conversion ${name}`);
  return found;
}

const CASES = `
  conversion           at           tft  outcome
  tft-inca-2024-04-25  1714521600   10   30
  tft-inca-2024-04-30  1714521600   10   20
  tft-inca-2024-04-30  1735689599   10   20              the last second of 2024
  tft-inca-2024-04-30  1735689600   10   FixedRateEnded  the market decides from 2025 on
  tft-inca-2024-12     1740000000   10   10
  tft-cc-2025-10       1770000000   10   5
  tft-spore-2025-11    1782863999   10   100             the last second of June 2026
  tft-spore-2025-11    1782864000   10   FixedRateEnded
`;

/** Name, what becomes of what is given, months of vesting, and how many questions are open. */
const TERMS = `
  tft-inca-2024-04-25  burned     0   0
  tft-inca-2024-04-30  burned     0   0
  tft-inca-2024-12     converted  18  2
  tft-cc-2025-10       locked     0   1
  tft-spore-2025-11    converted  0   1
`;

it("the published conversions say where, what becomes of the TFT, and what is open", () => {
  const told = conversions.map(({ name, given, vesting, open }) =>
    [name, given, vesting, open.length].join(" "),
  );
  const rows = TERMS.trim().split("\n");
  expect(told).toEqual(rows.map((row) => row.trim().split(/\s+/).join(" ")));
  const texts = conversions.flatMap(({ source, open }) => [source, ...open]);
  expect(texts.filter((text) => !/\w{3}/.test(text))).toEqual([]);
});

describe("a conversion at a fixed rate", () => {
  const rows = CASES.trim()
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/));

  it.each(rows)("%s at %s of %s TFT gives %s", (name, at, tft, outcome) => {
    const ask = { amount: BigInt(tft ?? "") * TFT, from: "TFT", at: seconds(Number(at)) } as const;
    const answer = convert(conversion(name ?? ""), ask);
    const told = answer.ok ? String(answer.value.received / TFT) : answer.error;
    expect(told).toBe(outcome);
  });

  it("goes one way only", () => {
    for (const each of conversions) {
      const ask = { amount: TFT, from: each.to, at: seconds(0) };
      expect(convert(each, ask)).toEqual({ ok: false, error: "OneWayOnly" });
    }
  });

  it("rounds down and never gives more than the rate", () => {
    const credits = conversion("tft-cc-2025-10");
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 17n), (amount) => {
        const answer = convert(credits, { amount, from: "TFT", at: seconds(0) });
        if (!answer.ok) throw new Error(answer.error);
        const { given, received } = answer.value;
        expect(given).toBe(amount);
        expect(received * 2n <= amount && amount < (received + 1n) * 2n).toBe(true);
      }),
      { seed: 504_105, numRuns: 200 },
    );
  });

  it("into credits holds until a TFT is worth more than half a credit", () => {
    expect([63n, 64n, 65n].map((price) => creditRateHolds(price, 128n))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
