import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type HostileServer, KEYS } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { configFolder, esim, keysFor } from "./esim.ts";
import { answer, serverOf, serverThat } from "./servers.ts";

const INPUT = `${KEYS.userId}\n${KEYS.apiKey}\n`;
const OTHER = { userId: "other-user-11112222", apiKey: "other-key-33334444" };
const LIST = ["packages", "list", "--json"];

/** The user of the last request to a server. */
const askedBy = ({ requests }: HostileServer) => requests.at(-1)?.headers["x-user-id"];

/** A folder with two accounts at one server; the first is in use. */
async function twoAccounts() {
  const { folder, file } = await configFolder();
  const server = await serverOf([]);
  mkdirSync(dirname(file), { recursive: true });
  const profiles = {
    default: { ...KEYS, baseUrl: server.url },
    acme: { ...OTHER, baseUrl: server.url },
  };
  writeFileSync(file, JSON.stringify({ version: 2, current: "default", profiles }), { mode: 0o600 });
  return { folder, file, server, env: { XDG_CONFIG_HOME: folder } };
}

describe("login", () => {
  test("checks two lines from stdin, stores them for this user only, and says whose they are", async () => {
    const { folder, file } = await configFolder();
    const server = await serverOf([]);
    const env = { XDG_CONFIG_HOME: folder };
    const { code, stdout, stderr } = await esim(["login", "--base-url", server.url], { env, input: INPUT });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toBe(
      `the server accepts the keys; stored as profile default for ${server.url} (user ••••8d4e, API key ••••3a9c) in ${file}\n`,
    );
    expect(server.requests).toMatchObject([
      { method: "GET", headers: { "x-api-key": KEYS.apiKey, "x-user-id": KEYS.userId } },
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);

    expect((await esim(LIST, { env })).code).toBe(0);
    expect((await esim(LIST, { env: { ...env, ESIM_API_KEY: "from-environment" } })).code).toBe(0);
    expect(server.requests.at(-1)?.headers).toMatchObject({
      "x-api-key": "from-environment",
      "x-user-id": KEYS.userId,
    });

    expect((await esim(["logout"], { env })).code).toBe(0);
    expect(existsSync(file)).toBe(false);
    expect((await esim(LIST, { env })).code).toBe(3);
  });

  test.each([
    ["", "the user ID is empty"],
    ["only-a-user\n", "the API key is empty"],
    ["user\nkey with spaces\n", "apiKey must be printable ASCII"],
    ['user\nkey"quoted\n', "apiKey must be printable ASCII"],
    ["user\\\nkey\n", "userId must be printable ASCII"],
    [`user\n${"k".repeat(3_000)}\n`, "apiKey must have at most 2048 characters"],
  ])("refuses %j before sending anything, and keeps the stored keys", async (input, message) => {
    const { file, server, env } = await twoAccounts();
    const before = readFileSync(file, "utf8");
    const { code, stderr } = await esim(["login", "--base-url", server.url], { env, input });
    expect(code).toBe(2);
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).toContain("nothing was stored");
    expect(server.requests).toHaveLength(0);
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  test("stores nothing that the server refuses", async () => {
    const { folder, file } = await configFolder();
    const { url } = await serverThat(answer(401, { message: `no such key: ${KEYS.apiKey}` }));
    const env = { XDG_CONFIG_HOME: folder, ESIM_BASE_URL: url };
    const { code, stderr } = await esim(["login"], { env, input: INPUT });
    expect(code).toBe(3);
    expect(stderr).toContain("the server refuses these keys");
    expect(stderr).not.toContain(KEYS.apiKey);
    expect(existsSync(file)).toBe(false);
  });

  test.each([
    ["nobody answers", "http://127.0.0.1:2", "could not connect [ECONNREFUSED]"],
    ["something else answers", undefined, "the server at this address is not the eSIM API"],
  ])("stores keys with a warning if %s", async (_, address, doubt) => {
    const { folder, file } = await configFolder();
    const url = address ?? (await serverThat(answer(200, { hello: "world" }))).url;
    const env = { XDG_CONFIG_HOME: folder, ESIM_BASE_URL: url };
    const { code, stderr } = await esim(["login"], { env, input: INPUT });
    expect(code).toBe(0);
    expect(stderr).toContain("warning: could not check the keys");
    expect(stderr).toContain(doubt);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      version: 2,
      current: "default",
      profiles: { default: { ...KEYS, baseUrl: url } },
    });
  });
});

