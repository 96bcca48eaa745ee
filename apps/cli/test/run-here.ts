import { vi } from "vitest";
import { createProgram } from "../src/program.ts";
import { reportError } from "../src/report-error.ts";
import type { Run, RunOptions } from "./esim.ts";

/** Thrown where the program would have ended. */
class Ended {
  readonly code: unknown;
  constructor(code: unknown) {
    this.code = code;
  }
}

/** Runs the program in this process, as its bin does, for thousands of runs. It may not read stdin. */
export async function runHere(args: readonly string[], env: RunOptions["env"] = {}): Promise<Run> {
  const written = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    vi.spyOn(process[name], "write").mockImplementation((chunk) => {
      written[name] += chunk;
      return true;
    });
  }
  vi.spyOn(process, "exit").mockImplementation((code) => {
    throw new Ended(code);
  });
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const listeners = process.listeners("SIGINT");
  try {
    await createProgram().parseAsync(args, { from: "user" });
  } catch (error) {
    if (error instanceof Ended) process.exitCode = Number(error.code);
    else process.exitCode = await reportError(error, { json: args.includes("--json") });
  } finally {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    for (const each of process.listeners("SIGINT"))
      if (!listeners.includes(each)) process.off("SIGINT", each);
  }
  const code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return { code, ...written };
}
