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

/** The classes met so far, in the order of their first meeting; shared by all tariffs. */
export interface ClassBook {
  readonly classes: ResourceClass[];
  /** An index of them: numbers of classes plus 1 where their hash or a step behind it says. */
  slots: Int32Array;
}

/** Slots of a new book; a power of two, at least twice as many as classes. */
const SLOTS_LEAST = 64;

/** A book without classes. */
export const classBook = (): ClassBook => ({ classes: [], slots: new Int32Array(SLOTS_LEAST) });

/** The number of a class, new if the book has not met it; a new one is kept as a copy. */
export function classNumber(book: ClassBook, cls: ResourceClass): number {
  const at = slotOf(book, cls);
  if (book.slots[at] > 0) return book.slots[at] - 1;
  const number = book.classes.length;
  book.classes.push({ ...cls });
  book.slots[at] = number + 1;
  if (2 * book.classes.length > book.slots.length) {
    book.slots = new Int32Array(book.slots.length * 2);
    for (const [one, known] of book.classes.entries()) book.slots[slotOf(book, known)] = one + 1;
  }
  return number;
}

/** Where a class is, or would be. */
function slotOf({ classes, slots }: ClassBook, cls: ResourceClass): number {
  const mask = slots.length - 1;
  let at = hashOf(cls) & mask;
  while (slots[at] > 0 && !isSame(classes[slots[at] - 1], cls)) at = (at + 1) & mask;
  return at;
}

const isSame = (one: ResourceClass, other: ResourceClass): boolean =>
  one.memory === other.memory &&
  one.ssd === other.ssd &&
  one.hdd === other.hdd &&
  one.trafficPerHour === other.trafficPerHour &&
  one.cores === other.cores &&
  one.ips === other.ips &&
  one.extraFee === other.extraFee &&
  one.certified === other.certified &&
  one.rented === other.rented &&
  one.kind === other.kind;

/** Sizes in bytes are round, so the bits above the lowest ones tell them apart. */
function hashOf(cls: ResourceClass): number {
  let hash = cls.cores * 4 + (cls.certified ? 2 : 0) + (cls.rented ? 1 : 0);
  hash = mix(hash, cls.memory / 1_048_576);
  hash = mix(hash, cls.ssd / 1_048_576);
  hash = mix(hash, cls.hdd / 1_048_576);
  hash = mix(hash, cls.trafficPerHour);
  hash = mix(hash, cls.ips + cls.extraFee);
  return hash ^ (hash >>> 15);
}

const mix = (hash: number, part: number): number =>
  Math.imul(hash ^ (part | 0) ^ (hash >>> 13), 0x9e37_79b1);

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
