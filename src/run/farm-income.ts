/**
 * Farms: what a variant does to each, as the mean difference over replications of one fleet.
 *
 * A farm is known by its cause, which addresses all its chance: its row in the table shifts when a
 * variant adds a farm. All farms of the start are looked at; of each only sums are kept.
 */
import { mean } from "../stats/index.ts";
import { type GroupEffect, groupedBy, type Standing, standingOf, tallyOf } from "./group.ts";
import { readTableFile } from "./table-reader.ts";

/** What one can see of a farm. */
export interface FarmTraits {
  readonly cause: number;
  readonly type: "home" | "commercial";
  readonly country: string;
  readonly incomeGroup: string;
  /** The class of its first node. */
  readonly nodeClass: string;
  readonly nodes: number;
  /** Years since its first node joined, at the start. */
  readonly years: number;
}

/** A farm with what the variant does to it; amounts in USD a month, mint and users together. */
export interface FarmEffect extends FarmTraits {
  readonly base: number;
  readonly variant: number;
  readonly difference: number;
  readonly standing: Standing;
}

/** What is asked of the tables of one arm. */
export interface FarmQuestion {
  /** `farms.parquet` of the arm. */
  readonly path: string;
  readonly replications: number;
  /** Whole minting periods of a run. */
  readonly periods: number;
  readonly incomeGroups: ReadonlyMap<string, string>;
}

/** The mean income of each farm of the start, USD a month, by its cause. */
export type FarmIncomes = ReadonlyMap<
  number,
  { readonly traits: FarmTraits; readonly usd: number }
>;

const YEAR = 31_557_600;
const COLUMNS = [
  "cause",
  "country",
  "data_centre",
  "class",
  "joined_s",
  "nodes_at_start",
  "minted_usd",
  "received_usd",
];

/** Reads what each farm of the start earned in the mean month of an arm. */
export async function readFarmIncomes(question: FarmQuestion): Promise<FarmIncomes> {
  const { path, replications, periods, incomeGroups } = question;
  const farms = new Map<number, { readonly traits: FarmTraits; usd: number }>();
  await readTableFile(path, COLUMNS, (row) => {
    const nodes = Number(row["nodes_at_start"]);
    if (nodes === 0) return;
    const cause = Number(row["cause"]);
    const usd =
      (Number(row["minted_usd"]) + Number(row["received_usd"])) / (periods * replications);
    const known = farms.get(cause);
    if (known !== undefined) {
      known.usd += usd;
      return;
    }
    const country = String(row["country"]);
    const traits: FarmTraits = {
      cause,
      type: Number(row["data_centre"]) === 1 ? "commercial" : "home",
      country,
      incomeGroup: incomeGroups.get(country) ?? "not classed",
      nodeClass: String(row["class"]),
      nodes,
      years: -Number(row["joined_s"]) / YEAR,
    };
    farms.set(cause, { traits, usd });
  });
  return farms;
}

/** What a variant does to the farms that both arms have, in the order of their causes. */
export function farmEffects(
  base: FarmIncomes,
  variant: FarmIncomes,
  /** USD a month and node. */
  smallest: number,
): readonly FarmEffect[] {
  const effects: FarmEffect[] = [];
  for (const [cause, { traits, usd }] of base) {
    const other = variant.get(cause);
    if (other === undefined) continue;
    const difference = other.usd - usd;
    const standing = standingOf(difference, smallest * traits.nodes, true);
    effects.push({ ...traits, base: usd, variant: other.usd, difference, standing });
  }
  return effects.sort((a, b) => a.cause - b.cause);
}

const SIZES: readonly (readonly [most: number, name: string])[] = [
  [1, "1 node"],
  [5, "2 to 5 nodes"],
  [20, "6 to 20 nodes"],
  [Number.POSITIVE_INFINITY, "21 nodes or more"],
];
const AGES: readonly (readonly [most: number, name: string])[] = [
  [1, "under 1 year"],
  [2, "1 to 2 years"],
  [4, "2 to 4 years"],
  [Number.POSITIVE_INFINITY, "4 years or more"],
];
const INCOMES = ["high", "upper middle", "lower middle", "low", "not classed"];

const bandOf = (bands: typeof SIZES, value: number, inside: (most: number) => boolean): string =>
  bands.find(([most]) => inside(most))?.[1] ?? String(value);

/** What divides the farms, and the order in which its groups are told. */
const DIVISIONS: readonly {
  readonly by: string;
  readonly of: (farm: FarmTraits) => string;
  readonly order: readonly string[] | null;
}[] = [
  { by: "farm.type", of: ({ type }) => type, order: ["home", "commercial"] },
  { by: "farm.size", of: ({ nodes }) => sizeOf(nodes), order: SIZES.map(([, name]) => name) },
  { by: "farm.income_group", of: ({ incomeGroup }) => incomeGroup, order: INCOMES },
  { by: "farm.class", of: ({ nodeClass }) => nodeClass, order: null },
  { by: "farm.age", of: ({ years }) => ageOf(years), order: AGES.map(([, name]) => name) },
];

const sizeOf = (nodes: number): string => bandOf(SIZES, nodes, (most) => nodes <= most);
const ageOf = (years: number): string => bandOf(AGES, years, (most) => years < most);

/** The effects on farms, group by group. */
export function farmGroups(farms: readonly FarmEffect[]): readonly GroupEffect[] {
  return DIVISIONS.flatMap(({ by, of, order }) => {
    const groups = groupedBy(farms, of);
    const names = [...groups.keys()].sort((a, b) =>
      order === null ? (a < b ? -1 : 1) : order.indexOf(a) - order.indexOf(b),
    );
    return names.map((group): GroupEffect => {
      const members = groups.get(group) ?? [];
      const difference = mean(members.map((farm) => farm.difference));
      const tally = tallyOf(members.map(({ standing }) => standing));
      return { by, group, metric: "farmer.income_usd", difference, ...tally };
    });
  });
}