describe("a login to a stored profile", () => {
  const again = `${OTHER.userId}\n${OTHER.apiKey}\n`;

  test.each([
    ["named by --profile", ["--profile", "acme"], { ESIM_PROFILE: "default" }],
    ["named by ESIM_PROFILE", [], { ESIM_PROFILE: "acme" }],
  ])("keeps its server, and says which one: %s", async (_, flags, variables) => {
    const { file, server, env } = await twoAccounts();
    const run = await esim(["login", ...flags], { env: { ...env, ...variables }, input: INPUT });
    expect(run).toMatchObject({ code: 0, stderr: expect.stringContaining(` for ${server.url} (`) });
    expect(run.stderr).not.toContain("warning");
    expect(askedBy(server)).toBe(KEYS.userId);
    expect(JSON.parse(readFileSync(file, "utf8")).profiles.acme).toEqual({ ...KEYS, baseUrl: server.url });
  });

  test.each([
    ["--base-url", (url: string) => ({ flags: ["--base-url", url], variables: {} })],
    ["ESIM_BASE_URL", (url: string) => ({ flags: [], variables: { ESIM_BASE_URL: url } })],
  ])("switches to the server in %s, with a warning", async (_, named) => {
    const { file, server, env } = await twoAccounts();
    const other = await serverOf([]);
    const { flags, variables } = named(other.url);
    const run = await esim(["login", "--profile", "acme", ...flags], {
      env: { ...env, ...variables },
      input: again,
    });
    expect(run.code).toBe(0);
    expect(run.stderr).toContain(`warning: profile acme was for ${server.url} before\n`);
    expect(run.stderr).toContain(` for ${other.url} (`);
    expect(JSON.parse(readFileSync(file, "utf8")).profiles.acme.baseUrl).toBe(other.url);
    expect(server.requests).toHaveLength(0);
  });

  test("with an invalid address says how to pass another, and sends nothing", async () => {
    const { file, env } = await twoAccounts();
    const wrong = { version: 2, profiles: { acme: { ...OTHER, baseUrl: "ftp://example.com" } } };
    writeFileSync(file, JSON.stringify(wrong), { mode: 0o600 });
    expect(await esim(["login", "--profile", "acme"], { env, input: INPUT })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("hint: run `esim login --profile acme --base-url URL`"),
    });
  });

  test("prints the server, and whether commands use the profile, as JSON", async () => {
    const { file, server, env } = await twoAccounts();
    const { stdout } = await esim(["login", "--profile", "acme", "--json"], { env, input: INPUT });
    expect(JSON.parse(stdout)).toEqual({
      file,
      profile: "acme",
      baseUrl: server.url,
      tried: true,
      isInUse: false,
    });
  });
});

test("a login keeps profiles that another one stores meanwhile", async () => {
  const { folder, file } = await configFolder();
  // Stores the other profile while the first is being checked.
  const server = await serverThat((...args) => {
    mkdirSync(dirname(file), { recursive: true });
    const profiles = { globex: { ...OTHER, baseUrl: "https://example.com" } };
    writeFileSync(file, JSON.stringify({ version: 2, current: "globex", profiles }), { mode: 0o600 });
    answer(200, { total: 0, packages: [] })(...args);
  });
  const env = { XDG_CONFIG_HOME: folder, ESIM_BASE_URL: server.url };
  const { code, stderr } = await esim(["login", "--profile", "acme"], { env, input: INPUT });
  expect(code).toBe(0);
  expect(stderr).toContain("commands do not use this profile yet: profile globex is selected");
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
    version: 2,
    current: "globex",
    profiles: {
      globex: { ...OTHER, baseUrl: "https://example.com" },
      acme: { ...KEYS, baseUrl: server.url },
    },
  });
});

