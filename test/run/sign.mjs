/**
 * An engine whose effects can be worked out by hand: a dearer compute unit brings 10 a day less a
 * loss that one assumption decides, and chance that both arms share.
 *
 * With s and h the shares of the ranges of `failure.stableMean` and `hardware.shape`, and x = 1
 * where the price list is not the default's:
 *   a.turns   x (4 - 10 (1 - s)) + chance   its sign is that of s - 0.6
 *   b.keeps   x (1 + s + h) + chance        positive whatever they are
 *   c.still   chance                        no difference
 */
export const metricList = [
  { name: "a.turns", unit: "USD", doc: "Turns with one assumption." },
  { name: "b.keeps", unit: "USD", doc: "Keeps its sign." },
  { name: "c.still", unit: "USD", doc: "Does not move." },
];

function scatter(...words) {
  let hash = 0x811c9dc5;
  for (const word of words) hash = Math.imul(hash ^ word, 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32 - 0.5;
}

export function replicate(setup, key, replication) {
  const { failure, hardware } = setup.assumptions;
  const s = (failure.stableMean / 86_400 - 115) / 35;
  const h = (hardware.shape - 0.7) / 0.1;
  const x = Number(setup.policy.pricing.cu) === 100_000 ? 0 : 1;
  const shared = 100 + scatter(key[0], key[1], replication);
  const own = 0.1 * x * scatter(key[0], replication, 7);
  const metric = (name, value) => ({ name, value, exact: null });
  return {
    replication,
    metrics: [
      metric("a.turns", shared + own + x * (4 - 10 * (1 - s))),
      metric("b.keeps", shared + own + x * (1 + s + h)),
      metric("c.still", shared),
    ],
    series: [],
    tables: {
      ledger: {
        line: ["farmers, in all"],
        tft: [0n],
        usd: new Float64Array(1),
        cost: [0n],
      },
    },
    events: 1,
  };
}
