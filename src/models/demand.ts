/**
 * Demand: who deploys what, where, how large and for how long.
 *
 * Every user is a stream of deployments of its own; sizes come from a catalogue so that equal
 * workloads are one resource class. The catalogue's mean memory and disk per core are tilted to
 * what the grid measured in April 2023, since a data centre's sizes carry twice the memory.
 */
import { type Distribution, discrete, hyperexponential, ln } from "../kernel/index.ts";
import { block, type Values } from "../units/index.ts";

/** Kinds of workload, in the order of the shares of `assumptions.demand.mix`. */
export const WORKLOADS = [
  "vm",
  "kubernetes",
  "storage",
  "gateway",
  "rented",
  "gpu",
  "blockchain",
] as const;

/** Declared assumptions on demand. */
export const demandBlock = block("assumptions.demand", "Who deploys what, where and how long.", {
  rhythm: {
    kind: "text",
    default: "data/diurnal_demand_estimate.csv",
    range: null,
    quality: "estimate",
    date: "2026-11",
    source: "A-40",
    doc: "File of hourly demand factors by local hour, weekday and weekend.",
  },
  users: {
    kind: "number",
    default: "0.12",
    bounds: ["0", "1000"],
    range: ["0.03", "0.5"],
    quality: "estimate",
    date: "2023-04",
    source: "A-41",
    doc: "Users with a wallet, for each node of the fleet at the start.",
  },
  live: {
    kind: "number",
    default: "0.225",
    bounds: ["0", "1000"],
    range: ["0.19", "0.26"],
    quality: "fit",
    date: "2023-04",
    source: "grid_utilization.csv (forum 3291/53), cores used on 3 April 2023",
    doc: "Deployments that would be alive if none ended early, for each node at the start.",
  },
  mix: {
    kind: "numbers",
    default: [0.5, 0.06, 0.09, 0.1, 0.04, 0.01, 0.2],
    bounds: [0, 1],
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "A-42",
    doc: "Shares of new deployments: vm, kubernetes, storage, gateway, rented, gpu, blockchain.",
  },
  lifeWeights: {
    kind: "numbers",
    default: [0.25, 0.5, 0.25],
    bounds: [0, 1],
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json vm_lifetime.grid_note, A-43",
    doc: "Shares of short-lived (cloud-like), middling and long-lived deployments.",
  },
  lifeMiddle: {
    kind: "duration",
    default: "60 d",
    bounds: ["1 h", "3650 d"],
    range: ["30 d", "120 d"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json vm_lifetime.grid_note, A-43",
    doc: "Mean life of a middling deployment.",
  },
  lifeLong: {
    kind: "duration",
    default: "300 d",
    bounds: ["1 h", "3650 d"],
    range: ["180 d", "600 d"],
    quality: "estimate",
    date: "2023-04",
    source: "fitted.json vm_lifetime.grid_note, A-43",
    doc: "Mean life of a long-lived deployment.",
  },
  shortWeights: {
    kind: "numbers",
    default: [0.701, 0.16, 0.059, 0.08],
    bounds: [0, 1],
    range: null,
    quality: "fit",
    date: "2019",
    source: "fitted.json vm_lifetime (Azure public dataset V2)",
    doc: "Weights of the four exponential parts of a cloud-like life.",
  },
  shortMeans: {
    kind: "numbers",
    default: [0.61, 8.11, 71.84, 720],
    bounds: [0, 87_600],
    range: null,
    quality: "fit",
    date: "2019",
    source: "fitted.json vm_lifetime (Azure public dataset V2); last part cut to a month, A-43",
    doc: "Mean hours of the four exponential parts of a cloud-like life.",
  },
  cores: {
    kind: "numbers",
    default: [1, 2, 4, 8, 16, 24],
    bounds: [1, 256],
    range: null,
    quality: "fit",
    date: "2019",
    source: "fitted.json vm_cores (Azure public dataset V2)",
    doc: "Cores a machine can ask for.",
  },
  coreWeights: {
    kind: "numbers",
    default: [0.3, 0.29, 0.31, 0.07, 0.02, 0.01],
    bounds: [0, 1],
    range: null,
    quality: "fit",
    date: "2019",
    source: "fitted.json vm_cores (Azure public dataset V2)",
    doc: "Shares of those numbers of cores.",
  },
  memoryPerCore: {
    kind: "numbers",
    default: [0.5, 1, 2, 4],
    bounds: [0, 64],
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "A-44",
    doc: "GiB of memory for each core a machine asks for.",
  },
  memoryWeights: {
    kind: "numbers",
    default: [0.27, 0.37, 0.27, 0.09],
    bounds: [0, 1],
    range: null,
    quality: "fit",
    date: "2023-04",
    source: "grid_utilization.csv (forum 3291/53), memory used for each core used",
    doc: "Shares of those sizes of memory.",
  },
  disk: {
    kind: "numbers",
    default: [10, 25, 50, 100, 250, 500],
    bounds: [0, 100_000],
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "A-44",
    doc: "GiB of SSD a machine can ask for.",
  },
  diskWeights: {
    kind: "numbers",
    default: [0.25, 0.27, 0.2, 0.15, 0.085, 0.045],
    bounds: [0, 1],
    range: null,
    quality: "fit",
    date: "2023-04",
    source: "grid_utilization.csv (forum 3291/53), SSD used for each core used",
    doc: "Shares of those sizes of disk.",
  },
  archive: {
    kind: "numbers",
    default: [10, 25, 50, 100],
    bounds: [0, 100_000],
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "A-44",
    doc: "GiB of HDD a storage deployment can ask for, each as likely.",
  },
  publicIps: {
    kind: "numbers",
    default: [0.12, 0.3, 0, 0, 0.3, 0.3, 0.4],
    bounds: [0, 1],
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "A-45",
    doc: "Share of each kind of workload that asks for one public IPv4 address.",
  },
  traffic: {
    kind: "numbers",
    default: [10, 100, 1000],
    bounds: [0, 1_000_000],
    range: null,
    quality: "estimate",
    date: "2023-04",
    source: "A-46",
    doc: "MB of public traffic an hour of a machine that has any, each as likely.",
  },
  nearby: {
    kind: "share",
    default: "30 %",
    bounds: ["0 %", "100 %"],
    range: ["10 %", "60 %"],
    quality: "estimate",
    date: "2023-04",
    source: "A-47",
    doc: "Deployments that ask for a node in the user's own country first.",
  },
  certified: {
    kind: "share",
    default: "5 %",
    bounds: ["0 %", "100 %"],
    range: ["0 %", "20 %"],
    quality: "estimate",
    date: "2023-04",
    source: "A-48",
    doc: "Deployments that ask for a certified node first.",
  },
  gpuFee: {
    kind: "money",
    default: "50 USD",
    bounds: ["0 USD", "100000 USD"],
    range: ["20 USD", "200 USD"],
    quality: "estimate",
    date: "2023-04",
    source: "A-49",
    doc: "Extra fee that a farmer takes each month for a rented node with a graphics card.",
  },
  spread: {
    kind: "number",
    default: "1",
    bounds: ["0", "3"],
    range: ["0.5", "1.5"],
    quality: "estimate",
    date: "2023-04",
    source: "A-41",
    doc: "Spread (sigma of a lognormal) of how much a user deploys.",
  },
});

type Demand = Values<typeof demandBlock>;

/** What a deployment asks for of one node. */
export interface Ask {
  readonly cores: number;
  readonly memoryGib: number;
  readonly ssdGib: number;
  readonly hddGib: number;
}

/** The distributions that demand draws from, made once a run. */
export interface DemandLaws {
  readonly workload: Distribution;
  /** Life of a deployment by workload. */
  readonly life: readonly LifeLaw[];
  readonly cores: Distribution;
  readonly memoryPerCore: Distribution;
  readonly disk: Distribution;
  readonly archive: Distribution;
  readonly traffic: Distribution;
}

/** A life as it is planned: a mixture of exponentials. */
export interface LifeLaw {
  readonly whole: Distribution;
  readonly weights: readonly number[];
  /** Seconds. */
  readonly means: readonly number[];
}

const HOUR = 3600;

/** Makes the distributions of demand from the declared values. */
export function demandLaws(values: Demand): DemandLaws {
  const even = (list: readonly number[]): number[] => list.map(() => 1 / list.length);
  const ordinary = lifeLaw(values, false);
  const long = lifeLaw(values, true);
  return {
    workload: discrete(
      values.mix.map((_, at) => at),
      values.mix,
    ),
    life: WORKLOADS.map((kind) => (LONG_LIVED.has(kind) ? long : ordinary)),
    cores: discrete(values.cores, values.coreWeights),
    memoryPerCore: discrete(values.memoryPerCore, values.memoryWeights),
    disk: discrete(values.disk, values.diskWeights),
    archive: discrete(values.archive, even(values.archive)),
    traffic: discrete(values.traffic, even(values.traffic)),
  };
}

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
 * Mean seconds that a deployment really lives, if at a constant hazard it ends before its plan.
 *
 * With rate times this many are alive at once, and each part of the mixture by its own share.
 */
export function livedMean({ weights, means }: LifeLaw, hazard: number): number {
  let sum = 0;
  for (let part = 0; part < means.length; part++) sum += weights[part] / (1 / means[part] + hazard);
  return sum;
}

/** Planned seconds left of a deployment met alive at random, by one uniform, under that hazard. */
export function lifeLeft(law: LifeLaw, hazard: number, u: number): number {
  const { weights, means } = law;
  let rest = u * livedMean(law, hazard);
  for (let part = 0; part < means.length; part++) {
    const share = weights[part] / (1 / means[part] + hazard);
    if (rest < share || part === means.length - 1)
      return -ln(1 - Math.min(rest / share, 1 - 1e-12)) * means[part];
    rest -= share;
  }
  return 0;
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
