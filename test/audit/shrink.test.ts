import { describe, expect, it } from "vitest";
import { chainLeaps } from "../../src/audit/chain-leap.ts";
import { mintingLeaps, mintingOrigin, withRuns } from "../../src/audit/minting-shape.ts";
import { shrink } from "../../src/audit/shrink.ts";
import type { Fields } from "../../src/audit/spot.ts";

/** The smallest case that shows something, numbers tending to zero. */
const smallest = async (start: Fields, shows: (one: Fields) => boolean, most = 3_000) =>
  shrink({ start, kept: ["id"], origin: () => 0n, shows: async (one) => shows(one), most });

const listOf = (one: Fields): readonly unknown[] => (Array.isArray(one.list) ? one.list : []);

describe("a case is shrunk until nothing can be taken away", () => {
  it("items go, but for those that are needed together", async () => {
    const start = { id: "a", list: Array.from({ length: 100 }, (_, k) => k) };
    const found = await smallest(start, (one) => [17, 63].every((k) => listOf(one).includes(k)));
    expect(found.smallest).toEqual({ id: "a", list: [17, 63] });
    expect(found.tried).toBeLessThan(300);
  });

  it("numbers go to the boundary, as numbers or as digits, from either side", async () => {
    const shows = ({ a, b, c }: Fields): boolean =>
      Number(a) >= 1001 && BigInt(String(b ?? 0)) > 1n << 70n && Number(c) <= -5;
    const found = await smallest({ id: "a", a: 987_654, b: String(1n << 90n), c: -999 }, shows);
    expect(found.smallest).toEqual({ id: "a", a: 1001, b: String((1n << 70n) + 1n), c: -5 });
  });

  it("fields go that are not needed, flags become false, fractions whole", async () => {
    const start = { id: "a", x: { y: 1, z: "word" }, flag: true, part: 2.75 };
    const shows = ({ flag, part, x }: Fields): boolean =>
      flag !== undefined && Number(part) >= 2 && String(JSON.stringify(x)).includes("word");
    expect((await smallest(start, shows)).smallest).toEqual({
      id: "a",
      x: { z: "word" },
      flag: false,
      part: 2,
    });
  });

  it("a case that cannot get smaller stays as it is", async () => {
    const start = { id: "a", list: [1, "2", null] };
    const found = await smallest(start, (one) => JSON.stringify(one) === JSON.stringify(start));
    expect(found.smallest).toEqual(start);
  });

  it("no more is tried than allowed, and what was tried is not tried again", async () => {
    const seen: string[] = [];
    const start = { id: "a", list: Array.from({ length: 50 }, (_, k) => k + 1) };
    await smallest(start, (one) => seen.push(JSON.stringify(one)) % 2 === 0, 40);
    expect(seen.length).toBeLessThanOrEqual(40);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe("a minting case is shrunk as one", () => {
  const period = 74;
  const told = (events: readonly Fields[]): Fields => ({ id: "a", input: { period, events } });
  const reports = (count: number, every: number, more: number): Fields[] =>
    Array.from({ length: count }, (_, k) => ({
      t: "uptime",
      ts: 100 + k * every,
      uptime: 50 + k * more,
    }));
  const up = { t: "target", ts: 7, value: "Up" };

  it("steady reports become a run, a clock that gains has its drift", () => {
    const run = { t: "run", from: 100, to: 160, every: 20, boot: 50 };
    expect(withRuns(told([...reports(4, 20, 20), up]))).toEqual(told([run, up]));
    expect(withRuns(told([up, ...reports(4, 20, 22)]))).toEqual(told([up, { ...run, drift: 2 }]));
  });

  it.each([
    ["three", reports(3, 20, 20)],
    ["reports of one second", reports(9, 0, 5)],
    ["reports that something else lies between", reports(4, 20, 20).toSpliced(2, 0, up)],
    ["reports that a boot lies between", reports(5, 20, 20).with(2, reports(1, 0, 0)[0])],
    ["digits", reports(4, 20, 20).map(({ ts, ...rest }) => ({ ...rest, ts: String(ts) }))],
  ])("%s do not", (_, events) => {
    expect(withRuns(told(events))).toEqual(told(events));
  });

  it("short runs are written out at once, as the rules read them", () => {
    const runs = [
      { t: "run", from: 100, to: 140, every: 20, boot: 50, drift: 2 },
      { t: "run", from: 200, to: 100, every: 1, boot: 0 },
      { t: "run", from: 300, to: 303, every: 1, boot: 0 },
    ];
    const loose = told([...reports(3, 20, 22), runs[2]]);
    expect(mintingLeaps(told(runs))).toEqual([loose]);
    expect(mintingLeaps(loose)).toEqual([]);
    expect(mintingLeaps({ input: 5 })).toEqual([]);
  });

  it("its instants tend to the start of the period, which stays; a run to one report", () => {
    const question = told([]);
    const goal = (name: string, holder: Fields = {}) => mintingOrigin(question, name, holder);
    expect(["ts", "uptime", "period"].map((name) => goal(name))).toEqual([
      1_717_186_120n,
      0n,
      null,
    ]);
    const run = { t: "run", from: 5, to: 9, every: 2, boot: 3 };
    const ends = ["from", "to", "every"].map((name) => goal(name, run));
    expect(ends).toEqual([9n, 5n, null]);
    expect(goal("boot", run)).toBe(1_717_186_120n);
    expect(mintingOrigin({ input: { period_start: 9, now: 12 } }, "now", {})).toBe(9n);
    expect(mintingOrigin({ input: { ts: 5 } }, "ts", {})).toBe(0n);
  });
});

describe("a scenario leaps to smaller ones", () => {
  const step = (call: string, args: Fields): Fields => ({ call, args });

  it("without a farm, later numbers of farms lowered, and no others", () => {
    const farm = step("tfgrid.create_farm", { name: "a" });
    const before = step("tfgrid.update_farm", { farm_id: 2 });
    const after = step("tfgrid.update_node", { farm_id: 2, node_id: 2 });
    expect(chainLeaps({ id: "a", steps: [before, farm, after] })).toEqual([
      { id: "a", steps: [before, step("tfgrid.update_node", { farm_id: 1, node_id: 2 })] },
    ]);
  });

  it("without a vote, the threshold before it lowered, but not below none", () => {
    const [high, none] = [2, 0].map((threshold) => step("dao.propose", { threshold }));
    const vote = step("dao.vote", { proposal: "P" });
    // The two before are what it is to be without one of the proposals.
    expect(chainLeaps({ id: "a", steps: [high, none, vote] })[2]).toEqual({
      id: "a",
      steps: [step("dao.propose", { threshold: 1 }), none],
    });
    expect(chainLeaps({ id: "a" })).toEqual([]);
  });
});
