/**
 * Farmers: what a farm of the start earns in a month, from the mint and from its users.
 */
import { ascending, gini, lorenz, mean, quantileOf } from "../stats/index.ts";
import type { World } from "../world/state.ts";
import {
  type MetricGroup,
  SIZE_BANDS,
  type Sight,
  sizeBand,
  type Telling,
  type Watcher,
} from "./metric.ts";

/** The metrics of farms and farmers' income. */
export const farmerMetrics: MetricGroup = {
  entries: [
    { name: "farm.count", unit: "1", doc: "Farms with at least one node, at the end." },
    {
      name: "farmer.income_usd",
      unit: "USD/month",
      doc: "Worth of a farm's month, mint and users' payments, mean over farms of the start.",
    },
    {
      name: "farmer.income_usd.p10",
      unit: "USD/month",
      doc: "The income a tenth of farms is below.",
    },
    {
      name: "farmer.income_usd.median",
      unit: "USD/month",
      doc: "The income half of farms is below.",
    },
    {
      name: "farmer.income_usd.p90",
      unit: "USD/month",
      doc: "The income a tenth of farms is above.",
    },
    {
      name: "farmer.gini",
      unit: "1",
      doc: "Inequality of that income over farms: 0 if all earn the same, near 1 if one has all.",
    },
  ],
  watch: () => new FarmerWatcher(),
};

/** Points of the Lorenz curve and of the quantiles that are told. */
const SHARES = 20;

class FarmerWatcher implements Watcher {
  #farms = 0;
  #end = 0;

  end({ world, until }: Sight): void {
    this.#end = until;
    const { farms } = world.fleet;
    for (let farm = 0; farm < farms.count; farm++) if (farms.nodes[farm] > 0) this.#farms += 1;
  }

  tell({ world }: Sight, telling: Telling): void {
    telling.value("farm.count", this.#farms);
    const months = world.paydays.length;
    if (months === 0) {
      for (const { name } of farmerMetrics.entries.slice(1)) telling.value(name, Number.NaN);
      return;
    }
    const incomes = incomesOf(world, months);
    const sorted = ascending(incomes.map(({ usd }) => usd));
    telling.value("farmer.income_usd", mean(Array.from(sorted)));
    telling.value("farmer.income_usd.p10", quantileOf(sorted, 0.1));
    telling.value("farmer.income_usd.median", quantileOf(sorted, 0.5));
    telling.value("farmer.income_usd.p90", quantileOf(sorted, 0.9));
    telling.value("farmer.gini", gini(sorted));
    const shares = Array.from({ length: SHARES + 1 }, (_, at) => at / SHARES);
    const curve = lorenz(sorted, shares);
    for (let at = 0; at <= SHARES; at++) {
      const share = `share=${(at / SHARES).toFixed(2)}`;
      telling.at("farmer.lorenz", share, this.#end, curve[at]);
      if (at === 0 || at === SHARES) continue;
      telling.at("farmer.income_usd", share, this.#end, quantileOf(sorted, at / SHARES));
    }
    tellGroups(incomes, this.#end, telling);
  }
}

/** A farm's monthly income, and the groups it belongs to. */
interface Income {
  readonly usd: number;
  readonly groups: readonly string[];
}

function incomesOf(world: World, months: number): readonly Income[] {
  const { fleet, earnings, setup } = world;
  const { farms, nodes } = fleet;
  const incomes: Income[] = [];
  for (let farm = 0; farm < farms.count; farm++) {
    const size = farms.sizeAtStart[farm];
    if (size === 0) continue;
    const first = nodes.class[farms.firstNode[farm]];
    incomes.push({
      usd: (earnings.farmMintedUsd[farm] + earnings.farmUserUsd[farm]) / months,
      groups: [
        `country=${setup.countries[farms.country[farm]].code}`,
        `class=${setup.classes[first].name}`,
        `size=${SIZE_BANDS[sizeBand(size)]}`,
      ],
    });
  }
  return incomes;
}

function tellGroups(incomes: readonly Income[], end: number, telling: Telling): void {
  const sums = new Map<string, { usd: number; farms: number }>();
  for (const { usd, groups } of incomes) {
    for (const group of groups) {
      const sum = sums.get(group);
      if (sum === undefined) sums.set(group, { usd, farms: 1 });
      else {
        sum.usd += usd;
        sum.farms += 1;
      }
    }
  }
  for (const [group, { usd, farms }] of sums) {
    telling.at("farmer.income_usd", group, end, usd / farms);
    telling.at("farm.count", group, end, farms);
  }
}
