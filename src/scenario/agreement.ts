/**
 * What several values must be together, beyond the bounds of each: lists of one length, shares
 * with a sum, a floor below its ceiling.
 */
import { ORDERED, ROUNDING, WHOLES } from "./clash.ts";
import { declarations } from "./declaration.ts";
import type { ScenarioFault } from "./fault.ts";
import type { Lookup } from "./lookup.ts";

/** Lists that are read side by side: entry by entry, the first is what the second weighs. */
const PAIRS: readonly (readonly [first: string, second: string])[] = [
  ["assumptions.demand.cores", "assumptions.demand.coreWeights"],
  ["assumptions.demand.memoryPerCore", "assumptions.demand.memoryWeights"],
  ["assumptions.demand.disk", "assumptions.demand.diskWeights"],
  ["assumptions.demand.shortMeans", "assumptions.demand.shortWeights"],
];

/** Lists from which one entry is chosen, each as likely. */
const CHOICES = ["assumptions.demand.archive", "assumptions.demand.traffic"];

/** Lists of which every number is above 0. */
const POSITIVE = ["assumptions.demand.shortMeans"];

/** Lists of shares: something has to be chosen. */
const SHARES = [
  "assumptions.demand.mix",
  "assumptions.demand.lifeWeights",
  "assumptions.demand.shortWeights",
  "assumptions.demand.coreWeights",
  "assumptions.demand.memoryWeights",
  "assumptions.demand.diskWeights",
  "assumptions.wallet.habits",
  "assumptions.voter.kinds",
];

/** What does not go together, each fault at the value that was given last of the two. */
export function disagreements(lookup: Lookup): readonly ScenarioFault[] {
  const found = new Disagreements(lookup);
  for (const [one, other] of PAIRS) found.sameLength(one, other);
  for (const { key, parameter } of declarations) {
    if (parameter.kind !== "numbers" || PAIRS.flat().includes(key)) continue;
    if (CHOICES.includes(key)) found.notEmpty(key);
    else found.lengthOf(key, parameter.default.length);
  }
  for (const key of SHARES) found.someShare(key);
  for (const key of POSITIVE) found.allAboveZero(key);
  for (const [low, high, strictly] of ORDERED) found.inOrder(low, high, strictly);
  for (const [one, other] of WHOLES) found.atMostWhole(one, other);
  return found.faults;
}

class Disagreements {
  readonly faults: ScenarioFault[] = [];
  readonly #lookup: Lookup;

  constructor(lookup: Lookup) {
    this.#lookup = lookup;
  }

  #list(key: string): readonly number[] {
    const value = this.#lookup.value(key);
    return Array.isArray(value) ? value.map(Number) : [Number(value)];
  }

  /** Whether a list has no one value of its own, since it differs between entities or times. */
  #varies(...keys: readonly string[]): boolean {
    return keys.some((key) => this.#list(key).some(Number.isNaN));
  }

  /** The one of two that the scenario gave; the second, if it gave both or neither. */
  #blame(one: string, other: string): readonly [at: string, beside: string] {
    const first = this.#lookup.given(one) && !this.#lookup.given(other);
    return first ? [one, other] : [other, one];
  }

  #add(path: string, expected: string, found: string): void {
    this.faults.push({ place: this.#lookup.placeOf(path), path, expected, found });
  }

  #written(key: string): string {
    return `\`${this.#lookup.written(key)}\``;
  }

  sameLength(one: string, other: string): void {
    if (this.#varies(one, other)) return;
    if (this.#list(one).length === this.#list(other).length) return this.notEmpty(one);
    const [at, beside] = this.#blame(one, other);
    const { length } = this.#list(beside);
    this.#add(at, `${length} numbers, as many as \`${beside}\` has`, `${this.#list(at).length}`);
  }

  notEmpty(key: string): void {
    if (this.#varies(key)) return;
    if (this.#list(key).length === 0) this.#add(key, "a list with a number in it", "an empty one");
  }

  lengthOf(key: string, length: number): void {
    if (this.#varies(key)) return;
    const found = this.#list(key).length;
    if (found !== length) this.#add(key, `${length} numbers`, `${found}`);
  }

  someShare(key: string): void {
    if (this.#varies(key)) return;
    const list = this.#list(key);
    if (list.length > 0 && list.every((share) => share === 0)) {
      this.#add(key, "shares of which one is above 0", this.#written(key));
    }
  }

  allAboveZero(key: string): void {
    if (this.#list(key).some((each) => !(each > 0))) {
      this.#add(key, "numbers above 0", this.#written(key));
    }
  }

  inOrder(low: string, high: string, strictly: boolean): void {
    if (this.#varies(low, high)) return;
    const ceilings = this.#list(high);
    const wrong = this.#list(low).some((floor, at) =>
      strictly ? floor >= ceilings[at] : floor > ceilings[at],
    );
    if (!wrong) return;
    const [at, beside] = this.#blame(low, high);
    const side = at === low ? (strictly ? "below" : "at most") : strictly ? "above" : "at least";
    this.#add(at, `${side} \`${beside}\`, ${this.#written(beside)}`, this.#written(at));
  }

  atMostWhole(one: string, other: string): void {
    if (this.#varies(one, other)) return;
    const sum = Number(this.#lookup.value(one)) + Number(this.#lookup.value(other));
    if (sum <= 1 + ROUNDING) return;
    const [at, beside] = this.#blame(one, other);
    this.#add(at, `a share of what \`${beside}\` leaves`, this.#written(at));
  }
}
