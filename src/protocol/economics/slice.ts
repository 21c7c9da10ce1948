/**
 * Slices: a node cut into equal pieces that are sold one by one.
 *
 * Sources: info_tfgrid tfgrid4/slices/cloudslice.md d93f748 and storageslice.md 6442329 (2024); the
 * table of docs_tfgrid_economics nodes/reward.md a00a487 (2025-10); projectmycelium specs/slices.md
 * 67577df (2025). Sizes are whole GB as the drafts write them.
 * Quirk: the table's incomes are not its slices times its slice price; both are kept as printed.
 */
import { least } from "./share.ts";

/** A machine as slices see it. */
export interface SlicedNode {
  readonly memoryGb: bigint;
  readonly ssdGb: bigint;
  readonly hddGb: bigint;
  readonly vcores: bigint;
  readonly passmark: bigint;
  readonly bandwidthMbps: bigint;
}

/** The cloud slice of 2024 and what a node keeps for itself. */
export const cloudSliceRules = {
  memoryGb: 4n,
  vcores: 2n,
  ssdGb: 50n,
  bandwidthMbps: 1n,
  passmark: 500n,
  /** A core may be sold so many times. */
  oversubscription: 4n,
  keptMemoryGb: 2n,
  keptSsdPercent: 10n,
  /** What is typically paid of the slices' price for the whole machine, in percent. */
  wholePaidPercent: 50n,
} as const;

/** A node's cloud slices: how many, and what each has. */
export interface CloudSlices {
  readonly count: bigint;
  readonly memoryGb: bigint;
  readonly ssdGb: bigint;
  /** Thousandths of a logical core, oversubscribed. */
  readonly milliCores: bigint;
}

const fewest = (counts: readonly bigint[]): bigint => counts.reduce(least);

/**
 * Cuts a node into cloud slices: as many as memory, disk, oversubscribed cores, benchmark and line
 * allow. Disk and cores are shared out evenly, rounded down.
 */
export function cloudSlices(node: SlicedNode): CloudSlices {
  const rules = cloudSliceRules;
  const memory = node.memoryGb - rules.keptMemoryGb;
  const ssd = (node.ssdGb * (100n - rules.keptSsdPercent)) / 100n;
  const cores = node.vcores * rules.oversubscription;
  const count = fewest([
    memory / rules.memoryGb,
    ssd / rules.ssdGb,
    cores / rules.vcores,
    node.passmark / rules.passmark,
    node.bandwidthMbps / rules.bandwidthMbps,
  ]);
  if (count <= 0n) return { count: 0n, memoryGb: 0n, ssdGb: 0n, milliCores: 0n };
  return {
    count,
    memoryGb: rules.memoryGb,
    ssdGb: ssd / count,
    milliCores: (cores * 1000n) / count,
  };
}

/** The storage slice of 2024; uptimes in permille of the node and of its location. */
export const storageSliceRules = {
  hddGb: 100n,
  bandwidthMbps: 1n,
  nodeUptime: 995,
  locationUptime: 999,
} as const;

/** How many storage slices a node offers; none where node or location is up too little. */
export function storageSlices(
  node: SlicedNode,
  uptime: { readonly node: number; readonly location: number },
): bigint {
  const rules = storageSliceRules;
  if (uptime.node < rules.nodeUptime || uptime.location < rules.locationUptime) return 0n;
  return fewest([node.hddGb / rules.hddGb, node.bandwidthMbps / rules.bandwidthMbps]);
}

/** One way to cut a node in the marketplace of 2025: equal pieces, each a multiple of 4 GB. */
export interface EqualCut {
  readonly pieces: bigint;
  readonly memoryGb: bigint;
  readonly ssdGb: bigint;
  readonly milliCores: bigint;
  readonly passmark: bigint;
}

/** All cuts into 1, 2, 4, ... equal pieces of at least 4 GB; what does not divide is left over. */
export function equalCuts(node: SlicedNode): readonly EqualCut[] {
  const unit = cloudSliceRules.memoryGb;
  const cuts: EqualCut[] = [];
  for (let pieces = 1n; node.memoryGb / pieces >= unit; pieces *= 2n) {
    cuts.push({
      pieces,
      memoryGb: (node.memoryGb / pieces / unit) * unit,
      ssdGb: node.ssdGb / pieces,
      milliCores: (node.vcores * 1000n) / pieces,
      passmark: node.passmark / pieces,
    });
  }
  return cuts;
}

/** A row of the table of 2025: hardware in whole USD, income a month in hundredths of a credit. */
export interface SliceOffer {
  readonly node: string;
  readonly hardwareUsd: readonly [bigint, bigint] | null;
  readonly income: readonly [bigint, bigint];
  readonly slices: bigint | null;
}

/** Price of a plain slice for a month, lowest and highest, in hundredths of a cloud credit. */
export const SLICE_PRICE: readonly [bigint, bigint] = [120n, 1_200n];

const usd = (low: number, high = low): readonly [bigint, bigint] => [BigInt(low), BigInt(high)];

/** The table as printed. */
export const sliceOffers: readonly SliceOffer[] = [
  { node: "Home, Mini1", hardwareUsd: usd(350, 500), income: [1_092n, 12_600n], slices: 7n },
  { node: "Mini2", hardwareUsd: usd(800), income: [2_300n, 27_000n], slices: 15n },
  { node: "Mini3", hardwareUsd: usd(1_000), income: [4_836n, 55_800n], slices: 25n },
  { node: "Large 512 GB", hardwareUsd: usd(2_000), income: [19_800n, 228_600n], slices: null },
  { node: "AI mini", hardwareUsd: null, income: [5_200n, 60_000n], slices: 4n },
  { node: "Nvidia 6000", hardwareUsd: null, income: [39_000n, 450_000n], slices: 1n },
  { node: "2 Nvidia 6000", hardwareUsd: null, income: [78_000n, 900_000n], slices: 2n },
];

/** What a row's slices would bring at the slice price, beside what the row says; null without. */
export function reconcile(
  offer: SliceOffer,
): { readonly sold: readonly [bigint, bigint]; readonly agrees: boolean } | null {
  if (offer.slices === null) return null;
  const sold: readonly [bigint, bigint] = [
    offer.slices * SLICE_PRICE[0],
    offer.slices * SLICE_PRICE[1],
  ];
  return { sold, agrees: sold[0] === offer.income[0] && sold[1] === offer.income[1] };
}
