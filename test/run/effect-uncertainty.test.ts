import { describe, expect, it } from "vitest";
import type { Effect } from "../../src/run/effect.ts";
import { effectUncertainties, type SignReading } from "../../src/run/effect-uncertainty.ts";
import type { Row } from "../../src/run/results.ts";
import { signSentences } from "../../src/run/sign-text.ts";
import { verdictOf } from "../../src/run/verdict.ts";
import type { UncertainInput } from "../../src/scenario/uncertain.ts";

const choice: UncertainInput = {
  ...{ key: "assumptions.c", source: "A-9", default: "a", range: ["a", "b"], quality: "estimate" },
  ...{ together: null, law: { kind: "choice", words: ["a", "b"] } },
};

const effect: Effect = {
  ...{ name: "m", unit: "1", base: 10, variant: 11, difference: 1, ci95: [0.9, 1.1], n: 4 },
  ...{ relative: 0.1, relative95: [0.09, 0.11], bootstrap95: null, simultaneous95: null },
  ...{ p: 0.001, pAdjusted: 0.001, varianceReduction: 1, identity: null, weight: "clear" },
  smallest: { text: "0.5 %", size: 0.005 },
};

const rows = (...values: readonly number[]): readonly Row[] =>
  values.map((value, replication) => ({
    replication,
    metrics: [{ name: "m", value, exact: null }],
  }));

/** What is found of nine draws of these differences, of which the last five have the default. */
function found(differences: readonly number[]) {
  const all = effectUncertainties([effect], {
    inputs: [choice],
    draws: differences.map((_, i) => ({ shares: [i < 4 ? 0.9 : 0.2], texts: [i < 4 ? "b" : "a"] })),
    resample: () => 0.5,
    base: rows(10, 10, 10, 10),
    variant: rows(11, 11, 11, 11),
    drawn: differences.map((each) => ({
      base: rows(10, 10),
      variant: rows(10.01 + each, 9.99 + each),
    })),
    decided: ["m"],
  })["m"];
  if (all === undefined) throw new Error("nothing was found");
  const sign: SignReading | null = all.sign;
  return { sign, all, told: signSentences(effect, all).join(" ") };
}

describe("what reverses a sign that is positive at the defaults", () => {
  it("is the word of a choice whose draws are all negative", () => {
    const { sign } = found([-1.1, -1, -1, -0.9, 1, 1.1, 0.9, 1, 1]);
    expect(sign).toMatchObject({ reading: "found", reverses: [{ held: ["b", "b"], n: 4 }] });
    expect(sign?.reverses[0]?.mean).toBeCloseTo(-1, 9);
    expect(sign?.follows_from).toEqual([{ key: "assumptions.c", assumption: "A-9" }]);
  });

  it("is not the word that it has at the defaults", () => {
    const { sign } = found([1.1, 1, 1, 0.9, -1, -1.1, -0.9, -1, -1]);
    expect(sign).toMatchObject({ reading: "not identified", reverses: [], other: 1 });
  });

  it("is nobody where the mean of all draws is negative, whatever is held", () => {
    const { sign, told } = found([-1.1, -1, -1, -0.9, -1, -1.1, -0.9, -1, -1]);
    expect(sign).toMatchObject({ reading: "all together", reverses: [], suspects: [], other: 2 });
    expect(told).toContain("Their mean has the other sign");
    expect(told).not.toContain("Its sign is reversed by");
  });
});

describe("a verdict on what does not change at the defaults", () => {
  it("tells that it changes in the draws", () => {
    const { all } = found([-1.1, -1, -1, -0.9, 1, 1.1, 0.9, 1, 1]);
    const verdict = verdictOf({
      effects: [{ ...effect, weight: "none" }],
      ...{ primary: ["m"], guards: [], farms: null, replications: 4, uncertainty: { m: all } },
      changes: { keys: [], values: [], added: [], removed: [] },
    });
    expect(verdict).toMatch(
      /^Nothing differs: .* Over 9 draws .* rises in 5 draws and falls in 4\./,
    );
  });
});
