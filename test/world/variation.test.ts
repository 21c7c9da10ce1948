/** That values which vary reach those they speak of, and nobody else. */
import { describe, expect, it } from "vitest";
import { assumptionBlocks } from "../../src/models/index.ts";
import { readQuantity } from "../../src/scenario/quantity.ts";
import {
  type Dimension,
  FARM_KINDS,
  type NumberParameter,
  type NumbersParameter,
  seconds,
  type Varied,
  type Way,
} from "../../src/units/index.ts";
import type { Setup } from "../../src/world/setup.ts";
import { Chronicle } from "./chronicle.ts";
import { DAY, run, small, tellWorld } from "./money.ts";

/** A parameter of the outside that can vary, by its key such as `line.developedMean`. */
interface Varying {
  readonly key: string;
  readonly parameter: NumberParameter | NumbersParameter;
  readonly ways: readonly Way[];
}

const VARYING: readonly Varying[] = assumptionBlocks.flatMap((block) =>
  Object.entries(block.fields).flatMap(([name, parameter]) => {
    const key = `${block.path.slice("assumptions.".length)}.${name}`;
    const { varies: ways = [] } = parameter;
    if (parameter.kind === "choice" || parameter.kind === "text" || parameter.kind === "flag")
      return [];
    return ways.length === 0 ? [] : [{ key, parameter, ways }];
  }),
);

/** Somebody there is, of each dimension. */
const SOMEBODY: Readonly<Record<Dimension, string>> = {
  country: "AA",
  farmKind: "home",
  nodeClass: "titan_like",
  workload: "vm",
};

type Changes = Parameters<typeof small>[0];

const FLEET = /^(fleet|failure|outage|hardware|update|power|line|churn)\./;

/** What must hold for a parameter to matter at all. */
const CIRCUMSTANCES: readonly (readonly [RegExp, Changes])[] = [
  [/^failure\.mtbf/, { failure: { model: "exponential" } }],
  [/^outage\.mean/, { outage: { model: "exponential" } }],
  [
    /dataCentre(Median|Sigma|Mean|Ride)|gateway/,
    { fleet: { dataCentreSmall: 0.9, dataCentreLarge: 0.5 } },
  ],
  [/gateway/, { fleet: { publicIps: 0.9, gateway: 0 } }],
  [/^hardware/, { hardware: { mtbf: 20 * DAY } }],
  [/^(outage|failure)/, { failure: { stableMean: 9 * DAY, mtbf: 9 * DAY } }],
  [/^update/, { update: { interval: 2 * DAY } }],
  [/^power/, { power: { times: 60 } }],
  [/^churn/, { churn: { departure: 0.9 } }],
  [/^demand\.certified/, { fleet: { certified: 0.5 } }],
  [/^redeploy/, { failure: { stableMean: 3 * DAY }, redeploy: { patience: 1800 } }],
];

/** Two weeks of one developed and one developing country, ten days of them with some change. */
function setupFor(key: string, varied?: Setup["varied"]): Setup {
  const changes: Record<string, object> = {};
  for (const [pattern, change] of CIRCUMSTANCES) {
    if (!pattern.test(key)) continue;
    for (const [block, values] of Object.entries(change ?? {}))
      changes[block] = { ...changes[block], ...values };
  }
  const nodes = FLEET.test(key) ? 300 : 60;
  const fleet = { nodes, ...changes["fleet"] };
  const made = small({ ...changes, fleet }, { length: seconds(12 * DAY) });
  const country = made.countries.find(({ developed }) => developed === !/developing/.test(key));
  if (country === undefined) throw new Error("there is no such country");
  const other = made.countries.find(({ code }) => code === "US") ?? country;
  const countries = [
    { ...country, code: "AA", weight: 0.5 },
    { ...other, code: "BB", developed: country.developed, weight: 0.5 },
  ];
  return varied === undefined ? { ...made, countries } : { ...made, countries, varied };
}

