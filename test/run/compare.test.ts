import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  type CompareOptions,
  changesOf,
  compareArms,
  loadArms,
  PRIMARY,
  type Proposal,
} from "../../src/run/index.ts";
import { readBook } from "../../src/run/ledger.ts";
import { metricList } from "../../src/run/replicate.ts";
import { readGuard } from "../../src/scenario/guard.ts";
import { readIncomeGroups } from "../../src/scenario/income.ts";
import { root, textOf } from "../house/source.ts";

const folder = mkdtempSync(join(tmpdir(), "gridbench-compare-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A month of a few nodes that are used more than the real grid's. */
const small = join(folder, "small.yaml");
writeFileSync(
  small,
  `format: 1
extends: ${join(root, "scenarios", "baseline.yaml")}
question: Small?
assumptions: { fleet: { nodes: 24 }, demand: { users: 0.5, live: 1 } }
run: { periods: 1, replications: 2, seed: small }
`,
);

function armsOf(base: string, set: readonly string[], run: Readonly<Record<string, string>> = {}) {
  const variant = { name: "variant", scenario: null, set };
  const loaded = loadArms({ base, variants: [variant], vary: [], run, metrics: [] });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  return loaded.value;
}

let folders = 0;
function options(base: string, set: readonly string[], more: Partial<CompareOptions> = {}) {
  folders += 1;
  return {
    arms: armsOf(base, set),
    out: join(folder, String(folders)),
    version: "0",
    commit: null,
    workers: 0,
    seed: "small",
    guards: [],
    primary: PRIMARY,
    smallest: {},
    farms: false,
    incomeGroups: readIncomeGroups(),
    study: null,
    ...more,
  } satisfies CompareOptions;
}

async function compared(wish: CompareOptions): Promise<Proposal> {
  const outcome = await compareArms(wish);
  if (outcome.kind !== "finished") throw new Error(JSON.stringify(outcome));
  return outcome.proposal;
}

const textIn = (out: string, name: string): string => readFileSync(join(out, name), "utf8");

describe("a base against itself", () => {
  it("differs in nothing, exactly, for no metric, party, farm or user", async () => {
    const wish = options(small, [], { farms: true });
    const { variants } = await compared(wish);
    const [variant] = variants;
    expect(variant?.effects.map(({ name }) => name).sort()).toEqual(
      metricList
        .filter(({ onRequest }) => onRequest !== true)
        .map(({ name }) => name)
        .sort(),
    );
    const measured = variant?.effects.filter(({ n }) => n > 0) ?? [];
    expect(measured.length).toBeGreaterThan(30);
    for (const { difference, ci95, simultaneous95, weight, p } of measured) {
      expect({ difference, ci95, simultaneous95 }).toEqual({
        difference: 0,
        ci95: [0, 0],
        simultaneous95: [0, 0],
      });
      expect([weight, p]).toEqual(["none", 1]);
    }
    for (const { units } of variant?.ledger.lines ?? []) expect(units).toBe("0");
    expect(variant?.farms).toMatchObject({ better: 0, worse: 0, difference: 0, replications: 2 });
    for (const group of variant?.groups ?? [])
      expect(group).toMatchObject({ difference: 0, better: 0, worse: 0 });
    expect(variant?.verdict).toMatch(/^Nothing differs: all \d+ metrics are the same in 2 pairs/);
  });
});

describe("a cheaper price list", () => {
  const wish = options(small, ["pricing.cu=0.005 USD/h", "pricing.su=0.0025 USD/h"], {
    farms: true,
    guards: ["billing.charged_tft >= -90 %", "billing.charged_tft >= -1 %"].flatMap((text) => {
      const guard = readGuard(text);
      return guard.ok ? [guard.value] : [];
    }),
  });
  const ran = compared(wish);

  it("is told in the shape that others read, and in no other", async () => {
    await ran;
    const told = JSON.parse(textIn(wish.out, "comparison.json"));
    expect(Object.keys(told)).toEqual(["base", "variants"]);
    expect(Object.keys(told.base)).toEqual(["scenario", "hash"]);
    const [variant] = told.variants;
    expect(Object.keys(variant)).toEqual(["name", "metrics", "groups", "guards", "verdict"]);
    const names = Object.keys(variant.metrics);
    expect(names).toEqual([...names].sort());
    const charged = variant.metrics["billing.charged_tft"];
    expect(Object.keys(charged)).toEqual(
      "unit base variant difference relative n variance_reduction identity".split(" "),
    );
    expect(Object.keys(charged.difference)).toEqual(
      "mean ci95 simultaneous95 p p_adjusted".split(" "),
    );
    expect(charged).toMatchObject({ unit: "TFT", n: 2, identity: true });
    expect(Object.keys(variant.groups[0])).toEqual(
      "by group metric difference better worse within".split(" "),
    );
    expect(variant.guards).toEqual([
      { guard: "billing.charged_tft >= -90 %", result: "pass" },
      { guard: "billing.charged_tft >= -1 %", result: "fail" },
    ]);
    const manifest = JSON.parse(textIn(wish.out, "base/manifest.json"));
    expect(told.base.hash).toBe(manifest.scenario.hash);
  });

  it("is cheaper, leaves the fleet alone, and costs farmers what users save", async () => {
    const [variant] = (await ran).variants;
    const effect = (name: string) => variant?.effects.find((each) => each.name === name);
    expect(effect("billing.charged_tft")?.difference).toBeLessThan(0);
    expect(effect("node.availability")?.weight).toBe("none");
    expect(effect("mint.tft")?.weight).toBe("none");
    const gains = new Map(variant?.ledger.lines.map(({ line, units }) => [line, BigInt(units)]));
    expect(variant?.ledger.sum).toBe("0");
    expect(gains.get("users")).toBeGreaterThan(0n);
    expect(gains.get("farmers, from users")).toBeLessThan(0n);
    expect(gains.get("farmers, minted")).toBe(0n);
  });

  it("tells every farm of the start once, in every division", async () => {
    const [variant] = (await ran).variants;
    const all = variant?.farms?.each.length ?? 0;
    expect(all).toBeGreaterThan(5);
    for (const by of ["type", "size", "income_group", "class", "age"]) {
      const groups = variant?.groups.filter((group) => group.by === `farm.${by}`) ?? [];
      const count = groups.reduce(
        (sum, { better, worse, within }) => sum + better + worse + within,
        0,
      );
      expect([by, count]).toEqual([by, all]);
    }
    expect(textIn(wish.out, "farms.csv").trim().split("\n")).toHaveLength(all + 1);
    // A cheaper list makes no farmer richer, and users of each workload pay no more.
    expect(variant?.farms?.better).toBe(0);
    const spend = variant?.groups.filter(({ metric }) => metric === "user.spend_usd") ?? [];
    expect(spend.length).toBeGreaterThan(2);
    for (const { worse, difference } of spend) {
      expect(worse).toBe(0);
      expect(difference).toBeLessThan(0);
    }
  });

  it("leaves a folder per arm, and the same bytes when it is interrupted and resumed", async () => {
    await ran;
    expect(readdirSync(wish.out).sort()).toEqual(
      ["base", "comparison.json", "farms", "farms.csv", "proposal.json", "variant"].sort(),
    );
    const again = { ...wish, out: join(folder, "again") };
    const stop = new AbortController();
    const first = await compareArms({
      ...again,
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done === 3) stop.abort();
      },
    });
    expect(first).toMatchObject({ kind: "interrupted", done: 3, total: 8 });
    await compared({ ...again, resume: true });
    for (const name of ["comparison.json", "proposal.json", "farms.csv"])
      expect(textIn(again.out, name)).toBe(textIn(wish.out, name));
  });
});

