#!/usr/bin/env node
import { createProgram } from "./program.ts";
import { reportError } from "./report-error.ts";

// `esim … | head -1` closes the pipe when it has seen enough, which is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});
// Nobody is left to be told that nobody reads messages.
process.stderr.on("error", () => {});

const program = createProgram();
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = await reportError(error, {
    // Wrong usage may stop the parser before it comes to this flag.
    json: process.argv.includes("--json"),
  });
}
