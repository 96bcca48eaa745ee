import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const bin = fileURLToPath(new URL("../dist/bin.js", import.meta.url));

interface Step {
  readonly command: string;
  /** The output in the README; undefined where there is none to compare. */
  readonly output: string | undefined;
}

/** The commands of a block: in a console, those after a prompt with their output; in a script, every line. */
function stepsOf([, kind, block = ""]: RegExpMatchArray): Step[] {
  const lines = block.trimEnd().split("\n");
  if (kind === "sh") return lines.map((command) => ({ command, output: undefined }));
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((step) => {
      const [command = "", ...output] = step.split("\n");
      return { command, output: output.join("\n").trim() };
    });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

test("the sessions of the README can be followed in one terminal, from top to bottom", async () => {
  const port = String(await freePort());
  const readme = (await readFile(new URL("../README.md", import.meta.url), "utf8")).replaceAll("4010", port);
  const [sessions = ""] = readme.slice(readme.indexOf("## A session")).split("## The real service");
  const steps = [...sessions.matchAll(/^```(console|sh)\n(.*?)^```$/gms)].flatMap(stepsOf);
  expect(steps.length).toBeGreaterThan(15);

  const start = `set -m; shopt -s expand_aliases; npx() { shift; "${process.execPath}" "${bin}" --port ${port} "$@"; }`;
  const isUp = `until curl -s -o /dev/null http://127.0.0.1:${port}/openapi.json; do sleep 0.05; done`;
  const script = steps.flatMap(({ command }, index) => [
    `printf '\\n@@${index}\\n'`,
    command,
    ...(command.endsWith("&") ? [isUp] : command.startsWith("kill") ? ["wait"] : []),
  ]);
  const shell = spawn("bash", ["-s"], { stdio: ["pipe", "pipe", "pipe"] });
  onTestFinished(() => void shell.kill("SIGKILL"));
  const [output] = [text(shell.stdout), shell.stderr.resume()];
  shell.stdin.end([start, ...script, "printf '\\n@@end\\n'", "kill %%; wait"].join("\n"));
  await once(shell, "exit");

  const outputs = (await output).split(/\n@@\w+\n/).slice(1);
  for (const [index, { command, output: expected }] of steps.entries()) {
    if (expected !== undefined) expect([command, outputs[index]?.trim()]).toEqual([command, expected]);
    else expect([command, outputs[index]]).not.toEqual([command, expect.stringContaining("statusCode")]);
  }
});
