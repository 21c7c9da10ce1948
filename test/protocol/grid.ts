/** A small grid for tests: one farm of alice's with one node, and whoever has a balance. */
import {
  type Bill,
  type BillingRules,
  type BillingTerms,
  type BlockBilled,
  billBlock,
  billingBlock,
  billingPolicy,
  type ChainTime,
  type ContractEvent,
  type FailedBill,
  farmId,
  type GridState,
  nodeId,
  type PricingPolicy,
  pricingBlock,
  pricingPolicy,
  type Resources,
  twinId,
} from "../../src/protocol/index.ts";
import {
  blocks,
  bytes,
  cores,
  milliUsd,
  type Outcome,
  seconds,
  tft,
  usd,
} from "../../src/units/index.ts";
import { discounts, splits } from "./billing-cases.ts";
import { defaults } from "./defaults.ts";

const GIB = 1_073_741_824n;
/** The instant of block 0 in the chain's own tests. */
const GENESIS = 1_628_082_000;

export const NODE = nodeId(1);
export const FARM = farmId(1);

/** Capacity in cores and GiB. */
export const capacity = (cru: bigint, mru: bigint, sru: bigint, hru: bigint): Resources => ({
  cru: cores(cru),
  mru: bytes(mru * GIB),
  sru: bytes(sru * GIB),
  hru: bytes(hru * GIB),
});

/** The prices of the chain's own tests. */
export const testPricing: PricingPolicy = {
  ...pricingPolicy(defaults(pricingBlock)),
  cu: { value: usd(305_600n), unit: "Gigabytes" },
  su: { value: usd(194_400n), unit: "Gigabytes" },
  nu: { value: usd(50_000n), unit: "Gigabytes" },
  ipu: usd(69_400n),
  uniqueName: usd(13_900n),
  domainName: usd(27_800n),
};

/** The terms of the chain's own tests: a bill every 10 blocks, grace of 100, 0.05 USD a TFT. */
export const terms = (rules: BillingRules = "reserve"): BillingTerms => ({
  billing: {
    ...billingPolicy(defaults(billingBlock)),
    rules,
    frequency: blocks(10),
    gracePeriod: blocks(100),
  },
  pricing: testPricing,
  discount: discounts,
  split: splits,
  price: milliUsd(50n),
});

/** A grid in which each account has a twin, numbered from 1 in order; the first owns the farm. */
export function grid(balances: Readonly<Record<string, bigint>>): GridState {
  const names = Object.keys(balances);
  const none = { reserved: tft(0n), frozen: tft(0n) };
  return {
    ledger: {
      accounts: new Map(names.map((name) => [name, { free: tft(balances[name]), ...none }])),
      issuance: tft(names.reduce((sum, name) => sum + balances[name], 0n)),
      existentialDeposit: tft(500n),
    },
    twins: new Map(names.map((name, row) => [twinId(row + 1), { account: name, stash: null }])),
    farms: new Map([[FARM, { twin: twinId(1), dedicated: false, ips: 4 }]]),
    nodes: new Map([
      [
        NODE,
        {
          farm: FARM,
          twin: null,
          resources: capacity(8n, 16n, 512n, 1024n),
          certified: false,
          extraFee: milliUsd(0n),
          power: { down: false, targetDown: false },
          optedOut: false,
        },
      ],
    ]),
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

/** Block and time of a height, six seconds a block. */
export const time = (block: number): ChainTime => ({
  block: blocks(block),
  now: seconds(GENESIS + 6 * block),
});

/** The value of an outcome that must be one. */
export function value<T>(outcome: Outcome<T, string>): T {
  if (!outcome.ok) throw new Error(outcome.error);
  return outcome.value;
}

/** What an outcome says: `ok` or the chain's error. */
export const word = (outcome: Outcome<unknown, string>): string =>
  outcome.ok ? "ok" : outcome.error;

/** Runs the billing loop from one block to another. */
export function run(
  state: GridState,
  { from, to }: { readonly from: number; readonly to: number },
  by: BillingTerms,
): BlockBilled {
  let current = state;
  const events: ContractEvent[] = [];
  const bills: (Bill | FailedBill)[] = [];
  for (let block = from; block <= to; block++) {
    const done = billBlock(current, time(block), by);
    current = done.state;
    events.push(...done.events);
    bills.push(...done.bills);
  }
  return { state: current, events, bills };
}
