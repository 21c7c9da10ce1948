/**
 * Leaving: farms that the timeline makes go, each with all its nodes at one second.
 *
 * Who goes is settled at the start, by what the farms then are, so that it does not depend on what
 * happens in between.
 */
import { streamId } from "../kernel/index.ts";
import type { Ground } from "./ground.ts";
import type { TimelineEntry } from "./setup.ts";

const STREAM = streamId("farm.leaving");

type Leave = Extract<TimelineEntry, { readonly kind: "leave" }>;

/** The second at which each farm of the start that has to goes, by its row. */
export function leavingFarms(ground: Ground): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  for (const [row, entry] of ground.setup.timeline.entries()) {
    if (entry.kind !== "leave") continue;
    const second = Math.ceil(entry.at);
    for (const farm of farmsOf(ground, entry, row))
      ends.set(farm, Math.min(second, ends.get(farm) ?? Number.POSITIVE_INFINITY));
  }
  return ends;
}

function farmsOf({ farms, setup, chance }: Ground, entry: Leave, row: number): readonly number[] {
  const { country, farm: one, share } = entry.target;
  const found: number[] = [];
  for (let farm = 0; farm < farms.count; farm++) {
    if (country !== undefined && setup.countries[farms.country[farm]].code !== country) continue;
    if (one !== undefined && farm !== one) continue;
    if (chance.uniform(STREAM, farms.cause[farm], 0, row) < share) found.push(farm);
  }
  if (entry.largest === null) return found;
  const size = farms.sizeAtStart;
  return found.sort((a, b) => size[b] - size[a] || a - b).slice(0, entry.largest);
}
