/** The entry of a worker thread; everything it does is in one.ts. */
export { makeOne } from "./one.ts";
