/**
 * Staking: the discount for tokens held, dated, and what stakers and validators were promised.
 *
 * Sources: tfchain ADR 0008 (2023-03-10: thresholds halved), info_grid and older manuals (3, 6, 12,
 * 36 months; at most 40 % off the network, which no code has), tfgrid-sdk-go 10e7b39, setup.sql
 * (the chain's thresholds); forum 1863 (layer 0 validators), TF_Grid_3.50_4.0,
 * validators_and_staking.md; docs.threefold.io, threefold_validators (v4). The chain pays its
 * staking pool and nobody from it.
 */
import {
  accepted,
  assert,
  type Outcome,
  refused,
  type Seconds,
  seconds,
  type Tft,
  tft,
} from "../../units/index.ts";
import { type DiscountLevel, discountLevels } from "../discount.ts";
import type { Confidence } from "./confidence.ts";
import { proRata } from "./share.ts";

/** A dated table of discounts. */
export interface DiscountTable {
  readonly name: string;
  /** Tenths of a month of cost from which a level holds. */
  readonly tenths: Readonly<Record<DiscountLevel, bigint>>;
  /** Percent of the full amount that is paid. */
  readonly paid: Readonly<Record<DiscountLevel, bigint>>;
  /** The most off the network's part, in percent; null where it is discounted like the rest. */
  readonly networkMost: bigint | null;
  readonly from: Seconds | null;
  readonly until: Seconds | null;
  readonly source: string;
  readonly confidence: Confidence;
}

const PAID = { None: 100n, Default: 80n, Bronze: 70n, Silver: 60n, Gold: 40n } as const;

/** The day of the decision that halved the thresholds, 2023-03-10. */
export const THRESHOLDS_HALVED: Seconds = seconds(1_678_406_400);

/** The chain's thresholds before the decision, with the network discounted like the rest. */
export const olderDiscounts: DiscountTable = {
  name: "chain-3-6-12-36",
  tenths: { None: 0n, Default: 30n, Bronze: 60n, Silver: 120n, Gold: 360n },
  paid: PAID,
  networkMost: null,
  from: null,
  until: THRESHOLDS_HALVED,
  source: "tfchain ADR 0008, the table before",
  confidence: "H",
};

/** The chain's thresholds since, which the grid proxy shows too. */
export const chainDiscounts: DiscountTable = {
  name: "chain-1.5-3-6-18",
  tenths: { None: 0n, Default: 15n, Bronze: 30n, Silver: 60n, Gold: 180n },
  paid: PAID,
  networkMost: null,
  from: THRESHOLDS_HALVED,
  until: null,
  source: "tfchain ADR 0008 and 33046d6, cost.rs; tfgrid-sdk-go 10e7b39, setup.sql",
  confidence: "H",
};

/** The three tables; the manual's outlived the chain's and has a limit that was never built. */
export const discountTables: readonly DiscountTable[] = [
  olderDiscounts,
  {
    ...olderDiscounts,
    name: "manual-3-6-12-36",
    networkMost: 40n,
    until: null,
    source: "info_grid fa738c1 (2025-08), pricing; older books before it",
    confidence: "M",
  },
  chainDiscounts,
];

/** How many tenths of a month a balance covers, rounded down; asserts a cost above zero. */
export function tenthsHeld(balance: Tft, monthly: Tft): bigint {
  assert(monthly > 0n, "months of cost are counted against a cost");
  return (balance * 10n) / monthly;
}

/** The level of a table that a balance reaches against a monthly cost. */
export function levelInTable(table: DiscountTable, balance: Tft, monthly: Tft): DiscountLevel {
  const held = tenthsHeld(balance, monthly);
  const reached = discountLevels.filter((level) => held >= table.tenths[level]);
  return reached.at(-1) ?? "None";
}

/** What is paid of a cost at a level, rounded down; `network` is the network's part of it. */
export function paidInTable(
  table: DiscountTable,
  level: DiscountLevel,
  cost: { readonly full: Tft; readonly network: Tft },
): Tft {
  const paid = table.paid[level];
  const most = table.networkMost;
  const network = most !== null && paid < 100n - most ? 100n - most : paid;
  return tft(((cost.full - cost.network) * paid + cost.network * network) / 100n);
}

