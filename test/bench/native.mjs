/** The native reference, compiled where it is measured; nothing of it is kept. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SOURCE = fileURLToPath(new URL("calendar.cc", import.meta.url));
/** Multiplication and addition stay two roundings, as in JavaScript, so that sums can agree. */
const FLAGS = ["-O3", "-march=native", "-ffp-contract=off", "-std=c++17"];

/** Name of the native reference in a row. */
export const NATIVE = "cpp-calendar";

/**
 * Hands the native calendar queue to a measurement: a function from words to what was found, or
 * null where no g++ is there, which is said.
 * @template T
 * @param {(sentence: string) => void} say
 * @param {(native: ((...words: string[]) => {events: number, seconds: number, sum: number}) | null)
 *   => T} measure
 * @returns {T}
 */
export function withNative(say, measure) {
  if (spawnSync("g++", ["--version"]).status !== 0) {
    say(`there is no g++ here, so nothing is measured beside ${NATIVE}`);
    return measure(null);
  }
  const folder = mkdtempSync(join(tmpdir(), "gridbench-native-"));
  try {
    const program = join(folder, "calendar");
    const made = spawnSync("g++", [...FLAGS, "-o", program, SOURCE], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(made.stderr);
    return measure((...words) => {
      const { status, stdout } = spawnSync(program, words, { encoding: "utf8" });
      if (status !== 0) throw new Error(`calendar ${words.join(" ")} ended with ${status}`);
      return JSON.parse(stdout);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
