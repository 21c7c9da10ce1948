/**
 * What a comparison says in words: the same for the page and for Markdown.
 */
import { dateText } from "./calendar.ts";
import { type Estimate, grouped, type Style, styleOf } from "./number.ts";
import type {
  ProposalEffect,
  ProposalFolder,
  ProposalGroup,
  ProposalUncertainty,
  ProposalVariant,
} from "./proposal-folder.ts";
import {
  percentInterval,
  roundSize,
  signedAmount,
  signedPercent,
  within,
} from "./proposal-number.ts";

/** How a metric is spoken of, and whether more of it is better, worse, or neither. */
interface Speech {
  readonly title: string;
  /** With the size in place of `#`: when it rises, and when it falls. */
  readonly rises: string;
  readonly falls: string;
  readonly good: "up" | "down" | null;
}

const SPEECH: Readonly<Record<string, Speech>> = {
  "farmer.income_usd": {
    title: "Income of a farm",
    rises: "farms earn # more",
    falls: "farms earn # less",
    good: "up",
  },
  "user.spend_usd": {
    title: "What users pay",
    rises: "users pay # more",
    falls: "users pay # less",
    good: "down",
  },
  "contract.availability": {
    title: "Availability of contracts",
    rises: "contracts can be reached # more of the time",
    falls: "contracts can be reached # less of the time",
    good: "up",
  },
  "contract.refused_share": {
    title: "Refused deployments",
    rises: "# more deployments are refused",
    falls: "# fewer deployments are refused",
    good: "down",
  },
  "node.availability": {
    title: "Availability of nodes",
    rises: "nodes answer # more of the time",
    falls: "nodes answer # less of the time",
    good: "up",
  },
  "mint.tft": {
    title: "Minted",
    rises: "# more is minted",
    falls: "# less is minted",
    good: null,
  },
  "mint.paid_share": {
    title: "Nodes that are paid",
    rises: "# more nodes are paid",
    falls: "# fewer nodes are paid",
    good: "up",
  },
  "billing.charged_tft": {
    title: "What users are charged",
    rises: "users are charged # more TFT",
    falls: "users are charged # fewer TFT",
    good: "down",
  },
  "contract.grace_share": { title: "Contracts in grace", rises: "", falls: "", good: "down" },
  "billing.overdraft_tft": { title: "Bills never paid", rises: "", falls: "", good: "down" },
  "farmer.gini": { title: "Inequality of farms", rises: "", falls: "", good: "down" },
  "farmer.income_usd.p10": {
    title: "The poorest tenth of farms",
    rises: "",
    falls: "",
    good: "up",
  },
  "farmer.income_usd.median": { title: "The farm in the middle", rises: "", falls: "", good: "up" },
  "split.farmer_tft": {
    title: "What farmers get from users",
    rises: "farmers get # more from users",
    falls: "farmers get # less from users",
    good: "up",
  },
  "split.foundation_tft": { title: "The foundation's share", rises: "", falls: "", good: "up" },
  "split.staking_tft": { title: "The staking pool's share", rises: "", falls: "", good: "up" },
};

/** What a metric is called for people. */
export const titleOf = (name: string): string => SPEECH[name]?.title ?? name;

/**
 * Half of the wider interval of an effect, by chance or by assumptions, as a share of the base and
 * in its own unit: how well it is known. It is 0 where no assumptions were drawn.
 */
export function widerHalf(
  { name, relative95, ci95 }: ProposalEffect,
  uncertainty: ProposalUncertainty,
): { readonly relative: number; readonly own: number } {
  const found = uncertainty?.[name];
  if (found === undefined) return { relative: 0, own: 0 };
  const wider = (...all: readonly (readonly [number, number] | null)[]): number =>
    Math.max(0, ...all.map((bounds) => (bounds === null ? 0 : (bounds[1] - bounds[0]) / 2)));
  return {
    relative: wider(relative95, found.relative95),
    own: wider(ci95, found.inputs95),
  };
}

/** How the values of an effect are written. */
export const styleOfEffect = ({ name, unit }: ProposalEffect): Style => styleOf(name, unit);

/** A difference in the metric's own unit; points for shares. */
export function differenceText(effect: ProposalEffect, value: number | null, half = 0): string {
  if (value === null) return "";
  const style = styleOfEffect(effect);
  const scaled = value * style.scale;
  const size = Math.abs(scaled);
  const wished = size >= 1000 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4;
  const decimals = within(wished, half * style.scale);
  return signedAmount(scaled, decimals, style.unit === "%" ? "pp" : style.unit);
}

/** An interval of a difference in the metric's own unit. */
export const differenceInterval = (
  effect: ProposalEffect,
  bounds: readonly [number, number] | null,
  half = 0,
): string =>
  bounds === null
    ? ""
    : `${differenceText(effect, bounds[0], half)} to ${differenceText(effect, bounds[1], half)}`;

/** A mean as an estimate without an interval, for a cell. */
export const alone = (mean: number): Estimate => ({ mean, low: null, high: null });

/** Whether a change is for the better, for the worse, or neither. */
export function directionOf({ name, difference }: ProposalEffect): "better" | "worse" | null {
  const good = SPEECH[name]?.good ?? null;
  if (good === null || difference === null || difference === 0) return null;
  return difference > 0 === (good === "up") ? "better" : "worse";
}

/** The reading of an effect, in a word or two. */
export function readingOf({ weight, identity, smallest }: ProposalEffect): string {
  switch (weight) {
    case "none":
      return "does not change";
    case "small":
      return `less than ${smallest.text}: does not matter`;
    case "clear":
      return identity === null ? "seen" : `arithmetic: ${identity}`;
    case "open":
      return identity === null ? "open" : `open; arithmetic: ${identity}`;
  }
}