/** What the parameter is in a setup. */
function given({ assumptions }: Setup, key: string): number | readonly number[] {
  const [block = "", name = ""] = key.split(".");
  const group: object | undefined = Object.entries(assumptions).find(([one]) => one === block)?.[1];
  return Object.entries(group ?? {}).find(([one]) => one === name)?.[1];
}

const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high);

function boundsOf({ parameter }: Varying): readonly [number, number] {
  if (parameter.kind === "numbers") return parameter.bounds;
  const [low, high] = parameter.bounds.map((text) => {
    const reading = readQuantity(parameter.kind, text);
    return reading.ok ? reading.value : Number.NaN;
  });
  return [low, high];
}

/** A value far from the given one. */
function far(one: Varying, value: number | readonly number[]): number | readonly number[] {
  const [low, high] = boundsOf(one);
  if (typeof value === "object") {
    if (/eights|mix|habits/i.test(one.key)) return value.map((_, i) => (i === 1 ? 1 : 0));
    // A floor stays below its ceiling.
    return value.map((each) => clamp(each * (/floors/.test(one.key) ? 1.2 : 5), low, high));
  }
  if (one.parameter.kind === "share") return value < 0.5 ? high : low;
  if (one.parameter.kind === "duration") return clamp(value / 20, low, high);
  return value === 0 ? 2 : clamp(value * 4, low, high);
}

/** The given value, but for somebody, or for some, or from the third day on. */
function variedBy(one: Varying, way: Way, base: number | readonly number[]): Varied {
  const other = far(one, base);
  if (way === "time")
    return { kind: "steps", seconds: [0, 3 * DAY], values: [Number(base), Number(other)] };
  if (way === "node" || way === "farm" || way === "user") {
    const values = [Number(base), Number(other)].sort((a, b) => a - b);
    const [low, high] = boundsOf(one);
    return { kind: "drawn", law: "discrete", numbers: { values, weights: [1, 1] }, low, high };
  }
  return { kind: "split", by: way, each: { [SOMEBODY[way]]: other }, rest: base };
}

/** A node: whose it is, what it is, and what happens to it until the third day and later. */
interface Life {
  readonly whose: Readonly<Partial<Record<Dimension, string>>>;
  readonly traits: string;
  readonly capacity: string;
  readonly early: string;
  readonly late: string;
}

/** Every node of a fleet by its cause. */
function livesOf(setup: Setup): ReadonlyMap<string, Life> {
  const chronicle = new Chronicle(setup);
  chronicle.advance(12 * DAY);
  const { nodes, farms } = chronicle.fleet;
  const facts = Array.from({ length: nodes.count }, () => ["", ""]);
  for (const { kind, time, entity, value } of chronicle.told())
    facts[entity][time < 3 * DAY ? 0 : 1] += ` ${kind}@${time}=${value}`;
  return new Map(
    facts.map(([early, late], node) => {
      const farm = nodes.farm[node];
      const traits = [nodes.certified, nodes.gpu, nodes.flaky, nodes.boot, nodes.joined];
      const own = [farms.dataCentre, farms.dedicated, farms.gateway, farms.ips];
      const life = {
        whose: {
          country: setup.countries[farms.country[farm]].code,
          farmKind: FARM_KINDS[farms.dataCentre[farm]],
          nodeClass: setup.classes[nodes.class[node]].name,
        },
        traits: [...traits.map((one) => one[node]), ...own.map((one) => one[farm])].join(" "),
        capacity: `${nodes.cru[node]} ${nodes.mru[node]} ${nodes.sru[node]}`,
        early: `${early}`,
        late: `${late}`,
      };
      return [`${nodes.causeHigh[node]}/${nodes.causeLow[node]}`, life];
    }),
  );
}

/** The nodes that a change touched, as they were before, or as they are if they are new. */
function touched(
  before: ReadonlyMap<string, Life>,
  after: ReadonlyMap<string, Life>,
  of: (life: Life) => string,
): readonly Life[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((cause) => {
    const [one, other] = [before.get(cause), after.get(cause)];
    const [was, is] = [one, other].map((life) => (life === undefined ? "" : of(life)));
    return was === is ? [] : [one ?? other ?? []].flat();
  });
}

