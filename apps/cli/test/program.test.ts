import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type FaultSpec, startMock } from "@betatelltd/esim-mock";
import { OPERATIONS, type Operation } from "@betatelltd/esim-sdk";
import { KEYS, type Misbehaviour } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { configFolder, esim, installedAlone, keysFor } from "./esim.ts";
import { answer, CREATE, mockWith, packages, pageOf, SIM, serverThat, serviceOf } from "./servers.ts";

describe("wrong usage exits with 2 before anything is sent, with a hint", () => {
  test.each([
    [["packages", "create", "--sim", "123", "--template", "1"], "An ICCID has 19 or 20 digits."],
    [["packages", "create", "--sim", SIM], "--template"],
    [["packages", "create", "--sim", SIM, "--template", "x"], "Expected a whole number, 0 or more."],
    [[...CREATE, "--time-allowance", "soon"], "or a duration, such as 30m, 12h, 7d or 2w."],
    [["packages", "list", "--status", "asleep"], "Choose one of not-active, active, suspended, terminated."],
    [["packages", "list", "--count", "-1"], "Expected a whole number, 0 or more."],
    [["packages", "get"], "missing required argument 'id'"],
    [["packages", "get", ".."], "This is not a package ID or an ICCID."],
    [["packages", "get", "a", "b"], "too many arguments"],
    [["packages", "creat"], "Did you mean create?"],
    [["packages", "list", "--stauts", "active"], "Did you mean --status?"],
    [["chekc", SIM], "Did you mean check?"],
    [["list"], "did you mean esim packages list?"],
    [["terminate", "pkg_1"], "did you mean esim packages terminate?"],
    [[SIM], `did you mean esim check ${SIM}?`],
    [["packages", "list", "--csv", "--jsonl"], "--jsonl and --csv cannot be combined"],
    [["packages", "list", "--quiet", "--columns", "id"], "--columns works with tables and CSV only"],
    [["packages", "list", "--columns", "id,colour"], "There is no such column. Choose from id, sim,"],
    [["packages", "list", "--all", "--watch", "5s"], "--watch shows one page only"],
    [["packages", "list", "--all", "--count", "0"], "--count 0 with --all fetches nothing"],
    [["check", SIM, "--watch", "0"], "--watch must be between one second and one day"],
    [["check", SIM, "--watch", "5w"], "--watch must be between one second and one day"],
    [["check", "8910 3000"], "An ICCID has 19 or 20 digits."],
    [["packages", "terminate", "x"], "cannot ask for confirmation: stdin is not a terminal"],
    [["completion", "tcsh"], "bash, zsh, fish"],
    [["packages", "list", "--timeout", "never"], "Expected seconds"],
    [
      ["sell", "--tempalte", "1"],
      "unknown option '--tempalte', and required option '--template <id>' not specified",
    ],
    [["packages", "list", "--base-url", "nowhere"], "address must be an https URL"],
    [["packages", "list", "--base-url", "http://example.com"], "is not encrypted"],
    [["packages", "list", "--base-url", "https://user:password@example.com"], "address must be an https URL"],
  ])("%j", async (args, message) => {
    const server = await serverThat(answer(200, {}));
    const { code, stdout, stderr } = await esim(args, { env: keysFor(server.url) });
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^hint: /m);
    expect(server.requests).toHaveLength(0);
  });
});

