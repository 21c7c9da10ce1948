import fc from "fast-check";
import { expect, it } from "vitest";
import { readInstant, writeInstant } from "../../src/scenario/instant.ts";
import { seconds } from "../../src/units/index.ts";

it.each([
  ["2023-04-01T12:56:40Z", 1_680_353_800],
  ["2023-04-01", 1_680_307_200],
  ["2023-04-01 12:56", 1_680_353_760],
  ["2023-04-01T12:56:40+00:00", 1_680_353_800],
  ["1970-01-01", 0],
  ["2024-02-29", 1_709_164_800],
])("%s is second %i", (text, instant) => {
  expect(readInstant(text)).toMatchObject({ ok: true, value: instant });
});

it.each([
  "2023-02-29",
  "2023-13-01",
  "2023-04-01T25:00:00Z",
  "2023-04-01T12:00+02:00",
  "yesterday",
  5,
])("%s is no date", (raw) => {
  expect(readInstant(raw).ok).toBe(false);
});

it("agrees with the calendar of the engine and reads back what it writes", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (count) => {
      const text = writeInstant(seconds(count));
      expect(text).toBe(new Date(count * 1_000).toISOString().replace(".000", ""));
      expect(readInstant(text)).toMatchObject({ value: count });
    }),
    { seed: 7, numRuns: 500 },
  );
});