/** A programme for validators. */
export interface ValidatorProgramme {
  readonly name: string;
  readonly date: string;
  /** Validators, fewest and most; null where it was not said. */
  readonly count: readonly [number, number] | null;
  /** Whole TFT to sign up, more to be active, and the most on one validator; null without. */
  readonly signUp: bigint | null;
  readonly activate: bigint | null;
  readonly most: bigint | null;
  /** Percent of what it shares in, and what that is. */
  readonly percent: bigint | null;
  readonly of: string;
  /** Percent of that which the operator has before the stakers. */
  readonly commission: bigint | null;
  readonly lock: Seconds | null;
  readonly source: string;
  readonly open: readonly string[];
}

const YEAR = seconds(365 * 86_400);

/** The programmes; none of them ever paid on the chain. */
export const validatorProgrammes: readonly ValidatorProgramme[] = [
  {
    name: "layer-0",
    date: "2022",
    count: null,
    signUp: 50_000n,
    activate: 50_000n,
    most: 150_000n,
    percent: 10n,
    of: "the revenue of the executors",
    commission: 10n,
    lock: YEAR,
    source: "forum 1863",
    open: ["How validators share the 10 % among them.", "Five percent a year was asked about."],
  },
  {
    name: "guardians-3.50",
    date: "2023-08",
    count: [9, 33],
    signUp: 2_000_000n,
    activate: 0n,
    most: null,
    percent: 10n,
    of: "what users pay",
    commission: 20n,
    lock: null,
    source: "TF_Grid_3.50_4.0, validators_and_staking.md",
    open: ["A second page of the same book has 20 %, in parts of 2, 2 and 16."],
  },
  {
    name: "protectors-v4",
    date: "2024-11",
    count: [9, 30],
    signUp: null,
    activate: null,
    most: null,
    percent: null,
    of: "a part of the 20 % for ThreeFold, guardians and validators",
    commission: null,
    lock: null,
    source: "docs.threefold.io, decentralization/threefold_validators",
    open: ["Stake, lock and share."],
  },
];

/** The programme of a name. */
export function validatorProgramme(name: string): ValidatorProgramme {
  const found = validatorProgrammes.find((each) => each.name === name);
  assert(found !== undefined, `there is no programme ${name}`);
  return found;
}

const TFT = 10_000_000n;

/** What a stake on a validator makes of it. */
export type ValidatorStanding = "none" | "registered" | "active";

/** The standing of a validator with a stake; asserts a programme that asks for one. */
export function standingOf(programme: ValidatorProgramme, staked: Tft): ValidatorStanding {
  const { signUp, activate } = programme;
  assert(signUp !== null && activate !== null, `${programme.name} asks for no stake`);
  if (staked < signUp * TFT) return "none";
  return staked >= (signUp + activate) * TFT ? "active" : "registered";
}

/** Adds to the stake on a validator; refuses what goes beyond the programme's most. */
export function addStake(
  programme: ValidatorProgramme,
  staked: Tft,
  more: Tft,
): Outcome<Tft, "StakeAboveMost"> {
  const { most } = programme;
  if (most !== null && staked + more > most * TFT) return refused("StakeAboveMost");
  return accepted(tft(staked + more));
}

/** Whether a reward on a stake is free: after the lock, counted from the stake's instant. */
export const stakeIsFree = (programme: ValidatorProgramme, since: Seconds, now: Seconds): boolean =>
  programme.lock === null || now - since >= programme.lock;

/** A validator's reward, divided: the operator's commission, then the stakers by stake. */
export interface StakeReward {
  readonly commission: Tft;
  readonly stakers: readonly Tft[];
}

/** Divides a reward; the commission is rounded down and the stakers' parts take the rest. */
export function divideStakeReward(
  reward: Tft,
  commissionPercent: bigint,
  stakes: readonly Tft[],
): StakeReward {
  const commission = (reward * commissionPercent) / 100n;
  return { commission: tft(commission), stakers: proRata(reward - commission, stakes).map(tft) };
}
