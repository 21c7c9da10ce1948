/** Laws of the physical world: every distribution a fleet draws from, made once. */
import { type Distribution, streamId } from "../kernel/index.ts";
import {
  type Assumptions,
  addressesOwned,
  farmSize,
  faultHazard,
  faultInterval,
  faultResidual,
  interruptionHazard,
  type LineLife,
  lineLife,
  measuredInterruptionHazard,
  outageInterval,
  outageLength,
  powerOutageLength,
  type Residual,
  repairLength,
  replacementHazard,
  residualOutage,
  residualRepair,
  restHazard,
  rideThrough,
  rolloutHazard,
  rolloutInterval,
  stay,
} from "../models/index.ts";
import type { Country, Setup } from "./setup.ts";
import { type CityRing, cityRing } from "./site.ts";

/** What differs between a home and a data centre; the index is 1 for a data centre. */
type ByPlace<T> = readonly [home: T, dataCentre: T];

/** Laws of a country. */
export interface CountryLaws {
  /** Addresses the country's chance, whatever its row. */
  readonly cause: number;
  readonly ring: CityRing;
  readonly line: ByPlace<LineLife>;
  /** Between power outages somewhere in the country; null where there are none. */
  readonly powerInterval: Distribution | null;
  readonly powerLength: Distribution;
  /** Boots a second of a node that power, hardware and rollouts explain. */
  readonly explained: ByPlace<number>;
  /** Failures a second of a node's own, stable and flaky, at home and in a data centre. */
  readonly rest: ByPlace<readonly [stable: number, flaky: number]>;
}

/** All laws of a fleet. */
export interface Laws {
  readonly countries: readonly CountryLaws[];
  /** Cumulated shares of the countries. */
  readonly countryShares: Float64Array;
  readonly size: Distribution;
  readonly addresses: Distribution;
  readonly outage: ByPlace<Distribution>;
  readonly outageStill: ByPlace<Residual>;
  readonly repair: ByPlace<Distribution>;
  readonly repairStill: ByPlace<Residual>;
  /** Between hardware faults, and until the first one met; null where there are none. */
  readonly fault: Distribution | null;
  readonly faultFirst: Distribution | null;
  readonly rollout: Distribution | null;
  readonly stay: Distribution | null;
}

/** The laws that a setup assumes. */
export function fleetLaws(setup: Setup): Laws {
  const { assumptions } = setup;
  const { outage, hardware } = assumptions;
  return {
    countries: setup.countries.map((country) => countryLaws(country, assumptions)),
    countryShares: shares(setup.countries),
    size: farmSize(assumptions.fleet),
    addresses: addressesOwned(assumptions.fleet),
    outage: [outageLength(outage, false), outageLength(outage, true)],
    outageStill: [residualOutage(outage, false), residualOutage(outage, true)],
    repair: [repairLength(hardware, outage, false), repairLength(hardware, outage, true)],
    repairStill: [residualRepair(hardware, outage, false), residualRepair(hardware, outage, true)],
    fault: hardware.faults ? faultInterval(hardware) : null,
    faultFirst: hardware.faults ? faultResidual(hardware) : null,
    rollout: rolloutInterval(assumptions.update),
    stay: stay(assumptions.churn),
  };
}

function countryLaws(country: Country, assumptions: Assumptions): CountryLaws {
  const { failure, power, hardware, update, line } = assumptions;
  const boots = (dataCentre: boolean, interruptions: number): number =>
    interruptions * (1 - rideThrough(power, dataCentre)) +
    faultHazard(hardware) +
    rolloutHazard(update);
  const now = interruptionHazard(power, country);
  // A node that leaves makes room for one that boots anew, which shows in the ages as a boot.
  const rest = (dataCentre: boolean): readonly [number, number] => {
    const explained =
      boots(dataCentre, measuredInterruptionHazard(country)) + replacementHazard(failure);
    return [restHazard(failure, false, explained), restHazard(failure, true, explained)];
  };
  const life = (dataCentre: boolean): LineLife =>
    lineLife(line, { dataCentre, developed: country.developed });
  return {
    cause: streamId(country.code),
    ring: cityRing(country),
    line: [life(false), life(true)],
    powerInterval: outageInterval(power, country),
    powerLength: powerOutageLength(power, country),
    explained: [boots(false, now), boots(true, now)],
    rest: [rest(false), rest(true)],
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
