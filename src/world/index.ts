export * from "./facts.ts";
export { heldChance } from "./held.ts";
export { checkInvariants } from "./invariants.ts";
export { farmsAtStart } from "./population.ts";
export { type Prepared, prepare } from "./prepared.ts";
export type { Setup } from "./setup.ts";
export type { World } from "./state.ts";
export { USER } from "./user.ts";
export { build, type Simulation } from "./world.ts";
