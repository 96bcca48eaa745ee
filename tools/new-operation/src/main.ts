/**
 * Adds three operations to a copy of this repository, runs every test, type check and lint there, and compares what fails with what is to
 * fail by CONTRIBUTING.md. Takes 7 minutes on two cores; the tests of this package look at a part of it.
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { addThings, copyRepository } from "./copy.ts";

type Task = { taskId: string; logFile: string; execution?: { exitCode: number } };

/** Tasks, and the files with what fails in them. */
const EXPECTED = [
  "@betatelltd/esim-cli#test test/contract.test.ts",
  "@betatelltd/esim-cli#typecheck test/contract.test.ts",
  "@betatelltd/esim-mock#test test/stateful.test.ts",
  "@betatelltd/esim-mock#typecheck src/stateful/handlers.ts",
  "@betatelltd/esim-openapi#test test/openapi.test.ts",
  "@betatelltd/esim-sdk#test test/readme.test.ts",
  "@betatelltd/esim-torture#test test/torture.test.ts",
  "@betatelltd/esim-torture#typecheck src/actions.ts",
];

const copy = copyRepository();
process.on("exit", () => rmSync(copy, { recursive: true, force: true }));
addThings(copy);
if (turbo("build", "generate:clients") !== 0) process.exit(1);
turbo("test", "typecheck", "lint", "--filter=!@betatelltd/esim-new-operation", "--continue", "--summarize");
const found = failures();
const wrong = [
  ...found.filter((each) => !EXPECTED.includes(each)).map((each) => `fails, and should not: ${each}`),
  ...EXPECTED.filter((each) => !found.includes(each)).map((each) => `does not fail, and should: ${each}`),
];
console.log(wrong.join("\n") || `What fails is what CONTRIBUTING.md says:\n${found.join("\n")}`);
if (wrong.length > 0) process.exitCode = 1;

function turbo(...args: string[]): number | null {
  const logs = ["--output-logs=errors-only", "--log-order=grouped", "--concurrency=2"];
  const program = join(copy, "node_modules/.bin/turbo");
  return spawnSync(program, ["run", ...args, ...logs], { cwd: copy, stdio: "inherit" }).status;
}

/** What failed, as above; a task whose log names no file is there by its name. */
function failures(): string[] {
  const [summary = ""] = globSync(".turbo/runs/*.json", { cwd: copy });
  const { tasks }: { tasks: Task[] } = JSON.parse(readFileSync(join(copy, summary), "utf8"));
  const failed = tasks.filter(({ execution }) => execution && execution.exitCode !== 0);
  return failed.flatMap(({ taskId, logFile }) => {
    const log = stripVTControlCharacters(readFileSync(join(copy, logFile), "utf8"));
    const files = [...log.matchAll(/^ *FAIL .*?(\S+\.test\.ts)|^(\S+)\(\d+,\d+\): error TS/gm)];
    const names = files.map(([, test, source]) => `${taskId} ${test ?? source}`);
    return names.length > 0 ? [...new Set(names)] : [taskId];
  });
}
