import { describe, expect, it } from "vitest";
import { keyOf, loadScenario } from "../../src/run/index.ts";
import { weightAt } from "../../src/world/electorate.ts";
import type { World } from "../../src/world/index.ts";
import { root, textOf } from "../house/source.ts";
import { run } from "./money.ts";

/** Worked by hand on the page: what three farms weigh, how they vote, what the user pays. */
const WEIGHTS = [194, 536, 441];
const VOTE = {
  fate: "approved",
  result: "Ok",
  yes: 2,
  no: 1,
  yesWeight: 635n,
  noWeight: 536n,
  farms: 3,
  weight: 1_171n,
  ends: 1_468_800,
  closed: 1_555_200,
};
const BILLS = [
  [5_625_000, 432],
  [3_125_000, 1_030],
];
const CHARGED = 5_648_750_000;

/** Runs the scenario; the bills of the one contract, one in each window, and the world. */
function vote(set: readonly string[] = []) {
  const loaded = loadScenario(`${root}/scenarios/hand/vote.yaml`, { set });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults));
  const { setup, run: settings } = loaded.value;
  const bills: [number, number][] = [];
  let before = 0;
  const see = ({ ledger }: World, until: number): void => {
    const now = Number(ledger.charged.value);
    const taken = now - before;
    before = now;
    if (taken === 0 || until - setup.window >= setup.length) return;
    const last = bills.at(-1);
    if (last?.[0] === taken) last[1] += 1;
    else bills.push([taken, 1]);
  };
  const world = run(setup, { seed: keyOf(settings.seed), check: set.length === 0, see });
  return { world, bills };
}

describe("a vote of three farms, worked by hand", () => {
  const { world, bills } = vote();

  it("weighs each farm by the cores and disks of its nodes", () => {
    expect(WEIGHTS.map((_, farm) => Number(weightAt(world, farm)))).toEqual(WEIGHTS);
  });

  it("passes two small farms over a large one, and the next bill is the first at the price", () => {
    const [record] = world.dao.all;
    expect(record).toMatchObject(VOTE);
    expect(bills).toEqual(BILLS);
    expect(bills.reduce((sum, [each, times]) => sum + each * times, 0)).toBe(CHARGED);
  });

  it("fails by weight where the large farm moves its nodes and votes once more", () => {
    const moved = vote(["voter.whaleMoves=1"]);
    expect(moved.world.dao.all).toMatchObject([
      { fate: "disapproved", yes: 2, no: 2, yesWeight: 635n, noWeight: 1_072n },
    ]);
    expect(moved.bills).toEqual([[5_625_000, 1_462]]);
  });

  it("fails by number where no more than one of three votes", () => {
    const [record] = vote(["voter.turnout=0 %"]).world.dao.all;
    expect(record).toMatchObject({ fate: "disapproved", yes: 0, no: 1, noWeight: 536n });
  });

  it("stands on the page as it stands here", () => {
    const page = textOf("docs/hand-worked.md");
    const numbers = [...WEIGHTS, 635, 1_072, 1_171, 259_200, ...BILLS.flat(), CHARGED].map(
      (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ","),
    );
    expect(numbers.filter((number) => !page.includes(number))).toEqual([]);
  });
});