/** What stays open of the measure that comes first, if it does. */
const openLead = ([first]: readonly ProposalEffect[]): string =>
  first?.weight === "open" ? ` Whether “${titleOf(first.name)}” changes stays open.` : "";

/** The sentence at the top of a variant. */
export function variantHeadline(
  { effects, uncertainty }: ProposalVariant,
  primary: readonly string[],
): string {
  const told = primary.flatMap((name) => effects.filter((effect) => effect.name === name));
  const clear = told.filter(({ weight, relative }) => weight === "clear" && relative !== null);
  const clauses = clear.map((effect) => {
    const { rises, falls } = SPEECH[effect.name] ?? { rises: "", falls: "" };
    const change = effect.relative ?? 0;
    const words = change > 0 ? rises : falls;
    const size = roundSize(change, widerHalf(effect, uncertainty).relative);
    return words === ""
      ? `${effect.name} ${change > 0 ? "rises" : "falls"} by ${size}`
      : words.replace("#", size);
  });
  if (clauses.length > 0) return `${capital(joined(clauses))}.${openLead(told)}`;
  const measured = told.filter(({ n }) => n > 0);
  if (measured.every(({ weight }) => weight === "none")) {
    return "Nothing that this is decided by changes at all.";
  }
  return measured.some(({ weight }) => weight === "open")
    ? "These runs leave open whether anything that matters changes."
    : "Nothing changes by as much as would matter.";
}

/** What runs say and what draws add, with metrics called as people call them. */
export const spokenVerdict = ({ verdict, drawn }: ProposalVariant): readonly string[] => {
  const runs = verdict.slice(0, verdict.length - drawn.length).trimEnd();
  return [runs, drawn].filter((text) => text !== "").map(spoken);
};

const spoken = (text: string): string =>
  text.replaceAll(/`([\w.]+)`/g, (_, name: string) => {
    const title = titleOf(name);
    return title === name ? name : `“${title}”`;
  });

/** An interval that a guard was held against, in points for `pp`. */
export function guardInterval(guard: string, interval: readonly [number, number] | null): string {
  if (interval === null) return "no interval";
  if (!guard.endsWith("pp")) return `95 %: ${percentInterval(interval)}`;
  const points = (share: number): string => signedAmount(share * 100, 3, "pp");
  return `95 %: ${points(interval[0])} to ${points(interval[1])}`;
}

/** Clauses with commas and an `and` before the last. */
export const joined = (clauses: readonly string[]): string =>
  clauses.length < 2
    ? clauses.join("")
    : `${clauses.slice(0, -1).join(", ")} and ${clauses.at(-1) ?? ""}`;

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** When the runs begin and end. */
export const spanOf = ({ proposal }: ProposalFolder): string => {
  const { start, length } = proposal.base;
  return `${dateText(start)} to ${dateText(start + length)}`;
};

const BY: Readonly<Record<string, string>> = {
  "farm.type": "where it stands",
  "farm.size": "size",
  "farm.income_group": "income of its country",
  "farm.class": "its machine",
  "farm.age": "age",
  "user.workload": "workload",
};

/** What divides a group, in words. */
export const divisionText = (by: string): string => BY[by] ?? by;

/** Groups of which more are worse off than better, the most first: what worsens, and for whom. */
export function losers({ groups }: ProposalVariant): readonly ProposalGroup[] {
  return groups
    .filter(({ worse, better }) => worse > better)
    .sort((a, b) => shareWorse(b) - shareWorse(a));
}

const shareWorse = ({ worse, better, within }: ProposalGroup): number =>
  worse / (worse + better + within);

/** What worsens, as sentences: metrics first, then groups. */
export function worsenings(variant: ProposalVariant): readonly string[] {
  const metrics = variant.effects
    .filter((effect) => effect.weight === "clear" && directionOf(effect) === "worse")
    .map((effect) => {
      const relative = effect.relative === null ? "" : `: ${signedPercent(effect.relative)}`;
      const spread = effect.relative95 === null ? "" : ` (${percentInterval(effect.relative95)})`;
      return `${titleOf(effect.name)}${relative}${spread}.`;
    });
  const groups = losers(variant)
    .slice(0, 6)
    .map(({ by, group, metric, worse, better, within }) => {
      const all = worse + better + within;
      const who = by.startsWith("farm.") ? "farms" : "users";
      const what = metric === "farmer.income_usd" ? "" : ` in ${titleOf(metric).toLowerCase()}`;
      const named = by.startsWith("farm.") ? `${divisionText(by)} “${group}”` : group;
      return `${grouped(worse, 0)} of ${grouped(all, 0)} ${who} (${named}) are worse off${what}.`;
    });
  return [...metrics, ...farmsWorse(variant), ...groups];
}

function farmsWorse({ farms }: ProposalVariant): readonly string[] {
  if (farms === null || farms.worse === 0) return [];
  const { worse, better, within } = farms;
  return [`${grouped(worse, 0)} of ${grouped(worse + better + within, 0)} farms are worse off.`];
}

/** How a stress turned out for one metric. */
export function stressReading(first: ProposalEffect | undefined, now: ProposalEffect): string {
  const before = first?.difference ?? 0;
  const after = now.difference ?? 0;
  if (now.weight === "none" && before !== 0) return "the effect is gone";
  // An interval with nothing in it says nothing of a sign, whichever the mean has.
  const spans = now.ci95 === null || (now.ci95[0] <= 0 && now.ci95[1] >= 0);
  if (first?.weight === "open" && !spans) return "decided here";
  if (before * after < 0) {
    return now.weight === "clear" && first?.weight === "clear" ? "reversed" : "sign open";
  }
  return spans && now.weight === "open" ? "sign open" : "same sign";
}