test.each([
  [["packages", "get", "--json"], "missing required argument 'id'"],
  [["packages", "list", "--status", "asleep", "--json"], "Choose one of not-active"],
  [["--json", "packages", "creat"], "Did you mean create?"],
])("wrong usage of %j is reported as JSON too", async (args, message) => {
  const { code, stdout, stderr } = await esim(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  const { error } = JSON.parse(stderr);
  expect(error).toMatchObject({ exitCode: 2, hint: expect.stringMatching(/^run `esim packages .*--help`$/) });
  expect(error.message).toContain(message);
});

describe("help", () => {
  test.each([
    [],
    ["packages"],
    ["packages", "list"],
    ["packages", "get"],
    ["packages", "create"],
    ["packages", "activate"],
    ["packages", "terminate"],
    ["login"],
    ["logout"],
    ["doctor"],
    ["completion"],
    ["check"],
    ["sell"],
    ["qr"],
    ["profile"],
    ["profile", "get"],
    ["line"],
    ["line", "get"],
    ["line", "set"],
    ["inventories", "list"],
    ["sims", "list"],
    ["sims", "get"],
    ["templates", "list"],
    ["templates", "get"],
    ["templates", "create"],
    ["countries"],
    ["status"],
    ["api"],
    ["profiles"],
    ["profiles", "list"],
    ["profiles", "use"],
    ["profiles", "remove"],
    ["help"],
    ["version"],
  ])("%s %s has help", async (...path) => {
    const { code, stdout } = await esim([...path.filter(Boolean), "--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: ${["esim", ...path.filter(Boolean)].join(" ")}`);
    expect(stdout).toContain("--base-url");
    const [flags = ""] = stdout.split("\nExamples:");
    for (const line of flags.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("is printed for -h", async () => {
    expect(await esim(["packages", "-h"])).toEqual(await esim(["packages", "--help"]));
  });

  test.each([["packages", "list"], ["packages", "ls"], ["check"], []])(
    "of %j is the same with `esim help`",
    async (...path) => {
      expect(await esim(["help", ...path])).toEqual(await esim([...path, "--help"]));
    },
  );

  test("of an unknown command exits with 2", async () => {
    expect(await esim(["help", "packages", "burn"])).toMatchObject({
      code: 2,
      stderr: "error: unknown command 'packages burn'\nhint: run `esim help`\n",
    });
  });

  test.each([["--version"], ["-v"], ["version"]])("%s prints the package's", async (...args) => {
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    expect(await esim(args)).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});

describe("output", () => {
  const page = { total: 2, count: 2, offset: 0, packages: packages([1, 2]) };

  test("in a pipe is tab-separated, without colour or heading", async () => {
    const { url } = await serverThat(answer(200, page));
    const { stdout } = await esim(["packages", "list"], { env: keysFor(url) });
    expect(stdout).toBe(`pkg_1\t${SIM}\tACTIVE\t–\t–\t–\npkg_2\t${SIM}\tACTIVE\t–\t–\t–\n`);
  });

  test("is coloured with FORCE_COLOR, but not with --no-color or NO_COLOR", async () => {
    const { url } = await serverThat(answer(200, page));
    const env = { ...keysFor(url), FORCE_COLOR: "1" };
    expect((await esim(["packages", "list"], { env })).stdout).toContain("\u001b[32mACTIVE");
    expect((await esim(["packages", "list", "--no-color"], { env })).stdout).not.toContain("\u001b");
    expect((await esim(["packages", "list"], { env: { ...env, NO_COLOR: "1" } })).stdout).not.toContain(
      "\u001b",
    );
  });

  test("--quiet prints IDs only", async () => {
    const { url } = await serverThat(answer(200, page));
    expect(await esim(["packages", "list", "--quiet"], { env: keysFor(url) })).toEqual({
      code: 0,
      stdout: "pkg_1\npkg_2\n",
      stderr: "",
    });
  });

  test("--json prints the answer unchanged, whatever it is", async () => {
    const odd = { id: 5, status: "PAUSED", package_template: 7, more: [1, { deep: null }], big: 2 ** 53 };
    const { url } = await serverThat(answer(200, odd));
    expect(
      JSON.parse((await esim(["packages", "get", "x", "--json"], { env: keysFor(url) })).stdout),
    ).toEqual(odd);
    const { code, stdout } = await esim(["packages", "get", "x"], { env: keysFor(url) });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Status\s+PAUSED$/m);
    expect(stdout).toMatch(/^more\s+\[1,\{"deep":null\}\]$/m);
  });

  test("of invalid packages shows what is there", async () => {
    const { url } = await serverThat(
      answer(200, { packages: [null, 5, { id: "pkg_1", status: "constructor" }] }),
    );
    const { code, stdout } = await esim(["packages", "list"], { env: keysFor(url) });
    expect(code).toBe(0);
    expect(stdout).toBe("–\t–\t–\t–\t–\t–\n–\t–\t–\t–\t–\t–\npkg_1\t–\tconstructor\t–\t–\t–\n");
  });

  const ODD_ROWS = [
    null,
    5,
    "text",
    [],
    { id: null },
    { id: "" },
    { status: "ACTIVE" },
    { id: "pkg_1" },
    { id: 7 },
  ];

  test.each([
    [["--jsonl"]],
    [["--jsonl", "--all"]],
    [["--json", "--all"]],
    [["--jsonl", "--sort", "status"]],
  ])("with %j has each row unchanged, whatever it is", async (flags) => {
    const { url } = await serverThat(answer(200, { total: ODD_ROWS.length, packages: ODD_ROWS }));
    const { code, stdout } = await esim(["packages", "list", ...flags], { env: keysFor(url) });
    expect(code).toBe(0);
    const rows = flags.includes("--json")
      ? JSON.parse(stdout)
      : stdout
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line));
    expect(rows).toHaveLength(ODD_ROWS.length);
    expect(rows).toEqual(flags.includes("--sort") ? expect.arrayContaining(ODD_ROWS) : ODD_ROWS);
    expect(rows).toContain(null);
  });

  test.each([[[]], [["--all"]]])("with --quiet %j has IDs only", async (flags) => {
    const { url } = await serverThat(answer(200, { total: ODD_ROWS.length, packages: ODD_ROWS }));
    const { code, stdout } = await esim(["packages", "list", "--quiet", ...flags], { env: keysFor(url) });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "pkg_1\n7\n" });
  });

  test("of a number too large for JavaScript is exact with `esim api`", async () => {
    const body = '{"id":12345678901234567890,"more":[1.0,1e2]}';
    const { url } = await serverThat((response) => response.end(body));
    const { stdout } = await esim(["api", "GET", "/packages/x"], { env: keysFor(url) });
    expect(stdout).toBe(body);
  });

  test("of anything but a list of packages is an error, but unchanged as JSON", async () => {
    const { url } = await serverThat(answer(200, { hello: "world" }));
    expect(await esim(["packages", "list"], { env: keysFor(url) })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("the answer is not a list of packages"),
    });
    const { stdout } = await esim(["packages", "list", "--json"], { env: keysFor(url) });
    expect(JSON.parse(stdout)).toEqual({ hello: "world" });
    const empty = await serverThat(answer(200, { total: 0, packages: null }));
    expect((await esim(["packages", "list"], { env: keysFor(empty.url) })).stderr).toBe(
      "no package matches\n",
    );
  });

  test("as JSON contains no terminal controls, and keeps its value", async () => {
    const odd = { id: "\u009b31m\u007f\u001b[0m" };
    const { url } = await serverThat(answer(200, odd));
    const { stdout } = await esim(["packages", "get", "x", "--json"], { env: keysFor(url) });
    expect(stdout.trim().replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    expect(JSON.parse(stdout)).toEqual(odd);
  });

  test("--all fetches every page; as JSON it is one array", async () => {
    const all = packages(Array.from({ length: 7 }, (_, n) => n));
    const { url, requests } = await serverThat((response, { url: target = "" }) => {
      const query = new URL(target, "http://x").searchParams;
      const [offset, count] = [Number(query.get("offset")), Number(query.get("count"))];
      const rows = all.slice(offset, offset + count);
      answer(200, { total: all.length, count: rows.length, offset, packages: rows })(
        response,
        undefined as never,
        0,
      );
    });
    const args = ["packages", "list", "--all", "--count", "3"];
    expect(JSON.parse((await esim([...args, "--json"], { env: keysFor(url) })).stdout)).toEqual(all);
    expect(requests.length).toBeGreaterThan(2);
    const { stdout } = await esim([...args, "--quiet"], { env: keysFor(url) });
    expect(stdout.trim().split("\n")).toEqual(all.map(({ id }) => id));
  });

  test("of an empty list is an empty list", async () => {
    const { url } = await serverThat(answer(200, { total: 0, count: 0, offset: 0, packages: [] }));
    expect((await esim(["packages", "list", "--all", "--json"], { env: keysFor(url) })).stdout).toBe("[]\n");
    expect(await esim(["packages", "list"], { env: keysFor(url) })).toEqual({
      code: 0,
      stdout: "",
      stderr: "no package matches\n",
    });
  });

  test("into a pipe that is closed early is not an error", async () => {
    const many = packages(Array.from({ length: 20_000 }, (_, n) => n));
    const { url } = await serverThat(
      answer(200, { total: many.length, count: many.length, offset: 0, packages: many }),
    );
    const { code, stderr } = await esim(["packages", "list", "--all"], {
      env: keysFor(url),
      during: (child) => child.stdout?.once("data", () => child.stdout?.destroy()),
    });
    expect(code).toBe(0);
    expect(stderr).toBe("");
  });
});

describe("--dry-run", () => {
  test.each([
    [
      [...CREATE, "--time-allowance", "7d"],
      "/packages",
      { sim: SIM, package_template: 21145354, time_allowance: 604800 },
    ],
    [["packages", "activate", "a b"], "/packages/a%20b/activate", undefined],
    [["packages", "terminate", "x"], "/packages/x/terminate", undefined],
  ])("of %j prints the request, and sends nothing", async (args, path, body) => {
    const server = await serverThat(answer(500, {}));
    const { code, stdout } = await esim([...args, "--dry-run", "--json"], { env: keysFor(server.url) });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      method: "POST",
      url: `${server.url}${path}`,
      ...(body && { body }),
    });
    for (const key of Object.values(KEYS)) expect(stdout).not.toContain(key);
    expect(server.requests).toHaveLength(0);
  });

  test("needs no keys", async () => {
    const { code, stdout } = await esim([...CREATE, "--dry-run"]);
    expect(code).toBe(0);
    expect(stdout).toContain("x-api-key: <missing>");
    expect(stdout).toContain("POST https://esim.betatel.com/api/v1/esim/packages");
  });
});

describe("failures", () => {
  test.each<[number, number, string]>([
    [400, 2, "esim packages get"],
    [401, 3, "esim login"],
    [403, 3, "esim doctor"],
    [404, 4, "esim packages list --sim"],
    [408, 6, "wait"],
    [409, 5, "check what already exists"],
    [418, 1, "esim doctor"],
    [429, 6, "try again in 3600 seconds"],
    [500, 6, "esim doctor"],
    [503, 6, "try again in 3600 seconds"],
  ])("%i exits with %i and a hint", async (status, exitCode, hint) => {
    const { url } = await mockWith({ status, message: "because", retryAfter: 3600 });
    const { code, stdout, stderr } = await esim(["packages", "get", "x"], { env: keysFor(url) });
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: "" });
    expect(stderr.split("\n")[0]?.replace(/request [\w-]{36}/, "request ID")).toBe(
      `error: ${status} getPackage: because (GET /packages/x, request ID)`,
    );
    expect(stderr.split("\n")[1]).toContain(hint);
    expect(stderr.trim().split("\n")).toHaveLength(2);
  });

  test("as JSON are one line on stderr", async () => {
    const { url } = await mockWith();
    expect((await esim(CREATE, { env: keysFor(url) })).code).toBe(0);
    const { code, stderr } = await esim([...CREATE, "--json"], { env: keysFor(url) });
    expect(code).toBe(5);
    expect(JSON.parse(stderr)).toMatchObject({
      error: { name: "ConflictError", status: 409, exitCode: 5, outcomeUnknown: false },
    });
  });

  test.each<[string, FaultSpec]>([
    ["a reset", { drop: "after" }],
    ["a 500", { status: 500 }],
    ["a time-out", { stall: true }],
  ])(
    "of a write by %s say how to check",
    async (_, fault) => {
      const { url, requests } = await mockWith(fault);
      const lookUps: [string[], string, string][] = [
        [[...CREATE, "--no-once"], "created", `esim packages list --sim ${SIM}`],
        [["packages", "activate", "pkg_1"], "activated", "esim packages get pkg_1"],
        [["packages", "terminate", "a; b", "--yes"], "terminated", "esim packages get 'a; b'"],
      ];
      for (const [args, done, lookUp] of lookUps) {
        const { code, stderr } = await esim([...args, "--timeout", "1"], { env: keysFor(url) });
        expect(code).toBe(6);
        expect(stderr).toContain(
          `hint: the package may have been ${done}: check with \`${lookUp}\` before you try again`,
        );
      }
      expect(await requests()).toHaveLength(lookUps.length);
    },
    20_000,
  );

  test("of create for a SIM with a package, or an unknown one, say where to look", async () => {
    const { url, fault } = await mockWith();
    await esim(CREATE, { env: keysFor(url) });
    expect((await esim(CREATE, { env: keysFor(url) })).stderr).toContain(`esim packages list --sim ${SIM}`);
    await fault({ status: 404, message: "no such SIM" });
    expect(await esim(CREATE, { env: keysFor(url) })).toMatchObject({
      code: 4,
      stderr: expect.stringContaining("hint: check the SIM and the template"),
    });
  });

  test("to reach a server say what to try next", async () => {
    const gone = await mockWith();
    await gone.close();
    const { code, stderr } = await esim(["packages", "activate", "x"], { env: keysFor(gone.url) });
    expect(code).toBe(6);
    expect(stderr).toContain("could not connect [ECONNREFUSED]");
    expect(stderr).toContain("hint: check the address and the network with `esim doctor`");
  });

  test("because of missing keys exit with 3 and say both ways to set them", async () => {
    const { code, stderr } = await esim(["packages", "list"]);
    expect(code).toBe(3);
    expect(stderr).toBe(
      "error: the user ID and the API key are missing\nhint: run `esim login`, or set ESIM_USER_ID and ESIM_API_KEY\n",
    );
  });
});

