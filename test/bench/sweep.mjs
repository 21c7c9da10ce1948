/** What a sweep costs over the runs that it is made of: its command, beside a command a point. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rowOf } from "./row.mjs";

const PROGRAM = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const KEY = "fleet.nodes";
const POINTS = ["200", "300", "400", "500"];

const command = (words) => spawnSync(process.execPath, [PROGRAM, ...words], { encoding: "utf8" });

/** Seconds of some commands one after the other, each with a folder of its own below one. */
function seconds(commands) {
  const out = mkdtempSync(join(tmpdir(), "gridbench-bench-"));
  const started = performance.now();
  try {
    commands.forEach((words, at) => {
      const { status, stderr } = command([...words, "--out", join(out, String(at))]);
      if (status !== 0) throw new Error(`${words.join(" ")}: ${stderr}`);
    });
    return (performance.now() - started) / 1000;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Seconds of a sweep over four sizes of fleet. */
export function measureSweep({ runs = 3, tiny = false, say }) {
  if (!/^\s*(gridbench )?sweep\b/m.test(command(["--help"]).stdout)) {
    say("there is no command sweep yet, so it is not measured");
    return [];
  }
  const points = tiny ? ["10", "20"] : POINTS;
  const flags = [
    "--no-report",
    "--workers",
    "0",
    "--days",
    tiny ? "1" : "60",
    "--replications",
    tiny ? "1" : "4",
  ];
  const whole = [["sweep", "baseline", "--vary", `${KEY}=${points.join()}`, ...flags]];
  const each = points.map((point) => ["run", "baseline", "--set", `${KEY}=${point}`, ...flags]);
  const values = [];
  const references = [];
  for (let run = 0; run < runs; run += 1) {
    values.push(seconds(whole));
    references.push(seconds(each));
  }
  const name = tiny ? "sweep-tiny" : "sweep-4";
  return [rowOf({ name, unit: "s", reference: "run-a-point" }, values, references)];
}
