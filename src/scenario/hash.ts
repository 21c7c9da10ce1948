/**
 * The hash of plain data: the same data gives the same hash, whatever the order of its keys.
 */
import { sha256 } from "./document.ts";

/** Plain data as JSON with sorted keys; numbers that JSON lacks are written as words. */
export function canonical(value: unknown): string {
  if (typeof value === "number" && !Number.isFinite(value)) return `"${value}"`;
  if (typeof value === "bigint") return `"${value}n"`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const pairs = entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
    return `{${pairs.join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

/** SHA-256 of plain data in canonical JSON, in hex. */
export const hashOf = (value: unknown): string => sha256(canonical(value));
