import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    // Nearly all the time goes in waiting, for networks that misbehave.
    maxWorkers: 4,
  },
});
