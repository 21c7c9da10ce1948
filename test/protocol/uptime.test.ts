import { describe, expect, it } from "vitest";
import { periodStart } from "../../src/protocol/period.ts";
import { type MintingEra, TAIL_LENGTH } from "../../src/protocol/uptime-rules.ts";
import { type Json, uptimeOf } from "./minting-cases.ts";

const PERIOD = 74;
const START = periodStart(PERIOD);
const END = periodStart(PERIOD + 1);

/** Lines of `second what value`, counted from the period's start, or from its end with `e`. */
function events(script: string): readonly Json[] {
  return script
    .split(",")
    .map((line) => line.trim().split(/\s+/))
    .filter(([at]) => at !== "")
    .map(([at, what, value]): Json => {
      const ts = at.startsWith("e") ? END + Number(at.slice(1)) : START + Number(at);
      return what === "report"
        ? { t: "uptime", ts, uptime: Number(value) }
        : { t: what, ts, value };
    });
}

const judged = (script: string, rules: MintingEra = "current", more: object = {}) =>
  uptimeOf({ period: PERIOD, rules, events: events(script), ...more });

const credited = (script: string, rules: MintingEra = "current", more: object = {}) =>
  judged(script, rules, more).credited;

describe("a report is credited with the time since the one before it", () => {
  it.each([
    ["the first of a period with no more than has passed of it", "600 report 5000", 600],
    ["the first after a boot with its uptime alone", "600 report 200", 200],
    ["a first one at most with 41 minutes", "5000 report 9000", 2460],
    ["a later one with what uptime grew by", "600 report 600, 3000 report 3000", 3000],
    ["at most 41 minutes where one is missed", "600 report 600, 5400 report 5400", 3060],
    ["after a reboot with the uptime since", "600 report 9000, 5000 report 100", 700],
    ["a reboot without uptime with nothing", "600 report 9000, 5000 report 0", 600],
  ])("%s", (_, script, seconds) => {
    expect(credited(script)).toBe(seconds);
    expect(judged(script).violation).toBeNull();
  });
});

describe("after the end of the period", () => {
  it.each([
    ["the first report closes the gap to the end", "e-1000 report 9000, e1400 report 11400", 3460],
    ["the second changes nothing", "e-9 report 9000, e100 report 9109, e2500 report 11509", 2469],
    ["a reboot is credited up to the end", "e-2000 report 9000, e100 report 600", 2960],
    ["a reboot after it counts for nothing", "e-2000 report 9000, e700 report 600", 2460],
    ["a node that never reported in it is not known", "e700 report 9000", 0],
    [
      "the block that ends the period still counts in full",
      "e-9 report 9000, e3 report 9012",
      2472,
    ],
    ["27 hours are waited", `e-9 report 9000, e${TAIL_LENGTH + 3} report ${106_212}`, 2469],
    ["and not a second more", `e-9 report 9000, e${TAIL_LENGTH + 4} report ${106_213}`, 2460],
  ])("%s", (_, script, seconds) => {
    expect(credited(script)).toBe(seconds);
  });
});

describe("a violation takes the period, and the first one stays", () => {
  it.each([
    ["UptimeTooHigh", "600 report 600, 3000 report 3061"],
    ["UptimeTooLow", "600 report 500000, 3000 report 501000"],
    ["InvalidReboot", "600 report 1094689, 606 report 1094688"],
    ["ClockSkew", "600 report 600, 3000 report 2940, 5400 report 5280"],
    ["UptimeTooHigh", "600 report 600, 3000 report 3061, 3006 report 3060"],
  ])("%s: %s", (violation, script) => {
    expect(judged(script).violation).toBe(violation);
  });

  it.each([
    ["a minute more", "600 report 600, 3000 report 3060"],
    ["a minute less", "600 report 600, 3000 report 2940"],
    ["a drift of 119 seconds", "600 report 600, 3000 report 2940, 5400 report 5281"],
  ])("but %s is none", (_, script) => {
    expect(judged(script).violation).toBeNull();
  });

  it("was none before November 2023, and was credited", () => {
    const held = "600 report 100600, 8400 report 107600, 16200 report 116200";
    expect(judged(held).violation).toBe("UptimeTooLow");
    expect(judged(held, "2023-12").violation).toBe("UptimeTooLow");
    expect(judged(held, "2022")).toMatchObject({ violation: null, credited: 16_200 });
  });
});

