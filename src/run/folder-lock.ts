/**
 * One writer a folder: two runs into the same one would mix their files.
 *
 * `.lock` names the process that writes there; its own age says since when. It is made in one step
 * that only one of two can take, and goes when the work ends, however it ends. A process that was
 * killed leaves it behind: the next one on the same machine finds nobody alive and takes it over.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join, resolve, sep } from "node:path";
import { unwritable } from "./kept.ts";

/** Why work in a folder was not begun. */
export interface Refused {
  readonly kind: "refused";
  readonly faults: readonly string[];
}

interface Holder {
  readonly pid: number;
  readonly host: string;
}

/** The folders that this process holds, and those of them that the work under way may write. */
const held = new Set<string>();
const own = new AsyncLocalStorage<readonly string[]>();

const lockOf = (folder: string): string => join(folder, ".lock");

/**
 * Does work while nobody else writes into a folder, which is made; refuses where another does. Work
 * inside of it may hold the same folder again, and those below.
 */
export async function holding<Outcome>(
  out: string,
  work: () => Promise<Outcome>,
): Promise<Outcome | Refused> {
  const folder = resolve(out);
  const inside = own.getStore() ?? [];
  if (inside.some((one) => folder === one || folder.startsWith(one + sep))) return work();
  const fault = unwritable(out) ?? take(folder);
  if (fault !== null) return { kind: "refused", faults: [fault] };
  const release = (): void => {
    held.delete(folder);
    rmSync(lockOf(folder), { force: true });
  };
  // A second Ctrl-C ends the program without coming back here.
  process.once("exit", release);
  try {
    return await own.run([...inside, folder], work);
  } finally {
    process.off("exit", release);
    release();
  }
}

/** Takes a folder; a sentence where somebody has it. */
function take(folder: string): string | null {
  if (mark(lockOf(folder))) return hold(folder);
  if (!abandoned(folder)) return heldText(folder);
  // Two may find it abandoned; who takes its place is decided by a mark of its own.
  const succession = `${lockOf(folder)}.next`;
  if (!mark(succession)) return heldText(folder);
  try {
    if (!abandoned(folder)) return heldText(folder);
    rmSync(lockOf(folder), { force: true });
    return mark(lockOf(folder)) ? hold(folder) : heldText(folder);
  } finally {
    rmSync(succession, { force: true });
  }
}

function hold(folder: string): null {
  held.add(folder);
  return null;
}

/** Makes a file that names this process; false where there is one. */
function mark(path: string): boolean {
  try {
    const file = openSync(path, "wx");
    writeFileSync(file, `${JSON.stringify({ pid: process.pid, host: hostname() })}\n`);
    closeSync(file);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === "EEXIST") return false;
    throw thrown;
  }
}

/** True where the lock names a process of this machine that is not there any more. */
function abandoned(folder: string): boolean {
  const holder = holderOf(folder);
  if (holder === null || holder.host !== hostname()) return false;
  // Numbers of processes come again, so one that died may have had ours.
  if (holder.pid === process.pid) return !held.has(folder);
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (thrown) {
    // Somebody else's process is alive, but not ours to signal.
    return codeOf(thrown) === "ESRCH";
  }
}

/** Who the lock names; null where it is gone or does not say. */
function holderOf(folder: string): Holder | null {
  const [, pid, host] = /^\{"pid":(\d+),"host":"(.*)"\}$/m.exec(textOf(lockOf(folder))) ?? [];
  return pid === undefined || host === undefined ? null : { pid: Number(pid), host };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return "";
    throw thrown;
  }
}

function heldText(folder: string): string {
  const path = lockOf(folder);
  const holder = holderOf(folder);
  const who = holder === null ? "another run" : `process ${holder.pid} on ${holder.host}`;
  const age = statSync(path, { throwIfNoEntry: false });
  const since = age === undefined ? "" : `, since ${age.mtime.toISOString()}`;
  return (
    `--out: expected a folder that no other run writes, found \`${folder}\`, ` +
    `which ${who} holds${since}. Wait for it, or name another --out; ` +
    `if it is not running any more, remove ${path}`
  );
}

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
