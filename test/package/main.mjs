/**
 * The package as others get it: `npm run package` packs it, unpacks it into an empty folder, and
 * looks whether it can be imported there, with its types, as the guide for auditors and the page of
 * every noun show.
 *
 * With `--guide FILE` only the examples of a page are run, against the build in this checkout.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { examplesOf, tried } from "./guide.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const folder = mkdtempSync(join(tmpdir(), "gridbench-package-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Runs a tool; ends the check where it fails. */
function run(what, file, args, cwd = root) {
  const result = spawnSync(process.execPath, [file, ...args], { cwd, encoding: "utf8" });
  if (result.status === 0) return result.stdout;
  process.stderr.write(`${result.stdout}${result.stderr}\npackage: ${what} failed\n`);
  process.exit(1);
}

const tool = (name, ...path) => join(root, "node_modules", name, ...path);

/** Ends the check with the faults of examples, if there are any. */
function judge(examples, where, cwd) {
  const { count, faults } = tried(examples, cwd);
  if (faults.length > 0) {
    process.stderr.write(`${faults.join("\n")}\npackage: the examples ${where} failed\n`);
    process.exit(1);
  }
  process.stdout.write(`${count} examples print what they say ${where}\n`);
}

/** Packs into the folder and unpacks as npm would, but for the packages that others bring. */
function unpacked() {
  const npm = process.env.npm_execpath;
  const flags = ["pack", "--ignore-scripts", "--loglevel=error", "--pack-destination", folder];
  if (npm?.endsWith("js")) run("npm pack", npm, flags);
  else spawnSync("npm", flags, { cwd: root, shell: process.platform === "win32" });
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "none");
  const home = join(folder, "empty");
  mkdirSync(join(home, "node_modules", "gridbench"), { recursive: true });
  const into = ["-xzf", tarball, "-C", join(home, "node_modules", "gridbench"), "--strip", "1"];
  if (spawnSync("tar", into).status !== 0) {
    process.stderr.write(`package: ${tarball} could not be unpacked\n`);
    process.exit(1);
  }
  return { tarball, home };
}

/** Compiles the examples strictly against the types of the package, library types included. */
function compile(examples, home) {
  const options = {
    ...{ strict: true, noImplicitAny: false, noEmit: true, skipLibCheck: false, types: [] },
    ...{ target: "ES2023", lib: ["ES2023", "DOM"], module: "NodeNext" },
  };
  examples.forEach(({ code }, k) => {
    // In JavaScript a word is a text; here it has to stay the word that it is.
    const typed = code.replace(/: ("[A-Z]\w+"|"node"),/g, ": $1 as const,");
    writeFileSync(join(home, `example-${k}.ts`), typed);
  });
  writeFileSync(join(home, "package.json"), '{ "type": "module", "private": true }');
  writeFileSync(join(home, "tsconfig.json"), JSON.stringify({ compilerOptions: options }));
  run("the types of the examples", tool("typescript", "bin", "tsc"), ["-p", home]);
  process.stdout.write(`${examples.length} examples compile against the package\n`);
}

const page = process.argv[2] === "--guide" ? process.argv[3] : join(root, "docs/guides/auditor.md");
const examples = examplesOf(readFileSync(page, "utf8"));
if (process.argv[2] === "--guide") {
  const built = pathToFileURL(join(root, "dist", "protocol", "index.js")).href;
  const local = examples.map((each) => ({
    ...each,
    code: each.code.replaceAll('"gridbench/protocol"', JSON.stringify(built)),
  }));
  judge(local, "with the build", folder);
} else {
  const { tarball, home } = unpacked();
  run("publint", tool("publint", "src", "cli.js"), ["run", tarball, "--strict"]);
  process.stdout.write("publint has nothing to say\n");
  const attw = ["--profile", "esm-only", "--no-color", "--no-emoji", tarball];
  run("attw", tool("@arethetypeswrong/cli", "dist", "index.js"), attw);
  process.stdout.write("every import finds its types\n");
  compile(examples, home);
  judge(examples, "from the package", home);
  // The page of every noun comes along in the package.
  const shipped = join(home, "node_modules", "gridbench", "src", "protocol", "README.md");
  judge(examplesOf(readFileSync(shipped, "utf8")), "from the package's own page", home);
}
