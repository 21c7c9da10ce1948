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
import { accepted, blocks, milliUsd, type Outcome, refused, seconds } from "../units/index.ts";
import { readLimits, readPair, readPublicConfig, readResources } from "./chain-argument.ts";
import { type JsonFields, type Reader, readerOf, wholeOf } from "./chain-reader.ts";
import { limitsTold, plainCount } from "./chain-told.ts";
import { guess } from "./guess.ts";

type Rule = (read: Reader) => unknown;

const NODE_WORDS = ["Diy", "Certified"] as const;
const FARM_WORDS = ["NotCertified", "Gold"] as const;
const NO_REWARD = milliUsd(0n);

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

const policiesOf = (read: Reader): readonly FarmingPolicy[] =>
  read.list("policies").map((one) => policyOf(read.each(one, "policies")));

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
  const resources = read.has("resources")
    ? readResources(read.inner("resources"))
    : readResources(readerOf({ hru: 0, sru: 0, cru: 0, mru: 0 }));
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
      units: weightUnits(readResources(readerOf({ hru: 0, sru: 0, cru: 0, mru: 0 }))),
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

function priceAverage(read: Reader): readonly unknown[] {
  let feed = emptyFeed;
  const averages: unknown[] = [];
  for (const price of read.list("prices")) {
    feed = push(feed, milliUsd(wholeOf(price) ?? 0n));
    averages.push(plainCount(averagePrice(feed)));
  }
  for (const pair of read.list("repeat")) {
    const [count, price] = Array.isArray(pair) ? pair : [];
    feed = pushMany(feed, milliUsd(wholeOf(price) ?? 0n), Number(wholeOf(count) ?? 0n));
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

/** The one text of an input that is a single text. */
const onlyText = (read: Reader): string => {
  const names = Object.keys(read.fields);
  return read.text(...(names.length === 0 ? ["text"] : names));
};

const RULES: Readonly<Record<string, Rule>> = {
  node_units: nodeUnits,
  resources_changed: (read) =>
    resourcesChanged(
      readResources(read.inner("before")),
      readResources(read.inner("after")),
      read.big("tolerance"),
    ),
  policy_select: policySelect,
  policy_order: policyOrder,
  price_average: priceAverage,
  price_billing: (read) =>
    plainCount(
      effectivePrice(milliUsd(read.big("average")), {
        floor: milliUsd(read.big("min")),
        cap: milliUsd(read.big("max")),
      }),
    ),
  price_parse: (read) => priceOrNull(lowestOffer(read.list("source_amounts").map(String))),
  price_unit: (read) =>
    priceOrNull(unitPrice(milliUsd(read.big("total_musd")), read.bigOrNull("amount") ?? 100n)),
  council_close: councilClose,
  ip4_valid: (read) => verdictOf(checkIp4(readPair(within(read, "ip4")))),
  ip6_valid: (read) => verdictOf(checkIp6(readPair(within(read, "ip6")))),
  public_config_valid: (read) =>
    verdictOf(checkPublicConfig(readPublicConfig(within(read, "public_config", "config")))),
  latitude_valid: (read) => isLatitude(onlyText(read)),
  longitude_valid: (read) => isLongitude(onlyText(read)),
  stellar_key: (read) => isStellarKey(onlyText(read)),
};

/** The object within where a case wraps it, else the input itself. */
const within = (read: Reader, ...names: readonly string[]): Reader =>
  names.some((name) => read.has(name) && typeof read.fields[name] === "object")
    ? read.inner(...names)
    : read;

/** The answer of a single rule; refuses what it cannot read. */
export function ruleResult(kind: string, input: JsonFields): Outcome<unknown, string> {
  if (!Object.hasOwn(RULES, kind))
    return refused(`no kind ${kind}${guess(kind, Object.keys(RULES))}`);
  const read = readerOf(input);
  const result = RULES[kind](read);
  return read.missing.length === 0
    ? accepted(result)
    : refused(`${kind}: no ${read.missing.join(", ")}`);
}
