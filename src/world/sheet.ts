/**
 * Sheets: what plans are written on, one over the other, so that drawing one makes nothing new.
 *
 * A plan is read at once and then of no use, since it can be drawn again. Whoever reads several
 * side by side takes a sheet for each from a block of them, and gives all back together.
 */
import { Kind } from "../protocol/index.ts";
import { NONE } from "./contract.ts";

/** What a part of a deployment asks of a node, in base units. */
export interface Wish {
  readonly cores: number;
  readonly memory: number;
  readonly ssd: number;
  readonly hdd: number;
  readonly ips: number;
  /** A whole node for rent; with a graphics card; that serves as a web gateway. */
  readonly rent: boolean;
  readonly gpu: boolean;
  readonly gateway: boolean;
  readonly certified: boolean;
  /** Country to look in first; -1 for anywhere. */
  readonly country: number;
  /** A node that must not be taken (the one that failed); -1 for none. */
  readonly not: number;
}

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

/** The most parts of one deployment: a cluster of four machines. */
const PARTS_MOST = 4;
/** A size in bytes, so that an engine holds fields of sizes as what they mostly are. */
const SOME_SIZE = 0.5;

/** Sizes to be written over, which a part has and a wish asks for. */
class SizeSheet {
  cores = SOME_SIZE;
  memory = SOME_SIZE;
  ssd = SOME_SIZE;
  hdd = SOME_SIZE;
  ips = 0;

  /** Takes sizes over. */
  measure(of: Pick<Wish, "cores" | "memory" | "ssd" | "hdd" | "ips">): void {
    this.cores = of.cores;
    this.memory = of.memory;
    this.ssd = of.ssd;
    this.hdd = of.hdd;
    this.ips = of.ips;
  }
}

/** What a part asks of its node, to be written over. */
export class WishSheet extends SizeSheet implements Wish {
  rent = false;
  gpu = false;
  gateway = false;
  certified = false;
  country = NONE;
  not = NONE;

  /** Asks the same as another wish. */
  copy(wish: Wish): this {
    this.measure(wish);
    this.rent = wish.rent;
    this.gpu = wish.gpu;
    this.gateway = wish.gateway;
    this.certified = wish.certified;
    this.country = wish.country;
    this.not = wish.not;
    return this;
  }
}

/** A part of a plan, to be written over. */
export class PartSheet extends SizeSheet implements Part {
  kind: number = Kind.node;
  trafficPerSecond = SOME_SIZE;
  rented = false;
  extraFee = 0;
  /** Its own wish where it asks anything of a node. */
  wish: WishSheet | null = null;
  onFirst = false;
  readonly own = new WishSheet();
}

/** What a deployment consists of, to be written over. */
export class Sheet {
  /** Whose it is, which says all draws, and what all of its parts ask alike. */
  user = 0;
  ordinal = 0;
  certified = false;
  country = NONE;
  not = NONE;
  /** What was drawn last; a number in an array is no object of its own. */
  readonly drawn = new Float64Array(2);
  workload = 0;
  /** Seconds it shall live, and whether its tenant moves it off a node that stays away. */
  life = SOME_SIZE;
  moves = false;
  parts: readonly PartSheet[];
  /** The nodes that its parts are to go to, and the choice of one. */
  readonly nodes = new Int32Array(PARTS_MOST);
  readonly choice = { user: 0, ordinal: 0, number: 0 };
  /** A wish of it that asks for less than it did. */
  readonly relaxed = new WishSheet();
  /** The first parts, by how many. */
  readonly #first: readonly (readonly PartSheet[])[];

  constructor() {
    const all = Array.from({ length: PARTS_MOST }, () => new PartSheet());
    this.#first = Array.from({ length: PARTS_MOST + 1 }, (_, count) => all.slice(0, count));
    this.parts = this.#first[0];
  }

  /** It now has so many parts, which are to be written. */
  hold(count: number): readonly PartSheet[] {
    this.parts = this.#first[count];
    return this.parts;
  }
}

/** A block of sheets. */
export class SheetBlock {
  readonly #sheets: Sheet[] = [];
  #taken = 0;

  /** A sheet that nobody else reads. */
  take(): Sheet {
    if (this.#taken === this.#sheets.length) this.#sheets.push(new Sheet());
    this.#taken += 1;
    return this.#sheets[this.#taken - 1];
  }

  /** A sheet that was taken is kept by whoever has it, and leaves the block. */
  lose(sheet: Sheet): void {
    this.#sheets[this.#sheets.indexOf(sheet)] = new Sheet();
  }

  /** All sheets may be written over. */
  giveBack(): void {
    this.#taken = 0;
  }
}
