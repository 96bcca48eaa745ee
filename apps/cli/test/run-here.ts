import { vi } from "vitest";
import { joinIccid } from "../src/join-iccid.ts";
import { createProgram } from "../src/program.ts";
import { reportError } from "../src/report-error.ts";
import type { Run, RunOptions } from "./esim.ts";

/** Thrown instead of exiting. */
class Ended {
  readonly code: unknown;
  constructor(code: unknown) {
    this.code = code;
  }
}

/** Runs the program in this process, fast enough for thousands of runs. It must not read stdin. */
export async function runHere(args: readonly string[], env: RunOptions["env"] = {}): Promise<Run> {
  const written = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    vi.spyOn(process[name], "write").mockImplementation((chunk, ...rest) => {
      written[name] += chunk;
      const done = rest.find((each) => typeof each === "function") as (() => void) | undefined;
      done?.();
      return true;
    });
  }
  vi.spyOn(process, "exit").mockImplementation((code) => {
    throw new Ended(code);
  });
  // Signals belong to the test runner.
  vi.spyOn(process, "once").mockReturnThis();
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    const joined = joinIccid(args);
    await createProgram(joined).parseAsync(joined, { from: "user" });
  } catch (error) {
    if (error instanceof Ended) process.exitCode = Number(error.code);
    else process.exitCode = reportError(error, { json: args.includes("--json") });
  } finally {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  }
  const code = Number(process.exitCode ?? 0);
  process.exitCode = undefined;
  return { code, ...written };
}
