/**
 * Runs a noun's tests for one mutant after the other, in one process: as a plugin of Stryker.
 *
 * Starting the usual runner costs a second a mutant, a noun's tests themselves some milliseconds.
 * So sources and tests are bundled once, and the bundle is evaluated anew for each mutant: every
 * module, every memo in it and every table of a test begins afresh, as in a process of its own.
 * The quickest tests come first, because a mutant dies at the first one that fails; of a property
 * a thousand cases are asked. A change that fails while a test file is collected kills too.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { performance } from "node:perf_hooks";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import { build } from "vite";
import { expect } from "vitest";

const require = createRequire(import.meta.url);
const chance = require("fast-check");

/** Random cases of a property that a mutant meets at the most. */
const CASES_MAX = 1_000;
/** How often a test may meet a mutant; a hundred times as often as without it, if that is more. */
const HITS_MAX = 200_000;

/** What `fast-check` is to a file of tests: fewer cases, and no smaller ones after a failure. */
const assert = (property, { numRuns = 100, ...more } = {}) =>
  chance.assert(property, { ...more, numRuns: Math.min(numRuns, CASES_MAX), endOnFailure: true });
const properties = { ...chance, assert, default: { ...chance.default, assert } };

/** What the run without a mutant showed, in the copy in which mutants live. */
const KNOWN = "dry-run.json";

const ENTRY = "virtual:tests";

/** Gives the bundle its entry, and each module its own address, which vectors are read beside. */
const modules = (tests) => ({
  name: "tests",
  enforce: "pre",
  resolveId: (id) => (id === ENTRY ? `\0${ENTRY}` : undefined),
  load(id) {
    if (id !== `\0${ENTRY}`) return undefined;
    const lines = tests.map((test) => `${JSON.stringify(test)}: () => import("/${test}"),`);
    return `export const files = {${lines.join("\n")}};`;
  },
  transform(code, id) {
    if (!code.includes("import.meta.url")) return undefined;
    return code.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(id).href));
  },
});

/** The files of tests and all that they import, as one script that has not run yet. */
async function bundle(tests) {
  const { output } = await build({
    configFile: false,
    logLevel: "silent",
    plugins: [modules(tests)],
    build: {
      ssr: true,
      write: false,
      minify: false,
      target: "node20",
      rollupOptions: {
        input: ENTRY,
        treeshake: false,
        output: { format: "cjs", codeSplitting: false },
      },
    },
  });
  const code = `(function (require, module, exports) {${output[0].code}\n})`;
  return new Script(code, { filename: "tests.cjs" });
}

/** What `vitest` is to a file of tests: it collects them, and expects in earnest. */
function collector() {
  const tests = [];
  const path = [];
  const each = (register) => (rows) => (title, body) => {
    for (const [index, row] of rows.entries()) {
      const values = Array.isArray(row) ? row : [row];
      register(`${title} #${index}`, () => body(...values));
    }
  };
  const describe = (title, body) => {
    path.push(title);
    body();
    path.pop();
  };
  const it = (title, body) => {
    tests.push({ name: [...path, title].join(" > "), body });
  };
  describe.each = each(describe);
  it.each = each(it);
  return { tests, vitest: { describe, it, test: it, expect } };
}

const failed = (error) => (error instanceof Error ? error.message : String(error));

/** The plugin's runner; the names of states are Stryker's. */
class Runner {
  #tests;
  #script;
  /** Milliseconds of each test without a mutant. */
  #times = new Map();
  /** How often each test meets each mutant, without one; nothing before that was counted. */
  #hits;
  #state;

  constructor(options) {
    this.#tests = options.tests;
    this.#state = globalThis.__stryker__ ??= {};
  }

  /** Nothing outlives a mutant here. */
  capabilities = () => ({ reloadEnvironment: true });

  async init() {
    this.#script = await bundle(this.#tests);
    if (!existsSync(KNOWN)) return;
    // A process that takes another's place runs nothing dry, and goes by what the first one saw.
    const { times, hits } = JSON.parse(readFileSync(KNOWN, "utf8"));
    this.#times = new Map(times);
    this.#hits = hits;
  }

