import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startMock } from "@betatelltd/esim-mock";
import {
  conformanceCases,
  conformanceExceptions,
  faultCases,
  faultExceptions,
  listCases,
  onceCases,
  startConformanceServer,
  startFaultServer,
  startListServer,
  startOnceServer,
} from "@betatelltd/esim-testing";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type Command, languages } from "./languages.ts";
import { QR_CODE, readmeProgram } from "./readme.ts";

const TEN_MINUTES = 600_000;
describe.each(languages)("$client", (language) => {
  const { client, folder, more, probe, prepare, conformance, run } = language;
  const [program, ...args] = probe;
  const isHere = spawnSync(program, args).status === 0;
  const mustRun = Boolean(process.env.CI && process.env.REQUIRE_ALL_CLIENTS);
  if (!isHere) console.warn(`The ${client} client was not tested: ${program} is missing or too old.`);
  const testHere = test.skipIf(!isHere && !mustRun);

  beforeAll(async () => {
    if (!isHere && !mustRun) return;
    for (const command of prepare) await output(command, folder);
  }, TEN_MINUTES);

  if (conformance)
    testHere(
      "passes all cases",
      async () => {
        const server = await startConformanceServer();
        onTestFinished(() => server.close());
        const faults = await startFaultServer();
        onTestFinished(() => faults.close());
        const lists = await startListServer();
        onTestFinished(() => lists.close());
        const once = await startOnceServer();
        onTestFinished(() => once.close());
        const passed = (all: number, exceptions: number) => `${all - exceptions}/${all}`;
        const lines = [
          `conformance ${client}: ${passed(conformanceCases().length, conformanceExceptions(client).length)}`,
          `faults ${client}: ${passed(faultCases().length, faultExceptions(client).length)}`,
          `lists ${client}: ${passed(listCases().length, 0)}`,
          `once ${client}: ${passed(onceCases().length, 0)}`,
        ];
        const variables = {
          ESIM_CONFORMANCE_URL: server.url,
          ESIM_FAULTS_URL: faults.url,
          ESIM_LISTS_URL: lists.url,
          ESIM_ONCE_URL: once.url,
        };
        const printed = await output(conformance.command, folder, variables);
        for (const line of lines) expect(printed).toContain(line);
        const count = conformance.passed(printed);
        expect(count).toBeGreaterThan(0);
        // As Vitest prints its own count, so that `.ci/run` adds up both.
        console.log([...lines, ` Tests  ${count} passed (${client})`].join("\n"));
      },
      TEN_MINUTES,
    );

  testHere(
    "runs the README's program, which prints what the README says",
    async () => {
      const scratch = mkdtempSync(join(tmpdir(), "esim-readme-"));
      onTestFinished(() => rmSync(scratch, { recursive: true }));
      const mock = await startMock({ port: 0, stateful: true });
      onTestFinished(() => mock.close());
      const { code, printed: expected } = readmeProgram(language, mock.url);
      expect(expected.length).toBeGreaterThan(3);
      const variables = {
        ESIM_BASE_URL: mock.url,
        ESIM_USER_ID: "your-user-id",
        ESIM_API_KEY: "your-api-key",
      };
      const image = join(scratch, QR_CODE);
      const printed = await output(run(code.replace(QR_CODE, image), scratch), folder, variables);
      expect(printed.trimEnd().split("\n")).toEqual(expected);
      if (more.length > 0) expect(readFileSync(image).subarray(1, 4).toString()).toBe("PNG");
    },
    TEN_MINUTES,
  );
});

const rows = {
  "esim-sdk": "../esim-sdk",
  "esim-sdk-axios": "typescript-axios",
  python: "python",
  go: "go",
  java: "java",
};

test.each(Object.entries(rows))("the README shows how many cases %s passes", (client, folder) => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const row = readme.split("\n").find((line) => /\d+\/\d+ +\|$/.test(line) && line.includes(`](${folder})`));
  const conformance = conformanceCases().length;
  const faults = faultCases().length;
  expect(row?.match(/\d+\/\d+/g)).toEqual([
    `${conformance - conformanceExceptions(client).length}/${conformance}`,
    `${faults - faultExceptions(client).length}/${faults}`,
  ]);
  for (const number of [`${listCases().length} lists`, `${onceCases().length} purchases`])
    expect(readme).toContain(number);
  for (const { case: name, issue = "" } of conformanceExceptions(client)) {
    expect(readme).toContain(name);
    expect(readme).toContain(issue);
  }
  // The same for both operations, with three kinds of success.
  for (const { case: name } of faultExceptions(client)) {
    const [, kind = ""] = /-success-(.+)$/.exec(name) ?? [];
    expect(readme).toContain(name.replace(/(list|text)$/, "null"));
    expect(readme).toContain(`\`${kind}\``);
  }
});

async function output([program, ...args]: Command, cwd: string, variables = {}): Promise<string> {
  const env = { ...process.env, ...variables };
  try {
    return (await promisify(execFile)(program, args, { cwd, env, maxBuffer: 2 ** 26 })).stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(" ")}\n${stdout}\n${stderr}`);
  }
}
