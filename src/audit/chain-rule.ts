/** Single rules of the chain: what each kind of case asks, and the form of its answer. */

import {
  averagePrice,
  checkIp4,
  checkIp6,
  checkPublicConfig,
  choosePolicy,
  council,
  effectivePrice,
  emptyFeed,
  type FarmingPolicy,
  isCouncilApproval,
  isLatitude,
  isLongitude,
  isStellarKey,
  lowestOffer,
  type PolicyLimits,
  push,
  pushMany,
  resourcesChanged,
  unitPrice,
  voteWeight,
  weightUnits,
} from "../protocol/index.ts";
import { blocks, milliUsd, type Outcome, seconds } from "../units/index.ts";
import { readLimits, readPair, readPublicConfig, readResources } from "./chain-argument.ts";
import { bigAt, nameAt, type Reader, readerOf } from "./chain-reader.ts";
import { limitsTold, plainCount } from "./chain-told.ts";
import { at, blame, isFields, list, type Spot, spotOf, text } from "./spot.ts";

/** Reads the input of a rule, and answers its result. */
type Rule = (input: Spot) => unknown;

const reading =
  (rule: (read: Reader) => unknown): Rule =>
  (input) =>
    rule(readerOf(input));

const NODE_WORDS = ["Diy", "Certified"] as const;
const FARM_WORDS = ["NotCertified", "Gold"] as const;
const NO_REWARD = milliUsd(0n);
const NO_RESOURCES = readResources(readerOf(spotOf({ hru: 0, sru: 0, cru: 0, mru: 0 })));

/** A policy of a case, which has only what the choice looks at. */
const policyOf = (read: Reader): FarmingPolicy => ({
  id: read.count("id"),
  cu: NO_REWARD,
  su: NO_REWARD,
  nu: NO_REWARD,
  ipv4: NO_REWARD,
  minimalUptime: 0,
  default: read.flag("default"),
  immutable: false,
  nodeCertification: read.word("node_certification", NODE_WORDS),
  farmCertification: read.word("farm_certification", FARM_WORDS),
  created: blocks(0),
  end: blocks(0),
});

const policiesOf = (read: Reader): readonly FarmingPolicy[] => read.rows("policies", policyOf);

function nodeUnits(read: Reader) {
  const units = weightUnits(readResources(read));
  return {
    cu: String(units.cu),
    su: String(units.su),
    weight: String(voteWeight(units)),
  };
}

function policySelect(read: Reader) {
  const limits = read.has("limits") ? readLimits(read.inner("limits")) : null;
  const resources = read.has("resources") ? readResources(read.inner("resources")) : NO_RESOURCES;
  const choice = choosePolicy({
    policies: policiesOf(read),
    nodeCertification: read.has("node_certification")
      ? read.word("node_certification", NODE_WORDS)
      : "Diy",
    farmCertification: read.has("farm_certification")
      ? read.word("farm_certification", FARM_WORDS)
      : "NotCertified",
    units: weightUnits(resources),
    limits,
    now: seconds(read.countOrNull("now_secs") ?? 0),
  });
  if (!choice.ok) return { error: `TfgridModule.${choice.error}` };
  const left: PolicyLimits | null = choice.value.limits;
  const written = limits !== null && left !== null && left !== limits;
  return {
    policy_id: choice.value.policy.id,
    new_limits: written ? limitsTold({ ...limits, ...left }) : null,
  };
}

/** The policies from the last to the first that a gold farm's certified node would get. */
function policyOrder(read: Reader): readonly number[] {
  const ranked: number[] = [];
  let left = policiesOf(read);
  while (left.length > 0) {
    const best = choosePolicy({
      policies: left,
      nodeCertification: "Certified",
      farmCertification: "Gold",
      units: weightUnits(NO_RESOURCES),
      limits: null,
      now: seconds(0),
    });
    if (!best.ok) break;
    const { id } = best.value.policy;
    ranked.unshift(id);
    left = left.filter((policy) => policy.id !== id);
  }
  return ranked;
}

