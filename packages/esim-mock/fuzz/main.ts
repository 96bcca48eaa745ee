/**
 * Sends generated requests, by and against the contract, to the mock in both modes, and holds its answers to every check of schemathesis.
 * Another seed: `pnpm fuzz 42`.
 */
import { spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startMock } from "../src/index.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const venv = path("../node_modules/.cache/schemathesis");
const examples = 200;
const seed = process.argv[2] ?? String(randomInt(2 ** 32));

if (!/^\d+$/.test(seed)) {
  console.error(`A seed is a whole number, such as 42, not ${seed}.`);
  process.exit(2);
}
install();
console.log(`Seed ${seed}. The same again: pnpm fuzz ${seed}`);
for (const mode of ["contract", "stateful"] as const) {
  console.log(`\n== ${mode} mode`);
  if (!(await passes(mode))) process.exitCode = 1;
}

function install(): void {
  const python = `${venv}/bin/python`;
  const commands = [
    ...(existsSync(python) ? [] : [["python3", "-m", "venv", venv]]),
    [python, "-m", "pip", "install", "--quiet", "--requirement", path("requirements.txt")],
  ];
  for (const [program = "", ...args] of commands) {
    const { status, error } = spawnSync(program, args, { stdio: "inherit" });
    if (error) console.error("Schemathesis needs Python 3.10 or later, with venv: https://www.python.org");
    if (status !== 0) process.exit(1);
  }
}

async function passes(mode: "contract" | "stateful"): Promise<boolean> {
  const mock = await startMock({ port: 0, stateful: mode === "stateful" });
  // Schemathesis leaves what it found in its working directory.
  const scratch = mkdtempSync(join(tmpdir(), "esim-fuzz-"));
  try {
    const options = [
      ...(mode === "stateful" ? [`--config-file=${path("stateful.toml")}`] : []),
      "run",
      path("../node_modules/@betatelltd/esim-openapi/dist/openapi.json"),
      `--url=${mock.url}`,
      "--header=x-user-id: fuzz",
      "--header=x-api-key: fuzz",
      "--checks=all",
      `--max-examples=${examples}`,
      `--seed=${seed}`,
      "--continue-on-failure",
      "--no-color",
    ];
    const child = spawn(`${venv}/bin/st`, options, { cwd: scratch, stdio: "inherit" });
    const [status] = await once(child, "exit");
    return status === 0;
  } finally {
    rmSync(scratch, { recursive: true });
    await mock.close();
  }
}
