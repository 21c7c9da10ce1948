/**
 * The parts of a whole come to the whole: whatever is told by country, class or size.
 */
import { describe, expect, it } from "vitest";
import type { Summary } from "../../src/metrics/index.ts";
import { replicate } from "../../src/run/replicate.ts";
import { keyOf } from "../../src/run/seed.ts";
import { loadScenario } from "../../src/scenario/load.ts";

const loaded = loadScenario("baseline", { set: ["fleet.nodes=120"], run: { periods: "2" } });
if (!loaded.ok) throw new Error(loaded.faults.map((fault) => fault.found).join("\n"));
const summary: Summary = replicate(loaded.value.setup, keyOf("groups"), 0, {
  checkInvariants: true,
  place: { time: null, event: "" },
});

/** The values of a metric in one way of grouping, by the name of the group. */
function parts(metric: string, key: string): ReadonlyMap<string, number> {
  const found = summary.series.filter(
    (block) => block.metric === metric && block.dimension.startsWith(`${key}=`),
  );
  return new Map(found.map(({ dimension, value }) => [dimension, value[0]]));
}
/** The last value of a metric's course. */
const last = (metric: string): number =>
  summary.series.find((block) => block.metric === metric && block.dimension === "")?.value.at(-1) ??
  Number.NaN;
const total = (values: Iterable<number>): number =>
  [...values].reduce((sum, value) => sum + value, 0);
const result = (name: string): number =>
  summary.metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;

const WAYS = ["country", "class", "size"];

describe.each(WAYS)("by %s", (key) => {
  it.each(["cru", "mru", "sru", "hru", "cu", "su"])("the parts of capacity.%s are all", (kind) => {
    expect(total(parts(`capacity.${kind}`, key).values())).toBeCloseTo(last(`capacity.${kind}`), 6);
  });

  it("the nodes that are paid are those of the last payday", () => {
    const shares = parts("mint.paid_share", key);
    expect(shares.size).toBeGreaterThan(1);
    for (const share of shares.values()) expect(share >= 0 && share <= 1).toBe(true);
    const low = Math.min(...shares.values());
    const high = Math.max(...shares.values());
    expect(last("mint.paid_share")).toBeGreaterThanOrEqual(low);
    expect(last("mint.paid_share")).toBeLessThanOrEqual(high);
  });

  it("cores in use are the share of all that is told", () => {
    const cores = parts("capacity.cru", key);
    const used = [...parts("utilization.cru", key)].map(
      ([name, share]) => share * (cores.get(name) ?? 0),
    );
    expect(total(used)).toBeGreaterThan(0);
    expect(total(used) / total(cores.values())).toBeCloseTo(last("utilization.cru"), 9);
  });

  it("contracts on nodes are at most all contracts", () => {
    const live = total(parts("contract.live", key).values());
    expect(live).toBeGreaterThan(0);
    expect(live).toBeLessThanOrEqual(last("contract.live"));
  });
});

it.each(["country", "size"])("the mint by %s is the whole mint", (key) => {
  expect(total(parts("mint.tft", key).values())).toBeCloseTo(result("mint.tft"), 4);
});
