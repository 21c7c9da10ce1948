import { describe, expect, it } from "vitest";
import { sourcesBelow, textOf } from "../house/source.ts";

const files = sourcesBelow("src/protocol")
  .map(({ path }) => path)
  .filter((path) => path.endsWith(".ts") && !path.endsWith("index.ts"));

/** The comment at the head of a file. */
const headOf = (text: string): string => /^\/\*\*[\s\S]*?\*\//.exec(text)?.[0] ?? "";

describe("the protocol", () => {
  it("says at the head of every file where its rule was read", () => {
    const silent = files.filter((path) => !/\bSources?:/.test(headOf(textOf(path))));
    expect(silent).toEqual([]);
    expect(files.length).toBeGreaterThan(100);
  });
});
