import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Calendar } from "../../src/kernel/calendar.ts";

const END = 40_000;
type Event = readonly [time: number, tag: number, entity: number];

const event = fc.tuple(
  fc.integer({ min: 0, max: END - 1 }),
  fc.integer({ min: 0, max: 15 }),
  fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(0x7fff_ffff)),
);

const byOrder = (a: Event, b: Event): number => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];

/** Everything before an instant, in the order in which it is taken. */
function taken(calendar: Calendar, before: number): Event[] {
  const events: Event[] = [];
  while (calendar.next(before)) events.push([calendar.time, calendar.tag, calendar.entity]);
  return events;
}

describe("calendar", () => {
  it.each([1, 10_000, 10_000_000])("gives events in order, laid out for %i", (expected) => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 400 }), (events) => {
        const calendar = new Calendar(END, expected);
        for (const one of events) calendar.push(...one);
        expect(taken(calendar, END)).toEqual([...events].sort(byOrder));
      }),
      { seed: 20_231_107, numRuns: 100 },
    );
  });

  it("takes in what is pushed while it is lived, and stops before the instant asked for", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 300 }), (events) => {
        const calendar = new Calendar(END, 1_000_000);
        const told: Event[] = [];
        const later: Event[] = [];
        for (const one of events) (one[2] === 0 ? later : told).push(one);
        for (const one of told) calendar.push(...one);
        const lived: Event[] = [];
        for (let now = 0; now <= END; now += 1_000) {
          lived.push(...taken(calendar, now));
          for (const one of later) if (one[0] >= now && one[0] < now + 1_000) calendar.push(...one);
        }
        expect(lived).toEqual([...events].sort(byOrder));
      }),
      { seed: 20_231_107, numRuns: 200 },
    );
  });

  it("refuses a second after its end and one that is long over", () => {
    const calendar = new Calendar(END, 10);
    expect(() => calendar.push(END + 8192, 0, 0)).toThrow(RangeError);
    expect(() => calendar.push(Number.NaN, 0, 0)).toThrow(RangeError);
    expect(calendar.next(END)).toBe(false);
    expect(() => calendar.push(0, 0, 0)).toThrow(RangeError);
  });
});
