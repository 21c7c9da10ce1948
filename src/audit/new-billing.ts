/**
 * New billing cases: inputs drawn around the edges at which a rule changes its answer.
 */
import { type DiscountLevel, discountLevels, levelFloor, monthlyCost } from "../protocol/index.ts";
import { seconds, tft } from "../units/index.ts";
import { billingResult } from "./billing-case.ts";
import { discounts, pricingTold, SIZES } from "./billing-terms.ts";
import type { Draws } from "./draw.ts";
import { newScenario } from "./new-scenario.ts";
import { type Fields, isFields, type Json, plain } from "./spot.ts";

const TIB = 1n << 40n;
const GIB = 1n << 30n;
/** Lengths of time at which something begins or ends, in seconds. */
const SPANS = [0n, 1n, 36n, 60n, 3_600n, 7_200n, 86_400n, 1_209_600n, 2_592_000n];
/** Seconds of the month that a discount looks at. */
const MONTH = 2_592_000n;
const WINDOWS = [0n, 1n, 1_200n, 3_600n];
/** `[average, least, most]` of the price of a TFT, with bounds that meet, cross and vanish. */
const PRICES = [
  [50n, 10n, 1_000n],
  [9n, 10n, 1_000n],
  [1_001n, 10n, 1_000n],
  [12n, 10n, 1_000n],
  [100n, 100n, 100n],
  [50n, 1_000n, 10n],
  [0n, 0n, 0n],
];

/** Capacity of a deployment or a node, some of it in whole GiB and some with ties. */
function drawResources(draws: Draws): Record<"cru" | "mru" | "sru" | "hru", bigint> {
  const size = (most: bigint): bigint =>
    draws.chance(1, 2) ? draws.sized(most / GIB) * GIB : draws.sized(most);
  const cru = draws.sized(256n);
  // Two GiB a core is where memory and cores weigh the same.
  const mru = draws.chance(1, 4) ? cru * 2n * GIB : size(8n * TIB);
  return { cru, mru, sru: size(64n * TIB), hru: size(256n * TIB) };
}

/** A pricing policy: the one in force, that of the chain's own tests, or any. */
function drawPolicy(draws: Draws): Fields {
  if (draws.chance(1, 4)) return pricingTold;
  const [cu, su, nu, ipu, name] = draws.pick([
    [305_600n, 194_400n, 50_000n, 69_400n, 13_900n],
    [0n, 0n, 0n, 0n, 0n],
    [1n, 1n, 1n, 1n, 1n],
    [1, 2, 3, 4, 5].map(() => draws.sized(1_000_000n)),
    [1, 2, 3, 4, 5].map(() => draws.sized(1_000_000n)),
  ]);
  const other = draws.chance(1, 8);
  const price = (value: bigint): Json => ({
    unit: other ? draws.pick(SIZES) : "Gigabytes",
    value: plain(value),
  });
  return {
    ...{ cu: price(cu), su: price(su), nu: price(nu), ipu: price(ipu) },
    ...{ unique_name: price(name), domain_name: price(name * 2n) },
    discount_for_dedication_nodes: draws.pick([0, 1, 50, 50, 50, 99, 100, 101, 255]),
  };
}

/** A balance at the edge of a level for a full amount over a time, or any balance. */
function drawBalance(draws: Draws, full: bigint, elapsed: bigint): bigint {
  const any = draws.sized(1n << 60n);
  // A month of it that leaves the chain's numbers has no level.
  const endless = elapsed === 0n || full >= 1n << 50n || (full * MONTH) / elapsed >= 1n << 63n;
  if (full === 0n || endless || draws.chance(1, 5)) return any;
  const monthly = monthlyCost(tft(full), seconds(Number(elapsed)));
  if (monthly === 0n) return any;
  const level: DiscountLevel = draws.pick(discountLevels);
  return draws.near([levelFloor(level, monthly, discounts)]);
}

function contractCost(draws: Draws): Fields {
  const elapsed = draws.near(SPANS);
  const input: Fields = plainFields({
    kind: draws.pick(["node", "node", "rent", "name"]),
    resources: drawResources(draws),
    ips: draws.pick([0n, 0n, 1n, 2n, 256n]),
    rented: draws.chance(1, 3),
    unbilled: draws.chance(1, 2) ? 0n : draws.sized(1n << 40n),
    seconds: elapsed,
    policy: drawPolicy(draws),
    prices: draws.pick(PRICES),
    certified: draws.chance(1, 3),
  });
  // The balance that matters depends on the amount, which the rules are asked for.
  const asked = billingResult({ fn: "contract_cost", input: { ...input, balance: 0 } });
  const told = asked.ok ? plain(asked.value) : null;
  const full = isFields(told) && told["full_tft"] !== undefined ? told["full_tft"] : 0;
  return { ...input, balance: plain(drawBalance(draws, BigInt(String(full)), elapsed)) };
}

