import { describe, expect, it } from "vitest";
import { billingResult } from "../../src/audit/billing-case.ts";
import { mintingResult } from "../../src/audit/minting-case.ts";
import { at, faultSentence, type Json, mute, spotOf } from "../../src/audit/spot.ts";
import { blameStrays, close, knows } from "../../src/audit/stray.ts";

/** What is wrong with the fields of a value of which `price` and `takes` are read. */
function strays(value: Json, closed = false): readonly string[] {
  const spot = spotOf(value);
  knows(spot, ["price", "takes"]);
  if (closed) close(spot);
  blameStrays(spot);
  return spot.faults.map(faultSentence);
}

describe("a field that nobody asks for", () => {
  it.each(["prise", "Price", "prices", "pirce"])("called %s is taken for a slip", (name) => {
    expect(strays({ [name]: 1 })).toEqual([
      `${name}: expected one of \`price\`, \`takes\`, found \`${name}\` (did you mean \`price\`?)`,
    ]);
  });

  it.each([
    ["for the reader", { notes: "", source: "", tags: [], title: "", _id: 1, "x-b": 2, "//": "" }],
    ["of another name", { weather: 1, farm_name: "a" }],
    ["like one that is there", { price: 1, prices: [1], takes: [], take: 2 }],
    ["of two letters", { pr: 1 }],
  ])("%s is let be", (_, value) => {
    expect(strays(value)).toEqual([]);
  });

  it("is refused where an object is closed, but for remarks", () => {
    const value = { weather: 1, note: "", pride: 3 };
    expect(strays(value, true)).toEqual([
      "weather: expected one of `price`, `takes`, found `weather`",
      "pride: expected one of `price`, `takes`, found `pride` (did you mean `price`?)",
    ]);
  });

  it("is not told of below something that is wrong already", () => {
    const spot = spotOf({ row: { prise: 1 } });
    at(mute(at(spot, "row")), "price");
    close(mute(at(spot, "row")));
    blameStrays(spot);
    expect(spot.faults).toEqual([]);
  });
});

const answers = {
  billing: (fields: Json) => billingResult(fields),
  minting: (fields: Json) => mintingResult(fields),
};
const run = { t: "run", from: 1, to: 2, every: 1, boot: 0 };
const amount = { amount: 5 };

describe("in a case", () => {
  it.each([
    ["billing", { fn: "split_legacy", input: { ...amount, take: [1] } }, "input.take", "takes"],
    ["billing", { fn: "split_legacy", inputs: amount, input: amount }, null, ""],
    ["billing", { fn: "split_legacy", input: amount, expect: {} }, "expect", "expected"],
    [
      "minting",
      { kind: "uptime", input: { period: 74, rule: "2022", events: [] } },
      "input.rule",
      "rules",
    ],
    [
      "minting",
      { kind: "uptime", input: { period: 74, events: [{ ...run, drfit: 1 }] } },
      "input.events[0].drfit",
      "drift",
    ],
  ] as const)("of %s, %j", (format, fields, path, meant) => {
    const told = answers[format]({ id: "x", ...fields });
    const sentences = told.ok ? [] : told.faults.map(faultSentence);
    expect(sentences).toEqual(
      path === null
        ? []
        : [
            expect.stringMatching(
              new RegExp(`^${path.replace(/[[\]]/g, "\\$&")}: expected one of`),
            ),
          ],
    );
    for (const sentence of sentences) expect(sentence).toContain(`(did you mean \`${meant}\`?)`);
  });
});
