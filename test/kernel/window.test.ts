import { describe, expect, it } from "vitest";
import { runWindows } from "../../src/kernel/index.ts";

/** What a plan did, as a line. */
function trace(start: number, end: number, window: number): string {
  const done: string[] = [];
  runWindows({
    start,
    end,
    window,
    local: (until) => done.push(`local ${until}`),
    judge: (until) => done.push(`judge ${until}`),
    watch: (until) => done.push(`watch ${until}`),
  });
  return done.join(", ");
}

describe("windows", () => {
  it("run what is local, then judge, then watch, and end with a shorter one", () => {
    expect(trace(0, 25, 10)).toBe(
      "local 10, judge 10, watch 10, local 20, judge 20, watch 20, local 25, judge 25, watch 25",
    );
  });

  it("do nothing in a span of no length", () => {
    expect(trace(5, 5, 1)).toBe("");
  });

  it("do not drift: the tenth window of a tenth ends at one", () => {
    let last = 0;
    const count = { windows: 0 };
    runWindows({
      start: 0,
      end: 1,
      window: 0.1,
      local: (until) => {
        last = until;
        count.windows += 1;
      },
      judge: () => {},
    });
    expect([last, count.windows]).toEqual([1, 10]);
  });

  it("refuse a length that never ends", () => {
    expect(() => trace(0, 1, 0)).toThrow(RangeError);
    expect(() => trace(0, 1, Number.NaN)).toThrow(RangeError);
  });
});
