/** What is wrong with cases of the chain: each fault at its place, all of them at once. */
import { describe, expect, it } from "vitest";
import { chainResult } from "../../src/audit/chain-case.ts";
import { type Fields, faultSentence, type Json } from "../../src/audit/spot.ts";

/** What our rules answer to a case; its faults as sentences where it has some. */
function answer(fields: Fields): unknown {
  const told = chainResult({ id: "x", ...fields });
  return told.ok ? told.value : told.faults.map(faultSentence);
}

const scenario = (steps: readonly Json[], preset = "runtime") =>
  answer({ kind: "scenario", preset, config: {}, steps });

/** Steps that say something wrong, and what is said of them. */
const WRONG: readonly (readonly [Json, readonly string[]])[] = [
  [
    { call: "tfgrid.fly", origin: "root" },
    ['.call: expected a call of the chain, found "tfgrid.fly"'],
  ],
  [{ call: "kv.sett", origin: "root" }, ['found "kv.sett" (did you mean `kvstore.set`?)']],
  [{ call: "dao.vot", origin: "root" }, ['found "dao.vot" (did you mean `dao.vote`?)']],
  [
    { call: "tfgrid.create_twin", origin: "king" },
    ['.origin: expected one of root, signed:NAME, council:AYES/SEATS, found "king"'],
  ],
  [
    {
      call: "tfgrid.create_farm",
      origin: "root",
      args: { nam: "f", public_ips: [3, { ip: "a" }] },
    },
    [
      ".args.name: expected a text, found nothing",
      ".args.public_ips[0]: expected an object, found 3",
      ".args.public_ips[1].gw: expected a text, found nothing",
      ".args.nam: expected one of `name`, `public_ips`, found `nam` (did you mean `name`?)",
    ],
  ],
  [{ query: "xylophone" }, [', found "xylophone"']],
  [{ query: "nodes" }, ['found "nodes" (did you mean `node`?)']],
  [{ query: "farm", arg: "x" }, ['.arg: expected a whole number, found "x"']],
  [
    { query: "free", arg: null, field: 3 },
    [".arg: expected a text, found null", ".field: expected a text, found 3"],
  ],
  [{ query: "zos", fields: "a" }, ["found `fields` (did you mean `field`?)"]],
  [{ run_to_block: "x" }, ['.run_to_block: expected a whole number from 0 on, found "x"']],
  [{ set_time_ms: -1 }, [".set_time_ms: expected a whole number from 0 on, found -1"]],
  [{ set_balance: { u: 1.5 } }, [".set_balance.u: expected a whole number from 0 on, found 1.5"]],
  [
    { set_lock: ["u"] },
    [
      ".set_lock[1]: expected a text, found nothing",
      ".set_lock[2]: expected a whole number from 0 on, found nothing",
    ],
  ],
  [
    { set_lock: ["u", "a", 1, 2] },
    [".set_lock: expected a list of an account, the name of a lock, an amount, found a list of 4"],
  ],
  [{ set_ip_contract: [1, "a", 3] }, ["[0]: expected a farm that there is by then, found 1"]],
  [{ set_blok: 3 }, ["set_ip_contract, found set_blok (did you mean `set_block`?)"]],
  [{}, [", found an object without a field"]],
  [7, ["expected a step: an object with one of call, query, set_block,"]],
  [{ query: "zos", set_block: 3 }, [", found query and set_block"]],
];

