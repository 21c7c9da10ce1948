/**
 * The market of a run's folder as its report reads it: the table `market`, summed up.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
import { interval } from "../stats/index.ts";
import { MEAN_MONTH, UNITS_PER_TOKEN } from "../units/index.ts";
import { readWith } from "./folder.ts";

/** A mean over replications, and its 95 % interval; null below two. */
export interface Told {
  readonly mean: number;
  readonly ci95: readonly [number, number] | null;
}

/** What the table `market` of a run comes to. */
export interface MarketNote {
  readonly replications: number;
  /** What each trader received in a month, TFT and USD; below zero what it gave. */
  readonly flows: readonly { readonly who: string; readonly tft: Told; readonly usd: Told }[];
  /** Who holds what at the end, TFT. */
  readonly holders: readonly { readonly who: string; readonly tft: Told }[];
  /** Costs that farms owe at the end, USD. */
  readonly unpaid: Told;
}

interface Row {
  readonly kind: string;
  readonly who: string;
  readonly replication: number;
  readonly second: number;
  readonly tft: number;
  readonly usd: number;
}

/** Reads the market of a run's folder; null where the price came from outside. */
export async function readMarket(folder: string): Promise<MarketNote | null> {
  const path = join(folder, "market.parquet");
  if (!existsSync(path)) return null;
  return readWith(path, "a Parquet file", async (from) => {
    const file = await asyncBufferFromFile(from);
    const columns = ["kind", "who", "replication", "second", "tft", "usd"];
    const rows = await parquetReadObjects({ file, columns });
    return noteOf(
      rows.map((row) => ({
        kind: String(row.kind),
        who: String(row.who),
        replication: Number(row.replication),
        second: Number(row.second),
        tft: Number(row.tft) / UNITS_PER_TOKEN,
        usd: Number(row.usd) / UNITS_PER_TOKEN,
      })),
    );
  });
}

function noteOf(rows: readonly Row[]): MarketNote {
  const numbers = [...new Set(rows.map(({ replication }) => replication))];
  const length = Math.max(1, ...rows.map(({ second }) => second));
  const sumOf = (kind: string, who: string, of: "tft" | "usd", scale: number): Told =>
    toldOf(
      numbers.map((number) => {
        const own = rows.filter(
          (row) => row.replication === number && row.kind === kind && row.who === who,
        );
        return own.reduce((sum, row) => sum + row[of], 0) * scale;
      }),
    );
  const namesOf = (kind: string): readonly string[] => [
    ...new Set(rows.filter((row) => row.kind === kind).map(({ who }) => who)),
  ];
  return {
    replications: numbers.length,
    flows: namesOf("flow").map((who) => ({
      who,
      tft: sumOf("flow", who, "tft", MEAN_MONTH / length),
      usd: sumOf("flow", who, "usd", MEAN_MONTH / length),
    })),
    holders: namesOf("holder").map((who) => ({ who, tft: sumOf("holder", who, "tft", 1) })),
    unpaid: sumOf("unpaid", "farmers", "usd", 1),
  };
}

function toldOf(values: readonly number[]): Told {
  const { mean, low, high } = interval(values, 0.95);
  return { mean, ci95: values.length < 2 ? null : [low, high] };
}
