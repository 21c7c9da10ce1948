/**
 * What each metric rests on, said plainly: measured, fitted, an exact rule on guessed inputs, or an
 * assumption that comes back.
 */

/** The four grades, strongest first. */
export type Grade = "set" | "fitted" | "ruled" | "assumed";

/** What a group of metrics rests on. */
export interface Evidence {
  /** Names of metrics, or beginnings that end in a point. */
  readonly metrics: readonly string[];
  readonly grade: Grade;
  readonly sentence: string;
  /** What would change it, and where. */
  readonly change: string;
}

/** The grades in words. */
export const GRADES: Readonly<Record<Grade, { readonly word: string; readonly doc: string }>> = {
  set: {
    word: "measured input",
    doc: "The start is set to a measured value; what moves it later is assumed.",
  },
  fitted: {
    word: "fitted",
    doc: "A parameter was fitted to this very measurement: agreement shows the fit, not foresight.",
  },
  ruled: {
    word: "exact rule, guessed input",
    doc: "The chain's arithmetic to the last unit, applied to inputs that are partly guessed.",
  },
  assumed: {
    word: "assumed",
    doc: "It follows from assumptions; read it as a consequence, not as a finding.",
  },
};

/** What every metric rests on; the first entry that fits counts. */
export const EVIDENCE: readonly Evidence[] = [
  {
    metrics: ["node.count", "capacity."],
    grade: "set",
    sentence:
      "The fleet at the start is the measured one; arrivals balance departures by assumption.",
    change: "Another snapshot of the grid, or arrivals that do not balance departures.",
  },
  {
    metrics: ["utilization.hru"],
    grade: "assumed",
    sentence: "So little HDD is in use that demand for it was not fitted, only supposed.",
    change: "The disks that the grid's contracts ask for.",
  },
  {
    metrics: ["node.age_survival", "utilization."],
    grade: "fitted",
    sentence:
      "Boot hazard and demand were fitted to the uptime ages and the use measured in April 2023.",
    change: "A second measurement of the same fleet, which nothing here was fitted to.",
  },
  {
    metrics: ["node.", "mint.paid_share"],
    grade: "assumed",
    sentence:
      "How often nodes reboot is fitted; how long an outage lasts is a guess, and it decides " +
      "who is paid.",
    change: "Durations of real outages, from uptime events on chain.",
  },
  {
    metrics: ["mint.", "farmer.", "split.", "billing.", "user."],
    grade: "ruled",
    sentence:
      "Bills, shares and rewards follow the chain's code exactly; demand, node classes, " +
      "certification and where farms stand are estimates.",
    change:
      "A list of the grid's nodes and contracts, and the published mint of a month to hold " +
      "against it.",
  },
  {
    metrics: ["farm."],
    grade: "assumed",
    sentence: "The sizes of farms follow a law fitted elsewhere; their number follows from it.",
    change: "A list of the grid's farms.",
  },
  {
    metrics: ["contract."],
    grade: "assumed",
    sentence:
      "Sizes and lifetimes of deployments come from a commercial cloud, bent to the grid's use.",
    change: "The grid's own contract history.",
  },
  {
    metrics: ["token."],
    grade: "assumed",
    sentence: "The price is put in from outside; the run does not explain it.",
    change: "Another price in the scenario: runs at several prices stand side by side.",
  },
];

const UNKNOWN = { grade: "assumed", word: "not graded" } as const;

/** The grade of a metric and its word. */
export function evidenceOf(name: string): { readonly grade: Grade; readonly word: string } {
  const found = EVIDENCE.find(({ metrics }) =>
    metrics.some((metric) => name === metric || (metric.endsWith(".") && name.startsWith(metric))),
  );
  return found === undefined ? UNKNOWN : { grade: found.grade, word: GRADES[found.grade].word };
}
