/** One world over threads: the planet at a tenth, its fleet in shards, beside the same without. */
import { apart } from "./apart.mjs";
import { median, rowOf } from "./row.mjs";

/** Two months of 100,000 nodes with one and two shards; a ratio below 1 is a gain. */
export async function measureShards({ runs = 3, tiny = false } = {}) {
  const set = [`fleet.nodes=${tiny ? 200 : 100_000}`];
  const plan = { scenario: "planet", set, days: tiny ? "1" : "60", replications: 1, workers: 0 };
  const counts = [1, 2];
  const ours = counts.map(() => ({ values: [], peaks: [] }));
  const references = [];
  for (let run = 0; run < runs; run += 1) {
    references.push((await apart({ ...plan, shards: 0 })).seconds);
    for (const [at, shards] of counts.entries()) {
      const { seconds, rss } = await apart({ ...plan, shards });
      ours[at].values.push(seconds);
      ours[at].peaks.push(rss);
    }
  }
  return counts.map((shards, at) => {
    const { values, peaks } = ours[at];
    const name = `shards-${tiny ? "tiny" : "1e5"}-${shards}`;
    return rowOf(
      { name, unit: "s", reference: "no-shards", rss: median(peaks) },
      values,
      references,
    );
  });
}
