import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/once.ts"],
  platform: "neutral",
  target: "es2022",
  fixedExtension: false,
  dts: true,
  sourcemap: true,
});
