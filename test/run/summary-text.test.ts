import { describe, expect, it } from "vitest";
import { foldResults, summaryText } from "../../src/run/index.ts";

const metric = (name: string, value: number) => ({ name, value, exact: null });

const results = foldResults(
  [
    {
      replication: 0,
      metrics: [
        metric("node.count", 2761),
        metric("mint.tft", 3_912_000.5),
        metric("user.rare", NaN),
      ],
    },
    {
      replication: 1,
      metrics: [
        metric("node.count", 2761),
        metric("mint.tft", 3_914_000.5),
        metric("user.rare", NaN),
      ],
    },
  ],
  [
    { name: "mint.tft", unit: "TFT", doc: "" },
    { name: "node.count", unit: "1", doc: "" },
  ],
);

describe("the summary on a terminal", () => {
  it("aligns metric, mean, interval and unit", () => {
    // Two values 2000 apart: half the width is t(0.975, 1) = 12.7062 times 1000.
    expect(summaryText(results)).toBe(
      [
        "metric              mean           95 % interval  unit",
        "mint.tft       3,913,001  3,900,294 .. 3,925,707  TFT",
        "node.count         2,761          2,761 .. 2,761",
        "user.rare   not measured",
      ].join("\n"),
    );
  });
});
