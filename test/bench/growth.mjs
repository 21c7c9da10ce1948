/**
 * How the time of a run grows with its nodes, its days and its replications: a power of each,
 * fitted by least squares to the logarithms, with its standard error.
 *
 * A point is the least of some runs in fresh processes that have lived a day before. Sizes rise by
 * half decades until one takes longer than a bound; what lies beyond is not measured, and said.
 */
import { growthOf } from "../../dist/stats/index.js";
import { apart } from "./apart.mjs";

/** Seconds of a point after which its axis ends. */
const BOUND = 25;

/** One thousand to a million nodes, and so on, by half decades. */
const decades = (from, to) => {
  const sizes = [];
  for (let size = from; size <= to; size *= 10) {
    sizes.push(size);
    if (3 * size <= to) sizes.push(3 * size);
  }
  return sizes;
};

const AXES = {
  nodes: {
    sizes: decades(1_000, 1_000_000),
    plan: (size) => ({ set: [`fleet.nodes=${size}`], days: "100", replications: 1 }),
  },
  days: {
    sizes: decades(100, 10_000),
    plan: (size) => ({ set: ["fleet.nodes=1000"], days: String(size), replications: 1 }),
  },
  replications: {
    sizes: decades(1, 1_000),
    plan: (size) => ({ set: ["fleet.nodes=1000"], days: "30", replications: size }),
  },
};

/** The points of an axis, as far as the bound lets it go. */
async function pointsOf(axis, { sizes, plan }, { runs, bound, say }) {
  const points = [];
  for (const size of sizes) {
    let least = { seconds: Number.POSITIVE_INFINITY, rss: 0 };
    for (let run = 0; run < runs; run += 1) {
      const found = await apart({ ...plan(size), workers: 0, warm: true });
      if (found.seconds < least.seconds) least = found;
    }
    points.push({ size, seconds: least.seconds, rss: least.rss });
    say(`${axis} ${size}: ${least.seconds.toPrecision(3)} s, ${Math.round(least.rss)} MiB`);
    if (least.seconds > bound && size !== sizes.at(-1)) {
      say(`${axis}: ends at ${size}, which takes more than ${bound} s`);
      break;
    }
  }
  return points;
}

/** What a run that only shows that all of it works is made of. */
const tinyPlan = { set: ["fleet.nodes=20"], days: "1", replications: 1 };

/** One row an axis: its exponent beside 1, with the exponent less and more its standard error. */
export async function measureGrowth({ runs = 3, tiny = false, say }) {
  const rows = [];
  for (const [axis, { sizes, plan }] of Object.entries(AXES)) {
    const chosen = tiny ? { sizes: [1, 2, 4], plan: () => tinyPlan } : { sizes, plan };
    const points = await pointsOf(axis, chosen, { runs, bound: BOUND, say });
    if (points.length < 3) {
      say(`${axis}: ${points.length} points are too few for an exponent`);
      continue;
    }
    const { exponent, error } = growthOf(
      points.map(({ size }) => size),
      points.map(({ seconds }) => seconds),
    );
    rows.push({
      name: tiny ? `growth-tiny-${axis}` : `growth-${axis}`,
      value: exponent,
      unit: "exponent",
      reference: "linear",
      reference_value: 1,
      ratio: exponent,
      runs: points.length,
      min: exponent - error,
      max: exponent + error,
      rss_mib: Math.round(Math.max(...points.map(({ rss }) => rss))),
    });
  }
  return rows;
}
