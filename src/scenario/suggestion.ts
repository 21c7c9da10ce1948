/** What may have been meant by a misspelt word of a scenario. */
export { editDistance, nearest } from "../units/suggestion.ts";
