/**
 * What a format of cases has to say of itself.
 */
import type { Difference } from "./difference.ts";
import type { Answer, Fields, Json } from "./spot.ts";

/** A format of cases: how a case says what it asks, what it expects, and who answers it. */
export interface CaseFormat {
  /** The field that names the rule. */
  readonly tag: "fn" | "kind";
  /** The rules that `tag` may name. */
  readonly names: readonly string[];
  /** What the rules answer to a case, in the form of what it expects. */
  readonly result: (one: Json) => Answer;
  /** A case without what it expects: what another implementation is asked. */
  readonly question: (one: Fields) => Fields;
  /** The case that asks a question and expects a result. */
  readonly expecting: (question: Fields, result: Json) => Fields;
  /** The same question as short as the format tells it, where shrinking begins. */
  readonly briefly: (question: Fields) => Fields;
  /** Smaller questions that taking away one part at a time does not lead to. */
  readonly leaps: (question: Fields) => readonly Fields[];
  /**
   * Where the number in a field tends to when a case is made smaller, given the fields beside it;
   * null where it stays.
   */
  readonly origin: (question: Fields, name: string, holder: Fields) => bigint | null;
  /** Where a result is not what the case expects; null where it expects nothing. */
  readonly differences: (one: Fields, result: Json) => readonly Difference[] | null;
}
