/**
 * Ledger: who pays for a variant, party by party; what one gains another gives, to the last unit.
 */

import { interval } from "../stats/index.ts";
import { assert, UNITS_PER_TOKEN } from "../units/index.ts";
import { readTableFile } from "./table-reader.ts";

/** One party in one replication: 1e-7 TFT gained, and its worth on the market as it moved, USD. */
export interface Entry {
  readonly units: bigint;
  readonly usd: number;
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
  /** The same in USD on the market, and at the price of the nodes' connection. */
  readonly usd: number;
  readonly usdAtConnection: number;
}

/** What all parties gain by a variant, and that it adds up. */
export interface Ledger {
  readonly replications: number;
  /** USD of one TFT at which nodes connect, by the base. */
  readonly connectionPrice: number;
  readonly lines: readonly LedgerLine[];
  /** The sum of all exact differences, 1e-7 TFT: nothing. */
  readonly sum: string;
}

/** Reads `ledger.parquet` of an arm. */
export async function readBook(path: string): Promise<Book> {
  const book = new Map<string, Entry[]>();
  await readTableFile(path, ["line", "tft", "usd"], (row) => {
    const line = String(row["line"]);
    const entry = { units: BigInt(String(row["tft"])), usd: Number(row["usd"]) };
    const entries = book.get(line);
    if (entries === undefined) book.set(line, [entry]);
    else entries.push(entry);
  });
  return book;
}

/** Who pays for a variant; asserts that in either arm nothing is lost or made. */
export function ledgerOf(base: Book, variant: Book, connectionPrice: number): Ledger {
  assert(sumOf(base) === 0n && sumOf(variant) === 0n, "what one party gains, another gives");
  const names = [...new Set([...base.keys(), ...variant.keys()])];
  const lines = names.map((line) =>
    lineOf(line, base.get(line) ?? [], variant.get(line) ?? [], connectionPrice),
  );
  const replications = Math.max(0, ...[...base.values()].map((entries) => entries.length));
  const sum = lines.reduce((total, { units }) => total + BigInt(units), 0n);
  return { replications, connectionPrice, lines, sum: sum.toString() };
}

const unitsOf = (entries: readonly Entry[]): bigint =>
  entries.reduce((sum, { units }) => sum + units, 0n);

const sumOf = (book: Book): bigint =>
  [...book.values()].reduce((sum, entries) => sum + unitsOf(entries), 0n);

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
  const dollars = Array.from(
    { length: n },
    (_, at) => (variant[at]?.usd ?? 0) - (base[at]?.usd ?? 0),
  );
  const { mean: difference, low, high } = interval(differences, 0.95);
  return {
    line,
    base: tft(unitsOf(base)) / n,
    variant: tft(unitsOf(variant)) / n,
    units: (unitsOf(variant) - unitsOf(base)).toString(),
    difference,
    ci95: n < 2 ? null : [low, high],
    usd: interval(dollars, 0.95).mean,
    usdAtConnection: difference * connectionPrice,
  };
}