const whole = ({ traits, early, late }: Life): string => [traits, early, late].join("|");

/** What a plain setup comes to, worked out once for all parameters with the same circumstances. */
const once = <Made>(make: (setup: Setup) => Made): ((setup: Setup) => Made) => {
  const known = new Map<string, Made>();
  return (setup) => {
    const text = JSON.stringify([setup.assumptions, setup.countries.map(({ name }) => name)]);
    const found = known.get(text) ?? make(setup);
    known.set(text, found);
    return found;
  };
};

describe("a value that varies reaches those it speaks of, and nobody else", () => {
  const plainLives = once(livesOf);
  const plainWorld = once((setup) => tellWorld(run(setup)));
  const pairs = VARYING.flatMap((one) => one.ways.map((way) => [one.key, way, one] as const));

  it.each(pairs.filter(([key]) => FLEET.test(key)))("%s by %s, in the fleet", (key, way, one) => {
    const plain = setupFor(key);
    const [before, after] = [
      plainLives(plain),
      livesOf(setupFor(key, { [key]: variedBy(one, way, given(plain, key)) })),
    ];
    if (/Sigma$/.test(key) && key.startsWith("fleet.")) {
      expect(touched(before, after, ({ capacity }) => capacity).length).toBeGreaterThan(0);
      return;
    }
    const changed = touched(before, after, whole);
    expect(changed.length).toBeGreaterThan(0);
    // A farm at home may bring forth one in a data centre.
    const spills = way === "farmKind" && /^churn\.(growth|founding)/.test(key);
    if (way in SOMEBODY && !spills)
      expect(new Set(changed.map(({ whose }) => whose[way as Dimension]))).toEqual(
        new Set([SOMEBODY[way as Dimension]]),
      );
    if (way === "time") expect(touched(before, after, ({ early }) => early)).toEqual([]);
    if (way === "node" || way === "farm") expect(changed.length).toBeLessThan(before.size);
  });

  it.each(pairs.filter(([key]) => !FLEET.test(key)))("%s by %s, at the chain", (key, way, one) => {
    const plain = setupFor(key);
    const varied = setupFor(key, { [key]: variedBy(one, way, given(plain, key)) });
    expect(tellWorld(run(varied))).not.toEqual(plainWorld(plain));
  });
});

describe("a value that is the same everywhere", () => {
  it("gives the plain world, bit for bit, whatever it could differ by", () => {
    const plain = setupFor("");
    const varied = Object.fromEntries(
      VARYING.map(({ key, ways }) => {
        const value = given(plain, key);
        const split = ways.flatMap((way) => (way in SOMEBODY ? [way as Dimension] : []));
        return [
          key,
          split.reduce<Varied>(
            (rest, by) => ({ kind: "split", by, each: { [SOMEBODY[by]]: rest }, rest }),
            value,
          ),
        ];
      }),
    );
    const same = setupFor("", varied);
    expect([...livesOf(same)]).toEqual([...livesOf(plain)]);
    expect(tellWorld(run(same))).toEqual(tellWorld(run(plain)));
  });

  it("gives the plain world where everybody draws it", () => {
    const plain = setupFor("");
    const drawn = VARYING.filter(
      ({ key, ways }) => /^(failure|line|wallet|redeploy)/.test(key) && ways.some(isEntity),
    );
    const varied = Object.fromEntries(
      drawn.map((one) => {
        const numbers = { values: [Number(given(plain, one.key))], weights: [1] };
        const [low, high] = boundsOf(one);
        return [one.key, { kind: "drawn", law: "discrete", numbers, low, high } as const];
      }),
    );
    expect(drawn.length).toBeGreaterThan(10);
    const same = setupFor("", varied);
    expect([...livesOf(same)]).toEqual([...livesOf(plain)]);
    expect(tellWorld(run(same))).toEqual(tellWorld(run(plain)));
  });
});

const isEntity = (way: Way): boolean => way === "node" || way === "farm" || way === "user";
