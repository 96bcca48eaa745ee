import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type HostileServer, oddText, startHostileServer } from "@betatelltd/esim-testing";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ExitCode } from "../src/exit-codes.ts";
import { configFolder, esim, keysFor, type Run } from "./esim.ts";
import { runHere } from "./run-here.ts";

const SIM = "8910300000045681955";
const codes: readonly number[] = Object.values(ExitCode);

let server: HostileServer;
beforeAll(async () => {
  server = await startHostileServer((response, { method, url = "" }) => {
    if (/\/(activate|terminate)$/.test(url)) response.writeHead(204).end();
    else
      response.writeHead(method === "POST" ? 201 : 200).end('{"total":0,"count":0,"offset":0,"packages":[]}');
  });
});
afterAll(() => server.close());

/** Expects a documented exit code, and for an error exactly one message with one hint on stderr, as text or JSON. */
function expectProperResult({ code, stdout, stderr }: Run, args: readonly string[]): void {
  expect(codes).toContain(code);
  expect(stderr).not.toMatch(/^\s+at |this is a bug/m);
  if (code === ExitCode.done || code === ExitCode.noData || args[0] === "doctor") return;
  expect(stdout).toBe("");
  // Without a subcommand, help is printed instead of an error.
  if (stderr.startsWith("Usage: esim")) return;
  if (args.includes("--json")) expect(JSON.parse(stderr)).toMatchObject({ error: { exitCode: code } });
  else expect(stderr).toMatch(/^error: .+\nhint: .+\n$/);
}

/** Expects only requests of the contract, with IDs from the arguments. */
function expectOwnPaths(args: readonly string[]): void {
  // `api` takes paths that are escaped already; the other commands only have ICCIDs and numbers in their paths.
  if (args[0] !== "packages") {
    if (args[0] !== "api")
      for (const { url } of server.requests) expect(url).toMatch(/^[\w/-]+(\?[\w=&%.-]*)?$/);
    return;
  }
  for (const { method, url } of server.requests) {
    const [, id, action] = /^\/packages(?:\/([^/?]+))?(?:\/(activate|terminate))?(?:\?.*)?$/.exec(url) ?? [
      url,
    ];
    expect(method).toBe(action || (args[1] === "create" && !id) ? "POST" : "GET");
    if (id !== undefined)
      expect(args.map((each) => each.isWellFormed() && encodeURIComponent(each))).toContain(id);
  }
}

const commands = [
  ...["list", "get", "create", "activate", "terminate"].map((name) => ["packages", name]),
  ...[["packages", "create", "--sim", SIM, "--template", "1", "--no-once"], ["packages"], ["doctor"], []],
  ...[
    ["inventories", "list"],
    ["sims", "list"],
    ["sims", "get"],
    ["templates", "list"],
    ["templates", "get"],
  ],
  ...[
    ["templates", "create"],
    ["profile", "get", SIM],
    ["line", "get"],
    ["line", "set", SIM],
    ["qr", SIM],
  ],
  ...[["countries"], ["status"], ["sell", "--template", "1"], ["sell"]],
  ...[["check"], ["api", "GET"], ["completion"], ["profiles", "use"], ["profiles", "list"], ["help"]],
];
const valued = ["--count", "--offset", "--inventory", "--template", "--sim", "--status", "--time-allowance"];
const flags = [
  ...valued,
  "--timeout",
  "--base-url",
  "--yes",
  "--all",
  "--json",
  "--quiet",
  "--dry-run",
  "--no-color",
  "--utc",
  "--csv",
  "--jsonl",
  "--columns",
  "--sort",
  "--profile",
  "--insecure-http",
  "--data",
  "--speed",
  "--voice",
  "--wallet",
  "--text",
  "--name",
  "--country",
  "--duration",
  "--activation",
  "--available-until",
  "--company",
  "--group",
];
const values = fc.oneof(
  oddText,
  fc.constantFrom(SIM, "1", "active", "7d", "pkg_1", "bash", "999999999999999", "99999999999w"),
);
const words = fc.oneof(
  values.map((value) => [value]),
  fc.constantFrom(...flags).map((flag) => [flag]),
  fc.tuple(fc.constantFrom(...flags), values),
  fc.tuple(fc.constantFrom(...flags), values).map(([flag, value]) => [`${flag}=${value}`]),
);

