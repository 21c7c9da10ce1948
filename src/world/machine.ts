/** Machines: what the nodes of a fleet are made of, so that their sums are those of a snapshot. */
import { type Chance, streamId } from "../kernel/index.ts";
import { type FleetValues, specFactor } from "../models/index.ts";
import type { FleetTotals, NodeClass, Setup } from "./setup.ts";
import { Variation } from "./variation.ts";

const CLASS = streamId("machine.class");
const SPEC = streamId("machine.spec");

/** The four capacities of a machine, in the order of the columns of `MachineSheet`. */
const KINDS = ["cores", "memory", "ssd", "hdd"] as const;

/** A machine as drawn: its class, cores, and gigabytes of memory, SSD and HDD. */
export interface Draft {
  readonly class: number;
  readonly cores: number;
  readonly memory: number;
  readonly ssd: number;
  readonly hdd: number;
}

/** The drafts of a fleet, in columns. */
export class DraftTable implements Readonly<Record<(typeof KINDS)[number], Float64Array>> {
  readonly cores: Float64Array;
  readonly memory: Float64Array;
  readonly ssd: Float64Array;
  readonly hdd: Float64Array;
  readonly #classes: Uint16Array;

  constructor(count: number) {
    this.cores = new Float64Array(count);
    this.memory = new Float64Array(count);
    this.ssd = new Float64Array(count);
    this.hdd = new Float64Array(count);
    this.#classes = new Uint16Array(count);
  }

  put(row: number, draft: Draft): void {
    this.#classes[row] = draft.class;
    for (const kind of KINDS) this[kind][row] = draft[kind];
  }

  at(row: number): Draft {
    const { cores, memory, ssd, hdd } = this;
    return {
      class: this.#classes[row],
      cores: cores[row],
      memory: memory[row],
      ssd: ssd[row],
      hdd: hdd[row],
    };
  }
}

/** What turns drafts of a fleet into machines whose sums are a snapshot's. */
export type Scale = Readonly<Record<(typeof KINDS)[number], number>>;

/** What machines are drawn from. */
export interface Machines {
  readonly classes: readonly NodeClass[];
  /** Cumulated shares of the classes. */
  readonly shares: Float64Array;
  /** How far the machines of each class spread. */
  readonly spreads: readonly Spread[];
}

type Spread = Pick<FleetValues, "cruSigma" | "mruSigma" | "diskSigma">;

/** The machines of a setup. */
export function machinesOf(setup: Setup): Machines {
  const { classes } = setup;
  const variation = new Variation(setup);
  const spreads = classes.map(({ name }) => variation.of({ nodeClass: name }).fleet);
  return { classes, shares: classShares(classes), spreads };
}

/** Cumulated shares of the classes. */
function classShares(classes: readonly NodeClass[]): Float64Array {
  const total = classes.reduce((sum, one) => sum + one.weight, 0);
  const shares = new Float64Array(classes.length);
  let sum = 0;
  for (let i = 0; i < classes.length; i++) {
    sum += classes[i].weight / total;
    shares[i] = sum;
  }
  return shares;
}

/** Draws the machine of a node: a class, and specifications spread around it. */
export function draftMachine(
  chance: Chance,
  { classes, shares, spreads }: Machines,
  cause: { readonly high: number; readonly low: number },
): Draft {
  const u = chance.uniform(CLASS, cause.high, cause.low, 0);
  let chosen = 0;
  while (chosen < classes.length - 1 && u >= shares[chosen]) chosen++;
  const kind = classes[chosen];
  const values = spreads[chosen];
  const spec = (number: number, sigma: number): number =>
    specFactor(sigma, chance.uniform(SPEC, cause.high, cause.low, number));
  return {
    class: chosen,
    cores: kind.cores * spec(0, values.cruSigma),
    memory: kind.memoryGb * spec(1, values.mruSigma),
    ssd: kind.ssdGb * spec(2, values.diskSigma),
    hdd: kind.hddGb === 0 ? 0 : kind.hddGb * spec(3, values.diskSigma),
  };
}

/**
 * Makes the drafts whole (cores, gigabytes) with exactly the sums of the totals, and returns the
 * factors that did it. What is cut off one node is carried to the next, so no sum is ever off by
 * more than half a unit.
 */
export function meetTotals(drafts: DraftTable, totals: FleetTotals): Scale {
  return {
    cores: meet(drafts.cores, totals.cores),
    memory: meet(drafts.memory, totals.memoryGb),
    ssd: meet(drafts.ssd, totals.ssdGb),
    hdd: meet(drafts.hdd, totals.hddGb),
  };
}

/** One machine more, drawn like those of the start and made whole. */
export function scaled(draft: Draft, scale: Scale): Draft {
  return {
    class: draft.class,
    cores: Math.max(1, Math.round(draft.cores * scale.cores)),
    memory: Math.max(1, Math.round(draft.memory * scale.memory)),
    ssd: Math.round(draft.ssd * scale.ssd),
    hdd: Math.round(draft.hdd * scale.hdd),
  };
}

/** The totals of a fleet of another size with the same mean machine. */
export function totalsFor(totals: FleetTotals, nodes: number): FleetTotals {
  const times = nodes / totals.nodes;
  return {
    date: totals.date,
    nodes,
    cores: Math.round(totals.cores * times),
    memoryGb: Math.round(totals.memoryGb * times),
    ssdGb: Math.round(totals.ssdGb * times),
    hddGb: Math.round(totals.hddGb * times),
  };
}

function meet(column: Float64Array, total: number): number {
  let sum = 0;
  for (const value of column) sum += value;
  const factor = sum > 0 ? total / sum : 0;
  let drawn = 0;
  let given = 0;
  for (let row = 0; row < column.length; row++) {
    drawn += column[row];
    const upTo = Math.round(drawn * factor);
    column[row] = upTo - given;
    given = upTo;
  }
  return factor;
}