/** Reads `[count, price]`. */
function pairAt(spot: Spot): readonly bigint[] {
  const pair = list(spot, bigAt);
  if (pair.length !== 2) blame(spot, "a list of a count and a price");
  return pair;
}

function priceAverage(read: Reader): readonly unknown[] {
  let feed = emptyFeed;
  const averages: unknown[] = [];
  for (const price of read.items("prices", bigAt)) {
    feed = push(feed, milliUsd(price));
    averages.push(plainCount(averagePrice(feed)));
  }
  for (const [count = 0n, price = 0n] of read.items("repeat", pairAt)) {
    feed = pushMany(feed, milliUsd(price), Number(count));
    averages.push(plainCount(averagePrice(feed)));
  }
  return averages;
}

function councilClose(read: Reader) {
  const [seats, yes] = [read.count("seats"), read.count("yes")];
  const verdict = council.motionVerdict({
    seats,
    threshold: read.count("threshold"),
    yes,
    no: read.count("no"),
    expired: read.flag("expired"),
    primeAye: read.flag("prime_aye"),
  });
  if (!verdict.ok) return { outcome: verdict.error, origin_yes: yes, restricted_ok: false };
  const { approved } = verdict.value;
  return {
    outcome: approved ? "approved" : "disapproved",
    origin_yes: verdict.value.yes,
    restricted_ok: approved && isCouncilApproval(verdict.value.yes, seats),
  };
}

const priceOrNull = (price: bigint | null) => (price === null ? null : plainCount(price));
const verdictOf = (checked: Outcome<unknown, string>): string =>
  checked.ok ? "ok" : checked.error;

/** The text that an input is, or the first that it holds. */
function onlyText(input: Spot): string {
  if (!isFields(input.value)) return text(input);
  const held = Object.entries(input.value).find(([, value]) => typeof value === "string");
  return text(at(input, held?.[0] ?? "text"));
}

const RULES: Readonly<Record<string, Rule>> = {
  node_units: reading(nodeUnits),
  resources_changed: reading((read) =>
    resourcesChanged(
      readResources(read.inner("before")),
      readResources(read.inner("after")),
      read.big("tolerance"),
    ),
  ),
  policy_select: reading(policySelect),
  policy_order: reading(policyOrder),
  price_average: reading(priceAverage),
  price_billing: reading((read) =>
    plainCount(
      effectivePrice(milliUsd(read.big("average")), {
        floor: milliUsd(read.big("min")),
        cap: milliUsd(read.big("max")),
      }),
    ),
  ),
  price_parse: reading((read) => priceOrNull(lowestOffer(read.items("source_amounts", nameAt)))),
  price_unit: reading((read) =>
    priceOrNull(unitPrice(milliUsd(read.big("total_musd")), read.bigOrNull("amount") ?? 100n)),
  ),
  council_close: reading(councilClose),
  ip4_valid: (input) => verdictOf(checkIp4(readPair(within(input, "ip4")))),
  ip6_valid: (input) => verdictOf(checkIp6(readPair(within(input, "ip6")))),
  public_config_valid: (input) =>
    verdictOf(checkPublicConfig(readPublicConfig(within(input, "public_config", "config")))),
  latitude_valid: (input) => isLatitude(onlyText(input)),
  longitude_valid: (input) => isLongitude(onlyText(input)),
  stellar_key: (input) => isStellarKey(onlyText(input)),
};

/** The object within where a case wraps it, else the input itself. */
function within(input: Spot, ...names: readonly string[]): Reader {
  const wraps = isFields(input.value) ? names.map((name) => at(input, name)) : [];
  return readerOf(wraps.find(({ value }) => isFields(value)) ?? input);
}

/** The single rules that a case may name. */
export const chainRules: readonly string[] = Object.keys(RULES);

/** Reads the input of a single rule, noting what is wrong, and answers its result. */
export const ruleResult = (rule: string, input: Spot): unknown => RULES[rule](input);