describe("the profile that commands really use", () => {
  const both = { ESIM_USER_ID: "e".repeat(12), ESIM_API_KEY: "k".repeat(12) };
  const cases: [string, Record<string, string>, string | undefined, string | undefined][] = [
    ["nothing", {}, undefined, "acme"],
    ["ESIM_PROFILE that names it", { ESIM_PROFILE: "acme" }, undefined, "acme"],
    [
      "ESIM_PROFILE that names another",
      { ESIM_PROFILE: "default" },
      "ESIM_PROFILE=default in the environment takes precedence; unset it, or pass --profile acme",
      "default",
    ],
    [
      "ESIM_PROFILE that names none",
      { ESIM_PROFILE: "gone" },
      "ESIM_PROFILE=gone in the environment takes precedence; unset it, or pass --profile acme",
      undefined,
    ],
    [
      "both keys",
      { ...both, ESIM_PROFILE: "acme" },
      "ESIM_USER_ID and ESIM_API_KEY in the environment take precedence; unset them, or pass --profile acme",
      undefined,
    ],
    [
      "one key",
      { ESIM_API_KEY: both.ESIM_API_KEY },
      "ESIM_API_KEY in the environment takes precedence; unset it, or pass --profile acme",
      "acme",
    ],
  ];

  test.each(cases)(
    "is reported by `profiles use` and `login`, with %s",
    async (_, variables, why, starred) => {
      const { server, env } = await twoAccounts();
      const all = { ...env, ...variables };
      expect(await esim(["profiles", "use", "acme"], { env: all })).toEqual({
        code: 0,
        stdout: "",
        stderr: why ? `profile acme is selected, but ${why}\n` : "commands now use profile acme\n",
      });
      const { stdout } = await esim(["profiles", "use", "acme", "--json"], { env: all });
      expect(JSON.parse(stdout).isInUse).toBe(!why);
      const login = await esim(["login", "--profile", "acme"], {
        env: all,
        input: `${OTHER.userId}\n${OTHER.apiKey}\n`,
      });
      expect(login.code).toBe(0);
      if (why) expect(login.stderr).toContain(`\ncommands do not use this profile yet: ${why}\n`);
      else expect(login.stderr).not.toContain("do not use it");

      const list = await esim(["profiles", "list"], { env: all });
      expect(/^\*\t(\w+)/m.exec(list.stdout)?.[1]).toBe(starred);
      for (const name of Object.keys(variables))
        if (name !== "ESIM_PROFILE" || !variables.ESIM_API_KEY) expect(list.stderr).toContain(name);
      // Checks that the report is true.
      const run = await esim(LIST, { env: { ...all, ESIM_BASE_URL: server.url } });
      expect(run.code).toBe(variables.ESIM_PROFILE === "gone" ? 3 : 0);
      if (run.code !== 0) return;
      const { "x-user-id": user, "x-api-key": key } = server.requests.at(-1)?.headers ?? {};
      expect(user === OTHER.userId && key === OTHER.apiKey).toBe(!why);
    },
  );

  test("is a new login's if the selected one is gone", async () => {
    const { file, server, env } = await twoAccounts();
    writeFileSync(file, JSON.stringify({ version: 2, current: "gone", profiles: { default: OTHER } }), {
      mode: 0o600,
    });
    const { stderr } = await esim(["login", "--profile", "acme", "--base-url", server.url], {
      env,
      input: INPUT,
    });
    expect(stderr).not.toContain("gone");
    expect((await esim(LIST, { env })).code).toBe(0);
    expect(askedBy(server)).toBe(KEYS.userId);
  });

  test("is reported by logout if it comes from the environment", async () => {
    const { env } = await twoAccounts();
    expect((await esim(["logout"], { env: { ...env, ...both } })).stderr).toContain(
      "still set in the environment: ESIM_USER_ID and ESIM_API_KEY\n",
    );
  });
});

