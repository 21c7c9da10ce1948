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

/** MiB of memory that this process holds now. */
const rssMib = () => process.memoryUsage().rss / 1048576;

/**
 * The row of values that were measured in turns.
 * @param {{name: string, unit: string, reference: string, rss?: number}} names
 * @param {number[]} values ours
 * @param {number[]} references the reference's, one beside each of ours
 * @returns {Row}
 */
export function rowOf({ name, unit, reference, rss = rssMib() }, values, references) {
  const value = median(values);
  const referenceValue = median(references);
  return {
    name,
    value,
    unit,
    reference,
    reference_value: referenceValue,
    ratio: value / referenceValue,
    runs: values.length,
    min: Math.min(...values),
    max: Math.max(...values),
    rss_mib: Math.round(rss),
  };
}

/**
 * Runs ours and its references in turns, after one turn to warm up that does not count; a row for
 * each reference, all but the first named after it.
 * @param {{name: string, unit: string, runs: number, ours: () => number,
 *   references: Readonly<Record<string, () => number>>}} plan each function answers one value
 * @returns {Row[]}
 */
export function compareAll({ name, unit, runs, ours, references }) {
  const values = [];
  const beside = Object.entries(references).map(([reference, measure]) => ({
    reference,
    measure,
    values: [],
  }));
  ours();
  for (const { measure } of beside) measure();
  for (let run = 0; run < runs; run += 1) {
    values.push(ours());
    for (const one of beside) one.values.push(one.measure());
  }
  return beside.map((one, at) => {
    const { reference } = one;
    const names = { name: at === 0 ? name : `${name}-${reference}`, unit, reference };
    return rowOf(names, values, one.values);
  });
}

/**
 * The same with one reference.
 * @param {{name: string, unit: string, reference: string, runs: number, ours: () => number,
 *   theirs: () => number}} plan each function answers one measured value
 * @returns {Row}
 */
export const compare = ({ reference, theirs, ...plan }) =>
  compareAll({ ...plan, references: { [reference]: theirs } })[0];
