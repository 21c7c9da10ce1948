/** The edges of uptime, by single steps on a state: to the second at which an answer changes. */
import { describe, expect, it } from "vitest";
import {
  closeUptime,
  lastHeard,
  openUptime,
  type Power,
  report,
  stateChanged,
  type TwinCheck,
  targetChanged,
  type UptimeJudge,
  type UptimeState,
} from "../../src/protocol/uptime.ts";
import { type MintingEra, uptimeRules } from "../../src/protocol/uptime-rules.ts";
import { seconds } from "../../src/units/index.ts";

const END = 2_630_880;
const span = {
  ...{ start: seconds(0), end: seconds(END) },
  ...{ firstBlock: seconds(4), endBlock: seconds(END + 2) },
};
const judgeOf = (era: MintingEra = "current", more: Partial<UptimeJudge> = {}): UptimeJudge => ({
  ...{ span, rules: uptimeRules[era], waiver: null },
  ...more,
});
const judge = judgeOf();

/** A new period's state, changed so. */
const stateWith = (more: Partial<UptimeState> = {}): UptimeState => ({
  ...openUptime(span, null),
  ...more,
});
const told = (state: UptimeState, at: number, reported: number, by = judge) =>
  report(state, { at: seconds(at), reported: seconds(reported) }, by);
const last = (at: number, reported: number) => ({
  last: { at: seconds(at), reported: seconds(reported) },
  boot: seconds(at - reported),
});
const powers = (state: Power, target: Power) => ({ power: { state, target } });

describe("a period opens", () => {
  it.each([
    [null, { power: { state: "Up", target: "Up" }, asleepSince: null, wakeRequest: null }],
    [["Up", "Up"], { asleepSince: null, wakeRequest: null }],
    [["Up", "Down"], { asleepSince: null, wakeRequest: null }],
    [["Down", "Down"], { asleepSince: -50, wakeRequest: null }],
    [["Down", "Up"], { asleepSince: -50, wakeRequest: 4 }],
  ] as const)("with a node at %j", (power, expected) => {
    const known =
      power === null ? null : { state: power[0], target: power[1], downSince: seconds(-50) };
    expect(openUptime(span, known)).toEqual({
      ...{ last: null, credited: 0, boot: 0, lateBoots: 0, violation: null, power: known },
      ...expected,
    });
  });
});

describe("a report", () => {
  const before = stateWith(last(9_600, 9_000));
  it.each([
    ["that tells the same at once is garbage", 9_606, 9_000, 0, "InvalidReboot"],
    ["that tells the same much later is garbage", 12_000, 9_000, 0, "InvalidReboot"],
    ["that tells one second more much later is too low", 12_000, 9_001, 0, "UptimeTooLow"],
    ["of a boot at the last report is a reboot", 12_000, 2_400, 2_400, null],
    ["of a boot a second before it is garbage", 12_000, 2_401, 0, "InvalidReboot"],
    ["that grew by a second is credited with it", 9_606, 9_001, 1, null],
  ])("%s", (_, at, reported, credited, violation) => {
    expect(told(before, at, reported)).toMatchObject({ credited, violation });
  });

  it("of after the end is looked at where the last one was before it", () => {
    const at = (second: number) => stateWith(last(second, 9_000));
    expect(told(at(END), END + 100, 9_100)).toEqual(at(END));
    expect(told(at(END - 1), END + 100, 9_101)).toMatchObject({ credited: 1 });
  });

  it("is heard up to the end of the tail, whatever its length", () => {
    expect(lastHeard(judge)).toBe(END + 2 + 97_200);
    const short = judgeOf("2022", { tail: seconds(7_200) });
    const running = stateWith(last(END - 100, 9_000));
    expect(told(running, END + 7_202, 16_302, short)).not.toBe(running);
    expect(told(running, END + 7_203, 16_303, short)).toBe(running);
  });
});