describe("profiles", () => {
  test("are stored side by side; the first stays in use until another is selected", async () => {
    const { folder } = await configFolder();
    const server = await serverOf([]);
    const env = { XDG_CONFIG_HOME: folder };
    const login = (profile: string, keys: typeof OTHER) =>
      esim(["login", "--profile", profile, "--base-url", server.url], {
        env,
        input: `${keys.userId}\n${keys.apiKey}\n`,
      });
    await login("default", KEYS);
    expect((await login("acme", OTHER)).stderr).toContain(
      "commands do not use this profile yet: profile default is selected; to switch, run: esim profiles use acme\n",
    );
    await esim(LIST, { env });
    expect(askedBy(server)).toBe(KEYS.userId);
    expect((await esim(["profiles", "use", "acme"], { env })).code).toBe(0);
    await esim(LIST, { env });
    expect(askedBy(server)).toBe(OTHER.userId);
    expect(await esim(["profiles", "list"], { env })).toMatchObject({
      code: 0,
      stdout: ` \tdefault\t••••8d4e\t${server.url}\n*\tacme\t••••2222\t${server.url}\n`,
    });
    expect((await esim(["profiles", "remove", "acme"], { env })).code).toBe(0);
    expect(await esim(LIST, { env })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("no profile is selected; stored profiles: default"),
    });
  });

  test.each<[string, string[], Record<string, string>, string]>([
    ["the one in use", [], {}, KEYS.userId],
    ["ESIM_PROFILE before it", [], { ESIM_PROFILE: "acme" }, OTHER.userId],
    ["--profile before that", ["--profile", "default"], { ESIM_PROFILE: "acme" }, KEYS.userId],
    [
      "keys of the environment before ESIM_PROFILE",
      [],
      { ESIM_PROFILE: "acme", ...keysFor("") },
      KEYS.userId,
    ],
    ["--profile before keys of the environment", ["--profile", "acme"], keysFor(""), OTHER.userId],
  ])("are selected in order of precedence: %s", async (_, flags, variables, userId) => {
    const { server, env } = await twoAccounts();
    const address = variables.ESIM_API_KEY && flags.length === 0 ? { ESIM_BASE_URL: server.url } : {};
    expect((await esim([...LIST, ...flags], { env: { ...env, ...variables, ...address } })).code).toBe(0);
    expect(askedBy(server)).toBe(userId);
  });

  test.each([
    [["packages", "list", "--profile", "nobody"]],
    [["profiles", "use", "nobody"]],
    [["profiles", "remove", "nobody"]],
  ])("that do not exist are refused by %j, with a list of those that do", async (args) => {
    const { env } = await twoAccounts();
    expect(await esim(args, { env })).toMatchObject({
      code: 3,
      stderr:
        "error: profile nobody does not exist; stored profiles: default, acme\nhint: create it with `esim login --profile nobody`, or use a stored one\n",
    });
  });

  test.each(["a b", "\u001b[31mX", "a b/\u001b[31mX", "-x", "a\nb", ".", "x".repeat(65)])(
    "cannot be named %j, in ESIM_PROFILE either",
    async (name) => {
      const { env, file, server } = await twoAccounts();
      const before = readFileSync(file, "utf8");
      for (const args of [["login"], ["logout"], LIST, ["doctor"]]) {
        const all = { ...env, ESIM_PROFILE: name, ESIM_BASE_URL: server.url };
        const { code, stdout, stderr } = await esim(args, { env: all, input: INPUT });
        expect(code).toBe(2);
        expect(stdout + stderr).toContain("ESIM_PROFILE is not a profile name");
        expect(stdout + stderr).toContain("correct ESIM_PROFILE, or unset it");
        expect((stdout + stderr).replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
      }
      expect(readFileSync(file, "utf8")).toBe(before);
      expect(server.requests).toHaveLength(0);
      // An invalid name does not matter if it is not used.
      const all = { ...env, ESIM_PROFILE: name };
      expect((await esim([...LIST, "--profile", "acme"], { env: all })).code).toBe(0);
      expect((await esim(LIST, { env: { ...all, ...keysFor(server.url) } })).code).toBe(0);
    },
  );

  test("with a name that is no longer valid are shown escaped, and can be removed", async () => {
    const { env, file } = await twoAccounts();
    const odd = "a b/\u001b[31mX";
    const stored = { version: 2, current: odd, profiles: { [odd]: KEYS, acme: OTHER } };
    for (const args of [["logout"], ["profiles", "remove", odd]]) {
      writeFileSync(file, JSON.stringify(stored), { mode: 0o600 });
      const list = await esim(["profiles", "list"], { env });
      const { code, stdout, stderr } = await esim(args, { env });
      expect(code).toBe(0);
      expect(stderr).toContain("removed profile a b/\\u{1b}[31mX");
      expect(list.stdout + stdout + stderr).not.toContain("\u001b");
      expect(readFileSync(file, "utf8")).not.toContain(KEYS.apiKey);
    }
  });

  test("are named in doctor's output and in errors", async () => {
    const { env, file } = await twoAccounts();
    const { url } = await serverThat(answer(401, { message: "no" }));
    writeFileSync(file, readFileSync(file, "utf8").replaceAll(/http:\/\/127[^"]+/g, url));
    const { stderr } = await esim(["packages", "list", "--profile", "acme"], { env });
    expect(stderr).toContain(
      "hint: check the keys of profile acme with `esim doctor --profile acme`, or run `esim login --profile acme`\n",
    );
    const { stdout } = await esim(["doctor", "--profile", "acme"], { env });
    expect(stdout).toContain("✓ profile: acme");
    expect(stdout).toContain("✓ API key: ••••4444 from profile acme");
    expect(stdout).toContain("run `esim login --profile acme`");
    // Logging in does not change keys in the environment.
    const fromEnvironment = { ...env, ...keysFor(url) };
    expect((await esim(LIST, { env: fromEnvironment })).stderr).toContain(
      "or unset them and run `esim login`",
    );
    expect((await esim(["doctor"], { env: fromEnvironment })).stdout).toContain(
      "correct ESIM_USER_ID and ESIM_API_KEY",
    );
  });

  test("with a missing key are named in the hint", async () => {
    const { env, file, server } = await twoAccounts();
    const profiles = { acme: { userId: OTHER.userId, baseUrl: server.url } };
    writeFileSync(file, JSON.stringify({ version: 2, profiles }), { mode: 0o600 });
    for (const args of [["packages", "list"], ["doctor"]]) {
      const { code, stdout, stderr } = await esim([...args, "--profile", "acme"], { env });
      expect(code).toBe(3);
      expect(stdout + stderr).toContain("run `esim login --profile acme`, or set ESIM_");
      expect(stdout + stderr).not.toContain("`esim login`");
    }
  });
});

describe("the file", () => {
  test("of version 1 is read, and becomes the default profile when written", async () => {
    const { folder, file } = await configFolder();
    const server = await serverOf([]);
    const env = { XDG_CONFIG_HOME: folder };
    mkdirSync(dirname(file));
    writeFileSync(file, JSON.stringify({ ...KEYS, baseUrl: server.url }), { mode: 0o600 });
    expect((await esim(LIST, { env })).code).toBe(0);
    expect(askedBy(server)).toBe(KEYS.userId);
    const input = `${OTHER.userId}\n${OTHER.apiKey}\n`;
    await esim(["login", "--profile", "acme", "--base-url", server.url], { env, input });
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      version: 2,
      current: "default",
      profiles: {
        default: { ...KEYS, baseUrl: server.url },
        acme: { ...OTHER, baseUrl: server.url },
      },
    });
  });

  test("of a newer version is refused, and left alone", async () => {
    const { folder, file } = await configFolder();
    mkdirSync(dirname(file));
    const text = '{"version":3,"vaults":[]}';
    writeFileSync(file, text, { mode: 0o600 });
    for (const args of [LIST, ["login"], ["logout"], ["profiles", "use", "acme"]]) {
      const run = await esim(args, { env: { XDG_CONFIG_HOME: folder }, input: INPUT });
      expect(run).toMatchObject({
        code: 3,
        stderr: expect.stringContaining("was written by a newer version of esim"),
      });
    }
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  test.each([
    ["a version that is a text", { version: "2", current: "acme", profiles: { acme: OTHER } }],
    ["a version that there never was", { version: 0, current: "acme", profiles: { acme: OTHER } }],
    ["profiles without a version", { profiles: { acme: OTHER } }],
    ["a list of profiles", { version: 2, profiles: [OTHER] }],
    ["a version alone", { version: 2 }],
    ["a list", [OTHER]],
    ["a text", JSON.stringify(OTHER)],
    ["another program's settings", { theme: "dark" }],
  ])("with %s is refused, and left alone", async (_, stored) => {
    const { folder, file } = await configFolder();
    const { url } = await serverOf([]);
    mkdirSync(dirname(file));
    const text = JSON.stringify(stored);
    writeFileSync(file, text, { mode: 0o600 });
    const env = { XDG_CONFIG_HOME: folder };
    for (const args of [
      ["packages", "list"],
      ["login", "--base-url", url],
      ["profiles", "list"],
    ])
      expect(await esim(args, { env, input: INPUT })).toEqual({
        code: 3,
        stdout: "",
        stderr: `error: ${file} contains no keys\nhint: correct it, or remove it and run \`esim login\`\n`,
      });
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  test("that cannot be used gives a hint that works", async () => {
    const { folder, file } = await configFolder();
    const { url } = await serverOf([]);
    const login = () =>
      esim(["login"], { env: { XDG_CONFIG_HOME: folder, ESIM_BASE_URL: url }, input: INPUT });
    for (const make of [() => mkdirSync(file, { recursive: true }), () => writeFileSync(file, "{")]) {
      make();
      expect(await login()).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(/, or remove it and run `esim login`\n$/),
      });
      rmSync(file, { recursive: true });
      expect((await login()).code).toBe(0);
      rmSync(file);
    }
    const env = { XDG_CONFIG_HOME: "/dev/null", ESIM_BASE_URL: url };
    for (const args of [["login"], ["packages", "list"]])
      expect((await esim(args, { env, input: INPUT })).stderr).toContain("hint: set XDG_CONFIG_HOME to");
  });

  test("that is not JSON, or readable by others, is reported", async () => {
    const { file, env, server } = await twoAccounts();
    chmodSync(file, 0o644);
    const { code, stderr } = await esim(LIST, { env });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `{"warning":{"message":"other users can read ${file}; run: chmod 600 ${file}"}}\n`,
    });
    writeFileSync(file, "{");
    expect(await esim(LIST, { env })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("is not JSON"),
    });
    // The file does not matter if the environment has both keys.
    expect((await esim(LIST, { env: { ...env, ...keysFor(server.url) } })).code).toBe(0);
  });

  test.each([["a file"], ["nothing yet"]])(
    "that is a link to %s is written to its target",
    async (target) => {
      const { folder, file } = await configFolder();
      const { url } = await serverOf([]);
      const real = join(folder, "dotfiles.json");
      mkdirSync(dirname(file));
      if (target === "a file") writeFileSync(real, "{}");
      symlinkSync("../dotfiles.json", file);
      await esim(["login"], { env: { XDG_CONFIG_HOME: folder, ESIM_BASE_URL: url }, input: INPUT });
      expect(lstatSync(file).isSymbolicLink()).toBe(true);
      expect(readFileSync(real, "utf8")).toContain(KEYS.apiKey);
      expect(statSync(real).mode & 0o777).toBe(0o600);
    },
  );

  test.each([
    [["logout"], "in one link"],
    [["profiles", "remove", "default"], "in one link"],
    [["logout"], "behind several links"],
  ])("that is a link contains no keys after %j, %s", async (args, links) => {
    const { folder, file } = await configFolder();
    const { url } = await serverOf([]);
    const real = join(folder, "dotfiles", "keys.json");
    for (const each of [dirname(real), dirname(file)]) mkdirSync(each);
    symlinkSync(links === "in one link" ? real : "middle.json", file);
    if (links !== "in one link") symlinkSync(real, join(dirname(file), "middle.json"));
    const profiles = { default: { ...KEYS, baseUrl: url }, acme: { ...OTHER, baseUrl: url } };
    writeFileSync(real, JSON.stringify({ version: 2, current: "default", profiles }), { mode: 0o600 });
    const env = { XDG_CONFIG_HOME: folder };
    expect((await esim(args, { env })).code).toBe(0);
    expect(readFileSync(real, "utf8")).not.toContain(KEYS.apiKey);
    expect(readFileSync(real, "utf8")).toContain(OTHER.apiKey);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect((await esim(["logout", "--profile", "acme"], { env })).code).toBe(0);
    expect(readdirSync(dirname(real))).toEqual([]);
    // Without keys, as if nothing had been stored.
    expect((await esim(["logout"], { env })).stderr).toBe("nothing was stored\n");
  });

  test("that is a link in a linked folder is written to its target", async () => {
    const { folder, file } = await configFolder();
    const { url } = await serverOf([]);
    const dotfiles = join(folder, "dotfiles");
    mkdirSync(join(dotfiles, "esim"), { recursive: true });
    symlinkSync("dotfiles/esim", dirname(file));
    symlinkSync("../keys.json", file);
    const env = { XDG_CONFIG_HOME: folder, ESIM_BASE_URL: url };
    expect((await esim(["login"], { env, input: INPUT })).code).toBe(0);
    expect(readFileSync(join(dotfiles, "keys.json"), "utf8")).toContain(KEYS.apiKey);
    expect((await esim(["logout"], { env })).code).toBe(0);
    expect(readdirSync(dotfiles)).toEqual(["esim"]);
  });

  test("leaves the mode of a linked folder alone", async () => {
    const { folder, file } = await configFolder();
    const { url } = await serverOf([]);
    const shared = join(folder, "shared");
    mkdirSync(shared);
    chmodSync(shared, 0o755);
    symlinkSync("shared", dirname(file));
    await esim(["login"], { env: { XDG_CONFIG_HOME: folder, ESIM_BASE_URL: url }, input: INPUT });
    expect(statSync(shared).mode & 0o777).toBe(0o755);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test.each([
    ["XDG_CONFIG_HOME is relative", { XDG_CONFIG_HOME: "rel", HOME: "" }],
    ["HOME is empty", { XDG_CONFIG_HOME: undefined, HOME: "" }],
    ["HOME is relative", { XDG_CONFIG_HOME: undefined, HOME: "home" }],
  ])("is never in the working directory, even if %s", async (_, variables) => {
    const cwd = mkdtempSync(join(tmpdir(), "esim-cwd-"));
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    // Only reads stored keys, so that the user's real home is not written to.
    for (const args of [["profiles", "list"], ["logout", "--profile", "no-such-profile"], ["doctor"]])
      await esim(args, { cwd, env: { ...variables, ESIM_BASE_URL: "http://127.0.0.1:2" } });
    expect(readdirSync(cwd)).toEqual([]);
  });
});

test("stored keys are sent to no other server, even if http is allowed", async () => {
  const { folder, file } = await configFolder();
  mkdirSync(dirname(file));
  writeFileSync(file, JSON.stringify(KEYS), { mode: 0o600 });
  const env = { XDG_CONFIG_HOME: folder };
  for (const address of [
    "https://example.com",
    "http://example.com",
    "http://esim.betatel.com/api/v1/esim",
  ]) {
    const args = ["packages", "list", "--base-url", address, "--insecure-http"];
    const { code, stderr } = await esim(args, { env });
    expect(code).toBe(3);
    expect(stderr).toContain(
      `the keys of profile default belong to https://esim.betatel.com, and are not sent to ${new URL(address).origin}`,
    );
  }
});
