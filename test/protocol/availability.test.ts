/** The downtime that the dashboard shows, for reports that can be followed by hand. */
import { describe, expect, it } from "vitest";
import { shownAvailability } from "../../src/protocol/availability.ts";
import { seconds } from "../../src/units/index.ts";

/** Reports as `at:uptime`, the start, the moment of asking, and the seconds of downtime. */
const SHOWN = `
  reports                     start    now  downtime
  -                               0   3599         0  a silence of less than an hour
  -                               0   3600      3600  of an hour
  -                            1000   4599         0
  -                            1000   4600      3600
  1000:1000                       0   1000         0  up since the start
  1000:1001                       0   1000         0  up since before it
  1000:999                        0   1000         1  up a second less
  1000:0                          0   1000      1000
  1500:400                     1000   1500       100  counted from the start
  1000:1000,5000:5000             0   5000         0  a gap does not count, whatever its length
  1000:1000,5000:4000             0   5000         0  as long up as the gap, after all
  1000:1000,5000:3999             0   5000         1
  1000:1000,5000:3000             0   5000      1000  a boot in between
  1000:9000,5000:5000             0   5000     -1000  a boot, and up for longer than the gap
  1000:1000,2000:500,3000:800     0   3000       700  of each boot
  1000:1000,2000:1000             0   2000         0  as much as before, and as the gap
  1000:9000,2000:9000             0   2000         0  the uptime of before once more
  3000:3000,4000:3500             0   4000         0  slower than the clock
  1000:1000                       0   4599         0
  1000:1000                       0   4600      3600  silence since the last report
  1000:500                        0   4600      4100
`;

describe("the downtime that the dashboard shows", () => {
  it.each(
    SHOWN.trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/).slice(0, 4)),
  )("for %s since %s, asked at %s, is %s", (list, start, now, downtime) => {
    const reports = list === "-" ? [] : list.split(",").map((one) => one.split(":").map(Number));
    const shown = shownAvailability(
      reports.map(([at = 0, reported = 0]) => ({ at: seconds(at), reported: seconds(reported) })),
      seconds(Number(start)),
      seconds(Number(now)),
    );
    expect(shown).toEqual({ downtime: Number(downtime), elapsed: Number(now) - Number(start) });
  });
});
