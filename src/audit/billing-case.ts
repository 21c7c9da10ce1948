/**
 * The cases of `tfgrid-billing-vectors/1`: one rule of billing each, or a whole scenario.
 *
 * Every function reads its input first, noting what is wrong, and answers what computes the result
 * in the form of the case's `expected`. Where the chain's own arithmetic has no result, because it
 * divides by zero or leaves its 128 bits, the result is `{"error": "ArithmeticOverflow"}`.
 */

import {
  type Billable,
  billingCu,
  billingSu,
  contractCost,
  discountedDue,
  effectivePrice,
  extraFeeCost,
  nameCost,
  rentCost,
  resourceCost,
  serviceCost,
  serviceVariableMax,
  splitLegacy,
  splitReserve,
  toTft,
  trafficCost,
} from "../protocol/index.ts";
import {
  ArithmeticOverflow,
  bytes,
  cores,
  type MilliUsd,
  perbillPercentOf,
  percentOf,
  type Tft,
  tft,
  type Usd,
} from "../units/index.ts";
import { playScenario, readScenario } from "./billing-scenario.ts";
import {
  discounts,
  milliUsdAt,
  pricesAt,
  pricingAt,
  resourcesAt,
  sizeAt,
  spanAt,
  splits,
  tftAt,
  usdAt,
} from "./billing-terms.ts";
import { guess } from "./guess.ts";
import {
  type Answer,
  at,
  flag,
  type Json,
  list,
  maybe,
  type Spot,
  spotOf,
  text,
  whole,
  word,
} from "./spot.ts";
import { blameStrays, knows } from "./stray.ts";

/** Computes a result whose input was read. */
type Compute = () => unknown;

function billableAt(spot: Spot): Billable {
  const kind = word(at(spot, "kind"), ["node", "rent", "name"]);
  switch (kind) {
    case "name":
      return { kind };
    case "rent":
      return { kind, capacity: resourcesAt(at(spot, "resources")) };
    case "node":
      return {
        kind,
        resources: resourcesAt(at(spot, "resources")),
        ips: whole(at(spot, "ips")),
        rented: flag(at(spot, "rented")),
        unbilled: usdAt(at(spot, "unbilled")),
      };
  }
}

/** What a cost is in TFT: the chain asks for no price where there is no cost. */
const tftOf = (units: Usd, price: MilliUsd): Tft => (units === 0n ? tft(0n) : toTft(units, price));

/** What a contract comes to in the end: price, full amount, discount. */
function contractCase(input: Spot): Compute {
  const what = billableAt(input);
  const elapsed = spanAt(at(input, "seconds"));
  const policy = pricingAt(at(input, "policy"));
  const { average, bounds } = pricesAt(at(input, "prices"));
  const payer = { balance: tftAt(at(input, "balance")), certified: flag(at(input, "certified")) };
  return () => {
    const units = contractCost(what, elapsed, policy);
    const price = effectivePrice(average, bounds);
    const full = tftOf(units, price);
    const { due, level } = discountedDue(full, elapsed, payer, discounts);
    return { units, price, full_tft: full, amount: due, level };
  };
}

/** The functions that say what capacity costs. */
const COSTS: Readonly<Record<string, (input: Spot) => Compute>> = {
  cu: (input) => {
    const resources = { cru: cores(whole(at(input, "cru"))), mru: bytes(whole(at(input, "mru"))) };
    const unit = sizeAt(at(input, "unit"));
    return () => ({ cu_bits: String(billingCu(resources, unit)) });
  },
  su: (input) => {
    const resources = { sru: bytes(whole(at(input, "sru"))), hru: bytes(whole(at(input, "hru"))) };
    const unit = sizeAt(at(input, "unit"));
    return () => ({ su_bits: String(billingSu(resources, unit)) });
  },
  resource_cost: (input) => {
    const resources = resourcesAt(at(input, "resources"));
    const ips = whole(at(input, "ips"));
    const billResources = flag(at(input, "bill_resources"));
    const [elapsed, policy] = [spanAt(at(input, "seconds")), pricingAt(at(input, "policy"))];
    return () => ({ units: resourceCost({ resources, ips, billResources }, elapsed, policy) });
  },
  rent_cost: (input) => {
    const resources = resourcesAt(at(input, "resources"));
    const [elapsed, policy] = [spanAt(at(input, "seconds")), pricingAt(at(input, "policy"))];
    return () => ({ units: rentCost(resources, elapsed, policy) });
  },
  name_cost: (input) => {
    const [elapsed, policy] = [spanAt(at(input, "seconds")), pricingAt(at(input, "policy"))];
    return () => ({ units: nameCost(elapsed, policy) });
  },
  nru_report: (input) => {
    const traffic = bytes(whole(at(input, "nru")));
    const [window, policy] = [spanAt(at(input, "window")), pricingAt(at(input, "policy"))];
    return () => ({ units: trafficCost(traffic, window, policy) });
  },
  extra_fee: (input) => {
    const monthly = milliUsdAt(at(input, "fee_musd_per_month"));
    const elapsed = spanAt(at(input, "seconds"));
    return () => ({ units: extraFeeCost(monthly, elapsed) });
  },
  contract_cost: contractCase,
  service_bill: (input) => {
    const base = milliUsdAt(at(input, "base_fee"));
    const variableAmount = milliUsdAt(at(input, "variable_amount"));
    const [window, price] = [spanAt(at(input, "window")), milliUsdAt(at(input, "price"))];
    return () => {
      const units = serviceCost({ base, variableAmount }, window);
      return { units, amount: tftOf(units, price) };
    };
  },
  service_max_variable: (input) => {
    const fee = milliUsdAt(at(input, "variable_fee"));
    const window = spanAt(at(input, "window"));
    return () => ({ max: serviceVariableMax(fee, window) });
  },
};

