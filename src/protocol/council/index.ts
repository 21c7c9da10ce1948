export * from "./membership.ts";
export * from "./motion.ts";
export * from "./state.ts";
