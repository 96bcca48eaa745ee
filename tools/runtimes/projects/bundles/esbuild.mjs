import { build } from "esbuild";

const { warnings } = await build({
  entryPoints: ["entry.mjs"],
  outfile: "esbuild.js",
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
  target: "es2022",
  logLevel: "silent",
});
for (const { text } of warnings) console.log(text);
process.exitCode = warnings.length > 0 ? 1 : 0;
