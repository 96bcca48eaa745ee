import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { builtInSeed } from "../src/stateful/built-in-seed.ts";
import { errorMessage, fileForTest, keys, mockForTest, postJson } from "./mock-for-test.ts";

const bin = fileURLToPath(new URL("../dist/bin.js", import.meta.url));

function run(...args: string[]) {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exit = once(child, "exit").then(([code]) => code as number | null);
  return { child, exit, stderr: text(child.stderr), stdout: text(child.stdout) };
}

/** Runs the mock until it listens. */
async function serve(...args: string[]) {
  const running = run("--port", "0", ...args);
  const [line] = (await once(running.child.stdout, "data")) as [Buffer];
  const url = /^esim-mock listening on (http:\S+)\n$/.exec(String(line))?.[1] ?? "";
  return { ...running, url };
}

test("prints one line, logs requests and problems, and never a header or a query", async () => {
  const { child, exit, stderr, stdout, url } = await serve();
  const secret = { "x-user-id": "secret-user", "x-api-key": "secret-key" };
  await fetch(`${url}/packages`, { headers: secret });
  await fetch(`${url}/packages?count=secret-query`, { headers: secret });
  await fetch(`${url}/packages/x/activate`, { method: "POST", headers: { ...secret, prefer: "secret=1" } });
  child.kill("SIGTERM");
  expect(await exit).toBe(0);
  expect(await stdout).toBe(`esim-mock listening on ${url}\n`);
  expect((await stderr).trim().split("\n")).toEqual([
    "GET /packages → 200",
    "GET /packages → 400",
    'GET /packages: query parameter "count" must be integer',
    "POST /packages/x/activate → 204",
  ]);
});

const hasTerminal = spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0;

describe.skipIf(!hasTerminal)("at a terminal", () => {
  /** What it prints before the first request. */
  async function atTerminal(...args: string[]): Promise<string[]> {
    const command = [process.execPath, bin, "--port", "0", ...args].join(" ");
    const child = spawn("script", ["-qec", command, "/dev/null"]);
    onTestFinished(() => void child.kill("SIGKILL"));
    let printed = "";
    child.stdout.setEncoding("utf8");
    child.stdout.on("data", (chunk) => {
      printed += chunk;
    });
    await expect.poll(() => printed, { timeout: 10_000 }).toMatch(/http:\S+\r\n/);
    await fetch(`${/http:\S+/.exec(printed)}/nope`);
    await expect.poll(() => printed, { timeout: 10_000 }).toContain("GET /nope");
    const lines = printed.split("\r\n");
    return lines.slice(
      0,
      lines.findIndex((line) => line.startsWith("GET /nope")),
    );
  }

  test("the address comes first, then where to go", async () => {
    const [address, places, operations, account, ...others] = await atTerminal("--stateful");
    expect(address).toMatch(/^esim-mock listening on http:\S+$/);
    for (const path of ["/ ", "/docs ", "/_mock/ui "]) expect(places).toContain(path);
    expect(operations).toMatch(/^\d+ operations: Packages, .+\.$/);
    const [, sim] =
      /^Free SIM: (\d{19})\. Template: 21145354, Europe 5 GB 7 days\.$/.exec(account ?? "") ?? [];
    const { sims, packages } = builtInSeed();
    expect(sims.map(({ iccid }) => iccid)).toContain(sim);
    const live = packages.filter(({ status }) => status !== "TERMINATED");
    expect(live.map((each) => each.sim)).not.toContain(sim);
    expect(others).toEqual([]);
  });

  test("nothing is printed about what is not served or not wanted", async () => {
    const [, places, , ...others] = await atTerminal("--no-control");
    expect([places?.includes("/docs"), places?.includes("/_mock"), others]).toEqual([true, false, []]);
    expect(await atTerminal("--log-level", "warn")).toHaveLength(1);
  });
});

