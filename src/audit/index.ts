export * from "./billing-case.ts";
export * from "./minting-case.ts";
