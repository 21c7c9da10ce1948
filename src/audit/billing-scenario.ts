/**
 * A billing scenario of the cases: a small grid, steps, and everything that was billed.
 */
import {
  averagePrice,
  type Bill,
  effectivePrice,
  emptyFeed,
  type FailedBill,
  farmId,
  type GridState,
  nodeId,
  push,
  twinId,
} from "../protocol/index.ts";
import { ArithmeticOverflow, blocks, milliUsd, refused, seconds, tft } from "../units/index.ts";
import { type Act, actAt, BLOCK_SECONDS, type Play, timeOf } from "./billing-step.ts";
import { discounts, pricesAt, pricingAt, resourcesAt, splits } from "./billing-terms.ts";
import { billRow, finalOf } from "./billing-told.ts";
import {
  at,
  count,
  flag,
  list,
  maybe,
  named,
  numbered,
  type Spot,
  text,
  whole,
  word,
} from "./spot.ts";

/** A scenario as it was read: where it begins, on which terms, and what happens. */
export interface BillingScenario {
  readonly start: Play;
  readonly acts: readonly Act[];
}

/** Reads a scenario's input; what is wrong is among the faults of the spot. */
export function readScenario(input: Spot): BillingScenario {
  const setup = at(input, "setup");
  const rules = word(at(input, "profile"), ["legacy", "reserve"]);
  const { average, bounds } = pricesAt(at(setup, "prices"));
  const terms: Play["terms"] = {
    billing: {
      rules,
      frequency: blocks(count(at(setup, "billing_frequency"), 1)),
      distributionCycles: count(at(setup, "distribution_frequency")),
      gracePeriod: blocks(count(at(setup, "grace_period"))),
      existentialDeposit: tft(whole(at(setup, "existential_deposit"))),
      blockTime: seconds(BLOCK_SECONDS),
    },
    pricing: pricingAt(at(setup, "policy")),
    discount: discounts,
    split: splits,
    price: effectivePrice(averagePrice(push(emptyFeed, average)), bounds),
  };
  const start = { state: stateAt(setup), terms, bounds, time: timeOf(0) };
  return { start, acts: list(at(input, "steps"), actAt) };
}

function stateAt(setup: Spot): GridState {
  const none = { reserved: tft(0n), frozen: tft(0n) };
  const balances = named(at(setup, "balances"), (row, name) => [name, whole(row)] as const);
  const twins = numbered(at(setup, "twins"), (row) => ({
    account: text(at(row, "account")),
    stash: maybe(at(row, "stash"), text, null),
  }));
  const farms = numbered(at(setup, "farms"), (row) => ({
    twin: twinId(count(at(row, "twin"))),
    dedicated: flag(at(row, "dedicated")),
    ips: count(at(row, "public_ips")),
  }));
  const nodes = numbered(at(setup, "nodes"), (row) => ({
    farm: farmId(count(at(row, "farm"))),
    twin: null,
    resources: resourcesAt(at(row, "resources")),
    certified: flag(at(row, "certified")),
    extraFee: milliUsd(maybe(at(row, "extra_fee_musd"), whole, 0n)),
    power: { down: false, targetDown: false },
    optedOut: false,
  }));
  return {
    ledger: {
      accounts: new Map(balances.map(([name, free]) => [name, { free: tft(free), ...none }])),
      issuance: tft(balances.reduce((sum, [, free]) => sum + free, 0n)),
      existentialDeposit: tft(whole(at(setup, "existential_deposit"))),
    },
    twins: new Map(twins.map(([id, twin]) => [twinId(id), twin])),
    farms: new Map(farms.map(([id, farm]) => [farmId(id), farm])),
    nodes: new Map(nodes.map(([id, node]) => [nodeId(id), node])),
    contracts: new Map(),
    payments: new Map(),
    providers: new Map(),
    services: new Map(),
    contractsMade: 0,
    servicesMade: 0,
    providersMade: 0,
    admins: new Set(),
    beneficiaries: { staking: "staking", foundation: "foundation", sales: "sales" },
  };
}

/** Takes a step; one whose numbers leave the chain's bits is refused under a name of ours. */
function attempt(act: Act, play: Play): ReturnType<Act> {
  try {
    return act(play);
  } catch (thrown) {
    if (thrown instanceof ArithmeticOverflow) return refused("ArithmeticOverflow");
    throw thrown;
  }
}

/** Plays all steps; the result has the form of the case's `expected`. `watch` sees every state. */
export function playScenario(
  { start, acts }: BillingScenario,
  watch?: (state: GridState) => void,
): unknown {
  const bills: (Bill | FailedBill)[] = [];
  let play = start;
  const steps = acts.map((act) => {
    const taken = attempt(act, play);
    if (!taken.ok) return { status: "error", error: taken.error };
    play = taken.value.play;
    bills.push(...taken.value.bills);
    watch?.(play.state);
    const { id } = taken.value;
    return id === undefined ? { status: "ok" } : { status: "ok", id };
  });
  const legacy = start.terms.billing.rules === "legacy";
  return {
    steps,
    bills: bills.map((one) => billRow(one, legacy)),
    final: finalOf(play.state, play.time.block),
  };
}
