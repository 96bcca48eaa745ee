import { interruption } from "./interruption.ts";
import { joinIccid } from "./join-iccid.ts";
import { createProgram } from "./program.ts";
import { reportError } from "./report-error.ts";

/** Runs the program, and sets what it ends with. */
export async function main(args: readonly string[]): Promise<void> {
  // Writes report their errors to their callers; without a listener the process would end at once.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  try {
    const joined = joinIccid(args);
    await createProgram(joined).parseAsync(joined, { from: "user" });
  } catch (error) {
    // Wrong usage may stop the parser before it comes to this flag.
    const code = reportError(error, { json: args.includes("--json") });
    process.exitCode = code;
    // What was to be printed may never leave, and would keep the program.
    if (interruption().aborted) process.stderr.write("", () => process.exit(code));
  }
}
