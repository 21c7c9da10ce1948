/**
 * What `check --against` found, as others read it: one conclusion in a sentence, then what it rests
 * on, and what could hide behind it.
 */
import {
  beyondChance,
  type Findings,
  isPolicy,
  type Movement,
  type ScenarioMovements,
  type Verdict,
  verdictOf,
} from "./against.ts";
import { short } from "./check-text.ts";
import { type JunitSuite, junitText } from "./junit.ts";
import type { InputChange } from "./version-run.ts";

/** Two versions and what was found of them. */
export interface AgainstReport {
  /** The other version and ours, as people name them. */
  readonly theirs: string;
  readonly ours: string;
  readonly findings: Findings;
  /** How many protocol cases both were asked; 0 where the other version could not be asked. */
  readonly asked: number;
  /** Scenarios that the other version cannot run, each with its reason. */
  readonly left: readonly { readonly path: string; readonly why: string }[];
  readonly seconds: number | null;
}

/** True where the economics of the two versions are not the same, whatever the reason. */
export function isRed({ findings }: AgainstReport): boolean {
  const verdict = verdictOf(findings);
  if (verdict === "recalibrated") return beyondChance(findings.scenarios).length > 0;
  return verdict === "rule" || verdict === "moved";
}

const listed = (names: readonly string[]): string => {
  const distinct = [...new Set(names)];
  const more = distinct.length > 6 ? ` and ${distinct.length - 6} more` : "";
  return `${distinct.slice(0, 6).join(", ")}${more}`;
};

const changeText = ({ key, before, after }: InputChange): string => `${key} ${before} -> ${after}`;

const movedText = (findings: Findings): string => {
  const names = beyondChance(findings.scenarios).map(({ metric }) => metric);
  return names.length === 0
    ? "no metric of these scenarios moved beyond chance"
    : `moved beyond chance: ${listed(names)}`;
};

/** The conclusion as a sentence. */
export function verdictText({ findings, asked }: AgainstReport): string {
  const verdict: Verdict = verdictOf(findings);
  switch (verdict) {
    case "same":
      return "no change: every replication gives the same metrics";
    case "streams": {
      const cases = asked > 0 ? "" : " that these scenarios show; protocol cases were not asked";
      return `random streams changed, no rule changed${cases}: replications differ, means do not`;
    }
    case "recalibrated": {
      const changes = findings.inputs.map(changeText);
      return `recalibrated, no rule changed: ${listed(changes)}; ${movedText(findings)}`;
    }
    case "moved": {
      const changes = findings.inputs.map(changeText);
      const beside = changes.length === 0 ? "" : ` beside ${listed(changes)}`;
      return `economics moved, and no protocol case says why${beside}; ${movedText(findings)}`;
    }
    case "rule": {
      const rules = findings.rules.map(({ rule }) => rule);
      const policies = findings.inputs.filter(isPolicy).map(changeText);
      return `a rule changed: ${listed([...rules, ...policies])}; ${movedText(findings)}`;
    }
  }
}

/** A metric's movement in one line. */
export function movementText({
  metric,
  unit,
  before,
  after,
  n,
  kind,
  difference,
}: Movement): string {
  const counted = unit === "1" || unit === "" ? "" : ` ${unit}`;
  const value = (mean: number | null): string => (mean === null ? "none" : short(mean));
  const pair = `${value(before)} -> ${value(after)}${counted}, n ${n}`;
  if (kind === "absent") return `${metric}: in one of the versions only`;
  if (kind === "same") return `${metric}: the same, ${pair}`;
  if (kind === "constant")
    return `${metric}: ${pair}; no chance in it, so a rule or a model did it`;
  if (difference === null) return `${metric}: ${pair}; too rarely measured to compare`;
  const [low, high] = difference.simultaneous95.map(short);
  const interval = `difference ${short(difference.mean)}, simultaneous 95 % ${low} .. ${high}`;
  const word = kind === "moved" ? "moved" : "within chance";
  return `${metric}: ${pair}; ${interval}, adjusted p ${short(difference.pAdjusted)}: ${word}`;
}

