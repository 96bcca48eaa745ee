import { rolldown } from "rolldown";

const warnings = [];
const bundle = await rolldown({
  input: "entry.mjs",
  platform: "browser",
  onLog: (level, { message }) => level === "warn" && warnings.push(message),
});
await bundle.write({ file: "rolldown.js", format: "esm", minify: true });
await bundle.close();
for (const text of warnings) console.log(text);
process.exitCode = warnings.length > 0 ? 1 : 0;
