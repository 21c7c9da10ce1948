/** What the public cases leave open of the format: kinds without a case, and what is unknown. */
import { describe, expect, it } from "vitest";
import { readCases } from "../../src/audit/case-file.ts";
import { chainResult } from "../../src/audit/chain-case.ts";
import { mintingResult } from "../../src/audit/minting-case.ts";
import { type Fields, faultSentence, type Json } from "../../src/audit/spot.ts";

const PAIR4 = { ip: "185.206.122.33/24", gw: "185.206.122.1" };
const PAIR6 = { ip: "2a10:b600:1::2/64", gw: "2a10:b600:1::1" };
const KEY = "GBIYYEQO73AYJEADTHMTF5M42WICTHU55IIT2CPEZBBLLDSJ322OGW7Z";

/** What our rules answer to a case; its faults as sentences where it has some. */
function answer(fields: Fields): unknown {
  const told = chainResult({ id: "x", ...fields });
  return told.ok ? told.value : told.faults.map(faultSentence);
}

const RULES: readonly (readonly [string, Json, unknown])[] = [
  ["ip4_valid", PAIR4, "ok"],
  ["ip4_valid", { ip4: PAIR4 }, "ok"],
  ["ip4_valid", { ...PAIR4, gw: "x" }, "InvalidGw4"],
  ["ip6_valid", PAIR6, "ok"],
  ["ip6_valid", { ...PAIR6, ip: "x" }, "InvalidIp6"],
  ["public_config_valid", { ip4: PAIR4, ip6: PAIR6, domain: "a.b" }, "ok"],
  ["public_config_valid", { ip4: PAIR4, ip6: null, domain: "a_b" }, "InvalidDomain"],
  ["public_config_valid", { public_config: { ip4: PAIR4 } }, "ok"],
  ["latitude_valid", { latitude: "90.00001" }, false],
  ["latitude_valid", "90", true],
  ["longitude_valid", { value: "Unknown" }, true],
  ["stellar_key", { key: KEY }, true],
  ["stellar_key", { key: KEY.toLowerCase() }, false],
];

describe("a single rule", () => {
  it.each(RULES)("%s of %j is %j", (kind, input, expected) => {
    expect(answer({ kind, input })).toEqual(expected);
  });

  it("that is not known is unsupported", () => {
    expect(answer({ kind: "riddle", input: {} })).toEqual({
      unsupported: "there is no rule riddle of the chain",
    });
  });
});

const scenario = (steps: readonly Json[], preset = "runtime") =>
  answer({ kind: "scenario", preset, config: {}, steps });

