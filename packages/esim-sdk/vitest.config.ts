import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    typecheck: { enabled: true, include: ["test/**/*.test-d.ts"] },
    // Two servers and a browser are started, on machines that may be busy.
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
