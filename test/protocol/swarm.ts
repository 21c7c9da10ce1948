/** Random lives of a small grid from one number: calls in any order, refused too, and bills. */
import { Chance, streamId } from "../../src/kernel/index.ts";
import {
  type BillingTerms,
  billBlock,
  billingFaults,
  burn,
  type ContractEvent,
  type Faults,
  farmId,
  fingerprint,
  freeze,
  type GridState,
  nodeId,
  supplyFaults,
  twinId,
  upgradeToReserve,
  withLedger,
} from "../../src/protocol/index.ts";
import { blocks, milliUsd, tft, usd } from "../../src/units/index.ts";
import { capacity, grid, terms, testPricing, time } from "./grid.ts";
import { CALLS, type Draw } from "./swarm-calls.ts";

/** What a life is played by. */
export interface Life {
  readonly seed: number;
  readonly rules: "reserve" | "legacy" | "upgrade";
  /** Windows of blocks, after each of which the invariants are read. */
  readonly windows: number;
}

/** What a life came to: sentences that did not hold, and how much happened. */
export interface Lived {
  readonly faults: Faults;
  readonly accepted: number;
  readonly refused: number;
  readonly bills: number;
  readonly failedBills: number;
  readonly words: ReadonlySet<string>;
  readonly last: string;
}

const STREAM = streamId("swarm");

/** Draws of one life, one after the other. */
function drawsOf(seed: number): Draw {
  const chance = new Chance([seed, 0], 0);
  let number = 0;
  return (count) => chance.index(count, STREAM, 0, 0, number++);
}

/** Two farms of three nodes, users with little, much and nothing, and sometimes no beneficiary. */
function beginning(draw: Draw): GridState {
  const poor = BigInt(draw(2_000_000));
  const beneficiaries =
    draw(4) === 0
      ? { foundation: 1_000n }
      : { staking: 1_000_000n, foundation: 1_000_000n, sales: 1_000_000n };
  const state = grid({
    alice: 10n ** 12n,
    bob: BigInt(draw(1_000)) * 1_000_000n,
    charlie: poor,
    rich: 10n ** 13n,
    dora: 600n,
    ...beneficiaries,
  });
  const node = state.nodes.get(nodeId(1));
  const farm = state.farms.get(farmId(1));
  if (node === undefined || farm === undefined) throw new Error("the small grid has one of each");
  return {
    ...state,
    twins: new Map(state.twins).set(twinId(2), { account: "bob", stash: "rich" }),
    farms: new Map(state.farms).set(farmId(2), { twin: twinId(5), dedicated: true, ips: 2 }),
    nodes: new Map([
      [nodeId(1), { ...node, twin: twinId(1) }],
      [nodeId(2), { ...node, certified: true, resources: capacity(32n, 128n, 4_000n, 0n) }],
      [nodeId(3), { ...node, farm: farmId(2) }],
    ]),
  };
}

/** Plays a life; stops at the first window after which something does not hold. */
export function live({ seed, rules, windows }: Life): Lived {
  const draw = drawsOf(seed);
  let by: BillingTerms = terms(rules === "reserve" ? "reserve" : "legacy");
  by = { ...by, billing: { ...by.billing, gracePeriod: blocks(20 + 10 * draw(12)) } };
  let state = beginning(draw);
  const genesis = state.ledger.issuance;
  const told = { accepted: 0, refused: 0, bills: 0, failedBills: 0, burned: 0n };
  const words = new Set<string>();
  const faults: string[] = [];
  const upgradeAt = 1 + draw(windows);
  let froze = false;
  let block = 1;
  const events = (all: readonly ContractEvent[]): void => {
    for (const one of all) if (one.kind === "TokensBurned") told.burned += one.amount;
  };
  for (let window = 0; window < windows && faults.length === 0; window++) {
    for (let calls = draw(6); calls > 0; calls--) {
      const call = CALLS[draw(CALLS.length)];
      const before = fingerprint(state);
      const answer = call.act(state, draw, time(block), by);
      if (fingerprint(state) !== before) faults.push(`${call.name} changed what it was given`);
      words.add(`${call.name}: ${answer.ok ? "ok" : answer.error}`);
      if (!answer.ok) {
        told.refused += 1;
        continue;
      }
      told.accepted += 1;
      state = answer.value.state;
      events(answer.value.events ?? []);
      if (answer.value.terms !== undefined) by = answer.value.terms;
    }
    if (draw(12) === 0) {
      froze = true;
      state = withLedger(state, freeze(state.ledger, "bob", tft(BigInt(draw(3)) * 50_000_000n)));
    }
    if (draw(10) === 0) by = { ...by, price: milliUsd(BigInt(10 + draw(200))) };
    if (draw(20) === 0)
      by = { ...by, pricing: { ...testPricing, ipu: usd(BigInt(draw(200_000))) } };
    if (rules === "upgrade" && window === upgradeAt) {
      state = upgradeToReserve(state).state;
      by = { ...by, billing: { ...by.billing, rules: "reserve" } };
    }
    const until = block + 1 + draw(25);
    for (; block < until; block++) {
      const done = billBlock(state, time(block + 1), by);
      state = done.state;
      events(done.events);
      told.bills += done.bills.length;
      for (const bill of done.bills) {
        if (!("error" in bill)) continue;
        told.failedBills += 1;
        words.add(`bill: ${bill.error}`);
      }
    }
    faults.push(...faultsOf(state, by, { genesis, burned: told.burned, froze }));
  }
  return { faults, ...told, words, last: fingerprint(state) };
}

function faultsOf(
  state: GridState,
  by: BillingTerms,
  past: { readonly genesis: bigint; readonly burned: bigint; readonly froze: boolean },
): Faults {
  // A frozen balance can leave money reserved behind a contract that is gone.
  const faults = [...billingFaults(state, past.froze)];
  const { issuance } = state.ledger;
  const lost = past.genesis - past.burned - issuance;
  // A share too small to open its beneficiary's account is destroyed without a word.
  const opened = state.ledger.accounts.has("staking") && state.ledger.accounts.has("foundation");
  if (by.billing.rules === "legacy" || lost === 0n) {
    const minted = tft(0n);
    const burned = tft(past.burned);
    faults.push(...supplyFaults({ genesis: tft(past.genesis), minted, burned, issuance }));
  } else if (lost < 0n || (lost > 5_000n && opened)) {
    faults.push(`${lost} were destroyed without a burn`);
  }
  return faults;
}

/** A burn outside of bills, for a test that the faults are found. */
export const burnt = (state: GridState): GridState => {
  const burned = burn(state.ledger, "rich", tft(1n));
  if (!burned.ok) throw new Error(burned.error);
  return withLedger(state, { ...burned.value, issuance: state.ledger.issuance });
};
