export * from "./default.ts";
export * from "./fixed.ts";
export * from "./outcome.ts";
export * from "./parameter.ts";
export * from "./quantity.ts";
export * from "./total.ts";
export * from "./variation.ts";
