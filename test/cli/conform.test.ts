import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { gridbench } from "./gridbench.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-conform-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const VECTORS = ["billing/from-tests.json", "billing/generated-public.json"].map(
  (file) => `test/vectors/${file}`,
);

/** Writes a file of cases of billing, and answers its path. */
function written(name: string, cases: readonly unknown[], schema = "tfgrid-billing-vectors/1") {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ schema, cases }, null, 1));
  return path;
}

const toTft = (units: unknown, more: object = {}) => ({
  ...{ id: `of ${String(units)}`, fn: "to_tft", input: { units, price: 50 } },
  ...more,
});
const closing = (err: string): string => err.trim().split("\n").at(-1) ?? "";

describe("cases are replayed", () => {
  it("and all public ones are equal, none unsupported", async () => {
    const files = [...VECTORS, "test/vectors/minting/generated-public.json"];
    const { code, out, err } = await gridbench(["conform", ...files]);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(closing(err)).toBe("325 cases: 325 equal, 0 different, 0 unsupported");
    expect(err).toMatch(/took \d+\.\d\d s/);
  });

  it("a difference is told with case, path and both values, and ends with 1", async () => {
    const file = written("other.json", [
      toTft(10, { expected: { amount: "201" } }),
      toTft(5, { expected: { amount: 100 } }),
      { id: "new", fn: "levy", input: {} },
    ]);
    const { code, out, err } = await gridbench(["conform", file]);
    expect(code).toBe(1);
    expect(out.split("\n")).toEqual([
      `${file}: of 10: amount: expected "201", computed 200`,
      `${file}:26:3: new: unsupported: there is no rule levy of billing`,
      "",
    ]);
    expect(closing(err)).toBe("3 cases: 1 equal, 1 different, 1 unsupported");
  });

  it("of a file on one line, or with a byte order mark, a part is shown", async () => {
    const cases = Array.from({ length: 200 }, (_, at) => toTft(at === 99 ? "x" : at));
    const file = join(folder, "line.json");
    const text = JSON.stringify({ schema: "tfgrid-billing-vectors/1", cases });
    writeFileSync(file, `\uFEFF${text}`);
    const { code, err } = await gridbench(["conform", file]);
    expect(code).toBe(2);
    const [told = "", line = "", caret = ""] = err.split("\n");
    const column = text.indexOf('"x"') + 1;
    expect(told).toBe(
      `${file}:1:${column}: cases[99].input.units: expected a whole number from 0 on, found "x"`,
    );
    expect(line.length).toBeLessThan(180);
    expect(line.slice(caret.indexOf("^"), caret.length)).toBe('"x"');
  });

  it("without expected values they are only computed", async () => {
    const { code, err } = await gridbench(["conform", written("bare.json", [toTft(1)])]);
    expect(code).toBe(0);
    expect(closing(err)).toBe(
      "1 case: 0 equal, 0 different, 0 unsupported, 1 without an expected value",
    );
  });

  it("--json writes the results in the order of the cases, or prints them alone", async () => {
    const file = written("results.json", [
      toTft("10", { expected: { amount: 1 } }),
      toTft(1, { input: { units: 1, price: 0 } }),
    ]);
    const results = [
      { id: "of 10", result: { amount: 200 } },
      { id: "of 1", result: { error: "ArithmeticOverflow" } },
    ];
    const to = join(folder, "out.json");
    const filed = await gridbench(["conform", file, "--json", to]);
    expect(filed.code).toBe(1);
    expect(JSON.parse(readFileSync(to, "utf8"))).toEqual(results);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    const printed = await gridbench(["conform", file, "--json", "-"]);
    expect(JSON.parse(printed.out)).toEqual(results);
    expect(printed.err).toContain("of 10: amount: expected 1, computed 200");
  });

  it("one format or one rule alone, where that is wanted", async () => {
    const counted = async (...more: readonly string[]) =>
      closing((await gridbench(["conform", ...VECTORS, ...more])).err);
    expect(await counted("--fn", "to_tft")).toMatch(/^11 cases: 11 equal/);
    expect(await counted("--schema", "minting")).toMatch(/^0 cases/);
  });
});

