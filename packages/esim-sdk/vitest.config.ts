import { defineConfig } from "vitest/config";

// Generous, because tests start two servers and a browser, on machines that may be busy.
const TIMEOUTS = { testTimeout: 20_000, hookTimeout: 60_000 };

/** Tests that do not depend on how a request is sent, or choose it themselves; they run once. */
const RUN_ONCE = [
  "test/browser.test.ts",
  "test/once-property.test.ts",
  "test/generate.test.ts",
  "test/retry.test.ts",
];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node:http",
          ...TIMEOUTS,
          include: ["test/**/*.test.ts"],
          typecheck: { enabled: true, include: ["test/**/*.test-d.ts"] },
        },
      },
      {
        test: {
          name: "fetch",
          ...TIMEOUTS,
          include: ["test/**/*.test.ts"],
          exclude: RUN_ONCE,
          setupFiles: ["test/over-fetch.ts"],
        },
      },
    ],
  },
});
