/**
 * Our rules against another implementation: case by case, and the first difference made small.
 */
import type { FiledCase } from "./case-file.ts";
import { type Judged, judge, unsupportedReason, type Verdict } from "./conform.ts";
import { type Difference, differencesOf } from "./difference.ts";
import type { Peer } from "./peer.ts";
import { shrink } from "./shrink.ts";
import { type Fields, type Json, plain } from "./spot.ts";

/** After so many questions in a row without an answer, no more are asked. */
const FAILURES_MAX = 3;

/** What came of asking. */
export interface Confrontation {
  /** The cases that were asked, in order; the results are ours. */
  readonly judged: readonly Judged[];
  /** The first case that differs; null where none does. */
  readonly first: FiledCase | null;
  /** True if at least one question was answered. */
  readonly answered: boolean;
}

/** Asks the peer every case, in order; `tell` hears of each at once. */
export async function confront(
  cases: readonly FiledCase[],
  peer: Peer,
  tell: (one: FiledCase, verdict: Verdict) => void,
): Promise<Confrontation> {
  const judged: Judged[] = [];
  let first: FiledCase | null = null;
  let failures = 0;
  let answered = false;
  for (const one of cases) {
    const { result, verdict: own } = judge(one);
    const isOurs = own.kind === "faulty" || own.kind === "unsupported";
    const verdict = isOurs ? own : await verdictOn(one, result, peer);
    if (!isOurs) {
      failures = verdict.kind === "unanswered" ? failures + 1 : 0;
      answered ||= verdict.kind !== "unanswered";
    }
    if (verdict.kind === "different") first ??= one;
    judged.push({ id: one.id, result, verdict });
    tell(one, verdict);
    if (failures === FAILURES_MAX) break;
  }
  return { judged, first, answered };
}

/** A case as the peer is asked it: with its schema, since some formats share the names of rules. */
const questionOf = ({ schema }: FiledCase, question: Fields): Fields => ({ schema, ...question });

async function verdictOn(one: FiledCase, ours: Json, peer: Peer): Promise<Verdict> {
  const reply = await peer.ask(one.id, questionOf(one, one.format.question(one.fields)));
  if (reply.kind === "failed") return { kind: "unanswered", why: reply.why };
  const why = unsupportedReason(reply.result);
  if (why !== null) return { kind: "unsupported", why };
  const differences = differencesOf(ours, reply.result);
  return differences.length === 0 ? { kind: "equal" } : { kind: "different", differences };
}

/** The smallest case found that still differs, and what both say to it. */
export interface SmallDifference {
  readonly smallest: Fields;
  readonly ours: Json;
  readonly theirs: Json;
  readonly differences: readonly Difference[];
  /** How many smaller cases were tried. */
  readonly tried: number;
}

/** Shrinks a case that differs, asking the peer anew each time; null if it no longer differs. */
export async function shrinkDifference(
  one: FiledCase,
  peer: Peer,
): Promise<SmallDifference | null> {
  const { format, id } = one;
  const compared = async (candidate: Fields): Promise<Omit<SmallDifference, "tried"> | null> => {
    const answer = format.result(candidate);
    if (!answer.ok) return null;
    const ours = plain(answer.value);
    if (unsupportedReason(ours) !== null) return null;
    const reply = await peer.ask(id, questionOf(one, candidate));
    if (reply.kind === "failed" || unsupportedReason(reply.result) !== null) return null;
    const differences = differencesOf(ours, reply.result);
    if (differences.length === 0) return null;
    return { smallest: candidate, ours, theirs: reply.result, differences };
  };
  const shows = async (candidate: Fields): Promise<boolean> => (await compared(candidate)) !== null;
  // The name and the rule come first, for the reader.
  const named = { id, [format.tag]: one.fields[format.tag], ...format.question(one.fields) };
  const brief = format.briefly(named);
  let tried = 0;
  const shrunk = async (start: Fields): Promise<Fields> => {
    const found = await shrink({
      start,
      kept: ["id", format.tag],
      origin: (name, holder) => format.origin(named, name, holder),
      shows,
    });
    tried += found.tried;
    return found.smallest;
  };
  const leapFrom = async (question: Fields): Promise<Fields | null> => {
    for (const candidate of format.leaps(question)) {
      tried += 1;
      if (await shows(candidate)) return candidate;
    }
    return null;
  };
  let smallest = await shrunk((await shows(brief)) ? brief : named);
  // Each leap is smaller by a step, so that there is an end.
  for (let leap = await leapFrom(smallest); leap !== null; leap = await leapFrom(smallest)) {
    smallest = await shrunk(leap);
  }
  const last = await compared(smallest);
  return last === null ? null : { ...last, tried };
}
