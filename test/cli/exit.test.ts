import { expect, it } from "vitest";
import { crashText } from "../../src/cli/exit.ts";

it("tells of a crash everything that is needed to see it again", () => {
  const text = crashText({
    message: "a balance is below zero",
    stack: "Fault: a balance is below zero\n    at pay (wallet.ts:1:1)",
    circumstances: [
      ["seed", "baseline"],
      ["see it again", "npx gridbench run baseline --replication 7 --workers 0"],
    ],
  });
  const lines = text.split("\n").map((line) => line.replace(/version .*/, "version ..."));
  expect(lines).toEqual([
    "gridbench: internal error: a balance is below zero",
    "  version ...",
    "  seed          baseline",
    "  see it again  npx gridbench run baseline --replication 7 --workers 0",
    "Fault: a balance is below zero",
    "    at pay (wallet.ts:1:1)",
    "This is a fault of gridbench, not of your input; please report the lines above.",
  ]);
});
