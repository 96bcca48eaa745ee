#!/usr/bin/env node
import * as modules from "node:module";
import { version } from "../package.json";

const args = process.argv.slice(2);
if (args.length === 1 && /^(-v|--version)$/.test(args[0] ?? "")) {
  // Asked for by many scripts, and answered without loading the rest.
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) => {
    if (code === "EPIPE") process.exit(0);
    process.stderr.write(
      `error: stdout cannot be written [${code}]\nhint: make room where it is written to, or write elsewhere\n`,
    );
    process.exit(1);
  });
  process.stdout.write(`${version}\n`);
} else {
  // What V8 made of the program serves the next run too. Node has it from 22.8 on.
  modules.enableCompileCache?.();
  import("./main.ts").then(({ main }) => main(args));
}