test("takes options from variables, and the command line takes precedence", async () => {
  const start = async (env: Record<string, string>, ...args: string[]) => {
    const child = spawn(process.execPath, [bin, ...args], { env: { ...process.env, ...env } });
    onTestFinished(() => void child.kill("SIGKILL"));
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    return String(line).trim().split(" ").at(-1) ?? "";
  };
  const stateful = async (url: string) =>
    ((await (await fetch(`${url}/_mock/clock`)).json()) as { isStateful: boolean }).isStateful;
  const variables = {
    ESIM_MOCK_PORT: "0",
    ESIM_MOCK_HOST: "localhost",
    ESIM_MOCK_ALLOW_HOST: "a.example,b.example",
  };
  const on = await start({ ...variables, ESIM_MOCK_STATEFUL: "1" });
  expect(on).toMatch(/^http:\/\/localhost:\d+$/);
  expect(await stateful(on)).toBe(true);
  for (const off of ["0", "false", ""])
    expect(
      await stateful(await start({ ...variables, ESIM_MOCK_STATEFUL: off, ESIM_MOCK_NO_CONTROL: off })),
    ).toBe(false);
  expect(await start({ ESIM_MOCK_PORT: "1", ESIM_MOCK_HOST: "" }, "--port", "0")).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+$/,
  );
  const refused = spawn(process.execPath, [bin], { env: { ...process.env, ESIM_MOCK_PORT: "many" } });
  const [[code], stderr] = await Promise.all([once(refused, "exit"), text(refused.stderr)]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("ESIM_MOCK_PORT")]);
});

test("ESIM_MOCK_WATCH turns on watching, and each reload is logged", async () => {
  const text = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths:\n  /a: { get: { responses: {} } }\n";
  const spec = await fileForTest("watched.yaml", text);
  const env = { ...process.env, ESIM_MOCK_WATCH: "1", ESIM_MOCK_SPEC: spec, ESIM_MOCK_PORT: "0" };
  const child = spawn(process.execPath, [bin], { env });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child.stdout, "data");
  await writeFile(spec, text.replace("/a:", "/b:"));
  const [line] = (await once(child.stderr, "data")) as [Buffer];
  expect(String(line)).toBe(`Reloaded ${spec}.\n`);
});

test("a long number in a path is masked in the log", async () => {
  const { child, exit, stderr, url } = await serve("--stateful");
  await fetch(`${url}/packages/8910300000045681955`, { headers: keys });
  await fetch(`${url}/${"x".repeat(3_000)}`, { headers: keys });
  const logged = await (await fetch(`${url}/_mock/requests`)).text();
  child.kill("SIGTERM");
  await exit;
  const log = await stderr;
  expect(log).toContain("GET /packages/…1955 → 404");
  for (const text of [log, logged]) {
    expect(text).not.toContain("8910300000045681955");
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThan(1_300);
  }
});

