/**
 * The monthly mint: what every node is paid for a period, once the period's tail is read, and what
 * is minted for carbon besides, where the policy says so.
 */
import {
  carbonReward,
  defaultPolicies,
  fullCount,
  gigabyteOf,
  minimumUptime,
  ownPart,
  type Policy,
  PRINTED_PRICE,
  paidCount,
  paidPermille,
  paidUnderCap,
  type RewardRates,
  rewardRates,
  uptimePermille,
} from "../protocol/index.ts";
import { milliUsd, permille, seconds, tokensToTft, UNITS_PER_TOKEN } from "../units/index.ts";
import type { Minting } from "./era.ts";
import { Fact } from "./facts.ts";
import { supplyOf } from "./market.ts";
import { type MintTable, type Payday, unitsOf } from "./payday.ts";
import type { World } from "./state.ts";

/** Puts the counters of a period aside until it is paid, and starts them anew. */
export function closeMintPeriod(world: World): void {
  const { mint, earnings, fleet } = world;
  // A program judges a whole period: what the minting changed since holds from the next one on.
  // The carbon mint judges nothing: the program that is run after the end has it or has it not.
  const { carbon } = world.policy.minting;
  mint.policy = { ...world.policy, minting: { ...mint.mintingBefore, carbon } };
  for (let node = 0; node < fleet.nodes.count; node++) {
    mint.traffic[node] = earnings.nodeTraffic[node];
    mint.ipSeconds[node] = earnings.nodeIpSeconds[node];
  }
  earnings.nodeTraffic.fill(0);
  earnings.nodeIpSeconds.fill(0);
}

/** Pays the period that ended last: every node by its uptime, to its farm. */
export function payPeriod(world: World, start: number, end: number): Payday {
  const { fleet, mint } = world;
  const { nodes } = fleet;
  const policy = mint.policy ?? world.policy;
  const { minting } = policy;
  const rates = ratesOf(policy);
  const period = { start: seconds(start), end: seconds(end) };
  const payday: Payday = { ...NOTHING_PAID, end };
  for (let node = 0; node < nodes.count; node++) {
    mint.paid[node] = 0;
    mint.permille[node] = 0;
    if (nodes.left[node] <= start || nodes.joined[node] >= end) continue;
    payday.nodes += 1;
    // A node that was there before the period has all of it, whatever the rule.
    const joined = minting.newNodes === "ownPart" ? nodes.joined[node] : start;
    const length = ownPart(period, seconds(joined));
    const uptime = uptimePermille(seconds(fleet.settledSeconds(node)), length);
    mint.permille[node] = uptime;
    payday.permille += uptime;
    if (!fleet.settledReported(node) || fleet.settledViolated(node)) continue;
    if (minting.carbon === "minted") payday.carbon += carbonOf(world, node, minting);
    const { rate, least } = rates[nodes.certified[node]];
    if (least(uptime) === 0) continue;
    const full = fullOf(world, node, rate, minting);
    const paid = paidCount(full, priceOf(mint, node, minting), permille(least(uptime)));
    payday.paid += 1;
    mint.paid[node] = paid;
    payday.tft += paid;
  }
  if (policy.minting.cap > 0) holdBack(world, payday, policy.minting.cap);
  payOut(world, payday);
  return payday;
}

const NOTHING_PAID = { tft: 0, usd: 0, carbon: 0, carbonUsd: 0, nodes: 0, paid: 0, permille: 0 };

/** Cuts what a period pays to what may still come into existence. */
function holdBack(world: World, payday: Payday, cap: number): void {
  const { mint } = world;
  const room = tokensToTft(cap) - supplyOf(world, world.market);
  let due = BigInt(payday.carbon);
  for (const paid of mint.paid) due += BigInt(paid);
  payday.carbon = paidUnderCap(payday.carbon, due, room);
  payday.tft = 0;
  for (let node = 0; node < mint.paid.length; node++) {
    if (mint.paid[node] === 0) continue;
    mint.paid[node] = paidUnderCap(mint.paid[node], due, room);
    if (mint.paid[node] === 0) payday.paid -= 1;
    payday.tft += mint.paid[node];
  }
}

