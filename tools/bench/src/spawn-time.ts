import { execFile } from "node:child_process";
import { promisify } from "node:util";

const exec = promisify(execFile);

/** How a program went. */
export interface Spawned {
  /** From its start to its end. */
  readonly milliseconds: number;
  readonly stdout: string;
}

/** Runs a program to its end: this Node, unless another is named. @throws when it ends with another code than 0 */
export async function spawnTime(
  args: readonly string[],
  {
    program = process.execPath,
    ...options
  }: { program?: string; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Spawned> {
  const start = performance.now();
  const { stdout } = await exec(program, args, { maxBuffer: 2 ** 26, ...options });
  return { milliseconds: performance.now() - start, stdout };
}
