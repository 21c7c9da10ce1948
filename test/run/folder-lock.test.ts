/** Two real processes and one folder: one writes, the other is told who does. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { holding } from "../../src/run/folder-lock.ts";

const root = mkdtempSync(join(tmpdir(), "gridbench-lock-"));
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(root, { recursive: true, force: true });
});

const SMALL = ["--set", "fleet.nodes=20", "--set", "demand.users=0.2", "--no-report"];

interface Ran {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly err: string }>;
}

/** Starts the command line in a process of its own. */
function start(words: readonly string[]): Ran {
  const child = spawn(process.execPath, [main, ...words], { stdio: ["ignore", "ignore", "pipe"] });
  children.push(child);
  let err = "";
  child.stderr.on("data", (part) => {
    err += String(part);
  });
  const ended = once(child, "close").then(([code]) => ({ code: Number(code), err }));
  return { child, ended };
}

const run = (out: string, replications: number): Ran =>
  start(["run", "baseline", "--days=10", `--replications=${replications}`, "--out", out, ...SMALL]);

const lockIn = (out: string): string => join(out, ".lock");

/** Waits until a process holds the folder. */
const begun = (out: string): Promise<void> =>
  expect.poll(() => existsSync(lockIn(out)), { timeout: 30_000 }).toBe(true);

/** The number of a process that is not there any more. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "close");
  return Number(child.pid);
}

const lock = (out: string, pid: number, host = hostname()): void => {
  mkdirSync(out, { recursive: true });
  writeFileSync(lockIn(out), `${JSON.stringify({ pid, host })}\n`);
};

const done = (out: string): Promise<unknown> => holding(out, async () => "done");

describe("a folder that a run writes", () => {
  it("is refused to another, and taken over from one that was killed", async () => {
    const out = join(root, "shared");
    const first = run(out, 100_000);
    await begun(out);
    const second = await run(out, 1).ended;
    expect(second.code).toBe(2);
    expect(second.err).toContain(
      `which process ${first.child.pid} on ${hostname()} holds, since 2`,
    );
    expect(second.err).toContain(`remove ${lockIn(out)}`);
    const words = ["compare", "baseline", "--set", "fleet.nodes=30", "--days=10", "--out", out];
    expect((await start(words).ended).code).toBe(2);
    first.child.kill("SIGKILL");
    await first.ended;
    expect(existsSync(lockIn(out))).toBe(true);
    expect(await run(out, 1).ended).toMatchObject({ code: 0 });
    expect(existsSync(join(out, "manifest.json"))).toBe(true);
    expect(readdirSync(out).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("is free after an interruption, and after an impatient one", async () => {
    const out = join(root, "interrupted");
    for (const signals of [1, 2]) {
      const { child, ended } = run(out, 100_000);
      await begun(out);
      for (let sent = 0; sent < signals; sent += 1) child.kill("SIGINT");
      expect((await ended).code).toBe(130);
      expect(existsSync(lockIn(out))).toBe(false);
    }
  });
});

describe("work in a folder", () => {
  it("may hold it again and those below, but not beside other work", async () => {
    const out = join(root, "own");
    const nested = await holding(out, async () => {
      const beside = new Promise((resolve) => setImmediate(resolve)).then(() => done(out));
      return [await done(out), await done(join(out, "points", "0001")), await beside];
    });
    expect(nested).toEqual(["done", "done", "done"]);
    let release = (): void => undefined;
    const waits = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = holding(out, () => waits);
    expect(await done(out)).toMatchObject({ kind: "refused" });
    release();
    await first;
    expect(await done(out)).toBe("done");
  });

  it("lets go of it when it fails", async () => {
    const out = join(root, "failed");
    const work = holding(out, async () => {
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(readdirSync(out)).toEqual([]);
  });

  it("takes over what a dead process of this machine held, but nobody else's", async () => {
    const out = join(root, "left");
    lock(out, await deadPid());
    expect(await done(out)).toBe("done");
    // A number of a process may have come again.
    lock(out, process.pid);
    expect(await done(out)).toBe("done");
    lock(out, await deadPid(), "elsewhere");
    expect(await done(out)).toMatchObject({ kind: "refused" });
    writeFileSync(lockIn(out), "");
    expect(await done(out)).toMatchObject({ faults: [expect.stringContaining("another run")] });
  });
});
