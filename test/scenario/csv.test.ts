import { expect, it } from "vitest";
import { parseTable } from "../../src/scenario/csv.ts";
import { writeFault } from "../../src/scenario/index.ts";

it("reads quoted cells, doubled quotes, empty cells and either line end", () => {
  const text = 'name,note,value\r\n"a, b","say ""x""",1\nc,,2\n\n"d",e,\n';
  const { rows, faults } = parseTable("t.csv", text, ["name", "value"]);
  expect(rows.map((row) => [row.text("name"), row.text("note"), row.text("value")])).toEqual([
    ["a, b", 'say "x"', "1"],
    ["c", "", "2"],
    ["d", "e", ""],
  ]);
  expect(faults).toEqual([]);
});

it("names file, line and column of a cell that is no number", () => {
  const table = parseTable("t.csv", "name,value\na,1\nb,many\nc\n", ["name", "value"]);
  expect(table.rows.map((row) => row.number("value"))).toEqual([1, Number.NaN, Number.NaN]);
  expect(table.faults.map(writeFault)).toEqual([
    "t.csv:3:3: value: expected a number, found `many`\n  3 | b,many\n    |   ^^^^",
    "t.csv:4:1: value: expected a number, found nothing\n  4 | c\n    | ^",
  ]);
});

it("asks for the columns it needs, with the one that may have been meant", () => {
  const { rows, faults } = parseTable("t.csv", "date,udd\n2023-04-01,1\n", ["date", "usd"]);
  expect(rows).toEqual([]);
  expect(faults.map(writeFault)).toEqual([
    "t.csv:1:1: expected a column `usd`, found `date`, `udd` (did you mean `udd`?)\n" +
      "  1 | date,udd\n    | ^^^^^^^^",
  ]);
});