describe("what is wrong with a file ends with 2, each fault with its line", () => {
  it.each([
    ["{", ":1:2: expected the name of a field in quotes, found the end of the file"],
    ['{"schema":\n "tfgrid/9","cases":[]}', ":2:2: schema: expected one of tfgrid-billing-vectors"],
    ["[]x", ":1:3: expected the end of the file"],
    ['{"schema":"tfgrid-billing-vectors/1"}', ": cases: expected a list of cases, found nothing"],
    ["3", ": expected an object with schema and cases, found 3"],
    [
      '["a", "b"]',
      ":1:1: expected an object with schema and cases, or a list of such, found a list",
    ],
    [
      '[{"schema":"tfgrid-billing-vectors/1","cases":[]}, 7]',
      ":1:52: [1]: expected an object with",
    ],
  ])("%j", async (text, sentence) => {
    const file = join(folder, "faulty.json");
    writeFileSync(file, text);
    const { code, out, err } = await gridbench(["conform", file]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence);
    expect(err).toContain("nothing was done");
  });

  it("of a case, all faults, and the other cases are computed all the same", async () => {
    const cases = [toTft(-1), toTft(10), { id: "c", fn: "to_tft", input: { units: "a" } }];
    const file = written("half.json", cases);
    const to = join(folder, "half-out.json");
    const { code, err } = await gridbench(["conform", file, "--json", to]);
    expect(code).toBe(2);
    expect(err).toContain(`${file}:8:14: cases[0].input.units: expected a whole number from 0 on`);
    expect(err).toContain("cases[2].input.units");
    expect(err).toContain("cases[2].input.price: expected a whole number from 0 on, found nothing");
    expect(closing(err)).toMatch(/^3 cases: .* 1 without an expected value, 2 faulty$/);
    expect(JSON.parse(readFileSync(to, "utf8"))).toMatchObject([
      { result: { unsupported: expect.stringContaining("input.units") } },
      { result: { amount: 200 } },
      { id: "c" },
    ]);
  });

  it("of single cases: no name, one of another, a name twice; the rest is compared", async () => {
    const price = '"input":{"units":10,"price":50}';
    const to = join(folder, "slips-out.json");
    const file = join(folder, "slips.json");
    const cases = [
      `{"id":"a","fn":"to_tft",${price},"expected":{"amount":200}}`,
      '{"fn":"to_tft","input":{"units":"y","price":50}}',
      `{"id":"a","fn":"to_tft",${price},"expected":{"amount":201}}`,
      '{"id":"b","fn":"to_tft","input":{"units":10,"price":1,"price":50}}',
      "7",
    ].join(",\n");
    writeFileSync(file, `{"schema":"tfgrid-billing-vectors/1","cases":[\n${cases}]}`);
    const { code, out, err } = await gridbench(["conform", file, "--json", to]);
    expect({ code, out }).toEqual({
      code: 2,
      out: `${file}: a: amount: expected 201, computed 200\n`,
    });
    const told = err.split("\n").filter((line) => line.startsWith(file));
    expect(told.map((line) => line.slice(file.length))).toEqual([
      ":3:1: cases[1].id: expected a name of the case, a text or a number, found nothing",
      ':3:33: cases[1].input.units: expected a whole number from 0 on, found "y"',
      ':4:7: cases[2].id: expected a name that no other case has, found "a", ' +
        "which cases[0] has already",
      ":5:55: cases[3].input.price: expected each name once in an object, " +
        "found `price` a second time",
      ":6:1: cases[4]: expected a case: an object, found 7",
    ]);
    expect(JSON.parse(readFileSync(to, "utf8"))).toMatchObject([
      ...[{ id: "a" }, { id: "cases[1]" }, { id: "a" }, { id: "b", result: { amount: 200 } }],
    ]);
  });

  it("of a scenario of the chain, every step", async () => {
    const steps = [{ run_to_block: "x" }, { query: "farms", arg: 1 }, { query: "zos", expect: "" }];
    const one = { id: "c", kind: "scenario", preset: "runtime", config: { foo: 1 }, steps };
    const { code, err } = await gridbench([
      ...["conform", written("chain.json", [one], "tfgrid-chain-cases/1")],
    ]);
    expect(code).toBe(2);
    expect(err).toContain(":9:5: cases[0].config.foo: expected one of `block`, `ed`,");
    expect(err).toContain(
      ':13:22: cases[0].steps[0].run_to_block: expected a whole number from 0 on, found "x"',
    );
    expect(err).toContain('found "farms" (did you mean `farm`?)');
    expect(closing(err)).toBe("1 case: 0 equal, 0 different, 0 unsupported, 1 faulty");
  });

  it("of a file that cannot be read, and those of the cases of all others", async () => {
    const [none, half] = [join(folder, "none.json"), written("slip.json", [toTft("x")])];
    writeFileSync(none, '{"schema":"tfgrid-billing-vectors/1","casse":[]}');
    const { code, out, err } = await gridbench(["conform", half, none]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(`${half}:8:14: cases[0].input.units: expected a whole number`);
    expect(err).toContain(`${none}:1:1: cases: expected a list of cases, found nothing`);
    expect(err).toContain("found `casse` (did you mean `cases`?)");
    expect(err).toContain("3 faults; nothing was done");
  });

  it.each([
    [["no-such.json", "test"], "no-such.json: expected a file of cases, found no such file"],
    [["no-such.json", "test"], "test: expected a file of cases, found a folder"],
    [[], "name a file of cases, or --emit N"],
    [["a.json", "--emit", "3"], "--emit makes new cases: expected no file beside it"],
    [["a.json", "--seed", "3"], "--seed: expected --emit N beside it"],
    [["a.json", "--timeout", "3"], "--timeout: expected --exec COMMAND beside it"],
    [["--emit", "many"], "--emit: expected a whole number of at least 0, found `many`"],
    [["--emit", "3", "--fn", "to_tf"], "did you mean `to_tft`?"],
    [["--emit", "3", "--schema", "coins"], "--schema: expected one of tfgrid-billing-vectors/1"],
    [["a.json", "--jsn", "b"], "did you mean `--json`?"],
    [[VECTORS[0] ?? "", "--json", "no/such/folder/a"], "no such file or folder"],
  ])("%j", async (words, sentence) => {
    const { code, err } = await gridbench(["conform", ...words]);
    expect(code).toBe(2);
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe("new cases", () => {
  it("of all formats in one file conform, and come again from the same seed", async () => {
    const to = join(folder, "new.json");
    const words = ["conform", "--emit", "40", "--seed", "seven"];
    expect((await gridbench([...words, "--json", to])).code).toBe(0);
    const { code, err } = await gridbench(["conform", to]);
    expect({ code, line: closing(err) }).toEqual({
      code: 0,
      line: "120 cases: 120 equal, 0 different, 0 unsupported",
    });
    expect((await gridbench(words)).out).toBe(readFileSync(to, "utf8"));
  });

  it("of one rule are a file of its format alone", async () => {
    const { out } = await gridbench(["conform", "--emit", "2", "--fn", "period"]);
    expect(JSON.parse(out)).toMatchObject({
      schema: "tfgrid-minting-cases/1",
      count: 2,
      cases: [{ kind: "period" }, { kind: "period" }],
    });
  });
});