const plainFields = (value: object): Fields => {
  const fields = plain(value);
  return isFields(fields) ? fields : {};
};

/** Percentages of a provider's shares: none, some, half in all, or more. */
const drawTakes = (draws: Draws): readonly bigint[] | null => {
  if (draws.chance(1, 4)) return null;
  return Array.from({ length: draws.count(1, 5) }, () => draws.near([0n, 1n, 10n, 25n, 50n]));
};

/** Small amounts, where rounding shows, as often as large ones. */
const drawAmount = (draws: Draws): bigint =>
  draws.chance(1, 2) ? draws.whole(0n, 200n) : draws.sized(1n << 62n);

const percentage = (draws: Draws) => ({
  percent: draws.near([0n, 1n, 5n, 25n, 50n, 99n, 100n, 101n]),
  amount: drawAmount(draws),
});

/** How each rule's input is drawn; whole numbers may be bigints. */
const RECIPES: Readonly<Record<string, (draws: Draws) => object>> = {
  cu: (draws) => {
    const { cru, mru } = drawResources(draws);
    return { cru, mru, unit: draws.pick(["Gigabytes", "Gigabytes", ...SIZES]) };
  },
  su: (draws) => {
    const { sru, hru } = drawResources(draws);
    return { sru, hru, unit: draws.pick(["Gigabytes", "Gigabytes", ...SIZES]) };
  },
  resource_cost: (draws) => ({
    resources: drawResources(draws),
    ips: draws.pick([0n, 0n, 1n, 2n, 256n]),
    seconds: draws.near(SPANS),
    policy: drawPolicy(draws),
    bill_resources: draws.chance(3, 4),
  }),
  rent_cost: (draws) => ({
    resources: drawResources(draws),
    seconds: draws.near(SPANS),
    policy: drawPolicy(draws),
  }),
  name_cost: (draws) => ({ seconds: draws.near(SPANS), policy: drawPolicy(draws) }),
  nru_report: (draws) => ({
    nru: draws.chance(1, 4)
      ? draws.near([0n, 1_000_000_000n, 1_000_000_000_000n])
      : draws.sized(1n << 50n),
    window: draws.near(WINDOWS),
    policy: drawPolicy(draws),
  }),
  // The product of fee and time is kept in 64 bits: some of these are too much.
  extra_fee: (draws) => ({
    fee_musd_per_month: draws.sized(1n << 50n),
    seconds: draws.near(SPANS),
  }),
  effective_price: (draws) => {
    const [, min, max] = draws.pick(PRICES);
    return { average: draws.near([min, max, 50n]), min, max };
  },
  to_tft: (draws) => ({
    units: drawAmount(draws),
    price: draws.chance(1, 8) ? 0n : draws.near([1n, 2n, 10n, 50n, 1_000n, 4_000_000n]),
  }),
  discount: (draws) => {
    const amount_due = drawAmount(draws);
    const elapsed = draws.near(SPANS);
    const balance = drawBalance(draws, amount_due, elapsed);
    return { amount_due, seconds: elapsed, balance, certified: draws.chance(1, 2) };
  },
  contract_cost: contractCost,
  service_bill: (draws) => ({
    base_fee: draws.sized(1_000_000n),
    variable_amount: draws.sized(1_000_000n),
    window: draws.near(WINDOWS),
    price: draws.near([10n, 50n, 1_000n]),
  }),
  service_max_variable: (draws) => ({
    variable_fee: draws.sized(1_000_000n),
    window: draws.near(WINDOWS),
  }),
  percent: percentage,
  perbill: percentage,
  split_legacy: (draws) => ({ amount: drawAmount(draws), takes: drawTakes(draws) }),
  split_reserve: (draws) => ({ amount: drawAmount(draws), has_node: draws.chance(2, 3) }),
  scenario: newScenario,
};

/** The input of a new case of a rule of billing. */
export const newBillingInput = (fn: string, draws: Draws): Fields =>
  plainFields(RECIPES[fn](draws));
