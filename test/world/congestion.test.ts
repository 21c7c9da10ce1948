import { describe, expect, test } from "vitest";
import { ln, streamId } from "../../src/kernel/index.ts";
import { PERIOD_LENGTH } from "../../src/protocol/index.ts";
import { seconds } from "../../src/units/index.ts";
import { closing } from "../../src/world/chain.ts";
import type { World } from "../../src/world/index.ts";
import type { Setup } from "../../src/world/setup.ts";
import { lawsOfUser, USER } from "../../src/world/user.ts";
import { lookMean } from "../../src/world/user-laws.ts";
import { DAY, run, small, tellWorld } from "./money.ts";

type Overflow = Setup["assumptions"]["billing"]["overflow"];

const OUTAGE = {
  kind: "outage",
  at: seconds(5 * DAY + 1_234),
  target: { share: 0.5 },
  lasts: seconds(30 * 3_600),
} as const;
const VOTE = {
  kind: "policy",
  at: seconds(9 * DAY + 77),
  changes: [
    { key: "policy.billing.frequency", value: 1_200 },
    { key: "policy.pricing.cu", value: 305_600 },
  ],
} as const;

describe("blocks with room for every bill", () => {
  const end = (overflow: Overflow): unknown => {
    const rest = { length: PERIOD_LENGTH, periods: 1, timeline: [OUTAGE, VOTE] };
    const world = run(small({ billing: { overflow } }, rest), { check: true });
    closing(world, world.now);
    expect(world.paydays.length).toBe(1);
    return tellWorld(world);
  };
  const free = end("none");
  test.each(["carried", "skipped"] as const)(
    "leave every account as it is without the loop, to the last unit: %s",
    (overflow) => {
      expect(end(overflow)).toStrictEqual(free);
    },
  );
});

describe("blocks with room for a single bill", () => {
  const tight = (overflow: Overflow, window: number): World => {
    const made = small({ billing: { overflow } }, { timeline: [OUTAGE, VOTE] });
    const block = { ...made.policy.block, room: made.policy.block.bill };
    const setup = { ...made, window: seconds(window), policy: { ...made.policy, block } };
    return run(setup, { check: window === 3_600 });
  };
  const end = (overflow: Overflow, window: number): unknown => {
    const world = tight(overflow, window);
    closing(world, world.now);
    const { loop } = world.contracts;
    if (loop === null) throw new Error("there is a loop");
    expect(overflow === "carried" ? loop.counts.late : loop.counts.skipped).toBeGreaterThan(1_000);
    return tellWorld(world);
  };
  test.each(["carried", "skipped"] as const)(
    "hold every invariant, and the length of a window changes nothing: %s",
    (overflow) => {
      const hour = end(overflow, 3_600);
      for (const window of [900, 5_431]) expect(end(overflow, window)).toStrictEqual(hour);
    },
  );

  test("pass over no look at a wallet, since a late bill takes more than any bound", () => {
    const world = tight("skipped", 3_600);
    const { users, chance, now } = world;
    let payers = 0;
    for (let user = 0; user < users.count; user++) {
      if (users.held[user * USER] === 0) continue;
      payers += 1;
      const mean = lookMean(
        lawsOfUser(world, user).look[users.careless[user] === 1 ? 1 : 0],
        chance,
        user,
      );
      let number = users.looks[user * USER];
      let second = users.lookedAt[user * USER];
      do second += -ln(chance.uniform(streamId("wallet.look"), 0, user, number++)) * mean;
      while (second <= now);
      expect(users.lookDue[user * USER]).toBe(second);
    }
    expect(payers).toBeGreaterThan(30);
  });
});