describe("a scenario", () => {
  it("keeps numbers beyond a double, as digits or not", () => {
    const text = `{"schema":"tfgrid-chain-cases/1","cases":[{"id":"a","kind":"scenario",
      "preset":"runtime","steps":[{"set_balance":{"u":18446744073709551615}},
      {"query":"free","arg":"u","expect":18446744073709551615},
      {"query":"issuance","arg":null,"expect":"18446744073709551615"}]}]}`;
    const [one] = readCases(text).cases;
    const answer = one.format.result(one.fields);
    if (!answer.ok) throw new Error("unreadable");
    const result = JSON.parse(JSON.stringify(answer.value));
    expect(one.format.differences(one.fields, result)).toEqual([]);
  });

  it("tells a twin by the chain's names, and whose refusal is the token layer's", () => {
    const by = (call: string, args: Fields) => ({ call, origin: "signed:a", args });
    const dest = { dest: "b", value: 5_000 };
    const steps = [
      by("tfgrid.user_accept_tc", { document_link: "l", document_hash: "h" }),
      by("tfgrid.create_twin", { relay: "ab.c", pk: null }),
      { query: "event_at", arg: -1 },
      by("balances.transfer_allow_death", dest),
      by("utility.batch_all", { calls: [{ call: "balances.transfer_keep_alive", args: dest }] }),
    ];
    const twin = { id: 1, account_id: "a", relay: "ab.c", entities: [], pk: null };
    const poor = { error: "Token.FundsUnavailable" };
    const paid = { ok: true, pays: "Yes" };
    expect(scenario(steps)).toEqual({
      steps: [paid, paid, { value: { event: "TfgridModule.TwinStored", ...twin } }, poor, poor],
    });
  });

  it("may propose a call without its arguments", () => {
    const propose = { label: "P", action: { call: "membership.clear_prime" }, threshold: 1 };
    const steps = [{ call: "dao.propose", origin: "signed:c1", args: propose }];
    expect(scenario(steps)).toEqual({ steps: [{ ok: true, pays: "Yes" }] });
  });

  it("whose sums leave their bits is answered, and goes on", () => {
    const twin = (name: string) => [
      {
        call: "tfgrid.user_accept_tc",
        origin: `signed:${name}`,
        args: { document_link: "l", document_hash: "h" },
      },
      { call: "tfgrid.create_twin", origin: `signed:${name}`, args: { relay: null, pk: null } },
    ];
    const call = (name: string, origin: string, args: Fields) => ({
      call: `contracts.service_contract_${name}`,
      origin: `signed:${origin}`,
      args: { service_contract_id: 1, ...args },
    });
    const steps = [
      ...[...twin("a"), ...twin("b")],
      call("create", "a", { service_account: "a", consumer_account: "b" }),
      call("set_metadata", "a", { metadata: "m" }),
      call("set_fees", "a", { base_fee: "18446744073709551615", variable_fee: 0 }),
      ...[call("approve", "a", {}), call("approve", "b", {}), { set_time_ms: 3_600_000 }],
      call("bill", "a", { variable_amount: 0, metadata: "m" }),
      { query: "issuance" },
    ];
    const { steps: told } = scenario(steps, "mock-dao") as { steps: readonly object[] };
    expect(told.at(-2)).toEqual({ error: "ArithmeticOverflow" });
    expect(told.at(-1)).toEqual({ value: 0 });
  });

  it("answers every step in its form", () => {
    const accept = { document_link: "l", document_hash: "h" };
    const steps = [
      { set_block: 7 },
      { call: "tfgrid.user_accept_tc", origin: "signed:a", args: accept },
      { call: "tfgrid.create_twin", origin: "root", args: {} },
      { query: "bonded", arg: 1 },
      { query: "price", field: "billing" },
      { query: "price", field: "no.such.field" },
    ];
    expect(scenario(steps)).toEqual({
      steps: [
        null,
        { ok: true, pays: "Yes" },
        { error: "BadOrigin" },
        { value: null },
        { value: 10 },
        { value: null },
      ],
    });
  });

  it("knows the pallets by their longer names too", () => {
    const seat = { call: "council_membership.add_member", origin: "root", args: { who: "x" } };
    const steps = [seat, { query: "council", arg: null }];
    expect(scenario(steps)).toMatchObject({
      steps: [{ ok: true }, { value: ["c1", "c2", "c3", "c4", "c5", "x"] }],
    });
  });

  it("locks add up to the greatest, and balances to the issuance", () => {
    const steps = [
      { set_balance: { u: 1_000 } },
      { set_lock: ["u", "a", 600] },
      { set_lock: ["u", "b", 700] },
      { query: "usable", arg: "u" },
      { set_lock: ["u", "b", 0] },
      { query: "usable", arg: "u" },
      { set_balance: { u: 900 } },
      { query: "issuance" },
    ];
    const results = scenario(steps) as { readonly steps: readonly unknown[] };
    expect(results.steps.filter((one) => one !== null)).toEqual([
      { value: 300 },
      { value: 400 },
      { value: 900 },
    ]);
  });
});

describe("a misspelt name", () => {
  it("of a format or a rule is answered with the nearest", () => {
    const { faults } = readCases('{"schema":"tfgrid-bilng-vectors/1","cases":[]}');
    expect(faults).toMatchObject([
      { found: '"tfgrid-bilng-vectors/1" (did you mean `tfgrid-billing-vectors/1`?)' },
    ]);
    expect(mintingResult({ id: "x", kind: "rewad", input: {} })).toMatchObject({
      value: { unsupported: "there is no rule rewad of the minting (did you mean `reward`?)" },
    });
  });
});
