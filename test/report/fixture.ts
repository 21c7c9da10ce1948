/**
 * A run's folder made by hand: a year of a small world in a few replications, with every series the
 * report can draw. Its numbers are invented, smooth and the same each time.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parquetWriteFile } from "hyparquet-writer";

const DAY = 86_400;
const START = 1_680_353_800;
const PERIOD = 2_630_880;
const PLACES = `
BE Belgium 50.8 4.4 310
NL Netherlands 52.2 5.3 305
DE Germany 50.9 9.5 336
US United_States 39.8 -94.0 337
GB United_Kingdom 52.9 -1.6 96
FR France 47.4 2.5 91
AE United_Arab_Emirates 25.1 55.3 61
TZ Tanzania -6.3 35.0 29
AU Australia -31.6 146.2 48
BR Brazil -17.6 -46.5 33
IN India 22.3 79.5 40
CA Canada 46.9 -88.3 88
CH Switzerland 47.0 8.0 64
AT Austria 47.8 14.7 37
ES Spain 39.7 -3.6 35
IT Italy 43.1 11.8 34
PL Poland 51.9 19.4 31
SG Singapore 1.35 103.8 12
ZA South_Africa -28.2 27.6 21
SE Sweden 58.9 15.6 30
`;
const AGES = `
7 0.8827 0.8764
30.4 0.7048 0.6836
91.3 0.4372 0.4252
182.6 0.2235 0.2233
273.9 0.0884 0.0913
365.25 0.0485 0.0515
`;

interface Row {
  readonly metric: string;
  readonly dimension: string;
  readonly replication: number;
  readonly time: number;
  readonly value: number;
}

/** What a folder is asked to be. */
export interface FixtureOptions {
  readonly replications?: number;
  /** Days of the daily series; a year if not said. */
  readonly days?: number;
  /** Metrics whose series are left out. */
  readonly without?: readonly string[];
  /** Daily series told on request alone, at a level each. */
  readonly also?: Readonly<Record<string, number>>;
  readonly title?: string;
  readonly metrics?: Readonly<Record<string, object>>;
}

const lines = (text: string): readonly (readonly string[])[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.split(" "));

/** A number in [-1, 1] that depends on its two arguments alone. */
function wobble(one: number, other: number): number {
  const mixed = Math.imul(one * 7919 + other * 104_729 + 12_345, 2_654_435_761) >>> 0;
  return (Math.imul(mixed ^ (mixed >>> 15), 2_246_822_519) >>> 0) / 2_147_483_648 - 1;
}

/** Writes the folder: results.json, manifest.json, series.parquet. */
export async function writeFixture(folder: string, options: FixtureOptions = {}): Promise<void> {
  const replications = options.replications ?? 8;
  await mkdir(folder, { recursive: true });
  const rows: Row[] = [];
  for (let replication = 0; replication < replications; replication += 1) {
    daily(rows, replication, options.days ?? 365);
    for (const [metric, value] of Object.entries(options.also ?? {}))
      for (let day = 1; day <= (options.days ?? 365); day += 1)
        rows.push({ metric, dimension: "", replication, time: START + day * DAY, value });
    monthly(rows, replication);
    sliced(rows, replication);
  }
  const kept = rows.filter(({ metric }) => !(options.without ?? []).includes(metric));
  parquetWriteFile({
    filename: join(folder, "series.parquet"),
    columnData: [
      { name: "metric", data: kept.map((row) => row.metric), type: "STRING" },
      { name: "dimension", data: kept.map((row) => row.dimension), type: "STRING" },
      { name: "replication", data: kept.map((row) => row.replication), type: "INT32" },
      { name: "time", data: kept.map((row) => row.time), type: "DOUBLE" },
      { name: "value", data: kept.map((row) => row.value), type: "DOUBLE" },
    ],
  });
  const metrics = options.metrics ?? results(replications);
  await writeFile(join(folder, "results.json"), JSON.stringify({ metrics }));
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest(replications, options)));
}

