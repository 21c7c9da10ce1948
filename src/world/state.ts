/**
 * The state of a world: every table and the chain's own numbers, under one name.
 *
 * Each noun's file is the only writer of its table; this file only says what there is.
 */
import type { Agenda, Chance } from "../kernel/index.ts";
import type {
  CycleNotes,
  LegacyTakings,
  LegacyTerms,
  LegacyWallet,
  Policy,
  Terms,
} from "../protocol/index.ts";
import type { Total } from "../units/index.ts";
import type { ContractTable } from "./contract.ts";
import type { DeploymentTable } from "./deployment.ts";
import type { FactLog } from "./facts.ts";
import type { FarmerTable } from "./farmer-table.ts";
import type { Fleet } from "./fleet.ts";
import type { Market } from "./market-table.ts";
import type { Parting } from "./parting.ts";
import type { MintTable, Payday } from "./payday.ts";
import type { Places } from "./places.ts";
import type { Prepared } from "./prepared.ts";
import type { ProposalTable } from "./proposal.ts";
import type { Setup } from "./setup.ts";
import type { Sheet } from "./sheet.ts";
import type { Token } from "./token.ts";
import type { Usage } from "./usage-table.ts";
import type { UserTable } from "./user.ts";
import type { NodeView } from "./view.ts";

/** Sums over the whole run, in 1e-7 TFT. */
export interface Ledger {
  /** Brought onto the chain by users, and what the bridge kept of it. */
  readonly deposited: Total;
  readonly bridged: Total;
  /** Taken back off the chain by users. */
  readonly withdrawn: Total;
  /** Balances of users at the start, reserves included. */
  readonly endowed: Total;
  /** Paid to the authors of blocks. */
  readonly fees: Total;
  readonly staking: Total;
  readonly foundation: Total;
  readonly farmers: Total;
  /** Under the lock based rules: for sales, and destroyed. */
  readonly sales: Total;
  readonly burned: Total;
  /** Taken from accounts by bills, and what was owed when a contract ended. */
  readonly charged: Total;
  readonly forgiven: Total;
  /** Minted outside the chain, for farmers and for carbon; and of it, what was for carbon. */
  readonly minted: Total;
  readonly carbon: Total;
}

/** Counters that metrics read; capacity in base units. */
export interface Gauges {
  usedCores: number;
  usedMemory: number;
  usedSsd: number;
  usedHdd: number;
  liveContracts: number;
  graceContracts: number;
  started: number;
  placed: number;
  /** Refused deployments by reason, in the order of `Refusal`. */
  readonly refused: Float64Array;
  /** Seconds lived and seconds with the node reachable, of contracts that have ended. */
  livedSeconds: number;
  reachableSeconds: number;
  moved: number;
}

/** What farms have earned, by dense farm, and nodes in the period that runs, by dense node. */
export interface Earnings {
  /** Users' payments in this period, and over the run, 1e-7 TFT. */
  farmPeriod: Float64Array;
  /** Of the period's, what has been valued, and its worth in USD at the price of each payout. */
  farmValued: Float64Array;
  farmPeriodUsd: Float64Array;
  farmTotal: Float64Array;
  /** Minted over the run, 1e-7 TFT, and its worth in USD when it was paid. */
  farmMinted: Float64Array;
  farmMintedUsd: Float64Array;
  /** Worth of users' payments in USD over the whole periods. */
  farmUserUsd: Float64Array;
  /** Bytes of traffic and seconds of public addresses of a node in the period. */
  nodeTraffic: Float64Array;
  nodeIpSeconds: Float64Array;
}

/** Payments in tokens of which the worth is known, and that worth. */
export interface Worth {
  /** Charged over the run, in 1e-7 TFT, as far as it has been valued. */
  valued: bigint;
  /** Its worth in USD since the last end of a minting period. */
  spent: number;
}

/** Where the money stood at a second: totals since the start, in 1e-7 TFT. */
export interface Closing {
  readonly second: number;
  readonly charged: bigint;
  readonly forgiven: bigint;
  readonly farmers: bigint;
  readonly foundation: bigint;
  readonly staking: bigint;
  readonly sales: bigint;
  readonly burned: bigint;
  readonly deposited: bigint;
  /** Worth in USD of what was charged since the last end of a period, bill by bill. */
  readonly spent: number;
}

/** The pace of arrivals. */
export interface Pace {
  /** Deployments a second of each user at the start, but for its appetite, over a mean week. */
  readonly rates: Float64Array;
  /** The most that any user ever has of them. */
  readonly rate: number;
  /** Demand of each hour of a week against its mean, and the busiest hour of it. */
  readonly week: Float64Array;
  readonly peak: number;
  /** Candidates so far of each user beyond the pace of the start. */
  readonly more: Uint32Array;
  /** By user: candidates so far that only lower prices bring. */
  readonly answers: Uint32Array;
}

/** A world while it runs. */
export interface World {
  readonly setup: Setup;
  readonly chance: Chance;
  readonly laws: Prepared["laws"];
  readonly fleet: Fleet;
  readonly view: NodeView;
  /** 1 for a node whose next start or stop in the epoch stands in the agenda, by dense node. */
  followed: Uint8Array;
  readonly users: UserTable;
  readonly farmers: FarmerTable;
  readonly contracts: ContractTable;
  readonly deployments: DeploymentTable;
  readonly token: Token;
  /** The pool that makes the price; null where the price is given from outside. */
  readonly market: Market | null;
  readonly places: Places;
  /** What is due at the chain. */
  readonly agenda: Agenda;
  /** What the chain did in the window that ends now. */
  readonly facts: FactLog;
  readonly ledger: Ledger;
  readonly gauges: Gauges;
  readonly earnings: Earnings;
  /** What each user had of each workload; null where nobody asks. */
  readonly usage: Usage | null;
  readonly worth: Worth;
  /** First contract of each node, by dense node. */
  firstOnNode: Int32Array;
  policy: Policy;
  terms: Terms;
  /** The terms of the lock based rules while they bill, else null. */
  locks: LegacyTerms | null;
  /** The last block that was billed by lock in a run that went on to reserves; else Infinity. */
  upgradedAt: number;
  /** The second that is being judged, and events executed at the chain. */
  now: number;
  executed: number;
  readonly pace: Pace;
  /** Candidates so far of each entry of the timeline that is a surge. */
  readonly surges: Uint32Array;
  readonly mint: MintTable;
  /** What each paid period came to, in order. */
  readonly paydays: Payday[];
  /** Where the money stood at the end of each period, in order. */
  readonly closings: Closing[];
  readonly wallet: LegacyWallet;
  readonly notes: CycleNotes;
  readonly takings: LegacyTakings;
  /** What the deployment at hand is planned on, and which of its contracts end. */
  readonly sheet: Sheet;
  readonly parting: Parting;
  readonly dao: ProposalTable;
}
