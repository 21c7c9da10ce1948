/** What a case may have meant by a word that is none. */
import { nearest } from "../units/suggestion.ts";

/** Of fewer letters any word is near any other. */
const LETTERS_MIN = 3;

/** A half sentence to put behind an unknown word; nothing where no known word is near. */
export function guess(word: string, known: readonly string[]): string {
  const near = word.length < LETTERS_MIN ? undefined : nearest(word, known);
  return near === undefined ? "" : ` (did you mean \`${near}\`?)`;
}
