export * from "./policy.ts";
export * from "./cost.ts";
export * from "./discount.ts";
export * from "./price.ts";
export * from "./pricing.ts";
export * from "./split.ts";
