import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { gridbench } from "./gridbench.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-confront-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const VECTORS = ["billing/from-tests.json", "billing/generated-public.json"].map(
  (file) => `test/vectors/${file}`,
);
const MINTING = "test/vectors/minting/generated-public.json";

const closing = (err: string): string => err.trim().split("\n").at(-1) ?? "";

type Told = Readonly<Record<string, number | string>>;

/** The reports of a run, one by one; any other event as it is. */
function reportsOf(event: Told): readonly Told[] {
  if (event["t"] !== "run") return [event];
  const [from, to, every, boot] = [event.from, event.to, event.every, event.boot].map(Number);
  return Array.from({ length: Math.floor((to - from) / every) + 1 }, (_, k) => {
    const ts = from + k * every;
    return { t: "uptime", ts, uptime: ts - boot };
  });
}

const peer = (fault: string): string => `node test/audit/crooked-peer.mjs ${fault}`;

describe("another implementation is asked", () => {
  it("and one that answers as we do is equal in every case", async () => {
    const { code, err } = await gridbench(["conform", ...VECTORS, "--exec", peer("none")]);
    expect({ code, line: closing(err) }).toEqual({
      code: 0,
      line: "227 cases: 227 equal, 0 different, 0 unsupported",
    });
  });

  it("the first difference is shrunk to the smallest case that shows it", async () => {
    const { code, out, err } = await gridbench([
      ...["conform", VECTORS[1] ?? "", "--exec", peer("amount")],
    ]);
    expect(code).toBe(1);
    expect(out).toMatch(/P-0000: amount: ours \d+, theirs \d+\n/);
    expect(out).toContain('{"id":"P-0000","fn":"to_tft","input":{"price":1,"units":1001}}\n');
    expect(out).toContain('ours    {"amount":1001000}\n  theirs  {"amount":1001001}\n');
    expect(closing(err)).toMatch(/^206 cases: 201 equal, 5 different/);
  });

  it("of a history only the reports that matter are left, at the very limit", async () => {
    const file = "test/vectors/minting/generated-public.json";
    const { code, out } = await gridbench(["conform", file, "--exec", peer("uptime")]);
    expect(code).toBe(1);
    const { input } = JSON.parse(/ {2}case {4}(.*)/.exec(out)?.[1] ?? "{}");
    expect(input.events).toHaveLength(2);
    // A minute is allowed: with 61 seconds more than have passed it begins.
    expect(input.events.map((event: { uptime: number }) => event.uptime)).toEqual([0, 61]);
  });

  it.each([
    ["as runs", (event: Told) => [event]],
    ["report by report", reportsOf],
  ])("a reward that takes weeks of reports, told %s, stays a case of one run", async (_, told) => {
    const { schema, cases } = JSON.parse(readFileSync(MINTING, "utf8"));
    const one = cases.find(({ kind }: Told) => kind === "mint");
    const events = one.input.events.flatMap(told);
    const file = join(folder, "reward.json");
    const less = { schema, cases: [{ ...one, input: { ...one.input, events } }] };
    writeFileSync(file, JSON.stringify(less));
    const { code, out } = await gridbench(["conform", file, "--exec", peer("paid")]);
    expect(code).toBe(1);
    const found = /of (\d+) that were tried:\n {2}case {4}(.*)/.exec(out) ?? [];
    const [, tried, text = "{}"] = found;
    // From the tail of the period down to the 95 % below which a reward is none.
    expect(JSON.parse(text).input.events).toEqual([
      { t: "run", from: 1717320124, to: 1719818524, every: 2400, boot: 1717186120 },
    ]);
    expect(text.length).toBeLessThan(500);
    expect(Number(tried)).toBeLessThan(500);
    expect(out).toContain('tft: ours "9500000", theirs "9500001"');
  });

  it("of a scenario on the chain only the steps that matter are left", async () => {
    const words = ["conform", "--emit", "20", "--seed", "1", "--schema", "chain"];
    const { code, out } = await gridbench([
      ...[...words, "--fn", "scenario", "--exec", peer("threshold")],
    ]);
    expect(code).toBe(1);
    const smallest = JSON.parse(/ {2}case {4}(.*)/.exec(out)?.[1] ?? "{}");
    const calls = smallest.steps.map((step: { call: string }) => step.call);
    // Farms, nodes and votes go as well: a threshold of none is met without any.
    expect(calls).toEqual(["dao.propose", "dao.close"]);
    expect(out).toContain('theirs "Dao.OngoingVoteAndTresholdStillNotMet"');
  }, 60_000);

  it("of contracts too only the steps that matter are left", async () => {
    const words = ["conform", "--emit", "20", "--seed", "1", "--schema", "chain"];
    const { code, out } = await gridbench([
      ...[...words, "--fn", "scenario", "--exec", peer("name")],
    ]);
    expect(code).toBe(1);
    const { steps } = JSON.parse(/ {2}case {4}(.*)/.exec(out)?.[1] ?? "{}");
    // Of two twins who want the same name nothing can be left out.
    const twin = ["tfgrid.user_accept_tc", "tfgrid.create_twin"];
    const name = "contracts.create_name_contract";
    const calls = steps.map((step: { call: string }) => step.call);
    expect(calls).toEqual([...twin, ...twin, name, name]);
    expect(steps.slice(-2).map((step: { args: object }) => step.args)).toEqual([
      ...[{ name: "first" }, { name: "first" }],
    ]);
  }, 60_000);

  it("new cases from a seed will do as well", async () => {
    const words = ["conform", "--emit", "30", "--fn", "to_tft", "--exec", peer("amount")];
    const { code, out } = await gridbench(words);
    expect(code).toBe(1);
    expect(out).toContain('"units":1001');
  });

  it.each([
    ["dies 12", 1, "no answer: it ended with code 3"],
    ["garbage 12", 1, "no answer: it answered what is no JSON"],
    ["stranger 12", 1, 'no answer: it answered for "another" instead'],
    ["nameless 12", 1, "no answer: it answered without id and result"],
    ["hangs 20", 1, "no answer: it said nothing for 2 s"],
    ["unsupported", 1, "unsupported: not built yet"],
    ["dies", 2, "18 were not asked"],
    ["hangs", 2, "answered no question"],
    ["garbage", 2, "answered no question"],
  ])("one that %s ends with %i and a plain sentence", async (fault, expected, sentence) => {
    const patience = fault.startsWith("hangs") ? ["--timeout", "2"] : [];
    const words = ["conform", VECTORS[0] ?? "", "--exec", peer(fault), ...patience];
    const { code, out, err } = await gridbench(words);
    expect(code).toBe(expected);
    expect(out + err).toContain(sentence);
    expect(err).not.toMatch(/^\s+at /m);
  });

  it("a command that is none ends with 2", async () => {
    const words = ["conform", VECTORS[0] ?? "", "--exec", "no-such-command-here 2>&-"];
    const { code, err } = await gridbench(words);
    expect(code).toBe(2);
    expect(err).toContain("--exec: `no-such-command-here 2>&-` answered no question");
  });
});