describe("doctor", () => {
  const checks = (stdout: string): { name: string; ok: boolean; found: string; fix?: string }[] =>
    JSON.parse(stdout).checks;

  test("finds no problem in a working setup, and shows no key", async () => {
    const { url } = await serverThat(answer(200, { packages: [] }));
    const { code, stdout } = await esim(["doctor", "--json"], { env: keysFor(url) });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).ok).toBe(true);
    for (const key of Object.values(KEYS)) expect(stdout).not.toContain(key);
    expect((await esim(["doctor"], { env: keysFor(url) })).stdout).toContain(
      "✓ keys: the server accepts them",
    );
  });

  test.each<[string, FaultSpec, number, string]>([
    ["refused keys", { status: 401 }, 3, "keys"],
    ["a broken server", { status: 500 }, 6, "server"],
    ["a silent server", { drop: "before" }, 6, "server"],
  ])("reports %s, with a fix", async (_, fault, exitCode, failed) => {
    const { url } = await mockWith(fault);
    const { code, stdout } = await esim(["doctor", "--json"], { env: keysFor(url) });
    expect(code).toBe(exitCode);
    const broken = checks(stdout).filter(({ ok }) => !ok);
    expect(broken.map(({ name }) => name)).toEqual([failed]);
    expect(broken[0]?.fix).toBeTruthy();
  });

  test.each<[string, Misbehaviour, number]>([
    ["a login page", (response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>Hi"), 1],
    ["JSON of something else", answer(200, { hello: "world" }), 1],
    ["a redirect", (response) => response.writeHead(302, { location: "https://example.com" }).end(), 1],
    ["a server without the route", answer(404, { message: "no" }), 1],
    ["a limit on requests", answer(429, { message: "slow" }), 6],
  ])("does not accept %s as a working server", async (_, misbehave, exitCode) => {
    const { url } = await serverThat(misbehave);
    const { code, stdout } = await esim(["doctor", "--json"], { env: keysFor(url) });
    expect(code).toBe(exitCode);
    expect(JSON.parse(stdout).ok).toBe(false);
    const broken = checks(stdout).filter(({ ok }) => !ok);
    expect(broken).toMatchObject([{ name: "server", fix: expect.any(String) }]);
  });

  test("--contract reports that all reads match the API's document", async () => {
    const mock = await startMock({ port: 0 });
    onTestFinished(() => mock.close());
    const { code, stdout } = await esim(["doctor", "--contract"], { env: keysFor(mock.url) });
    expect(code).toBe(0);
    const reads = Object.values<Operation>(OPERATIONS).filter(({ isWrite }) => !isWrite);
    expect(stdout).toContain(`✓ contract: ${reads.length} reads match the API's document\n`);
    const asked = new Set((await mock.requests()).map(({ path }) => path.replace(/\/(\d+|pkg_\w+)/, "/ID")));
    expect(asked.size).toBe(reads.length);
  });

  test.each([403, 404, 405, 501])(
    "--contract lists the reads that the service answers with %i",
    async (status) => {
      const { url } = await serviceOf({
        "GET /packages": pageOf("packages", []),
        ...Object.fromEntries(
          ["inventories", "sim-registries", "package-templates", "countries", "status"].map((each) => [
            `GET /${each}`,
            answer(status, { message: "no", statusCode: status }),
          ]),
        ),
      });
      const { code, stdout } = await esim(["doctor", "--contract"], { env: keysFor(url) });
      expect(code).toBe(0);
      expect(stdout).toContain("✓ contract: 1 read matches the API's document; not checked: ");
      expect(stdout).toContain(`getESIMs (${status})`);
      expect(stdout).toContain("getQRCode (no SIM to read)");
    },
  );

  test("--contract lists the differences, and shows no key", async () => {
    const { url, requests } = await serverThat(answer(200, { total: 1, count: 1, packages: [{ id: 5 }] }));
    const { code, stdout } = await esim(["doctor", "--contract", "--json"], { env: keysFor(url) });
    expect(code).toBe(1);
    const [broken] = checks(stdout).filter(({ ok }) => !ok);
    expect(broken).toMatchObject({
      name: "contract",
      found: expect.stringContaining("getPackages response body.packages[].sim: missing field"),
      drift: expect.arrayContaining([
        expect.objectContaining({ field: "body.packages[].id", kind: "wrong type", count: 1 }),
      ]),
    });
    expect(requests.every(({ method }) => method === "GET")).toBe(true);
    for (const key of Object.values(KEYS)) expect(stdout).not.toContain(key);
  });

  test("--contract reports a server that refuses the keys", async () => {
    const { url } = await serverThat(answer(401, { message: "no" }));
    const { code, stdout } = await esim(["doctor", "--contract", "--json"], { env: keysFor(url) });
    expect(code).toBe(3);
    const broken = checks(stdout).filter(({ ok }) => !ok);
    expect(broken.map(({ name }) => name)).toEqual(["keys", "contract"]);
  });

  test("--contract says how to install esim-mock if it is missing", async () => {
    const mock = await startMock({ port: 0 });
    onTestFinished(() => mock.close());
    const { code, stdout } = await esim(["doctor", "--contract"], {
      env: keysFor(mock.url),
      program: await installedAlone(),
    });
    expect(code).toBe(1);
    expect(stdout).toContain("✗ contract: not checked: this check needs esim-mock, which is not installed");
    expect(stdout).toContain("fix: npm install --global @betatelltd/esim-mock");
  });

  test("does not contact a server that the stored keys do not belong to", async () => {
    const { folder, file } = await configFolder();
    mkdirSync(dirname(file));
    writeFileSync(file, JSON.stringify({ userId: "user", apiKey: "key" }), { mode: 0o600 });
    const env = { XDG_CONFIG_HOME: folder };
    const { code, stdout } = await esim(["doctor", "--json", "--base-url", "https://example.com"], { env });
    expect(code).toBe(3);
    expect(checks(stdout).filter(({ ok }) => !ok)).toMatchObject([
      { name: "settings", fix: expect.stringContaining("--base-url https://example.com") },
      { name: "server", found: expect.stringContaining("not checked") },
    ]);
  });

  test("continues after a failure", async () => {
    const { url } = await serverThat(answer(401, { message: "no" }));
    const { code, stdout } = await esim(["doctor", "--json"], { env: { ESIM_BASE_URL: url } });
    expect(code).toBe(3);
    expect(
      checks(stdout)
        .filter(({ ok }) => !ok)
        .map(({ name }) => name),
    ).toEqual(["user ID", "API key", "keys"]);
    expect(checks(stdout).find(({ name }) => name === "server")?.ok).toBe(true);
  });
});
