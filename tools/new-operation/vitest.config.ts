import { defineConfig } from "vitest/config";

// Everything is generated and built once, clients in four languages included, on machines that may be busy.
export default defineConfig({ test: { testTimeout: 120_000, hookTimeout: 600_000 } });
