import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { width } from "../src/format/text.ts";
import { atTerminal, configFolder, keysFor, NO_TERMINAL, seen, typing } from "./esim.ts";
import { answer, mockWith, SIM, serverOf, serverThat } from "./servers.ts";

const PACKAGE = {
  id: "pkg_1",
  sim: SIM,
  status: "ACTIVE",
  package_template: { id: 1, name: "A name that is much too long for a narrow terminal" },
};

const HOUR = 3_600_000;
const startApi = () => serverOf([PACKAGE]);

/** Realistic rows, with longer names than the service has. */
const NAMES = [
  "Europe 5 GB 7 days",
  "Europe 5 GB 30 days",
  "日本 10 GB 30日間",
  "👩‍👩‍👧 Familie 🇩🇪",
  "gnp\u202e.exe",
];
const ROWS = NAMES.map((name, n) => ({
  id: `pkg_${123456 + n}`,
  sim: `89103000000456${81955 + n}`,
  status: ["ACTIVE", "NOT_ACTIVE", "SUSPENDED"][n % 3] ?? "",
  package_template: { id: 21145354 + n, name, data_usage_allowance: 5 * 2 ** 30 },
  data_usage_remaining: 3.5 * 2 ** 30,
  expiry_date: Date.now() + 9.5 * HOUR,
}));

