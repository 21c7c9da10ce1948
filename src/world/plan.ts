/**
 * Plans: what one deployment consists of, drawn from (user, ordinal) alone.
 *
 * A plan can be drawn again at any time and is the same, so nothing of it has to be kept.
 */
import { type Distribution, streamId } from "../kernel/index.ts";
import { type SizeLaws, WORKLOADS } from "../models/index.ts";
import { Kind } from "../protocol/index.ts";
import { GIB } from "../units/index.ts";
import { NONE } from "./contract.ts";
import type { Wish } from "./placement.ts";
import type { World } from "./state.ts";
import { lawsOfUser, USER } from "./user.ts";

const STREAM = {
  workload: streamId("deploy.workload"),
  life: streamId("deploy.life"),
  size: streamId("deploy.size"),
  moves: streamId("deploy.moves"),
  nearby: streamId("deploy.nearby"),
  certified: streamId("deploy.certified"),
  ip: streamId("deploy.ip"),
  traffic: streamId("deploy.traffic"),
} as const;

const BYTES_PER_MB = 1_000_000;
const SECONDS_PER_HOUR = 3600;

/** One contract of a plan. */
export interface Part {
  readonly kind: number;
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
  readonly ssd: number;
  readonly hdd: number;
  readonly ips: number;
  readonly trafficPerSecond: number;
  /** Paid by a rent contract of the same deployment. */
  readonly rented: boolean;
  /** Whole 1e-3 USD a month for the farmer. */
  readonly extraFee: number;
  /** What it asks of a node; null where it needs none of its own. */
  readonly wish: Wish | null;
  /** True if it goes onto the node of the first part. */
  readonly onFirst: boolean;
}

/** What a deployment consists of. */
export interface Plan {
  readonly workload: number;
  /** Seconds it shall live. */
  readonly life: number;
  readonly moves: boolean;
  readonly parts: readonly Part[];
}

/** What every part of a deployment asks of its node alike. */
type Base = Pick<Wish, "certified" | "country" | "not">;

/** What one part asks; all in one shape, which is not copied from another's. */
const wishOf = (
  { certified, country, not }: Base,
  { cores, memory, ssd, hdd, ips }: Pick<Wish, "cores" | "memory" | "ssd" | "hdd" | "ips">,
  asks: "share" | "rent" | "gpu",
): Wish => ({
  cores,
  memory,
  ssd,
  hdd,
  ips,
  rent: asks !== "share",
  gpu: asks === "gpu",
  gateway: false,
  certified,
  country,
  not,
});

type Draw = (stream: number, number: number) => number;

/** What is settled before a plan is drawn: its workload, and a node it must not go to. */
interface Settled {
  readonly workload?: number;
  readonly not?: number;
}

/** Draws the plan of a user's deployment. */
export function plan(world: World, user: number, ordinal: number, settled: Settled = {}): Plan {
  const { chance } = world;
  const { demand, byWorkload } = lawsOfUser(world, user);
  const draw: Draw = (stream, number) => chance.uniform(stream, user, ordinal, number);
  const workload = settled.workload ?? demand.workload.quantile(draw(STREAM.workload, 0));
  const { nearby: near, certified } = demand.values[workload];
  const nearby = draw(STREAM.nearby, 0) < near;
  const base: Base = {
    certified: draw(STREAM.certified, 0) < certified,
    country: nearby ? world.users.country[user * USER] : NONE,
    not: settled.not ?? NONE,
  };
  return {
    workload,
    life: Math.ceil(demand.life[workload].whole.quantile(draw(STREAM.life, 0))),
    moves: draw(STREAM.moves, 0) < byWorkload[workload].redeploy.share,
    parts: partsOf(world, { user, workload }, base, draw),
  };
}

