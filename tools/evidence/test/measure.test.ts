import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { measure } from "../src/measure.ts";

test("a tool that fails or is ended is named, and the next one still runs, with its arguments", () => {
  const scratch = mkdtempSync(join(tmpdir(), "esim-evidence-"));
  onTestFinished(() => rmSync(scratch, { recursive: true }));
  const tool = (name: string, code: string, ...args: string[]) => {
    const folder = join(scratch, name);
    mkdirSync(join(folder, "src"), { recursive: true });
    writeFileSync(join(folder, "src/main.ts"), code);
    return { folder, args };
  };
  const written = join(scratch, "written");
  const failed = measure({
    failing: tool("failing", "process.exitCode = 3;"),
    ended: tool("ended", "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 60_000);"),
    working: tool("working", "require('node:fs').writeFileSync(process.argv[2], '');", written),
  });
  expect(failed).toEqual(["failing ended with 3", "ended ended with SIGTERM"]);
  expect(existsSync(written)).toBe(true);
});
