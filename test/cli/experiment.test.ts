import { describe, expect, it } from "vitest";
import { gridbench } from "./gridbench.ts";

const vary = [
  "--vary",
  "failure.stableMean=100 d,120 d",
  "--vary",
  "pricing.cu=0.01 USD/h,0.02 USD/h",
];

describe("what makes no sense is refused with what was expected", () => {
  it.each([
    [["sweep"], "sweep: expected a scenario"],
    [["sweep", "baseline"], "expected --vary KEY=V1,V2,... or KEY=LO..HI at least once"],
    [["sweep", "baseline", "--vari", "a=1"], "did you mean `--vary`?"],
    [["sweep", "baseline", "--vary", "failure.mtfb=1 d,2 d"], "(did you mean `failure.mtbf`?)"],
    [
      ["sweep", "baseline", "--vary", "failure.mtbf=1 d..2 d"],
      "a range needs --design lhs or sobol",
    ],
    [["sweep", "baseline", "--vary", "failure.mtbf=1 d,2 x"], "expected a duration"],
    [["sweep", "baseline", "--vary", "failure.mtbf", "--design", "sobl"], "did you mean `sobol`?"],
    [["sweep", "baseline", "--vary", "failure.mtbf", "--design", "lhs"], "expected --points N"],
    [["sweep", "baseline", ...vary, "--shard", "2/2"], "expected I/N with I from 0 to N - 1"],
    [["sweep", "baseline", ...vary, "--metric", "node.cont"], "(did you mean `node.count`?)"],
    [["gather"], "gather: expected the folders of shards, found none"],
    [["gather", "test"], "test: expected the folder of a sweep, found no sweep.json in it"],
    [["sensitivity", "baseline", "--vary", "demand.mix"], "since no range is declared"],
    [["run", "baseline", "--inner", "3"], "expected --uncertainty N beside it"],
    [["run", "baseline", "--uncertainty", "3"], "expected at least 8 draws, found 3"],
    [
      ["run", "baseline", "--antithetic", "--replications", "3", "--out", "test/cli/absent"],
      "expected an even number of replications, found 3",
    ],
  ])("%j", async (words, sentence) => {
    const { code, out, err } = await gridbench(words);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/^\s+at /m);
  });
});
