/**
 * Worth: what users paid and farmers received, in USD at the price of that hour.
 *
 * Bills add up in tokens. In the last block before the market moves all bills are done, and what
 * has come together since it last moved is valued at the price that ends; a price that never moves
 * costs nothing. Sums of tokens are exact and each is valued once, so it does not matter in which
 * portions they were booked.
 */
import { UNITS_PER_TOKEN } from "../units/index.ts";
import { settle } from "./account.ts";
import { Due, Priority } from "./due.ts";
import type { World, Worth } from "./state.ts";
import { valueUsage } from "./usage.ts";

/** Nothing charged yet. */
export const noWorth = (): Worth => ({ valued: 0n, spent: 0 });

/** Puts the last block before the market's next move on the agenda, seen from a second. */
export function expectPrice({ agenda, token, terms, setup }: World, second: number): void {
  const moves = token.movesAfter(second);
  if (moves > setup.length) return;
  agenda.push(moves - terms.secondsPerBlock, Priority.last, 0, Due.price);
}

/** The market moves in the next block: does all bills, and values them at the old price. */
export function endPrice(world: World): void {
  settleAt(world, world.now);
  expectPrice(world, world.now + world.terms.secondsPerBlock);
}

/** Does all bills up to a second, and values them at its price. */
export function settleAt(world: World, second: number): void {
  const { terms, users } = world;
  const block = Math.floor(second / terms.secondsPerBlock);
  for (let user = 0; user < users.count; user++) settle(world, user, block);
  value(world, second);
}

/** Values all that has been booked and not valued yet at the price of a second. */
function value(world: World, second: number): void {
  const { earnings, ledger, worth, fleet } = world;
  worth.spent = spentBy(world, second);
  worth.valued = ledger.charged.value;
  const usd = world.token.usdAt(second) / UNITS_PER_TOKEN;
  valueUsage(world, usd);
  const { farmPeriod, farmValued, farmPeriodUsd } = earnings;
  for (let farm = 0; farm < fleet.farms.count; farm++) {
    farmPeriodUsd[farm] += (farmPeriod[farm] - farmValued[farm]) * usd;
    farmValued[farm] = farmPeriod[farm];
  }
}

/** Worth in USD of what users were charged since the last end of a period. */
export function spentBy({ ledger, worth, token }: World, second: number): number {
  const fresh = Number(ledger.charged.value - worth.valued);
  return worth.spent + (fresh / UNITS_PER_TOKEN) * token.usdAt(second);
}

/** A minting period ends: what farms received in it is put aside. */
export function putAside(world: World): void {
  const { earnings, fleet } = world;
  value(world, world.now);
  world.worth.spent = 0;
  for (let farm = 0; farm < fleet.farms.count; farm++) {
    earnings.farmTotal[farm] += earnings.farmPeriod[farm];
    earnings.farmUserUsd[farm] += earnings.farmPeriodUsd[farm];
    earnings.farmPeriod[farm] = 0;
    earnings.farmValued[farm] = 0;
    earnings.farmPeriodUsd[farm] = 0;
  }
}
