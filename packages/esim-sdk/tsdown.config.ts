import { defineConfig, type UserConfig } from "tsdown";

const common: UserConfig = {
  platform: "neutral",
  target: "es2022",
  fixedExtension: false,
  dts: true,
  sourcemap: true,
};

// Apart, so that neither is cut into chunks.
export default defineConfig([
  { ...common, entry: "src/index.ts" },
  { ...common, entry: "src/once.ts", deps: { neverBundle: (id) => id === "./index.js" }, clean: false },
]);
