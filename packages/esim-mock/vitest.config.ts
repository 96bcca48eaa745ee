import { defineConfig } from "vitest/config";

// Starting a mock loads Prism, which takes a second on a busy machine.
const test = {
  testTimeout: 20_000,
  hookTimeout: 20_000,
  // Explicit, because a project's `exclude` replaces the default one, and the contract's package in node_modules has tests of its own.
  include: ["test/*.test.ts"],
};

// Tests that start their own mocks, or do not depend on how requests are checked.
const OTHERS = [
  "test/{access,chaos,cli,connect,container,durability,events,fast-path,foreign-page,home,notice,pages,readme,shared-seed,start,ui,upstream-chaos,violation,watch}.test.ts",
];

export default defineConfig({
  test: {
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
