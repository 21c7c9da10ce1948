/**
 * Market: the pool in which the world's own trades make the price, where `price.model` is `pool`.
 *
 * A round of trades is held in the last block of an hour, once all bills up to it are done:
 *
 *   1. farms sell what pays for power, lines and hardware since the last round, as far as they hold
 *      it, and a share of what they hold beyond that
 *   2. the staking pool and the foundation sell their shares of what they were paid
 *   3. users buy what they brought onto the chain, or sell what they took back
 *   4. other buyers spend their dollars, and the treasury buys tokens and burns them
 *
 * From the next hour on the token has the price that the pool is left with, and users look again at
 * what they pay. What a farm cannot pay for it owes; before the first payday a farm lives on what
 * it earned earlier. Every token has one holder, and all holders together have what there was,
 * and was minted, less what was burned.
 */

import {
  buyTokens,
  monthlyShare,
  partOfMonth,
  priceIn,
  sellTokens,
  spendDollars,
} from "../models/index.ts";
import { tokensToTft, UNITS_PER_TOKEN } from "../units/index.ts";
import { STEP } from "./contract.ts";
import { Due, Priority } from "./due.ts";
import type { Market, Trader } from "./market-table.ts";
import type { Setup } from "./setup.ts";
import type { World } from "./state.ts";
import { upkeepByFarm } from "./upkeep.ts";
import { USER } from "./user.ts";
import { attend } from "./wallet.ts";
import { settleAt } from "./worth.ts";

const HOUR = 3600;

/** Puts the first round that ends after a second on the agenda. */
export function expectRound(
  { market, agenda, terms, setup }: Pick<World, "market" | "agenda" | "terms" | "setup">,
  second: number,
): void {
  if (market === null) return;
  const ends = (Math.floor(second / market.step) + 1) * market.step;
  if (ends > setup.length) return;
  agenda.push(ends - terms.secondsPerBlock, Priority.last, 0, Due.trade);
}

/** Holds a round of trades, and lets the price begin with the next hour. */
export function trade(world: World): void {
  const { market, token, users, now, terms } = world;
  if (market === null) return;
  settleAt(world, now);
  const ends = now + terms.secondsPerBlock;
  const before = market.flows.length;
  sellFarms(world, market, ends);
  sellIncome(world, market, ends);
  tradeUsers(world, market, ends);
  buyOthers(market, ends);
  for (const { trader, tft } of market.flows.slice(before)) market.tft[trader] += tft;
  const usd = priceIn(market.pool);
  market.prices.push({ second: ends, usd });
  token.reprice(ends / HOUR, usd);
  // What was watched at the old price may now come earlier.
  for (let user = 0; user < users.count; user++) {
    users.watched[user * USER] = Number.POSITIVE_INFINITY;
    users.lookDue[user * USER] = Number.POSITIVE_INFINITY;
    attend(world, user);
  }
  expectRound(world, ends);
}

/** What a farm holds at a second, 1e-7 TFT: all of it, and what of it is free to be sold. */
function holdings(
  { earnings }: World,
  market: Market,
  farm: number,
  second: number,
): { readonly all: number; readonly free: number } {
  // A farm that the fleet has ahead of the chain has nothing yet.
  const paid = (earnings.farmTotal[farm] ?? 0) + (earnings.farmPeriod[farm] ?? 0);
  const all = paid + (earnings.farmMinted[farm] ?? 0) - (market.sold[farm] ?? 0);
  let bound = 0;
  for (const { second: from, minted } of market.tranches) {
    const left = 1 - (second - from) / market.values.vesting;
    if (left > 0 && farm < minted.length) bound += Math.ceil(minted[farm] * left);
  }
  return { all, free: Math.max(0, all - bound) };
}

/** Notes what the last payday minted, which is bound from then on. */
function noteTranche({ earnings, fleet, paydays, now }: World, market: Market): void {
  if (market.values.vesting === 0 || paydays.length === market.tranches.length) return;
  const minted = earnings.farmMinted.slice(0, fleet.farms.count);
  for (const { minted: earlier } of market.tranches)
    for (let farm = 0; farm < earlier.length; farm++) minted[farm] -= earlier[farm];
  market.tranches.push({ second: now, minted });
}

function sellFarms(world: World, market: Market, second: number): void {
  const { fleet, paydays } = world;
  const { farms } = fleet;
  market.fit(farms.count);
  noteTranche(world, market);
  if (paydays.length === 0) return;
  const costs = upkeepByFarm(world, second, market.step);
  const spot = priceIn(market.pool);
  const orders = new Float64Array(farms.count);
  const share = market.values.surplus * partOfMonth(market.step);
  let all = 0;
  for (let farm = 0; farm < farms.count; farm++) {
    market.owed[farm] += costs[farm];
    const { free } = holdings(world, market, farm, second);
    const needed = Math.min(free, Math.ceil((market.owed[farm] / spot) * UNITS_PER_TOKEN));
    orders[farm] = needed + Math.floor((free - needed) * share);
    all += orders[farm];
  }
  if (all === 0) return;
  const { pool, tft, usd } = sellTokens(market.pool, BigInt(all), market.values);
  market.pool = pool;
  market.flows.push({ second, trader: "farmers", tft: -tft, usd });
  const each = Number(usd) / UNITS_PER_TOKEN / all;
  for (let farm = 0; farm < farms.count; farm++) {
    market.sold[farm] += orders[farm];
    market.owed[farm] = Math.max(0, market.owed[farm] - orders[farm] * each);
  }
}

