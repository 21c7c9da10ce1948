/**
 * Which rules two implementations answer differently: cases counted by rule.
 */
import type { FiledCase } from "./case-file.ts";
import { differenceSentence, judge, unsupportedReason } from "./conform.ts";
import type { Difference } from "./difference.ts";
import type { Json } from "./spot.ts";

/** A rule that two implementations answer differently. */
export interface RuleTally {
  readonly rule: string;
  /** How many of its cases differ, of how many. */
  readonly different: number;
  readonly cases: number;
  /** The first of them, in a sentence. */
  readonly example: string;
}

/** Counts the cases of each rule, and those that differ. */
export class Tally {
  readonly #rules = new Map<string, RuleTally>();
  readonly #unanswered = new Set<string>();
  #asked = 0;

  /** How many cases both answered. */
  get asked(): number {
    return this.#asked;
  }

  /** The rules with a difference, in the order in which they were asked. */
  get rules(): readonly RuleTally[] {
    return [...this.#rules.values()].filter(({ different }) => different > 0);
  }

  /** The rules of which one could not answer a case. */
  get unanswered(): readonly string[] {
    return [...this.#unanswered];
  }

  /** Takes their answer to a case that expects ours; undefined where there is none. */
  theirs(one: FiledCase, answer: Json | undefined): void {
    if (answer === undefined || unsupportedReason(answer) !== null) this.#lack(one);
    else this.#take(one, one.format.differences(one.fields, answer) ?? [], ["ours", "theirs"]);
  }

  /** Takes our answer to a case that expects theirs. */
  ours(one: FiledCase): void {
    const { verdict } = judge(one);
    if (verdict.kind === "different") this.#take(one, verdict.differences, ["theirs", "ours"]);
    else if (verdict.kind === "equal") this.#take(one, [], ["theirs", "ours"]);
    else this.#lack(one);
  }

  #lack(one: FiledCase): void {
    this.#unanswered.add(ruleOf(one));
  }

  #take(
    one: FiledCase,
    differences: readonly Difference[],
    words: readonly [string, string],
  ): void {
    this.#asked += 1;
    const rule = ruleOf(one);
    const known = this.#rules.get(rule) ?? { rule, cases: 0, different: 0, example: "" };
    const [first] = differences;
    const told = first === undefined ? "" : `${one.id}: ${differenceSentence(first, words)}`;
    this.#rules.set(rule, {
      rule,
      cases: known.cases + 1,
      different: known.different + (first === undefined ? 0 : 1),
      example: known.example === "" ? told : known.example,
    });
  }
}

const ruleOf = (one: FiledCase): string => String(one.fields[one.format.tag]);
