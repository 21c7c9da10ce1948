/**
 * Steps of new chain scenarios: calls, queries and what aims them at the chain as it stands.
 *
 * Whoever draws a step sees the chain, so that it can aim at an edge: the last block of a vote, a
 * balance to the unit. Now and then it aims beside on purpose, which makes refused calls.
 */
import type { ChainState } from "../protocol/index.ts";
import type { Labels } from "./chain-call.ts";
import type { Draws } from "./draw.ts";
import { type Fields, type Json, plain } from "./spot.ts";

/** What is seen when a step is drawn. */
export interface Scene {
  readonly state: ChainState;
  readonly block: number;
  /** The time on the chain, s. */
  readonly now: number;
  readonly labels: Labels;
}

/** Draws what is done next. */
export type Act = (draws: Draws, scene: Scene) => readonly Fields[];

/** A call. */
export const callStep = (name: string, origin: string, args: object = {}): Fields => ({
  call: name,
  origin,
  args: plain(args),
});

/** The origin of an account. */
export const by = (account: string): string => `signed:${account}`;

/** A query. */
export const queryStep = (query: string, arg?: Json): Fields =>
  arg === undefined ? { query } : { query, arg };

/** Accounts that own farms, those that are nodes, and one that never becomes anything. */
export const farmers = ["ann", "ben", "eva"] as const;
/** Accounts of nodes. */
export const boxes = ["n1", "n2", "n3", "n4", "n5"] as const;

/** Who a call should come from, or now and then someone else. */
export const mostlyBy = (draws: Draws, account: string | undefined): string =>
  account === undefined || draws.chance(1, 7) ? by(draws.pick(["zoe", ...farmers])) : by(account);

/** An origin that rules the chain, or now and then one that does not. */
export const ruler = (draws: Draws): string =>
  draws.pick(["root", "root", "root", "root", "council:3/5", "council:2/5", by("ann")]);

/** One of the numbers, or now and then one that is none of them. */
export const mostlyOf = (draws: Draws, ids: Iterable<number>): number => {
  const known = [...ids];
  return known.length === 0 || draws.chance(1, 8)
    ? draws.pick([0, known.length + 1, known.length + 2])
    : draws.pick(known);
};

/** The account of a twin, if there is one. */
export const accountOfTwin = (scene: Scene, twin: number): string | undefined =>
  [...scene.state.twins.byId.values()].find(({ id }) => id === twin)?.account;

/** The account of one of the twins, or now and then one that has none. */
export function someone(draws: Draws, { state }: Scene): string {
  const known = farmers.filter((account) => state.twins.byAccount.has(account));
  return known.length === 0 || draws.chance(1, 12) ? "zoe" : draws.pick(known);
}

/** A farm with the account that owns it. */
export function ownedFarm(scene: Scene, farm: number) {
  const found = [...scene.state.farms.byId.values()].find(({ id }) => id === farm);
  return { farm, owner: found === undefined ? undefined : accountOfTwin(scene, found.twin) };
}

/** One of the farms with its owner; numbers that are none now and then. */
export const aimFarm = (draws: Draws, scene: Scene) =>
  ownedFarm(scene, mostlyOf(draws, scene.state.farms.byId.keys()));

/** A node with its own account, its farm and the owner of that. */
export function aimNode(draws: Draws, scene: Scene) {
  const nodes = [...scene.state.nodes.byId.values()];
  const node = mostlyOf(
    draws,
    nodes.map(({ id }) => id),
  );
  const found = nodes.find(({ id }) => id === node);
  const farm = found === undefined ? undefined : scene.state.farms.byId.get(found.farm);
  return {
    node,
    found,
    farm: found?.farm ?? 1,
    self: found === undefined ? undefined : accountOfTwin(scene, found.twin),
    owner: farm === undefined ? undefined : accountOfTwin(scene, farm.twin),
  };
}
