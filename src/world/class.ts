/**
 * Classes: which resource class a contract is billed as, with its traffic and without.
 */
import { classNumber, Kind, type ResourceClass } from "../protocol/index.ts";
import { NONE } from "./contract.ts";
import { ROOM, Room, Trait } from "./room.ts";
import type { Part } from "./sheet.ts";
import type { World } from "./state.ts";

const KINDS = ["node", "rent", "name"] as const;
const SECONDS_PER_HOUR = 3600;

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What is asked for: one object again and again, of which the book keeps copies. */
const ASKED: Writable<ResourceClass> = {
  kind: "node",
  cores: 0,
  memory: 0,
  ssd: 0,
  hdd: 0,
  ips: 0,
  certified: false,
  rented: false,
  trafficPerHour: 0,
  extraFee: 0,
};

/** The class of a part on a node with some traffic; a rent contract is billed for the whole. */
export function classOf(world: World, part: Part, node: number, trafficPerSecond: number): number {
  const { nodes } = world.fleet;
  const whole = part.kind === Kind.rent;
  ASKED.kind = KINDS[part.kind];
  ASKED.cores = whole ? nodes.cru[node] : part.cores;
  ASKED.memory = whole ? nodes.mru[node] : part.memory;
  ASKED.ssd = whole ? nodes.sru[node] : part.ssd;
  ASKED.hdd = whole ? nodes.hru[node] : part.hdd;
  ASKED.ips = part.ips;
  ASKED.certified =
    node !== NONE && (nodes.room.rows[node * ROOM + Room.traits] & Trait.certified) !== 0;
  ASKED.rented = part.rented;
  ASKED.extraFee = part.extraFee;
  ASKED.trafficPerHour = trafficPerSecond * SECONDS_PER_HOUR;
  return classNumber(world.token.classes, ASKED);
}
