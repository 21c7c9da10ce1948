/**
 * Receipts: why a payment was made, as the minting writes it to the byte, and the payment itself.
 *
 * Lifecycle: a node's receipt is hashed, the hash is the memo of the payment on Stellar. Where the
 * memo is not found a period later, the payment is tried once more; an underpaid month is
 * corrected by a receipt that names both.
 *
 * Source: minting_v3 fc7e17d, minting/src/receipt.rs (field order) and main.rs (values); numbers in
 * the shortest form that reads back, laid out as the Rust program `ryu` does.
 * Quirks: the connection price is always printed as 80; `carbon_offset` is null since 2025; a
 * negative correction is zero; a second try is written down even where there is still no address.
 * Disagreements: until July 2022 the node's own price was printed (`printedPrice`), and receipts
 * ended before the policy (`form`); the default is what is written today. No receipt of the
 * program was at hand, so the order of the fields and the hash are read in its text.
 */
import {
  GIB,
  type MilliUsd,
  milliUsd,
  type Seconds,
  tft,
  UNITS_PER_TOKEN,
} from "../units/index.ts";
import { blake2b256, hexadecimal } from "./blake2b.ts";
import type { MintUnits } from "./capacity.ts";
import type { Resources } from "./cost.ts";
import type { FarmingPolicy, NodeCertification } from "./farming-policy.ts";
import { type Amount, PRINTED_PRICE } from "./mint.ts";
import { PERIOD_LENGTH, type Period } from "./period.ts";
import type { Utilization } from "./utilization.ts";

/** What a receipt tells of a node's period. */
export interface Receipt {
  readonly period: Pick<Period, "start" | "end">;
  readonly node: number;
  readonly twin: number;
  readonly farm: number;
  readonly farmName: string;
  /** The farm's address on Stellar, empty where it has none. */
  readonly address: string;
  readonly uptime: Seconds;
  readonly units: MintUnits;
  readonly resources: Resources;
  readonly utilization: Utilization;
  readonly reward: Amount;
  /** The carbon mint until January 2025, null since. */
  readonly carbon: Amount | null;
  readonly certification: NodeCertification;
  readonly policy: FarmingPolicy;
  /** The price printed; 80 where it is left out. */
  readonly printedPrice?: MilliUsd;
  /** Whether the policy is told, as today, or not yet. */
  readonly form?: "current" | "before-policies";
}

/** The text of a receipt, which is what is hashed. */
export function receiptText(receipt: Receipt): string {
  const { units, resources, utilization, printedPrice = PRINTED_PRICE } = receipt;
  const used = (unitSeconds: bigint, whole: bigint): string =>
    float(whole === 0n ? 0 : (Number(unitSeconds / BigInt(PERIOD_LENGTH)) * 100) / Number(whole));
  return object([
    ["period", periodText(receipt.period)],
    ["node_id", String(receipt.node)],
    ["twin_id", String(receipt.twin)],
    ["farm_id", String(receipt.farm)],
    ["farm_name", JSON.stringify(receipt.farmName)],
    ["stellar_payout_address", JSON.stringify(receipt.address)],
    ["measured_uptime", String(receipt.uptime)],
    ["tft_connection_price", String(printedPrice)],
    ["cloud_units", unitsText(units)],
    [
      "resource_units",
      object([
        ["cru", float(Number(resources.cru))],
        ["mru", float(Number(resources.mru) / GIB)],
        ["hru", float(Number(resources.hru) / GIB)],
        ["sru", float(Number(resources.sru) / GIB)],
      ]),
    ],
    [
      "resource_utilization",
      object([
        ["cru", used(utilization.cru, resources.cru)],
        ["mru", used(utilization.mru, resources.mru)],
        ["hru", used(utilization.hru, resources.hru)],
        ["sru", used(utilization.sru, resources.sru)],
        ["ip", float(Number(utilization.ips) / 3600)],
      ]),
    ],
    ["reward", amountText(receipt.reward)],
    ["carbon_offset", receipt.carbon === null ? "null" : amountText(receipt.carbon)],
    ["node_type", receipt.certification === "Certified" ? '"CERTIFIED"' : '"DIY"'],
    ...(receipt.form === "before-policies" ? [] : policyFields(receipt.policy)),
  ]);
}

const policyFields = (policy: FarmingPolicy): readonly (readonly [string, string])[] => [
  ["farming_policy_id", String(policy.id)],
  [
    "resource_rewards",
    object([
      ["cu", String(policy.cu)],
      ["su", String(policy.su)],
      ["nu", String(policy.nu)],
      ["ipv4", String(policy.ipv4)],
    ]),
  ],
];

/** A second try to pay a receipt whose memo was not found on Stellar. */
export interface Retry {
  readonly failed: Pick<Period, "start" | "end">;
  readonly now: Pick<Period, "start" | "end">;
  readonly farm: number;
  readonly addressBefore: string;
  readonly address: string;
  /** The hash of the receipt that was not paid. */
  readonly receipt: string;
  readonly reward: Amount;
}

