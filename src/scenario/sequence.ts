/**
 * Sequence: what the entries of a timeline are to each other, in the order of time.
 */
import { type Policy, proposal } from "../protocol/index.ts";
import type { TimelineEntry } from "../world/setup.ts";
import { BILLING_RULES, returnsToLocks } from "./billing.ts";
import { policyClashes } from "./clash.ts";
import { declarations } from "./declaration.ts";
import { ECONOMICS } from "./economics.ts";
import type { Place, ScenarioFault } from "./fault.ts";
import { writeQuantity } from "./quantity.ts";

/** Something that happens, with the entry that says so, if one does. */
export interface Placed {
  readonly entry: TimelineEntry;
  /** The economy that it brings, if it does. */
  readonly economics?: string | undefined;
  readonly of?: {
    readonly path: string;
    /** Where a part of it stands. */
    readonly placeOf: (...steps: readonly string[]) => Place;
  };
}

/** What the entries follow. */
export interface Before {
  /** The policy of the start. */
  readonly policy: Policy;
  /** Where the file gives the value of a key. */
  readonly placeOf: (key: string) => Place;
  readonly faults: ScenarioFault[];
}

/** Tells of all that cannot follow what was before it; entries come in the order of time. */
export function refuseSequence(found: readonly Placed[], before: Before): void {
  refuseReturn(found, before);
  refuseClashes(found, before);
  refuseNoRoom(found, before);
  refuseLowered(found, before);
}

/** Tells of everything, in order, that would have the chain go back from reserves to locks. */
function refuseReturn(found: readonly Placed[], { policy, placeOf, faults }: Before): void {
  const entries = found.map(({ entry }) => entry);
  for (const at of returnsToLocks(entries, policy.billing.rules)) {
    const { of, economics } = found[at];
    const expected = "rules not older than those before: the chain never went back from `reserve`";
    const key = economics === undefined ? BILLING_RULES : ECONOMICS;
    const path = of === undefined ? key : `${of.path}.policy`;
    const place = of === undefined ? placeOf(key) : of.placeOf("policy");
    faults.push({ place, path, expected, found: `\`${BILLING_RULES}: legacy\`` });
  }
}

/** Tells of every value that does not go with those that hold when it comes. */
function refuseClashes(found: readonly Placed[], { policy, placeOf, faults }: Before): void {
  const values = new Map<string, unknown>();
  for (const [block, fields] of Object.entries(policy))
    for (const [name, value] of Object.entries(fields))
      values.set(`policy.${block}.${name}`, value);
  const numberOf = (key: string): number => Number(values.get(key));
  for (const { entry, of } of found) {
    if (entry.kind !== "policy") continue;
    const changed = new Set(entry.changes.map(({ key }) => key));
    for (const { key, value } of entry.changes) values.set(key, value);
    for (const { key, beside, must } of policyClashes(numberOf, changed)) {
      const path = of === undefined ? key : `${of.path}.policy`;
      const place = of === undefined ? placeOf(key) : of.placeOf("policy");
      const expected = `${must} \`${beside}\`, then \`${written(beside, numberOf(beside))}\``;
      faults.push({ place, path, expected, found: `\`${key}: ${written(key, numberOf(key))}\`` });
    }
  }
}

/** Tells of the first moment at which a block has room for no bill, so that none is made. */
function refuseNoRoom(found: readonly Placed[], { policy, placeOf, faults }: Before): void {
  const key = "policy.block.room";
  let now = policy;
  for (const one of [undefined, ...found]) {
    if (one?.entry.kind === "policy") now = one.entry.changes.reduce(proposal.withValue, now);
    const { room, bill, call } = now.block;
    if (room >= bill + call) continue;
    const path = one?.of === undefined ? key : `${one.of.path}.policy`;
    const place = one?.of === undefined ? placeOf(key) : one.of.placeOf("policy");
    const expected = `room for a bill at least, which weighs ${bill + call}`;
    faults.push({ place, path, expected, found: `\`block.room: ${room}\`` });
    return;
  }
}

/** Tells of every entry that lowers the billing frequency, which a chain would refuse. */
function refuseLowered(found: readonly Placed[], { policy, placeOf, faults }: Before): void {
  const key = "policy.billing.frequency";
  let now = policy.billing.frequency;
  for (const { entry, of } of found) {
    if (entry.kind !== "policy") continue;
    for (const { value } of entry.changes.filter((change) => change.key === key)) {
      const next = Number(value);
      const expected = `at least ${now} blocks: a billing frequency is raised, never lowered`;
      const place = of === undefined ? placeOf(key) : of.placeOf("policy");
      const path = of === undefined ? key : `${of.path}.policy`;
      if (next < now) faults.push({ place, path, expected, found: `\`${next}\`` });
      now = Math.max(now, next);
    }
  }
}

/** A value as a scenario would write it. */
function written(key: string, value: number): string {
  const kind = declarations.find((each) => each.key === key)?.parameter.kind;
  return kind === "share" || kind === "number" || kind === "money"
    ? writeQuantity(kind, value)
    : String(value);
}
