import { describe, expect, test } from "vitest";
import { civil, dateText, instantOf, isoDay } from "../../src/report/calendar.ts";
import {
  grouped,
  intervalText,
  meanText,
  plain,
  roundText,
  spreadText,
  styleOf,
} from "../../src/report/number.ts";

const told = (text: string): string => text.replaceAll(/\s/g, " ");

describe("numbers", () => {
  const ESTIMATES: readonly (readonly [
    name: string,
    unit: string,
    mean: number,
    half: number,
    text: string,
    between: string,
    title: string,
  ])[] = [
    ["node.availability", "1", 0.98423, 0.0004, "98.423 %", "98.383–98.463 %", "98.4 %"],
    ["node.count", "1", 2761, 0, "2,761", "no spread", "2,761"],
    [
      "mint.tft",
      "TFT",
      3_618_000,
      4200,
      "3,618,000 TFT",
      "3,613,800–3,622,200 TFT",
      "3.62 million TFT",
    ],
    ["billing.charged_tft", "TFT", 44_194.3, 51, "44,194 TFT", "44,143–44,245 TFT", "44,194 TFT"],
    ["user.spend_usd", "USD", 87_244, 11_213, "87,000 USD", "76,000–98,000 USD", "87,000 USD"],
    ["farmer.gini", "1", 0.681, 0.02, "0.681", "0.661–0.701", "0.68"],
    ["token.price_usd", "USD", 0.08, 0, "0.08 USD", "no spread", "0.08 USD"],
    ["node.uptime_permille", "permille", 991.2, 1.4, "991.2 ‰", "989.8–992.6 ‰", "991 ‰"],
    ["user.spend_usd", "USD", -12.5, 0.25, "−12.50 USD", "−12.75–−12.25 USD", "−12.5 USD"],
  ];
  test.each(ESTIMATES)(
    "%s in %s of %d ± %d is written with the digits its interval allows",
    (name, unit, mean, half, text, between, title) => {
      const estimate = { mean, low: mean - half, high: mean + half };
      const style = styleOf(name, unit);
      expect(told(meanText(estimate, style))).toBe(text);
      expect(told(intervalText(estimate, style))).toBe(between);
      expect(told(roundText(estimate, style))).toBe(title);
    },
  );

  test("one replication has no interval", () => {
    expect(intervalText({ mean: 3, low: null, high: null }, { scale: 1, unit: "" })).toBe("");
  });

  test("what was not measured is said to be so", () => {
    expect(meanText({ mean: Number.NaN, low: null, high: null }, { scale: 1, unit: "" })).toBe(
      "not measured",
    );
    expect(plain(Number.NaN)).toBe("not measured");
  });

  test("a deviation has two digits, whatever its size", () => {
    expect([465_842, 1_043_000, 4018, 12.34, 0.0971, 99.6, 0].map(spreadText)).toEqual([
      "470,000",
      "1,000,000",
      "4,000",
      "12",
      "0.097",
      "100",
      "0",
    ]);
  });

  test("thousands are apart, and zero has no sign", () => {
    expect(grouped(1_234_567.891, 2)).toBe("1,234,567.89");
    expect(grouped(-0.001, 2)).toBe("0.00");
    expect(grouped(999, 0)).toBe("999");
  });
});

describe("dates", () => {
  test("agree with the calendar of the engine over two centuries", () => {
    for (let day = -36_525; day < 36_525; day += 7) {
      const date = new Date(day * 86_400_000);
      expect(civil(day * 86_400 + 86_399)).toEqual({
        year: date.getUTCFullYear(),
        month: date.getUTCMonth() + 1,
        day: date.getUTCDate(),
      });
      expect(instantOf(isoDay(day * 86_400 + 3))).toBe(day * 86_400);
    }
  });

  test("the baseline begins on 1 April 2023", () => {
    expect(dateText(1_680_353_800)).toBe("1 April 2023");
    expect(isoDay(1_680_353_800)).toBe("2023-04-01");
  });
});
