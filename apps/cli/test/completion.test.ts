import { execFile, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { KEYS, type Misbehaviour } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { built, configFolder, esim, keysFor } from "./esim.ts";
import { answer, mockWith, packages, pageOf, serverThat, serviceOf } from "./servers.ts";

const run = promisify(execFile);

const words = async (line: readonly string[], env: Record<string, string | undefined> = {}) => {
  const { code, stdout, stderr } = await esim(["__complete", "--", ...line], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.split("\n").flatMap((each) => each.split("\t")[0] || []);
};

describe("completions", () => {
  test.each<[string[], string[]]>([
    [["pack"], ["packages"]],
    [["packages", "t"], ["terminate"]],
    [
      ["packages", "create", "--time"],
      ["--time-allowance", "--timeout"],
    ],
    [["packages", "list", "--status", "a"], ["active"]],
    [["packages", "list", "--status=ac"], ["--status=active"]],
    [["packages", "ls", "--status", "=", "ac"], ["--status=active"]],
    [
      ["packages", "list", "--status="],
      ["not-active", "active", "suspended", "terminated"].map((each) => `--status=${each}`),
    ],
    [["packages", "list", "--columns", "id,ex"], ["id,expires"]],
    [["packages", "list", "--columns=id,ex"], ["--columns=id,expires"]],
    [["packages", "list", "--sim", "8910300000045681955", "--cou"], ["--count"]],
    [["packages", "get", "pkg_1", "--js"], ["--json"]],
    [["--json", "packages", "li"], ["list"]],
    [["packages", "list", "--sim", ""], []],
    [["completion", "z"], ["zsh"]],
    [["completion", "p"], ["powershell"]],
    [["nonsense", "--nonsense", "x"], []],
    [["help", "pack"], ["packages"]],
    [["help", "packages", "t"], ["terminate"]],
    [["packages", "list", "--sort", "-ex"], ["-expires"]],
    [["packages", "list", "--sort=-ex"], ["--sort=-expires"]],
    [["inventories", "list", "--columns", "id,na"], ["id,name"]],
    [["sims", "list", "--sort", "-mod"], ["-modified"]],
    [
      ["line", "set", "8910300000045681955", "--speed", "5"],
      ["500k", "5000k"],
    ],
    [
      ["line", "set", "8910300000045681955", "--data", "o"],
      ["on", "off"],
    ],
    [["line", "set", "8910300000045681955", "--wallet=g"], ["--wallet=group"]],
    [
      ["templates", "create", "--activation", ""],
      ["auto", "manual"],
    ],
    [["templates", "create", "--name", ""], []],
    [["s"], ["sell", "sims", "status"]],
  ])("%j is %j", async (line, expected) => {
    expect(await words(line)).toEqual(expected);
  });

  test("include the stored profiles", async () => {
    const { folder, file } = await configFolder();
    mkdirSync(dirname(file));
    writeFileSync(file, JSON.stringify({ version: 2, profiles: { acme: KEYS, globex: KEYS } }), {
      mode: 0o600,
    });
    const env = { XDG_CONFIG_HOME: folder };
    expect(await words(["packages", "list", "--profile", ""], env)).toEqual(["acme", "globex"]);
    expect(await words(["--profile=gl"], env)).toEqual(["--profile=globex"]);
    expect(await words(["profiles", "use", "a"], env)).toEqual(["acme"]);
  });

  test("include templates with their names, cached for a minute without keys", async () => {
    const { folder } = await configFolder();
    const mock = await mockWith();
    const env = { ...keysFor(mock.url), XDG_CACHE_HOME: folder };
    const complete = () => esim(["__complete", "--", "packages", "create", "--template", "2114535"], { env });
    const { stdout } = await complete();
    expect(stdout).toContain("21145354\tEurope 5 GB 7 days\n");
    await complete();
    expect(await mock.requests()).toHaveLength(1);
    const [name = ""] = readdirSync(join(folder, "esim"));
    const file = join(folder, "esim", name);
    for (const key of Object.values(KEYS)) expect(name + readFileSync(file, "utf8")).not.toContain(key);
    const hourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(file, hourAgo, hourAgo);
    await complete();
    expect(await mock.requests()).toHaveLength(2);
    await esim(["__complete", "--", "packages", "create", "--template", ""], {
      env: { ...env, ESIM_USER_ID: "somebody-else" },
    });
    expect(await mock.requests()).toHaveLength(3);
  });

  test.each<[string, (url: string) => string[]]>([
    ["--profile", () => ["--profile", "acme"]],
    ["--profile=", () => ["--profile=acme"]],
    ["--base-url", (url) => ["--base-url", url]],
    ["--base-url=", (url) => [`--base-url=${url}`]],
  ])("templates of the account and the server that %s on the line says", async (flag, flags) => {
    const { folder, file } = await configFolder();
    const server = (id: number) => serverThat(answer(200, pageOf("package_templates", [{ id }])));
    const [one, other] = await Promise.all([server(11), server(22)]);
    mkdirSync(dirname(file));
    const profiles = { default: { ...KEYS, baseUrl: one.url }, acme: { ...KEYS, baseUrl: other.url } };
    writeFileSync(file, JSON.stringify({ version: 2, current: "default", profiles }), { mode: 0o600 });
    const env = { XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder };
    const line = ["packages", "create", "--template", ""];
    expect(await words(line, env)).toEqual(["11"]);
    const given = flags(other.url);
    expect(await words([...given, ...line], env), `${flag} in front`).toEqual(["22"]);
    expect(await words(["packages", "create", ...given, "--template", ""], env)).toEqual(["22"]);
    expect(await words(["packages", "create", ...given, "--template="], env)).toEqual(["--template=22"]);
    expect(one.requests).toHaveLength(1);
  });

  test.each<[string, Misbehaviour]>([
    ["that hangs", () => {}],
    ["that refuses", answer(401, { message: "no" })],
    ["that fails", answer(500, {})],
    ["that is another program", answer(200, "hello")],
  ])("a server %s is asked for templates once a minute too", async (_, misbehave) => {
    const { folder } = await configFolder();
    const server = await serverThat(misbehave);
    const env = { ...keysFor(server.url), XDG_CACHE_HOME: folder };
    const line = ["packages", "create", "--template", ""];
    for (let n = 0; n < 3; n++) expect(await words(line, env)).toEqual([]);
    expect(server.requests).toHaveLength(1);
  });

  test("include cached templates while the server fails", async () => {
    const { folder } = await configFolder();
    const page = pageOf("package_templates", [{ id: 11 }]);
    const server = await serverThat((response, request, nth) =>
      answer(server.requests.length > 1 ? 500 : 200, page)(response, request, nth),
    );
    const env = { ...keysFor(server.url), XDG_CACHE_HOME: folder };
    const line = ["packages", "create", "--template", ""];
    expect(await words(line, env)).toEqual(["11"]);
    const hourAgo = new Date(Date.now() - 3_600_000);
    const [name = ""] = readdirSync(join(folder, "esim"));
    utimesSync(join(folder, "esim", name), hourAgo, hourAgo);
    expect(await words(line, env)).toEqual(["11"]);
    expect(await words(line, env)).toEqual(["11"]);
    expect(server.requests).toHaveLength(2);
  });

  test.each([403, 404, 405, 501])(
    "include the templates of packages if the service answers %i to a list of templates",
    async (status) => {
      const { url } = await serviceOf({
        "GET /package-templates": answer(status, { message: "no" }),
        "GET /packages": pageOf("packages", [
          { id: "pkg_1", package_template: { id: 11 } },
          { package_template: 7 },
        ]),
      });
      expect(await words(["sell", "--template", ""], keysFor(url))).toEqual(["7", "11"]);
    },
  );

  test("include inventories with their names", async () => {
    const { url } = await mockWith();
    const { stdout } = await esim(["__complete", "--", "sims", "list", "--inventory", "51952"], {
      env: keysFor(url),
    });
    expect(stdout).toBe("51952\tTravel eSIMs\n");
  });

  test("are empty, without a message, if the server cannot be reached", async () => {
    expect(await words(["packages", "create", "--template", ""], keysFor("http://127.0.0.1:2"))).toEqual([]);
    const { url } = await serverThat(answer(200, { packages: packages([1]) }));
    expect(await words(["packages", "create", "--template", ""], keysFor(url))).toEqual([]);
    expect(await words(["packages", "create", "--template", ""])).toEqual([]);
  });
});

/** A folder with a program `esim`, as created by an installation. */
function installed(): string {
  const folder = mkdtempSync(join(tmpdir(), "esim-bin-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync(built, join(folder, "esim"));
  symlinkSync(process.execPath, join(folder, "node"));
  return folder;
}

const env = (folder?: string) => ({
  PATH: `${folder ? `${folder}:` : ""}${process.env.PATH}`,
  HOME: "/nowhere",
  XDG_CONFIG_HOME: "/nowhere",
});

/** The output of a shell script with the completion loaded; `undefined` if the shell is not installed. */
async function shell(name: string, script: (completion: string) => string, folder = installed()) {
  if (spawnSync(name, ["-c", "true"]).error) {
    console.warn(`No ${name} on this machine: its completion is not tested.`);
    return undefined;
  }
  const { stdout: completion } = await esim(["completion", name], { env: env(folder) });
  const flags = name === "zsh" ? ["-f"] : name === "bash" ? ["--norc"] : ["--no-config"];
  const { stdout } = await run(name, [...flags, "-c", script(completion)], { env: env(folder) });
  return stdout.trim().split("\n");
}

describe("in bash", () => {
  const complete = (completion: string, line: string[], at = line.length - 1) =>
    `${completion}\nCOMP_WORDS=(${line.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${at}; _esim; printf '%s\\n' "\${COMPREPLY[@]}"`;

  test.each([
    [["esim", "pack"], ["packages"]],
    [["esim", "packages", "list", "--status", "a"], ["active"]],
    // The words into which bash splits --status=ac.
    [["esim", "packages", "list", "--status", "=", "ac"], ["active"]],
    [
      ["esim", "packages", "list", "--status", "="],
      ["not-active", "active", "suspended", "terminated"],
    ],
  ])("%j becomes %j", async (line, expected) => {
    expect(await shell("bash", (completion) => complete(completion, line))).toEqual(expected);
  });

  test("completes a program that is not installed", async () => {
    const { stdout } = await esim(["completion", "bash"]);
    const { stdout: words } = await run("bash", ["--norc", "-c", complete(stdout, ["esim", "pack"])], {
      env: env(),
    });
    expect(words).toBe("packages\n");
  });
});

test("in zsh, completions have descriptions", async () => {
  const script = (completion: string) => `
    compdef() { :; }
    compadd() { print -rl -- "\${(@P)@[-1]}"; print -rl -- "\${(@)shown}"; }
    ${completion}
    words=(esim packages l); CURRENT=3
    _esim`;
  const seen = await shell("zsh", script);
  if (seen) expect(seen).toEqual(["list", "list  -- list packages"]);
});

test("in fish, completions have descriptions", async () => {
  const script = (completion: string) =>
    `${completion}\ncomplete -C 'esim packages l'\ncomplete -C 'esim '\ncomplete -C 'esim packages list --status=ac'`;
  const seen = await shell("fish", script);
  if (!seen) return;
  expect(seen).toContain("list\tlist packages");
  expect(seen.some((line) => line.startsWith("check\t"))).toBe(true);
  expect(seen).toContain("--status=active");
});

test("the PowerShell script calls the program", async () => {
  const { code, stdout } = await esim(["completion", "powershell"], { env: env(installed()) });
  expect(code).toBe(0);
  expect(stdout).toContain("Register-ArgumentCompleter -Native -CommandName esim");
  expect(stdout).toContain("& esim __complete @empty -- @words");
  // What the script sends for an empty word.
  expect(await esim(["__complete", "--empty", "--", "packages", "create", "--once"])).toMatchObject({
    code: 0,
    stdout: "",
  });
  expect((await esim(["__complete", "--empty", "--", "profiles"])).stdout).toContain("use\t");
});
