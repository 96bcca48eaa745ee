import { execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { addThings, copyRepository } from "../src/copy.ts";
import { PROGRAM } from "../src/program.ts";

// Tests what CONTRIBUTING says about a new operation: what is generated, and which checks fail until the rest is written.

const run = promisify(execFile);
type Result = { status: string; title: string; failureMessages: string[] };
const keys = { "x-user-id": "some-user", "x-api-key": "some-key" };
const hasJava = spawnSync("java", ["-version"]).status === 0 || Boolean(process.env.REQUIRE_ALL_CLIENTS);
if (!hasJava)
  console.warn("The clients in other languages were not tested with the new operations: Java is missing.");

let copy: string;
beforeAll(async () => {
  copy = copyRepository();
  addThings(copy);
  const tasks = ["build", ...(hasJava ? ["generate:clients"] : [])];
  await run(join(copy, "node_modules/.bin/turbo"), ["run", ...tasks, "--output-logs=errors-only"], {
    cwd: copy,
  });
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const node = (cwd: string, ...args: string[]) => run(process.execPath, args, { cwd: join(copy, cwd) });

/** The copy's mock, started as users start it. */
async function startMock(...args: string[]): Promise<string> {
  const mock = spawn(process.execPath, ["packages/esim-mock/dist/bin.js", "--port", "0", ...args], {
    cwd: copy,
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(async () => {
    mock.kill();
    if (mock.exitCode === null) await once(mock, "exit");
  });
  const [line] = await once(mock.stdout, "data");
  return /http:\S+/.exec(String(line))?.[0] ?? "";
}

describe("by itself", () => {
  test("the client has a class, types, an enum, an iterator and a raw call, and rejects wrong calls", async () => {
    const url = await startMock();
    const program = join(copy, "packages/esim-sdk/test/program.ts");
    writeFileSync(program, PROGRAM);
    const { stdout } = await node("packages/esim-sdk", "test/program.ts", url);
    expect(JSON.parse(stdout)).toEqual({
      created: { id: 8, colour: "RED" },
      listed: [{ id: 7, colour: "RED" }],
      got: { id: 7, colour: "RED" },
      raw: { id: 7, colour: "RED" },
    });
    const tsc = join(copy, "packages/esim-sdk/node_modules/typescript/bin/tsc");
    const { stdout: said } = await node("packages/esim-sdk", tsc).catch((error) => error);
    expect(said).toBe("");
  });

  test("the mock responds from the contract, checks requests, shows the operations in its pages, and injects faults", async () => {
    const url = await startMock();
    expect(await (await fetch(`${url}/things/7`, { headers: keys })).json()).toEqual({
      id: 7,
      colour: "RED",
    });
    expect((await fetch(`${url}/things?colour=GREEN`, { headers: keys })).status).toBeGreaterThanOrEqual(400);
    expect((await fetch(`${url}/things`)).status).toBe(401);
    expect(await (await fetch(`${url}/openapi.yaml`)).text()).toContain("operationId: getThings");
    await fetch(`${url}/_mock/faults`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ operation: "getThings", status: 503 }),
    });
    expect((await fetch(`${url}/things`, { headers: keys })).status).toBe(503);
  });

  test("the stateful mock says that it has no rules for them", async () => {
    const url = await startMock("--stateful");
    const answer = await fetch(`${url}/things`, { headers: keys });
    expect(answer.status).toBe(501);
    expect(await answer.text()).toContain("getThings");
  });

  test("the command line sends them", async () => {
    const url = await startMock();
    const { stdout } = await run(
      process.execPath,
      [join(copy, "apps/cli/dist/bin.js"), "api", "GET", "/things/7"],
      {
        env: {
          PATH: process.env.PATH,
          ESIM_BASE_URL: url,
          ESIM_API_KEY: "some-key",
          ESIM_USER_ID: "some-user",
        },
      },
    );
    expect(JSON.parse(stdout)).toEqual({ id: 7, colour: "RED" });
  });

  test.skipIf(!hasJava)("the clients in other languages have a class for the new tag", () => {
    for (const file of [
      "typescript-axios/dist/index.js",
      "python/betatel_esim/api/things_api.py",
      "go/api_things.go",
      "java/src/main/java/com/betatel/esim/api/ThingsApi.java",
    ])
      expect(existsSync(join(copy, "packages/clients", file)), file).toBe(true);
  });
});

describe("checks fail for what has to be written by hand", () => {
  const failing = async (cwd: string, file: string): Promise<string[]> => {
    const vitest = join(copy, cwd, "node_modules/vitest/vitest.mjs");
    const report = join(copy, "report.json");
    await node(cwd, vitest, "run", "--reporter=json", `--outputFile=${report}`, file).catch(() => {});
    const { testResults } = JSON.parse(readFileSync(report, "utf8"));
    return testResults
      .flatMap(({ assertionResults }: { assertionResults: Result[] }) => assertionResults)
      .filter(({ status }: Result) => status === "failed")
      .map(({ title, failureMessages }: Result) => `${title}\n${failureMessages.join("\n")}`);
  };

  const ids = ["getThings", "createThing", "getThing"];
  const HERE = "spec/test/openapi.test.ts compares the document with the reference";

  test.each([
    [
      "spec",
      "test/openapi.test.ts",
      [HERE, HERE, ...ids.map((id) => `spec/conformance has cases of ${id} for all clients`)],
    ],
    ["packages/esim-mock", "test/stateful.test.ts", Array(2).fill("src/stateful/handlers.ts lacks rules")],
    [
      "packages/esim-sdk",
      "test/readme.test.ts",
      ids.map((id) => `packages/esim-sdk/README.md has no ${id} of ThingsApi`),
    ],
    ["apps/cli", "test/contract.test.ts", ["apps/cli/test/contract.test.ts has no line for these"]],
  ])("%s: %s", async (cwd, file, sentences) => {
    expect(await failing(cwd, file)).toEqual(sentences.map((each) => expect.stringContaining(each)));
  });

  test.each([
    ["packages/esim-mock", "src/stateful/handlers.ts", ids],
    ["apps/cli", "test/contract.test.ts", ids],
    ["tools/torture", "src/actions.ts", ["createThing"]],
  ])("%s does not compile: %s has nothing for them", async (cwd, file, named) => {
    const tsc = join(copy, cwd, "node_modules/typescript/bin/tsc");
    const { stdout } = await node(cwd, tsc).catch((error) => error);
    const errors = stdout.split("\n").filter((line: string) => line.includes("error TS"));
    expect(errors).toEqual([expect.stringMatching(`^${file}\\(`)]);
    for (const id of named) expect(stdout).toContain(id);
  });
});
