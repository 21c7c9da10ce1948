import { expect, it } from "vitest";
import { crashText, refusalText } from "../../src/cli/exit.ts";

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

it("tells a full disk from a fault of its own", () => {
  const story = (message: string) => ({ message, stack: "Error", circumstances: [] });
  expect(refusalText(story("ENOSPC: no space left on device, write"))).toBe(
    "expected files that can be written, found: no space left on device (ENOSPC). " +
      "Finished replications are kept; --resume goes on",
  );
  expect(refusalText(story("ENOENT: no such file or directory, open 'x'"))).toBeNull();
  expect(refusalText(story("a balance is below zero"))).toBeNull();
});
