import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/bin.ts"],
  platform: "node",
  target: "node24",
  fixedExtension: false,
  dts: true,
  sourcemap: true,
  copy: ["src/ui/page.html"],
});
