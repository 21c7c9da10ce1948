/**
 * What the minting counts of a node's use: traffic, public addresses and reserved resources.
 *
 * Lifecycle: a node reports the traffic of a contract for a window of time; the report carries the
 * contract's addresses and used resources along. Source: minting_v3 fc7e17d, minting/src/main.rs,
 * NruConsumptionReceived; sums are in unit seconds.
 * Quirks: what has no counted traffic in a window counts for nothing in it, although its user is
 * billed; rent and name contracts are not looked at; the tail of a period is not.
 */
import { type Bytes, bytes, cores, type Seconds, seconds } from "../units/index.ts";
import type { Resources } from "./cost.ts";
import type { UptimeSpan } from "./uptime.ts";

/** A node contract as the minting follows it. */
export interface MeteredContract {
  readonly ips: bigint;
  readonly used: Resources;
  /** The last report that counted, its creation before the first; 0 where it is older. */
  readonly lastAt: Seconds;
}

/** What a node's contracts used in a period, in units times seconds; traffic in bytes. */
export interface Utilization {
  readonly cru: bigint;
  readonly mru: bigint;
  readonly sru: bigint;
  readonly hru: bigint;
  readonly ips: bigint;
  readonly traffic: Bytes;
}

/** Nothing used yet. */
export const noUtilization: Utilization = {
  cru: 0n,
  mru: 0n,
  sru: 0n,
  hru: 0n,
  ips: 0n,
  traffic: bytes(0n),
};

/** Nothing reserved. */
export const noResources: Resources = {
  cru: cores(0n),
  mru: bytes(0n),
  sru: bytes(0n),
  hru: bytes(0n),
};

/** A contract created in the period; its creation counts as its first report. */
export const meteredContract = (ips: bigint, at: Seconds): MeteredContract => ({
  ips,
  used: noResources,
  lastAt: at,
});

/** A contract that exists when the period begins. */
export const meteredBefore = (ips: bigint, used: Resources): MeteredContract => ({
  ips,
  used,
  lastAt: seconds(0),
});

/** One report of a contract's traffic over a window of time. */
export interface TrafficReport {
  readonly at: Seconds;
  readonly window: Seconds;
  readonly traffic: Bytes;
}

/** A node's use and the contract that it came from. */
export interface Metered {
  readonly utilization: Utilization;
  readonly contract: MeteredContract;
}

/** Adds a report, unless it is out of order or lies outside the period. */
export function meterTraffic(metered: Metered, report: TrafficReport, span: UptimeSpan): Metered {
  const { utilization, contract } = metered;
  if (report.at <= contract.lastAt || report.at < span.start || report.at > span.endBlock) {
    return metered;
  }
  const window = BigInt(report.window);
  const { used } = contract;
  return {
    utilization: {
      cru: utilization.cru + used.cru * window,
      mru: utilization.mru + used.mru * window,
      sru: utilization.sru + used.sru * window,
      hru: utilization.hru + used.hru * window,
      ips: utilization.ips + contract.ips * window,
      traffic: bytes(utilization.traffic + report.traffic),
    },
    contract: { ...contract, lastAt: report.at },
  };
}
