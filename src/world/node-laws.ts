/**
 * Laws of nodes: how those of one country, kind of farm and class fail, are repaired and leave.
 *
 * What cannot differ between two kinds of node is made once and shared. A node that draws a value
 * of its own gets laws of its own, made anew when they are asked for.
 */
import type { Chance, Course, Distribution } from "../kernel/index.ts";
import { mixtureOnce } from "../kernel/index.ts";
import {
  type Assumptions,
  departureHazard,
  type FailureValues,
  faultHazard,
  faultInterval,
  faultResidual,
  type HardwareValues,
  interruptionHazard,
  measuredInterruptionHazard,
  type OutageValues,
  outageLength,
  type Residual,
  remembered,
  repairLength,
  replacementHazard,
  residualOutage,
  residualRepair,
  restHazard,
  rideThrough,
  rolloutHazard,
  stay,
} from "../models/index.ts";
import type { Steps, Whom } from "../units/index.ts";
import type { Country } from "./setup.ts";
import { courseOf, type Own, ownValue, type Variation, valueAt, withOwn } from "./variation.ts";

/** The times that outages and repairs take, from their beginning or met somewhere in them. */
export interface DownTimes {
  readonly outage: Distribution;
  readonly outageStill: Residual;
  readonly repair: Distribution;
  readonly repairStill: Residual;
}

/** Laws of the nodes of a country, at home or in a data centre, of one class. */
export interface NodeLaws {
  readonly values: Assumptions;
  readonly dataCentre: boolean;
  /** Boots a second of a node that power, hardware and rollouts explain. */
  readonly explained: number;
  /** Of these and replacement, what was explained when the ages were measured. */
  readonly measured: number;
  /** Between failures of its own, where that changes; mostly null. */
  readonly restCourse: readonly [stable: Course | null, flaky: Course | null] | null;
  readonly ownRest: readonly Own[];
  readonly times: DownTimes;
  /** What each node, and what each farm, draws of these times. */
  readonly ownTimes: readonly Own[];
  readonly farmTimes: readonly Own[];
  /** Between hardware faults, and until the first one met; null where there are none. */
  readonly fault: Distribution | null;
  readonly faultFirst: Distribution | null;
  readonly faultCourse: Course | null;
  readonly ownFault: readonly Own[];
  readonly stay: Distribution | null;
  readonly stayCourse: Course | null;
  /** Share of the nodes that a rollout reboots. */
  readonly rolloutShare: number;
  readonly rolloutSteps: Steps | null;
}

const MEANS = ["flakyMean", "stableMean", "mtbf"] as const;
const NODE_TIMES = ["outage.mean", "outage.homeBlipMedian"];
const FARM_TIMES = ["outage.homeVisitMedian", "outage.dataCentreMedian", "hardware.homeMedian"];

/** Makes the laws of one kind of node after another; what is the same for several is made once. */
export function nodeLawsOf(
  variation: Variation,
): (country: Country, dataCentre: boolean, whom: Whom) => NodeLaws {
  const times = [false, true].map((dataCentre) =>
    remembered((outage: OutageValues) =>
      remembered((hardware: HardwareValues) => downTimes(outage, hardware, dataCentre)),
    ),
  );
  const interval = remembered(faultInterval);
  const residual = remembered(faultResidual);
  const stays = remembered(stay);
  return (country, dataCentre, whom) => {
    const values = variation.of(whom);
    const { failure, power, hardware, outage, update, churn } = values;
    const mtbf = variation.steps("hardware.mtbf", whom);
    const departure = variation.steps("churn.departure", whom);
    const boots = (interruptions: number): number =>
      interruptions * (1 - rideThrough(power, dataCentre)) +
      faultHazard(hardware) +
      rolloutHazard(update);
    // A node that leaves makes room for one that boots anew, which shows in the ages as a boot.
    const measured = boots(measuredInterruptionHazard(country)) + replacementHazard(failure);
    return {
      values,
      dataCentre,
      explained: boots(interruptionHazard(power, country)),
      measured,
      restCourse: restCourses(variation, whom, failure, measured),
      ownRest: variation.own(
        MEANS.map((name) => `failure.${name}`),
        whom,
      ),
      times: times[dataCentre ? 1 : 0](outage)(hardware),
      ownTimes: variation.own(NODE_TIMES, whom),
      farmTimes: variation.own(FARM_TIMES, whom),
      fault: hardware.faults ? interval(hardware) : null,
      faultFirst: hardware.faults ? residual(hardware) : null,
      faultCourse: courseOf([mtbf], (at) => valueAt(mtbf, at, 0) / hardware.mtbf),
      ownFault: variation.own(["hardware.mtbf"], whom),
      stay: stays(churn),
      stayCourse: courseOf([departure], (at) => {
        return 1 / departureHazard({ ...churn, departure: valueAt(departure, at, 0) });
      }),
      rolloutShare: update.share,
      rolloutSteps: variation.steps("update.share", whom),
    };
  };
}

/** Means between failures of nodes' own, over time; null where they stay. */
function restCourses(
  variation: Variation,
  whom: Whom,
  failure: FailureValues,
  measured: number,
): NodeLaws["restCourse"] {
  const course = (flaky: boolean): Course | null => {
    const name = failure.model === "exponential" ? "mtbf" : flaky ? "flakyMean" : "stableMean";
    const steps = variation.steps(`failure.${name}`, whom);
    return courseOf([steps], (at) => {
      const now = { ...failure, [name]: valueAt(steps, at, failure[name]) };
      return 1 / restHazard(now, flaky, measured);
    });
  };
  const both = [course(false), course(true)] as const;
  return both[0] === null && both[1] === null ? null : both;
}

/** The times that outages and repairs take; `mix` as for `outageLength`. */
function downTimes(
  outage: OutageValues,
  hardware: HardwareValues,
  dataCentre: boolean,
  mix?: typeof mixtureOnce,
): DownTimes {
  return {
    outage: outageLength(outage, dataCentre, mix),
    outageStill: residualOutage(outage, dataCentre),
    repair: repairLength(hardware, outage, dataCentre, mix),
    repairStill: residualRepair(hardware, outage, dataCentre),
  };
}

/** The times that the outages and repairs of one node take. */
export function timesOf(laws: NodeLaws, chance: Chance, high: number, low: number): DownTimes {
  if (laws.ownTimes.length + laws.farmTimes.length === 0) return laws.times;
  const ofFarm = withOwn(laws.values, laws.farmTimes, chance, high, 0);
  const { outage, hardware } = withOwn(ofFarm, laws.ownTimes, chance, high, low);
  return downTimes(outage, hardware, laws.dataCentre, mixtureOnce);
}

/** Mean seconds between failures of one node's own at the start; Infinity if none. */
export function restMeanOf(
  laws: NodeLaws,
  flaky: boolean,
  chance: Chance,
  cause: { readonly high: number; readonly low: number },
): number {
  const { failure } = withOwn(laws.values, laws.ownRest, chance, cause.high, cause.low);
  return 1 / restHazard(failure, flaky, laws.measured);
}

/** How many times longer than usual one server works between faults. */
export function faultFactor(laws: NodeLaws, chance: Chance, high: number, low: number): number {
  const [own] = laws.ownFault;
  return own === undefined ? 1 : ownValue(own, chance, high, low) / laws.values.hardware.mtbf;
}
