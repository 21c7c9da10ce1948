/**
 * Plans: what one deployment consists of, drawn from (user, ordinal) alone.
 *
 * A plan can be drawn again at any time and is the same, so nothing of it has to be kept.
 */
import { type Distribution, streamId } from "../kernel/index.ts";
import { type DemandLaws, type SizeLaws, WORKLOADS } from "../models/index.ts";
import { Kind } from "../protocol/index.ts";
import { GIB } from "../units/index.ts";
import { NONE } from "./contract.ts";
import type { PartSheet, Sheet, WishSheet } from "./sheet.ts";
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

/** A uniform of a deployment. */
function draw({ chance }: World, of: Sheet, stream: number, number: number): number {
  chance.pair(of.drawn, stream, of.user, of.ordinal, number);
  return of.drawn[0];
}

/**
 * Draws the plan of a user's deployment onto a sheet, and answers the sheet. What may be settled
 * before: its workload, and a node that it must not go to.
 */
export function plan(
  world: World,
  user: number,
  ordinal: number,
  sheet: Sheet,
  settled: number = NONE,
  not: number = NONE,
): Sheet {
  const { demand, byWorkload } = lawsOfUser(world, user);
  sheet.user = user;
  sheet.ordinal = ordinal;
  const workload =
    settled === NONE ? demand.workload.quantile(draw(world, sheet, STREAM.workload, 0)) : settled;
  const { nearby, certified } = demand.values[workload];
  const near = draw(world, sheet, STREAM.nearby, 0) < nearby;
  sheet.certified = draw(world, sheet, STREAM.certified, 0) < certified;
  sheet.country = near ? world.users.country[user * USER] : NONE;
  sheet.not = not;
  sheet.workload = workload;
  const life = draw(world, sheet, STREAM.life, 0);
  sheet.life = Math.ceil(demand.life[workload].whole.quantile(life));
  sheet.moves = draw(world, sheet, STREAM.moves, 0) < byWorkload[workload].redeploy.share;
  drawParts(world, sheet, demand);
  return sheet;
}

function drawParts(world: World, sheet: Sheet, demand: DemandLaws): void {
  const { workload } = sheet;
  const size = demand.size[workload];
  const { publicIps } = lawsOfUser(world, sheet.user).values.demand;
  const ip = draw(world, sheet, STREAM.ip, 0) < publicIps[workload];
  switch (WORKLOADS[workload]) {
    case "vm":
    case "blockchain":
      machine(world, sheet, sheet.hold(1)[0], size, 0, ip);
      return;
    case "kubernetes": {
      const parts = sheet.hold(2 + Math.floor(3 * draw(world, sheet, STREAM.size, 100)));
      for (let at = 0; at < parts.length; at++)
        machine(world, sheet, parts[at], size, at, ip && at === 0);
      return;
    }
    case "storage":
      archive(world, sheet, sheet.hold(1)[0], demand.archive);
      return;
    case "gateway": {
      const parts = sheet.hold(3);
      machine(world, sheet, parts[0], size, 0, false);
      gateway(world, sheet, parts[1], size);
      blank(parts[2], Kind.name);
      return;
    }
    case "rented":
      rented(world, sheet, size, ip, false);
      return;
    case "gpu":
      rented(world, sheet, size, ip, true);
  }
}

/** A part that has nothing and asks nothing. */
function blank(part: PartSheet, kind: number): void {
  part.kind = kind;
  part.cores = 0;
  part.memory = 0;
  part.ssd = 0;
  part.hdd = 0;
  part.ips = 0;
  part.trafficPerSecond = 0;
  part.rented = false;
  part.extraFee = 0;
  part.wish = null;
  part.onFirst = false;
}

/** A part asks of its node what another part, mostly itself, has. */
function ask(sheet: Sheet, part: PartSheet, size: PartSheet): WishSheet {
  const { own } = part;
  own.measure(size);
  own.rent = false;
  own.gpu = false;
  own.gateway = false;
  own.certified = sheet.certified;
  own.country = sheet.country;
  own.not = sheet.not;
  part.wish = own;
  return own;
}

function machine(
  world: World,
  sheet: Sheet,
  part: PartSheet,
  size: SizeLaws,
  number: number,
  ip: boolean,
): void {
  blank(part, Kind.node);
  part.cores = size.cores.quantile(draw(world, sheet, STREAM.size, number * 4));
  const perCore = size.memoryPerCore.quantile(draw(world, sheet, STREAM.size, number * 4 + 1));
  part.memory = Math.max(part.cores * perCore, 0.5) * GIB;
  part.ssd = size.disk.quantile(draw(world, sheet, STREAM.size, number * 4 + 2)) * GIB;
  if (ip) {
    part.ips = 1;
    part.trafficPerSecond = traffic(world, sheet, size, number);
  }
  ask(sheet, part, part);
}

/** Whole bytes of public traffic a second. */
function traffic(world: World, sheet: Sheet, size: SizeLaws, number: number): number {
  const megabytes = size.traffic.quantile(draw(world, sheet, STREAM.traffic, number));
  return Math.floor((megabytes * BYTES_PER_MB) / SECONDS_PER_HOUR);
}

/** A store of the quantum-safe file system: one core and one GiB before a disk. */
function archive(world: World, sheet: Sheet, part: PartSheet, law: Distribution): void {
  blank(part, Kind.node);
  part.cores = 1;
  part.memory = GIB;
  part.ssd = 10 * GIB;
  part.hdd = law.quantile(draw(world, sheet, STREAM.size, 0)) * GIB;
  ask(sheet, part, part);
}

/** A web gateway holds nothing of its node but carries the traffic. */
function gateway(world: World, sheet: Sheet, part: PartSheet, size: SizeLaws): void {
  blank(part, Kind.node);
  part.trafficPerSecond = traffic(world, sheet, size, 1);
  const wish = ask(sheet, part, part);
  wish.country = NONE;
  wish.certified = false;
  wish.gateway = true;
}

/** A whole node, and a machine on it that pays only for its address and traffic. */
function rented(world: World, sheet: Sheet, size: SizeLaws, ip: boolean, gpu: boolean): void {
  const [whole, inside] = sheet.hold(2);
  machine(world, sheet, inside, size, 0, ip);
  blank(whole, Kind.rent);
  const wish = ask(sheet, whole, inside);
  wish.rent = true;
  wish.gpu = gpu;
  if (gpu) whole.extraFee = gpuFee(world);
  inside.rented = true;
  inside.wish = null;
  inside.onFirst = true;
}

/** Whole 1e-3 USD a month that a farmer takes for a node with a graphics card. */
const gpuFee = (world: World): number => Math.round(world.setup.assumptions.demand.gpuFee * 1000);
