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

/** What was made in this process: nothing yet, null where no g++ is there, or the program. */
const made = { program: undefined };

/** Compiles the calendar queue into a folder that goes when this process ends. */
function compile(say) {
  if (spawnSync("g++", ["--version"]).status !== 0) {
    say(`there is no g++ here, so nothing is measured beside ${NATIVE}`);
    return null;
  }
  const folder = mkdtempSync(join(tmpdir(), "gridbench-native-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, "calendar");
  const { status, stderr } = spawnSync("g++", [...FLAGS, "-o", program, SOURCE], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return program;
}

/**
 * The native calendar queue: a function from words to what it found, or null where no g++ is
 * there, which is said once.
 * @param {(sentence: string) => void} say
 * @returns {((...words: string[]) => {events: number, seconds: number, sum: number}) | null}
 */
export function nativeCalendar(say) {
  if (made.program === undefined) made.program = compile(say);
  const { program } = made;
  if (program === null) return null;
  return (...words) => {
    const { status, stdout } = spawnSync(program, words, { encoding: "utf8" });
    if (status !== 0) throw new Error(`calendar ${words.join(" ")} ended with ${status}`);
    return JSON.parse(stdout);
  };
}
