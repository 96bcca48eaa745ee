import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

test.each(["esim", "mock"])("`pnpm --silent %s` prints nothing of the build on stdout", (script) => {
  const bin = mkdtempSync(join(tmpdir(), "esim-checkout-"));
  onTestFinished(() => rmSync(bin, { recursive: true }));
  writeFileSync(join(bin, "turbo"), "#!/bin/sh\necho 8 successful, 8 total\n", { mode: 0o755 });
  const printed = execFileSync("sh", ["-c", `${scripts[script]} --version`], {
    cwd: root,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` },
    stdio: ["ignore", "pipe", "ignore"],
    encoding: "utf8",
  });
  expect(printed).toMatch(/^\d+\.\d+\.\d+\n$/);
});
