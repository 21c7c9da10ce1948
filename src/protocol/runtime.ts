/**
 * Runtime: what is compiled into the chain's program, and changes with an upgrade only.
 *
 * Source: tfchain 33046d6, runtime/src/lib.rs (spec version 149); substrate, `set_code`;
 * pallet-runtime-upgrade/src/lib.rs. An upgrade is modelled by the values that it changes, since
 * a program has no other meaning here.
 */
import { type Blocks, blocks, type Outcome, type Seconds, seconds } from "../units/index.ts";
import type { BillingPolicy } from "./billing/policy.ts";
import type { StrangerRule } from "./contract/report.ts";
import type { CouncilRules } from "./council/state.ts";
import type { DaoRules } from "./dao.ts";
import type { DiscountPolicy } from "./discount.ts";
import type { LimitRules } from "./farming-book.ts";
import type { Ledger } from "./ledger.ts";
import type { Gate } from "./origin.ts";
import type { SplitPolicy } from "./split.ts";
import { free, type Step } from "./step.ts";
import type { ValidatorRules } from "./validator.ts";

/** The values that an upgrade may change. */
export interface Runtime extends DaoRules, CouncilRules, ValidatorRules, LimitRules {
  /** Who may make restricted calls. */
  readonly gate: Gate;
  /** After how long a payment of the bridge is signed anew. */
  readonly retryBlocks: Blocks;
  /** How far a node's clock may be off in a report. */
  readonly hintTolerance: Seconds;
  /** The billing rules; the frequency that counts is state of its own. */
  readonly billing: BillingPolicy;
  readonly discount: DiscountPolicy;
  readonly split: SplitPolicy;
  /** What becomes of a report for a contract on another node. */
  readonly strangers: StrangerRule;
}

/** The live chain's values, but for those that bills read. */
export const liveRuntime: Omit<Runtime, "billing" | "discount" | "split"> = {
  gate: "rootOrCouncil",
  votingTime: blocks(100_800),
  votingTimeMax: blocks(432_000),
  vetoesToKill: 3,
  motionTime: blocks(1_200),
  motionsMax: 100,
  seatsMax: 100,
  primeRule: "heard",
  authoritiesMin: 1,
  sessionBlocks: blocks(600),
  retryBlocks: blocks(20),
  hintTolerance: seconds(60),
  strangers: "refuse",
  limitRule: "code",
};

/** What an upgrade announces. */
export interface RuntimeEvent {
  readonly event: "System.CodeUpdated";
}

/** The part of the chain that an upgrade sees. */
export interface RuntimeView {
  readonly runtime: Runtime;
  readonly ledger: Ledger;
}

/** Puts another program in force from the next call on. */
export function setCode<S extends RuntimeView>(
  state: S,
  { changes }: { readonly changes: Partial<Runtime> },
): Outcome<Step<S, RuntimeEvent>, never> {
  const runtime = { ...state.runtime, ...changes };
  const { existentialDeposit } = runtime.billing;
  const ledger = { ...state.ledger, existentialDeposit };
  return free({ ...state, runtime, ledger }, [{ event: "System.CodeUpdated" }]);
}
