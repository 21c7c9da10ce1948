/** Runs the benches: `node test/bench/main.mjs [--only NAME] [--runs N] [--json FILE|-]`. */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { measureDraws } from "./draw.mjs";
import { measureHold } from "./hold.mjs";
import { measureMm1, measureRepair } from "./mm1.mjs";

/** Every suite by name; a suite answers rows. */
const SUITES = { hold: measureHold, mm1: measureMm1, repair: measureRepair, draw: measureDraws };

/** A number to four digits, in thousands or millions where that is shorter. */
function short(value) {
  if (value >= 1e6) return `${(value / 1e6).toPrecision(4)} M`;
  if (value >= 1e4) return `${(value / 1e3).toPrecision(4)} k`;
  return value.toPrecision(4);
}

/** One row as a line of the table. */
function line(row) {
  const cells = [
    row.name.padEnd(28),
    short(row.value).padStart(10),
    row.unit.padEnd(9),
    row.reference.padEnd(12),
    short(row.reference_value).padStart(10),
    row.ratio.toFixed(2).padStart(7),
    `${short(row.min)} .. ${short(row.max)}`.padStart(22),
    `${row.rss_mib} MiB`.padStart(10),
  ];
  return cells.join(" ");
}

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    runs: { type: "string", default: "5" },
    json: { type: "string" },
  },
});
const names = Object.keys(SUITES).filter(
  (name) => values.only === undefined || name === values.only,
);
if (names.length === 0) {
  process.stderr.write(`no suite ${values.only}; there are ${Object.keys(SUITES).join(", ")}\n`);
  process.exitCode = 2;
}
const out = values.json === "-" ? process.stderr : process.stdout;
const rows = [];
for (const name of names) {
  for (const row of await SUITES[name]({ runs: Number(values.runs) })) {
    rows.push(row);
    out.write(`${line(row)}\n`);
  }
}
if (values.json === "-") process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
else if (values.json !== undefined)
  writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
