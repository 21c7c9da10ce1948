import { expect, it } from "vitest";
import { policyBlocks } from "../../src/protocol/index.ts";
import { perOf, readQuantity } from "../../src/scenario/quantity.ts";
import { block, defaults, type Parameter } from "../../src/units/index.ts";

const declared = policyBlocks.flatMap((each) =>
  Object.entries(each.fields).map(
    ([name, field]) => [`${each.path}.${name}`, defaults(each)[name], field] as const,
  ),
);

it.each(declared)("the default of %s is what a scenario reads in its words", (_, value, field) => {
  switch (field.kind) {
    case "choice":
    case "text":
    case "flag":
    case "numbers":
      expect(value).toEqual(field.default);
      break;
    default: {
      const read = readQuantity(field.kind, field.default, perOf(field.default));
      expect(read).toMatchObject({ ok: true, value });
    }
  }
});

it("a default in a unit that is not known is our mistake", () => {
  const parameter: Parameter = {
    ...{ kind: "duration", default: "3 moons", bounds: ["0 s", "1 d"], range: null },
    ...{ doc: "Once.", quality: "estimate", source: "A-00", date: "2024-01" },
  };
  expect(() => defaults(block("policy.moon", "None.", { parameter }))).toThrow("3 moons");
});
