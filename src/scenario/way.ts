/**
 * The ways in which a parameter can vary, as its declaration lists them, in words.
 */
import { WORKLOADS } from "../models/index.ts";
import { type Dimension, type Entity, FARM_KINDS, type Way } from "../units/index.ts";
import type { Declaration } from "./declaration.ts";

/** The ways in which a parameter can vary; a policy that is one value can change over time. */
export function waysOf({ key, parameter }: Declaration): readonly Way[] {
  if (!key.startsWith("policy.")) return parameter.varies ?? [];
  return parameter.kind === "numbers" ? [] : ["time"];
}

const DIMENSIONS: Readonly<Record<Dimension, readonly [one: string, all: string]>> = {
  country: ["country", "countries"],
  farmKind: ["kind of farm", "kinds of farm"],
  nodeClass: ["node class", "node classes"],
  workload: ["workload", "workloads"],
};

const ENTITIES: readonly Entity[] = ["node", "farm", "user"];

const isDimension = (way: Way): way is Dimension => way in DIMENSIONS;

const isEntity = (way: Way): way is Entity => ENTITIES.some((entity) => entity === way);

/** The things of which each draws a value of its own, if there are any. */
export const entityOf = (ways: readonly Way[]): Entity | undefined => ways.find(isEntity);

/** Several words as a sentence has them: `a, b and c`. */
const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;

/** What a parameter can do, such as `differ by country, change over time`; empty if nothing. */
export function abilities(ways: readonly Way[]): string {
  const differs = ways.filter(isDimension).map((way) => DIMENSIONS[way][0]);
  const entity = entityOf(ways);
  return [
    ...(differs.length === 0 ? [] : [`differ by ${listed(differs)}`]),
    ...(entity === undefined ? [] : [`be drawn for each ${entity}`]),
    ...(ways.includes("time") ? ["change over time"] : []),
  ].join(", ");
}

/** What is expected of a value that cannot vary in such a way. */
export function sameFor(kind: Dimension | "time" | "entity", ways: readonly Way[]): string {
  const whom =
    kind === "time"
      ? "for the whole run"
      : kind === "entity"
        ? "that is not drawn"
        : `for all ${DIMENSIONS[kind][1]}`;
  const can = abilities(ways);
  return `one value ${whom}${can === "" ? "" : ` (it can ${can})`}`;
}

/** The dimension that a key speaks of by its own word, if it does. */
export function dimensionOf(key: string): Dimension | undefined {
  if (FARM_KINDS.some((word) => word === key)) return "farmKind";
  if (WORKLOADS.some((word) => word === key)) return "workload";
  return /^[A-Z]{2}$/.test(key) ? "country" : undefined;
}

/** The words that can stand in the block of a value, but for countries and node classes. */
export const wordsOf = (ways: readonly Way[]): readonly string[] => [
  "default",
  ...(ways.includes("farmKind") ? FARM_KINDS : []),
  ...(ways.includes("workload") ? WORKLOADS : []),
  ...(entityOf(ways) === undefined ? [] : ["distribution"]),
  ...(ways.includes("time") ? ["steps", "trace"] : []),
];

/** What the key of a value that varies can be; `sample` is a node class, if any are known. */
export function keysExpected(ways: readonly Way[], sample?: string): string {
  const words = wordsOf(ways).map((word) => `\`${word}\``);
  const like = sample === undefined ? "" : ` such as \`${sample}\``;
  return [
    `one of ${words.join(", ")}`,
    ...(ways.includes("country") ? ["a country such as `BE`"] : []),
    ...(ways.includes("nodeClass") ? [`a node class${like}`] : []),
  ].join(", ");
}