describe("what is wrong with a scenario is told at its place", () => {
  it.each(WRONG)("%j", (step, sentences) => {
    const told = scenario([{ set_block: 3 }, step]);
    expect(told).toEqual(sentences.map((sentence) => expect.stringContaining(sentence)));
    for (const sentence of told as readonly string[]) expect(sentence).toMatch(/^steps\[1\]/);
  });

  it("all of it at once, and of its preset and config too", () => {
    const config = { foo: 1, min_vetoes: 3, block: null, balances: { u: "x" }, note: "" };
    const steps = [{ query: "weather" }, { run_to_block: "x" }, { query: "zos" }, { set_wind: 3 }];
    const told = answer({ kind: "scenario", preset: "runtim", config, steps });
    expect((told as readonly string[]).map((each) => each.split(":")[0])).toEqual([
      ...["preset", "config.block", "config.balances.u"],
      ...["steps[0].query", "steps[1].run_to_block", "steps[3]"],
      ...["config.foo", "config.min_vetoes"],
    ]);
    expect(told).toContainEqual(expect.stringMatching(/"runtim" \(did you mean `runtime`\?\)$/));
    expect(told).toContainEqual(expect.stringMatching(/found `foo`$/));
    expect(told).toContainEqual(expect.stringMatching(/\(did you mean `min_vetos`\?\)$/));
  });

  it("of a call inside a proposal, and of a list of calls", () => {
    const inner = { call: "tfgrid.set_farm_dedicated", args: { farm_id: "z", dedicated: "yes" } };
    const propose = { label: "P", threshold: 1, action: inner };
    const steps = [
      { call: "dao.propose", origin: "signed:c1", args: propose },
      { call: "utility.batch", origin: "root", args: { calls: [{ call: "dao.vot" }] } },
    ];
    expect(scenario(steps)).toEqual([
      'steps[0].args.action.args.farm_id: expected a whole number from 0 on, found "z"',
      'steps[0].args.action.args.dedicated: expected true or false, found "yes"',
      'steps[1].args.calls[0].call: expected a call of the chain, found "dao.vot" ' +
        "(did you mean `dao.vote`?)",
    ]);
  });

  it("of a step that expects in other words, and of a case that has no steps", () => {
    const step = { query: "zos", expects: "" };
    expect(scenario([step])).toEqual([
      expect.stringContaining(
        "steps[0].expects: expected one of `query`, `arg`, `field`, `expect`",
      ),
    ]);
    const told = answer({ kind: "scenario", preset: "runtime", expected: 3 });
    expect(told).toEqual([
      "steps: expected a list, found nothing",
      expect.stringContaining("found `expected` (did you mean `expect`?)"),
    ]);
  });

  it("but arguments of which the rules have no word are let be", () => {
    const propose = { threshold: 1, length_bound: 9, proposal: { call: "membership.clear_prime" } };
    const steps = [
      { call: "runtime_upgrade.set_code", origin: "root", args: { code: "0x00" } },
      { call: "council.propose", origin: "signed:c1", args: { ...propose, farm_id: 3, color: 1 } },
    ];
    expect(scenario(steps)).toEqual({
      steps: [expect.objectContaining({ ok: true }), expect.objectContaining({ ok: true })],
    });
  });
});

describe("what is wrong with the input of a single rule is told at its place", () => {
  it.each([
    ["ip4_valid", {}, ["input.ip: expected a text", "input.gw: expected a text, found nothing"]],
    [
      "node_units",
      { hru: "x", sru: "1", cru: 1.5 },
      [
        'input.hru: expected a whole number from 0 on, found "x"',
        "input.cru: expected a whole number from 0 on, found 1.5",
        "input.mru: expected a whole number from 0 on, found nothing",
      ],
    ],
    [
      "price_average",
      { prices: [1, "z"], repeat: [[3]] },
      ['input.prices[1]: expected a whole number from 0 on, found "z"', "a count and a price"],
    ],
    ["stellar_key", null, ["input: expected a text, found null"]],
    [
      "council_close",
      { seats: 5, threshold: 3, yes: 1, no: -1, expired: "no", primeaye: true },
      ["input.no: ", "input.expired: expected true or false", "(did you mean `prime_aye`?)"],
    ],
  ] as const)("%s of %j", (kind, input, sentences) => {
    expect(answer({ kind, input })).toEqual(
      sentences.map((sentence) => expect.stringContaining(sentence)),
    );
  });
});
