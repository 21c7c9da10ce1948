/** Reads the billing vectors: exact integers, large ones as decimal strings. */
import { readFileSync } from "node:fs";
import {
  type Billable,
  billingCu,
  billingSu,
  contractCost,
  discountBlock,
  discountedDue,
  discountPolicy,
  effectivePrice,
  extraFeeCost,
  nameCost,
  type PriceUnit,
  type PricingPolicy,
  type Resources,
  rentCost,
  resourceCost,
  serviceCost,
  serviceVariableMax,
  splitBlock,
  splitLegacy,
  splitPolicy,
  splitReserve,
  toTft,
  trafficCost,
} from "../../src/protocol/index.ts";
import {
  ArithmeticOverflow,
  bytes,
  cores,
  milliUsd,
  perbillPercentOf,
  percentOf,
  seconds,
  tft,
  usd,
} from "../../src/units/index.ts";
import { defaults } from "./defaults.ts";

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [k: string]: Json };
export type Fields = { readonly [key: string]: Json };

export interface Case {
  readonly id: string;
  readonly fn: string;
  /** The test of the pallet that asserts the numbers, where one does. */
  readonly test?: string;
  readonly input: Fields;
  readonly expected: Fields;
}

export const discounts = discountPolicy(defaults(discountBlock));
export const splits = splitPolicy(defaults(splitBlock));

/** The cases of a file of vectors. */
export function casesOf(file: string): readonly Case[] {
  const url = new URL(`../vectors/billing/${file}`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")).cases;
}

export const fields = (value: Json): Fields => value as Fields;
export const big = (value: Json): bigint => BigInt(value as string | number);
export const num = (value: Json): number => Number(value);

/** Numbers, bigints and decimal strings as one form, so that results can be compared. */
export function canonical(value: unknown): unknown {
  if (typeof value === "bigint" || typeof value === "number") return value.toString();
  if (Array.isArray(value)) return value.map(canonical);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, canonical(v)]));
  }
  return value;
}

export function resourcesOf(value: Json): Resources {
  const { cru, mru, sru, hru } = fields(value);
  return {
    cru: cores(big(cru ?? 0)),
    mru: bytes(big(mru ?? 0)),
    sru: bytes(big(sru ?? 0)),
    hru: bytes(big(hru ?? 0)),
  };
}

export function pricingOf(value: Json): PricingPolicy {
  const policy = fields(value);
  const price = (name: string) => usd(big(fields(policy[name]).value));
  const unit = (name: string) => fields(policy[name]).unit as PriceUnit;
  return {
    cu: { value: price("cu"), unit: unit("cu") },
    su: { value: price("su"), unit: unit("su") },
    nu: { value: price("nu"), unit: unit("nu") },
    ipu: price("ipu"),
    uniqueName: price("unique_name"),
    domainName: price("domain_name"),
    dedicatedPercent: big(policy.discount_for_dedication_nodes),
  };
}

function billableOf(input: Fields): Billable {
  const resources = resourcesOf(input.resources);
  if (input.kind === "rent") return { kind: "rent", capacity: resources };
  if (input.kind === "name") return { kind: "name" };
  return {
    kind: "node",
    resources,
    ips: big(input.ips),
    rented: input.rented === true,
    unbilled: usd(big(input.unbilled)),
  };
}

/** What our code answers to a case other than a scenario. */
export function answer(fn: string, input: Fields): unknown {
  try {
    return answerOf(fn, input);
  } catch (fault) {
    if (fault instanceof ArithmeticOverflow) return { error: "ArithmeticOverflow" };
    throw fault;
  }
}

function answerOf(fn: string, i: Fields): unknown {
  const elapsed = () => seconds(num(i.seconds));
  const policy = () => pricingOf(i.policy);
  switch (fn) {
    case "cu":
      return { cu_bits: billingCu(resourcesOf(i), i.unit as PriceUnit) };
    case "su":
      return { su_bits: billingSu(resourcesOf(i), i.unit as PriceUnit) };
    case "resource_cost": {
      const use = { ips: big(i.ips), billResources: i.bill_resources === true };
      const resources = resourcesOf(i.resources);
      return { units: resourceCost({ resources, ...use }, elapsed(), policy()) };
    }
    case "rent_cost":
      return { units: rentCost(resourcesOf(i.resources), elapsed(), policy()) };
    case "name_cost":
      return { units: nameCost(elapsed(), policy()) };
    case "nru_report":
      return { units: trafficCost(bytes(big(i.nru)), seconds(num(i.window)), policy()) };
    case "extra_fee":
      return { units: extraFeeCost(milliUsd(big(i.fee_musd_per_month)), elapsed()) };
    case "effective_price": {
      const bounds = { floor: milliUsd(big(i.min)), cap: milliUsd(big(i.max)) };
      return { price: effectivePrice(milliUsd(big(i.average)), bounds) };
    }
    case "to_tft":
      return { amount: toTft(usd(big(i.units)), milliUsd(big(i.price))) };
    case "discount": {
      const payer = { balance: tft(big(i.balance)), certified: i.certified === true };
      const { due, level } = discountedDue(tft(big(i.amount_due)), elapsed(), payer, discounts);
      return { amount: due, level };
    }
    case "contract_cost":
      return contractAnswer(i);
    case "service_bill": {
      const fees = {
        base: milliUsd(big(i.base_fee)),
        variableAmount: milliUsd(big(i.variable_amount)),
      };
      const units = serviceCost(fees, seconds(num(i.window)));
      return { units, amount: toTft(units, milliUsd(big(i.price))) };
    }
    case "service_max_variable":
      return { max: serviceVariableMax(milliUsd(big(i.variable_fee)), seconds(num(i.window))) };
    case "percent":
      return { result: percentOf(big(i.percent), big(i.amount)) };
    case "perbill":
      return { result: perbillPercentOf(big(i.percent), big(i.amount)) };
    case "split_legacy": {
      const takes = ((i.takes ?? []) as Json[]).map(big);
      return splitLegacy(tft(big(i.amount)), takes, splits);
    }
    case "split_reserve":
      return splitReserve(tft(big(i.amount)), i.has_node === true, splits);
    default:
      throw new Error(`no function ${fn}`);
  }
}

function contractAnswer(i: Fields): unknown {
  const elapsed = seconds(num(i.seconds));
  const units = contractCost(billableOf(i), elapsed, pricingOf(i.policy));
  const [average, min, max] = (i.prices as Json[]).map(big);
  const bounds = { floor: milliUsd(min), cap: milliUsd(max) };
  const price = effectivePrice(milliUsd(average), bounds);
  const full = toTft(units, price);
  const payer = { balance: tft(big(i.balance)), certified: i.certified === true };
  const { due, level } = discountedDue(full, elapsed, payer, discounts);
  return { units, price, full_tft: full, amount: due, level };
}
