import { defineConfig } from "tsdown";

// One file with everything in it: to find and to read many costs a short-lived program more time than what it does.
export default defineConfig({
  entry: "src/bin.ts",
  platform: "node",
  target: "node20",
  fixedExtension: false,
  dts: false,
  sourcemap: true,
  outputOptions: { codeSplitting: false },
});
