export * from "./bucket.ts";
export * from "./due.ts";
export * from "./legacy.ts";
export * from "./loop.ts";
export * from "./policy.ts";
export * from "./quirk.ts";
export * from "./reserve.ts";
export * from "./upgrade.ts";
