/**
 * What a world is built from: plain data that a scenario resolves and a worker receives.
 *
 * Nothing here is looked up later: the files are read, the defaults filled in, the units converted
 * to base units (seconds, bytes, USD, whole chain units).
 */
import type { Assumptions } from "../models/index.ts";
import type { Policy, proposal } from "../protocol/index.ts";
import type { Seconds, Variations } from "../units/index.ts";

/** A city where farms and users can be, with the share of its country's people. */
export interface City {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly population: number;
}

/** A country as the models need it. */
export interface Country {
  /** ISO 3166 alpha-2. */
  readonly code: string;
  readonly name: string;
  readonly continent: string;
  readonly latitude: number;
  readonly longitude: number;
  /** Standard time; no daylight saving. */
  readonly utcOffsetMinutes: number;
  /** Share of the fleet, and of the demand, that lives here; all weights sum to 1. */
  readonly weight: number;
  /** Power interruptions a customer sees in a year, and the mean hours of one. */
  readonly saifi: number;
  readonly caidiHours: number;
  /** True where home lines are as reliable as in a developed country. */
  readonly developed: boolean;
  readonly cities: readonly City[];
}

/** A kind of machine that stands in the fleet. */
export interface NodeClass {
  readonly name: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly ssdGb: number;
  readonly hddGb: number;
  readonly weight: number;
}

/** The totals of the fleet at the start, which the world meets exactly; GB as the source counts. */
export interface FleetTotals {
  readonly date: string;
  readonly nodes: number;
  readonly cores: number;
  readonly memoryGb: number;
  readonly ssdGb: number;
  readonly hddGb: number;
}

/** Which nodes something on the timeline strikes. */
export interface Target {
  readonly country?: string;
  /** Dense number of a farm at the start. */
  readonly farm?: number;
  /** Share of what matches, chosen by chance; 1 if all. */
  readonly share: number;
}

/** A thing that is made to happen, at a time counted from the start. */
export type TimelineEntry =
  | {
      readonly kind: "outage";
      readonly at: Seconds;
      readonly target: Target;
      readonly lasts: Seconds;
    }
  | {
      /** Farms take all their nodes away, and none joins them again. */
      readonly kind: "leave";
      readonly at: Seconds;
      /** Its share is one of farms. */
      readonly target: Target;
      /** So many of those that match, those with most nodes at the start; null for all. */
      readonly largest: number | null;
    }
  | { readonly kind: "priceTimes"; readonly at: Seconds; readonly factor: number }
  | { readonly kind: "priceTo"; readonly at: Seconds; readonly usd: number }
  | {
      readonly kind: "demand";
      readonly at: Seconds;
      readonly factor: number;
      /** Infinity if it never ends. */
      readonly lasts: Seconds;
    }
  | {
      readonly kind: "policy";
      readonly at: Seconds;
      /** The policy as it is from then on. */
      readonly changes: readonly {
        readonly key: string;
        readonly value: number | string | boolean;
      }[];
    }
  | {
      readonly kind: "propose";
      readonly at: Seconds;
      /** Values that the policy shall have. */
      readonly changes: proposal.PolicyChanges;
      /** Farms that have to vote; null for as many as the council asks for. */
      readonly threshold: number | null;
      /** How long the vote is open; null for the chain's own time. */
      readonly lasts: Seconds | null;
      /** The member of the council who proposes, from 1. */
      readonly by: number;
    };

/** Everything a world is made of, but its seed. */
export interface Setup {
  /** Instant of the start, seconds since 1970-01-01 UTC. */
  readonly start: Seconds;
  /** Length of what is measured. */
  readonly length: Seconds;
  /** Whole minting periods inside the length; each is paid after its tail. */
  readonly periods: number;
  /** The chain meets what is local at the end of each window. */
  readonly window: Seconds;
  readonly policy: Policy;
  readonly assumptions: Assumptions;
  /** The assumptions that are not one value each; absent where all are. */
  readonly varied?: Variations;
  readonly countries: readonly Country[];
  readonly classes: readonly NodeClass[];
  readonly totals: FleetTotals;
  /** Samples of a price trace: seconds from the start and USD; empty where no trace is used. */
  readonly priceTrace: readonly (readonly [number, number])[];
  /** Demand by local hour, weekday then weekend: 24 + 24 factors of mean near 1. */
  readonly rhythm: readonly number[];
  readonly timeline: readonly TimelineEntry[];
  /**
   * True where every replication has the same farms, nodes and users, to whom other things happen;
   * absent where they are drawn anew.
   */
  readonly held?: boolean;
  /** Tables of entities that the run keeps. */
  readonly tables: readonly string[];
}
