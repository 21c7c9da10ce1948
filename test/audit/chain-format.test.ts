import { describe, expect, it } from "vitest";
import { chainDifferences, chainFormat, chainQuestion } from "../../src/audit/chain-format.ts";
import { differenceSentence } from "../../src/audit/conform.ts";
import { drawsFrom } from "../../src/audit/draw.ts";
import { newChainFields } from "../../src/audit/new-chain.ts";
import { type Fields, isFields, type Json } from "../../src/audit/spot.ts";

const call = (more: Fields): Fields => ({ call: "dao.vote", origin: "root", args: {}, ...more });
const ask = (more: Fields): Fields => ({ query: "farm", arg: 1, ...more });
const told = (steps: readonly Json[], results: readonly Json[]) =>
  chainDifferences({ id: "x", kind: "scenario", steps }, { steps: results })?.map((each) =>
    differenceSentence(each),
  );

describe("a step is as it expects", () => {
  const AS_EXPECTED: readonly (readonly [string, Fields, Json])[] = [
    ["a call that went well", call({ expect: { ok: true } }), { ok: true, pays: "Yes" }],
    ["a call, with who pays", call({ expect: { ok: true, pays: "No" } }), { ok: true, pays: "No" }],
    [
      "an error",
      call({ expect: { error: "Dao.TimeLimitReached" } }),
      { error: "Dao.TimeLimitReached" },
    ],
    ["a value", ask({ expect: { a: [1, "2"] } }), { value: { a: ["1", 2] } }],
    ["nothing at all", ask({ expect: null }), { value: null }],
    ["another value", ask({ expect_not: 0 }), { value: 1 }],
    [
      "some fields",
      ask({ expect_fields: { a: { b: 1 } } }),
      { value: { a: { b: 1, c: 2 }, d: 3 } },
    ],
    ["a step of the world", { set_block: 3 }, null],
  ];
  it.each(AS_EXPECTED)("%s", (_, step, result) => {
    expect(told([call({ expect: { ok: true } }), step], [{ ok: true }, result])).toEqual([]);
  });
});

describe("a step is not as it expects", () => {
  const OTHER: readonly (readonly [Fields, Json, string])[] = [
    [call({ expect: { ok: true } }), { error: "BadOrigin" }, "[0].ok: expected true"],
    [
      call({ expect: { ok: true, pays: "No" } }),
      { ok: true, pays: "Yes" },
      '[0].pays: expected "No", computed "Yes"',
    ],
    [call({ expect: { error: "A.B" } }), { error: "A.C" }, '[0].error: expected "A.B"'],
    [ask({ expect: { a: 1 } }), { value: { a: 1, b: 2 } }, "[0].value.b: expected nothing"],
    [ask({ expect: 1 }), {}, "[0].value: expected 1, computed nothing"],
    [ask({ expect_not: 0 }), { value: "0" }, '[0].value: expected {"not":0}, computed "0"'],
    [ask({ expect_fields: { a: 1 } }), { value: { a: 2 } }, "[0].value.a: expected 1, computed 2"],
    [ask({ expect_fields: { a: 1 } }), { value: null }, '[0].value: expected {"a":1}'],
  ];
  it.each(OTHER)("%j", (step, result, sentence) => {
    expect(told([step], [result])).toEqual([expect.stringContaining(`steps${sentence}`)]);
  });

  it("nor are results that are too few or too many", () => {
    const steps = [call({ expect: { ok: true } }), { set_block: 2 }];
    expect(told(steps, [{ ok: true }])).toEqual(["steps.length: expected 2, computed 1"]);
    expect(told(steps, [{ ok: true }, null, null])).toHaveLength(1);
  });
});

it("a case that expects nothing is only computed", () => {
  expect(told([call({}), { set_block: 2 }], [{ ok: true }, null])).toBeUndefined();
  expect(chainDifferences({ id: "x", kind: "price_unit" }, 3)).toBeNull();
  expect(chainDifferences({ id: "x", kind: "price_unit", expect: 3 }, 3)).toEqual([]);
  expect(chainDifferences({ id: "x", kind: "price_parse", expect: null }, 3)).toHaveLength(1);
});

it("another implementation is asked without what is expected", () => {
  const steps = [call({ expect: { ok: true } }), ask({ expect_not: 1, expect_fields: {} })];
  expect(chainQuestion({ id: "x", kind: "scenario", preset: "runtime", steps })).toEqual({
    ...{ id: "x", kind: "scenario", preset: "runtime" },
    steps: [call({}), ask({})],
  });
  expect(chainQuestion({ id: "x", expect: 1 })).toEqual({ id: "x" });
});

it("the format takes the result of any function of a case", () => {
  const format = chainFormat((one) => ({ ok: true, value: one }));
  expect(format.result({ kind: "price_unit" })).toEqual({
    ok: true,
    value: { kind: "price_unit" },
  });
});

describe("new cases of the chain's rules", () => {
  const FIELDS: Readonly<Record<string, string>> = {
    node_units: "cru hru mru sru",
    resources_changed: "after before tolerance",
    policy_select: "farm_certification limits node_certification now_secs policies resources",
    policy_order: "policies",
    price_average: "prices",
    price_billing: "average max min",
    price_parse: "source_amounts",
    price_unit: "amount total_musd",
    council_close: "expired no seats threshold yes",
    ip4_valid: "gw ip",
    ip6_valid: "gw ip",
    public_config_valid: "domain ip4 ip6",
    latitude_valid: "text",
    longitude_valid: "text",
    stellar_key: "text",
  };

  const newInput = (kind: string, address: string): Fields => {
    const { input } = newChainFields(kind, drawsFrom(address));
    return isFields(input) ? input : {};
  };

  it.each(Object.keys(FIELDS))("%s have the fields that its rule reads", (kind) => {
    for (let k = 0; k < 50; k++) {
      const { repeat: _, prime_aye: __, ...input } = newInput(kind, `${kind} ${k}`);
      expect(Object.keys(input).sort().join(" ")).toBe(FIELDS[kind]);
    }
  });

  it("a council has no more votes than seats", () => {
    for (let k = 0; k < 200; k++) {
      const { seats, yes, no } = newInput("council_close", String(k));
      expect(Number(yes) + Number(no)).toBeLessThanOrEqual(Number(seats));
    }
  });
});
