import { describe, expect, test } from "vitest";
import { PERIOD_LENGTH } from "../../src/protocol/index.ts";
import { seconds } from "../../src/units/index.ts";
import { closing } from "../../src/world/chain.ts";
import type { Setup } from "../../src/world/setup.ts";
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