describe("who pays, by hand", () => {
  const HAND = {
    users: "90794140",
    "farmers, from users": "-45397070",
    foundation: "-36317656",
    "staking pool": "-9079414",
  };

  it("is what pencil and paper say, to the last unit", async () => {
    const file = join(root, "scenarios", "hand", "machine.yaml");
    const wish = options(file, ["pricing.cu=0.005 USD/h"], { seed: "41" });
    const [variant] = (await compared(wish)).variants;
    const gains = variant?.ledger.lines.filter(({ units }) => units !== "0") ?? [];
    expect(Object.fromEntries(gains.map(({ line, units }) => [line, units]))).toEqual(HAND);
    const users = gains.find(({ line }) => line === "users");
    // In whole 1e-7 USD: 4,085,737 less 2,269,854.
    expect(users?.usd).toBeCloseTo(0.181_588_3, 12);
    expect(users?.usdAtConnection).toBeCloseTo(0.726_353_12, 8);
    const page = textOf("docs/hand-worked.md");
    for (const units of Object.values(HAND)) {
      expect(page).toContain(units.replace("-", "").replace(/\B(?=(\d{3})+$)/g, ","));
    }
  });
});

describe("who pays net of costs, by hand", () => {
  const COSTS = { power: 171_007_200n, lines: 400_164_271n, hardware: 453_863_815n };
  const NET = -483_307_417;
  const POORER = 907_942;

  it("is what pencil and paper say, to the last 1e-7 USD, and closes", async () => {
    const file = join(folder, "costs.yaml");
    const machine = join(root, "scenarios", "hand", "machine.yaml");
    writeFileSync(
      file,
      `format: 1
extends: ${machine}
question: Costs?
assumptions: { farmer: { connection: 20 } }
`,
    );
    const wish = options(file, ["pricing.cu=0.005 USD/h"], { seed: "41" });
    const [variant] = (await compared(wish)).variants;
    const { ledger } = variant ?? {};
    expect([ledger?.sum, ledger?.sumUsd]).toEqual(["0", "0"]);
    for (const arm of ["base", "variant"]) {
      const book = await readBook(join(wish.out, arm, "ledger.parquet"));
      for (const [name, units] of Object.entries(COSTS))
        expect(book.get(`farmers, ${name}`)).toEqual([{ units: 0n, usd: 0, cost: -units }]);
    }
    expect(ledger?.net.base).toBeCloseTo(NET / 1e7, 9);
    expect(ledger?.net.difference).toBeCloseTo(-POORER / 1e7, 9);
    expect(ledger?.netAtConnection.base).toBeCloseTo(114.187_618_824, 8);
    const page = textOf("docs/hand-worked.md");
    for (const units of [...Object.values(COSTS), BigInt(-NET), BigInt(POORER)])
      expect(page).toContain(String(units).replace(/\B(?=(\d{3})+$)/g, ","));
  });
});

