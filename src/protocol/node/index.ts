export * from "./certify.ts";
export * from "./delete.ts";
export * from "./register.ts";
export * from "./report.ts";
export * from "./state.ts";