  /** Loads the bundle anew; answers how to collect the tests of one of its files. */
  #load() {
    const asked = collector();
    const module = { exports: {} };
    const given = { vitest: asked.vitest, "fast-check": properties };
    const ask = (name) => given[name] ?? require(name);
    this.#script.runInThisContext()(ask, module, module.exports);
    const known = new Map();
    return async (file) => {
      if (!known.has(file)) {
        asked.tests.length = 0;
        await module.exports.files[file]();
        const own = new Map();
        for (const { name, body } of asked.tests) {
          const id = `${file}#${name}`;
          own.set(own.has(id) ? `${id} (${own.size})` : id, body);
        }
        known.set(file, own);
      }
      return known.get(file);
    };
  }

  /** Runs every test once, without a mutant: how long it takes and which mutants it meets. */
  async dryRun() {
    const state = this.#state;
    Object.assign(state, { activeMutant: undefined, hitLimit: undefined, hitCount: undefined });
    state.mutantCoverage = { static: {}, perTest: {} };
    state.currentTestId = undefined;
    const tests = [];
    try {
      const collect = this.#load();
      for (const file of this.#tests) {
        for (const [id, body] of await collect(file)) {
          const started = performance.now();
          state.currentTestId = id;
          const test = { id, name: id, fileName: file, status: 0 };
          try {
            await body();
          } catch (error) {
            Object.assign(test, { status: 1, failureMessage: failed(error) });
          }
          state.currentTestId = undefined;
          test.timeSpentMs = performance.now() - started;
          this.#times.set(id, test.timeSpentMs);
          tests.push(test);
        }
      }
    } catch (error) {
      return { status: "error", errorMessage: failed(error) };
    }
    this.#hits = state.mutantCoverage.perTest;
    writeFileSync(KNOWN, JSON.stringify({ times: [...this.#times], hits: this.#hits }));
    return { status: "complete", tests, mutantCoverage: state.mutantCoverage };
  }

  /** How often a mutant may have been met after a test. */
  #limit(test, mutant, hitLimit) {
    if (hitLimit === undefined || this.#hits === undefined) return hitLimit;
    const usual = 100 * (this.#hits[test]?.[mutant] ?? 0);
    return Math.min(hitLimit, this.#state.hitCount + Math.max(HITS_MAX, usual));
  }

  /** The tests of all files. */
  async #all(collect) {
    const found = [];
    for (const file of this.#tests) found.push(...(await collect(file)).keys());
    return found;
  }

  /** Runs the tests that meet a mutant, the quickest first, until one fails. */
  async mutantRun({ activeMutant, hitLimit, mutantActivation, testFilter }) {
    const state = this.#state;
    const { id: mutant } = activeMutant;
    const early = mutantActivation === "static" ? mutant : undefined;
    Object.assign(state, { activeMutant: early, hitCount: 0, hitLimit });
    const timeOf = (id) => this.#times.get(id) ?? 0;
    let order = [];
    let nrOfTests = 0;
    const over = () => state.hitLimit !== undefined && state.hitCount > state.hitLimit;
    try {
      const collect = this.#load();
      // A process that took another's place has run nothing dry, so that it knows no test yet.
      order = [...(testFilter ?? (await this.#all(collect)))];
      order.sort((a, b) => timeOf(a) - timeOf(b));
      for (const id of order) {
        state.activeMutant = early;
        const body = (await collect(id.slice(0, id.indexOf("#")))).get(id);
        state.activeMutant = mutant;
        state.hitLimit = this.#limit(id, mutant, hitLimit);
        nrOfTests += 1;
        if (body === undefined) throw new Error(`${id} is not collected any more`);
        await body();
        if (over()) return { status: "timeout", reason: "a loop without end" };
      }
    } catch (error) {
      if (over()) return { status: "timeout", reason: "a loop without end" };
      const killedBy = order.slice(Math.max(nrOfTests - 1, 0), nrOfTests || 1);
      return { status: "killed", killedBy, failureMessage: failed(error), nrOfTests };
    }
    return { status: "survived", nrOfTests };
  }
}

const factory = (options) => new Runner(options);
factory.inject = ["options"];

/** The plugins that Stryker finds here. */
export const strykerPlugins = [{ kind: "TestRunner", name: "bundle", factory }];
