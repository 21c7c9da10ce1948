/**
 * Finished replications on disk, so that an interrupted run goes on where it stopped.
 *
 * `.replications/R.bin` holds one summary behind the SHA-256 of its bytes. It is written under
 * another name and renamed, so that it is either whole or not there; one that fails its sum (a
 * power cut) counts as not there. The rows of its tables lie beside it in `R.part`, whose sum it
 * holds. `.replications/run.json` says whose they are.
 */
import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { deserialize, serialize } from "node:v8";
import type { Summary } from "../metrics/summary.ts";
import { fileSum } from "./file-sum.ts";
import { type Piece, readPart } from "./part.ts";

const SUM_BYTES = 32;

/** Whose the kept replications are: equal exactly when they may be mixed. */
export interface Identity {
  readonly version: string;
  readonly commit: string | null;
  readonly scenario: string;
  readonly seed: string;
  readonly engine: string | null;
  readonly lean: boolean;
  readonly antithetic: boolean;
}

/** The folder for the finished replications of a run's folder. */
export const keptFolder = (out: string): string => join(out, ".replications");

/**
 * Makes the folder ready and answers null, or one sentence why it cannot go on: with `resume`
 * because what is kept there belongs to another run. Without `resume` what was kept is dropped.
 */
export function openKept(folder: string, identity: Identity, resume: boolean): string | null {
  const label = join(folder, "run.json");
  const text = `${JSON.stringify(identity, null, 2)}\n`;
  if (resume && existsSync(label)) {
    const found = readFileSync(label, "utf8");
    if (found === text) return null;
    return `--resume: ${folder} belongs to another run: ${differences(identity, found)}`;
  }
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeWhole(label, text);
  return null;
}

/** Makes a folder step by step: where a step is refused, Node's own recursion can run forever. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) {
    // Nothing is made here; it refuses a file of that name.
    mkdirSync(folder, { recursive: true });
    return;
  }
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** Why a folder cannot be made or written, in one sentence, or null. */
export function unwritable(folder: string): string | null {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
    return null;
  } catch (thrown) {
    // The wish is wrong, not the program: it names a file, or a folder that is not ours.
    const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
    const found = REFUSED[code] ?? String(thrown);
    return `--out: expected a folder that can be written, found \`${folder}\`: ${found}`;
  }
}

/** Why a folder is refused, by the system's word for it. */
const REFUSED: Readonly<Record<string, string>> = {
  EEXIST: "there is a file in the way",
  ENOTDIR: "there is a file in the way",
  EACCES: "it may not be written",
  EPERM: "it may not be written",
  EROFS: "it may not be written",
  ENOENT: "it cannot be made there",
};

/** A replication that is kept. */
export interface Kept {
  /** All of it but the rows of its tables. */
  readonly summary: Summary;
  /** The SHA-256 of its part; null where it has no rows of tables. */
  readonly part: string | null;
}

/** Where the part of a replication is. */
export const partFile = (folder: string, replication: number): string =>
  join(folder, `${replication}.part`);

/** Keeps a replication, whose part is whole. */
export function keep(folder: string, kept: Kept): void {
  const body = serialize(kept);
  writeWhole(fileOf(folder, kept.summary.replication), Buffer.concat([sumOf(body), body]));
}

/** True where the replication is kept and whole, its part as well. */
export function isKept(folder: string, replication: number): boolean {
  const kept = keptOf(folder, replication);
  if (kept === null || kept.part === null) return kept !== null;
  const path = partFile(folder, replication);
  return existsSync(path) && fileSum(path).sha256 === kept.part;
}

/** The summary of a replication that is kept, and the rows of its tables; null where it is not. */
export function readKept(
  folder: string,
  replication: number,
): { readonly summary: Summary; readonly pieces: Iterable<Piece> } | null {
  const kept = keptOf(folder, replication);
  if (kept === null) return null;
  const pieces = kept.part === null ? [] : readPart(partFile(folder, replication));
  return { summary: kept.summary, pieces };
}

/** Writes a file so that it is there whole or not at all. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.tmp`, content);
  renameSync(`${path}.tmp`, path);
}

const fileOf = (folder: string, replication: number): string => join(folder, `${replication}.bin`);

const sumOf = (body: Uint8Array): Buffer => createHash("sha256").update(body).digest();

/** How the kept run differs from the one that is asked for, name by name. */
function differences(identity: Identity, found: string): string {
  const kept = /"(\w+)": (.*?),?$/gm;
  const values = new Map([...found.matchAll(kept)].map(([, name = "", value]) => [name, value]));
  const told = Object.entries(identity)
    .filter(([name, value]) => values.get(name) !== JSON.stringify(value))
    .map(
      ([name, value]) => `${name} ${JSON.stringify(value)}, found ${values.get(name) ?? "none"}`,
    );
  return `expected ${told.join("; ")}. Name another --out, or leave out --resume to start anew`;
}

function keptOf(folder: string, replication: number): Kept | null {
  const path = fileOf(folder, replication);
  if (!existsSync(path)) return null;
  const content = readFileSync(path);
  const body = content.subarray(SUM_BYTES);
  if (!sumOf(body).equals(content.subarray(0, SUM_BYTES))) return null;
  const kept: Kept = deserialize(body);
  return kept;
}