test("keeps serving when nothing reads its output any more", async () => {
  const child = spawn(process.execPath, [bin, "--port", "0"], { stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exit = once(child, "exit");
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const url = String(line).replace("esim-mock listening on ", "").trim();
  child.stdout.destroy();
  child.stderr.destroy();
  for (let count = 0; count < 20; count++)
    expect((await fetch(`${url}/packages`, { headers: keys })).status).toBe(200);
  child.kill("SIGTERM");
  expect(await exit).toEqual([0, null]);
});

test.each([
  ["silent", 0],
  ["error", 0],
  ["warn", 1],
  ["info", 2],
  ["debug", 3],
])("--log-level %s writes %i lines about a request to nowhere", async (level, lines) => {
  const { child, exit, stderr, url } = await serve("--log-level", level);
  await fetch(`${url}/nope`);
  child.kill("SIGTERM");
  await exit;
  expect((await stderr).split("\n").length - 1).toBe(lines);
});

// Tests the bundler's output rather than the source.
test("the built program behaves like the source", async () => {
  const { url } = await serve("--dynamic");
  const malformed = await postJson(`${url}/packages`, "{");
  expect([malformed.status, await errorMessage(malformed)]).toEqual([
    400,
    expect.stringContaining("not valid JSON"),
  ]);
  const encoding = await fetch(`${url}/packages/%E0%A4`, { headers: keys });
  expect([encoding.status, await errorMessage(encoding)]).toEqual([400, expect.stringContaining('"id"')]);
  expect((await fetch(`${url}/nope`)).status).toBe(404);
  expect((await fetch(`${url}/packages`, { method: "PUT" })).status).toBe(405);
  const get = async () => (await fetch(`${url}/packages/x`, { headers: keys })).text();
  expect(await get()).not.toBe(await get());
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s ends it cleanly, kept-alive connections or not",
  async (signal) => {
    const { child, exit, stderr, url } = await serve("--log-level", "warn");
    await (await fetch(`${url}/packages`, { headers: keys })).text();
    const idle = connect(Number(new URL(url).port), "127.0.0.1");
    idle.on("error", () => {});
    await once(idle, "connect");
    child.kill(signal);
    expect(await exit).toBe(0);
    expect(await stderr).toBe("");
  },
);

test.each(["SIGINT", "SIGTERM"])("%s before it listens ends it cleanly", async (signal) => {
  // Sends the signal as soon as there is a handler: as the first process of a container, one without a handler never gets it.
  const send = `process.on("newListener", (name) => name === "${signal}" && setImmediate(() => process.kill(process.pid, name)))`;
  const preload = `data:text/javascript,${encodeURIComponent(send)}`;
  const child = spawn(process.execPath, ["--import", preload, bin, "--port", "0"]);
  const [exit, stdout, stderr] = [once(child, "exit"), text(child.stdout), text(child.stderr)];
  expect([await exit, await stdout, await stderr]).toEqual([[0, null], "", ""]);
});

test.each(["SIGINT", "SIGTERM"])("%s always has a handler, from the start", async (signal) => {
  // Once there has been a handler, a signal that arrives while there is none is lost.
  const send = `process.on("removeListener", (name) => name === "${signal}" && process.listenerCount(name) === 0 && process.abort())`;
  const preload = `data:text/javascript,${encodeURIComponent(send)}`;
  const child = spawn(process.execPath, ["--import", preload, bin, "--port", "0"]);
  const [exit, stderr] = [once(child, "exit"), text(child.stderr)];
  await once(child.stdout, "data");
  // A handler from `once` is removed when it is called, and by then the mock is ending.
  const aborted = await Promise.race([exit.then(() => true), wait(100).then(() => false)]);
  expect(aborted).toBe(false);
  child.kill("SIGKILL");
  expect(await stderr).toBe("");
});

test("SIGTERM at any moment of the start ends it without an error", async () => {
  const moments = [0, 20, 50, 100, 200, 350, 500];
  const ends = moments.map(async (milliseconds) => {
    const { child, exit, stderr } = run("--port", "0", "--stateful");
    await wait(milliseconds);
    child.kill("SIGTERM");
    return [await exit, child.signalCode, await stderr];
  });
  const clean = [0, null, ""];
  // Before any of our code runs.
  const killed = [null, "SIGTERM", ""];
  for (const end of await Promise.all(ends)) expect([clean, killed]).toContainEqual(end);
});

test("a busy port: one line, exit 1", async () => {
  const { port } = await mockForTest();
  const { exit, stderr, stdout } = run("--port", String(port));
  expect(await exit).toBe(1);
  expect(await stdout).toBe("");
  expect(await stderr).toMatch(new RegExp(`^esim-mock: Port ${port} .*in use.*\n$`));
});

test.each([
  ["missing.yaml", undefined, "no such file"],
  [".", undefined, "is a directory"],
  ["broken.yaml", "a: [\nb: }", "not valid YAML or JSON"],
  ["broken.json", '{"openapi":', "not valid YAML or JSON"],
  ["empty.yaml", "", "not an OpenAPI document"],
  ["text.yaml", "hello", "not an OpenAPI document"],
  ["other.json", '{"name":"x"}', "not an OpenAPI document"],
  ["bare.yaml", "openapi: 3.1.0", "no operations"],
  ["dangling.yaml", 'openapi: 3.1.0\npaths: { /x: { $ref: "#/no" } }', "is inconsistent"],
])("--spec %s: one line, exit 1", async (name, content, reason) => {
  const file = await fileForTest(name, content);
  const { exit, stderr, stdout } = run("--port", "0", "--spec", file);
  expect(await exit).toBe(1);
  expect(await stdout).toBe("");
  expect(await stderr).toMatch(/^esim-mock: Cannot (read|use) .*\n$/);
  expect(await stderr).toContain(reason);
});

test.each([
  [["--port", "abc"], "whole number from 0 to 65535"],
  [["--port", "99999"], "whole number from 0 to 65535"],
  [["--log-level", "loud"], "silent, error, warn, info, debug"],
  [["--prot", "1"], "--port"],
  [["extra"], "too many arguments"],
])("%j: one line, exit 2", async (args, hint) => {
  const { exit, stderr } = run(...args);
  expect(await exit).toBe(2);
  expect(await stderr).toMatch(/^error: .*\n$/);
  expect(await stderr).toContain(hint);
});

test("--help shows examples, --version the version", async () => {
  const help = run("--help");
  expect(await help.exit).toBe(0);
  for (const text of ["Examples:", "--port", "--host", "--dynamic", "--log-level", "--spec"]) {
    expect(await help.stdout).toContain(text);
  }
  const version = run("--version");
  expect(await version.exit).toBe(0);
  expect(await version.stdout).toBe(`${packageJson.version}\n`);
});

test("--upstream ends with a report, also in a file, and exits with 1 if strict", async () => {
  const real = await mockForTest();
  const file = await fileForTest("drift.json");
  const { child, exit, stderr, url } = await serve("--upstream", real.url, "--report", file, "--strict");
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ upstream: real.url, requests: 0 });
  await fetch(`${url}/packages`, { headers: keys });
  await fetch(`${url}/packages?status=gone`, { headers: keys });
  child.kill("SIGTERM");
  expect(await exit).toBe(1);
  expect((await stderr).trim().split("\n").slice(-2)).toEqual([
    `1 departure from the document in 2 requests to ${real.url}:`,
    '  getPackages request query.status: unknown value, 1 time, such as "gone"',
  ]);
  expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ requests: 2, departures: 1 });
});

