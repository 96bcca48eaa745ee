import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A program that was built for one run. */
export interface Built {
  readonly program: string;
  remove(): void;
}

/** Builds the command line in Go, in a temporary folder; undefined where there is no Go. @throws when it does not compile */
export function buildGoProgram(): Built | undefined {
  if (!hasGo()) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "esim-bench-go-"));
  const program = join(folder, "list-packages");
  const remove = () => rmSync(folder, { recursive: true });
  try {
    const source = join(import.meta.dirname, "main.go");
    execFileSync("go", ["build", "-o", program, source], {
      cwd: folder,
      stdio: ["ignore", "inherit", "inherit"],
    });
    return { program, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function hasGo(): boolean {
  try {
    execFileSync("go", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
