export * from "./change.ts";
export * from "./create.ts";
export * from "./state.ts";
