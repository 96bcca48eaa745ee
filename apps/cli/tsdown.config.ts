import { defineConfig, type UserConfig } from "tsdown";
import { commonJsFolder, thirdPartyLicenses, withoutChildProcess } from "./scripts/build-plugins.ts";

const common: UserConfig = {
  platform: "node",
  target: "node20",
  // CommonJS starts faster: an import of Node's own modules costs more than to require them.
  format: "cjs",
  dts: false,
  minify: true,
  sourcemap: true,
  outExtensions: () => ({ js: ".js" }),
};

// To find and to read many files costs a short-lived program more time than what it does: there is one for what every command needs,
// and one each for what most runs do without.
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
