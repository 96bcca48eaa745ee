import { defineConfig } from "vitest/config";

// Starting a mock loads Prism, which takes a second on a busy machine.
export default defineConfig({ test: { testTimeout: 20_000, hookTimeout: 20_000 } });