test("any arguments are either carried out or reported as wrong", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...commands),
      fc.array(words, { maxLength: 4 }),
      async (command, more) => {
        const args = [...command, ...more.flat()];
        server.requests.length = 0;
        expectProperResult(
          await runHere(args, { ...keysFor(server.url), XDG_CONFIG_HOME: "/nowhere" }),
          args,
        );
        expectOwnPaths(args);
      },
    ),
    { numRuns: 3_000 },
  );
});

const runs = fc.constantFrom<string[]>(
  ["packages", "list"],
  ["packages", "activate", "x", "--json"],
  ["packages", "terminate", "x", "--dry-run"],
  ["doctor"],
);

test("any environment is either used or reported as wrong", async () => {
  const setting = fc.option(oddText, { nil: undefined });
  await fc.assert(
    fc.asyncProperty(runs, setting, setting, setting, async (args, key, user, address) => {
      const env = { ESIM_API_KEY: key, ESIM_USER_ID: user, ESIM_BASE_URL: address ?? server.url };
      expectProperResult(await runHere(args, { ...env, XDG_CONFIG_HOME: "/nowhere" }), args);
    }),
    { numRuns: 500 },
  );
});

test("any file of stored keys is either used or reported as wrong", async () => {
  const { folder, file } = await configFolder();
  mkdirSync(dirname(file));
  const field = fc.oneof(oddText, fc.jsonValue(), fc.constant(undefined));
  const address = fc.oneof(field, fc.constant(server.url));
  const profiles = fc.dictionary(oddText, fc.record({ userId: field, apiKey: field, baseUrl: address }));
  const stored = fc.oneof(
    oddText,
    fc.json(),
    fc
      .record({ version: fc.constantFrom(1, 2, 3), current: field, profiles })
      .map((each) => JSON.stringify(each)),
    fc.record({ userId: field, apiKey: field, baseUrl: address }).map((each) => JSON.stringify(each)),
  );
  const none = { ESIM_API_KEY: undefined, ESIM_USER_ID: undefined, ESIM_BASE_URL: undefined };
  await fc.assert(
    fc.asyncProperty(runs, stored, async (args, text) => {
      writeFileSync(file, text, { mode: 0o600 });
      expectProperResult(await runHere(args, { ...none, XDG_CONFIG_HOME: folder }), args);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ["a file", ["login"]],
  ["a file", ["logout"]],
  ["a file", ["packages", "list"]],
  ["a file", ["doctor"]],
  ["too long", ["login"]],
])("a path for the keys that is %s is reported by %j", async (place, args) => {
  const XDG_CONFIG_HOME = place === "a file" ? "/dev/null" : `/${"x".repeat(5_000)}`;
  const run = await esim(args, { env: { XDG_CONFIG_HOME }, input: "user\nkey\n" });
  expectProperResult(run, args);
  expect(run.code).toBe(ExitCode.credentials);
});

test("a folder in place of the file is reported, and no keys are left next to it", async () => {
  const { folder, file } = await configFolder();
  mkdirSync(file, { recursive: true });
  for (const args of [["login"], ["logout"], ["packages", "list"]]) {
    const run = await esim(args, { env: { XDG_CONFIG_HOME: folder }, input: "user\nkey\n" });
    expectProperResult(run, args);
    expect(run.code).toBe(ExitCode.credentials);
  }
  expect(readdirSync(dirname(file))).toEqual(["credentials.json"]);
});

test("any input of login is either stored or reported as wrong", async () => {
  const { folder } = await configFolder();
  await fc.assert(
    fc.asyncProperty(fc.array(oddText, { maxLength: 3 }), async (lines) => {
      const env = { XDG_CONFIG_HOME: folder, ESIM_BASE_URL: server.url };
      const run = await esim(["login"], { env, input: lines.join("\n") });
      expectProperResult(run, ["login"]);
    }),
    { numRuns: 30 },
  );
});
