/**
 * Resource classes: contracts that are billed for the same are one class, and have one number.
 *
 * A class says everything that a bill depends on but the price, the discount and the time.
 *
 * Source: none of its own; what a class holds is what `cost.ts` asks for.
 */
import { bytes, cores, type Usd } from "../units/index.ts";
import type { Billable, Resources } from "./cost.ts";

/** What a contract is billed for, with its traffic: contracts with the same are one class. */
export interface ResourceClass {
  readonly kind: "node" | "rent" | "name";
  readonly cores: number;
  /** Bytes of memory, SSD and HDD; of the whole node for a rent contract. */
  readonly memory: number;
  readonly ssd: number;
  readonly hdd: number;
  readonly ips: number;
  /** True if the node is certified: the surcharge applies. */
  readonly certified: boolean;
  /** True if the resources are paid by a rent contract on the node. */
  readonly rented: boolean;
  /** Bytes of public traffic an hour while the node runs. */
  readonly trafficPerHour: number;
  /** Extra fee of the farmer, whole 1e-3 USD a month. */
  readonly extraFee: number;
}

/** A level of the index of classes: what comes next by one number. */
type Shelf<Next> = Map<number, Next>;

/** The classes met so far, in the order of their first meeting; shared by all tariffs. */
export interface ClassBook {
  readonly classes: ResourceClass[];
  /** Numbers of classes by shape, memory, SSD, HDD, traffic and fee. */
  readonly shelves: Shelf<Shelf<Shelf<Shelf<Shelf<Shelf<number>>>>>>;
}

/** A book without classes. */
export const classBook = (): ClassBook => ({ classes: [], shelves: new Map() });

/** The number of a class, new if the book has not met it. */
export function classNumber(book: ClassBook, cls: ResourceClass): number {
  const bySsd = shelf(shelf(book.shelves, shapeOf(cls)), cls.memory);
  const byFee = shelf(shelf(shelf(bySsd, cls.ssd), cls.hdd), cls.trafficPerHour);
  const known = byFee.get(cls.extraFee);
  if (known !== undefined) return known;
  const number = book.classes.length;
  book.classes.push(cls);
  byFee.set(cls.extraFee, number);
  return number;
}

/** More than the addresses of a contract. */
const ADDRESSES = 1_024;

/** Kind, certification, rent, cores and addresses as one number. */
function shapeOf(cls: ResourceClass): number {
  const kind = cls.kind === "node" ? 0 : cls.kind === "rent" ? 1 : 2;
  const flags = (kind << 2) | (cls.certified ? 2 : 0) | (cls.rented ? 1 : 0);
  return (cls.cores * ADDRESSES + cls.ips) * 16 + flags;
}

function shelf<Next>(shelves: Shelf<Map<number, Next>>, key: number): Map<number, Next> {
  let next = shelves.get(key);
  if (next === undefined) {
    next = new Map();
    shelves.set(key, next);
  }
  return next;
}

/** What a class has of a node. */
export const resourcesOf = (cls: ResourceClass): Resources => ({
  cru: cores(BigInt(cls.cores)),
  mru: bytes(BigInt(cls.memory)),
  sru: bytes(BigInt(cls.ssd)),
  hru: bytes(BigInt(cls.hdd)),
});

/** What a class is billed for, with traffic that was told in 1e-7 USD. */
export function billableOf(cls: ResourceClass, unbilled: Usd): Billable {
  switch (cls.kind) {
    case "node": {
      const { ips, rented } = cls;
      return { kind: "node", resources: resourcesOf(cls), ips: BigInt(ips), rented, unbilled };
    }
    case "rent":
      return { kind: "rent", capacity: resourcesOf(cls) };
    case "name":
      return { kind: "name" };
  }
}
