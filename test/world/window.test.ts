import { describe, expect, test } from "vitest";
import { PERIOD_LENGTH } from "../../src/protocol/index.ts";
import { seconds } from "../../src/units/index.ts";
import { closing } from "../../src/world/chain.ts";
import { DAY, run, small, tellWorld } from "./money.ts";

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

describe("the length of a window", () => {
  const end = (window: number, check: boolean): unknown => {
    const setup = small(
      {},
      {
        window: seconds(window),
        length: PERIOD_LENGTH,
        periods: 1,
        timeline: [OUTAGE, VOTE],
      },
    );
    const world = run(setup, { check });
    closing(world, world.now);
    expect(world.paydays.length).toBe(1);
    return tellWorld(world);
  };
  const hour = end(3_600, true);
  for (const window of [900, 7_200, 5_431])
    test(`changes nothing: ${window} s is as good as an hour`, () => {
      expect(end(window, false)).toStrictEqual(hour);
    });
});
