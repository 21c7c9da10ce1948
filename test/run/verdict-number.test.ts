import { describe, expect, it } from "vitest";
import { amount, percent } from "../../src/run/verdict-number.ts";

describe("numbers of a verdict", () => {
  it.each([
    // Known within 10.2: two digits of that are whole numbers.
    [-40.0808, "USD", 10.2, "\u221240 USD"],
    [-19.5887, "USD", 1.5, "\u221219.6 USD"],
    [1_234_567.8, "TFT", 5000, "1,234,568 TFT"],
    [0.0041234, "1", 0.002, "0.0041"],
    // Nothing is left of it, nor of its sign.
    [-0.04, "USD", 20, "0 USD"],
  ])("%d %s within %d is %s", (value, unit, half, text) => {
    expect(amount(value, unit, half)).toBe(text);
  });

  it("have in percent no more digits than what they are known within", () => {
    expect(percent(-0.0123456, 0.002)).toBe("\u22121.23 %");
    expect(percent(-0.0123456, 0.02)).toBe("\u22121.2 %");
  });
});
