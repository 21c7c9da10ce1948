/**
 * Laws of the physical world: every distribution a fleet draws from, made once.
 *
 * This is the one place where a value of a country, a kind of farm or a class of nodes is looked
 * up: a farm's laws stand at its place, a node's at its place and class. What a single
 * node or farm draws for itself, and what changes over time, stands beside the law it changes, and
 * is empty or null in most worlds.
 */
import { type Course, type Distribution, streamId } from "../kernel/index.ts";
import {
  type Assumptions,
  addressesOwned,
  arrivalMean,
  farmSize,
  type LineLife,
  lineKind,
  lineLife,
  outageInterval,
  powerOutageLength,
  remembered,
  rideThrough,
  rolloutInterval,
} from "../models/index.ts";
import { FARM_KINDS, type Whom } from "../units/index.ts";
import { type NodeLaws, nodeLawsOf } from "./node-laws.ts";
import type { Country, Setup } from "./setup.ts";
import { type CityRing, cityRing } from "./site.ts";
import { courseOf, type Own, Variation, valueAt } from "./variation.ts";

/** Laws of a country. */
export interface CountryLaws {
  /** Addresses the country's chance, whatever its row. */
  readonly cause: number;
  readonly ring: CityRing;
  readonly values: Assumptions;
  /** Between power outages somewhere in the country; null where there are none. */
  readonly powerInterval: Distribution | null;
  readonly powerCourse: Course | null;
  readonly powerLength: Distribution;
}

/** Laws of the farms of a country, at home or in a data centre. */
export interface FarmLaws {
  readonly values: Assumptions;
  readonly line: LineLife;
  readonly lineCourse: Course | null;
  readonly ownLine: readonly Own[];
  /** Probability that an outage of the grid is not noticed, where each farm has not its own. */
  readonly ride: number;
  readonly ownRide: readonly Own[];
  /** Between arrivals that a farm of so many nodes brings forth; null unless that changes. */
  readonly arrivalCourse: ((nodes: number) => Course | null) | null;
}

/** All laws of a fleet. */
export interface Laws {
  readonly countries: readonly CountryLaws[];
  /** Cumulated shares of the countries. */
  readonly countryShares: Float64Array;
  readonly size: Distribution;
  readonly addresses: Distribution;
  /** By place: a country's row twice, with 1 more for a data centre. */
  readonly farms: readonly FarmLaws[];
  /** By place times `classes` and the row of the class, if that matters at all. */
  readonly nodes: readonly NodeLaws[];
  /** How many classes are told apart; 1 where no law differs by class. */
  readonly classes: number;
  readonly rollout: Distribution | null;
  readonly rolloutCourse: Course | null;
}

/** The laws of a node of a class in a place. */
export const nodeLawsAt = (laws: Laws, place: number, nodeClass: number): NodeLaws =>
  laws.nodes[laws.classes === 1 ? place : place * laws.classes + nodeClass];

/** The laws that a setup assumes. */
export function fleetLaws(setup: Setup, variation = new Variation(setup)): Laws {
  const { assumptions, countries } = setup;
  const classes = CLASS_BLOCKS.some((block) => variation.differs("nodeClass", block));
  const names = classes ? setup.classes.map(({ name }) => name) : [undefined];
  const places = countries.flatMap((country) => [
    { country, kind: 0 },
    { country, kind: 1 },
  ]);
  const make = nodeLawsOf(variation);
  const nodes = places.flatMap(({ country, kind }) =>
    names.map((nodeClass) => make(country, kind === 1, whomOf(country, kind, nodeClass))),
  );
  const rolls = nodes.some((one) => one.rolloutShare > 0 || one.rolloutSteps !== null);
  const share = rolls ? 1 : 0;
  const interval = variation.steps("update.interval", {});
  return {
    countries: countries.map((country) => countryLaws(country, variation)),
    countryShares: shares(countries),
    size: farmSize(assumptions.fleet),
    addresses: addressesOwned(assumptions.fleet),
    farms: places.map(({ country, kind }) => farmLaws(country, kind, variation)),
    nodes,
    classes: names.length,
    rollout: rolloutInterval({ ...assumptions.update, share }),
    rolloutCourse: rolls ? courseOf([interval], (at) => valueAt(interval, at, 0)) : null,
  };
}

/** The blocks of which a fleet's laws can differ by class. */
const CLASS_BLOCKS = ["fleet", "failure", "outage", "hardware", "update"];

const whomOf = (country: Country, kind: number, nodeClass?: string | undefined): Whom => ({
  country: country.code,
  farmKind: FARM_KINDS[kind],
  ...(nodeClass === undefined ? {} : { nodeClass }),
});

function countryLaws(country: Country, variation: Variation): CountryLaws {
  const whom = { country: country.code };
  const values = variation.of(whom);
  const { power } = values;
  const times = variation.steps("power.times", whom);
  const interval = (at: number): number =>
    outageInterval({ ...power, times: valueAt(times, at, power.times) }, country)?.mean ??
    Number.POSITIVE_INFINITY;
  return {
    cause: streamId(country.code),
    ring: cityRing(country),
    values,
    powerInterval: outageInterval(power, country),
    powerCourse: courseOf([times], interval),
    powerLength: powerOutageLength(power, country),
  };
}

function farmLaws(country: Country, kind: number, variation: Variation): FarmLaws {
  const whom = whomOf(country, kind);
  const values = variation.of(whom);
  const place = { dataCentre: kind === 1, developed: country.developed };
  const line = lineKind(place);
  const working = variation.steps(`line.${line}Mean`, whom);
  const departure = variation.steps("churn.departure", whom);
  const growth = variation.steps("churn.growth", whom);
  const { churn } = values;
  const churnAt = (at: number): typeof churn => ({
    ...churn,
    departure: valueAt(departure, at, churn.departure),
    growth: valueAt(growth, at, churn.growth),
  });
  const over = [departure, growth];
  const ride = kind === 1 ? "power.dataCentreRideThrough" : "power.homeRideThrough";
  return {
    values,
    line: lineLife(values.line, place),
    lineCourse: courseOf([working], (at) => valueAt(working, at, 0)),
    ownLine: variation.own([`line.${line}Mean`, `line.${line}Median`], whom),
    ride: rideThrough(values.power, place.dataCentre),
    ownRide: variation.own([ride], whom),
    arrivalCourse: over.every((one) => one === null)
      ? null
      : remembered((nodes) => courseOf(over, (at) => arrivalMean(churnAt(at), nodes))),
  };
}

function shares(countries: readonly Country[]): Float64Array {
  const total = countries.reduce((sum, country) => sum + country.weight, 0);
  let sum = 0;
  return Float64Array.from(countries, (country) => {
    sum += country.weight / total;
    return sum;
  });
}
