/**
 * Conformance: every case of a file computed, and compared with what it expects.
 */
import type { FiledCase } from "./case-file.ts";
import type { Difference } from "./difference.ts";
import { type CaseFault, faultSentence, isFields, type Json, pathText, plain } from "./spot.ts";

/** How a case ended. */
export type Verdict =
  | { readonly kind: "equal" }
  | { readonly kind: "different"; readonly differences: readonly Difference[] }
  | { readonly kind: "unsupported"; readonly why: string }
  /** Nothing was expected, so it was only computed. */
  | { readonly kind: "computed" }
  /** Another implementation gave no answer. */
  | { readonly kind: "unanswered"; readonly why: string }
  | { readonly kind: "faulty"; readonly faults: readonly CaseFault[] };

/** A case with its result and how that compares. */
export interface Judged {
  readonly id: string;
  readonly result: Json;
  readonly verdict: Verdict;
}

/** Computes a case and compares it; faults carry the path inside the file. */
export function judge(one: FiledCase): Judged {
  const answer = one.format.result(one.fields);
  if (!answer.ok) {
    const faults = answer.faults.map((each) => ({ ...each, path: [...one.path, ...each.path] }));
    return {
      id: one.id,
      result: { unsupported: answer.faults.map(faultSentence).join("; ") },
      verdict: { kind: "faulty", faults },
    };
  }
  const result = plain(answer.value);
  return { id: one.id, result, verdict: verdictOn(one, result) };
}

/** Why a result is none; null where it is one. */
export function unsupportedReason(result: Json): string | null {
  if (!isFields(result) || !Object.hasOwn(result, "unsupported")) return null;
  return String(result["unsupported"]);
}

function verdictOn(one: FiledCase, result: Json): Verdict {
  const why = unsupportedReason(result);
  if (why !== null) return { kind: "unsupported", why };
  const differences = one.format.differences(one.fields, result);
  if (differences === null) return { kind: "computed" };
  return differences.length === 0 ? { kind: "equal" } : { kind: "different", differences };
}

/** Counts of cases by how they ended. */
export type Counts = Readonly<Record<Verdict["kind"], number>>;

/** Counts the cases by how they ended. */
export function countVerdicts(verdicts: readonly Verdict[]): Counts {
  const count = (kind: Verdict["kind"]): number =>
    verdicts.filter((verdict) => verdict.kind === kind).length;
  return {
    equal: count("equal"),
    different: count("different"),
    unsupported: count("unsupported"),
    computed: count("computed"),
    unanswered: count("unanswered"),
    faulty: count("faulty"),
  };
}

/** `N cases: N equal, N different, N unsupported`, and what else there is. */
export function countsText(counts: Counts): string {
  const { equal, different, unsupported, computed, unanswered, faulty } = counts;
  const total = equal + different + unsupported + computed + unanswered + faulty;
  const parts = [`${equal} equal`, `${different} different`, `${unsupported} unsupported`];
  if (computed > 0) parts.push(`${computed} without an expected value`);
  if (unanswered > 0) parts.push(`${unanswered} without an answer`);
  if (faulty > 0) parts.push(`${faulty} faulty`);
  return `${total} ${total === 1 ? "case" : "cases"}: ${parts.join(", ")}`;
}

/** A difference as `path: expected this, computed that`, or in two other words. */
export function differenceSentence(
  { path, expected, computed }: Difference,
  words: readonly [string, string] = ["expected", "computed"],
): string {
  const told = (value: Json | undefined): string =>
    value === undefined ? "nothing" : JSON.stringify(value);
  const where = path.length === 0 ? "" : `${pathText(path)}: `;
  return `${where}${words[0]} ${told(expected)}, ${words[1]} ${told(computed)}`;
}
