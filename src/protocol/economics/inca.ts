/**
 * INCA: what a node of grid v4 was to earn for its capacity, and when it was to be free to spend.
 *
 * Lifecycle: a certified node is activated, earns a fixed sum for 18 months, and receives the total
 * of these months by one of three schedules. Source: docs_tfgrid4 marketplace/offer_resources.md
 * 74c03b8 (2024-10-31), 97c859d and before (until 2024-11-08), 3d6fdbd (2024-11-09), 2a8721b.
 * Quirk: a million nodes of 32 GB and 1 TB would take 287.5 million INCA a month, seven times the
 * 40 million that the same project grants to farming.
 */
import { assert } from "../../units/index.ts";
import { least } from "./share.ts";
import { type Inca, inca } from "./token.ts";

const INCA = 10_000_000n;

/** INCA a month: for a GB of memory, and for 1000 GB of disk or of network. */
export const incaRates = {
  memoryGb: inca(8n * INCA),
  ssdTb: inca((63n * INCA) / 2n),
  hddTb: inca(7n * INCA),
  networkTb: inca(30n * INCA),
} as const;

/** For how many months from its activation on a node earns. */
export const INCA_MONTHS = 18;

/** What farming grants were to give out in a month, all nodes together. */
export const INCA_GRANTS: Inca = inca(40_000_000n * INCA);

/** What INCA was to cost at the start, in hundredths of a euro; nobody was to trade it. */
export const INCA_START_EURO_CENTS = 10n;

/** The capacity that is rewarded, in whole GB; the drafts do not say of how many bytes. */
export interface IncaCapacity {
  readonly memoryGb: bigint;
  readonly ssdGb: bigint;
  readonly hddGb: bigint;
  readonly networkGb: bigint;
}

/** What a node earns in a month, exact: a thousandth of each rate is a whole unit. */
export const incaReward = ({ memoryGb, ssdGb, hddGb, networkGb }: IncaCapacity): Inca =>
  inca(
    memoryGb * incaRates.memoryGb +
      (ssdGb * incaRates.ssdTb + hddGb * incaRates.hddTb + networkGb * incaRates.networkTb) / 1000n,
  );

/** What a node needs to be rewarded, from 2024-11 on. */
export const incaMinimum = { passmarkPerGb: 200n, memoryGb: 16n, ssdGb: 1_000n } as const;

/** Whether a node is large and fast enough to be rewarded; the first draft asked for 2000 GB. */
export const meetsIncaMinimum = (
  node: { readonly memoryGb: bigint; readonly ssdGb: bigint; readonly passmark: bigint },
  ssdGb: bigint = incaMinimum.ssdGb,
): boolean =>
  node.memoryGb >= incaMinimum.memoryGb &&
  node.ssdGb >= ssdGb &&
  node.passmark >= incaMinimum.passmarkPerGb * node.memoryGb;

/** The three schedules, by the first day or, for the second, the last one on which each held. */
export type IncaReleaseName = "2024-10-31" | "2024-11-08" | "2024-11-09";

/** One schedule. */
export interface IncaRelease {
  readonly name: IncaReleaseName;
  /** Months in which nothing is free unless the node is used. */
  readonly locked: number;
  /** Percent of the total that is free with each month afterwards. */
  readonly step: bigint;
  /** Percent with a month that follows one of use: while locked, and afterwards. */
  readonly usedStep: readonly [bigint, bigint];
  /** Whether one month of use frees everything. */
  readonly useFreesAll: boolean;
  readonly source: string;
  readonly open: readonly string[];
}

/** The share of a node's virtual cores in use from which a month counts as used, in percent. */
export const INCA_USED_PERCENT = 40n;

/** The three schedules, oldest first. */
export const incaReleases: readonly IncaRelease[] = [
  {
    name: "2024-10-31",
    locked: 24,
    step: 100n,
    usedStep: [100n, 100n],
    useFreesAll: true,
    source: "docs_tfgrid4 offer_resources.md 74c03b8",
    open: ["A gradual release was promised within this lock and left to be told later."],
  },
  {
    name: "2024-11-08",
    locked: 11,
    step: 4n,
    usedStep: [4n, 8n],
    useFreesAll: false,
    source: "docs_tfgrid4 offer_resources.md 97c859d",
    open: ["The day on which it replaced the first one."],
  },
  {
    name: "2024-11-09",
    locked: 11,
    step: 4n,
    usedStep: [0n, 4n],
    useFreesAll: false,
    source: "docs_tfgrid4 offer_resources.md 3d6fdbd, unchanged in 2a8721b",
    open: [],
  },
];

/** The schedule of a name. */
export function incaRelease(name: IncaReleaseName): IncaRelease {
  const release = incaReleases.find((each) => each.name === name);
  assert(release !== undefined, `there is no schedule of ${name}`);
  return release;
}

/** A node's claim: what it earns in a month, and in which months 40 % of it were used. */
export interface IncaClaim {
  readonly monthly: Inca;
  /** One value a month from the activation on; what is missing was not used. */
  readonly used: readonly boolean[];
}

/** The percent of the total that is free by the end of a month, the first being 1. */
export function freedPercent(
  release: IncaRelease,
  used: readonly boolean[],
  month: number,
): bigint {
  let percent = 0n;
  for (let now = 1; now <= month && percent < 100n; now++) {
    const usedBefore = now > 1 && used[now - 2] === true;
    const locked = now <= release.locked;
    const [inLock, after] = release.usedStep;
    if (usedBefore) percent += locked ? inLock : after;
    else if (!locked) percent += release.step;
  }
  return least(percent, 100n);
}

/** All that a node earns in its 18 months. */
export const incaTotal = (monthly: Inca): Inca => inca(monthly * BigInt(INCA_MONTHS));

/**
 * What is free by the end of a month: the freed percent of the total, rounded down, and never more
 * than was earned by then.
 */
export function freedInca(release: IncaRelease, claim: IncaClaim, month: number): Inca {
  const earned = claim.monthly * BigInt(Math.min(month, INCA_MONTHS));
  const freed = (incaTotal(claim.monthly) * freedPercent(release, claim.used, month)) / 100n;
  return inca(least(freed, earned));
}

/** What becomes free in a month; over all months these sum to the total. */
export const freedInMonth = (release: IncaRelease, claim: IncaClaim, month: number): Inca =>
  inca(freedInca(release, claim, month) - freedInca(release, claim, month - 1));
