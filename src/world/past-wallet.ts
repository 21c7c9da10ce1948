/**
 * The wallet of a user's past: how far it is filled when the run starts.
 *
 * Before the run nothing is billed contract by contract: money runs off evenly at the discounts
 * that each contract has, from one beginning, end, look, or change of a discount to the next. Who
 * has run dry owes for the time since, and has lost everything when the grace is over.
 */
import { ln, streamId } from "../kernel/index.ts";
import { dryHazard } from "../models/index.ts";
import { Kind, type Tariff } from "../protocol/index.ts";
import { UNITS_PER_TOKEN } from "../units/index.ts";
import { classOf } from "./class.ts";
import { NONE } from "./contract.ts";
import { type Bygone, lookOf, meanLook, type Past } from "./past.ts";
import type { World } from "./state.ts";
import { USER, walletOf } from "./user.ts";

const STREAM = {
  wallet: streamId("past.wallet"),
  look: streamId("past.look"),
  machine: streamId("past.machine"),
} as const;

const MONTH = 30 * 86_400;
/** Share of a balance that has to be gone before its discounts are looked up again. */
const COARSE = 0.05;

/** A wallet at the start of the run, in 1e-7 TFT of what its user's machines cost then. */
export interface Found {
  readonly usable: number;
  /** Undiscounted, in 30 days. */
  readonly burn: number;
  /** Seconds since the money ended; -1 if it has not. */
  readonly dry: number;
  /** True if something has ended since the last look. */
  readonly freed: boolean;
  /** What began up to this second was lost. */
  readonly lost: number;
}

/** Follows a user's wallet from the beginning of a past to the start of the run. */
export function followWallet(world: World, user: number, past: Past): Found {
  const changes = changesOf(world, user, past);
  // The price list has to know the classes, so it is asked for after they were named.
  const wallet = new PastWallet(world, user, past.from);
  wallet.meet(changes.filter(({ second }) => second <= past.from));
  for (const { second, begins, begun, classes } of changes) {
    if (second <= past.from) continue;
    wallet.advance(second);
    if (begins) wallet.begin(classes);
    // What was lost with all the rest does not end a second time.
    else if (begun > wallet.lost) wallet.end(classes[0]);
  }
  wallet.advance(0);
  const { usable, burn, dry, freed, lost } = wallet;
  return { usable, burn, dry, freed, lost };
}

/** What begins or ends at a second: classes of contracts. */
interface Change {
  readonly second: number;
  readonly begins: boolean;
  /** When what ends here began. */
  readonly begun: number;
  readonly classes: readonly number[];
}

/** Beginnings and ends before the run, in order; what lives on from before comes first. */
function changesOf(world: World, user: number, { from, deployments }: Past): readonly Change[] {
  const changes: Change[] = [];
  for (const bygone of deployments) {
    const { begins, until } = bygone;
    const classes = classesOfPast(world, user, bygone);
    const alive = classes.filter((_, part) => until[part] > Math.max(begins, from));
    const second = Math.max(begins, from);
    changes.push({ second, begins: true, begun: begins, classes: alive });
    for (const [part, cls] of classes.entries())
      if (until[part] > second && until[part] < 0)
        changes.push({ second: until[part], begins: false, begun: begins, classes: [cls] });
  }
  return changes.sort((a, b) => a.second - b.second);
}

/** The classes of a deployment's parts; a whole machine is one like any of the start. */
function classesOfPast(world: World, user: number, { made, ordinal }: Bygone): readonly number[] {
  const { chance, fleet } = world;
  const any = (): number => chance.index(fleet.nodes.count, STREAM.machine, user, ordinal, 0);
  return made.parts.map((part) =>
    classOf(world, part, part.kind === Kind.rent ? any() : NONE, part.trafficPerSecond),
  );
}

/** A wallet of the past while it is followed; amounts in 1e-7 TFT. */
class PastWallet {
  usable = 0;
  lost = Number.NEGATIVE_INFINITY;
  freed = false;
  /** Classes of the contracts that it pays for. */
  readonly classes: number[] = [];
  readonly #world: World;
  readonly #user: number;
  readonly #tariff: Tariff;
  /** Months of cost. */
  readonly #floor: number;
  readonly #ceiling: number;
  readonly #grace: number;
  #now: number;
  /** Owed since the money ended at a second; Infinity while there is some. */
  #owed = 0;
  #dryAt = Number.POSITIVE_INFINITY;
  /** The next look that matters, and looks so far. */
  #look = Number.POSITIVE_INFINITY;
  #looks = 0;

  constructor(world: World, user: number, now: number) {
    const { users, terms } = world;
    const { floors, ceilings } = walletOf(world, user);
    this.#world = world;
    this.#user = user;
    this.#tariff = world.token.at(0);
    this.#floor = floors[users.habit[user * USER]];
    this.#ceiling = ceilings[users.habit[user * USER]];
    this.#grace = terms.graceBlocks * terms.secondsPerBlock;
    this.#now = now;
  }

  get burn(): number {
    return this.#perSecond(0) * MONTH;
  }

  get dry(): number {
    return this.#dryAt < Number.POSITIVE_INFINITY ? this.#now - this.#dryAt : -1;
  }

  /** Meets the wallet with what is alive unless it was lost when money ended before. */
  meet(alive: readonly Change[]): void {
    for (const { classes } of alive) this.classes.push(...classes);
    if (this.burn === 0) return;
    this.lost = this.#now + ln(this.#draw(2)) / this.#dryHazard();
    this.classes.length = 0;
    for (const { classes, begun } of alive) if (begun > this.lost) this.classes.push(...classes);
    this.#meetBalance();
  }

