/** Sentences about sleep, wakes and garbage that no other file tests; seconds of one period. */
import { describe, expect, it } from "vitest";
import { periodStart } from "../../src/protocol/period.ts";
import type { MintingEra } from "../../src/protocol/uptime-rules.ts";
import type { Json } from "./minting-cases.ts";
import { uptimeOf } from "./minting-cases.ts";

const PERIOD = 74;
const START = periodStart(PERIOD);
const END = periodStart(PERIOD + 1);

/** Lines of `second what value`, counted from the period's start, or from its end with `e`. */
const events = (script: string): readonly Json[] =>
  script.split(",").map((line) => {
    const [at, what, value] = line.trim().split(/\s+/);
    const ts = at.startsWith("e") ? END + Number(at.slice(1)) : START + Number(at);
    return what === "report" ? { t: "uptime", ts, uptime: Number(value) } : { t: what, ts, value };
  });

const judged = (script: string, rules: MintingEra = "current", more: object = {}) =>
  uptimeOf({ period: PERIOD, rules, events: events(script), ...more });

const down = (since: number, target = "Down") => ({
  initial_power: { state: "Down", target, down_ts: START - since },
});

describe("going to sleep", () => {
  it.each([
    ["credits the time since the last report without a cap", "600 report 600", 20_000],
    ["but none where nothing was reported yet", "600 target Up", 0],
  ])("%s", (_what, first, credited) => {
    const script = `${first}, 10000 target Down, 20000 state Down`;
    expect(judged(script).credited).toBe(credited);
  });

  it("is none where the farmer did not want it, and none where the node was down already", () => {
    const own = "600 report 600, 20000 state Down, 20006 target Down, 20012 state Down";
    expect(judged(own).credited).toBe(600);
    // The first going down is the sleep; a second without a wake between them is not looked at.
    const twice =
      "600 report 600, 900 target Down, 1000 state Down, 2000 state Up, 50000 state Down, " +
      "60000 target Up, 60600 report 60";
    expect(judged(twice).credited).toBe(60_600);
  });

  it("after the end block credits nothing more", () => {
    const script = "e-600 report 9000, e-300 target Down, e100 state Down";
    expect(judged(script).credited).toBe(2_460);
  });
});

describe("waking up", () => {
  const ASLEEP = "e-4000 report 600, e-3000 target Down, e-2994 state Down";
  it.each([
    ["in the tail counts up to the end", `${ASLEEP}, e100 target Up, e700 report 60`, 4_600],
    [
      "in the tail is not asked whether it booted after the sleep began",
      `${ASLEEP}, e100 target Up, e700 report 9000`,
      4_600,
    ],
    [
      "in the tail is looked at once",
      `${ASLEEP}, e100 target Up, e700 report 60, e800 target Down, e900 state Down, ` +
        "e1000 target Up, e1100 report 50",
      4_600,
    ],
    ["in the tail without a request counts nothing", `${ASLEEP}, e700 report 60`, 1_606],
  ])("%s", (_what, script, credited) => {
    // The first report is worth 600 seconds, the gap to the sleep 1006, and the sleep 2994.
    expect(judged(script).credited).toBe(credited);
  });

  it("from a sleep of before the period is judged by when it began", () => {
    const script = "30000 target Up, 30600 report 60";
    expect(judged(script, "current", down(55_800)).credited).toBe(30_600);
    expect(judged(script, "current", down(55_801)).credited).toBe(0);
  });

  it("asked for before the period is no strike of it, be it answered or not", () => {
    expect(judged("90000 target Up", "current", down(50_000, "Up")).lateBoots).toBe(0);
    // Answered late it is one: its request counts from the first block.
    const late = judged("20000 report 60", "current", down(50_000, "Up"));
    expect(late).toMatchObject({ lateBoots: 1, credited: 0 });
  });

  it("keeps the first request until it is used", () => {
    const script =
      "600 report 600, 900 target Down, 1000 state Down, 9000 target Up, 9100 target Down, " +
      "12000 target Up, 12600 report 60";
    expect(judged(script)).toMatchObject({ lateBoots: 1, credited: 1_000 });
  });

  it("twice too late takes the month; once only the sleep; before 2024 once took it", () => {
    const once =
      "600 report 600, 900 target Down, 1000 state Down, 9000 target Up, 12000 report 60, " +
      "12003 state Up";
    const twice = `${once}, 13000 target Down, 13006 state Down, 20000 target Up`;
    expect(judged(once)).toMatchObject({ violation: null, credited: 1_000 });
    expect(judged(twice)).toMatchObject({ violation: "BootRequestExpired", lateBoots: 2 });
    expect(judged(once, "2023-12").violation).toBe("BootRequestExpired");
  });

  it("twice too late is judged at the end: another violation comes first, even a later one", () => {
    const twice =
      "600 report 600, 900 target Down, 1000 state Down, 9000 target Up, 12000 report 60, " +
      "12003 state Up, 13000 target Down, 13006 state Down, 20000 target Up, 23000 report 60, " +
      "23003 state Up, 25400 report 9000";
    expect(judged(twice)).toMatchObject({ violation: "UptimeTooHigh", lateBoots: 2 });
    expect(judged(twice, "2023-12")).toMatchObject({ violation: "UptimeTooHigh", lateBoots: 2 });
  });

  it.each([
    [90_000, 91_000],
    [90_001, 1_000],
  ])("after a sleep of %i s in 2022 is credited as %i in all, request or not", (length, all) => {
    const script = `600 report 600, 900 target Down, 1000 state Down, ${1_000 + length} report 60`;
    expect(judged(script, "2022").credited).toBe(all);
  });
});

describe("a clock that drifts", () => {
  it("adds up over reports, and only a reboot sets it right", () => {
    const reports = (from: number, boot: number, count: number) =>
      Array.from({ length: count }, (_, k) => {
        const at = from + 2_400 * k;
        return `${at} report ${at - boot - 50 * (k + 1)}`;
      }).join(", ");
    expect(judged(reports(600, 0, 3)).violation).toBeNull();
    expect(judged(reports(600, 0, 4)).violation).toBe("ClockSkew");
    const rebooted = `${reports(600, 0, 3)}, ${reports(7_700, 7_000, 3)}`;
    expect(judged(rebooted).violation).toBeNull();
  });

  it("takes a held back report for a lie, which takes the month", () => {
    expect(judged("600 report 600, 3061 report 3000").violation).toBe("UptimeTooLow");
    expect(judged("600 report 600, 3060 report 3000").violation).toBeNull();
  });
});

describe("garbage in the tail", () => {
  it("counts for the period, and a second has no effect", () => {
    const once = "e-1000 report 900000, e100 report 899000";
    expect(judged(once)).toMatchObject({ violation: "InvalidReboot", credited: 2_460 });
    expect(judged(`${once}, e200 report 898000`)).toMatchObject({ violation: "InvalidReboot" });
    // The last report stands where it stood, so an honest one after it still closes the gap.
    expect(judged(`${once}, e300 report 901300`).credited).toBe(3_460);
  });
});
