/**
 * The comparison as Markdown, for a forum: the same words and numbers as the page.
 */
import { widest } from "./assumption.ts";
import { LEVEL_HEADS, levelRows, multiplicityText } from "./equilibrium.ts";
import { netText } from "./ledger.ts";
import { buyerText, FLOW_HEADS, flowRows } from "./market.ts";
import { grouped, meanText } from "./number.ts";
import { changeTexts } from "./proposal-effect.ts";
import type {
  ProposalEffect,
  ProposalFolder,
  ProposalUncertainty,
  ProposalVariant,
} from "./proposal-folder.ts";
import { signedAmount, signedPercent } from "./proposal-number.ts";
import { NO_SIGNS, SIGN_HEADS, signNote, signRows } from "./proposal-sign.ts";
import {
  alone,
  differenceText,
  divisionText,
  readingOf,
  spanOf,
  spokenVerdict,
  stressReading,
  styleOfEffect,
  titleOf,
  variantHeadline,
  worsenings,
} from "./proposal-text.ts";

/** Everything that a reader of a forum needs to vote. */
export function proposalMarkdown(folder: ProposalFolder): string {
  const { proposal } = folder;
  const { study, base, variants, replications, seed, command, commit } = proposal;
  const title = study?.title ?? variants.map((variant) => variant.title).join(", ");
  const question = study?.question ?? variants[0]?.question ?? "";
  const checkout = commit === null ? [] : [`git checkout ${commit.replace("+changes", "")}`];
  const parts = [
    `# ${title}`,
    question === "" ? "" : `*${question}*`,
    `Against “${base.title}”, ${spanOf(folder)}; ${grouped(replications, 0)} pairs of runs, seed ` +
      `\`${seed}\`.`,
    ...(study?.departures ?? []).map((text) => `**Departs from the study:** ${text}`),
    ...variants.flatMap((variant) => variantParts(variant, folder)),
    "## What it rests on",
    "The rules are those of the chain; demand, failures and prices are supposed. " +
      (proposal.uncertainty === null
        ? "Intervals hold chance alone. These guesses have the widest range, and none was varied " +
          `unless it stands above: ${weakest(folder)}.`
        : signNote(folder)),
    "## Reproduce",
    ["```sh", ...checkout, command, "```"].join("\n"),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(heads), row(heads.map(() => "---")), ...rows.map(row)].join("\n");

function variantParts(
  variant: ProposalVariant,
  { proposal, markets }: ProposalFolder,
): readonly string[] {
  const { primary, variants } = proposal;
  const { effects, guards, ledger, farms, response, uncertainty } = variant;
  const first = (round: readonly ProposalEffect[]): readonly ProposalEffect[] =>
    primary.flatMap((name) => round.filter((effect) => effect.name === name));
  const worse = worsenings(variant);
  return [
    ...(variants.length > 1 ? [`## ${variant.title}`] : []),
    `**${variantHeadline(variant, primary)}**`,
    ...spokenVerdict(variant),
    "### What changes",
    changeTable(variant),
    "### Effects",
    effectTable(first(effects), uncertainty),
    ...(guards.length === 0
      ? []
      : [guards.map(({ guard, result }) => `- \`${guard}\`: **${result}**`).join("\n")]),
    "### Who gains, who loses",
    farms === null ? "Not measured." : groupTable(variant),
    "### Who pays",
    table(
      ["who", "change, TFT a run", "USD on the market", `USD at ${ledger.connectionPrice} a TFT`],
      [
        ...ledger.lines
          .filter(({ difference, cost }) => difference !== 0 || cost !== "0")
          .map(({ line, difference, usd, usdAtConnection }) => [
            line,
            ...[difference, usd, usdAtConnection].map((value) => signedAmount(value, 2, "")),
          ]),
        ["sum, exact", ledger.sum, ledger.sumUsd, ""],
      ],
    ),
    `All farmers, net of power, lines and hardware: ${netText(ledger.net)} with the token on the ` +
      `market; ${netText(ledger.netAtConnection)} with it at the price of connection.`,
    ...marketParts(variant, markets),
    "### What worsens",
    worse.length === 0
      ? "Nothing that was measured, by as much as would matter."
      : worse.map((text) => `- ${text}`).join("\n"),
    "### What reverses it",
    ...reversals(variant, first(effects), primary),
    "### When people respond",
    response === null
      ? "Not measured: no response model. All numbers are the first round, with behaviour frozen."
      : effectTable(first(response)),
    ...(variant.starts.length === 0
      ? []
      : [
          `From ${variant.starts.length + 1} starts: ${multiplicityText(variant)}`,
          table(LEVEL_HEADS, levelRows(variant.equilibria)),
        ]),
  ];
}

/** What trades made of the price, in either arm; nothing where it came from outside. */
const marketParts = (
  { name }: ProposalVariant,
  markets: ProposalFolder["markets"],
): readonly string[] =>
  ["base", name].flatMap((arm) => {
    const note = markets.get(arm);
    if (note === undefined) return [];
    const heading = `The market in the ${arm === "base" ? "base" : "variant"} (a stress test). `;
    return [`${heading}${buyerText(note)}`, table(FLOW_HEADS, flowRows(note))];
  });

function changeTable({ changes }: ProposalVariant): string {
  const rows = [
    ...changes.values.map(({ key, base, variant }) => [`\`${key}\``, base, variant]),
    ...changes.removed.map((text) => ["on the timeline", text, "nothing"]),
    ...changes.added.map((text) => ["on the timeline", "nothing", text]),
  ];
  return rows.length === 0
    ? "Nothing: both arms are the same world."
    : table(["what", "current value", "proposed value"], rows);
}

const effectTable = (
  effects: readonly ProposalEffect[],
  uncertainty: ProposalUncertainty = null,
): string =>
  table(
    [
      ...["measure", "base", "change"],
      ...(uncertainty === null ? ["95 % interval"] : ["95 % by chance", "95 % by assumptions"]),
      uncertainty === null ? "that of all at once" : "by chance, all at once",
      "reading",
    ],
    effects.map((effect) => effectRow(effect, uncertainty)),
  );

function effectRow(effect: ProposalEffect, uncertainty: ProposalUncertainty): readonly string[] {
  const { name, base, weight, n } = effect;
  const { change, chance, all, assumed } = changeTexts(effect, uncertainty);
  const none = weight === "none";
  return [
    titleOf(name),
    base === null ? "not measured" : meanText(alone(base), styleOfEffect(effect)),
    none ? "0" : change,
    none ? "" : chance,
    ...(uncertainty === null ? [] : [assumed]),
    none ? "" : all,
    n === 0 ? "" : readingOf(effect),
  ];
}

function groupTable({ farms, groups }: ProposalVariant): string {
  const whole = farms === null ? [] : [["all farms", "", ...counts(farms)]];
  const told = groups
    .filter(({ by, metric }) => by.startsWith("farm.") || metric === "user.spend_usd")
    .map((group) => [
      `${whoIn(group.by)} by ${divisionText(group.by)}: ${group.group}`,
      signedAmount(group.difference, 2, "USD a month"),
      ...counts(group),
    ]);
  return table(["who", "mean change", "better", "no matter", "worse"], [...whole, ...told]);
}

const whoIn = (by: string): string => (by.startsWith("farm.") ? "farms" : "users");

const counts = (tally: {
  readonly better: number;
  readonly within: number;
  readonly worse: number;
}): readonly string[] =>
  [tally.better, tally.within, tally.worse].map((count) => grouped(count, 0));

/** What other values of the outside do to the effects: those tried, and those drawn. */
function reversals(
  variant: ProposalVariant,
  first: readonly ProposalEffect[],
  primary: readonly string[],
): readonly string[] {
  const { stresses, uncertainty } = variant;
  if (stresses.length === 0 && uncertainty === null) {
    return ["No other value of the outside was tried."];
  }
  const signs = signRows(variant, primary);
  const still = uncertainty === null ? [] : [NO_SIGNS];
  return [
    ...(stresses.length === 0 ? [] : [stressTable(stresses, first)]),
    ...(signs.length === 0 ? still : [table(SIGN_HEADS, signs)]),
  ];
}

const stressTable = (
  stresses: ProposalVariant["stresses"],
  first: readonly ProposalEffect[],
): string =>
  table(
    ["if instead", ...first.map(({ name }) => titleOf(name))],
    stresses.map(({ key, value, effects }) => [
      `\`${key}\` = ${value}`,
      ...effects.map((effect) => {
        if (effect.weight === "none") return "0";
        const reading = stressReading(
          first.find(({ name }) => name === effect.name),
          effect,
        );
        const note = reading === "same sign" ? "" : ` (${reading})`;
        const size =
          effect.relative === null
            ? differenceText(effect, effect.difference)
            : signedPercent(effect.relative);
        return `${size}${note}`;
      }),
    ]),
  );

/** The weak values with a range, by name. */
function weakest({ manifest }: ProposalFolder): string {
  const named = widest(manifest.scenario.values)
    .slice(0, 6)
    .map(({ path, range }) => {
      return `\`${path}\` (${range?.[0] ?? ""} to ${range?.[1] ?? ""})`;
    });
  return named.length === 0 ? "none" : named.join(", ");
}
