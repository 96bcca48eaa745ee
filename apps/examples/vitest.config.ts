import { defineConfig } from "vitest/config";

// Each test starts programs, on machines that may be busy.
export default defineConfig({ test: { testTimeout: 20_000, hookTimeout: 30_000 } });
