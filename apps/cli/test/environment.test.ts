import { spawnSync } from "node:child_process";
import { chmodSync, existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { cacheFile, credentialsFile } from "../src/settings/folders.ts";
import { esim, installedAlone, keysFor } from "./esim.ts";
import { packages, SIM, serverOf } from "./servers.ts";

const NONE = { HOME: undefined, XDG_CONFIG_HOME: undefined, XDG_CACHE_HOME: undefined };

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the paths of files", () => {
  test.each([
    [{ XDG_CONFIG_HOME: "/config", HOME: "/home/me" }, "/config/esim/credentials.json"],
    [{ XDG_CONFIG_HOME: undefined, HOME: "/home/me" }, "/home/me/.config/esim/credentials.json"],
    [{ XDG_CONFIG_HOME: "rel", HOME: "/home/me" }, "/home/me/.config/esim/credentials.json"],
  ])("with %j are %s", (variables, file) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    expect(credentialsFile()).toBe(file);
  });

  test.each([
    ["", ""],
    ["rel", "rel"],
    ["..", "."],
  ])("with XDG_CONFIG_HOME=%j HOME=%j are absolute", (xdg, home) => {
    vi.stubEnv("XDG_CONFIG_HOME", xdg);
    vi.stubEnv("XDG_CACHE_HOME", xdg);
    vi.stubEnv("HOME", home);
    for (const file of [credentialsFile(), cacheFile("x")])
      expect(file === undefined || isAbsolute(file)).toBe(true);
  });
});

const NAMELESS = 54_321;

/** Why programs cannot be run as a user without a name here; `undefined` if they can. */
const NO_NAMELESS =
  process.getuid?.() !== 0
    ? "only root can become another user"
    : spawnSync(process.execPath, ["-e", "0"], { uid: NAMELESS }).status !== 0
      ? "this Node is not for every user"
      : undefined;
if (NO_NAMELESS) console.warn(`What a user without a name sees is not tested: ${NO_NAMELESS}.`);

describe.skipIf(NO_NAMELESS)("a user without a name or a home", () => {
  test("needs only environment variables", async () => {
    const { url } = await serverOf(packages([1]));
    const program = await forEveryone();
    const run = (args: string[]) =>
      esim(args, { uid: NAMELESS, program, cwd: "/", env: { ...NONE, ...keysFor(url) } });
    expect(await run(["packages", "list", "--quiet"])).toEqual({ code: 0, stdout: "pkg_1\n", stderr: "" });
    expect((await run(["doctor"])).code).toBe(0);
    expect((await run(["packages", "create", "--sim", SIM, "--template", "1", "--dry-run"])).code).toBe(0);
  });

  test("gets errors for missing keys, and for storing them", async () => {
    const { url } = await serverOf([]);
    const program = await forEveryone();
    const run = (args: string[]) =>
      esim(args, {
        uid: NAMELESS,
        program,
        cwd: "/",
        env: { ...NONE, ESIM_BASE_URL: url },
        input: "user\nkey\n",
      });
    expect(await run(["packages", "list"])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("the user ID and the API key are missing"),
    });
    expect(await run(["login"])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("cannot store keys: this user has no home folder"),
    });
  });
});

async function forEveryone(): Promise<string> {
  const program = await installedAlone();
  chmodSync(new URL("..", `file://${program}`), 0o755);
  return program;
}

describe.skipIf(!existsSync("/proc/self"))("a home that cannot be written to", () => {
  const env = { ...NONE, HOME: "/proc/self" };

  test("works for everything but login", async () => {
    const { url } = await serverOf(packages([1]));
    const all = { ...env, ...keysFor(url) };
    expect((await esim(["packages", "list", "--quiet"], { env: all })).stdout).toBe("pkg_1\n");
    expect((await esim(["__complete", "--", "packages", "list", "--template", ""], { env: all })).code).toBe(
      0,
    );
    const { code, stderr } = await esim(["login"], {
      env: { ...env, ESIM_BASE_URL: url },
      input: "user\nkey\n",
    });
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /cannot write \S+credentials\.json \[\w+\]\nhint: set XDG_CONFIG_HOME to a folder that you can write to/,
    );
  });
});
