import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type ArmRequest,
  type CompareOptions,
  type CompareOutcome,
  compareArms,
  drawArms,
  loadArms,
  sharedInputs,
} from "gridbench";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "gridbench-sign-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KEY = "assumptions.failure.stableMean";
const requestOf = (...set: readonly string[]): ArmRequest => ({
  base: "baseline",
  variants: [{ name: "dearer", scenario: null, set: ["pricing.cu=0.02 USD/h", ...set] }],
  vary: [],
  run: {},
  metrics: [],
});
const armsOf = (request: ArmRequest) => {
  const loaded = loadArms(request);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  return loaded.value;
};

function options(name: string, draws: number, more: Partial<CompareOptions> = {}): CompareOptions {
  const request = requestOf();
  const arms = armsOf(request);
  const drawn = drawArms(request, arms, { draws, inner: 2, seed: "sign" });
  if (!drawn.ok) throw new Error(JSON.stringify(drawn.faults));
  return {
    arms,
    out: join(folder, name),
    version: "0",
    commit: null,
    workers: 0,
    replications: 4,
    seed: "sign",
    guards: [],
    primary: ["a.turns", "b.keeps", "c.still"],
    smallest: {},
    farms: false,
    incomeGroups: new Map(),
    study: null,
    engine: new URL("./sign.mjs", import.meta.url).href,
    drawn: drawn.value,
    ...more,
  };
}

async function variantOf(wish: CompareOptions) {
  const outcome: CompareOutcome = await compareArms(wish);
  if (outcome.kind !== "finished") throw new Error(JSON.stringify(outcome));
  const [variant] = outcome.proposal.variants;
  if (variant === undefined) throw new Error("no variant");
  return variant;
}

const textIn = (name: string, file: string): string =>
  readFileSync(join(folder, name, file), "utf8");

describe("the sign of an effect", () => {
  const many = variantOf(options("many", 64));

  // The mean of 13 draws with the share s of the range between 0.793 and 1, evenly: 0.897, so that
  // 4 - 10 (1 - s) is 2.97; between 0 and 0.193 it is -5.03. At the default, 0.483, it is -1.17.
  it("is reversed by the one assumption that decides it, and follows from that", async () => {
    const { uncertainty, effects, verdict } = await many;
    const sign = uncertainty?.["a.turns"]?.sign;
    expect(effects.find(({ name }) => name === "a.turns")?.difference).toBeCloseTo(-1.17, 1);
    expect(sign).toMatchObject({ sign: -1, reading: "found" });
    expect(sign?.reverses).toMatchObject([{ key: KEY, assumption: "A-01" }]);
    const [held] = sign?.reverses ?? [];
    expect(Math.abs((held?.mean ?? 0) - 2.97)).toBeLessThan(0.4);
    expect([12, 13]).toContain(held?.n);
    // 131.9 d and three fifths of the way to 150 d.
    expect(held?.held).toEqual(["142.76 d", "150 d"]);
    expect(sign?.follows_from).toEqual([{ key: KEY, assumption: "A-01" }]);
    // Of the draws, those with s above 0.6: a share of 0.387 of them, one in each slice.
    expect(Math.abs((sign?.positive ?? 0) - 0.387 * 64)).toBeLessThan(1.5);
    expect((sign?.positive ?? 0) + (sign?.negative ?? 0)).toBe(64);
    expect(uncertainty?.["a.turns"]?.inputs[0]?.key).toBe(KEY);
    // It was fitted: what is recalled or judged owes nothing of it.
    expect(uncertainty?.["a.turns"]?.guesses?.share).toBeLessThan(0.5);
    expect(verdict).toContain(`reversed by \`${KEY}\` at 142.76 d to 150 d (A-01)`);
    expect(verdict).toContain(`follows from assumption A-01 (\`${KEY}\`)`);
  });

  it("that nothing reverses is said to have none, and what never moves is not drawn", async () => {
    const { uncertainty, verdict } = await many;
    expect(uncertainty?.["b.keeps"]?.sign).toMatchObject({
      ...{ sign: 1, reading: "none found", reverses: [], suspects: [], follows_from: [] },
      ...{ positive: 64, negative: 0, other: 0 },
    });
    // Between 1 and 3 whatever the two are, and the middle 95 % of draws not far inside.
    const [low, high] = uncertainty?.["b.keeps"]?.inputs95 ?? [0, 0];
    expect(low).toBeGreaterThan(1);
    expect(low).toBeLessThan(1.6);
    expect(high).toBeGreaterThan(2.4);
    expect(high).toBeLessThan(3.05);
    expect(uncertainty?.["c.still"]).toBeUndefined();
    // As many as there are: no end has too few of 64 draws.
    const ends = uncertainty?.["b.keeps"]?.sign?.ends ?? 0;
    expect(verdict).toContain(
      `At none of ${ends} ends of ranges that were looked at is its sign reversed.`,
    );
    // Only the first intervals are of chance: those of draws stand in no brackets.
    expect(verdict).toMatch(/The intervals in brackets hold 95 % of the play of chance/);
  });

  it("is not identified by eight draws", async () => {
    const { uncertainty, verdict } = await variantOf(options("few", 8));
    const sign = uncertainty?.["a.turns"]?.sign;
    expect(sign).toMatchObject({ reading: "not identified", reverses: [], follows_from: [] });
    expect(verdict).toContain("is not identified with 8 draws");
  });
});

describe("the draws of a comparison", () => {
  it("leave the bytes alone, with workers, without, and after an interruption", async () => {
    const controller = new AbortController();
    const stopped = options("resumed", 8, {
      signal: controller.signal,
      onProgress: ({ done }) => done > 20 && controller.abort(),
    });
    expect(await compareArms(stopped)).toMatchObject({ kind: "interrupted" });
    await variantOf(options("resumed", 8, { resume: true }));
    await variantOf(options("threads", 8, { workers: 2 }));
    await variantOf(options("few", 8));
    for (const file of ["comparison.json", "proposal.json", "uncertainty.csv"]) {
      expect(textIn("resumed", file)).toBe(textIn("few", file));
      expect(textIn("threads", file)).toBe(textIn("few", file));
    }
    expect(existsSync(join(folder, "few", "draws"))).toBe(false);
    expect(textIn("few", "uncertainty.csv").trimEnd().split("\n")).toHaveLength(9);
    // Without draws nothing of them is left, and the rest is what it was.
    await variantOf(options("few", 8, { drawn: undefined }));
    expect(existsSync(join(folder, "few", "uncertainty.csv"))).toBe(false);
    expect(JSON.parse(textIn("few", "comparison.json")).uncertainty).toBeUndefined();
  });

  it("are the same for base and variant, and hold what any arm decides", () => {
    const request = requestOf("failure.stableMean=120 d");
    const arms = armsOf(request);
    const keys = sharedInputs(arms).map(({ key }) => key);
    expect(keys).not.toContain(KEY);
    expect(keys).toContain("assumptions.hardware.shape");
    expect(keys.filter((key) => key.startsWith("assumptions.response."))).toEqual([]);
    const drawn = drawArms(request, arms, { draws: 8, inner: 2, seed: "sign" });
    if (!drawn.ok) throw new Error("no draws");
    for (const { base, variants } of drawn.value.arms) {
      const own = base.setup.assumptions;
      const theirs = variants[0]?.setup.assumptions;
      expect(theirs?.hardware).toEqual(own.hardware);
      expect([own.failure.stableMean, theirs?.failure.stableMean]).toEqual(
        [131.9, 120].map((days) => days * 86_400),
      );
    }
  });
});