function partsOf(
  world: World,
  { user, workload }: { readonly user: number; readonly workload: number },
  base: Base,
  draw: Draw,
): readonly Part[] {
  const { values, demand } = lawsOfUser(world, user);
  const size = demand.size[workload];
  const machine = (number: number, ip: boolean): Part =>
    virtualMachine(size, base, draw, number, ip);
  const ip = draw(STREAM.ip, 0) < values.demand.publicIps[workload];
  switch (WORKLOADS[workload]) {
    case "vm":
    case "blockchain":
      return [machine(0, ip)];
    case "kubernetes": {
      const workers = 1 + Math.floor(3 * draw(STREAM.size, 100));
      const parts = [machine(0, ip)];
      for (let worker = 1; worker <= workers; worker++) parts.push(machine(worker, false));
      return parts;
    }
    case "storage":
      return [archive(demand.archive, base, draw)];
    case "gateway":
      return [machine(0, false), gateway(size, base, draw), name()];
    case "rented":
      return rented(machine(0, ip), base, 0, "rent");
    case "gpu":
      return rented(machine(0, ip), base, gpuFee(world), "gpu");
  }
}

function virtualMachine(size: SizeLaws, base: Base, draw: Draw, number: number, ip: boolean): Part {
  const cores = size.cores.quantile(draw(STREAM.size, number * 4));
  const perCore = size.memoryPerCore.quantile(draw(STREAM.size, number * 4 + 1));
  const memory = Math.max(cores * perCore, 0.5) * GIB;
  const ssd = size.disk.quantile(draw(STREAM.size, number * 4 + 2)) * GIB;
  const ips = ip ? 1 : 0;
  return {
    kind: Kind.node,
    cores,
    memory,
    ssd,
    hdd: 0,
    ips,
    trafficPerSecond: ip ? traffic(size, draw, number) : 0,
    rented: false,
    extraFee: 0,
    wish: wishOf(base, { cores, memory, ssd, hdd: 0, ips }, "share"),
    onFirst: false,
  };
}

/** Whole bytes of public traffic a second. */
function traffic(size: SizeLaws, draw: Draw, number: number): number {
  const megabytes = size.traffic.quantile(draw(STREAM.traffic, number));
  return Math.floor((megabytes * BYTES_PER_MB) / SECONDS_PER_HOUR);
}

/** A store of the quantum-safe file system: one core and one GiB before a disk. */
function archive(law: Distribution, base: Base, draw: Draw): Part {
  const hdd = law.quantile(draw(STREAM.size, 0)) * GIB;
  const size = { cores: 1, memory: GIB, ssd: 10 * GIB, hdd, ips: 0 };
  return {
    kind: Kind.node,
    cores: size.cores,
    memory: size.memory,
    ssd: size.ssd,
    hdd,
    ips: 0,
    trafficPerSecond: 0,
    rented: false,
    extraFee: 0,
    wish: wishOf(base, size, "share"),
    onFirst: false,
  };
}

/** A web gateway holds nothing of its node but carries the traffic. */
function gateway(size: SizeLaws, base: Base, draw: Draw): Part {
  return {
    kind: Kind.node,
    cores: 0,
    memory: 0,
    ssd: 0,
    hdd: 0,
    ips: 0,
    trafficPerSecond: traffic(size, draw, 1),
    rented: false,
    extraFee: 0,
    wish: {
      ...wishOf(base, { cores: 0, memory: 0, ssd: 0, hdd: 0, ips: 0 }, "share"),
      country: NONE,
      certified: false,
      gateway: true,
    },
    onFirst: false,
  };
}

const name = (): Part => ({
  kind: Kind.name,
  cores: 0,
  memory: 0,
  ssd: 0,
  hdd: 0,
  ips: 0,
  trafficPerSecond: 0,
  rented: false,
  extraFee: 0,
  wish: null,
  onFirst: false,
});

/** A whole node, and a machine on it that pays only for its address and traffic. */
function rented(
  machine: Part,
  base: Base,
  extraFee: number,
  asks: "rent" | "gpu",
): readonly Part[] {
  const wish = wishOf(base, machine, asks);
  const whole: Part = { ...name(), kind: Kind.rent, extraFee, wish };
  return [whole, { ...machine, rented: true, wish: null, onFirst: true }];
}

/** Whole 1e-3 USD a month that a farmer takes for a node with a graphics card. */
const gpuFee = (world: World): number => Math.round(world.setup.assumptions.demand.gpuFee * 1000);
