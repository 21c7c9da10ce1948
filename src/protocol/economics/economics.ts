/**
 * Economics: the catalogue of dated sets, which of them was in force when, and what each pays.
 *
 * Lifecycle: a scenario names a set at its start, or switches to one at a date; the set's values
 * then are the policy. Sources are with each set. Quirk: no set of the chain before spec 152 pays a
 * farmer anything of what users pay but the extra fee.
 *
 * Source: none of its own; each set carries its source.
 */
import { block, type Seconds, tft } from "../../units/index.ts";
import { billingBlock } from "../billing/index.ts";
import { mintingBlock } from "../minting-policy.ts";
import { splitLegacy, splitReserve } from "../split.ts";
import { type EconomicsSet, policyTexts, type Runs } from "./set.ts";
import { divide, type Part } from "./share.ts";
import { v3Sets } from "./v3.ts";
import { v3Proposals } from "./v3-proposed.ts";
import { v4Sets } from "./v4.ts";

/** All sets: those that were in force, oldest first, then what was voted or drafted. */
export const economicsSets: readonly EconomicsSet[] = [...v3Sets, ...v3Proposals, ...v4Sets];

/** The names of the sets, in that order. */
export const economicsNames: readonly string[] = economicsSets.map(({ name }) => name);

/** Which dated economy a world starts with. */
export const economicsBlock = block("policy", "What the chain or the DAO can change.", {
  economics: {
    kind: "choice",
    default: "v3-current",
    words: economicsNames,
    range: null,
    quality: "seen",
    source: "docs/reference/economics.md, with the source of each set",
    date: "2024-11",
    doc: "The dated economy whose rules and values hold where the scenario gives no others.",
  },
});

/** The set of a name; undefined where there is none. */
export const findEconomics = (name: string): EconomicsSet | undefined =>
  economicsSets.find((set) => set.name === name);

/** The set that was in force on the main network at an instant; undefined before all of them. */
export const economicsAt = (instant: Seconds): EconomicsSet | undefined =>
  v3Sets.find(({ from, until }) => from <= instant && (until === null || instant < until));

/** A word of the policy that the declarations do not admit. */
export interface MissingRule {
  readonly key: string;
  readonly word: string;
}

/** The rules that a world would need for a set and does not have. */
export function missingRules(set: EconomicsSet): readonly MissingRule[] {
  const admitted: Readonly<Record<string, readonly string[]>> = {
    "billing.rules": billingBlock.fields.rules.words,
    "minting.rules": mintingBlock.fields.rules.words,
  };
  return (set.policy === null ? [] : policyTexts(set.policy))
    .filter(([key, text]) => !(admitted[key]?.includes(text) ?? true))
    .map(([key, word]) => ({ key: `policy.${key}`, word }));
}

/** Whether a world can carry a set out: the chain could, and no rule of it is missing. */
export const runsOf = (set: EconomicsSet): Runs =>
  set.policy !== null && missingRules(set).length === 0 ? "world" : "calculation only";

/** What a payment is for. */
export interface Paid {
  /** In the smallest unit of what is paid in. */
  readonly amount: bigint;
  /** Whether it is for something on a node; false for a name. */
  readonly hasNode: boolean;
  /** The takes of the contract's solution provider, in percent; empty without one. */
  readonly takes: readonly bigint[];
}

/**
 * How a payment is divided under a set: by the chain's own rules where it has some, else by its
 * shares. The parts sum to the amount; a part of the payer is what rounding leaves, and may be
 * below zero where a provider's takes round up.
 */
export function dividePayment(
  set: EconomicsSet,
  { amount, hasNode, takes }: Paid,
): readonly Part[] {
  const { policy, shares } = set;
  if (policy === null) return divide(amount, shares);
  // The chain's rules count TFT, in which every set of the chain is paid.
  const paid = tft(amount);
  if (policy.billing === "reserve") {
    const parts = splitReserve(paid, hasNode, policy.split);
    const amounts = [parts.farmer, parts.foundation, parts.staking];
    return shares.map(({ to }, row) => ({ to, amount: amounts[row] ?? 0n }));
  }
  const parts = splitLegacy(paid, takes, policy.split);
  const taken = parts.providers.reduce<bigint>((sum, take) => sum + take, 0n);
  return [
    { to: "sales and providers", amount: parts.sales + taken },
    { to: "burned", amount: parts.burn },
    { to: "foundation", amount: parts.foundation },
    { to: "staking pool", amount: parts.staking },
    { to: "payer", amount: parts.left },
  ];
}
