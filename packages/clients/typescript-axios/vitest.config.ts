import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const built = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The same tests run with each client as `the-client`. */
const clients = {
  "esim-sdk-axios": built("dist/index.js"),
  "esim-sdk": built("node_modules/@betatelltd/esim-sdk/dist/node/index.js"),
};

export default defineConfig({
  test: {
    // Files of one client share a process, so that it and the mock are loaded once.
    isolate: false,
    projects: Object.entries(clients).map(([name, client]) => ({
      resolve: { alias: { "the-client": client } },
      test: {
        name,
        testTimeout: 60_000,
        provide: { client: name },
        // Only for axios.
        exclude: ["**/node_modules/**", ...(name === "esim-sdk" ? ["test/safe.test.ts"] : [])],
      },
    })),
  },
});
