import { defineConfig } from "vitest/config";

/** `npm test` runs everything but `test/deep`; `npm run test:deep` runs that folder alone. */
const deep = process.env.DEEP === "1";

export default defineConfig({
  test: {
    environment: "node",
    include: deep ? ["test/deep/**/*.test.ts"] : ["test/**/*.test.ts"],
    exclude: deep ? [] : ["test/deep/**"],
    passWithNoTests: deep,
    pool: "forks",
    maxWorkers: 2,
    fileParallelism: true,
    // No module keeps state, so files of tests can share those that are loaded: half the time.
    isolate: false,
    testTimeout: deep ? 600_000 : 30_000,
    hookTimeout: 60_000,
    coverage: { provider: "v8", include: ["src/**/*.ts"] },
  },
});
