#!/usr/bin/env node
import * as modules from "node:module";
import { version } from "../package.json";

const args = process.argv.slice(2);
if (args.length === 1 && /^(-v|--version)$/.test(args[0] ?? "")) {
  // Scripts ask for the version often, so it is answered without loading the rest.
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
    if (code === "EPIPE") process.exit(0);
    process.stderr.write(
      `error: cannot write to stdout [${code}]\nhint: free some disk space, or write somewhere else\n`,
    );
    process.exit(1);
  });
  process.stdout.write(`${version}\n`);
} else {
  // Caches V8's compiled code for the next run. Available since Node 22.8.
  modules.enableCompileCache?.();
  import("./main.ts").then(({ main }) => main(args));
}
