/**
 * Finished replications on disk, so that an interrupted run goes on where it stopped.
 *
 * `.replications/R.bin` holds one summary behind the SHA-256 of its bytes. It is written under
 * another name and renamed, so that it is either whole or not there; one that fails its sum (a
 * power cut) counts as not there. `.replications/run.json` says whose they are.
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

/** Keeps a summary. */
export function keep(folder: string, summary: Summary): void {
  const body = serialize(summary);
  writeWhole(fileOf(folder, summary.replication), Buffer.concat([sumOf(body), body]));
}

/** True where the replication is kept and whole. */
export const isKept = (folder: string, replication: number): boolean =>
  bodyOf(folder, replication) !== null;

/** The summary of a replication that is kept, or null. */
export function readKept(folder: string, replication: number): Summary | null {
  const body = bodyOf(folder, replication);
  if (body === null) return null;
  const summary: Summary = deserialize(body);
  return summary;
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

function bodyOf(folder: string, replication: number): Buffer | null {
  const path = fileOf(folder, replication);
  if (!existsSync(path)) return null;
  const content = readFileSync(path);
  const body = content.subarray(SUM_BYTES);
  return sumOf(body).equals(content.subarray(0, SUM_BYTES)) ? body : null;
}