describe.skipIf(NO_TERMINAL)("at a terminal", () => {
  test("login asks for both keys, and does not show the API key", async () => {
    const { folder, file } = await configFolder();
    const during = typing(["User ID: ", "me\r"], ["(not shown): ", "hush-hush\r"]);
    const env = { XDG_CONFIG_HOME: folder, ESIM_BASE_URL: (await startApi()).url };
    const { code, stdout } = await atTerminal(["login"], { env, during });
    expect(code).toBe(0);
    expect(stdout.split("User ID: ")[0]).toContain(`profile default, for ${env.ESIM_BASE_URL}\n`);
    expect(stdout).not.toContain("hush");
    expect(JSON.parse(readFileSync(file, "utf8")).profiles.default).toMatchObject({
      userId: "me",
      apiKey: "hush-hush",
    });
  });

  test("login accepts both lines pasted at once, and does not show the API key", async () => {
    const { folder, file } = await configFolder();
    const during = typing(["User ID: ", "me\rhush-hush\r"]);
    const env = { XDG_CONFIG_HOME: folder, ESIM_BASE_URL: (await startApi()).url };
    const { code, stdout } = await atTerminal(["login"], { env, during });
    expect(code).toBe(0);
    expect(stdout).not.toContain("hush");
    expect(JSON.parse(readFileSync(file, "utf8")).profiles.default).toMatchObject({
      userId: "me",
      apiKey: "hush-hush",
    });
  });

  test.each([
    ["Ctrl-C", "\u0003"],
    ["Ctrl-D", "\u0004"],
  ])("%s ends login, and nothing is stored", async (_, keys) => {
    const { folder, file } = await configFolder();
    const during = typing(["User ID: ", keys]);
    const env = { XDG_CONFIG_HOME: folder, ESIM_BASE_URL: (await startApi()).url };
    const { code, stdout } = await atTerminal(["login"], { env, during });
    expect(code).toBe(130);
    expect(stdout).toContain("nothing was stored");
    expect(() => readFileSync(file)).toThrow("ENOENT");
  });

  test.each([
    ["y", "y\r", 0, 1],
    ["no answer", "\r", 2, 0],
    ["Ctrl-C", "\u0003", 130, 0],
    ["Ctrl-D", "\u0004", 130, 0],
  ])("terminate shows the package, and follows the answer %s", async (_, keys, exitCode, writes) => {
    const server = await startApi();
    const during = typing(["[y/N] ", keys]);
    const { code, stdout } = await atTerminal(["packages", "terminate", "pkg_1"], {
      env: keysFor(server.url),
      during,
    });
    expect(stdout).toContain(`Terminate pkg_1 of SIM ${PACKAGE.sim}, which is ACTIVE (A name`);
    expect(code).toBe(exitCode);
    expect(server.requests.filter(({ method }) => method === "POST")).toHaveLength(writes);
  });

  test.each([
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s while terminate asks ends it, and changes nothing", async (signal, exitCode) => {
    const server = await startApi();
    const { code, stdout } = await atTerminal(["packages", "terminate", "pkg_1"], {
      env: keysFor(server.url),
      during: (child) =>
        child.stdout?.on("data", (chunk) => `${chunk}`.includes("[y/N]") && child.kill(signal)),
    });
    expect(code).toBe(exitCode);
    expect(stdout).toContain("nothing was changed");
    expect(server.requests.every(({ method }) => method === "GET")).toBe(true);
  });

  test("terminate does not ask about what the server would reject", async () => {
    const server = await serverOf([{ ...PACKAGE, status: "TERMINATED" }]);
    const { code, stdout } = await atTerminal(["packages", "terminate", "pkg_1"], {
      env: keysFor(server.url),
    });
    expect(code).toBe(2);
    expect(stdout).toContain(
      "package pkg_1 is TERMINATED, and cannot be terminated: it must be ACTIVE or SUSPENDED",
    );
    expect(server.requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  describe.each([40, 60, 80, 120])("%i columns wide", (columns) => {
    test.each([
      ["list"],
      ["list --all"],
      ["list --columns id,status,template,data-total,expires"],
      ["list --columns id,created,activate-from,activate-until,terminated,voice,sms,lasts,sim"],
    ])("%s fits, line by line, and keeps each ID", async (command) => {
      const { url } = await serverOf(ROWS);
      const env = keysFor(url);
      const { code, stdout } = await atTerminal(["packages", ...command.split(" ")], { env, columns });
      expect(code).toBe(0);
      const [heading = "", ...lines] = seen(stdout)
        .split("\n")
        .slice(0, ROWS.length + 1);
      for (const line of [heading, ...lines]) expect(width(line)).toBeLessThanOrEqual(columns);
      for (const [at, { id }] of ROWS.entries()) expect(lines[at]?.startsWith(id)).toBe(true);
      // Columns are aligned with their headings.
      const second = width(heading.slice(0, heading.indexOf(heading.trim().split(/ {2,}/)[1] ?? "")));
      for (const line of lines) expect(line[second - 1]).toBe(" ");
      if (heading.includes("STATUS")) expect(stdout).toContain("\u001b[32mACTIVE");
    });

    test("check, get and help fit the terminal", async () => {
      const { url } = await serverOf(ROWS);
      for (const args of [
        ["check", ROWS[2]?.sim ?? ""],
        ["packages", "get", ROWS[2]?.id ?? ""],
      ]) {
        const { stdout } = await atTerminal(args, { env: keysFor(url), columns: Math.max(columns, 60) });
        for (const line of seen(stdout)
          .split("\n")
          .filter((each) => !/^(next:|hint:)/.test(each)))
          expect(width(line)).toBeLessThanOrEqual(Math.max(columns, 60));
      }
    });
  });

  test("at 80 columns, templates with similar names are distinguishable", async () => {
    const { url } = await serverOf(ROWS);
    const { stdout } = await atTerminal(["packages", "list"], { env: keysFor(url), columns: 80 });
    expect(stdout).toContain("Europe 5 GB 7 days ");
    expect(stdout).toContain("Europe 5 GB 30 days ");
    expect(stdout).toContain("in 9 h");
    expect(stdout).not.toContain("\u202e");
  });

  test("a message lists the columns that do not fit", async () => {
    const { url } = await serverOf(ROWS);
    const { stdout } = await atTerminal(["packages", "list"], { env: keysFor(url), columns: 40 });
    expect(stdout).toContain("no room for sim, template");
  });

  test("--all keeps the columns of its first page", async () => {
    const { url } = await serverOf(ROWS);
    const { stdout } = await atTerminal(["packages", "list", "--all", "--count", "2"], {
      env: keysFor(url),
      columns: 80,
    });
    const lines = seen(stdout)
      .split("\n")
      .filter((line) => /^(ID|pkg_)/.test(line));
    expect(lines).toHaveLength(ROWS.length + 1);
    for (const line of lines) expect(width(line)).toBeLessThanOrEqual(80);
  });

  test("--utc is ISO 8601 in UTC", async () => {
    const { url } = await serverOf(ROWS);
    const { stdout } = await atTerminal(["packages", "list", "--utc"], {
      env: { ...keysFor(url), TZ: "Asia/Tokyo" },
    });
    expect(stdout).toContain(new Date(ROWS[0]?.expiry_date ?? 0).toISOString().replace(/\.\d+Z/, "Z"));
  });

  test("in an ASCII locale, only ASCII is printed", async () => {
    const { url } = await serverOf([...ROWS, { ...PACKAGE, package_template: { id: 1, name: "" } }]);
    for (const args of [
      ["packages", "list"],
      ["check", ROWS[2]?.sim ?? ""],
      ["packages", "list", "--columns", "id,created"],
    ]) {
      const { stdout } = await atTerminal(args, { env: { ...keysFor(url), LC_ALL: "C" }, columns: 80 });
      expect(seen(stdout)).toMatch(/^[\n -~]*$/);
    }
  });

  test.each([
    [{ TERM: "dumb" }, false],
    [{ NO_COLOR: "1" }, false],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    [{ NO_COLOR: "" }, true],
    [{ TERM: "dumb", FORCE_COLOR: "1" }, true],
    [{ FORCE_COLOR: "0" }, false],
  ])("with %j, whether there is colour is %s", async (variables, isColoured) => {
    const { url } = await serverOf(ROWS);
    const { stdout } = await atTerminal(["packages", "list"], { env: { ...keysFor(url), ...variables } });
    expect(stdout.includes("\u001b[32m")).toBe(isColoured);
  });

  describe("--watch", () => {
    test.each([
      ["check", SIM],
      ["packages", "get", "pkg_1"],
      ["packages", "list"],
    ])("of %s redraws in place, and ends on Ctrl-C", async (...args) => {
      const server = await startApi();
      const { code, stdout } = await atTerminal([...args, "--watch", "1s"], {
        env: keysFor(server.url),
        during: typing(["\u001b[J", ""], ["A\r\u001b[J", "\u0003"]),
      });
      expect(code).toBe(130);
      expect(stdout).toContain("A\r\u001b[J");
      expect(stdout).not.toContain("error:");
    });

    test("reports a server that is down for a while, and continues", async () => {
      const mock = await mockWith({ status: 503, times: 3 });
      const { code, stdout } = await atTerminal(["packages", "list", "--count", "1", "--watch", "1s"], {
        env: keysFor(mock.url),
        during: typing(["503 getPackages", ""], ["pkg_", "\u0003"]),
      });
      expect(code).toBe(130);
      expect(stdout).toContain("error: 503 getPackages");
    });

    test.each([
      [
        "a page of a hotel's",
        (response: ServerResponse) =>
          response.writeHead(200, { "content-type": "text/html" }).end("<h1>Welcome"),
      ],
      ["a refusal", answer(401, { message: "no" })],
      ["no package", answer(200, { total: 0, count: 0, offset: 0, packages: [] })],
    ] as const)("continues if a later refresh gets %s", async (_, then) => {
      const page = { total: 1, count: 1, offset: 0, packages: [PACKAGE] };
      const { url } = await serverThat((response, request, nth) => {
        if (request.url?.startsWith("/packages/")) answer(200, PACKAGE)(response, request, nth);
        else (nth === 2 ? then : answer(200, page))(response, request, nth);
      });
      const { code } = await atTerminal(["packages", "get", SIM, "--watch", "1s"], {
        env: keysFor(url),
        during: typing(["pkg_1", ""], ["error:", ""], ["pkg_1", "\u0003"]),
      });
      expect(code).toBe(130);
    });

    test("wraps what is wider than the terminal, and shows the whole command to type", async () => {
      const { url } = await serverOf([{ ...PACKAGE, sim: SIM, status: "SUSPENDED" }]);
      const { stdout } = await atTerminal(["check", SIM, "--watch", "1s"], {
        env: keysFor(url),
        columns: 40,
        during: typing(["--watch 30s", ""], ["--watch 30s", "\u0003"]),
      });
      const command = `esim check ${SIM} --watch 30s`;
      expect(seen(stdout).split(command)).toHaveLength(3);
      // Nine lines: three take two lines of the terminal, and one takes three.
      expect(stdout).toContain("\u001b[14A");
    });

    test("does not clip JSON", async () => {
      const { url } = await serverOf([{ ...PACKAGE, sim: SIM }]);
      const { stdout } = await atTerminal(["check", SIM, "--json", "--watch", "1s"], {
        env: keysFor(url),
        columns: 40,
        rows: 10,
        during: typing(["\n}", ""], ["\n}", "\u0003"]),
      });
      const [first = ""] = stdout.split("\n}");
      expect(JSON.parse(`${first}\n}`)).toMatchObject({ sim: SIM });
    });

    test("ends if trying again would not help", async () => {
      const mock = await mockWith({ status: 401 });
      const run = await atTerminal(["packages", "list", "--watch", "1s"], { env: keysFor(mock.url) });
      expect(run.code).toBe(3);
    });

    test("clips to the height of the terminal", async () => {
      const { url } = await serverOf(Array.from({ length: 30 }, (_, n) => ({ ...PACKAGE, id: `pkg_${n}` })));
      const { stdout } = await atTerminal(["packages", "list", "--watch", "1s"], {
        env: keysFor(url),
        rows: 10,
        during: typing(["more lines", "\u0003"]),
      });
      expect(seen(stdout).split("more lines")[0]?.split("\n")).toHaveLength(9);
      expect(stdout).toContain("… 14 more lines; make the terminal taller");
    });
  });

  test("--all shows its progress, and clears it", async () => {
    const { url } = await serverOf(ROWS);
    const { stdout } = await atTerminal(["packages", "list", "--all", "--count", "2", "--csv"], {
      env: keysFor(url),
    });
    expect(stdout).toContain(`\r\u001b[K2 of ${ROWS.length} packages …`);
    expect(stdout.lastIndexOf("\r\u001b[K")).toBeGreaterThan(stdout.lastIndexOf("packages …"));
  });

  test("api indents the answer, and escapes terminal controls", async () => {
    const { url } = await serverThat(answer(200, { id: "\u009b31m\u202e" }));
    const { stdout } = await atTerminal(["api", "GET", "/packages/x"], { env: keysFor(url) });
    expect(stdout).toBe('{\n  "id": "\\u009b31m\\u202e"\n}\n');
  });
});
