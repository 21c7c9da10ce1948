/**
 * JUnit XML, as CI services read it: suites of cases, each passed or failed with a sentence.
 */

/** One thing that was held against something. */
export interface JunitCase {
  readonly name: string;
  readonly ok: boolean;
  readonly sentence: string;
}

/** Cases that belong together. */
export interface JunitSuite {
  readonly name: string;
  readonly seconds: number | null;
  /** What a reader needs to see it again, by name. */
  readonly facts: Readonly<Record<string, string | number>>;
  readonly cases: readonly JunitCase[];
}

/** What XML cannot hold, even as a reference; it becomes the sign for an unknown character. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** A text as an XML attribute or element can hold it. */
export const xmlText = (text: string): string =>
  text.replace(FORBIDDEN, "\u{fffd}").replace(/[&<>"\t\n\r]/g, (sign) => REFERENCES[sign] ?? sign);

function tag(name: string, attributes: Readonly<Record<string, string | number>>): string {
  const pairs = Object.entries(attributes).map(([key, value]) => `${key}="${xmlText(`${value}`)}"`);
  return [name, ...pairs].join(" ");
}

const failuresIn = (cases: readonly JunitCase[]): number => cases.filter(({ ok }) => !ok).length;

/** The whole document. */
export function junitText(title: string, suites: readonly JunitSuite[]): string {
  const cases = suites.flatMap((suite) => suite.cases);
  const time = suites.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0).toFixed(3);
  const counts = { tests: cases.length, failures: failuresIn(cases), errors: 0, time };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<${tag("testsuites", { name: title, ...counts })}>`,
    ...suites.flatMap(suiteLines),
    "</testsuites>",
    "",
  ].join("\n");
}

function suiteLines({ name, seconds, facts, cases }: JunitSuite): readonly string[] {
  const time = (seconds ?? 0).toFixed(3);
  const counts = { tests: cases.length, failures: failuresIn(cases), errors: 0, skipped: 0, time };
  const properties = Object.entries(facts).map(
    ([key, value]) => `      <${tag("property", { name: key, value })}/>`,
  );
  return [
    `  <${tag("testsuite", { name, ...counts })}>`,
    ...(properties.length === 0 ? [] : ["    <properties>", ...properties, "    </properties>"]),
    ...cases.flatMap((each) => caseLines(name, each)),
    "  </testsuite>",
  ];
}

function caseLines(suite: string, { name, ok, sentence }: JunitCase): readonly string[] {
  const failure = `      <${tag("failure", { message: sentence, type: "expectation" })}/>`;
  return [
    `    <${tag("testcase", { classname: suite, name, time: "0.000" })}>`,
    ...(ok ? [] : [failure]),
    `      <system-out>${xmlText(sentence)}</system-out>`,
    "    </testcase>",
  ];
}
