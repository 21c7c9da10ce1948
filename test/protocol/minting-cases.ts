/** Reads the minting vectors and puts what they say into the types of the protocol. */
import { readFileSync } from "node:fs";
import { resourcesAt } from "../../src/audit/billing-terms.ts";
import { type MintResult, mintOf as mintedOf, readMint } from "../../src/audit/mint-case.ts";
import { limitsAt, policyAt } from "../../src/audit/minting-terms.ts";
import { plain, type Spot, spotOf } from "../../src/audit/spot.ts";
import { readUptime, uptimeOf as verdictOf } from "../../src/audit/uptime-case.ts";
import type { Resources } from "../../src/protocol/cost.ts";
import type { FarmingPolicy, PolicyLimits } from "../../src/protocol/farming-policy.ts";
import type { UptimeJudge, UptimeVerdict } from "../../src/protocol/uptime.ts";

/** A JSON object of a case; each test knows the kind it reads. */
// biome-ignore lint/suspicious/noExplicitAny: the shape differs by kind and is given in a README.
export type Json = any;

const folder = new URL("../vectors/minting/", import.meta.url);

export const read = (file: string): Json => JSON.parse(readFileSync(new URL(file, folder), "utf8"));

/** Reads a value that has no fault; tests may write whole numbers as bigints. */
function sound<T>(value: unknown, reader: (spot: Spot) => T): T {
  const spot = spotOf(plain(value));
  const read = reader(spot);
  if (spot.faults.length > 0) throw new Error(JSON.stringify(spot.faults));
  return read;
}

export const resourcesOf = (json: Json): Resources => sound(json, resourcesAt);

export const policyOf = (json: Json): FarmingPolicy => sound(json, (spot) => policyAt(spot));

export const limitsOf = (json: Json): PolicyLimits => sound(json, limitsAt);

/** The verdict on a case of one node in one period. */
export const uptimeOf = (input: Json): UptimeVerdict => verdictOf(sound(input, readUptime));

/** What a case of one node and its contracts in one period comes to. */
export const mintOf = (input: Json): MintResult => mintedOf(sound(input, readMint));

/** The span, the rules and the waiver of a case. */
export const judgeOf = (input: Json): UptimeJudge => sound(input, readUptime).judge;

/** The events of a case in order of time, its runs of reports written out. */
export function eventsOf(input: Json): readonly Json[] {
  const events: Json[] = [];
  for (const event of input.events) {
    if (event.t !== "run") events.push(event);
    else
      for (let k = 0, ts = event.from; ts <= event.to; k++, ts += event.every)
        events.push({ t: "uptime", ts, uptime: ts - event.boot + k * (event.drift ?? 0) });
  }
  return events.sort((a, b) => a.ts - b.ts);
}

/** The public cases of a kind, by their names. */
export const casesOf = (kind: string): readonly (readonly [string, Json])[] =>
  read("generated-public.json")
    .cases.filter((one: Json) => one.kind === kind)
    .map((one: Json) => [`${one.id} ${one.tags.join(", ")}`, one] as const);
