/** Canonical text: equal for values that are equal, whatever the order of their fields. */
import { isObject } from "./chain-reader.ts";

/** The value as JSON with sorted fields. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (isObject(value)) {
    const names = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
    return `{${names
      .map((name) => `${JSON.stringify(name)}:${canonicalText(value[name])}`)
      .join(",")}}`;
  }
  return typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? "null");
}
