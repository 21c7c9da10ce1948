/**
 * The downtime that the dashboard shows a farmer; the minting does not look at it.
 *
 * Source: tfgrid-sdk-ts, packages/playground/src/utils/node.ts, getNodeAvailability (2024-10).
 * Quirks: a report that follows a silence is not missed unless its uptime is shorter than the
 * silence; where uptime falls but is longer than the gap, downtime goes down.
 */
import { type Seconds, seconds } from "../units/index.ts";
import type { UptimeReport } from "./uptime.ts";

/** A silence up to now counts as downtime from this length on. */
const SILENCE: Seconds = seconds(3_600);

/** What the dashboard shows: seconds of downtime, of the seconds since the period began. */
export interface ShownAvailability {
  readonly downtime: Seconds;
  readonly elapsed: Seconds;
}

/** The downtime shown at `now` for a period that began at `start`; reports in order of time. */
export function shownAvailability(
  reports: readonly UptimeReport[],
  start: Seconds,
  now: Seconds,
): ShownAvailability {
  let downtime = 0;
  let last: UptimeReport = { at: start, reported: seconds(0) };
  for (const report of reports) {
    const gap = report.at - last.at;
    if (report.reported < last.reported || report.reported < gap) {
      downtime += gap - report.reported;
    }
    last = report;
  }
  const silence = now - last.at;
  if (silence >= SILENCE) downtime += silence;
  return { downtime: seconds(downtime), elapsed: seconds(now - start) };
}