/** The staking pool and the foundation sell their shares of what they were paid. */
function sellIncome({ ledger }: World, market: Market, second: number): void {
  const { stakersSell, treasurySells } = market.values;
  const staked = ledger.staking.value - market.staked;
  const founded = ledger.foundation.value - market.founded;
  market.staked += staked;
  market.founded += founded;
  sell(market, second, "stakers", partOf(staked, stakersSell));
  sell(market, second, "treasury", partOf(founded, treasurySells));
}

const PARTS = 10_000;

/** A share of an amount in whole ten-thousandths, rounded down. */
const partOf = (amount: bigint, share: number): bigint =>
  (amount * BigInt(Math.round(share * PARTS))) / BigInt(PARTS);

/** A pool gives at most half of its tokens in a round; the rest is waited for. */
const MOST = 2n;

function tradeUsers(world: World, market: Market, second: number): void {
  const wanted = -offChain(world, market);
  if (wanted < 0n) return sell(market, second, "users", -wanted);
  const most = market.pool.tft / MOST;
  const bought = wanted > most ? most : wanted;
  if (bought === 0n) return;
  const { pool, tft, usd } = buyTokens(market.pool, bought, market.values);
  market.pool = pool;
  market.flows.push({ second, trader: "users", tft, usd: -usd });
}

/** What users hold off the chain, 1e-7 TFT: below zero, what they brought and have not bought. */
function offChain({ ledger }: World, market: Market): bigint {
  const { deposited, bridged, withdrawn } = ledger;
  return market.tft.users + withdrawn.value - deposited.value - bridged.value;
}

function sell(market: Market, second: number, trader: Trader, amount: bigint): void {
  if (amount <= 0n) return;
  const { pool, tft, usd } = sellTokens(market.pool, amount, market.values);
  market.pool = pool;
  market.flows.push({ second, trader, tft: -tft, usd });
}

function buyOthers(market: Market, second: number): void {
  const { buyers, buyback } = market.values;
  for (const [trader, monthly] of [
    ["buyers", buyers],
    ["buyback", buyback],
  ] as const) {
    const dollars = monthlyShare(monthly, market.step);
    if (dollars === 0n) continue;
    const { pool, tft, usd } = spendDollars(market.pool, dollars, market.values);
    market.pool = pool;
    market.flows.push({ second, trader, tft, usd: -usd });
  }
}

/** Who holds what, 1e-7 TFT, all bills done; below zero what is owed to those who lent it. */
export function holdersOf(world: World, market: Market): readonly (readonly [string, bigint])[] {
  const { users, contracts, ledger, fleet, now, setup } = world;
  let chain = 0n;
  for (let user = 0; user < users.count; user++) chain += BigInt(users.free[user * USER]);
  for (let row = 0; row < contracts.count; row += STEP)
    chain += BigInt(contracts.reserve[row]) + BigInt(contracts.extraReserve[row]);
  let bound = 0n;
  let free = 0n;
  for (let farm = 0; farm < fleet.farms.count; farm++) {
    const held = holdings(world, market, farm, now);
    free += BigInt(held.free);
    bound += BigInt(held.all - held.free);
  }
  const others = supplyAtStart(setup) - market.opened - ledger.endowed.value;
  return [
    ["accounts and contracts", chain],
    ["users off the chain", offChain(world, market)],
    ["authors of blocks", ledger.fees.value],
    ["bridge", ledger.bridged.value],
    ["staking pool, locked", ledger.staking.value + market.tft.stakers],
    ["foundation", ledger.foundation.value + market.tft.treasury],
    ["sales and providers", ledger.sales.value],
    ...carbonHeld(ledger.carbon.value),
    ["farmers, free", free],
    ["farmers, vesting", bound],
    ["pool", market.pool.tft],
    ["buyers", market.tft.buyers],
    ["others", others],
  ];
}

/** The wallet of the carbon mint, where there is one; it sells nothing. */
const carbonHeld = (units: bigint): readonly (readonly [string, bigint])[] =>
  units === 0n ? [] : [["carbon wallet", units]];

/** Tokens there are, 1e-7 TFT: what there was, and was minted, less what was burned. */
export const supplyOf = ({ setup, ledger }: World, market: Market | null): bigint =>
  supplyAtStart(setup) + ledger.minted.value - ledger.burned.value - (market?.tft.buyback ?? 0n);

const supplyAtStart = ({ assumptions }: Setup): bigint => tokensToTft(assumptions.price.supply);
