#!/usr/bin/env node
/**
 * What `npm start`, `npm test` and their sisters run: plain JavaScript with no dependency, so that
 * it works in a fresh clone. It installs when the packages are missing or stale, builds when the
 * program is missing or stale, then hands over.
 *
 * It leaves nothing behind that git would show: packages go to `node_modules`, the program to
 * `dist`, and the lock file keeps its bytes.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const at = (...parts) => join(root, ...parts);
const read = (...parts) =>
  fs.existsSync(at(...parts)) ? fs.readFileSync(at(...parts), "utf8") : null;
const json = (...parts) => JSON.parse(read(...parts) ?? "{}");
const say = (sentence) => process.stderr.write(`gridbench: ${sentence}\n`);

/** Ends with a sentence instead of a stack trace. */
function stop(sentence, code) {
  say(sentence);
  process.exit(code);
}

/** Refuses a Node older than package.json's `engines.node` says. */
function requireNode() {
  const least = /(\d+)\.(\d+)/.exec(json("package.json").engines.node).slice(1, 3).map(Number);
  const ours = process.versions.node.split(".").map(Number);
  if (ours[0] > least[0] || (ours[0] === least[0] && ours[1] >= least[1])) return;
  stop(
    `Node ${least.join(".")} or later is needed; this is Node ${process.versions.node}. ` +
      "Get a newer one from https://nodejs.org and run the command again.",
    2,
  );
}

const digest = (text) => createHash("sha256").update(text).digest("hex");

/** Writes only when the content changes, by way of a temporary name. */
function write(path, text) {
  if (fs.existsSync(path) && fs.readFileSync(path, "utf8") === text) return;
  const temporary = `${path}.${process.pid}.tmp`;
  fs.writeFileSync(temporary, text);
  fs.renameSync(temporary, path);
}

/** Whether every package that the lock requires is there in its version. */
function installed() {
  const lock = read("package-lock.json");
  if (lock === null || !fs.existsSync(at("node_modules"))) return false;
  if (read("node_modules", ".gridbench-lock") === digest(lock)) return true;
  const present = json("node_modules", ".package-lock.json").packages ?? {};
  return Object.entries(JSON.parse(lock).packages).every(
    ([path, wanted]) => path === "" || wanted.optional || present[path]?.version === wanted.version,
  );
}

/** Whether the lock was made for the dependencies that package.json names. */
function lockFits(lock) {
  const names = json("package.json");
  const locked = JSON.parse(lock).packages[""];
  return ["dependencies", "devDependencies"].every(
    (kind) => JSON.stringify(names[kind] ?? {}) === JSON.stringify(locked[kind] ?? {}),
  );
}

/**
 * Installs with `npm install`, because `npm ci` refuses a lock that was written where another
 * platform's optional packages were not on offer; the lock's bytes are put back if npm rewrote it.
 */
function install() {
  if (installed()) return;
  say("installing packages, which takes about half a minute the first time ...");
  const lock = read("package-lock.json");
  const flags = ["install", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const result = npm?.endsWith("js")
    ? spawnSync(process.execPath, [npm, ...flags], { cwd: root, stdio: ["ignore", 2, 2] })
    : spawnSync("npm", flags, {
        cwd: root,
        stdio: ["ignore", 2, 2],
        shell: process.platform === "win32",
      });
  if (lock !== null && lockFits(lock)) write(at("package-lock.json"), lock);
  if (result.status !== 0) stop("npm could not install the packages; its message is above.", 3);
  write(at("node_modules", ".gridbench-lock"), digest(read("package-lock.json")));
}

/** The files the program is made of, in a fixed order. */
function sources(folder = at("src")) {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sources(path);
      return /\.(ts|json)$/.test(entry.name) ? [path] : [];
    });
}

/** The fingerprint of everything that decides what the compiler writes. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const path of [at("tsconfig.json"), at("package-lock.json"), ...sources()]) {
    hash.update(`${relative(root, path)}\0${fs.readFileSync(path, "utf8")}\0`);
  }
  return hash.digest("hex");
}

/** Builds into a folder of its own and swaps it in whole, so that nobody meets half a program. */
function build() {
  const stamp = fingerprint();
  if (read("dist", ".stamp") !== stamp || !fs.existsSync(at("dist", "cli", "main.js"))) {
    const fresh = at(`dist.${process.pid}.tmp`);
    const compiler = at("node_modules", "typescript", "bin", "tsc");
    const result = spawnSync(process.execPath, [compiler, "-p", root, "--outDir", fresh], {
      cwd: root,
      stdio: ["ignore", 2, 2],
    });
    if (result.status !== 0) {
      fs.rmSync(fresh, { recursive: true, force: true });
      stop("the program does not compile; the compiler's message is above.", 3);
    }
    fs.chmodSync(join(fresh, "cli", "main.js"), 0o755);
    fs.writeFileSync(join(fresh, ".stamp"), stamp);
    swap(fresh);
  }
  write(at("dist", "commit.json"), `${JSON.stringify(origin())}\n`);
}

/** Puts the fresh folder in the place of `dist`. */
function swap(fresh) {
  const old = at(`dist.old.${process.pid}.tmp`);
  if (fs.existsSync(at("dist"))) fs.renameSync(at("dist"), old);
  fs.renameSync(fresh, at("dist"));
  fs.rmSync(old, { recursive: true, force: true });
}

/** The version and, in a checkout, the commit and whether tracked files differ from it. */
function origin() {
  const git = (...args) => {
    const result = spawnSync("git", ["-C", root, ...args], { encoding: "utf8" });
    return result.status === 0 ? result.stdout.trim() : null;
  };
  const version = json("package.json").version;
  if (!fs.existsSync(at(".git"))) return { version, commit: null, modified: false };
  const commit = git("rev-parse", "HEAD");
  return { version, commit, modified: git("status", "--porcelain", "-uno") !== "" };
}

/** Runs a tool in our place: its output, its signals and its exit code are ours. */
function become(file, args, env = {}) {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => {
    process.exit(code ?? (signal === "SIGINT" ? 130 : 143));
  });
}

/** Runs the command line in this very process, so that a signal reaches it and no one else. */
async function enter(args) {
  const main = at("dist", "cli", "main.js");
  process.argv.splice(1, process.argv.length, main, ...args);
  await import(pathToFileURL(main).href);
}

const vitest = () => at("node_modules", "vitest", "vitest.mjs");
const baseline = ["run", "scenarios/baseline.yaml", "--out", "reports/baseline"];
const commands = {
  start: (args) => enter(args.length === 0 ? baseline : args),
  install: () => undefined,
  build: () => undefined,
  test: (args) => become(vitest(), ["run", ...args]),
  "test:deep": (args) => become(vitest(), ["run", ...args], { DEEP: "1" }),
  bench: (args) => become(at("test", "bench", "main.mjs"), args),
  package: (args) => become(at("test", "package", "main.mjs"), args),
  docs: (args) => become(at("dist", "cli", "docs.js"), args),
};

const [name = "start", ...rest] = process.argv.slice(2);
const command = commands[name];
if (command === undefined)
  stop(`there is no command ${name}: ${Object.keys(commands).join(", ")}`, 2);
requireNode();
install();
if (name !== "install") build();
await command(rest);
