/**
 * Another version of this program, built, and asked through its command line: the names and files
 * of that are fixed, whatever lies behind them.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { say } from "./exit.ts";

/** A version that can be asked. */
export interface OtherVersion {
  /** Version and commit, as it tells them. */
  readonly text: string;
  /** What it answers to words; its standard error comes back. */
  readonly ask: (words: readonly string[]) => { readonly code: number; readonly err: string };
  /** Takes away what was made for it. */
  readonly close: () => void;
}

/** A version, or one sentence why there is none. */
export type Opened =
  | { readonly ok: true; readonly version: OtherVersion }
  | { readonly ok: false; readonly sentence: string };

/** The checkout, or the package, that this program belongs to. */
const home = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const MAIN = join("cli", "main.js");

/** Opens a version: a folder that holds a built one, or a git ref of this program's checkout. */
export function openVersion(ref: string): Opened {
  if (existsSync(ref) && statSync(ref).isDirectory()) return openFolder(ref);
  const commit = git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`);
  const ours = git("rev-parse", "--show-toplevel");
  if (commit.code === 0 && ours.out === home) return openCommit(ref, commit.out);
  const expected = "a git ref of gridbench's checkout, or a folder with a built gridbench";
  return { ok: false, sentence: `--against: expected ${expected}, found \`${ref}\`` };
}

const git = (...words: readonly string[]): { readonly code: number; readonly out: string } => {
  const { status, stdout } = spawnSync("git", ["-C", home, ...words], { encoding: "utf8" });
  return { code: status ?? 1, out: (stdout ?? "").trim() };
};

function openFolder(folder: string): Opened {
  const main = [join(folder, "dist", MAIN), join(folder, MAIN)].find((path) => existsSync(path));
  if (main === undefined) {
    const expected = `a folder with dist/${MAIN}`;
    return { ok: false, sentence: `--against: expected ${expected}, found \`${folder}\`` };
  }
  return opened(resolve(main), () => undefined);
}

/** Builds a commit in a worktree of its own; packages are shared where the lock is the same. */
function openCommit(ref: string, commit: string): Opened {
  const folder = mkdtempSync(join(tmpdir(), "gridbench-against-"));
  const tree = join(folder, "tree");
  const close = (): void => {
    // A link is taken away first, so that nothing behind it can be touched.
    rmSync(join(tree, "node_modules"), { recursive: true, force: true });
    git("worktree", "remove", "--force", tree);
    rmSync(folder, { recursive: true, force: true });
    git("worktree", "prune");
  };
  say(`gridbench: building ${ref} (${commit.slice(0, 12)}) beside this version ...`);
  if (git("worktree", "add", "--detach", tree, commit).code !== 0) {
    close();
    return { ok: false, sentence: `--against: git could not check \`${ref}\` out` };
  }
  if (sameLock(tree)) symlinkSync(join(home, "node_modules"), join(tree, "node_modules"), "dir");
  const build = spawnSync(process.execPath, [join("src", "cli", "bootstrap.mjs"), "build"], {
    cwd: tree,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const main = join(tree, "dist", MAIN);
  if (build.status === 0 && existsSync(main)) return opened(main, close);
  close();
  return { ok: false, sentence: `--against: \`${ref}\` could not be built; see above` };
}

const lockOf = (folder: string): string | null => {
  const path = join(folder, "package-lock.json");
  return existsSync(path) ? readFileSync(path, "utf8") : null;
};

const sameLock = (tree: string): boolean =>
  existsSync(join(home, "node_modules")) && lockOf(home) !== null && lockOf(tree) === lockOf(home);

function opened(main: string, close: () => void): Opened {
  const spawned = (words: readonly string[]) =>
    spawnSync(process.execPath, [main, ...words], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "pipe"],
    });
  const { status, stdout } = spawned(["--version"]);
  if (status !== 0) {
    close();
    return { ok: false, sentence: `--against: ${main} does not tell its version` };
  }
  const ask = (words: readonly string[]): { readonly code: number; readonly err: string } => {
    const answer = spawned(words);
    return { code: answer.status ?? 130, err: answer.stderr };
  };
  return { ok: true, version: { text: stdout.trim(), ask, close } };
}
