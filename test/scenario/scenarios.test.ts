import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readDocument } from "../../src/scenario/document.ts";
import { readFragment } from "../../src/scenario/fragment.ts";
import {
  declarations,
  jsonSchema,
  listScenarios,
  loadScenario,
  readParameter,
  STARTER,
  writeFault,
} from "../../src/scenario/index.ts";

const names = readdirSync("scenarios").filter((name) => name.endsWith(".yaml"));

describe("every scenario that comes along", () => {
  it.each(names)("%s loads, asks its question, and holds only its difference", (name) => {
    const loaded = loadScenario(`scenarios/${name}`);
    expect(loaded.ok ? [] : loaded.faults.map(writeFault)).toEqual([]);
    expect(loaded.ok && loaded.value.question.endsWith("?")).toBe(true);
    const lines = readFileSync(`scenarios/${name}`, "utf8").trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(25);
  });

  it("is listed", () => {
    expect(listScenarios().map(({ name }) => `${name}.yaml`)).toEqual([...names].sort());
  });
});

describe("every declaration", () => {
  it.each(declarations.map((each) => [each.key, each] as const))(
    "%s reads its own default",
    (_, each) => {
      const { parameter } = each;
      expect(readParameter(parameter, parameter.default)).toMatchObject({ ok: true });
      const range = parameter.range ?? [];
      for (const end of "bounds" in parameter && parameter.kind !== "numbers" ? range : []) {
        expect(readParameter(parameter, end)).toMatchObject({ ok: true });
      }
      // The name of an economy stands above the groups: it is none of their values.
      const shape =
        /^(assumptions|policy)\.[a-z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*$|^policy\.economics$/;
      expect(each.key).toMatch(shape);
    },
  );
});

it("keeps scenarios/schema.json as the declarations have it (npm run docs)", () => {
  const written: unknown = JSON.parse(readFileSync("scenarios/schema.json", "utf8"));
  expect(written).toEqual(JSON.parse(JSON.stringify(jsonSchema())));
});

it("offers a starter that holds no fault", () => {
  const { source, faults } = readDocument("starter.yaml", STARTER);
  expect(faults).toEqual([]);
  expect(readFragment(source, "scenarios", null).faults).toEqual([]);
});

describe("the setup of the baseline", () => {
  const loaded = loadScenario("scenarios/baseline.yaml");
  if (!loaded.ok) throw new Error("the baseline holds a fault");
  const { setup, measured, warnings } = loaded.value;

  it("begins with period 60 and is twelve periods long", () => {
    expect(setup.start).toBe(1_522_501_000 + 60 * 2_630_880);
    expect(setup.length).toBe(12 * 2_630_880);
    expect(setup.periods).toBe(12);
    expect(setup.window).toBe(3_600);
  });

  it("has the totals of the snapshot of 3 April 2023", () => {
    expect(setup.totals).toEqual({
      date: "2023-04-03",
      nodes: 2_761,
      cores: 65_469,
      memoryGb: 422_911,
      ssdGb: 10_001_202,
      hddGb: 33_971_888,
    });
  });

  it("has 57 countries with power, place and cities, whose shares sum to one", () => {
    expect(setup.countries).toHaveLength(57);
    let sum = 0;
    for (const { weight } of setup.countries) sum += weight;
    expect(sum).toBeCloseTo(1, 12);
    expect(
      setup.countries.every(
        ({ cities, saifi, caidiHours }) => cities.length > 0 && saifi > 0 && caidiHours > 0,
      ),
    ).toBe(true);
    const belgium = setup.countries.find(({ code }) => code === "BE");
    expect(belgium).toMatchObject({
      saifi: 0.46,
      caidiHours: 1.2,
      developed: true,
      utcOffsetMinutes: 60,
    });
    const nigeria = setup.countries.find(({ code }) => code === "NG");
    expect(nigeria).toMatchObject({ saifi: 393.6, developed: false });
    // The table of power has no row for Canada, so the default stands.
    expect(setup.countries.find(({ code }) => code === "CA")).toMatchObject({
      saifi: 3,
      caidiHours: 2,
    });
  });

  it("has the kinds of machine, the rhythm of a day and the measured uptimes", () => {
    expect(setup.classes).toHaveLength(7);
    expect(setup.rhythm).toHaveLength(48);
    expect(setup.rhythm.every((factor) => factor > 0.5 && factor < 1.5)).toBe(true);
    expect(measured.uptimeAge).toHaveLength(12);
    expect(measured.uptimeAge[0]).toEqual({ days: 7, fraction: 0.8827, date: "2023-04-03" });
    const cores = measured.utilization.find(({ metric }) => metric === "utilization.cru");
    expect(cores).toEqual({
      metric: "utilization.cru",
      date: "2023-04-03",
      fraction: 1790 / 65_469,
    });
  });

  it("warns of rules that are younger than the start", () => {
    expect(
      warnings.some((each) =>
        /^policy\.minting: rules of 2024-\d\d on a grid of 2023-04/.test(each),
      ),
    ).toBe(true);
  });
});
