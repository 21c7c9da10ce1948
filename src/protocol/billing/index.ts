export * from "./due.ts";
export * from "./legacy.ts";
export * from "./loop.ts";
export * from "./policy.ts";
export * from "./reserve.ts";
