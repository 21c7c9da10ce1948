/**
 * Which gridbench this is.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Version and commit; the commit is null where the build knew none. */
export interface Origin {
  readonly version: string;
  readonly commit: string | null;
  /** Both, as `--version` prints them. */
  readonly text: string;
}

function fieldsOf(path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(
      readFileSync(fileURLToPath(new URL(path, import.meta.url)), "utf8"),
    );
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** What the build wrote down of itself; a changed checkout says so behind its commit. */
export function origin(): Origin {
  const built = fieldsOf("../commit.json");
  const version = String(
    built["version"] ?? fieldsOf("../../package.json")["version"] ?? "unknown",
  );
  const known = typeof built["commit"] === "string" ? built["commit"] : null;
  const commit = known !== null && built["modified"] === true ? `${known}+changes` : known;
  return { version, commit, text: commit === null ? version : `${version} (commit ${commit})` };
}
