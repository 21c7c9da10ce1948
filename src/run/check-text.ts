/**
 * A check as others read it: JSON for programs, JUnit XML for a CI's table of tests, annotations
 * for GitHub's view of a change, lines for people.
 */
import { type CheckedScenario, countOf, type PassRate } from "./check.ts";
import { isExact, type Judgement, pairText } from "./expect.ts";
import { junitText } from "./junit.ts";

/** A scenario's judgements with their pass rates. */
const judgedOf = ({ judgements, rates }: CheckedScenario) =>
  judgements.map((judgement, index) => ({ judgement, rate: rates[index] }));

/** The check as JSON: `{scenarios: [{path, seconds, expectations}], passed, failed}`. */
export function checkJson(checked: readonly CheckedScenario[]): string {
  const scenarios = checked.map((each) => ({
    path: each.scenario.file,
    seconds: each.seconds,
    seed: each.scenario.run.seed,
    replications: each.replications,
    hash: each.scenario.hash,
    expectations: judgedOf(each).map(({ judgement, rate }) => ({
      metric: judgement.expectation.metric,
      expected: judgement.expected,
      actual: judgement.actual,
      ok: judgement.ok,
      fragile: judgement.fragile,
      unit: judgement.unit,
      mean: judgement.mean,
      ci95: judgement.ci95,
      n: judgement.n,
      line: judgement.expectation.place.line,
      golden: judgement.expectation.golden?.file ?? null,
      reseeded: rate,
    })),
  }));
  return `${JSON.stringify({ scenarios, ...countOf(checked) }, null, 2)}\n`;
}

/** The check as JUnit XML: a suite a scenario, a test case an expectation. */
export const checkJunit = (checked: readonly CheckedScenario[]): string =>
  junitText(
    "gridbench check",
    checked.map((each) => ({
      name: each.scenario.file,
      seconds: each.seconds,
      facts: {
        seed: each.scenario.run.seed,
        replications: each.replications,
        hash: each.scenario.hash,
      },
      cases: judgedOf(each).map(({ judgement, rate }) => ({
        name: `${judgement.expectation.metric}: ${pairText(judgement)[0]}`,
        ok: judgement.ok,
        sentence: judgementText(judgement, rate),
      })),
    })),
  );

/** An expectation and how it ended, in one line. */
export function judgementText(judgement: Judgement, rate: PassRate | null): string {
  const { expectation, ok, fragile, ci95, n, unit, actual } = judgement;
  const { metric, golden } = expectation;
  const [expected, written] = pairText(judgement);
  const rounded = typeof actual === "number" && !isExact(expectation);
  const found = rounded ? short(actual) : written;
  const from = golden === undefined ? "" : ` (${golden.file})`;
  const exact = typeof actual === "string" || Array.isArray(actual);
  const counted = exact ? " units of 1e-7" : unit === "1" || actual === null ? "" : ` ${unit}`;
  const interval =
    ci95 === null || exact ? "" : `, 95 % interval ${short(ci95[0])} .. ${short(ci95[1])}`;
  const near = fragile === true ? ", fragile: within 3 standard errors of its limit" : "";
  const others = rate === null ? "" : `, ${rate.passed} of ${rate.of} other seeds pass`;
  const words = `${ok ? "found" : "but found"} ${found}${counted}`;
  return `${metric}: expected ${expected}${from}, ${words}${interval}, n ${n}${near}${others}`;
}

/** A number to the eight digits that a reader can use. */
export const short = (value: number): string => String(Number(value.toPrecision(8)));

/** The lines that a terminal shows: each scenario, each of its expectations. */
export function checkLines(checked: readonly CheckedScenario[]): readonly string[] {
  return checked.flatMap((each) => {
    const { scenario, replications, seconds } = each;
    const took = seconds === null ? "" : `, ${seconds.toFixed(1)} s`;
    const head = `${scenario.file}: seed ${scenario.run.seed}, n ${replications}${took}`;
    const lines = judgedOf(each).map(
      ({ judgement, rate }) =>
        `  ${judgement.ok ? "ok    " : "FAILED"}  ${judgementText(judgement, rate)}`,
    );
    return [head, ...lines];
  });
}

const escaped = (text: string): string =>
  text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

/** A text as the property of a GitHub annotation can hold it. */
const property = (text: string): string =>
  escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** An annotation for GitHub's view of a change, at a line of a file. */
export const annotation = (
  level: "error" | "warning",
  place: { readonly file: string; readonly line: number },
  sentence: string,
): string =>
  `::${level} file=${property(place.file)},line=${Math.max(1, place.line)}::${escaped(sentence)}`;

/** An error for each expectation that failed, a warning for each that passed and is fragile. */
export function checkAnnotations(checked: readonly CheckedScenario[]): readonly string[] {
  return checked.flatMap((each) =>
    judgedOf(each).flatMap(({ judgement, rate }) => {
      const { ok, fragile, expectation } = judgement;
      if (ok && fragile !== true) return [];
      const sentence = judgementText(judgement, rate);
      return [annotation(ok ? "warning" : "error", expectation.place, sentence)];
    }),
  );
}
