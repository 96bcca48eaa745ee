import { defineConfig } from "vitest/config";

const COMMON = {
  // Generous, because tests start two servers and a browser, on machines that may be busy.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // Files of a project share a process, so that the mock is loaded once, not for each of them.
  isolate: false,
};

/** Tests that do not depend on how a request is sent, or choose it themselves; they run once. */
const RUN_ONCE = [
  "test/browser.test.ts",
  "test/once-property.test.ts",
  "test/generate.test.ts",
  "test/readme.test.ts",
  "test/retry.test.ts",
];

export default defineConfig({
  test: {
    // Time limits and retries are mostly waited for.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "node:http",
          ...COMMON,
          include: ["test/**/*.test.ts"],
          typecheck: { enabled: true, include: ["test/**/*.test-d.ts"] },
        },
      },
      {
        test: {
          name: "fetch",
          ...COMMON,
          include: ["test/**/*.test.ts"],
          exclude: RUN_ONCE,
          setupFiles: ["test/over-fetch.ts"],
        },
      },
    ],
  },
});
