/**
 * The laws of demand: the distributions that its values stand for.
 */
import { type Distribution, discrete, hyperexponential, ln } from "../kernel/index.ts";
import type { Values } from "../units/index.ts";
import { type demandBlock, WORKLOADS } from "./demand.ts";

type Demand = Values<typeof demandBlock>;

/** What a deployment asks for of one node. */
export interface Ask {
  readonly cores: number;
  readonly memoryGib: number;
  readonly ssdGib: number;
  readonly hddGib: number;
}

/** How large the machines of a workload are, and how much they send. */
export interface SizeLaws {
  readonly cores: Distribution;
  readonly memoryPerCore: Distribution;
  readonly disk: Distribution;
  readonly traffic: Distribution;
}

/** The distributions that demand draws from, made once a run. */
export interface DemandLaws {
  readonly workload: Distribution;
  /** By workload: the values, the life of a deployment, and its size. */
  readonly values: readonly Demand[];
  readonly life: readonly LifeLaw[];
  readonly size: readonly SizeLaws[];
  readonly archive: Distribution;
}

/** A life as it is planned: a mixture of exponentials. */
export interface LifeLaw {
  readonly whole: Distribution;
  readonly weights: readonly number[];
  /** Seconds. */
  readonly means: readonly number[];
}

const HOUR = 3600;

const even = (list: readonly number[]): number[] => list.map(() => 1 / list.length);

/**
 * Makes the distributions of demand from the declared values, of which each workload may have its
 * own; workloads with the same values share their laws.
 */
export function demandLaws(
  values: Demand,
  of: (workload: (typeof WORKLOADS)[number]) => Demand = () => values,
): DemandLaws {
  const size = remembered(sizeLaws);
  const ordinary = remembered((own: Demand) => lifeLaw(own, false));
  const long = remembered((own: Demand) => lifeLaw(own, true));
  return {
    workload: discrete(
      values.mix.map((_, at) => at),
      values.mix,
    ),
    values: WORKLOADS.map(of),
    life: WORKLOADS.map((kind) => (LONG_LIVED.has(kind) ? long : ordinary)(of(kind))),
    size: WORKLOADS.map((kind) => size(of(kind))),
    archive: discrete(values.archive, even(values.archive)),
  };
}

/** The same function, which makes each thing once. */
export function remembered<Key, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const known = new Map<Key, Made>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}

const sizeLaws = (values: Demand): SizeLaws => ({
  cores: discrete(values.cores, values.coreWeights),
  memoryPerCore: discrete(values.memoryPerCore, values.memoryWeights),
  disk: discrete(values.disk, values.diskWeights),
  traffic: discrete(values.traffic, even(values.traffic)),
});

/** Workloads that nobody takes for an hour. */
const LONG_LIVED: ReadonlySet<string> = new Set(["storage", "rented", "gpu", "blockchain"]);

function lifeLaw(values: Demand, longLived: boolean): LifeLaw {
  const [short, middle, long] = longLived ? [0, 0.5, 0.5] : values.lifeWeights;
  const weights = [...values.shortWeights.map((weight) => weight * short), middle, long];
  const means = [
    ...values.shortMeans.map((hours) => hours * HOUR),
    values.lifeMiddle,
    values.lifeLong,
  ];
  const kept = weights
    .map((weight, at) => ({ weight, mean: means[at] }))
    .filter((p) => p.weight > 0);
  const law = { weights: kept.map((part) => part.weight), means: kept.map((part) => part.mean) };
  return { ...law, whole: hyperexponential(law.weights, law.means) };
}

/**
 * Seconds since the beginning of a deployment that is met alive at a random moment, and seconds
 * that are left of its plan, by three uniforms: long lives are met more often, and exponential ones
 * have no memory.
 */
export function lifeMet(
  { weights, means, whole }: LifeLaw,
  [which, before, after]: readonly [which: number, before: number, after: number],
): { readonly age: number; readonly left: number } {
  let rest = which * whole.mean;
  let part = 0;
  while (part < means.length - 1 && rest >= weights[part] * means[part]) {
    rest -= weights[part] * means[part];
    part += 1;
  }
  return { age: -ln(before) * means[part], left: -ln(after) * means[part] };
}

/** Mean life in seconds over the mix of workloads. */
export function meanLife(values: Demand, laws: DemandLaws): number {
  let sum = 0;
  let weight = 0;
  for (let at = 0; at < laws.life.length; at++) {
    sum += values.mix[at] * laws.life[at].whole.mean;
    weight += values.mix[at];
  }
  return sum / weight;
}
