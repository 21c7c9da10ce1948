import { describe, expect, it } from "vitest";
import { loadScenario } from "../../src/run/index.ts";

const faultsOf = (...set: readonly string[]): readonly string[] => {
  const loaded = loadScenario("one-node", { set });
  return loaded.ok ? [] : loaded.faults.map(({ path, expected }) => `${path}: ${expected}`);
};

describe("full blocks", () => {
  it.each(["carried", "skipped"])("are for the reserve based rules alone: %s", (overflow) => {
    const set = `billing.overflow=${overflow}`;
    expect(faultsOf(set)).toEqual([]);
    expect(faultsOf(set, "billing.rules=legacy")).toEqual([
      expect.stringContaining("assumptions.billing.overflow: `none`, since the lock based rules"),
    ]);
  });

  it("have room for one bill at least", () => {
    expect(faultsOf("block.room=881700000")).toEqual([]);
    expect(faultsOf("block.room=881700000", "block.call=1")).toEqual([
      "policy.block.room: room for a bill at least, which weighs 881700001",
    ]);
    const later = "block.bill={ steps: { 0 d: 881700000, 3 d: 1500000000001 } }";
    expect(faultsOf(later)).toEqual([
      "policy.block.room: room for a bill at least, which weighs 1500000000001",
    ]);
  });
});
