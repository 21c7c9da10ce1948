/** The values of a block at its defaults, for tests that stand below the scenario layer. */
export { defaults } from "../../src/units/default.ts";
