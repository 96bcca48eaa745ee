import { execFile } from "node:child_process";
import { promisify } from "node:util";

const exec = promisify(execFile);

/** How long this Node takes for a program, from its start to its end, in milliseconds. @throws when it ends with another code than 0 */
export async function spawnTime(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<number> {
  const start = performance.now();
  await exec(process.execPath, args, { maxBuffer: 2 ** 26, ...options });
  return performance.now() - start;
}
