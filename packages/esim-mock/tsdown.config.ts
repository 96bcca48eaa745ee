import { defineConfig } from "tsdown";

const SCALAR = "node_modules/@scalar/api-reference";

export default defineConfig({
  entry: ["src/index.ts", "src/bin.ts"],
  platform: "node",
  target: "node24",
  fixedExtension: false,
  dts: true,
  // Only its types are imported; without this, a bare import of it stays in ours, and with it come types that strict projects lack.
  treeshake: { moduleSideEffects: [{ test: /^@stoplight\/prism-http$/, sideEffects: false }] },
  sourcemap: true,
  copy: [
    { from: "src/pages/*.html", to: "dist/pages" },
    { from: "src/pages/assets/*", to: "dist/pages/assets" },
    { from: `${SCALAR}/dist/browser/standalone.js`, rename: "scalar.js" },
  ],
});
