/**
 * `conform --exec`: another implementation beside ours, and the first difference made small.
 */
import {
  confront,
  differenceSentence,
  type Judged,
  openPeer,
  type Peer,
  shrinkDifference,
} from "../audit/index.ts";
import type { ScenarioFault } from "../scenario/fault.ts";
import { placedFault, type SourcedCase } from "./case-source.ts";
import { Exit, type ExitCode, refuseWith, say } from "./exit.ts";

/** How cases were replayed. */
export interface Replayed {
  readonly code: ExitCode;
  readonly judged: readonly Judged[];
  /** What is wrong with cases; they were not asked. */
  readonly faults: readonly ScenarioFault[];
}

const WORDS = ["ours", "theirs"] as const;

/** Asks a command every case; tells each difference, and the first of them as small as it gets. */
export async function confrontCases(
  cases: readonly SourcedCase[],
  command: string,
  patience: number,
  tell: (line: string) => void,
): Promise<Replayed> {
  const peer = openPeer(command, patience);
  // Leaving by way of `exit` ends the other process, too.
  const leave = (): void => process.exit(Exit.interrupted);
  process.once("SIGINT", leave).once("SIGTERM", leave);
  try {
    return await confrontWith(peer, cases, command, tell);
  } finally {
    process.off("SIGINT", leave).off("SIGTERM", leave);
    peer.close();
  }
}

async function confrontWith(
  peer: Peer,
  cases: readonly SourcedCase[],
  command: string,
  tell: (line: string) => void,
): Promise<Replayed> {
  const sources = new Map(cases.map(({ one, source }) => [one, source]));
  const faults: ScenarioFault[] = [];
  let code: ExitCode = Exit.done;
  const asked = cases.map(({ one }) => one);
  const { judged, first, answered } = await confront(asked, peer, (one, verdict) => {
    const source = sources.get(one);
    const told = (sentence: string): void => tell(`${source?.name}: ${one.id}: ${sentence}`);
    switch (verdict.kind) {
      case "equal":
      case "computed":
        return;
      case "different":
        for (const each of verdict.differences) told(differenceSentence(each, WORDS));
        break;
      case "unsupported":
        told(`unsupported: ${verdict.why}`);
        break;
      case "unanswered":
        told(`no answer: ${verdict.why}`);
        break;
      case "faulty":
        if (source !== undefined) {
          faults.push(...verdict.faults.map((fault) => placedFault(source, fault)));
        }
        return;
    }
    code = Exit.failed;
  });
  const left = cases.length - judged.length;
  if (left > 0) say(`gridbench: too many questions without an answer; ${left} were not asked`);
  if (first !== null) await tellSmallest(first, peer, tell);
  if (judged.length > 0 && !answered && code !== Exit.done) {
    return { code: refuseWith(`--exec: \`${command}\` answered no question`), judged, faults };
  }
  return { code, judged, faults };
}

async function tellSmallest(
  first: SourcedCase["one"],
  peer: Peer,
  tell: (line: string) => void,
): Promise<void> {
  say(`gridbench: making ${first.id} as small as it gets and still differs ...`);
  const small = await shrinkDifference(first, peer);
  if (small === null) {
    tell(`${first.id} no longer differs when it is asked again: the answers are not steady`);
    return;
  }
  tell(`the smallest case like ${first.id}, of ${small.tried} that were tried:`);
  tell(`  case    ${JSON.stringify(small.smallest)}`);
  tell(`  ours    ${JSON.stringify(small.ours)}`);
  tell(`  theirs  ${JSON.stringify(small.theirs)}`);
  for (const each of small.differences) tell(`  ${differenceSentence(each, WORDS)}`);
}
