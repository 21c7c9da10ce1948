import { describe, expect, test } from "vitest";
import { MeterState } from "../../src/protocol/index.ts";
import { seconds } from "../../src/units/index.ts";
import { closing } from "../../src/world/chain.ts";
import type { World } from "../../src/world/index.ts";
import { DAY, rowsOf, run, tellWorld } from "./money.ts";
import { roomy } from "./roomy.ts";

/** A grid on which a vote sets one value on the fifth day. */
function voted(...changes: readonly { readonly key: string; readonly value: number }[]): World {
  const setup = roomy({}, { timeline: [{ kind: "policy", at: seconds(5 * DAY + 90), changes }] });
  const world = run(setup, { check: true });
  closing(world, setup.length);
  return world;
}

describe("a vote in mid-run", () => {
  const before = voted();

  test("cannot lower the billing frequency: CanOnlyIncreaseFrequency", () => {
    const lower = voted({ key: "policy.billing.frequency", value: 300 });
    expect(tellWorld(lower)).toStrictEqual(tellWorld(before));
  });

  test("that raises the frequency leaves every contract its block in the cycle", () => {
    const { contracts } = voted({ key: "policy.billing.frequency", value: 1_200 });
    let billed = 0;
    for (const row of rowsOf({ contracts })) {
      const block = contracts.lastBilled[row];
      if (contracts.state[row] !== MeterState.created || block === contracts.created[row]) continue;
      if (block < 6 * 14_400) continue;
      billed += 1;
      expect(block % 1_200).toBe(contracts.phase[row]);
    }
    expect(billed).toBeGreaterThan(50);
  });

  test("that doubles all prices is paid from the next bill on", () => {
    const { ledger } = voted(
      { key: "policy.pricing.cu", value: 200_000 },
      { key: "policy.pricing.su", value: 100_000 },
    );
    expect(ledger.charged.value).toBeGreaterThan(before.ledger.charged.value);
  });
});
