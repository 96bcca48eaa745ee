import { build, createLogger } from "vite";

const warnings = [];
const logger = createLogger("silent");
logger.warn = (text) => warnings.push(text);
logger.warnOnce = logger.warn;
await build({
  configFile: false,
  customLogger: logger,
  build: {
    outDir: "vite",
    target: "es2022",
    rollupOptions: { input: "entry.mjs", output: { entryFileNames: "vite.js" } },
  },
});
for (const text of warnings) console.log(text);
process.exitCode = warnings.length > 0 ? 1 : 0;
