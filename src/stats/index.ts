export * from "./bootstrap.ts";
export * from "./growth.ts";
export * from "./interval.ts";
export * from "./moments.ts";
export * from "./quantile.ts";
export * from "./sketch.ts";
export * from "./student.ts";
