import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ExitCode } from "../src/exit-codes.ts";
import { createProgram } from "../src/program.ts";
import { atTerminal, NO_TERMINAL, seen } from "./esim.ts";
import { mockWith } from "./servers.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** Replaces what changes from day to day and from run to run. */
const normalised = (text: string) =>
  text
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, "DATE")
    .replaceAll(/(in|for) \d+ (d|h|min|s)\b/g, "$1 A WHILE")
    .replaceAll(/\d+ (d|h|min|s) ago|\bnow\b/g, "A WHILE AGO")
    .replaceAll(/ +$/gm, "")
    .replaceAll(/request [\w-]+\)/g, "request ID)");

interface Step {
  readonly command: string;
  readonly output: string;
}

/** The commands in a page's sessions, with their output. */
function stepsOf(page: string): Step[] {
  return [...page.matchAll(/^```console\n(.*?)^```$/gms)]
    .flatMap(([, session = ""]) => session.split(/^\$ /m).slice(1))
    .map((step) => {
      const [command = "", ...output] = step.trimEnd().split("\n");
      return { command, output: output.join("\n") };
    });
}

const front = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
const ours = front.slice(
  front.indexOf("<!-- the command line -->"),
  front.indexOf("<!-- /the command line -->"),
);

test.skipIf(NO_TERMINAL).each([
  ["README", readme, 5],
  ["front README", ours, 2],
])("the sessions of the %s match the output at a terminal of 80 columns", async (_, page, least) => {
  const mock = await mockWith();
  const env = { ESIM_BASE_URL: mock.url, ESIM_USER_ID: "me", ESIM_API_KEY: "any", NO_COLOR: "1" };
  const steps = stepsOf(page);
  expect(steps.length).toBeGreaterThanOrEqual(least);
  let last = 0;
  for (const { command, output } of steps) {
    const [program, ...args] = command.split(" ");
    if (program === "export") continue;
    if (program === "echo") {
      expect(`${last}`).toBe(output);
      continue;
    }
    expect(program).toBe("esim");
    const { code, stdout } = await atTerminal(args, { env, columns: 80 });
    last = code ?? -1;
    expect(normalised(seen(stdout).trimEnd())).toBe(normalised(output));
  }
});

describe("the README mentions", () => {
  const program = createProgram();
  const paths = program.commands
    .filter((each) => !each.name().startsWith("_"))
    .flatMap((each) => (each.commands.length > 0 ? each.commands : [each]));

  test.each(paths.map((each) => [each.name()]))("the command %s", (name) => {
    expect(readme).toMatch(new RegExp(`\`(esim )?([a-z]+ )?${name}\\b`));
  });

  test.each(program.options.map(({ long }) => [long ?? ""]))("%s", (flag) => {
    if (flag !== "--version") expect(readme).toContain(`\`${flag}`);
  });

  test.each(Object.values(ExitCode))("the exit code %i", (code) => {
    expect(readme).toMatch(new RegExp(`^\\|.*\\b${code}\\b`, "m"));
  });
});
