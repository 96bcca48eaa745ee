import { fileURLToPath } from "node:url";
import { defineConfig, type UserConfig } from "tsdown";

const common: UserConfig = {
  entry: "src/index.ts",
  format: ["esm", "cjs"],
  platform: "neutral",
  target: "es2022",
  fixedExtension: false,
  dts: true,
  sourcemap: true,
  clean: false,
};
const stub = fileURLToPath(new URL("src/transport/no-runtime.ts", import.meta.url));

/** A bundle for browsers does not carry what would never run there. */
const forBrowsers: UserConfig = {
  ...common,
  plugins: [
    {
      name: "without-runtime",
      resolveId: (id: string) => (id.endsWith("/runtime.ts") ? stub : undefined),
    },
  ],
};
export default defineConfig([
  forBrowsers,
  // Its types are the same.
  { ...common, outDir: "dist/node", dts: false },
]);
