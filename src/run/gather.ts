/**
 * Shards of a sweep joined into one folder, once it is sure that nothing is missing or mixed.
 */
import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { holding } from "./folder-lock.ts";
import { pointFolder } from "./point.ts";
import { readSweep, type SweepTable, writeSweep } from "./sweep.ts";

/** The joined table, or everything that is wrong with the shards. */
export type Gathered =
  | { readonly kind: "finished"; readonly table: SweepTable }
  | { readonly kind: "refused"; readonly faults: readonly string[] };

/** Joins the folders of shards into `out`; nothing is written where anything is wrong. */
export async function gather(folders: readonly string[], out: string): Promise<Gathered> {
  const faults: string[] = [];
  const shards: { readonly folder: string; readonly table: SweepTable }[] = [];
  for (const folder of folders) {
    const table = readSweep(folder);
    if (typeof table === "string") faults.push(table);
    else shards.push({ folder, table });
    if (resolve(folder) === resolve(out)) {
      faults.push(`--out: expected another folder than those to be joined, found ${out}`);
    }
  }
  const [first] = shards;
  if (first === undefined) return { kind: "refused", faults };
  for (const { folder, table } of shards.slice(1)) {
    const other = differing(first.table, table);
    if (other !== "")
      faults.push(`${folder}: expected the sweep of ${first.folder}, found ${other}`);
  }
  const points = new Map<number, { readonly folder: string; readonly text: string }>();
  for (const { folder, table } of shards) {
    for (const one of table.points) {
      const text = JSON.stringify(one);
      const known = points.get(one.point);
      if (known !== undefined && known.text !== text) {
        faults.push(`${folder}: point ${one.point} differs from that of ${known.folder}`);
      }
      const fault = faultOf(join(folder, pointFolder(one.point)), first.table, one.point);
      if (fault !== null) faults.push(fault);
      points.set(one.point, { folder, text });
    }
  }
  const all = first.table.design_points.map(({ point }) => point);
  const missing = all.filter((point) => !points.has(point));
  if (missing.length > 0) {
    faults.push(
      `expected ${all.length} points, missing ${ranges(missing)}: ${shardsOf(missing, shards)}`,
    );
  }
  if (faults.length > 0) return { kind: "refused", faults };
  return holding(out, async () => ({ kind: "finished", table: joined(first.table, points, out) }));
}

function joined(
  first: SweepTable,
  points: ReadonlyMap<number, { readonly folder: string; readonly text: string }>,
  out: string,
): SweepTable {
  rmSync(join(out, "points"), { recursive: true, force: true });
  const ordered = [...points.entries()].sort(([a], [b]) => a - b);
  for (const [point, { folder }] of ordered) {
    cpSync(join(folder, pointFolder(point)), join(out, pointFolder(point)), { recursive: true });
  }
  const table: SweepTable = {
    ...first,
    shard: null,
    points: ordered.map(([, { text }]): SweepTable["points"][number] => JSON.parse(text)),
  };
  writeSweep(out, table);
  return table;
}

/** What of the sweep is not the same, by name; empty where it is one sweep. */
function differing(one: SweepTable, other: SweepTable): string {
  const names = (Object.keys(one) as (keyof SweepTable)[]).filter(
    (name) => name !== "shard" && name !== "points",
  );
  const unequal = names.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]));
  return unequal.length === 0 ? "" : `another ${unequal.join(", ").replaceAll("_", " ")}`;
}

function faultOf(folder: string, table: SweepTable, point: number): string | null {
  const path = join(folder, "manifest.json");
  if (!existsSync(path)) return `${folder}: expected a finished run, found no manifest.json`;
  const planned = table.design_points.find((one) => one.point === point);
  const { scenario }: { scenario?: { hash?: string } } = JSON.parse(readFileSync(path, "utf8"));
  return scenario?.hash === planned?.hash ? null : `${folder}: expected the run of point ${point}`;
}

/** Numbers as `0, 3-5`. */
function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last !== undefined && last[1] + 1 === number) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
}

/** Which shards the missing points belong to. */
function shardsOf(
  missing: readonly number[],
  shards: readonly { readonly table: SweepTable }[],
): string {
  const of = shards.find(({ table }) => table.shard !== null)?.table.shard?.of ?? 1;
  const absent = [...new Set(missing.map((point) => point % of))].sort((a, b) => a - b);
  return `run ${absent.map((index) => `--shard ${index}/${of}`).join(", ")}`;
}