/** The smallest and the largest relative change that chance could have hidden, in words. */
function hidden(movements: readonly Movement[]): string {
  const shares = movements.flatMap(({ metric, kind, before, difference }) => {
    if (kind !== "noise" || difference === null || before === null || before === 0) return [];
    const [low, high] = difference.simultaneous95;
    return [{ metric, share: (high - low) / 2 / Math.abs(before) }];
  });
  shares.sort((a, b) => a.share - b.share);
  const [least, most] = [shares[0], shares.at(-1)];
  if (least === undefined || most === undefined) return "";
  const told = ({ metric, share }: typeof least): string =>
    `${Number((share * 100).toPrecision(2))} % of ${metric}`;
  return `; a change below ${told(least)} to ${told(most)} could hide in that`;
}

function scenarioLines({ path, movements }: ScenarioMovements): readonly string[] {
  const count = (kind: Movement["kind"]): number =>
    movements.filter((each) => each.kind === kind).length;
  const noise = count("noise");
  const differing = noise === 0 ? "" : `, ${noise} differ within chance${hidden(movements)}`;
  const red = movements.filter(({ kind }) => kind === "moved" || kind === "constant");
  return [
    `${path}: ${count("same")} of ${movements.length} metrics the same${differing}`,
    ...red.map((each) => `  MOVED   ${movementText(each)}`),
  ];
}

/** The lines that a terminal shows. */
export function againstLines(report: AgainstReport): readonly string[] {
  const { findings, asked, left } = report;
  const alike = asked === 0 ? "could not be asked" : `${asked} asked`;
  const rules = findings.rules.map(({ rule, different, cases, example }) =>
    cases === 0
      ? `  CHANGED ${rule}: ${example}`
      : `  CHANGED ${rule}: ${different} of ${cases} cases differ, such as ${example}`,
  );
  const unanswered =
    findings.unanswered.length === 0
      ? []
      : [`  only one version answers: ${listed(findings.unanswered)}`];
  return [
    `${report.ours} against ${report.theirs}`,
    `protocol cases: ${alike}, ${rules.length === 0 ? "no rule" : rules.length} differs`,
    ...rules,
    ...unanswered,
    ...findings.inputs.map((change) => `input: ${changeText(change)}`),
    ...findings.scenarios.flatMap(scenarioLines),
    ...left.map(({ path, why }) => `${path}: the other version cannot run it: ${why}`),
  ];
}

/** The report as JSON. */
export function againstJson(report: AgainstReport): string {
  const { findings, asked, left, theirs, ours, seconds } = report;
  const { rules, unanswered, inputs, scenarios, adjusted } = findings;
  const failed = beyondChance(scenarios).length;
  const all = scenarios.flatMap(({ movements }) => movements);
  const told = {
    against: theirs,
    version: ours,
    verdict: verdictOf(findings),
    sentence: verdictText(report),
    seconds,
    protocol: { asked, rules, unanswered },
    inputs,
    scenarios: scenarios.map(({ path, movements }) => ({
      path,
      expectations: movements.map(({ before, after, kind, ...rest }) => ({
        ...rest,
        expected: before,
        actual: after,
        ok: kind !== "moved" && kind !== "constant",
        fragile: null,
        kind,
      })),
    })),
    adjusted: adjusted === null ? null : beyondChance(adjusted).map(({ metric }) => metric),
    left,
    passed: all.length - failed,
    failed: failed + rules.length,
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}

/** The report as JUnit XML: the protocol's rules, then the metrics of each scenario. */
export function againstJunit(report: AgainstReport): string {
  const { findings, theirs, ours, asked, seconds } = report;
  const protocol: JunitSuite = {
    name: "protocol",
    seconds,
    facts: { version: ours, against: theirs, asked },
    cases: [
      { name: "verdict", ok: !isRed(report), sentence: verdictText(report) },
      ...findings.rules.map(({ rule, example }) => ({ name: rule, ok: false, sentence: example })),
    ],
  };
  const suites = findings.scenarios.map(
    ({ path, movements }): JunitSuite => ({
      name: path,
      seconds: null,
      facts: {},
      cases: movements.map((each) => ({
        name: each.metric,
        ok: each.kind !== "moved" && each.kind !== "constant",
        sentence: movementText(each),
      })),
    }),
  );
  return junitText("gridbench check --against", [protocol, ...suites]);
}
