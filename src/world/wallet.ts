/**
 * Wallets: a user looks at the account from time to time and fills it when it is low.
 */
import { ln, streamId } from "../kernel/index.ts";
import { fill, settle, surelyFull, watch } from "./account.ts";
import { Due, Priority } from "./due.ts";
import type { World } from "./state.ts";
import { lawsOfUser } from "./user.ts";
import { lookMean } from "./user-laws.ts";

const STREAM_LOOK = streamId("wallet.look");

/** Puts a user's next look at the wallet on the agenda, counted from a second. */
export function scheduleLook(world: World, user: number, second: number): void {
  const { users, chance } = world;
  const law = lawsOfUser(world, user).look[users.careless[user] === 1 ? 1 : 0];
  const number = users.looks[user]++;
  const units = -ln(chance.uniform(STREAM_LOOK, 0, user, number));
  const due =
    law.course === null
      ? second + units * lookMean(law, chance, user)
      : law.course.after(second, units);
  world.agenda.push(due, Priority.wallet, user, Due.wallet);
}

/** A user looks at the wallet, and fills it if it is below the floor of the user's habit. */
export function lookAtWallet(world: World, user: number, second: number): void {
  const block = Math.ceil(second / world.terms.secondsPerBlock);
  if (!surelyFull(world, user, block)) {
    settle(world, user, block);
    fill(world, user);
    watch(world, user);
  }
  scheduleLook(world, user, second);
}
