import { defineConfig, type UserConfig } from "tsdown";
import { commonJsFolder, thirdPartyLicenses, withoutChildProcess } from "./scripts/build-plugins.ts";

const common: UserConfig = {
  platform: "node",
  target: "node20",
  // CommonJS starts faster: importing Node's built-in modules takes longer than requiring them.
  format: "cjs",
  dts: false,
  minify: true,
  sourcemap: true,
  outExtensions: () => ({ js: ".js" }),
};

// Loading many files would take longer than running a command, so everything that all commands need is in one file. What only some of
// them need is in separate files.
export default defineConfig([
  {
    ...common,
    entry: "src/bin.ts",
    outputOptions: { chunkFileNames: "[name].js" },
    plugins: [withoutChildProcess, commonJsFolder, thirdPartyLicenses("third-party-licenses.txt")],
  },
  {
    ...common,
    entry: "src/format/string-width.js",
    clean: false,
    outputOptions: { exports: "named" },
    plugins: [thirdPartyLicenses("third-party-licenses-string-width.txt")],
  },
]);