  /** Meets the balance between two fillings: a saw tooth from ceiling to floor, and on from it. */
  #meetBalance(): void {
    const { burn } = this;
    if (burn === 0) return;
    const mean = meanLook(this.#world, this.#user);
    const full = this.#ceiling * burn;
    const floor = this.#floor * burn;
    const down = (full - floor) / this.#perSecond((full + floor) / 2);
    const u = this.#draw(0) * (down + mean);
    this.usable = full - (full - floor) * Math.min(u / down, 1);
    if (u < down) return;
    this.#expectLook();
    const overdue = -ln(this.#draw(1)) * mean;
    const lasts = floor / this.#perSecond(floor);
    if (overdue < lasts) this.usable -= (floor * overdue) / lasts;
    else if (overdue < lasts + this.#grace) {
      this.usable = 0;
      this.#dryAt = this.#now - (overdue - lasts);
      this.#owed = this.#perSecond(0) * (overdue - lasts);
    } else this.usable = full;
  }

  /** How often a second everything is lost because the money has ended. */
  #dryHazard(): number {
    const { users } = this.#world;
    const look = meanLook(this.#world, this.#user);
    const paid = this.#perSecond(this.#floor * this.burn) / this.#perSecond(0);
    const of = { habit: users.habit[this.#user * USER], look, paid };
    return dryHazard(walletOf(this.#world, this.#user), of, this.#grace);
  }

  #draw(number: number): number {
    return this.#world.chance.uniform(STREAM.wallet, 0, this.#user, number);
  }

  /** A deployment begins, and the wallet is filled to what its owner keeps. */
  begin(classes: readonly number[]): void {
    this.classes.push(...classes);
    if (this.#low()) this.#fill();
  }

  /** A contract of a class ends. */
  end(cls: number): void {
    const at = this.classes.indexOf(cls);
    if (at < 0) return;
    this.classes.splice(at, 1);
    this.freed = true;
    this.#expectLook();
  }

  /** Lives on to a second. */
  advance(until: number): void {
    while (this.#now < until) {
      const limit = Math.min(until, this.#look);
      if (this.classes.length === 0) this.#now = limit;
      else if (this.#dryAt < Number.POSITIVE_INFINITY) this.#owe(limit);
      else this.#spend(limit);
      if (this.#now >= this.#look) this.#lookAt();
    }
  }

  /** Owes for the time up to a second, or up to the end of the grace, which ends everything. */
  #owe(limit: number): void {
    const over = this.#dryAt + this.#grace;
    const to = Math.min(limit, over);
    this.#owed += this.#perSecond(0) * (to - this.#now);
    this.#now = to;
    if (to < over) return;
    this.classes.length = 0;
    this.lost = to;
    this.#owed = 0;
    this.#dryAt = Number.POSITIVE_INFINITY;
  }

  /** Pays up to a second, or to where a discount or the floor is lost or the money ends. */
  #spend(limit: number): void {
    const rate = this.#perSecond(this.usable);
    const stop = this.#stopBelow();
    const lasts = (this.usable - stop) / rate;
    if (!(this.#now + lasts < limit)) {
      this.usable = Math.max(0, this.usable - rate * (limit - this.#now));
      this.#now = limit;
      return;
    }
    this.#now += lasts;
    this.usable = Math.max(0, stop - 1);
    if (this.usable === 0) this.#dryAt = this.#now;
    if (this.#low()) this.#expectLook();
  }

  /** The next balance below at which something is different. */
  #stopBelow(): number {
    const { usable } = this;
    const { floor: floors, levels } = this.#tariff;
    let stop = 0;
    for (const cls of this.classes) {
      const level = this.#tariff.levelOf(cls, usable);
      if (level > 0) stop = Math.max(stop, floors[cls * (levels - 1) + level - 1]);
    }
    stop = Math.min(stop, usable * (1 - COARSE));
    const floor = this.#floor * this.burn;
    return usable > floor ? Math.max(stop, floor) : stop;
  }

  /** What is paid in a second at the discounts of a balance. */
  #perSecond(usable: number): number {
    const { due, extra, levels, cycleSeconds } = this.#tariff;
    let cycle = 0;
    for (const cls of this.classes)
      cycle += due[cls * levels + this.#tariff.levelOf(cls, usable)] + extra[cls];
    return cycle / cycleSeconds;
  }

  #low(): boolean {
    return this.usable - this.#owed < this.#floor * this.burn;
  }

  #fill(): void {
    this.usable = this.#ceiling * this.burn;
    this.#owed = 0;
    this.#dryAt = Number.POSITIVE_INFINITY;
  }

  /** The user looks: fills what is low, and takes back what is left over. */
  #lookAt(): void {
    const fee = Math.round(this.#world.policy.fee.deposit * UNITS_PER_TOKEN);
    const spare = this.usable - this.#owed - this.#ceiling * this.burn;
    if (this.#low()) this.#fill();
    else if (this.freed && spare > fee) this.usable -= spare;
    this.freed = false;
    this.#look = Number.POSITIVE_INFINITY;
  }

  #expectLook(): void {
    if (this.#look < Number.POSITIVE_INFINITY) return;
    const u = this.#world.chance.uniform(STREAM.look, 0, this.#user, this.#looks++);
    this.#look = this.#now - ln(u) * lookOf(this.#world, this.#user);
  }
}
