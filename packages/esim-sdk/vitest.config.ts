import { defineConfig } from "vitest/config";

// Two servers and a browser are started, on machines that may be busy.
const timeouts = { testTimeout: 20_000, hookTimeout: 60_000 };

/** What does not depend on how a request is sent, or brings its own way. */
const once = [
  "test/browser.test.ts",
  "test/once-property.test.ts",
  "test/generate.test.ts",
  "test/readme.test.ts",
  "test/retry.test.ts",
];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node:http",
          ...timeouts,
          include: ["test/**/*.test.ts"],
          typecheck: { enabled: true, include: ["test/**/*.test-d.ts"] },
        },
      },
      {
        test: {
          name: "fetch",
          ...timeouts,
          include: ["test/**/*.test.ts"],
          exclude: once,
          setupFiles: ["test/over-fetch.ts"],
        },
      },
    ],
  },
});
