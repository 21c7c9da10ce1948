/**
 * `conform`: replays protocol cases, makes new ones, and asks another implementation.
 */
import {
  caseFormats,
  countsText,
  countVerdicts,
  differenceSentence,
  type FiledCase,
  judge,
  newCases,
} from "../audit/index.ts";
import { inOrder, type ScenarioFault } from "../scenario/fault.ts";
import { nearest } from "../scenario/suggestion.ts";
import {
  type CaseSource,
  caseWhere,
  deliver,
  placedFault,
  readSources,
  resultsText,
  type SourcedCase,
  slipsIn,
  sourceOf,
} from "./case-source.ts";
import { confrontCases, type Replayed } from "./confront.ts";
import { Exit, type ExitCode, print, refuse, refuseWith, say, tellFaults } from "./exit.ts";

/** What was typed behind `conform`. */
export interface ConformArguments {
  readonly files: readonly string[];
  readonly json: string | undefined;
  readonly emit: number | undefined;
  readonly seed: string | undefined;
  readonly schema: string | undefined;
  readonly fn: string | undefined;
  readonly exec: string | undefined;
  /** Seconds that an answer of another implementation may take. */
  readonly timeout: number | undefined;
}

const SEED = "1";
const TIMEOUT = 10;

/** Does what was typed behind `conform`. */
export async function conform(typed: ConformArguments): Promise<ExitCode> {
  const begun = performance.now();
  const choice = choose(typed);
  if (typeof choice === "string") return refuseWith(choice);
  let sources: readonly CaseSource[];
  let unread: readonly ScenarioFault[] = [];
  if (typed.emit !== undefined) {
    const text = emittedText(typed, typed.emit, choice.schemas);
    if (typed.exec === undefined) return deliver(typed.json ?? "-", text);
    sources = [sourceOf("new", text)];
  } else {
    ({ sources, faults: unread } = readSources(typed.files));
  }
  const cases = sources.flatMap((source) =>
    source.cases.filter(choice.admits).map((one) => ({ source, one })),
  );
  const slips = sources.flatMap(slipsIn);
  if (unread.length > 0) {
    // Whoever mends the files shall mend the cases that could be read with them.
    return refuse(inOrder([...unread, ...slips, ...replay(cases, () => undefined).faults]));
  }
  // What is told of single cases makes room where standard output is for JSON alone.
  const tell = typed.json === "-" ? say : print;
  const { code, judged, faults } =
    typed.exec === undefined
      ? replay(cases, tell)
      : await confrontCases(cases, typed.exec, (typed.timeout ?? TIMEOUT) * 1000, tell);
  tellFaults(inOrder([...slips, ...faults]));
  const written = typed.json === undefined ? Exit.done : deliver(typed.json, resultsText(judged));
  say(`took ${((performance.now() - begun) / 1000).toFixed(2)} s`);
  say(countsText(countVerdicts(judged.map(({ verdict }) => verdict))));
  if (written !== Exit.done) return written;
  return slips.length + faults.length > 0 ? Exit.wrongInput : code;
}

/** The formats and rules that were chosen. */
interface Choice {
  /** The schemas that new cases are made of. */
  readonly schemas: readonly string[];
  /** True of a case that was asked for. */
  readonly admits: (one: FiledCase) => boolean;
}

/** What `--schema` and `--fn` choose, or why they choose nothing. */
function choose({ files, emit, schema, fn }: ConformArguments): Choice | string {
  if (emit === undefined && files.length === 0) return "name a file of cases, or --emit N";
  if (emit !== undefined && files.length > 0) {
    return `--emit makes new cases: expected no file beside it, found ${files.join(", ")}`;
  }
  const all = Object.keys(caseFormats);
  const named = schema === undefined ? all : all.filter((each) => isCalled(each, schema));
  if (named.length === 0) return unknown("--schema", schema ?? "", all);
  const rules = named.flatMap((each) => caseFormats[each].names);
  if (fn !== undefined && !rules.includes(fn)) return unknown("--fn", fn, rules);
  const formats = named.map((each) => caseFormats[each]);
  const schemas = named.filter((each) => fn === undefined || caseFormats[each].names.includes(fn));
  const admits = (one: FiledCase): boolean =>
    formats.includes(one.format) && (fn === undefined || one.fields[one.format.tag] === fn);
  return { schemas, admits };
}

/** A schema answers to its name, and to the word in it such as `billing`. */
const isCalled = (schema: string, word: string): boolean =>
  schema === word || schema.startsWith(`tfgrid-${word}-`);

function unknown(flag: string, word: string, known: readonly string[]): string {
  const guess = nearest(word, known);
  const hint = guess === undefined ? "" : ` (did you mean \`${guess}\`?)`;
  return `${flag}: expected one of ${known.join(", ")}, found \`${word}\`${hint}`;
}

/** New cases as JSON, one a line: a set of one format, or a list of sets. */
function emittedText(typed: ConformArguments, count: number, schemas: readonly string[]): string {
  const sets = schemas.map((schema) =>
    newCases({ schema, count, seed: typed.seed ?? SEED, rule: typed.fn ?? null }),
  );
  const texts = sets.map(({ cases, ...head }) => {
    const lines = Array.isArray(cases) ? cases.map((each) => JSON.stringify(each)) : [];
    return `${JSON.stringify(head).slice(0, -1)},"cases":[\n${lines.join(",\n")}\n]}`;
  });
  return texts.length === 1 ? `${texts[0]}\n` : `[\n${texts.join(",\n")}\n]\n`;
}

/** Computes and compares every case. */
function replay(cases: readonly SourcedCase[], tell: (line: string) => void): Replayed {
  const judged = cases.map(({ one }) => judge(one));
  let code: ExitCode = Exit.done;
  const faults = judged.flatMap(({ id, verdict }, index) => {
    const { source, one } = cases[index];
    const told = (sentence: string): void => tell(`${source.name}: ${id}: ${sentence}`);
    switch (verdict.kind) {
      case "different":
        for (const each of verdict.differences) told(differenceSentence(each));
        break;
      case "unsupported":
        tell(`${caseWhere(source, one)}: ${id}: unsupported: ${verdict.why}`);
        break;
      case "faulty":
        return verdict.faults.map((fault) => placedFault(source, fault));
      case "equal":
      case "computed":
      case "unanswered":
        return [];
    }
    code = Exit.failed;
    return [];
  });
  return { code, judged, faults };
}
