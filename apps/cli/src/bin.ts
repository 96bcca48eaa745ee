#!/usr/bin/env node
import { createProgram } from "./program.ts";
import { reportError } from "./report-error.ts";

// `esim … | head -1` closes the pipe when it has seen enough, which is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

const program = createProgram();
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = await reportError(error, program.optsWithGlobals());
}
