export { loadScenario } from "../scenario/load.ts";
export type { Scenario } from "../scenario/scenario.ts";
export * from "./engine.ts";
export * from "./many.ts";
export * from "./options.ts";
export * from "./results.ts";
export * from "./run.ts";
export * from "./seed.ts";
export * from "./summary-text.ts";