const DAILY: readonly (readonly [metric: string, level: number, noise: number, trend: number])[] = [
  ["node.availability", 0.9842, 0.0012, 0],
  ["node.online", 2717, 6, 0],
  ["capacity.cru", 65_469, 90, 0],
  ["capacity.mru", 4.2e5, 500, 0],
  ["capacity.sru", 1.01e7, 9000, 0],
  ["capacity.hru", 3.43e7, 40_000, 0],
  ["utilization.cru", 0.0259, 0.0006, 0.0001],
  ["utilization.mru", 0.0056, 0.0002, 0],
  ["utilization.sru", 0.0041, 0.0001, 0],
  ["utilization.hru", 0.00003, 0.000002, 0],
  ["contract.live", 812, 14, 5],
  ["token.price_usd", 0.08, 0, 0],
];

function daily(rows: Row[], replication: number, days: number): void {
  for (const [metric, level, noise, trend] of DAILY) {
    let drift = 0;
    for (let day = 0; day < days; day += 1) {
      drift = 0.95 * drift + noise * 0.4 * wobble(replication * 1000 + day, level);
      const value = level + drift + (trend * day) / 365;
      rows.push({ metric, dimension: "", replication, time: START + (day + 1) * DAY, value });
    }
  }
}

const MONTHLY: readonly (readonly [metric: string, level: number])[] = [
  ["mint.tft", 3_618_000],
  ["mint.usd", 289_440],
  ["billing.charged_tft", 44_180],
  ["split.farmer_tft", 22_090],
  ["split.foundation_tft", 13_100],
  ["split.staking_tft", 8990],
  ["mint.paid_share", 0.962],
  ["user.spend_usd", 3534],
];

function monthly(rows: Row[], replication: number): void {
  for (const [metric, level] of MONTHLY) {
    for (let month = 1; month <= 12; month += 1) {
      const value = level * (1 + 0.012 * wobble(replication * 50 + month, level));
      rows.push({ metric, dimension: "", replication, time: START + month * PERIOD, value });
    }
  }
}

function sliced(rows: Row[], replication: number): void {
  const time = START + 12 * PERIOD;
  const add = (metric: string, dimension: string, value: number): void => {
    rows.push({ metric, dimension, replication, time, value });
  };
  lines(PLACES).forEach(([code, , , , nodes], index) => {
    const moved = Number(nodes) * (1 + 0.03 * wobble(replication, index));
    add("node.count", `country=${code}`, Math.round(moved));
    add(
      "farmer.income_usd",
      `country=${code}`,
      130 + 55 * wobble(index, 3) + 6 * wobble(replication, index),
    );
  });
  ["mini_home", "titan_like", "workstation", "refurb_server", "storage_server"].forEach(
    (name, index) => {
      add("farmer.income_usd", `class=${name}`, 40 + 110 * index + 5 * wobble(replication, index));
    },
  );
  ["1", "2-5", "6-20", "21-"].forEach((size, index) => {
    add(
      "farmer.income_usd",
      `size=${size}`,
      60 * 3.1 ** index * (1 + 0.03 * wobble(replication, index)),
    );
  });
  for (let step = 0; step <= 20; step += 1) {
    const share = step / 20;
    add("farmer.lorenz", `share=${share.toFixed(2)}`, 0.35 * share ** 3 + 0.65 * share ** 12);
  }
  for (const step of [1, 5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 95, 99]) {
    add("farmer.income_usd", `share=${(step / 100).toFixed(2)}`, 9 / (1.004 - step / 100) + 12);
  }
  for (const [days, first] of lines(AGES)) {
    add(
      "node.age_survival",
      `age=${days} d`,
      Number(first) * 0.99 + 0.006 * wobble(replication, Number(days)),
    );
  }
  [0, 500, 900, 950, 980, 990, 998].forEach((bin, index) => {
    add("node.uptime_permille", `permille=${bin}`, bin === 998 ? 2100 : 12 * (index + 1) ** 2);
  });
  ["memory", "publicIp", "gpu", "rentable", "funds"].forEach((why, index) => {
    add(
      "contract.refused_share",
      `why=${why}`,
      0.02 / (index + 1) + 0.001 * wobble(replication, index),
    );
  });
}

