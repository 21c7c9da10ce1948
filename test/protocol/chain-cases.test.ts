import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { chainResult } from "../../src/audit/chain-case.ts";
import type { Fields } from "../../src/audit/spot.ts";

interface Step {
  readonly call?: string;
  readonly expect?: unknown;
  readonly expect_not?: unknown;
  readonly expect_fields?: object;
}

const read = (file: string): readonly Fields[] =>
  JSON.parse(readFileSync(new URL(`../vectors/chain/${file}`, import.meta.url), "utf8")).cases;

const FILES = ["from-tests.json", "generated-public.json"] as const;

/** What a step answers that its case does not expect. */
function checkStep(step: Step, result: unknown): void {
  if (step.call !== undefined) {
    // A case may leave open who pays.
    expect(result).toMatchObject(step.expect as object);
    return;
  }
  const { value } = (result ?? { value: null }) as { readonly value: unknown };
  if ("expect" in step) expect(value).toEqual(step.expect);
  if (step.expect_not !== undefined) expect(value).not.toEqual(step.expect_not);
  if (step.expect_fields !== undefined) expect(value).toMatchObject(step.expect_fields);
}

describe.each(FILES)("every case of %s", (file) => {
  const cases = read(file);

  it.each(cases.map((one) => [`${one.id} ${one.about ?? ""}`, one] as const))("%s", (_, one) => {
    const answer = chainResult(one);
    const result = answer.ok ? answer.value : answer;
    if (!Array.isArray(one.steps)) {
      expect(result).toEqual(one.expect);
      return;
    }
    expect(result).toHaveProperty("steps");
    const { steps } = result as { readonly steps: readonly unknown[] };
    expect(steps).toHaveLength(one.steps.length);
    for (const [index, step] of one.steps.entries()) {
      try {
        checkStep(step, steps[index]);
      } catch (fault) {
        throw new Error(`step ${index} ${JSON.stringify(step)}: ${String(fault)}`);
      }
    }
  });
});

describe("the public cases", () => {
  it("are all there", () => {
    expect(FILES.map((file) => read(file).length)).toEqual([129, 91]);
  });
});
