/**
 * Making a case that shows a difference as small as it gets and still shows one.
 *
 * Source: delta debugging, A. Zeller and R. Hildebrandt, "Simplifying and isolating
 * failure-inducing input", IEEE Transactions on Software Engineering 28 (2002), the algorithm
 * ddmin, for lists; whole numbers go towards their origin, mostly 0, by halving steps. What
 * remains is minimal in this sense: no single item, field or unit can be taken away.
 */
import { type Fields, isFields, type Json } from "./spot.ts";

/** What shrinking needs to know. */
export interface ShrinkTask {
  readonly start: Fields;
  /** Fields of the case that stay, such as its rule. */
  readonly kept: readonly string[];
  /** Where the number in a field of an object tends to; null where it stays. */
  readonly origin: (name: string, holder: Fields) => bigint | null;
  /** True if the two implementations still answer and still differ. */
  readonly shows: (candidate: Fields) => Promise<boolean>;
  /** The most candidates that are tried. */
  readonly most?: number;
}

/** The smallest case found, and how many candidates were tried. */
export interface Shrunk {
  readonly smallest: Fields;
  readonly tried: number;
}

/** Candidates are tried in whole cases; a part of a case is put into its place first. */
type Accept = (candidate: Json) => Promise<boolean>;

/** Rounds over the whole case: two numbers that hold each other up would creep down for ever. */
const ROUNDS_MAX = 12;

/** Shrinks a case. */
export async function shrink(task: ShrinkTask): Promise<Shrunk> {
  const { start, kept, origin, shows, most = 3_000 } = task;
  const known = new Map<string, boolean>();
  const accept: Accept = async (candidate) => {
    const text = JSON.stringify(candidate);
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= most || !isFields(candidate)) return false;
    const shown = await shows(candidate);
    known.set(text, shown);
    return shown;
  };
  let smallest = start;
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const next = await fieldsReduced(smallest, accept, origin, kept);
    if (JSON.stringify(next) === JSON.stringify(smallest)) break;
    smallest = next;
  }
  return { smallest, tried: known.size };
}

async function reduced(
  value: Json,
  accept: Accept,
  origin: ShrinkTask["origin"],
  goal: bigint | null,
): Promise<Json> {
  if (Array.isArray(value)) return listReduced(value, accept, origin, goal);
  if (isFields(value)) return fieldsReduced(value, accept, origin, []);
  if (value === true) return !(await accept(false));
  if (goal === null) return value;
  if (typeof value === "number") return numberReduced(value, goal, accept);
  if (typeof value === "string" && /^-?\d+$/.test(value)) {
    const write = (count: bigint): string => count.toString();
    return write(await wholeReduced(BigInt(value), goal, (count) => accept(write(count))));
  }
  return value;
}

async function listReduced(
  value: readonly Json[],
  accept: Accept,
  origin: ShrinkTask["origin"],
  goal: bigint | null,
): Promise<Json> {
  let items = [...value];
  for (let size = items.length; size >= 1; size = Math.floor(size / 2)) {
    for (let start = 0; start < items.length; ) {
      const rest = [...items.slice(0, start), ...items.slice(start + size)];
      if (await accept(rest)) items = rest;
      else start += size;
    }
  }
  for (let index = 0; index < items.length; index++) {
    const put = (item: Json): Json[] => items.map((old, at) => (at === index ? item : old));
    items = put(await reduced(items[index], (item) => accept(put(item)), origin, goal));
  }
  return items;
}

async function fieldsReduced(
  value: Fields,
  accept: Accept,
  origin: ShrinkTask["origin"],
  kept: readonly string[],
): Promise<Fields> {
  let fields = value;
  for (const name of Object.keys(value).filter((each) => !kept.includes(each))) {
    const { [name]: _, ...rest } = fields;
    if (await accept(rest)) fields = rest;
  }
  for (const name of Object.keys(fields).filter((each) => !kept.includes(each))) {
    const put = (item: Json): Fields => ({ ...fields, [name]: item });
    const goal = origin(name, fields);
    fields = put(await reduced(fields[name], (item) => accept(put(item)), origin, goal));
  }
  return fields;
}

async function numberReduced(value: number, goal: bigint, accept: Accept): Promise<number> {
  let number = value;
  if (!Number.isInteger(number)) {
    if (!(await accept(Math.trunc(number)))) return number;
    number = Math.trunc(number);
  }
  return Number(await wholeReduced(BigInt(number), goal, (count) => accept(Number(count))));
}

/** Goes towards the goal by the largest steps that are accepted; the last is a single unit. */
async function wholeReduced(
  value: bigint,
  goal: bigint,
  accept: (count: bigint) => Promise<boolean>,
): Promise<bigint> {
  const sign = value < goal ? -1n : 1n;
  let distance = (value - goal) * sign;
  for (let step = distance; step >= 1n; ) {
    if (step <= distance && (await accept(goal + sign * (distance - step)))) distance -= step;
    else step /= 2n;
  }
  return goal + sign * distance;
}
