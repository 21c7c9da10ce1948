export * from "./change.ts";
export * from "./create.ts";
export * from "./migrate.ts";
export * from "./opt-out.ts";
export * from "./report.ts";
export * from "./state.ts";
