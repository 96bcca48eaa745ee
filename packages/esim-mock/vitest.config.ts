import { defineConfig } from "vitest/config";

// Starting a mock loads Prism, which takes a second on a busy machine.
const test = {
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // Files of a project share a process, so that Prism is loaded once, not for each of them.
  isolate: false,
  // Explicit, because a project's `exclude` replaces the default one, and the contract's package in node_modules has tests of its own.
  include: ["test/*.test.ts"],
};

// Tests that start their own mocks, or do not depend on how requests are checked.
const OTHERS = [
  "test/{access,chaos,cli,connect,container,durability,dynamic,events,fast-path,foreign-page,home,notice,pages,readme,shared-seed,start,state-files,ui,upstream-chaos,violation,watch}.test.ts",
];

export default defineConfig({
  test: {
    // A browser, a disk or another process is waited for in many.
    maxWorkers: 2,
    projects: [
      { test: { ...test, name: "fast path", provide: { fastPath: true, isConnected: false } } },
      {
        test: {
          ...test,
          name: "Prism alone",
          provide: { fastPath: false, isConnected: false },
          exclude: OTHERS,
        },
      },
      {
        test: {
          ...test,
          name: "connected",
          provide: { fastPath: true, isConnected: true },
          include: ["test/control.test.ts"],
        },
      },
    ],
  },
});
