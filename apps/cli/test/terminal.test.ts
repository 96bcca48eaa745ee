import { type ChildProcess, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type Misbehaviour, startHostileServer } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { atTerminal, configFolder, keysFor } from "./esim.ts";

const PACKAGE = {
  id: "pkg_1",
  sim: "8910300000045681955",
  status: "ACTIVE",
  package_template: { id: 1, name: "A name that is much too long for a narrow terminal" },
};

const api: Misbehaviour = (response, { method, url }) => {
  if (method === "POST") response.writeHead(204).end();
  else response.end(JSON.stringify(url?.includes("pkg_1") ? PACKAGE : { total: 1, packages: [PACKAGE] }));
};

async function startApi() {
  const server = await startHostileServer(api);
  onTestFinished(() => server.close());
  return server;
}

/** Types each text once what stands before it has been printed. */
function typing(...steps: readonly (readonly [after: string, keys: string])[]) {
  return (child: ChildProcess) => {
    const left = [...steps];
    let seen = "";
    child.stdout?.on("data", (chunk) => {
      seen += chunk;
      if (left[0] && seen.includes(left[0][0])) child.stdin?.write(left.shift()?.[1]);
    });
  };
}

// Only the one from util-linux lends a terminal to a command in this way.
const found = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux");
if (!found)
  console.warn("No script(1) of util-linux on this machine: what happens at a terminal is not tested.");

describe.skipIf(!found)("at a terminal", () => {
  test("login asks for both, and does not show the API key", async () => {
    const { folder, file } = await configFolder();
    const during = typing(["User ID: ", "me\r"], ["(not shown): ", "hush-hush\r"]);
    const { code, stdout } = await atTerminal(["login"], { env: { XDG_CONFIG_HOME: folder }, during });
    expect(code).toBe(0);
    expect(stdout).not.toContain("hush");
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ userId: "me", apiKey: "hush-hush" });
  });

  test("login takes both lines pasted at once, and does not show the API key", async () => {
    const { folder, file } = await configFolder();
    const during = typing(["User ID: ", "me\rhush-hush\r"]);
    const { code, stdout } = await atTerminal(["login"], { env: { XDG_CONFIG_HOME: folder }, during });
    expect(code).toBe(0);
    expect(stdout).not.toContain("hush");
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ userId: "me", apiKey: "hush-hush" });
  });

  test.each([
    ["Ctrl-C", "\u0003"],
    ["Ctrl-D", "\u0004"],
  ])("%s ends login, and nothing is stored", async (_, keys) => {
    const { folder, file } = await configFolder();
    const during = typing(["User ID: ", keys]);
    const { code, stdout } = await atTerminal(["login"], { env: { XDG_CONFIG_HOME: folder }, during });
    expect(code).toBe(130);
    expect(stdout).toContain("nothing was stored");
    expect(() => readFileSync(file)).toThrow("ENOENT");
  });

  test.each([
    ["y", "y\r", 0, 1],
    ["no answer", "\r", 2, 0],
    ["Ctrl-C", "\u0003", 130, 0],
    ["Ctrl-D", "\u0004", 130, 0],
  ])("terminate shows the package, and at %s does as told", async (_, keys, exitCode, writes) => {
    const server = await startApi();
    const during = typing(["[y/N] ", keys]);
    const { code, stdout } = await atTerminal(["packages", "terminate", "pkg_1"], {
      env: keysFor(server.url),
      during,
    });
    expect(stdout).toContain(`Terminate pkg_1 of SIM ${PACKAGE.sim}, which is ACTIVE?`);
    expect(code).toBe(exitCode);
    expect(server.requests.filter(({ method }) => method === "POST")).toHaveLength(writes);
  });

  test.each([["list"], ["list --all"]])("%s is a table in colour that fits", async (command) => {
    const { url } = await startApi();
    const run = () => atTerminal(["packages", ...command.split(" ")], { env: keysFor(url), columns: 90 });
    const { code, stdout } = await run();
    expect(code).toBe(0);
    expect(stdout).toContain("\u001b[32mACTIVE");
    expect(stdout).toMatch(/^ID +SIM +STATUS +TEMPLATE +DATA LEFT +EXPIRES/);
    expect(stdout).toMatch(/ A name.*… /);
  });
});
