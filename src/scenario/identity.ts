/**
 * Identity: the hash by which a scenario's world is known, and from which a study's seed follows.
 *
 * A parameter that came after runs had been published counts only where it is not what it is by
 * default. So those runs keep their hashes and seeds, and nothing that sets it shares theirs.
 */
import type { Setup } from "../world/setup.ts";
import { declarations, readParameter } from "./declaration.ts";
import { canonical, hashOf } from "./hash.ts";

/** The added parameters, each with its group in a setup, its name there and its default. */
const added = declarations.flatMap(({ key, parameter }) => {
  if (parameter.added !== true) return [];
  const [root = "", noun = "", name = ""] = key.split(".");
  const reading = readParameter(parameter, parameter.default);
  return reading.ok ? [{ root, noun, name, value: canonical(reading.value) }] : [];
});

/** The hash of all that a world is made from. */
export function hashOfSetup(setup: Setup): string {
  const groups = new Map<string, Readonly<Record<string, unknown>>>();
  for (const [root, nouns] of [
    ["policy", setup.policy],
    ["assumptions", setup.assumptions],
  ] as const) {
    for (const [noun, group] of Object.entries(nouns)) groups.set(`${root}.${noun}`, group);
  }
  for (const { root, noun, name, value } of added) {
    const { [name]: own, ...rest } = groups.get(`${root}.${noun}`) ?? {};
    if (canonical(own) === value) groups.set(`${root}.${noun}`, rest);
  }
  const under = (root: string, nouns: object) =>
    Object.fromEntries(Object.keys(nouns).map((noun) => [noun, groups.get(`${root}.${noun}`)]));
  return hashOf({
    ...setup,
    policy: under("policy", setup.policy),
    assumptions: under("assumptions", setup.assumptions),
  });
}