/** The functions that turn what capacity costs into what is paid, and to whom. */
const PAYMENTS: Readonly<Record<string, (input: Spot) => Compute>> = {
  effective_price: (input) => {
    const average = milliUsdAt(at(input, "average"));
    const bounds = { floor: milliUsdAt(at(input, "min")), cap: milliUsdAt(at(input, "max")) };
    return () => ({ price: effectivePrice(average, bounds) });
  },
  to_tft: (input) => {
    const [units, price] = [usdAt(at(input, "units")), milliUsdAt(at(input, "price"))];
    return () => ({ amount: toTft(units, price) });
  },
  discount: (input) => {
    const full = tftAt(at(input, "amount_due"));
    const elapsed = spanAt(at(input, "seconds"));
    const payer = { balance: tftAt(at(input, "balance")), certified: flag(at(input, "certified")) };
    return () => {
      const { due, level } = discountedDue(full, elapsed, payer, discounts);
      return { amount: due, level };
    };
  },
  percent: (input) => {
    const [percent, amount] = [whole(at(input, "percent")), whole(at(input, "amount"))];
    return () => ({ result: percentOf(percent, amount) });
  },
  perbill: (input) => {
    const [percent, amount] = [whole(at(input, "percent")), whole(at(input, "amount"))];
    return () => ({ result: perbillPercentOf(percent, amount) });
  },
  split_legacy: (input) => {
    const amount = tftAt(at(input, "amount"));
    const takes = maybe(at(input, "takes"), (spot) => list(spot, (take) => whole(take)), []);
    return () => splitLegacy(amount, takes, splits);
  },
  split_reserve: (input) => {
    const [amount, hasNode] = [tftAt(at(input, "amount")), flag(at(input, "has_node"))];
    return () => splitReserve(amount, hasNode, splits);
  },
  scenario: (input) => {
    const scenario = readScenario(input);
    return () => playScenario(scenario);
  },
};

const FUNCTIONS = { ...COSTS, ...PAYMENTS };

/** The functions of billing that a case may name in `fn`. */
export const billingFunctions: readonly string[] = Object.keys(FUNCTIONS);

/** What the rules answer to a billing case `{fn, input}`, in the form of its `expected`. */
export function billingResult(one: Json): Answer {
  const whole = spotOf(one);
  knows(whole, ["id", "fn", "input", "expected"]);
  const fn = at(whole, "fn");
  const name = text(fn);
  if (whole.faults.length > 0) return { ok: false, faults: whole.faults };
  if (!Object.hasOwn(FUNCTIONS, name)) {
    const meant = guess(name, billingFunctions);
    return { ok: true, value: { unsupported: `there is no rule ${name} of billing${meant}` } };
  }
  const compute = FUNCTIONS[name](at(whole, "input"));
  blameStrays(whole);
  return whole.faults.length > 0
    ? { ok: false, faults: whole.faults }
    : { ok: true, value: overflowing(compute) };
}

/** A result, or the formats' word for one that leaves the chain's bits. */
export function overflowing(compute: Compute): unknown {
  try {
    return compute();
  } catch (thrown) {
    if (thrown instanceof ArithmeticOverflow) return { error: "ArithmeticOverflow" };
    throw thrown;
  }
}
