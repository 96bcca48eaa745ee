import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ROOT, type Tool } from "./tools.ts";

/** Runs each tool after the other, so that none slows another down. Returns a line for each that failed; those after it still run. */
export function measure(tools: Readonly<Record<string, Pick<Tool, "folder" | "args">>>): string[] {
  return Object.entries(tools).flatMap(([name, { folder, args }]) => {
    console.log(`\n== ${name}`);
    const start = performance.now();
    const { status, signal } = spawnSync(process.execPath, [join(folder, "src/main.ts"), ...args], {
      cwd: ROOT,
      stdio: "inherit",
    });
    console.log(`\n${name} took ${((performance.now() - start) / 60_000).toFixed(1)} minutes`);
    return status === 0 ? [] : [`${name} ended with ${status ?? signal}`];
  });
}