test("--upstream --strict exits with 0 if there were no departures", async () => {
  const real = await mockForTest();
  const { child, exit, stderr, url } = await serve("--upstream", real.url, "--strict");
  await fetch(`${url}/packages`, { headers: keys });
  child.kill("SIGINT");
  expect(await exit).toBe(0);
  expect(await stderr).toContain(`No departures from the document in 1 request to ${real.url}.`);
});

test("--allow-insecure-upstream lets it start; the report counts uninspected bodies", async () => {
  const insecure = await serve("--upstream", "http://api.invalid:8080", "--allow-insecure-upstream");
  expect((await fetch(`${insecure.url}/packages`, { headers: keys })).status).toBe(502);
  const real = await mockForTest();
  const { child, exit, stderr, url } = await serve("--upstream", real.url);
  expect((await postJson(`${url}/packages`, `"${"x".repeat(2 ** 20)}"`)).status).toBe(413);
  child.kill("SIGINT");
  expect(await exit).toBe(0);
  expect(await stderr).toContain(`in 1 request to ${real.url} (1 body not inspected)`);
});

test.each([
  [2, ["--strict"], "add --upstream"],
  [2, ["--report", "x.json"], "add --upstream"],
  [2, ["--upstream-ca", "x.pem"], "add --upstream"],
  [2, ["--allow-insecure-upstream"], "add --upstream"],
  [2, ["--upstream", "http://api:8080"], "add --allow-insecure-upstream"],
  [2, ["--upstream", "nowhere"], "is not an address such as https://"],
  [2, ["--upstream", "http://127.0.0.1:1", "--stateful"], "remove --stateful and --dynamic"],
  [
    2,
    ["--upstream", "https://127.0.0.1:1", "--upstream-ca", "/no/such.pem"],
    "/no/such.pem cannot be read: ENOENT",
  ],
  [2, ["--seed", "x.json"], "add --stateful"],
  [2, ["--allow-host", "http://x"], "is not a host name such as"],
  [2, ["--allow-origin", "x"], "is not an origin such as https://"],
  [
    1,
    ["--stateful", "--seed", "no-such.json"],
    "the seed no-such.json: there is no such file; check the path, or omit --seed",
  ],
  [1, ["--stateful", "--seed", "."], "the seed .: it is a directory; name a file in it"],
  [
    1,
    ["--upstream", "http://127.0.0.1:1", "--report", "/no/such/x.json"],
    "Cannot write the report to /no/such/x.json",
  ],
])("exit %i, in one line: %s", async (code, args, reason) => {
  const { exit, stderr, stdout } = run("--port", "0", ...args);
  expect([await exit, await stdout]).toEqual([code, ""]);
  expect(await stderr).toMatch(/^esim-mock: .*\n$/);
  expect(await stderr).toContain(reason);
});

test("the README lists every flag and every control route", async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  const { stdout } = run("--help");
  const flags = (await stdout).match(/^ {2}--[\w-]+/gm) ?? [];
  const { url } = await mockForTest();
  const message = await errorMessage(await fetch(`${url}/_mock/nope`));
  const routes = message.match(/[A-Z]+ \/_mock\/[\w/{}]+/g) ?? [];
  expect([flags.length, routes.length]).toEqual([21, 22]);
  const missing = [...flags, ...routes.map((route) => route.split(" ")[1] ?? "")].filter(
    (each) => !readme.includes(each.trim()),
  );
  expect(missing).toEqual([]);
});