const ASLEEP = "600 report 600, 1000 target Down, 1006 state Down";

describe("a managed sleep", () => {
  it.each([
    ["counts when the node wakes as asked", "9000 target Up, 9600 report 60", 9600],
    ["counts nothing until somebody asks", "9600 report 60, 12000 report 2460", 1006],
    [
      "counts from the ask on, though it woke before",
      "9600 report 60, 10000 target Up, 12000 report 2460",
      12_000,
    ],
    ["is forgiven 30 minutes to the boot", "9000 target Up, 10860 report 60", 10_860],
    ["is lost by a second more", "9000 target Up, 10861 report 60", 1006],
    ["lasts 24 hours at most", "87000 target Up, 87406 report 60", 87_406],
    ["and is lost by a second more", "87000 target Up, 87407 report 60", 1006],
    ["is not ended by a report of before it", "1500 target Up, 1600 report 1600", 1006],
  ])("%s", (_, script, seconds) => {
    expect(credited(`${ASLEEP}, ${script}`)).toBe(seconds);
  });

  it("counts up to the end where the node wakes after it", () => {
    const late = "e-4000 report 600, e-3000 target Down, e-2994 state Down, e100 target Up";
    expect(credited(`${late}, e700 report 60`)).toBe(600 + 1006 + 2994);
  });

  it("of before the period counts from its start", () => {
    const power = { state: "Down", target: "Down", down_ts: START - 50_000 };
    const script = "20000 target Up, 20600 report 60";
    expect(credited(script, "current", { initial_power: power })).toBe(20_600);
  });

  const LATE = `${ASLEEP}, 9000 target Up, 12000 report 60, 12003 state Up`;
  const TWICE = `${LATE}, 13000 target Down, 13006 state Down, 20000 target Up, 23000 report 60`;
  it.each([
    ["one late boot", LATE, "current", null],
    ["two late boots", TWICE, "current", "BootRequestExpired"],
    ["one late boot", LATE, "2023-12", "BootRequestExpired"],
    ["two late boots", TWICE, "2022", null],
  ] as const)("with %s: %s, rules %s, is %s", (_, script, rules, violation) => {
    expect(judged(script, rules).violation).toBe(violation);
  });

  it("that ends late is lost today, and was credited when it cost the whole period", () => {
    expect(credited(LATE)).toBe(1006);
    expect(credited(LATE, "2023-12")).toBe(12_000);
  });

  it("whose call is never answered is a late boot of the period of the call", () => {
    expect(judged(`${ASLEEP}, 9000 target Up`)).toMatchObject({ lateBoots: 1, violation: null });
    expect(judged(`${ASLEEP}, e1 target Up`).lateBoots).toBe(0);
    const power = { state: "Down", target: "Up", down_ts: START - 50_000 };
    expect(judged("", "current", { initial_power: power }).lateBoots).toBe(0);
  });

  it("that nobody asked for makes every later report void, and is a late boot", () => {
    const own =
      "600 report 600, 1006 state Down, 5000 target Up, 9000 report 60, 11400 report 2460";
    expect(judged(own)).toMatchObject({ credited: 600, lateBoots: 1 });
  });

  it("of more than a day was allowed on some days of July 2024", () => {
    const window = { grace_window: [START + 80_000, START + 90_000] };
    const script = `${ASLEEP}, 100000 target Up, 100600 report 60`;
    expect(credited(script)).toBe(1006);
    expect(credited(script, "current", window)).toBe(100_600);
  });
});
