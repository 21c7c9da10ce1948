/**
 * The reference pages: what there is to type, set, measure and run, from the declarations alone.
 */

import {
  type EconomicsSet,
  economicsSets,
  percentIn,
  policyTexts,
  runsOf,
  sharesText,
} from "../protocol/index.ts";
import { metricList } from "../run/replicate.ts";
import {
  dayText,
  type ListedModel,
  type ListedParameter,
  listModels,
  listParameters,
  listScenarios,
} from "../scenario/index.ts";
import type { Way } from "../units/index.ts";

/** A page of the reference and where it belongs. */
export interface ReferencePage {
  readonly path: string;
  readonly text: string;
}

/** What `--help` prints, of everything and of each command. */
export interface CommandHelp {
  readonly words: readonly string[];
  readonly help: string;
}

const NOTE = "*Made from the declarations by `npm run docs`; a test fails when it is stale.*";

const page = (name: string, title: string, opening: string, body: string): ReferencePage => ({
  path: `docs/reference/${name}.md`,
  text: `# ${title}\n\n${NOTE}\n\n${opening}\n\n${body.trimEnd()}\n`,
});

/** A text that stays in its cell. */
const cell = (text: string): string =>
  text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replace(/\s+/g, " ").trim();

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const rows = (heads: readonly string[], lines: readonly (readonly string[])[]): string =>
  [row(heads), row(heads.map(() => "---")), ...lines.map(row)].join("\n");

/** The numbers of assumptions become links. */
const linked = (text: string): string =>
  cell(text).replace(/\bA-(\d+)\b/g, "[A-$1](../assumptions.md#a-$1)");

const span = (pair: readonly [string, string] | null): string =>
  pair === null ? "" : cell(`${pair[0]} .. ${pair[1]}`);

const parameterRow = (each: ListedParameter): readonly string[] => [
  `\`${each.key.slice(each.key.lastIndexOf(".") + 1)}\``,
  `\`${cell(each.default) || '""'}\``,
  each.words === null ? span(each.bounds) : cell(each.words.join(", ")),
  span(each.range),
  each.varies.map((way) => WAYS[way]).join(", "),
  each.quality,
  cell(each.date),
  linked(each.source),
  cell(each.doc),
];

/** How the page calls the ways in which a parameter can vary. */
const WAYS: Readonly<Record<Way, string>> = {
  country: "country",
  farmKind: "kind of farm",
  nodeClass: "node class",
  workload: "workload",
  node: "each node",
  farm: "each farm",
  user: "each user",
  time: "time",
};

function parameterPage(): ReferencePage {
  const parameters = listParameters();
  const blockOf = (key: string): string => key.slice(0, key.lastIndexOf("."));
  const blocks = [...new Set(parameters.map((each) => blockOf(each.key)))];
  const heads = [
    "name",
    "default",
    "allowed",
    "range",
    "varies by",
    "quality",
    "of",
    "source",
    "what it is",
  ];
  const body = blocks.map((block) => {
    const own = parameters.filter((each) => blockOf(each.key) === block);
    return `## ${block}\n\n${rows(heads, own.map(parameterRow))}\n`;
  });
  return page(
    "parameters",
    "Parameters",
    "What a scenario can set. *Allowed* is what makes sense at all; *range* is where the truth " +
      "plausibly lies. The quality of a default is one of *seen* (a source prints it), *fit* " +
      "(fitted to data), *recalled* (from a known publication that was not opened) and " +
      "*estimate* (our judgement). *Varies by* says how a value can be more than one number: " +
      "[how to write that](../guides/researcher.md#values-that-vary).",
    body.join("\n"),
  );
}

const modelRow = (each: ListedModel): readonly string[] => [
  `\`${each.name}\``,
  each.variants.map((variant) => `\`${variant}\``).join(", "),
  `\`${each.default}\``,
  cell(each.doc),
];

const modelPage = (): ReferencePage =>
  page(
    "models",
    "Models of the outside",
    "What is supposed of failures, power, lines, people and prices. The keys that set a model " +
      "stand under `assumptions.<name>` in [parameters](parameters.md).",
    rows(["model", "variants", "default", "what it supposes"], listModels().map(modelRow)),
  );

const metricPage = (): ReferencePage =>
  page(
    "metrics",
    "Metrics",
    "What a run measures. A unit of `1` is a plain number or a share.",
    rows(
      ["metric", "unit", "what it says"],
      metricList.map((each) => [`\`${each.name}\``, cell(each.unit), cell(each.doc)]),
    ),
  );

const scenarioPage = (): ReferencePage =>
  page(
    "scenarios",
    "Scenarios",
    "What comes along, each with the question it asks. A name is enough: `gridbench run baseline`.",
    rows(
      ["scenario", "question"],
      listScenarios().map((each) => [
        `[${each.name}](../../scenarios/${each.name}.yaml)`,
        cell(each.question),
      ]),
    ),
  );

