import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readQuantity, writeQuantity } from "../../src/scenario/index.ts";

const READINGS = `
  duration       60 d              5184000
  duration       12h               43200
  duration       0.1 s             0.1
  duration       1e3 min           60000
  duration       -5 d              -432000
  duration       1 month           2629800
  size           16 GiB            17179869184
  size           5 TB              5000000000000
  size           0.5 kB            500
  share          20 %              0.2
  share          0.1 %             0.001
  share          -0.5 pp           -0.005
  share          3 ‰               0.003
  money          0.08 USD          0.08
  money          80 mUSD           0.08
  tokens         2 TFT             2
  count          1_000             1000
  number         -0.75             -0.75
  number         .5                0.5
  chainUsd       0.0000001 USD     1
  chainUsd       0.3 USD           3000000
  chainMilliUsd  80 mUSD           80
  chainMilliUsd  2.4 USD           2400
`;

const REFUSALS = `
  duration       60                a bare number where a unit is due
  duration       60 days           an unknown unit
  duration       d                 no number
  duration       1.2.3 d           two points
  duration       60 d/h            a bar where none is due
  size           16 gb             a unit in the wrong case
  share          0.2               a bare number where a percent sign is due
  count          1.5               a count that is not whole
  count          12 d              a unit where none is due
  money          0.08 EUR          another currency
  chainUsd       0.00000001 USD    a price below one chain unit
  chainMilliUsd  0.0001 USD        an amount below a thousandth
`;

const rows = (table: string): (readonly [string, string, string])[] =>
  table
    .trim()
    .split("\n")
    .map((line) => {
      const [kind = "", text = "", last = ""] = line.trim().split(/\s{2,}/);
      return [kind, text, last] as const;
    });

const KINDS = [
  "duration",
  "size",
  "share",
  "money",
  "tokens",
  "count",
  "number",
  "chainUsd",
  "chainMilliUsd",
] as const;

const kindOf = (word: string): (typeof KINDS)[number] => {
  const kind = KINDS.find((each) => each === word);
  if (kind === undefined) throw new Error(`no kind ${word}`);
  return kind;
};

describe("a quantity is read exactly into base units", () => {
  it.each(rows(READINGS))("%s %s is %s", (kind, text, value) => {
    expect(readQuantity(kindOf(kind), text)).toEqual({ ok: true, text, value: Number(value) });
  });
});

describe("a quantity is refused", () => {
  it.each(rows(REFUSALS))("%s %s: %s", (kind, text) => {
    expect(readQuantity(kindOf(kind), text).ok).toBe(false);
  });

  it.each([true, null, undefined, [1], { d: 1 }, Number.NaN])("not a text or number: %s", (raw) => {
    expect(readQuantity("duration", raw).ok).toBe(false);
  });
});

it("takes a price for a time only with the bar that its declaration has", () => {
  expect(readQuantity("chainUsd", "0.005 USD/h", "/h")).toMatchObject({ value: 50_000 });
  expect(readQuantity("chainUsd", "0.005 USD / h", "/h")).toMatchObject({ value: 50_000 });
  expect(readQuantity("chainUsd", "0.005 USD", "/h").ok).toBe(false);
  expect(readQuantity("chainUsd", "0.005 USD/d", "/h").ok).toBe(false);
  expect(readQuantity("chainUsd", "0.005 USD/h").ok).toBe(false);
});

it("reads back what it writes, to the last bit", () => {
  const whole = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
  const real = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 });
  const cases = fc.oneof(
    fc.tuple(fc.constantFrom("count", "chainUsd", "chainMilliUsd", "size", "duration"), whole),
    fc.tuple(fc.constantFrom("duration", "number", "share", "money", "tokens"), real),
  );
  fc.assert(
    fc.property(cases, ([word, value]) => {
      const kind = kindOf(word);
      const read = readQuantity(kind, writeQuantity(kind, value));
      expect(read).toMatchObject({ ok: true, value: value + 0 });
    }),
    { seed: 20230401, numRuns: 2_000 },
  );
});

it("writes a length in the largest unit in which it is whole", () => {
  const written = [0, 59, 3_600, 86_400, 90_000, 0.5].map((each) =>
    writeQuantity("duration", each),
  );
  expect(written).toEqual(["0 s", "59 s", "1 h", "1 d", "25 h", "0.5 s"]);
});
