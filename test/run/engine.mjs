/**
 * A small engine for tests of the ensemble: a pure function of (setup, key, replication), with
 * every kind of column. Early replications take longest, so that late ones finish first.
 */
export const metricList = [
  { name: "b.money", unit: "TFT", doc: "Money." },
  { name: "a.share", unit: "1", doc: "A share." },
  { name: "c.rare", unit: "s", doc: "Measured in odd replications only." },
];

export function replicate(setup, key, replication, { place }) {
  place.time = 3600;
  place.event = "node.fail 7";
  if (setup.title === "crash" && replication === 2) throw new TypeError("entity 7 is not there");
  if (setup.title === "hang" && replication === 2) for (;;) place.time += 1;
  let noise = (key[0] ^ key[1] ^ Math.imul(replication + 1, 0x9e3779b1)) >>> 0;
  for (let i = 0; i < (8 - replication) * 100_000; i += 1) noise = Math.imul(noise, 48_271) >>> 0;
  const units = 10n ** 17n + BigInt(noise);
  const time = Float64Array.from({ length: 500 }, (_, day) => setup.start + day * 86_400);
  return {
    replication,
    metrics: [
      { name: "b.money", value: Number(units) / 1e7, exact: String(units) },
      { name: "a.share", value: noise / 2 ** 32, exact: null },
      {
        name: "c.rare",
        value: replication % 2 === 1 ? 0.1 * replication : Number.NaN,
        exact: null,
      },
    ],
    series: ["", "country=BE"].map((dimension) => ({
      metric: "a.share",
      dimension,
      time,
      value: time.map((_, day) => noise / (day + 1)),
    })),
    tables: {
      nodes: {
        node: Float64Array.of(0, 1, 2),
        country: ["BE", "US", "BE"],
        minted: [units, -1n, 0n],
      },
      farms: { farm: new Float64Array(0), name: [] },
    },
    events: 10 + replication,
  };
}
