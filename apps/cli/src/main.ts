import { interruption } from "./interruption.ts";
import { joinIccid } from "./join-iccid.ts";
import { createProgram } from "./program.ts";
import { reportError } from "./report-error.ts";

/** Runs the program and sets its exit code. */
export async function main(args: readonly string[]): Promise<void> {
  // Write errors are handled where they occur; without a listener they would crash the process.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  try {
    const joined = joinIccid(args);
    await createProgram(joined).parseAsync(joined, { from: "user" });
  } catch (error) {
    // The parser may stop at wrong usage before it reaches this flag.
    const code = reportError(error, { json: args.includes("--json") });
    process.exitCode = code;
    // Output stuck in a full pipe would keep the program running.
    if (interruption().aborted) process.stderr.write("", () => process.exit(code));
  }
}