describe("a farmer's request", () => {
  const at = seconds(700);
  it.each([
    ["Down", "Up", null, 700],
    ["Down", "Up", 600, 600],
    ["Down", "Down", null, null],
    ["Up", "Up", null, null],
    ["Up", "Down", null, null],
  ] as const)(
    "to a node that is %s to be %s, asked before at %s: %s",
    (state, target, asked, now) => {
      const known = asked === null ? null : seconds(asked);
      const next = targetChanged(
        stateWith({ ...powers(state, "Down"), wakeRequest: known }),
        at,
        target,
      );
      expect(next.wakeRequest).toBe(now);
      expect(next.power).toEqual({ state, target });
    },
  );
});

describe("a node that tells its state", () => {
  const running = stateWith({ ...powers("Up", "Down"), ...last(9_600, 9_000) });
  const tells = (state: UptimeState, at: number, power: Power) =>
    stateChanged(state, seconds(at), power, judge);

  it.each([
    ["down as asked", "Up", "Down", "Down", 10_000],
    ["up as it was", "Up", "Down", "Up", null],
    ["down unasked", "Up", "Up", "Down", null],
    ["down again", "Down", "Down", "Down", null],
  ] as const)("%s: sleeps from %s, %s, %s since %s", (_, state, target, power, since) => {
    const next = tells({ ...running, ...powers(state, target) }, 10_000, power);
    expect(next.asleepSince).toBe(since);
    expect(next.power).toEqual({ state: power, target });
  });

  it("is given the gap since its last report, which its going down replaces", () => {
    const next = tells(running, 10_000, "Down");
    expect(next).toMatchObject({ credited: 400, last: { at: 10_000, reported: 0 }, boot: 600 });
    const atEnd = tells(
      stateWith({ ...powers("Up", "Down"), ...last(END, 9_000) }),
      END + 2,
      "Down",
    );
    expect(atEnd).toMatchObject({ credited: 2, asleepSince: END + 2, last: { at: END + 2 } });
    const beyond = tells(
      stateWith({ ...powers("Up", "Down"), ...last(END, 9_000) }),
      END + 3,
      "Down",
    );
    expect(beyond).toMatchObject({ credited: 0, asleepSince: END + 3, last: { at: END } });
    const silent = tells(stateWith(powers("Up", "Down")), 10_000, "Down");
    expect(silent).toMatchObject({ credited: 0, asleepSince: 10_000, last: null });
  });

  it("keeps the beginning of its sleep where it never told that it woke", () => {
    const asleep = { ...running, asleepSince: seconds(9_700) };
    expect(tells(asleep, 10_000, "Down")).toMatchObject({ asleepSince: 9_700, credited: 0 });
  });
});

