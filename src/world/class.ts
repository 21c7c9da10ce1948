/**
 * Classes: which resource class a contract is billed as, with its traffic and without.
 */
import { classNumber, Kind, type ResourceClass } from "../protocol/index.ts";
import { NONE } from "./contract.ts";
import type { Part } from "./plan.ts";
import type { World } from "./state.ts";

const KINDS = ["node", "rent", "name"] as const;
const SECONDS_PER_HOUR = 3600;

/** The classes of a part on a node; a rent contract is billed for the whole machine. */
export function classesOf(
  world: World,
  part: Part,
  node: number,
): { readonly busyClass: number; readonly idleClass: number } {
  const { nodes } = world.fleet;
  const whole = part.kind === Kind.rent;
  const idle: ResourceClass = {
    kind: KINDS[part.kind],
    cores: whole ? nodes.cru[node] : part.cores,
    memory: whole ? nodes.mru[node] : part.memory,
    ssd: whole ? nodes.sru[node] : part.ssd,
    hdd: whole ? nodes.hru[node] : part.hdd,
    ips: part.ips,
    certified: node !== NONE && nodes.certified[node] === 1,
    rented: part.rented,
    trafficPerHour: 0,
    extraFee: part.extraFee,
  };
  const idleClass = classNumber(world.token.classes, idle);
  if (part.trafficPerSecond === 0) return { busyClass: idleClass, idleClass };
  const trafficPerHour = part.trafficPerSecond * SECONDS_PER_HOUR;
  return {
    busyClass: classNumber(world.token.classes, { ...idle, trafficPerHour }),
    idleClass,
  };
}
