import { describe, expect, it } from "vitest";
import { type Effect, judgeGuards } from "../../src/run/effect.ts";
import { readGuard, readSmallest } from "../../src/scenario/guard.ts";

const read = (text: string) => {
  const reading = readGuard(text);
  if (!reading.ok) throw new Error(reading.expected);
  return reading.value;
};

const effect = (bounds: readonly [number, number] | null, weight: Effect["weight"] = "open") =>
  ({ name: "node.availability", n: 8, weight, relative95: bounds, ci95: bounds }) as Effect;

describe("a guard", () => {
  it.each([
    ["node.availability >= -0.5 %", ">=", -0.005, "%"],
    ["node.availability>=-0.5pp", ">=", -0.005, "pp"],
    ["contract.refused_share <= 2 %", "<=", 0.02, "%"],
  ])("%s is read", (text, sense, limit, unit) => {
    expect(read(text)).toMatchObject({ sense, limit, unit });
  });

  it.each(["node.availability > -0.5 %", "node.availability >= -0.5", ">= 1 %", ""])(
    "`%s` is refused",
    (text) => {
      expect(readGuard(text)).toMatchObject({ ok: false });
    },
  );

  it.each([
    // The interval's worse bound decides, so that what is not known does not pass.
    ["node.availability >= -0.5 %", [-0.004, 0.01], "pass"],
    ["node.availability >= -0.5 %", [-0.005, 0.01], "pass"],
    ["node.availability >= -0.5 %", [-0.006, 0.01], "undecided"],
    ["node.availability >= -0.5 %", [-0.02, -0.006], "fail"],
    ["node.availability >= -0.5 pp", [-0.02, -0.006], "fail"],
    ["node.availability <= 0.5 %", [-0.01, 0.004], "pass"],
    ["node.availability <= 0.5 %", [-0.01, 0.006], "undecided"],
    ["node.availability <= 0.5 %", [0.006, 0.01], "fail"],
    ["node.availability >= -0.5 %", null, "undecided"],
  ] as const)("%s against %j: %s", (text, bounds, result) => {
    expect(judgeGuards([read(text)], [effect(bounds)])[0]?.result).toBe(result);
  });

  it("passes on what does not change at all, and fails on it where a rise is asked for", () => {
    const [held, missed] = judgeGuards(
      [read("node.availability >= -0.5 %"), read("node.availability >= 1 %")],
      [effect(null, "none")],
    );
    expect([held?.result, missed?.result]).toEqual(["pass", "fail"]);
  });
});

describe("the smallest effect that matters", () => {
  it.each([
    ["0.5 %", 0.005, "%"],
    ["0.1 pp", 0.001, "pp"],
    ["0.10 USD", 0.1, "USD"],
  ])("%s is read", (text, amount, unit) => {
    expect(readSmallest(text)).toMatchObject({ ok: true, value: { amount, unit } });
  });

  it("has a unit, and is no loss", () => {
    expect(readSmallest("0.5").ok).toBe(false);
    expect(readSmallest("-1 %").ok).toBe(false);
  });
});
