export * from "./config.ts";
export * from "./mint.ts";
export * from "./refund.ts";
export * from "./retry.ts";
export * from "./sign.ts";
export * from "./state.ts";
export * from "./withdraw.ts";
