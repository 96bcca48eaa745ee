import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { built, esim, keysFor, type Run } from "./esim.ts";
import { answer, CREATE, packages, SIM, serverOf, serverThat } from "./servers.ts";

const SIGNALS = [
  ["SIGINT", 130, "interrupted"],
  ["SIGTERM", 143, "interrupted by SIGTERM"],
  ["SIGHUP", 129, "interrupted by SIGHUP"],
] as const;

/** Runs a command, and sends a signal instead of answering its last request. */
async function runUntil(signal: NodeJS.Signals, args: readonly string[], method: string): Promise<Run> {
  let send = () => {};
  const { url } = await serverThat((response, request, nth) => {
    if (request.method === method) send();
    else answer(200, { total: 0, count: 0, offset: 0, packages: [] })(response, request, nth);
  });
  return esim(args, {
    env: keysFor(url),
    during: (child) => {
      send = () => child.kill(signal);
    },
  });
}

describe.each(SIGNALS)("%s", (signal, exitCode, message) => {
  test.each([
    ["create", CREATE, "created", `esim packages list --sim ${SIM}`],
    ["create --no-once", [...CREATE, "--no-once"], "created", `esim packages list --sim ${SIM}`],
    ["activate", ["packages", "activate", "pkg_1"], "activated", "esim packages get pkg_1"],
    ["terminate", ["packages", "terminate", "pkg_1", "--yes"], "terminated", "esim packages get pkg_1"],
  ])("during %s says what may have happened, and how to check", async (_, args, done, lookUp) => {
    const { code, stderr } = await runUntil(signal, args, "POST");
    expect(code).toBe(exitCode);
    expect(stderr).toContain(
      `error: ${message}\nhint: the package may have been ${done}: check with \`${lookUp}\` before you try again\n`,
    );
  });

  test("during a read says that nothing was changed", async () => {
    const { code, stderr } = await runUntil(signal, ["packages", "list"], "GET");
    expect({ code, stderr }).toEqual({
      code: exitCode,
      stderr: `error: ${message}\nhint: nothing was changed\n`,
    });
  });
});

test("as JSON, a signal has no meaningless code", async () => {
  const { stderr } = await runUntil("SIGTERM", [...CREATE, "--no-once", "--json"], "POST");
  const { error } = JSON.parse(stderr);
  expect(error).toMatchObject({ outcomeUnknown: true, exitCode: 143 });
  expect(error).not.toHaveProperty("code");
});

test("a signal before the purchase prevents it, and the error says so", async () => {
  const { code, stderr } = await runUntil("SIGTERM", CREATE, "GET");
  expect(code).toBe(143);
  expect(stderr).toContain("hint: nothing was changed");
});

const created = { ...packages([7])[0], status: "NOT_ACTIVE" };
const shop = () =>
  serverThat((response, { method }, nth) => {
    const page = { total: 0, count: 0, offset: 0, packages: [] };
    answer(method === "POST" ? 201 : 200, method === "POST" ? created : page)(
      response,
      undefined as never,
      nth,
    );
  });

describe.skipIf(!existsSync("/dev/full"))("on a full disk", () => {
  const full = () => {
    const file = openSync("/dev/full", "w");
    onTestFinished(() => closeSync(file));
    return file;
  };

  test.each([[[]], [["--json"]], [["--quiet"]], [["--no-once"]]])(
    "create %j says that the package was created",
    async (flags) => {
      const { url } = await shop();
      const { code, stderr } = await esim([...CREATE, ...flags], { env: keysFor(url), stdout: full() });
      expect(code).toBe(1);
      expect(stderr).toContain("created pkg_7, but cannot write to stdout [ENOSPC]");
      expect(stderr).toContain(`see the result with \`esim packages list --sim ${SIM}\``);
    },
  );

  test("activate says that the package was activated", async () => {
    const { url } = await serverOf([]);
    const args = ["packages", "activate", "pkg_7", "--json"];
    const { code, stderr } = await esim(args, { env: keysFor(url), stdout: full() });
    expect(code).toBe(1);
    expect(stderr).toContain("activated pkg_7, but cannot write to stdout [ENOSPC]");
  });

  test.each([
    [["-v"]],
    [["packages", "list"]],
    [["packages", "list", "--all", "--jsonl"]],
    [["doctor"]],
    [["help"]],
    [["packages", "--help"]],
    [["completion", "bash"]],
  ])("%j exits with 1 and says why", async (args) => {
    const { url } = await serverOf(packages([1, 2]));
    const { code, stderr } = await esim(args, { env: keysFor(url), stdout: full() });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error: cannot write to stdout \[ENOSPC\]\nhint: /);
  });
});

