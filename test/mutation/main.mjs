/**
 * Whether the tests would notice a wrong rule: `npm run test:mutation -- NOUN...` changes the
 * noun's files in one place after the other and runs the tests that concern it; without a noun it
 * takes all of them. `NOUN:12-20,31-31` takes those lines alone, to try again what survived. What
 * survives, or ran too long, is printed with its place; `docs/mutation.md` keeps the score.
 *
 * Not part of `.ci/run`. It writes only below `.stryker-tmp`.
 */
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Stryker } from "@stryker-mutator/core";
import { NOUNS } from "./nouns.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
process.chdir(root);

/** Everything the copy in which mutants live can do without. */
const ABSENT = ["reports", "dist", "coverage", "test/bench", "test/deep", "test/package"];

/** Runs one noun's mutants, in the ranges of lines that are asked for; what became of each. */
const mutate = (noun, lines) =>
  new Stryker({
    mutate: noun.files.flatMap((file) => lines.map((range) => file + range)),
    testRunner: "bundle",
    tests: noun.tests,
    plugins: ["runner.mjs", "declarations.mjs"].map((file) => join(root, "test", "mutation", file)),
    ignorers: ["declarations"],
    ignorePatterns: ABSENT.map((path) => `/${path}`),
    // The compiler offers no programming interface, and the tests need no types.
    tsconfigFile: "none.json",
    disableTypeChecks: false,
    coverageAnalysis: "perTest",
    concurrency: Number(process.env.WORKERS ?? 1),
    // A loop without end is noticed by its count; this is for the rest, and must outlast the
    // minutes in which a shared machine stops the run, because a timeout counts as killed.
    timeoutMS: 180_000,
    cleanTempDir: "always",
    reporters: process.env.PROGRESS === undefined ? [] : ["progress-append-only"],
    allowEmpty: true,
    logLevel: "error",
    fileLogLevel: "off",
    allowConsoleColors: false,
  }).runMutationTest();

/** What a mutant put in the place of what, in one line. */
function lineOf(mutant) {
  const { line, column } = mutant.location.start;
  const text = mutant.replacement.replace(/\s+/g, " ").slice(0, 70);
  const place = `${relative(root, mutant.fileName)}:${line}:${column}`;
  return `  ${mutant.status} ${place} ${mutant.mutatorName}: ${text}\n`;
}

/** The ranges of lines asked for, by noun; one range without lines is the whole file. */
const wanted = new Map(
  process.argv.slice(2).map((argument) => {
    const [name, lines] = argument.split(":");
    return [name, lines === undefined ? [""] : lines.split(",").map((range) => `:${range}`)];
  }),
);
const unknown = [...wanted.keys()].filter((name) => NOUNS.every((noun) => noun.name !== name));
if (unknown.length > 0) {
  const names = NOUNS.map((noun) => noun.name).join(", ");
  process.stderr.write(`mutation: no noun ${unknown.join(", ")}; there are ${names}\n`);
  process.exit(2);
}

for (const noun of NOUNS.filter(({ name }) => wanted.size === 0 || wanted.has(name))) {
  const mutants = await mutate(noun, wanted.get(noun.name) ?? [""]);
  const count = (...words) => mutants.filter(({ status }) => words.includes(status)).length;
  const [killed, timeout] = [count("Killed"), count("Timeout")];
  const survived = count("Survived", "NoCoverage");
  const total = killed + timeout + survived;
  const score = total === 0 ? 100 : (100 * (killed + timeout)) / total;
  for (const mutant of mutants.filter(({ status }) => /Survived|NoCoverage|Timeout/.test(status)))
    process.stdout.write(lineOf(mutant));
  process.stdout.write(
    `${noun.name}: ${total} mutants, ${killed} killed, ${survived} survived, ` +
      `${timeout} timeout, ${score.toFixed(1)} %\n`,
  );
}
