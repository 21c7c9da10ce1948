/** One line of a bench: ours beside a reference, run in turns on the same machine. */

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {number} value median of ours
 * @property {string} unit
 * @property {string} reference name of what it is compared with
 * @property {number} reference_value median of the reference
 * @property {number} ratio value / reference_value
 * @property {number} runs
 * @property {number} min
 * @property {number} max
 * @property {number} rss_mib
 */

/** The middle value of a list. */
export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Events a second of a function that answers how many events it executed. */
export function rate(run) {
  const started = performance.now();
  const events = run();
  return events / ((performance.now() - started) / 1000);
}

/**
 * Runs ours and the reference in turns, after one turn to warm up that does not count.
 * @param {{name: string, unit: string, reference: string, runs: number, ours: () => number,
 *   theirs: () => number}} plan each function answers one measured value
 * @returns {Row}
 */
export function compare({ name, unit, reference, runs, ours, theirs }) {
  ours();
  theirs();
  const values = [];
  const references = [];
  for (let run = 0; run < runs; run += 1) {
    values.push(ours());
    references.push(theirs());
  }
  const value = median(values);
  const referenceValue = median(references);
  return {
    name,
    value,
    unit,
    reference,
    reference_value: referenceValue,
    ratio: value / referenceValue,
    runs,
    min: Math.min(...values),
    max: Math.max(...values),
    rss_mib: Math.round(process.memoryUsage().rss / 1048576),
  };
}
