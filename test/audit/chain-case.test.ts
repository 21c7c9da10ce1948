/** What the public cases leave open of the format: kinds without a case, and what is unknown. */
import { describe, expect, it } from "vitest";
import { readCases } from "../../src/audit/case-file.ts";
import { chainResult } from "../../src/audit/chain-case.ts";
import { mintingResult } from "../../src/audit/minting-case.ts";

const PAIR4 = { ip: "185.206.122.33/24", gw: "185.206.122.1" };
const PAIR6 = { ip: "2a10:b600:1::2/64", gw: "2a10:b600:1::1" };
const KEY = "GBIYYEQO73AYJEADTHMTF5M42WICTHU55IIT2CPEZBBLLDSJ322OGW7Z";

const RULES: readonly (readonly [string, unknown, unknown])[] = [
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
    expect(chainResult({ kind, input })).toEqual(expected);
  });

  it("that is not known, or asked without its input, is unsupported", () => {
    expect(chainResult({ kind: "riddle", input: {} })).toEqual({ unsupported: "no kind riddle" });
    expect(chainResult({ kind: "ip4_valid", input: {} })).toHaveProperty("unsupported");
    const input = { hru: "x", sru: "1", cru: 1.5 };
    expect(chainResult({ kind: "node_units", input })).toEqual({
      unsupported:
        'node_units: no hru that can be read (found "x"), cru that can be read (found 1.5), mru',
    });
  });
});

const scenario = (steps: readonly object[], preset = "runtime") =>
  chainResult({ kind: "scenario", preset, config: {}, steps });

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
    const by = (call: string, args: object) => ({ call, origin: "signed:a", args });
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
    const call = (name: string, origin: string, args: object) => ({
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

  it("with a preset, a call, an origin, a query or a step that is not known is unsupported", () => {
    const call = { call: "tfgrid.create_twin", origin: "root", args: {} };
    expect(scenario([], "no-such")).toHaveProperty("unsupported");
    for (const step of [
      { ...call, call: "tfgrid.fly" },
      { ...call, origin: "king" },
      { ...call, call: "tfgrid.create_farm" },
      { query: "weather" },
      { set_weather: 3 },
    ]) {
      expect(scenario([step])).toHaveProperty("unsupported");
    }
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

const MEANT = `
  preset   step                                   no         meant
  runtim   -                                      preset     runtime
  runtime  {"call":"kv.sett","origin":"root"}     call       kvstore.set
  runtime  {"call":"dao.vot","origin":"root"}     call       dao.vote
  runtime  {"query":"nodes"}                      query      node
`;

interface Why {
  readonly unsupported: string;
}

describe("a misspelt name", () => {
  const rows = MEANT.trim()
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s{2,}/));

  it.each(rows)("in %s with %s is no %s, but perhaps %s", (preset, step, what, meant) => {
    const steps = step === "-" ? [] : [JSON.parse(step ?? "")];
    const { unsupported } = chainResult({ kind: "scenario", preset, steps }) as Why;
    expect(unsupported.startsWith(`no ${what} `)).toBe(true);
    expect(unsupported.endsWith(`(did you mean \`${meant}\`?)`)).toBe(true);
  });

  it("that is near none gets no guess", () => {
    const steps = [{ query: "xylophone" }];
    const answer = chainResult({ kind: "scenario", preset: "runtime", steps });
    expect(answer).toEqual({ unsupported: "no query xylophone" });
  });

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
