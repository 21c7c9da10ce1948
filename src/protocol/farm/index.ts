export * from "./decree.ts";
export * from "./farmer.ts";
export * from "./state.ts";
