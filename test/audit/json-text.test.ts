import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { namesTwice, parseExactly, stretchOf, syntaxFault } from "../../src/audit/json-text.ts";
import type { Path } from "../../src/audit/spot.ts";

describe("a whole number in a text", () => {
  it.each([
    ["[9007199254740991, -9007199254740991]", [9007199254740991, -9007199254740991]],
    ["[9007199254740993,-18446744073709551616]", ["9007199254740993", "-18446744073709551616"]],
    [
      '["18446744073709551615 \\" 18446744073709551615"]',
      [`18446744073709551615 " ${"18446744073709551615"}`],
    ],
    [
      "[0.12345678901234567, 1e300, 12345678901234567.5]",
      [0.12345678901234567, 1e300, 12345678901234567.5],
    ],
    [
      '{"18446744073709551615": 18446744073709551615}',
      { "18446744073709551615": "18446744073709551615" },
    ],
  ])("is kept exactly: %s", (text, value) => {
    expect(parseExactly(text)).toEqual(value);
  });

  it("that is none in JSON stays none", () => {
    expect(() => parseExactly("[018446744073709551615]")).toThrow(SyntaxError);
    expect(() => parseExactly("[18446744073709551615x]")).toThrow(SyntaxError);
  });
});

describe("the place of what is no JSON", () => {
  it.each([
    ["", 0, "a value", "the end of the file"],
    ['{"a" 1}', 5, "a colon", '"1"'],
    ['{"a":1 "b":2}', 7, "a comma or }", '"\\""'],
    ["[1,]", 3, "a value", '"]"'],
    ["{a:1}", 1, "the name of a field in quotes", '"a"'],
    ["[1] x", 4, "the end of the file", '"x"'],
    ['["a\nb"]', 1, "a string", '"\\""'],
    ["[01]", 2, "a comma or ]", '"1"'],
    ["[NaN]", 1, "a value", '"N"'],
    ["[1", 2, "a comma or ]", "the end of the file"],
    ["[".repeat(600), 501, "at most 500 values inside each other", '"["'],
  ])("%j: at %i", (text, from, expected, found) => {
    expect(syntaxFault(text)).toEqual({ from, to: from + 1, expected, found });
  });

  it("there is none in anything that JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        expect(syntaxFault(JSON.stringify(value, null, indent))).toBeNull();
      }),
      { seed: 8259, numRuns: 200 },
    );
  });

  it("there is one in everything that JSON.parse refuses, and in nothing else", () => {
    const parses = (text: string): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const cut = fc.tuple(fc.jsonValue(), fc.nat(), fc.constantFrom("", ",", "}", '"', "1", "\\"));
    fc.assert(
      fc.property(cut, ([value, place, put]) => {
        const text = JSON.stringify(value);
        const at = place % (text.length + 1);
        const changed = text.slice(0, at) + put + text.slice(at + 1);
        expect(syntaxFault(changed) === null, changed).toBe(parses(changed));
      }),
      { seed: 8259, numRuns: 500 },
    );
  });
});

describe("the place of a value by its path", () => {
  const text = '{"a": [1, {"b\\"c": "x"}], "a2": true,\n "deep": {"d": {}}}';
  const PLACES: readonly (readonly [Path, string])[] = [
    [[], "{"],
    [["a"], "["],
    [["a", 0], "1"],
    [["a", 1, 'b"c'], '"x"'],
    [["a2"], "true"],
    [["deep", "d"], "{"],
    // What is missing is shown where it should be.
    [["deep", "d", "missing", 3], "{"],
    [["a", 7], "["],
    [["none"], "{"],
  ];

  it.each(PLACES)("%j is at %s", (path, expected) => {
    const { from, to } = stretchOf(text, path);
    expect(text.slice(from, to)).toBe(expected);
  });

  it("of a name that is there twice, the one that counts", () => {
    const { from } = stretchOf('{"a": 1, "a": 2}', ["a"]);
    expect(from).toBe(14);
  });

  it("or of the name in front of it, where there is one", () => {
    const named = (path: Path): string => {
      const { from, to } = stretchOf(text, path, "name");
      return text.slice(from, to);
    };
    const paths: readonly Path[] = [["a"], ["a", 1, 'b"c'], ["deep", "d"], ["a", 0], ["none"], []];
    expect(paths.map(named)).toEqual(['"a"', '"b\\"c"', '"d"', "1", "{", "{"]);
  });
});

describe("a name that an object has twice", () => {
  it("is told where it stands again, however it is written", () => {
    const text = '{"a": 1, "b": [{"c": {}}, {"c": 1, "\\u0063": 2}], "a": 3, "a": 4}';
    const told = namesTwice(text).map(({ from, to, path }) => [text.slice(from, to), path]);
    expect(told).toEqual([
      ['"\\u0063"', ["b", 1, "c"]],
      ['"a"', ["a"]],
      ['"a"', ["a"]],
    ]);
  });

  it("is none where the objects are different ones", () => {
    expect(namesTwice('[{"a": {"a": 1}}, {"a": 2, "b": "a"}, "a"]')).toEqual([]);
  });
});
