/**
 * What is not known and what it does to the answer: the assumptions that would reverse a sign, and
 * those that it follows from. The same words for the page and for Markdown.
 */
import { type Html, html, nothing, valueTable } from "./html.ts";
import { grouped } from "./number.ts";
import type { ProposalFolder, ProposalVariant } from "./proposal-folder.ts";
import { titleOf } from "./proposal-text.ts";

type Told = NonNullable<NonNullable<ProposalVariant["uncertainty"]>[string]>;
type Sign = NonNullable<Told["sign"]>;
type Held = Sign["reverses"][number];

/** The heads of the table of signs. */
export const SIGN_HEADS = [
  "measure",
  "draws in which it rises, falls",
  "assumptions that reverse its sign",
  "follows from",
  "guesses owe",
  "most is owed to",
] as const;

/** What is said where no such measure moved. */
export const NO_SIGNS = "Nothing that this is decided by moved in any draw.";

/** Inputs that a cell names, at most. */
const NAMED = 4;

/** A row a measure that was asked for its sign: those by which it is decided, then of guards. */
export function signRows(
  { effects, uncertainty }: ProposalVariant,
  primary: readonly string[],
): readonly (readonly string[])[] {
  const names = new Set([...primary, ...Object.keys(uncertainty ?? {})]);
  return [...names].flatMap((name) => {
    const told = uncertainty?.[name];
    if (told === undefined || told.sign === null) return [];
    const { sign, guesses, inputs, draws } = told;
    const [most] = inputs;
    return [
      [
        titleOf(name),
        `${sign.positive}, ${sign.negative}`,
        reversedBy(sign, draws, effects.find((effect) => effect.name === name)?.weight === "none"),
        sign.follows_from
          .map(({ key, assumption }) => assumption ?? key)
          .filter((text, at, all) => all.indexOf(text) === at)
          .map((text) => (text.startsWith("A-") ? `assumption ${text}` : text))
          .join(", "),
        guesses === null ? "" : percentText(guesses.share),
        most === undefined ? "" : `${shortKey(most.key)} (${percentText(most.share)})`,
      ],
    ];
  });
}

const percentText = (share: number): string => `${grouped(100 * share, 0)}\u202f%`;

const shortKey = (key: string): string => key.replace(/^\w+\./, "");

function reversedBy(
  { reading, reverses, suspects, other, ends }: Sign,
  draws: number,
  isStill: boolean,
): string {
  switch (reading) {
    case "found":
      return listed(reverses);
    case "all together":
      return `all together: the mean of draws has the other sign (and ${other} of ${ends} ends)`;
    case "not identified": {
      const perhaps = suspects.length === 0 ? "" : `; most suspect: ${listed(suspects)}`;
      return `not identified with n = ${draws} (${other} of ${ends} ends within chance${perhaps})`;
    }
    case "none found":
      return `none found at ${ends} ends`;
    case "no sign":
      return isStill
        ? "no change with inputs at their defaults"
        : "chance alone leaves its sign open";
  }
}

function listed(ends: readonly Held[]): string {
  const more = ends.length > NAMED ? `, and ${ends.length - NAMED} more` : "";
  return `${ends.slice(0, NAMED).map(heldText).join(", ")}${more}`;
}

const heldText = ({ key, assumption, held: [from, to] }: Held): string =>
  `${shortKey(key)} at ${from === to ? from : `${from} to ${to}`}${
    assumption === null ? "" : ` (${assumption})`
  }`;

/** How it was found out, in one paragraph. */
export function signNote({ proposal }: ProposalFolder): string {
  const { uncertainty } = proposal;
  if (uncertainty === null) return "";
  const { draws, replications, inputs } = uncertainty;
  const part = draws < DRAWS_MANY ? "third" : "fifth";
  return (
    `${draws} draws of ${inputs.length} inputs from their ranges, alike for base and variant, ` +
    `${replications} pairs of runs each, behaviour frozen. An assumption reverses a sign where ` +
    `the mean change of the draws in its lowest or highest ${part} (or with another word of a ` +
    "choice) has the other sign, by an interval that holds for all of them at once; a sign " +
    "follows from an assumption where its two ends have opposite signs. A value tried alone, " +
    "with all others at their defaults, may reverse what is reversed at no end: there the " +
    "others are drawn, and a value may lie beyond the range. Guesses are recalled or judged." +
    (draws < inputs.length ? " With fewer draws than inputs, what is owed to whom is rough." : "")
  );
}

/** Draws from which on ends are fifths, as the run takes them. */
const DRAWS_MANY = 60;

/** The part of the page on assumptions that reverse the answer; nothing without draws. */
export function signPart(variant: ProposalVariant, folder: ProposalFolder): Html {
  const rows = signRows(variant, folder.proposal.primary);
  if (variant.uncertainty === null) return nothing;
  return html`<h3>When assumptions are other than supposed</h3>
${rows.length === 0 ? html`<p>${NO_SIGNS}</p>` : valueTable(SIGN_HEADS, rows)}
<p class="muted small">${signNote(folder)}</p>`;
}