describe("a pipe whose reader is gone", () => {
  test("does not hide that a package was created", async () => {
    const { url } = await shop();
    const { code, stderr } = await esim(CREATE, {
      env: keysFor(url),
      during: (child) => child.stdout?.destroy(),
    });
    expect(code).toBe(1);
    expect(stderr).toContain("created pkg_7, but cannot write to stdout [EPIPE]");
  });

  test.each([[["-v"]], [["packages", "list"]], [["help"]], [["--help"]], [["completion", "zsh"]]])(
    "ends %j silently",
    async (args) => {
      const { url } = await serverOf(packages([1]));
      const run = await esim(args, { env: keysFor(url), during: (child) => child.stdout?.destroy() });
      expect(run).toMatchObject({ code: 0, stderr: "" });
    },
  );

  test("that is full does not prevent the report of a purchase when interrupted", async () => {
    const pids: number[] = [];
    const { url } = await serverThat((response, { method }, nth) => {
      const page = { total: 0, count: 0, offset: 0, packages: [] };
      answer(method === "POST" ? 201 : 200, method === "POST" ? created : page)(
        response,
        undefined as never,
        nth,
      );
      if (method === "POST") setTimeout(() => process.kill(pids[0] as number, "SIGTERM"), 500);
    });
    // A pipe holds 64 KiB.
    const fill = 'echo "pid $$" >&2; head -c 65536 /dev/zero; exec "$@"';
    const child = spawn(
      "sh",
      ["-c", '"$@" | sleep 30', "sh", "sh", "-c", fill, "sh", process.execPath, built, ...CREATE],
      {
        env: { PATH: process.env.PATH, HOME: "/nowhere", ...keysFor(url) },
        detached: true,
      },
    );
    onTestFinished(() => void process.kill(-(child.pid as number), "SIGKILL"));
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
      const pid = /^pid (\d+)/.exec(stderr)?.[1];
      if (pid && pids.length === 0) pids.push(Number(pid));
    });
    await expect
      .poll(() => stderr, { timeout: 10_000 })
      .toContain("created pkg_7, but interrupted by SIGTERM");
  });

  test("on stderr does no harm", async () => {
    const { url } = await shop();
    const run = await esim(CREATE, { env: keysFor(url), during: (child) => child.stderr?.destroy() });
    expect(run).toMatchObject({ code: 0, stdout: expect.stringContaining("pkg_7") });
  });
});

test("--jsonl prints whole lines even if the list breaks off", async () => {
  const { url } = await serverThat((response, request, nth) => {
    const page = { total: 4, count: 2, offset: nth, packages: packages([nth, nth + 1]) };
    if (nth > 1) answer(400, { message: "no more" })(response, request, nth);
    else answer(200, page)(response, request, nth);
  });
  const args = ["packages", "list", "--all", "--count", "2", "--jsonl"];
  const { code, stdout, stderr } = await esim(args, { env: keysFor(url) });
  expect(code).toBe(2);
  expect(stderr).toContain("no more");
  expect(stdout.endsWith("\n")).toBe(true);
  const ids = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).id);
  expect(ids).toEqual(["pkg_0", "pkg_1", "pkg_2"]);
});
