import { describe, expect, test } from "vitest";
import { seconds } from "../../src/units/index.ts";
import { closing } from "../../src/world/chain.ts";
import { DEPLOYMENT_STEP } from "../../src/world/deployment.ts";
import type { World } from "../../src/world/index.ts";
import type { Setup } from "../../src/world/setup.ts";
import { USER } from "../../src/world/user.ts";
import { DAY, run } from "./money.ts";
import { historiesOf, roomy, usersOn } from "./roomy.ts";

function ended(setup: Setup): World {
  const world = run(setup);
  closing(world, setup.length);
  return world;
}

/** Expects equal histories of all users but some; answers how many were compared. */
function expectSame(one: World, other: World, but: ReadonlySet<number>): number {
  const ours = historiesOf(one);
  const theirs = historiesOf(other);
  let compared = 0;
  for (const [user, history] of ours) {
    if (but.has(user)) continue;
    compared += 1;
    expect(theirs.get(user)).toBe(history);
    expect(other.users.free[user * USER]).toBe(one.users.free[user * USER]);
  }
  return compared;
}

const base = ended(roomy());

describe("chance is addressed", () => {
  test("a user more leaves all others' contracts as they were, to the last unit", () => {
    // Powers of two keep the pace of a user bit for bit.
    const few = ended(roomy({ fleet: { nodes: 64 }, demand: { users: 1, live: 2 } }));
    const more = ended(roomy({ fleet: { nodes: 64 }, demand: { users: 65 / 64, live: 65 / 32 } }));
    expect(more.users.count).toBe(few.users.count + 1);
    expect(historiesOf(more).has(few.users.count)).toBe(true);
    expect(expectSame(few, more, new Set())).toBeGreaterThan(50);
  });

  test("a node more changes only the accounts with something on it", () => {
    const more = ended(roomy({ fleet: { nodes: 71 } }));
    expect(more.users.count).toBe(base.users.count);
    const moved = usersOn(more, (node) => node === 70);
    expect(moved.size).toBeGreaterThan(0);
    expect(expectSame(base, more, moved)).toBeGreaterThan(30);
  });

  test("an outage elsewhere changes only the accounts with something there", () => {
    const { farm } = base.fleet.nodes;
    const struck = farm[0];
    const outage = {
      kind: "outage",
      at: seconds(3 * DAY),
      target: { farm: struck, share: 1 },
      lasts: seconds(4 * DAY),
    } as const;
    const other = ended(roomy({}, { timeline: [outage] }));
    const there = usersOn(base, (node) => farm[node] === struck);
    expect(there.size).toBeGreaterThan(0);
    expect(expectSame(base, other, there)).toBeGreaterThan(30);
  });
});

describe("demand is thinned", () => {
  const shock = (factor: number): World =>
    ended(
      roomy(
        {},
        {
          timeline: [{ kind: "demand", at: seconds(2 * DAY), factor, lasts: seconds(5 * DAY) }],
        },
      ),
    );
  /** Deployments as told by who made them and for how long; moves and balances left out. */
  const deploymentsOf = ({ deployments }: World): ReadonlySet<string> =>
    new Set(
      Array.from(
        { length: deployments.count / DEPLOYMENT_STEP },
        (_, at) => at * DEPLOYMENT_STEP,
      ).map((row) =>
        [deployments.user[row], deployments.ordinal[row], deployments.ends[row]].join(" "),
      ),
    );
  const before = deploymentsOf(base);

  test("a surge adds deployments and leaves those that would be there anyway", () => {
    const after = deploymentsOf(shock(3));
    expect(after.size).toBeGreaterThan(before.size * 1.2);
    for (const one of before) expect(after).toContain(one);
  });

  test("a slump only takes deployments away", () => {
    const after = deploymentsOf(shock(0.3));
    expect(after.size).toBeLessThan(before.size);
    for (const one of after) expect(before).toContain(one);
  });
});