const commandPage = (helps: readonly CommandHelp[]): ReferencePage =>
  page(
    "commands",
    "Commands",
    "What `gridbench` answers to `--help`. From a checkout, `npm start -- WORDS` does the same " +
      "as `npx gridbench WORDS`.",
    helps
      .map(({ words, help }) => {
        const title = ["gridbench", ...words].join(" ");
        return `## ${title}\n\n\`\`\`text\n${help.trim()}\n\`\`\`\n`;
      })
      .join("\n"),
  );

const setRow = (set: EconomicsSet): readonly string[] => [
  `\`${set.name}\``,
  cell(set.title),
  set.status,
  dayText(set.from),
  set.until === null ? (set.status === "live" ? "today" : "") : dayText(set.until),
  cell(`${sharesText(set.shares)} (sum ${percentIn(set.shares)})`),
  runsOf(set),
  set.confidence,
  cell(set.source),
  cell(set.open.join(" ")),
];

function setSection(set: EconomicsSet): string {
  const written = set.policy === null ? [] : policyTexts(set.policy);
  const policy = written.map(([key, text]) => `\`${key}: ${text}\``).join(", ");
  const { providers, certification, periods } = set;
  const lines: readonly (readonly [string, string])[] = [
    ["tokens", set.tokens.join(", ")],
    ["minting periods", periods === null ? "" : `${periods[0]} to ${periods[1] ?? "today's"}`],
    ["of a payment for a name", sharesText(set.nameShares ?? [])],
    ["of the extra fee", sharesText(set.feeShares ?? [])],
    [
      "solution providers",
      providers === null
        ? ""
        : `up to ${providers.takeMost} %, ${providers.paid ? "paid" : "not paid"}, ` +
          `${providers.open ? "open" : "closed"} to new ones`,
    ],
    [
      "certified nodes",
      certification === null
        ? ""
        : [
            certification.bonus === null ? "" : `${certification.bonus} % more`,
            certification.uptime === null ? "" : `uptime from ${certification.uptime} %`,
            ...certification.vendors,
          ]
            .filter((text) => text !== "")
            .join(", "),
    ],
    ["policy", policy],
    ["parts", set.parts.map(({ what, runs }) => `${what} (${runs})`).join("; ")],
  ];
  const told = lines.filter(([, text]) => text !== "").map(([head, text]) => [head, cell(text)]);
  return `## ${set.name}\n\n${rows(["", ""], told)}\n`;
}

const economicsPage = (): ReferencePage =>
  page(
    "economics",
    "Economics",
    "Dated economies of the grid, those in force first. Each has its source and what the source " +
      "leaves open; shares are whole percent of what users pay and sum to 100, what is burned " +
      "included. Confidence: `H` read in code or in a dated document, `M` derived or in " +
      "conflict, `L` told. A scenario takes one with `policy: { economics: NAME }`, and changes " +
      "to another with `{ at: DATE, policy: { economics: NAME } }` on its timeline, where a " +
      "world can carry it out; what it gives beside the name wins over the set's values.",
    [
      rows(
        [
          "name",
          "what it is",
          "status",
          "from",
          "until",
          "shares of what users pay",
          "runs",
          "confidence",
          "source",
          "open",
        ],
        economicsSets.map(setRow),
      ),
      "",
      ...economicsSets.map(setSection),
    ].join("\n"),
  );

const assumed = (number: string): string => {
  const own = listParameters().filter((each) => new RegExp(`\\b${number}\\b`).test(each.source));
  return rows(
    ["parameter", "default", "range", "quality", "of"],
    own.map((each) => [
      `\`${each.key}\``,
      `\`${cell(each.default) || '""'}\``,
      span(each.range),
      each.quality,
      cell(each.date),
    ]),
  );
};

/** The page of assumptions with the tables between its marks made anew. */
export const assumptionPage = (written: string): ReferencePage => ({
  path: "docs/assumptions.md",
  text: written.replace(
    /<!-- parameters of (A-\d+) -->[\s\S]*?<!-- end -->/g,
    (_, number: string) => `<!-- parameters of ${number} -->\n${assumed(number)}\n<!-- end -->`,
  ),
});

/** All pages, given what the commands say of themselves. */
export const referencePages = (helps: readonly CommandHelp[]): readonly ReferencePage[] => [
  commandPage(helps),
  economicsPage(),
  metricPage(),
  modelPage(),
  parameterPage(),
  scenarioPage(),
];

/** The commands that a help text lists, in its order. */
export const commandsIn = (help: string): readonly string[] =>
  [...help.matchAll(/^ {2}gridbench ([a-z]+)/gm)].map((match) => match[1] ?? "");
