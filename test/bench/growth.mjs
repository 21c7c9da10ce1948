/**
 * How the time of a run grows with its nodes, its days and its replications: a power of each,
 * fitted by least squares to the logarithms, with its standard error.
 *
 * A point is the least time of processors of some runs in processes of their own that have lived
 * for some seconds before, so that the engine's compiling is no part of it; other work on the
 * machine slows that little, and the clock a lot. Points in which reading and writing are the most
 * of it are told and left out of the fit. Sizes rise by
 * half decades until one takes longer than a bound; what lies beyond is not measured, and said.
 */
import { growthOf } from "../../dist/stats/index.js";
import { apart } from "./apart.mjs";

/** Seconds of processors for a point, after which its axis ends. */
const BOUND = 25;
/** Seconds of processors below which a point is left out. */
const FLOOR = 0.6;
/** Seconds of processors that a process lives before. */
const WARM = 4;

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
async function pointsOf(axis, { sizes, plan }, { runs, warm, say }) {
  const points = [];
  for (const size of sizes) {
    let least = { processor: Number.POSITIVE_INFINITY, rss: 0 };
    for (let run = 0; run < runs; run += 1) {
      const found = await apart({ ...plan(size), workers: 0, warm });
      if (found.processor < least.processor) least = found;
    }
    points.push({ size, seconds: least.processor, rss: least.rss });
    say(`${axis} ${size}: ${least.processor.toPrecision(3)} s, ${Math.round(least.rss)} MiB`);
    if (least.processor > BOUND && size !== sizes.at(-1)) {
      say(`${axis}: ends at ${size}, which takes more than ${BOUND} s`);
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
    const all = await pointsOf(axis, chosen, { runs, warm: tiny ? 0 : WARM, say });
    const points = tiny ? all : all.filter(({ seconds }) => seconds >= FLOOR);
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
