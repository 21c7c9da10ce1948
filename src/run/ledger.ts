/**
 * Ledger: who pays for a variant, party by party; what one gains another gives, to the last unit of
 * the token, and to the last 1e-7 USD net of what farmers pay for power, lines and hardware.
 */

import { interval } from "../stats/index.ts";
import { assert, UNITS_PER_TOKEN } from "../units/index.ts";
import { readTableFile } from "./table-reader.ts";

/**
 * One party in one replication: 1e-7 TFT gained, its worth on the market as it moved, USD, and what
 * was paid or received in dollars, 1e-7 USD.
 */
export interface Entry {
  readonly units: bigint;
  readonly usd: number;
  readonly cost: bigint;
}

/** The entries of an arm by party; one a replication, in their order. */
export type Book = ReadonlyMap<string, readonly Entry[]>;

/** What one party gains by a variant. */
export interface LedgerLine {
  readonly line: string;
  /** Means over replications: what it gained in either arm, TFT. */
  readonly base: number;
  readonly variant: number;
  /** The exact difference, summed over all replications, in 1e-7 TFT. */
  readonly units: string;
  /** The mean difference of a replication, TFT, and its 95 % interval; null below two. */
  readonly difference: number;
  readonly ci95: readonly [number, number] | null;
  /** The exact difference of what is paid in dollars, over all replications, in 1e-7 USD. */
  readonly cost: string;
  /** The mean difference, USD: tokens on the market, or at the price of connection, and dollars. */
  readonly usd: number;
  readonly usdAtConnection: number;
}

/** What is left to all farmers when power, lines and hardware are paid, USD a run. */
export interface Net {
  readonly base: number;
  readonly variant: number;
  readonly difference: number;
  readonly ci95: readonly [number, number] | null;
}

/** What all parties gain by a variant, and that it adds up. */
export interface Ledger {
  readonly replications: number;
  /** USD of one TFT at which nodes connect, by the base. */
  readonly connectionPrice: number;
  readonly lines: readonly LedgerLine[];
  /** The sum of all exact differences, 1e-7 TFT: nothing. */
  readonly sum: string;
  /** The same in 1e-7 USD, tokens on the market and dollars: nothing. */
  readonly sumUsd: string;
  /** The farmers' own, with tokens on the market and at the price of connection. */
  readonly net: Net;
  readonly netAtConnection: Net;
}

/** Reads `ledger.parquet` of an arm. */
export async function readBook(path: string): Promise<Book> {
  const book = new Map<string, Entry[]>();
  await readTableFile(path, ["line", "tft", "usd", "cost"], (row) => {
    const line = String(row["line"]);
    const units = BigInt(String(row["tft"]));
    const entry = { units, usd: Number(row["usd"]), cost: BigInt(String(row["cost"])) };
    const entries = book.get(line);
    if (entries === undefined) book.set(line, [entry]);
    else entries.push(entry);
  });
  return book;
}

/** Who pays for a variant; asserts that in either arm nothing is lost or made. */
export function ledgerOf(base: Book, variant: Book, connectionPrice: number): Ledger {
  for (const book of [base, variant]) {
    const sums = [sumOf(book, (entry) => entry.units), sumOf(book, dollarsOf)];
    assert(
      sums.every((sum) => sum === 0n),
      `what one party gains, another gives: ${sums[0]} of 1e-7 TFT, ${sums[1]} of 1e-7 USD`,
    );
  }
  const names = [...new Set([...base.keys(), ...variant.keys()])];
  const lines = names.map((line) =>
    lineOf(line, base.get(line) ?? [], variant.get(line) ?? [], connectionPrice),
  );
  const replications = Math.max(0, ...[...base.values()].map((entries) => entries.length));
  const sum = lines.reduce((total, { units }) => total + BigInt(units), 0n);
  const sumUsd = sumOf(variant, dollarsOf) - sumOf(base, dollarsOf);
  const net = (usdOf: (entry: Entry) => number): Net =>
    netOf(farmersBy(base, replications, usdOf), farmersBy(variant, replications, usdOf));
  return {
    replications,
    connectionPrice,
    lines,
    sum: sum.toString(),
    sumUsd: sumUsd.toString(),
    net: net((entry) => Number(dollarsOf(entry)) / UNITS_PER_TOKEN),
    netAtConnection: net(
      ({ units, cost }) => (Number(units) * connectionPrice + Number(cost)) / UNITS_PER_TOKEN,
    ),
  };
}

/** Whole 1e-7 USD of an entry, its tokens on the market. */
const dollarsOf = ({ usd, cost }: Entry): bigint =>
  BigInt(Math.round(usd * UNITS_PER_TOKEN)) + cost;

const sumOf = (book: Book, of: (entry: Entry) => bigint): bigint =>
  [...book.values()].flat().reduce((sum, entry) => sum + of(entry), 0n);

const unitsOf = (entries: readonly Entry[]): bigint =>
  entries.reduce((sum, { units }) => sum + units, 0n);

/** What all farmers together were left with in each replication, USD. */
function farmersBy(
  book: Book,
  replications: number,
  usdOf: (entry: Entry) => number,
): readonly number[] {
  const theirs = [...book].filter(([line]) => line.startsWith("farmers,"));
  return Array.from({ length: replications }, (_, at) =>
    theirs.reduce((sum, [, entries]) => {
      const entry = entries[at];
      return entry === undefined ? sum : sum + usdOf(entry);
    }, 0),
  );
}

function netOf(base: readonly number[], variant: readonly number[]): Net {
  const n = base.length;
  const { mean, low, high } = interval(
    variant.map((usd, at) => usd - base[at]),
    0.95,
  );
  const meanOf = (values: readonly number[]): number =>
    values.reduce((sum, usd) => sum + usd, 0) / n;
  return {
    base: meanOf(base),
    variant: meanOf(variant),
    difference: mean,
    ci95: n < 2 ? null : [low, high],
  };
}

function lineOf(
  line: string,
  base: readonly Entry[],
  variant: readonly Entry[],
  connectionPrice: number,
): LedgerLine {
  const n = Math.max(base.length, variant.length);
  const tft = (units: bigint): number => Number(units) / UNITS_PER_TOKEN;
  const differences = Array.from({ length: n }, (_, at) =>
    tft((variant[at]?.units ?? 0n) - (base[at]?.units ?? 0n)),
  );
  const paid = (entry: Entry | undefined): bigint => entry?.cost ?? 0n;
  const cost = Array.from({ length: n }, (_, at) => paid(variant[at]) - paid(base[at]));
  const costs = cost.reduce((sum, each) => sum + each, 0n);
  const dollars = Array.from(
    { length: n },
    (_, at) => (variant[at]?.usd ?? 0) - (base[at]?.usd ?? 0) + tft(cost[at]),
  );
  const { mean: difference, low, high } = interval(differences, 0.95);
  return {
    line,
    base: tft(unitsOf(base)) / n,
    variant: tft(unitsOf(variant)) / n,
    units: (unitsOf(variant) - unitsOf(base)).toString(),
    difference,
    ci95: n < 2 ? null : [low, high],
    cost: costs.toString(),
    usd: interval(dollars, 0.95).mean,
    usdAtConnection: difference * connectionPrice + tft(costs) / n,
  };
}