const RESULTS: readonly (readonly [metric: string, unit: string, mean: number, doc: string])[] = [
  ["node.count", "1", 2761, "Nodes registered, mean over time."],
  ["node.availability", "1", 0.9842, "Share of their time in which nodes are up and reachable."],
  ["farm.count", "1", 1690, "Farms with at least one node."],
  ["capacity.cru", "core", 65_469, "Logical cores of all registered nodes."],
  ["contract.live", "1", 815, "Contracts that exist on chain."],
  ["utilization.cru", "1", 0.0259, "Share of cores that contracts reserve."],
  ["mint.tft", "TFT", 43_416_000, "Tokens minted to farmers in whole periods of the run."],
  ["mint.usd", "USD", 3_473_280, "What they are worth at the price of their period."],
  ["mint.paid_share", "1", 0.962, "Share of nodes that pass the uptime rule and are paid."],
  ["billing.charged_tft", "TFT", 530_160, "Tokens that users were billed."],
  ["farmer.income_usd", "USD", 171.4, "Mean monthly income of a farm."],
  ["farmer.gini", "1", 0.681, "Gini coefficient of farms' monthly incomes."],
  ["user.spend_usd", "USD", 42_412.8, "What users paid."],
  ["token.price_usd", "USD", 0.08, "Price that the chain is fed."],
];

function results(replications: number): Readonly<Record<string, object>> {
  const one = replications === 1;
  return Object.fromEntries(
    RESULTS.map(([name, unit, mean]) => {
      const half = name === "token.price_usd" ? 0 : mean * 0.0007;
      const exact =
        unit === "TFT" ? Array.from({ length: replications }, () => `${mean}0000000`) : null;
      const spread = { sd: one ? null : half * 1.4, ci95: one ? null : [mean - half, mean + half] };
      return [name, { unit, mean, ...spread, n: replications, exact }];
    }),
  );
}

const VALUES = `
assumptions.failure.mtbf|128 d|128 d|60 d..400 d|fit|A-07|2023-04|Time between failures.|default
assumptions.outage.home|40 min|40 min|10 min..4 h|estimate|A-11|2026-11|Median outage.|default
assumptions.demand.arrivals|26|26|10..80|estimate|A-20|2026-11|Deployments a day.|default
assumptions.price.start|0.08 USD|0.08 USD|0.01 USD..0.2 USD|recalled|A-30|2023-04|Price.|default
assumptions.line.mtbf|30 d|60 d|20 d..200 d|recalled|BISmark|2011|Time between outages.|file
policy.pricing.cu|100000|100000||seen|tfchain 33046d6|2023-03|Price of a compute unit.|default
`;

function manifest(replications: number, options: FixtureOptions): object {
  return {
    schema: "gridbench-run/1",
    version: "0.1.0",
    commit: "0123456789abcdef0123456789abcdef01234567",
    command: "gridbench run scenarios/baseline.yaml --seed baseline --replications 8",
    seconds: 7.43,
    seed: "baseline",
    replications,
    machine: { node: "v20.20.2", processor: "Some Processor", processors: 2, memoryGib: 8 },
    scenario: {
      name: "baseline",
      path: "scenarios/baseline.yaml",
      start: START,
      length: 12 * PERIOD,
      title: options.title ?? "Baseline",
      question: "What does the grid of April 2023 do in a year if nothing changes?",
      hash: "5f0c".repeat(16),
      timeline: [{ at: "90 d", outage: { country: "BE", share: "80 %", for: "12 h" } }],
      values: lines(VALUES.replaceAll(" ", "_")).map(([line = ""]) => {
        const [path, text, usual, range = "", quality, source, date, doc, from] = line
          .replaceAll("_", " ")
          .split("|");
        const ends = range === "" ? null : range.split("..");
        return { path, text, default: usual, range: ends, quality, source, date, doc, from };
      }),
    },
    files: [{ path: "scenarios/baseline.yaml", sha256: "ab".repeat(32) }],
    warnings: ["policy.minting is of 2024: a what-if on a fleet of 2023."],
    metrics: RESULTS.map(([name, unit, , doc]) => ({ name, unit, doc })),
    places: lines(PLACES).map(([code, name = "", latitude, longitude]) => ({
      code,
      name: name.replaceAll("_", " "),
      latitude: Number(latitude),
      longitude: Number(longitude),
    })),
    measured: {
      utilization: [
        { metric: "utilization.cru", fraction: 0.0268, date: "2023-04-03" },
        { metric: "utilization.cru", fraction: 0.0263, date: "2023-04-10" },
      ],
      uptimeAge: lines(AGES).flatMap(([days, first, second]) => [
        { days: Number(days), fraction: Number(first), date: "2023-04-03" },
        { days: Number(days), fraction: Number(second), date: "2023-04-10" },
      ]),
    },
  };
}