describe("a wake", () => {
  const asleep = (since: number, asked: number | null, more: Partial<UptimeState> = {}) =>
    stateWith({
      ...{ asleepSince: seconds(since), wakeRequest: asked === null ? null : seconds(asked) },
      ...more,
    });

  it("in the tail is looked at where the last report is not of after the end", () => {
    const late = (at: number) => told(asleep(END, END + 100, last(at, 0)), END + 2_060, 60);
    // Booted 1900 seconds after the request, which is a strike.
    expect(late(END)).toMatchObject({ lateBoots: 1, credited: 0, asleepSince: null });
    expect(late(END + 1)).toMatchObject({ lateBoots: 0, asleepSince: END });
  });

  it("in the tail needs no report of before it", () => {
    expect(told(asleep(END - 5_000, END + 100), END + 700, 60)).toMatchObject({
      ...{ credited: 5_000, asleepSince: null, lateBoots: 0, last: { at: END + 700 } },
    });
  });

  it("in the period is none with a boot that is not after the sleep's beginning", () => {
    const sleeper = asleep(9_000, 20_000, last(9_000, 0));
    expect(told(sleeper, 20_600, 11_600)).toBe(sleeper);
    expect(told(sleeper, 20_600, 11_599)).toMatchObject({ asleepSince: null, credited: 11_600 });
  });

  it("leaves nothing of the sleep, and a boot of its own", () => {
    expect(told(asleep(9_000, 20_000), 20_600, 60)).toMatchObject({
      ...{ asleepSince: null, wakeRequest: null, boot: 20_540, credited: 11_600, lateBoots: 0 },
      last: { at: 20_600, reported: 60 },
    });
  });

  it("in 2022 needed no request, and was never late", () => {
    expect(told(asleep(9_000, null), 20_600, 60, judgeOf("2022")).credited).toBe(11_600);
    const asked = told(asleep(9_000, 9_001), 80_600, 60, judgeOf("2022"));
    expect(asked).toMatchObject({ credited: 71_600, lateBoots: 0 });
  });

  // 1721046600 to 1721404800 were forgiven: 358200 seconds, here from 1000000 on.
  const FROM = 1_000_000;
  const TO = 1_358_200;
  it.each([
    [FROM - 86_400, FROM + 1, true],
    [FROM - 86_401, FROM + 1, false],
    [FROM, FROM + 200_000, true],
    [TO - 2, TO + 86_399, true],
    [TO - 1, TO + 86_400, false],
    [TO, TO + 86_401, false],
    [FROM - 200_000, FROM - 100_000, false],
  ])("of July 2024 from a sleep of %i to %i is forgiven: %s", (since, at, forgiven) => {
    const waiver = { from: seconds(FROM), to: seconds(TO) };
    const woken = told(asleep(since, at - 600), at, 60, judgeOf("current", { waiver }));
    expect(woken.credited).toBe(forgiven ? at - since : 0);
    expect(told(asleep(since, at - 600), at, 60).credited).toBe(0);
  });
});

describe("the end of a period", () => {
  const twin = (more: Partial<TwinCheck> = {}): TwinCheck => ({
    ...{ exists: true, relay: "relay.grid.tf", keyLength: 33 },
    ...more,
  });

  it.each([
    [twin(), null],
    [twin({ keyLength: null }), null],
    [null, null],
    [twin({ exists: false, relay: null, keyLength: 32 }), "MissingTwin"],
    [twin({ relay: null, keyLength: 32 }), "MissingRelay"],
    [twin({ relay: "" }), "MissingRelay"],
    [twin({ keyLength: 32 }), "InvalidPublicKey"],
    [twin({ keyLength: 34 }), "InvalidPublicKey"],
    [twin({ keyLength: 0 }), "InvalidPublicKey"],
  ])("looks at the twin of a node that reported: %j: %s", (check, violation) => {
    const reported = stateWith({ ...last(600, 600), credited: seconds(600) });
    expect(closeUptime(reported, judge, check)).toEqual({
      ...{ credited: 600, reported: true, violation, lateBoots: 0 },
    });
    expect(closeUptime(stateWith(), judge, check).violation).toBeNull();
  });

  it("keeps the first violation, and a late boot's before a twin's", () => {
    const lost = stateWith({ ...last(600, 600), violation: "ClockSkew" });
    expect(closeUptime(lost, judge, twin({ exists: false })).violation).toBe("ClockSkew");
    const late = stateWith({ ...last(600, 600), lateBoots: 1, wakeRequest: seconds(9_000) });
    const closed = closeUptime(late, judge, twin({ exists: false }));
    expect(closed).toMatchObject({ violation: "BootRequestExpired", lateBoots: 2 });
    expect(closeUptime({ ...late, lateBoots: 0 }, judge, twin({ exists: false }))).toMatchObject({
      ...{ violation: "MissingTwin", lateBoots: 1 },
    });
  });

  it.each([
    [END, 1],
    [END + 1, 0],
    [4, 0],
    [5, 1],
    [null, 0],
  ])("counts an unanswered request of second %s as %i late boots", (asked, late) => {
    const wakeRequest = asked === null ? null : seconds(asked);
    expect(closeUptime(stateWith({ wakeRequest }), judge, null).lateBoots).toBe(late);
    expect(closeUptime(stateWith({ wakeRequest }), judgeOf("2022"), null).lateBoots).toBe(0);
  });
});
