/**
 * Variation: the assumptions as they hold for somebody, where a scenario lets them vary.
 *
 * Values that do not vary are those of the setup, the very same objects; so what is made of them
 * is made once. A value drawn for each entity has a stream of its own parameter, addressed by the
 * entity's cause: it changes nobody else's luck.
 */
import { type Chance, Course, type Distribution, streamId } from "../kernel/index.ts";
import { type Assumptions, drawnLaw, drawnValue, meanOver, remembered } from "../models/index.ts";
import {
  type Dimension,
  type Drawn,
  differsBy,
  isDrawn,
  isSteps,
  type Leaf,
  leafOf,
  type Steps,
  stepAt,
  type Variations,
  type Whom,
} from "../units/index.ts";
import type { Setup } from "./setup.ts";

/** A value that each entity draws for itself. */
export interface Own {
  /** Such as `line.developedMean`. */
  readonly key: string;
  readonly drawn: Drawn;
  readonly law: Distribution;
  readonly stream: number;
}

/** Answers for one setup; make it once, for what is made of the same values is made once too. */
export class Variation {
  readonly #assumptions: Assumptions;
  readonly #varied: Variations;
  readonly #blocks = new Map<string, object>();
  readonly #lawOf = remembered(drawnLaw);
  readonly #meanOf = remembered((drawn: Drawn) => meanOver(drawn));
  readonly #rateOf = remembered((drawn: Drawn) => meanOver(drawn, (value) => 1 / value));

  constructor({ assumptions, varied = {} }: Pick<Setup, "assumptions" | "varied">) {
    this.#assumptions = assumptions;
    this.#varied = varied;
  }

  /** Whether a parameter of the blocks differs by a dimension. */
  differs(dimension: Dimension, ...blocks: readonly string[]): boolean {
    return Object.entries(this.#varied).some(
      ([key, value]) => blocks.includes(blockOf(key)) && differsBy(value, dimension),
    );
  }

  /** Whether a parameter varies in any way. */
  varies(key: string): boolean {
    return key in this.#varied;
  }

  /** The values that hold for somebody: at the start, and the mean of what each draws. */
  of(whom: Whom): Assumptions {
    const said = new Map<string, [name: string, value: number | readonly number[]][]>();
    for (const [key, value] of Object.entries(this.#varied)) {
      const block = said.get(blockOf(key)) ?? [];
      said.set(blockOf(key), block);
      block.push([nameOf(key), this.#typical(key, leafOf(value, whom))]);
    }
    const changed = [...said].map(([block, values]) => [block, this.#blockWith(block, values)]);
    return { ...this.#assumptions, ...Object.fromEntries(changed) };
  }

  /** A block with some values; the same object for the same values. */
  #blockWith(block: string, values: readonly (readonly [string, unknown])[]): object {
    const text = `${block} ${JSON.stringify(values)}`;
    const known = this.#blocks.get(text);
    if (known !== undefined) return known;
    const old = Object.entries(this.#assumptions).find(([name]) => name === block)?.[1];
    const made = { ...old, ...Object.fromEntries(values) };
    this.#blocks.set(text, made);
    return made;
  }

  /** The steps of a parameter for somebody; null where it does not change over time. */
  steps(key: string, whom: Whom): Steps | null {
    const value = this.#varied[key];
    const leaf = value === undefined ? 0 : leafOf(value, whom);
    return isSteps(leaf) ? leaf : null;
  }

  /** What each entity draws for itself among the parameters with these keys. */
  own(keys: readonly string[], whom: Whom): readonly Own[] {
    return keys.flatMap((key): readonly Own[] => {
      const value = this.#varied[key];
      const leaf = value === undefined ? 0 : leafOf(value, whom);
      if (!isDrawn(leaf)) return [];
      return [{ key, drawn: leaf, law: this.#lawOf(leaf), stream: streamId(`own.${key}`) }];
    });
  }

  /** What stands for a value at the start, and for many who each draw it. */
  #typical(key: string, leaf: Leaf): number | readonly number[] {
    if (isSteps(leaf)) return stepAt(leaf, 0);
    if (!isDrawn(leaf)) return leaf;
    return BY_RATE.has(key) ? 1 / this.#rateOf(leaf) : this.#meanOf(leaf);
  }
}

const blockOf = (key: string): string => key.slice(0, key.indexOf("."));
const nameOf = (key: string): string => key.slice(key.indexOf(".") + 1);

/** Means between faults: many servers together fail at the mean of their rates. */
const BY_RATE: ReadonlySet<string> = new Set(["hardware.mtbf"]);

/** Values with those in place that the entity of a cause has drawn for itself. */
export function withOwn(
  values: Assumptions,
  own: readonly Own[],
  chance: Chance,
  high: number,
  low: number,
): Assumptions {
  if (own.length === 0) return values;
  const changed: Record<string, object> = {};
  for (const one of own) {
    const block = blockOf(one.key);
    const old = changed[block] ?? Object.entries(values).find(([name]) => name === block)?.[1];
    changed[block] = { ...old, [nameOf(one.key)]: ownValue(one, chance, high, low) };
  }
  return { ...values, ...changed };
}

/** The value that the entity of a cause has drawn for itself. */
export const ownValue = (own: Own, chance: Chance, high: number, low: number): number =>
  drawnValue(own.drawn, own.law, chance.uniform(own.stream, high, low, 0));

/** The course of a mean, of which each step is made by `of`, over the times of several steps. */
export function courseOf(
  steps: readonly (Steps | null)[],
  of: (second: number) => number,
): Course | null {
  const times = [...new Set(steps.flatMap((one) => one?.seconds ?? []))].sort((a, b) => a - b);
  return times.length === 0 ? null : new Course(times, times.map(of));
}

/** The value of steps at a second, or what holds without them. */
export const valueAt = (steps: Steps | null, second: number, otherwise: number): number =>
  steps === null ? otherwise : stepAt(steps, second);
