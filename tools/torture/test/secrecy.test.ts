import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { answered, mistaken } from "../src/secrecy/cli-paths.ts";
import { program, sweepCli } from "../src/secrecy/cli-sweep.ts";
import { sweepClient } from "../src/secrecy/sweep.ts";

test("no error path of the client lets a key out", async () => {
  const { paths, leaks } = await sweepClient();
  expect(paths).toBeGreaterThan(400);
  expect(leaks).toEqual([]);
});

test("no error path of the command line does, of one in six", async () => {
  const { paths, leaks } = await sweepCli(6);
  expect(paths).toBeGreaterThan(40);
  expect(leaks).toEqual([]);
});

test("the sweep runs every command", () => {
  const below = (...command: string[]) => {
    const help = execFileSync(process.execPath, [program, "help", ...command], { encoding: "utf8" });
    const [, listed = ""] = /^Commands:\n(.*?)\n(\n|$)/ms.exec(help) ?? [];
    return [...listed.matchAll(/^ {2}([a-z]+)/gm)].map(([, name = ""]) => [...command, name]);
  };
  const commands = below().flatMap((command) => {
    const verbs = below(...command);
    return verbs.length > 0 ? verbs : [command];
  });
  const swept = [...answered(["any"]), ...mistaken].map(({ args }) => `${args.join(" ")} `);
  const missing = commands
    .map((each) => `${each.join(" ")} `)
    .filter((each) => !swept.some((path) => path.startsWith(each)));
  expect(missing, "src/secrecy/cli-paths.ts has no line for these commands").toEqual([]);
  expect(commands.length).toBeGreaterThan(20);
});
