import { defineConfig } from "vitest/config";

const common = {
  // Two servers and a browser are started, on machines that may be busy.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // Files of a project share a process, so that the mock is loaded once, not for each of them.
  isolate: false,
};

/** What does not depend on how a request is sent, or brings its own way. */
const once = [
  "test/browser.test.ts",
  "test/once-property.test.ts",
  "test/generate.test.ts",
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
          ...common,
          include: ["test/**/*.test.ts"],
          typecheck: { enabled: true, include: ["test/**/*.test-d.ts"] },
        },
      },
      {
        test: {
          name: "fetch",
          ...common,
          include: ["test/**/*.test.ts"],
          exclude: once,
          setupFiles: ["test/over-fetch.ts"],
        },
      },
    ],
  },
});
