import { fileURLToPath } from "node:url";
import { defineConfig, type UserConfig } from "tsdown";

const COMMON: UserConfig = {
  entry: "src/index.ts",
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  fixedExtension: false,
  dts: true,
  sourcemap: true,
  clean: false,
};
const STUB = fileURLToPath(new URL("src/transport/no-runtime.ts", import.meta.url));

/** The build for browsers leaves out what only runs on Node, Deno and Bun. */
const FOR_BROWSERS: UserConfig = {
  ...COMMON,
  plugins: [
    {
      name: "without-runtime",
      resolveId: (id: string) => (id.endsWith("/runtime.ts") ? STUB : undefined),
    },
  ],
};
export default defineConfig([
  FOR_BROWSERS,
  // No types: they are the same as above.
  { ...COMMON, outDir: "dist/node", dts: false },
]);
