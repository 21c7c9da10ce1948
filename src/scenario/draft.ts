/**
 * A draft: a value as files write it, before the countries and classes of the run are known.
 *
 * A later file says only what differs: its keys are laid over what was there, anything else
 * takes the place of the whole.
 */
import type { Dimension, Drawn } from "../units/index.ts";
import type { Path, Source } from "./document.ts";
import { writePath } from "./document.ts";
import type { ScenarioFault } from "./fault.ts";
import type { Moment } from "./instant.ts";
import type { PlainValue } from "./scenario.ts";

/** Where a part of a value stands, and from where the files are looked for that it names. */
export interface Spot {
  readonly source: Source;
  readonly folder: string;
  readonly path: Path;
}

/** A value that holds from a moment on. */
export interface DraftStep {
  readonly at: Moment;
  readonly atText: string;
  readonly value: PlainValue;
  readonly text: string;
  readonly spot: Spot;
}

/** A value for some of a kind. */
export interface DraftKey {
  readonly draft: Draft;
  readonly spot: Spot;
}

/** A value as it is written. */
export type Draft =
  | { readonly kind: "one"; readonly value: PlainValue; readonly text: string }
  | { readonly kind: "steps"; readonly steps: readonly DraftStep[]; readonly spot: Spot }
  | { readonly kind: "trace"; readonly file: string; readonly spot: Spot }
  | { readonly kind: "drawn"; readonly drawn: Drawn; readonly text: string }
  | {
      readonly kind: "keyed";
      /** A name is a node class, or nothing that is known. */
      readonly by: Dimension | "name";
      readonly each: ReadonlyMap<string, DraftKey>;
      /** What all others have; absent where an earlier file says it. */
      readonly rest: Draft | undefined;
    };

/** The fault of a part of a value: of its key, or of what stands behind it. */
export function faultAt(
  { source, path }: Spot,
  at: "key" | "value",
  what: Pick<ScenarioFault, "expected" | "found" | "suggestion">,
): ScenarioFault {
  const place = at === "key" ? source.placeOfKey(path) : source.placeOf(path);
  return { place, path: writePath(path), ...what };
}

/** The value as a scenario would write it in one line. */
export function draftText(draft: Draft): string {
  switch (draft.kind) {
    case "one":
    case "drawn":
      return draft.text;
    case "trace":
      return `{ trace: ${draft.file} }`;
    case "steps":
      return `{ steps: { ${draft.steps.map((one) => `${one.atText}: ${one.text}`).join(", ")} } }`;
    case "keyed": {
      const rest = draft.rest === undefined ? [] : [`default: ${draftText(draft.rest)}`];
      const each = [...draft.each].map(([key, one]) => `${key}: ${draftText(one.draft)}`);
      return `{ ${[...rest, ...each].join(", ")} }`;
    }
  }
}

/** What a later file makes of an earlier value. */
export function overlay(earlier: Draft, later: Draft): Draft {
  if (later.kind !== "keyed") return later;
  if (later.each.size === 0 && earlier.kind === "keyed") {
    const { rest = earlier } = later;
    return { ...earlier, rest: earlier.rest === undefined ? rest : overlay(earlier.rest, rest) };
  }
  const same = earlier.kind === "keyed" && earlier.by === later.by ? earlier : undefined;
  const before = same === undefined ? earlier : same.rest;
  const over = (one: Draft | undefined, other: Draft): Draft =>
    one === undefined ? other : overlay(one, other);
  const each = new Map(same?.each);
  for (const [key, { draft, spot }] of later.each)
    each.set(key, { draft: over(each.get(key)?.draft ?? before, draft), spot });
  return { ...later, each, rest: later.rest === undefined ? before : over(before, later.rest) };
}
