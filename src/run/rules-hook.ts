/**
 * Node's hooks for `engineWith`: a second copy of the program, in which some functions of the
 * protocol are those of another module. Runs in the loader's thread and shares nothing with ours.
 *
 * A copy is told apart by a mark in the query of its files' URLs, which their imports inherit. So
 * the program itself keeps the real rules, and so does the module that replaces some of them.
 */

/** What is replaced in one copy. */
export interface Replacement {
  /** The word that tells this copy from others. */
  readonly mark: string;
  /** The URL of the folder whose files are copied, with a slash at its end. */
  readonly home: string;
  /** The URL of the module with the new functions. */
  readonly rules: string;
  /** The names that are replaced in a file, by its URL. */
  readonly names: Readonly<Record<string, readonly string[]>>;
}

const replacements = new Map<string, Replacement>();

/** Takes the order of the thread that registers these hooks. */
export function initialize(replacement: Replacement): void {
  replacements.set(replacement.mark, replacement);
}

/** The URL of a file in a copy. */
export const marked = (url: string, mark: string): string => `${url}?rules=${mark}`;

const replacementIn = (url: string | undefined): Replacement | undefined =>
  replacements.get(/\?rules=([\w-]+)$/.exec(url ?? "")?.[1] ?? "");

interface Resolved {
  readonly url: string;
}

/** What a file of a copy imports from the program is of the same copy. */
export async function resolve<
  Context extends { readonly parentURL?: string },
  Found extends Resolved,
>(
  specifier: string,
  context: Context,
  next: (specifier: string, context: Context) => Promise<Found>,
): Promise<Found> {
  const found = await next(specifier, context);
  const replacement = replacementIn(context.parentURL);
  if (replacement === undefined || !found.url.startsWith(replacement.home)) return found;
  return found.url.includes("?") ? found : { ...found, url: marked(found.url, replacement.mark) };
}

interface LoadedFile {
  readonly source?: unknown;
}

/** A file of a copy in which functions are replaced has the new ones, also for its own use. */
export async function load<Context, Found extends LoadedFile>(
  url: string,
  context: Context,
  next: (url: string, context: Context) => Promise<Found>,
): Promise<Found> {
  const found = await next(url, context);
  const replacement = replacementIn(url);
  const names = replacement?.names[url.split("?")[0]] ?? [];
  if (replacement === undefined || names.length === 0) return found;
  const source = found.source instanceof Uint8Array ? new TextDecoder().decode(found.source) : "";
  return { ...found, source: withRules(source, names, replacement.rules) };
}

/** How a file declares a function or a table of its own. */
export const declarationOf = (name: string): RegExp =>
  new RegExp(`^export (async function|function|const) ${name.replaceAll("$", "\\$")}\\b`, "m");

/** The source of a file with some of its exports taken from another module. */
export function withRules(source: string, names: readonly string[], rules: string): string {
  let text = source;
  for (const name of names) text = text.replace(declarationOf(name), `$1 chain$$$$${name}`);
  const list = names.join(", ");
  return `import { ${list} } from ${JSON.stringify(rules)}; export { ${list} }; ${text}`;
}
