import { describe, expect, test } from "vitest";
import { seconds } from "../../src/units/index.ts";
import { closing } from "../../src/world/chain.ts";
import { Ending, Fact } from "../../src/world/facts.ts";
import { checkInvariants, type World } from "../../src/world/index.ts";
import { DAY, run, small, tellWorld } from "./money.ts";

const OUTAGE = {
  kind: "outage",
  at: seconds(5 * DAY + 1_234),
  target: { share: 0.5 },
  lasts: seconds(30 * 3_600),
} as const;

/** Counts what happened, so that a quiet world proves nothing by accident. */
function counter(): { readonly seen: Set<string>; readonly see: (world: World) => void } {
  const seen = new Set<string>();
  const see = ({ facts }: World): void => {
    for (let row = 0; row < facts.count; row++) {
      const ending = facts.kind[row] === Fact.contractEnded ? ` ${facts.value[row]}` : "";
      seen.add(`${facts.kind[row]}${ending}`);
    }
  };
  return { seen, see };
}

describe("a world on the money side", () => {
  const setup = small({}, { timeline: [OUTAGE] });
  const { seen, see } = counter();
  const checked = run(setup, { check: true, see });

  test("keeps every token, byte and address in every window", () => {
    for (const how of Object.values(Ending)) expect(seen).toContain(`${Fact.contractEnded} ${how}`);
    for (const kind of [Fact.graceEntered, Fact.graceLeft, Fact.walletFilled, Fact.deploymentMoved])
      expect(seen).toContain(`${kind}`);
    expect(checked.gauges.started).toBeGreaterThan(200);
  });

  test("is the same whether or not it is checked", () => {
    const quiet = counter();
    const plain = run(setup, { see: quiet.see });
    expect(quiet.seen).toStrictEqual(seen);
    for (const world of [checked, plain]) closing(world, setup.length);
    expect(tellWorld(checked)).toStrictEqual(tellWorld(plain));
  });

  const spoiled: readonly (readonly [string, RegExp, (world: World) => void])[] = [
    ["a unit too much", /tokens are lost or made/, ({ users }) => (users.free[0] += 1)],
    ["a gauge ahead", /cores in use/, ({ gauges }) => (gauges.usedCores += 1)],
    ["an address too few", /lent other addresses/, ({ fleet }) => (fleet.farms.ipsUsed[0] += 1)],
    ["a byte too few", /lends what it has not/, ({ fleet }) => (fleet.nodes.room.rows[0] = -1)],
  ];
  for (const [what, message, spoil] of spoiled)
    test(`is caught with ${what}`, () => {
      const world = run(small({}, { length: seconds(3_600) }));
      checkInvariants(world, 3_600);
      spoil(world);
      expect(() => checkInvariants(world, 3_600)).toThrow(message);
    });
});
