/** What a draw costs: an addressed uniform and the inversions, beside the engine's functions. */
import {
  Chance,
  exp,
  hyperexponential,
  ln,
  lognormal,
  mixture,
  normalQuantile,
} from "../../dist/kernel/index.js";
import { compare } from "./row.mjs";

const UNIFORMS = Float64Array.from({ length: 4096 }, (_, i) => (i * 2654435761 + 12345) % 4096).map(
  (x) => (x + 0.5) / 4096,
);

/** Nanoseconds a call, over many calls with changing arguments. */
function cost(call, count) {
  let sum = 0;
  const started = performance.now();
  for (let i = 0; i < count; i += 1) sum += call(UNIFORMS[i & 4095], i);
  const took = performance.now() - started;
  if (Number.isNaN(sum)) throw new Error("a draw is no number");
  return (took * 1e6) / count;
}

/** Each draw in nanoseconds; the reference is a built-in function or generator. */
export function measureDraws({ runs = 5, tiny = false } = {}) {
  const count = tiny ? 1_000 : 1_000_000;
  const chance = new Chance([1, 2], 3);
  const spread = hyperexponential([0.9, 0.1], [1, 100]);
  const mixed = mixture([
    { weight: 0.6, distribution: lognormal(3600, 1) },
    { weight: 0.4, distribution: lognormal(86400, 0.8) },
  ]);
  const cases = [
    ["ln", (u) => ln(u), "Math.log", (u) => Math.log(u)],
    ["exp", (u) => exp(u), "Math.exp", (u) => Math.exp(u)],
    ["uniform", (_, i) => chance.uniform(7, 1, i, 0), "Math.random", () => Math.random()],
    ["normal-quantile", (u) => normalQuantile(u), "Math.log", (u) => Math.log(u)],
    ["hyperexponential", (u) => spread.quantile(u), "Math.log", (u) => Math.log(u)],
    ["mixture-of-lognormals", (u) => mixed.quantile(u), "Math.log", (u) => Math.log(u)],
  ];
  return cases.map(([name, ours, reference, theirs]) =>
    compare({
      name: tiny ? `draw-${name}-tiny` : `draw-${name}`,
      unit: "ns",
      reference,
      runs,
      ours: () => cost(ours, count),
      theirs: () => cost(theirs, count),
    }),
  );
}
