/**
 * Proposals on the timeline: what the council puts to the vote of farms, in the words of a policy
 * entry, with how many farms have to vote, for how long, and who proposes.
 *
 * Only what a call of the chain can change may be proposed; for the rest a sentence says why not.
 */
import { proposal as rules } from "../protocol/index.ts";
import { type Seconds, seconds } from "../units/index.ts";
import { BILLING_RULES } from "./billing.ts";
import { field } from "./field.ts";
import type { Happening } from "./happening.ts";
import { flatten, type PolicyChange, readChange } from "./policy.ts";
import { describe, type Reading, readQuantity, writeQuantity } from "./quantity.ts";

/** What is proposed; null where the proposal leaves it to the council or to the chain. */
export interface WrittenProposal {
  readonly changes: readonly PolicyChange[];
  readonly threshold: number | null;
  /** Seconds. */
  readonly lasts: number | null;
  readonly by: number;
}

/** What a proposal says of itself beside its values: the key, its kind, and the least of it. */
const TERMS = {
  threshold: ["count", 0],
  for: ["duration", 0],
  by: ["count", 1],
} as const;

const isTerm = (key: string): key is keyof typeof TERMS => key in TERMS;

/** Policies that the chain keeps in whole percent. */
const PERCENTS = /^policy\.(split\.|pricing\.dedicatedShare$)/;

/** Reads a term of a proposal. */
function readTerm(key: keyof typeof TERMS, raw: unknown): Reading<number> {
  const [kind, least] = TERMS[key];
  const reading = readQuantity(kind, raw);
  if (!reading.ok || reading.value >= least) return reading;
  const name = kind === "count" ? "a whole number" : "a duration";
  return { ok: false, expected: `${name} of at least ${least}`, found: describe(raw) };
}

/** Reads a value that is proposed; refuses what no call of the chain changes. */
function readProposed(key: string, raw: unknown): Reading<PolicyChange> {
  const reading = readChange(key, raw);
  if (!reading.ok) return reading;
  const [change] = reading.value.changes;
  const named = reading.value.economics === undefined ? change?.key : "policy.economics";
  const why = rules.beyondCalls(named ?? "");
  const expected = "a policy that a call of the chain can change";
  if (why !== null || change === undefined) {
    return { ok: false, expected, found: `\`${key}\`: ${why ?? "it stands for nothing"}` };
  }
  if (change.key === BILLING_RULES && change.value === "legacy") {
    const rule = "rules not older than those before: the chain never went back from `reserve`";
    return { ok: false, expected: rule, found: `\`${key}: legacy\`` };
  }
  const percent = Number(change.value) * 100;
  if (PERCENTS.test(change.key) && Math.abs(percent - Math.round(percent)) > ROUNDING) {
    return { ok: false, expected: "whole percent, as the chain keeps it", found: describe(raw) };
  }
  return { ok: true, text: reading.text, value: change };
}

const ROUNDING = 1e-9;

function readProposal(raw: unknown): Reading<WrittenProposal> {
  if (raw === null || typeof raw !== "object" || Array.isArray(raw)) {
    return { ok: false, expected: "a block of keys", found: describe(raw) };
  }
  const terms: Partial<Record<keyof typeof TERMS, number>> = {};
  const changes: PolicyChange[] = [];
  for (const [steps, value] of flatten([], raw)) {
    const key = steps.join(".");
    if (isTerm(key)) {
      const reading = readTerm(key, value);
      if (!reading.ok) return { ...reading, steps };
      terms[key] = reading.value;
      continue;
    }
    const reading = readProposed(key, value);
    if (!reading.ok) return { ...reading, steps };
    changes.push(reading.value);
  }
  if (changes.length === 0) {
    const expected = "a policy and the value that it shall have, such as `pricing.cu: 0.005 USD/h`";
    return { ok: false, expected, found: "none" };
  }
  const value = {
    changes,
    threshold: terms.threshold ?? null,
    lasts: terms.for ?? null,
    by: terms.by ?? 1,
  };
  return { ok: true, text: changes.map(({ key }) => key).join(", "), value };
}

/** What the council puts to the vote. */
export const proposal = field(readProposal, {
  type: "object",
  description:
    "The council proposes policies and their values; beside them `threshold` (farms that have " +
    "to vote), `for` (how long), `by` (which member of the council, from 1).",
});

/** A proposal as it happens. */
export function proposalHappening(at: Seconds, written: WrittenProposal): Happening {
  const { changes, threshold, lasts, by } = written;
  const words = [
    changes.map(({ key, value }) => `${key} = ${value}`).join(", "),
    ...(threshold === null ? [] : [`threshold ${threshold}`]),
    ...(lasts === null ? [] : [`open for ${writeQuantity("duration", lasts)}`]),
    ...(by === 1 ? [] : [`by member ${by}`]),
  ];
  const open = lasts === null ? null : seconds(lasts);
  return {
    entry: { kind: "propose", at, changes, threshold, lasts: open, by },
    sentence: `the council proposes ${words.join("; ")}`,
  };
}
