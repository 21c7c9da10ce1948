/**
 * An engine in which some rules of the protocol are replaced, for a team that tries a changed one.
 *
 * The rules are not parameters of the world: it calls them by name, so that they cost nothing but
 * themselves. A replaced rule is therefore bound when the engine is loaded, in a copy of the
 * program of its own; what is not replaced stays what it is.
 */
import { readdirSync, readFileSync } from "node:fs";
import { register } from "node:module";
import { fileURLToPath } from "node:url";
import { nearest } from "../scenario/suggestion.ts";
import type { Engine } from "./engine.ts";
import { declarationOf, marked, type Replacement } from "./rules-hook.ts";

const home = new URL("../", import.meta.url).href;

/**
 * The engine whose protocol has the functions that a module exports in the place of its own of the
 * same names. What the module imports from `gridbench/protocol` are the real rules.
 */
export async function engineWith(rules: string | URL): Promise<Required<Engine>> {
  const url = String(rules);
  const given: Readonly<Record<string, unknown>> = await import(url);
  const replaced = Object.keys(given).sort();
  const replacement: Replacement = {
    mark: replaced.join("-"),
    home,
    rules: url,
    names: filesOf(replaced),
  };
  register(new URL("./rules-hook.js", import.meta.url), { data: replacement });
  const engine: Engine = await import(
    marked(new URL("./replicate.js", import.meta.url).href, replacement.mark)
  );
  const { replicate, metricList, windowMeans = [] } = engine;
  return { replicate, metricList, windowMeans, replaced };
}

/** The files of the protocol that declare the names, each with its own; refuses what none does. */
function filesOf(names: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const folder = new URL("./protocol/", home);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => {
      const url = new URL(name.replaceAll("\\", "/"), folder);
      return { url: url.href, source: readFileSync(fileURLToPath(url), "utf8") };
    });
  const found: Record<string, string[]> = {};
  for (const name of names) {
    const declaring = files.filter(({ source }) => declarationOf(name).test(source));
    const [only] = declaring;
    if (only === undefined || declaring.length > 1) {
      throw new RangeError(refusal(name, declaring.length, files));
    }
    found[only.url] = [...(found[only.url] ?? []), name];
  }
  return found;
}

function refusal(
  name: string,
  count: number,
  files: readonly { readonly source: string }[],
): string {
  const known = files.flatMap(({ source }) =>
    [...source.matchAll(/^export (?:async function|function|const) ([\w$]+)/gm)].map(
      ([, each]) => each,
    ),
  );
  const guess = nearest(name, known);
  const hint = guess === undefined ? "" : ` (did you mean \`${guess}\`?)`;
  const found = count === 0 ? "none" : `${count} of them`;
  return `expected a function \`${name}\` of the protocol, found ${found}${hint}`;
}
