/** A crash as plain data, because an error loses its own properties between threads. */
import type { Place } from "./engine.ts";

/** What was wrong with us, and where. */
export interface Crash {
  readonly code: string;
  readonly message: string;
  readonly stack: string;
  /** Seconds since the start of the run, where known. */
  readonly time: number | null;
  readonly event: string;
}

/** What is thrown, as plain data. */
export function crashOf(thrown: unknown, { time, event }: Place): Crash {
  if (!(thrown instanceof Error)) {
    return { code: "Thrown", message: String(thrown), stack: "", time, event };
  }
  const code = "code" in thrown ? String(thrown.code) : thrown.name;
  return { code, message: thrown.message, stack: thrown.stack ?? "", time, event };
}
