import { defineConfig } from "vitest/config";

// Some tests start a program for each client, on machines that may be busy.
export default defineConfig({
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
});