describe("arms", () => {
  it("must begin and end together", () => {
    const variant = { name: "variant", scenario: null, set: ["run.periods=2"] };
    const loaded = loadArms({ base: small, variants: [variant], vary: [], run: {}, metrics: [] });
    expect(loaded).toMatchObject({ ok: false, faults: [{ path: "run" }] });
  });

  it("tell all their faults at once, and a common one once", () => {
    const of = (set: string) => ({ name: "variant", scenario: null, set: [set] });
    const request = { base: small, vary: [], run: { days: "-1" }, metrics: [] };
    const loaded = loadArms({
      ...request,
      variants: [of("pricing.cq=1"), of("pricing.cu=1")],
    });
    if (loaded.ok) throw new Error("there is nothing wrong");
    expect(loaded.faults.map(({ place }) => place.file)).toEqual(["--days", "--set", "--set"]);
  });

  it("have names that are folders, each once", () => {
    const variants = ["base", "a/b", "a b"].map((name) => ({ name, scenario: null, set: [] }));
    const loaded = loadArms({ base: small, variants, vary: [], run: {}, metrics: [] });
    if (!loaded.ok) throw new Error("there is something wrong");
    expect(loaded.value.variants.map(({ name }) => name)).toEqual(["base-2", "a-b", "a-b-2"]);
  });

  it("say in what they differ: values, and what happens", () => {
    const halved = join(root, "scenarios", "policy-cu-halved.yaml");
    const { base } = armsOf(join(root, "scenarios", "baseline.yaml"), []);
    const { base: other } = armsOf(halved, ["run.periods=12"]);
    expect(changesOf(base.scenario, other.scenario)).toMatchObject({
      values: [],
      removed: [],
      keys: ["policy.pricing.cu"],
    });
    const { base: one, variants } = armsOf(small, ["failure.stableMean=100 d"]);
    const changed =
      variants[0] === undefined ? null : changesOf(one.scenario, variants[0].scenario);
    expect(changed?.values).toMatchObject([
      { key: "assumptions.failure.stableMean", base: "131.9 d", variant: "100 d" },
    ]);
  });

  it("have one round where no scenario says how people respond", () => {
    const { base, variants } = armsOf(small, []);
    expect([base, ...variants].map(({ response }) => response)).toEqual([null, null]);
  });
});
