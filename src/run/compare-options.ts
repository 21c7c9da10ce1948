/**
 * What a comparison is asked for.
 */
import type { Guard, Smallest } from "../scenario/guard.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { Arms } from "./arm.ts";
import type { DrawnArms } from "./drawn-arms.ts";
import type { RunOptions } from "./options.ts";
import type { Row } from "./results.ts";

/** What to compare, how, and where to put it. */
export interface CompareOptions
  extends Pick<
    RunOptions,
    | "out"
    | "version"
    | "commit"
    | "replications"
    | "replication"
    | "workers"
    | "resume"
    | "checkInvariants"
    | "precision"
    | "command"
    | "started"
    | "clock"
    | "onProgress"
    | "signal"
    | "engine"
  > {
  readonly arms: Arms;
  readonly seed: string;
  readonly guards: readonly Guard[];
  /** The metrics by which it is decided. */
  readonly primary: readonly string[];
  readonly smallest: Readonly<Record<string, Smallest>>;
  /** Whether to look at farms and users one by one. */
  readonly farms: boolean;
  readonly incomeGroups: ReadonlyMap<string, string>;
  /** The study that asks for it, and where the flags depart from it. */
  readonly study: StudyNote | null;
  /** The arms once more under draws of what is not known; none if left out. */
  readonly drawn?: DrawnArms | undefined;
}

/** What the report tells of a study. */
export interface StudyNote {
  readonly name: string;
  readonly file: string;
  readonly hash: string;
  readonly title: string;
  readonly question: string;
  readonly departures: readonly string[];
}

/** What a finished arm left. */
export interface RanArm {
  readonly folder: string;
  readonly scenario: Scenario;
  readonly rows: readonly Row[];
}