/** The text of a second try. */
export const retryText = (retry: Retry): string =>
  object([
    ["failed_payout_period", periodText(retry.failed)],
    ["retry_period", periodText(retry.now)],
    ["farm_id", String(retry.farm)],
    ["previous_stellar_payout_address", JSON.stringify(retry.addressBefore)],
    ["stellar_payout_address", JSON.stringify(retry.address)],
    ["retry_for_receipt", JSON.stringify(retry.receipt)],
    ["reward", amountText(retry.reward)],
  ]);

/** What was minted for a node, or should have been. */
export interface Minted {
  readonly units: MintUnits;
  readonly hash: string;
  readonly reward: Amount;
  readonly carbon: Amount;
}

/** The correction of an underpaid month. */
export interface Fixup {
  readonly period: Pick<Period, "start" | "end">;
  readonly node: number;
  readonly farm: number;
  readonly address: string;
  readonly minted: Minted;
  readonly correct: Minted;
}

/** What a correction pays; what was paid too much is not asked back. */
export const fixupReward = ({ minted, correct }: Fixup): Amount =>
  missing(correct.reward, minted.reward);

/** The text of a correction. */
export function fixupText(fixup: Fixup): string {
  const { minted, correct } = fixup;
  const difference = (of: (units: MintUnits) => bigint): string =>
    float(micro(of(correct.units)) - micro(of(minted.units)));
  return object([
    ["period", periodText(fixup.period)],
    ["node_id", String(fixup.node)],
    ["farm_id", String(fixup.farm)],
    ["minted_cloud_units", unitsText(minted.units)],
    ["correct_cloud_units", unitsText(correct.units)],
    [
      "fixup_cloud_units",
      object([
        ["cu", difference((units) => units.cu)],
        ["su", difference((units) => units.su)],
        ["nu", difference((units) => units.nu)],
      ]),
    ],
    ["stellar_payout_address", JSON.stringify(fixup.address)],
    ["minted_receipt", JSON.stringify(minted.hash)],
    ["correct_receipt", JSON.stringify(correct.hash)],
    ["minted_reward", amountText(minted.reward)],
    ["correct_reward", amountText(correct.reward)],
    ["fixup_reward", amountText(fixupReward(fixup))],
    ["minted_carbon_offset", amountText(minted.carbon)],
    ["correct_carbon_offset", amountText(correct.carbon)],
    ["fixup_carbon_offset", amountText(missing(correct.carbon, minted.carbon))],
  ]);
}

/** The hash of any receipt's text: the memo of its payment. */
export const receiptHash = (text: string): string =>
  hexadecimal(blake2b256(new TextEncoder().encode(text)));

/** The line of the payout file, null where there is no address or nothing to pay. */
export function payoutLine(address: string, reward: Amount, hash: string): string | null {
  if (address === "" || reward.tft === 0n) return null;
  const unit = BigInt(UNITS_PER_TOKEN);
  const fraction = (reward.tft % unit).toString().padStart(7, "0");
  return `${address},${reward.tft / unit}.${fraction},${hash}`;
}

/** A double as `ryu` prints it: always with a point or an exponent. */
export function float(value: number): string {
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa, exponent] = Math.abs(value).toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const point = Number(exponent) + 1;
  return (value < 0 ? "-" : "") + placed(digits, point);
}

/** Lays out shortest digits whose decimal point stands after the first `point` of them. */
function placed(digits: string, point: number): string {
  if (digits.length <= point && point <= 16) return `${digits.padEnd(point, "0")}.0`;
  if (point > 0 && point <= 16) return `${digits.slice(0, point)}.${digits.slice(point)}`;
  if (point > -5 && point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  const rest = digits.slice(1);
  return `${digits[0]}${rest === "" ? "" : `.${rest}`}e${point - 1}`;
}

const object = (fields: readonly (readonly [string, string])[]): string =>
  `{${fields.map(([name, value]) => `"${name}":${value}`).join(",")}}`;

const micro = (units: bigint): number => Number(units) / 1_000_000;

const unitsText = (units: MintUnits): string =>
  object([
    ["cu", float(micro(units.cu))],
    ["su", float(micro(units.su))],
    ["nu", float(micro(units.nu))],
  ]);

const periodText = ({ start, end }: Pick<Period, "start" | "end">): string =>
  object([
    ["start", String(start)],
    ["end", String(end)],
  ]);

const amountText = (amount: Amount): string =>
  object([
    ["musd", String(amount.usd)],
    ["tft", String(amount.tft)],
  ]);

const missing = (correct: Amount, minted: Amount): Amount => ({
  usd: milliUsd(correct.usd > minted.usd ? correct.usd - minted.usd : 0n),
  tft: tft(correct.tft > minted.tft ? correct.tft - minted.tft : 0n),
});