/** Mints what every node is paid, to its farm, and what is for carbon, to its wallet. */
function payOut(world: World, payday: Payday): void {
  const { fleet, mint, earnings } = world;
  const usd = world.token.usdAt(world.now) / UNITS_PER_TOKEN;
  // The fleet lives ahead: a node that the chain does not know yet has no row in the mint's table.
  const known = Math.min(fleet.nodes.count, mint.paid.length);
  for (let node = 0; node < known; node++) {
    const paid = mint.paid[node];
    if (paid === 0) continue;
    const farm = fleet.nodes.farm[node];
    earnings.farmMinted[farm] += paid;
    earnings.farmMintedUsd[farm] += paid * usd;
    world.facts.add(Fact.nodeMinted, world.now, node, paid);
    world.ledger.minted.add(paid);
  }
  payday.usd = payday.tft * usd;
  world.ledger.minted.add(payday.carbon);
  world.ledger.carbon.add(payday.carbon);
  payday.carbonUsd = payday.carbon * usd;
}

/** What is minted for carbon by a node that reported and broke no rule, 1e-7 TFT. */
function carbonOf({ fleet, mint }: World, node: number, minting: Minting): number {
  const { tft } = carbonReward(
    {
      units: unitsOf(fleet.nodes, node, minting.units),
      connectionPrice: milliUsd(BigInt(priceOf(mint, node, minting))),
      virtualized: false,
      violated: false,
    },
    seconds(fleet.settledSeconds(node)),
  );
  return Number(tft);
}

/** What a node earns in a period in which it is always up, 1e-3 USD. */
function fullOf(
  { fleet, mint }: World,
  node: number,
  rate: RewardRates,
  { units: rule }: Minting,
): number {
  const nu = trafficUnits(mint.traffic[node], gigabyteOf(rule));
  if (rule === "current") {
    return fullCount(mint.cu[node], mint.su[node], nu, mint.ipSeconds[node], rate);
  }
  const { cu, su } = unitsOf(fleet.nodes, node, rule);
  return fullCount(Number(cu), Number(su), nu, mint.ipSeconds[node], rate);
}

/** The price at which a node is paid, 1e-3 USD a TFT. */
const priceOf = (mint: MintTable, node: number, { pricePaid }: Minting): number =>
  pricePaid === "one" ? Number(PRINTED_PRICE) : mint.price[node];

/** What each farm would have had for the period paid last under other rewards, 1e-7 TFT. */
export function paidUnder(world: World, policy: Policy): Float64Array {
  const { fleet, mint } = world;
  const paid = new Float64Array(fleet.farms.count);
  const rates = ratesOf(policy);
  for (let node = 0; node < mint.paid.length && node < fleet.nodes.count; node++) {
    if (mint.paid[node] === 0) continue;
    const { rate, least } = rates[fleet.nodes.certified[node]];
    const share = permille(least(mint.permille[node]));
    const full = fullOf(world, node, rate, policy.minting);
    paid[fleet.nodes.farm[node]] += paidCount(full, priceOf(mint, node, policy.minting), share);
  }
  return paid;
}

/** Micro units of traffic: whole bytes times a million over a gigabyte, cut. */
const trafficUnits = (traffic: number, gigabyte: bigint): number =>
  traffic === 0 ? 0 : Number((BigInt(traffic) * 1_000_000n) / gigabyte);

interface Rates {
  readonly rate: RewardRates;
  /** The thousandths that are paid at an uptime. */
  least(uptime: number): number;
}

/** Rates of uncertified and of certified nodes under the live policy. */
function ratesOf(policy: Policy): readonly [Rates, Rates] {
  const [diy, certified] = defaultPolicies(policy.farming);
  const minimum = minimumUptime(policy.minting);
  return [
    {
      rate: rewardRates(diy, "Diy"),
      least: (uptime) => paidPermille(permille(uptime), diy, "Diy", minimum),
    },
    {
      rate: rewardRates(certified, "Certified"),
      least: (uptime) => paidPermille(permille(uptime), certified, "Certified", minimum),
    },
  ];
}
