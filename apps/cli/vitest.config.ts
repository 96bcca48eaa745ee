import { defineConfig } from "vitest/config";

// Each test starts programs, on machines that may be busy, and mostly waits for them: two at a time do so in half the time.
export default defineConfig({ test: { testTimeout: 20_000, hookTimeout: 30_000, maxWorkers: 2 } });
