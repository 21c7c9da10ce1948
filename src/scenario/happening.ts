/**
 * Happening: an entry of the timeline as a world gets it, and as a reader is told of it.
 */
import type { TimelineEntry } from "../world/setup.ts";

/** Something that is made to happen, and the sentence that tells it. */
export interface Happening {
  readonly entry: TimelineEntry;
  readonly sentence: string;
  /** The economy that it brings, if it does. */
  readonly economics?: string | undefined;
}
