/**
 * Sends generated requests, by and against the contract, to the mock in both modes, and holds its answers to every check of schemathesis.
 * Another seed: `pnpm fuzz 42`. With `--write` it writes results.json and the README's table.
 */
import { spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startMock } from "@betatelltd/esim-mock";
import { publish, runDetails } from "@betatelltd/esim-testing/report";
import { type Mode, type Reached, type Results, sections } from "./report.ts";

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const venv = path("../node_modules/.cache/schemathesis");
const document = fileURLToPath(import.meta.resolve("@betatelltd/esim-openapi/openapi.json"));
const MAX_EXAMPLES = 120;
/** How often each operation must succeed in a run. One without parameters is always the same request, and is sent only a few times. */
const LEAST = 30;
const LEAST_WITHOUT_INPUT = 1;
const { positionals, values: flags } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean", default: false } },
});
const seed = positionals[0] ?? String(randomInt(2 ** 32));

if (!/^\d+$/.test(seed)) {
  console.error(`The seed must be a whole number, such as 42, not ${seed}.`);
  process.exit(2);
}
install();
console.log(`Seed ${seed}. The same again: pnpm fuzz ${seed}`);
// At once, as each keeps one processor busy.
const [contract, stateful] = await Promise.all([fuzz("contract"), fuzz("stateful")]);
const modes: Results["modes"] = { contract, stateful };
if (!Object.values(modes).every(({ hasPassed }) => hasPassed)) process.exitCode = 1;
if (flags.write) {
  const results: Results = { ...runDetails(`pnpm fuzz ${seed}`), seed, modes };
  publish(resolve(import.meta.dirname, ".."), results, sections(results));
}
console.log(
  `\nFuzzing with seed ${seed} ${process.exitCode ? "found what is listed above" : "is done: every response conforms to the contract"}.`,
);

/** How often each operation came to its success, and how often it has to, so that what is behind it was tested. */
function reached(answers: Readonly<Record<string, number>>): Record<string, Reached> {
  const { paths } = JSON.parse(readFileSync(document, "utf8")) as Contract;
  const operations = Object.values(paths)
    .flatMap((item) => Object.values(item).map((operation) => ({ item, ...operation })))
    .filter(({ operationId }) => operationId !== undefined)
    .map(({ operationId, responses, item, parameters, requestBody }) => {
      const hasInput = [item.parameters, parameters, requestBody].some((each) => each !== undefined);
      const least = hasInput ? LEAST : LEAST_WITHOUT_INPUT;
      const successes = Object.entries(answers)
        .filter(([answer]) =>
          Object.keys(responses).some((status) => status < "3" && answer === `${operationId} ${status}`),
        )
        .reduce((sum, [, count]) => sum + count, 0);
      return [operationId, { successes, least }] as const;
    });
  return Object.fromEntries(operations);
}

interface Contract {
  paths: Record<string, Record<string, DescribedOperation>>;
}

interface DescribedOperation {
  operationId?: string;
  parameters?: unknown;
  requestBody?: unknown;
  responses: Record<string, unknown>;
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

async function fuzz(mode: "contract" | "stateful"): Promise<Mode> {
  const print = (line: string) => console.log(`${mode.padEnd(8)} | ${line}`.trimEnd());
  const mock = await startMock({ port: 0, stateful: mode === "stateful" });
  // Schemathesis leaves what it found in its working directory.
  const scratch = mkdtempSync(join(tmpdir(), "esim-fuzz-"));
  try {
    const options = [
      ...(mode === "stateful" ? [`--config-file=${path("stateful.toml")}`] : []),
      "run",
      document,
      `--url=${mock.url}`,
      "--header=x-user-id: fuzz",
      "--header=x-api-key: fuzz",
      "--checks=all",
      `--max-examples=${MAX_EXAMPLES}`,
      `--seed=${seed}`,
      "--continue-on-failure",
      "--no-color",
    ];
    const answers = join(scratch, "answers.json");
    const env = {
      ...process.env,
      SCHEMATHESIS_HOOKS: path("existing.py"),
      ESIM_FUZZ_URL: mock.url,
      ESIM_FUZZ_MODE: mode,
      ESIM_FUZZ_REPORT: answers,
    };
    const child = spawn(`${venv}/bin/st`, options, {
      cwd: scratch,
      stdio: ["ignore", "pipe", "inherit"],
      env,
    });
    const ended = once(child, "exit");
    // Its headings look like the line with which pytest ends a run.
    for await (const line of createInterface(child.stdout))
      print(line.replace(/^=+ (.+?)( in [\d.]+s)? =+$/, "$1"));
    const [status] = await ended;
    const counts = JSON.parse(readFileSync(answers, "utf8")) as Record<string, number>;
    const operations = reached(counts);
    print("");
    for (const [id, { successes, least }] of Object.entries(operations))
      print(
        `${id} succeeded ${successes} times; ${least} are asked for${successes >= least ? "" : ": tools/fuzz/src/existing.py has to give it what exists"}`,
      );
    const isEnough = Object.values(operations).every(({ successes, least }) => successes >= least);
    const cases = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return { cases, hasPassed: isEnough && status === 0, operations };
  } finally {
    rmSync(scratch, { recursive: true });
    await mock.close();
  }
}
