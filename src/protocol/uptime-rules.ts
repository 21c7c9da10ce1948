/**
 * The numbers by which the minting judges uptime, one record an era.
 *
 * Sources: minting_v3 fc7e17d (current) and its earlier versions, minting/src/main.rs; the two
 * historic records are approximations (forum 4107, 4189, 4286). A node reports the seconds since
 * its boot; the minting never sees anything else of it.
 * Disagreements are fields here, one record an era, `current` being the default: the grace (60 s,
 * 300 s from March 2022 to October 2023), the longest sleep (24 h, 25 h in April 2023 and again in
 * mid 2023), the late boots a month may have (one; none from November 2023 to March 2024, which
 * the manual still says; any number before). The tail is a field besides, 27 h in every era here
 * and 2 h in 2022 (`policy.minting.tail`).
 */
import { type Seconds, seconds } from "../units/index.ts";

/** The eras of the minting program. */
export type MintingEra = "current" | "2023-12" | "2022";

/** Every this often a running node reports. [zos; minting_v3, NODE_UPTIME_REPORT_INTERVAL] */
export const REPORT_INTERVAL: Seconds = seconds(2_400);

/** A block of the chain, whose time is the time of the reports in it. */
export const BLOCK_SECONDS: Seconds = seconds(6);

/** How long after a period's last block its first later report is still looked for: 27 h. */
export const TAIL_LENGTH: Seconds = seconds(97_200);

/** The same in 2022, before farmers could send nodes to sleep: 2 h. [grid_wiki 1313] */
export const TAIL_LENGTH_2022: Seconds = seconds(7_200);

/** Why a node loses a whole period, in the minting's words. */
export type UptimeViolation =
  | "UptimeTooHigh"
  | "UptimeTooLow"
  | "ClockSkew"
  | "InvalidReboot"
  | "BootRequestExpired"
  | "MissingTwin"
  | "MissingRelay"
  | "InvalidPublicKey";

/** How one era judges reports and sleep. `Infinity` stands for no limit. */
export interface UptimeRules {
  /** How far uptime and time may differ between two reports. */
  readonly grace: Seconds;
  /** The most that one report is worth. */
  readonly cap: Seconds;
  /** The drift of the boot instant that is a violation. */
  readonly skew: Seconds;
  /** Reports out of the grace are violations; without it they are credited. */
  readonly strict: boolean;
  /** The longest managed sleep that is credited. */
  readonly sleepMax: Seconds;
  /** The longest time from a wake request to the boot. */
  readonly bootMax: Seconds;
  /** Late boots of a period that cost no more than their sleep. */
  readonly lateBootsFree: number;
  /** A late boot loses its sleep. */
  readonly lateForfeits: boolean;
  /** A sleeping node has to be asked before it may wake. */
  readonly asked: boolean;
  /** How long after the end a report is looked for; `TAIL_LENGTH` where nothing is said. */
  readonly tail?: Seconds;
}

/** The rules of an era. */
export const uptimeRules: Readonly<Record<MintingEra, UptimeRules>> = {
  current: {
    grace: seconds(60),
    cap: seconds(2_460),
    skew: seconds(120),
    strict: true,
    sleepMax: seconds(86_400),
    bootMax: seconds(1_800),
    lateBootsFree: 1,
    lateForfeits: true,
    asked: true,
  },
  "2023-12": {
    grace: seconds(60),
    cap: seconds(2_460),
    skew: seconds(120),
    strict: true,
    sleepMax: seconds(86_400),
    bootMax: seconds(1_800),
    lateBootsFree: 0,
    lateForfeits: false,
    asked: true,
  },
  "2022": {
    grace: seconds(300),
    cap: seconds(Number.POSITIVE_INFINITY),
    skew: seconds(Number.POSITIVE_INFINITY),
    strict: false,
    sleepMax: seconds(90_000),
    bootMax: seconds(Number.POSITIVE_INFINITY),
    lateBootsFree: Number.POSITIVE_INFINITY,
    lateForfeits: false,
    asked: false,
  },
};
