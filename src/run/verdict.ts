/**
 * The verdict: what a comparison says, in plain sentences that say no more than it knows.
 */
import type { Changes } from "./arm.ts";
import type { Effect, JudgedGuard } from "./effect.ts";
import type { EffectUncertainty } from "./effect-uncertainty.ts";
import type { Tally } from "./group.ts";
import { halfWidth, signSentences } from "./sign-text.ts";
import { percent, whole } from "./verdict-number.ts";

/** Below which an effect is told from nothing. */
const SURE = 0.05;

/** What is told. */
export interface VerdictPlan {
  readonly effects: readonly Effect[];
  /** The metrics by which it is decided, in order. */
  readonly primary: readonly string[];
  readonly changes: Changes;
  readonly guards: readonly JudgedGuard[];
  /** The farms, by class, and what is too small to matter; null where they were not looked at. */
  readonly farms: (Tally & { readonly smallest: number; readonly replications: number }) | null;
  readonly replications: number;
  /** What assumptions do to the effects, by metric; null where none were drawn. */
  readonly uncertainty: Readonly<Record<string, EffectUncertainty>> | null;
}

/** The sentences, as one text: what the runs say, and then what draws add. */
export const verdictOf = (plan: VerdictPlan): string =>
  [runsText(plan), drawsText(plan)].filter((text) => text !== "").join(" ");

/** What draws of what is not known add to it, by the metrics by which it is decided. */
export const drawsText = ({ effects, primary, uncertainty }: VerdictPlan): string =>
  primary
    .flatMap((name) => effects.filter((effect) => effect.n > 0 && effect.name === name))
    .flatMap((effect) => signSentences(effect, uncertainty?.[effect.name] ?? null))
    .join(" ");

function runsText(plan: VerdictPlan): string {
  const { effects, primary, replications } = plan;
  const measured = effects.filter(({ n }) => n > 0);
  if (measured.length === 0) return "Nothing was measured in both arms.";
  const pairs = replications === 1 ? "1 pair of runs" : `${whole(replications)} pairs of runs`;
  const told = primary.flatMap((name) => measured.filter((effect) => effect.name === name));
  if (measured.every(({ weight }) => weight === "none")) {
    return `Nothing differs: all ${measured.length} metrics are the same in ${pairs}.`;
  }
  const intervals = plan.uncertainty === null ? "The intervals" : "The intervals in brackets";
  const sentences = [
    ...told.map((effect) => effectSentence(effect, plan)),
    ...elsewhere(measured, primary),
    ...farmSentence(plan.farms),
    ...guardSentence(plan.guards),
    ...supposed(plan.changes),
    replications === 1
      ? "One pair of runs tells nothing of chance."
      : `${intervals} hold 95 % of the play of chance over ${pairs}, and nothing else.`,
  ];
  return sentences.join(" ");
}

function effectSentence(effect: Effect, { uncertainty }: VerdictPlan): string {
  const { name, weight, relative, relative95, identity, smallest } = effect;
  if (weight === "none") return `\`${name}\` does not change at all.`;
  // Where assumptions were drawn, no more digits than the wider interval leaves.
  const drawn = uncertainty?.[name];
  const half =
    drawn === undefined ? 0 : Math.max(halfWidth(relative95), halfWidth(drawn.relative95));
  const size = relative === null ? "from nothing" : `by ${percent(relative, half)}`;
  const spread =
    relative95 === null
      ? ""
      : ` (${percent(relative95[0], half)} to ${percent(relative95[1], half)})`;
  const arithmetic = identity === null ? "" : `, which is arithmetic: ${identity}`;
  switch (weight) {
    case "clear":
      return `\`${name}\` changes ${size}${spread}${arithmetic}.`;
    case "small":
      return `\`${name}\` changes ${size}${spread}, less than the ${smallest.text} that matter.`;
    case "open":
      return relative95 === null
        ? `\`${name}\` changes ${size}.`
        : `Whether \`${name}\` changes stays open: ${size}${spread}${amongAll(effect)}.`;
  }
}

/** Said of an effect that would be told from nothing if nothing else had been measured. */
const amongAll = ({ p, pAdjusted }: Effect): string =>
  p !== null && pAdjusted !== null && p < SURE && pAdjusted >= SURE
    ? ", too little to be sure of among all that was measured"
    : "";

/** Findings beside the metrics by which it is decided; identities are none. */
function elsewhere(effects: readonly Effect[], primary: readonly string[]): readonly string[] {
  const found = effects.filter(
    ({ name, weight, identity }) =>
      weight === "clear" && identity === null && !primary.includes(name),
  );
  if (found.length === 0) return [];
  const names = found.slice(0, 4).map(({ name, relative }) => {
    return relative === null ? `\`${name}\`` : `\`${name}\` (${percent(relative)})`;
  });
  const more = found.length > names.length ? ` and ${found.length - names.length} more` : "";
  return [`Beside these, ${names.join(", ")}${more} ${found.length === 1 ? "moves" : "move"}.`];
}

function farmSentence(farms: VerdictPlan["farms"]): readonly string[] {
  if (farms === null) return [];
  const { better, worse, within, smallest } = farms;
  const all = better + worse + within;
  if (all === 0) return [];
  return [
    `Of ${whole(all)} farms, ${whole(better)} are better off, ${whole(worse)} worse, and for ` +
      `${whole(within)} it is within ${smallest.toFixed(2)} USD a node and month.`,
  ];
}

function guardSentence(guards: readonly JudgedGuard[]): readonly string[] {
  if (guards.length === 0) return [];
  const count = (result: JudgedGuard["result"]): number =>
    guards.filter((guard) => guard.result === result).length;
  const parts = [
    ["hold", count("pass")],
    ["fail", count("fail")],
    ["stay undecided", count("undecided")],
  ] as const;
  const told = parts
    .filter(([, number]) => number > 0)
    .map(([word, number]) => `${number} ${word}`);
  return [`Of ${guards.length} ${guards.length === 1 ? "guard" : "guards"}, ${told.join(", ")}.`];
}

/** What is only supposed comes back as what was supposed. */
function supposed({ keys, values }: Changes): readonly string[] {
  if (keys.length === 0 || !keys.every((key) => key.startsWith("assumptions."))) return [];
  const numbers = values.flatMap(({ source }) => source.match(/\bA-\d+\b/g) ?? []);
  const named = [...new Set(numbers)].sort().join(", ");
  return [`All of it follows from what was supposed${named === "" ? "" : ` (${named})`}.`];
}
