import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Each test starts programs, on machines that may be busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Files share a process, so that the mock is loaded once, not for each of them.
    isolate: false,
    // Most of the time goes in waiting for programs.
    maxWorkers: 2,
  },
});
