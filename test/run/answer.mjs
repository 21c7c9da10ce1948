/**
 * An engine that answers a formula of the assumptions, with chance that all points share and a
 * little that they do not: what experiments with many points must find again.
 */
export const metricList = [
  { name: "a.plain", unit: "1", doc: "3 times, 2 times and once the share of three ranges." },
  { name: "b.noisy", unit: "USD", doc: "The same with chance." },
  { name: "c.model", unit: "1", doc: "1 where boots are exponential." },
];

function scatter(...words) {
  let hash = 0x811c9dc5;
  for (const word of words) hash = Math.imul(hash ^ word, 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32 - 0.5;
}

export function replicate(setup, key, replication) {
  const { failure, hardware, churn } = setup.assumptions;
  const day = 86_400;
  const plain =
    3 * ((failure.stableMean / day - 115) / 35) +
    2 * ((hardware.shape - 0.7) / 0.1) +
    (churn.departure - 0.0095) / 0.0605;
  const shared = scatter(key[0], key[1], replication);
  const own = scatter(key[0], replication, Math.round(plain * 1e6));
  const model = failure.model === "exponential" ? 1 : 0;
  return {
    replication,
    metrics: [
      { name: "a.plain", value: plain, exact: null },
      { name: "b.noisy", value: plain + 2 * shared + own, exact: null },
      { name: "c.model", value: model, exact: null },
    ],
    series: [],
    tables: {},
    events: 1,
  };
}
