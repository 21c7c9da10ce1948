import { describe, expect, it } from "vitest";
import { loadScenario, uncertainInputs } from "../../src/scenario/index.ts";

/** The uncertain inputs of the baseline with a model of the price, by key. */
function inputsUnder(model: string): readonly string[] {
  const loaded = loadScenario("baseline", { set: [`price.model=${model}`] });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  return uncertainInputs(loaded.value).map(({ key }) => key);
}

describe("a model of the price", () => {
  it("draws no input that only another model asks for", () => {
    const walk = inputsUnder("walk");
    const more = (model: string) => inputsUnder(model).filter((key) => !walk.includes(key));
    expect(more("constant")).toEqual([]);
    expect(more("jump")).toEqual([
      "assumptions.price.jumps",
      "assumptions.price.jumpMean",
      "assumptions.price.jumpSigma",
    ]);
    expect(more("regime")).toContain("assumptions.price.calm");
    expect(more("pool")).toContain("assumptions.market.buyers");
    expect(walk.some((key) => key.startsWith("assumptions.market."))).toBe(false);
  });

  it("cannot be the pool's where the timeline changes the price", () => {
    const loaded = loadScenario("price-halves", { set: ["price.model=pool"] });
    if (loaded.ok) throw new Error("there is nothing wrong");
    expect(loaded.faults).toMatchObject([
      { path: "assumptions.price.model", found: "`pool`, in which trades alone make it" },
    ]);
  });
});
