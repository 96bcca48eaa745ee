import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { atTerminal, esim, keysFor, NO_TERMINAL } from "./esim.ts";
import { answer, LINE, mockWith, SIM, serviceOf } from "./servers.ts";

const PATH = `/sim-pcr-profiles/${SIM}`;

/** A service with a line that can be changed. */
async function serviceWith(line: object = LINE) {
  let now = line;
  const server = await serviceOf({
    [`GET ${PATH}`]: (...args: Parameters<ReturnType<typeof answer>>) => answer(200, now)(...args),
    [`PUT ${PATH}`]: (response: ServerResponse) => {
      now = { ...now, ...JSON.parse(server.requests.at(-1)?.body ?? "{}") };
      response.writeHead(204).end();
    },
  });
  const set = (...flags: string[]) => esim(["line", "set", SIM, ...flags], { env: keysFor(server.url) });
  const sent = () =>
    server.requests.filter(({ method }) => method === "PUT").map(({ body }) => JSON.parse(body));
  return { ...server, set, sent };
}

describe("esim line get", () => {
  test("shows what is on, how fast, and which wallet is charged", async () => {
    const wallets = [{ id: 7, owner: { sim: SIM }, balance: 0, overdraft: 2.5, wallet_type: "SIM" }];
    const line = { ...LINE, data: { state: "ENABLED", active_throttling: "SPEED_500_KBPS" }, wallets };
    const { url } = await serviceWith(line);
    const { code, stdout } = await esim(["line", "get", SIM], { env: keysFor(url) });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `SIM      ${SIM}
Data     on, at most 500 kbit/s
Voice    on
SMS      on
Wallet   the group's
Wallets  7 (SIM): 0, overdraft 2.5
`,
    });
  });

  test.each<[string, object, RegExp]>([
    [
      "lists where one is documented",
      { voice: [{ state: "DISABLED" }], sms: [] },
      /^Voice +off\nSMS +\[\]$/m,
    ],
    ["states that differ", { voice: [{ state: "DISABLED" }, { state: "ENABLED" }] }, /^Voice +\[\{.*\}\]$/m],
    [
      "a state that is new",
      { data: { state: "PAUSED", active_throttling: "SPEED_9_MBPS" } },
      /^Data +PAUSED, SPEED_9_MBPS$/m,
    ],
    ["nothing of voice", { voice: undefined, sms: null }, /^SMS +–$/m],
    ["nothing of data", { data: undefined }, /^Voice +on$/m],
    ["another wallet", { wallet_mode: "constructor" }, /^Wallet +constructor$/m],
  ])("shows %s", async (_, fields, expected) => {
    const { url } = await serviceWith({ ...LINE, ...fields });
    const { code, stdout } = await esim(["line", "get", SIM], { env: keysFor(url) });
    expect(code).toBe(0);
    expect(stdout).toMatch(expected);
  });

  test("exits with 4 for an unknown SIM, and says how to find it", async () => {
    const { url } = await mockWith();
    const { code, stderr } = await esim(["line", "get", "8910300000099999999"], { env: keysFor(url) });
    expect(code).toBe(4);
    expect(stderr).toContain("hint: find the SIM with `esim sims list`");
  });
});

describe("esim line set", () => {
  test.each([
    [["--speed", "500k"], "does not report that data has at most 500 kbit/s"],
    [["--data", "on", "--speed", "none"], "does not report that data has no limit"],
    [["--wallet", "sim"], "does not report that the wallet is the SIM's own"],
    [["--voice", "off"], "does not report that voice is off"],
  ])("says so if the service accepts %j without effect", async (flags, message) => {
    const line = { ...LINE, data: { state: "ENABLED", active_throttling: "SPEED_42_KBPS" } };
    const { url } = await serviceOf({
      [`GET ${PATH}`]: line,
      [`PUT ${PATH}`]: (response: ServerResponse) => response.writeHead(204).end(),
    });
    const { code, stdout } = await esim(["line", "set", SIM, ...flags], { env: keysFor(url) });
    expect(code).toBe(0);
    expect(stdout).toContain(`the service accepted the change, but ${message}\n`);
  });

  test("changes what the flags say, and prints it before and after", async () => {
    const { set, sent } = await serviceWith();
    const { code, stdout } = await set("--data", "off", "--voice", "off", "--sms", "on", "--wallet", "sim");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        "data: on, no limit → off\nvoice: on → off\nsms: on → on\nwallet: the group's → the SIM's own\n",
    });
    expect(sent()).toEqual([
      {
        data: { state: "DISABLED" },
        voice: { state: "DISABLED" },
        sms: { state: "ENABLED" },
        wallet_mode: "SIM",
      },
    ]);
  });

  test.skipIf(NO_TERMINAL)("prints ASCII in an ASCII locale", async () => {
    const { url } = await serviceWith();
    const env = { ...keysFor(url), LC_ALL: "C" };
    const { stdout } = await atTerminal(["line", "set", SIM, "--data", "off"], { env });
    expect(stdout).toBe("data: on, no limit > off\n");
  });

  test.each([
    ["on", "ENABLED"],
    ["off", "DISABLED"],
  ])("leaves data %s if only the speed is given", async (_, state) => {
    const { set, sent } = await serviceWith({ ...LINE, data: { state, active_throttling: "NO_LIMIT" } });
    expect((await set("--speed", "500k")).code).toBe(0);
    expect(sent()).toEqual([{ data: { state, active_throttling: "SPEED_500_KBPS" } }]);
  });

  test.each([
    ["none", "NO_LIMIT"],
    ["100k", "SPEED_100_KBPS"],
    ["500kbps", "SPEED_500_KBPS"],
    ["1M", "SPEED_1000_KBPS"],
    ["2000", "SPEED_2000_KBPS"],
    ["5 mbit/s", "SPEED_5000_KBPS"],
  ])("accepts the speed %s", async (speed, expected) => {
    const { set, sent } = await serviceWith();
    await set("--data", "on", "--speed", speed);
    expect(sent()).toEqual([{ data: { state: "ENABLED", active_throttling: expected } }]);
  });

  test("does not guess whether data is on", async () => {
    const { set, sent } = await serviceWith({ ...LINE, data: { state: "PAUSED" } });
    const { code, stderr } = await set("--speed", "none");
    expect(code).toBe(2);
    expect(stderr).toContain("cannot change the speed alone: the current state of data is unknown");
    expect(stderr).toContain("hint: also pass --data on or --data off");
    expect(sent()).toEqual([]);
  });

  test.each([
    [["--speed", "7m"], "Choose one of none, 100k, 500k, 1000k, 2000k, 3000k, 5000k."],
    [["--speed", "fast"], "Choose one of none, 100k"],
    [["--data", "maybe"], "Expected on or off."],
    [["--wallet", "mine"], "Expected group or sim."],
    [[], "nothing to change"],
  ])("refuses %j before anything is sent", async (flags, message) => {
    const { set, requests } = await serviceWith();
    const { code, stderr } = await set(...flags);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(requests).toHaveLength(0);
  });

  test("prints the line before and after as JSON, and nothing with --quiet", async () => {
    const { set } = await serviceWith();
    const { stdout } = await set("--data", "off", "--json");
    const after = { ...LINE, data: { state: "DISABLED" } };
    expect(JSON.parse(stdout)).toEqual({ sim: SIM, status: 204, before: LINE, after });
    expect(await set("--data", "on", "--quiet")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("with --dry-run prints the request and changes nothing", async () => {
    const { set, sent, requests } = await serviceWith();
    const { stdout } = await set("--data", "off", "--dry-run", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ method: "PUT", body: { data: { state: "DISABLED" } } });
    expect(requests).toHaveLength(0);
    expect((await set("--speed", "100k", "--dry-run")).stdout).toContain('"state": "ENABLED"');
    expect(sent()).toEqual([]);
  });

  test("says so if the service accepts a change but does not report it", async () => {
    const { url } = await serviceOf({
      [`GET ${PATH}`]: LINE,
      [`PUT ${PATH}`]: (response: ServerResponse) => response.writeHead(204).end(),
    });
    const { stdout } = await esim(["line", "set", SIM, "--data", "off"], { env: keysFor(url) });
    expect(stdout).toContain("the service accepted the change, but does not report that data is off");
  });

  test("succeeds even if the line cannot be read back", async () => {
    let isChanged = false;
    const { url } = await serviceOf({
      [`GET ${PATH}`]: (...args: Parameters<ReturnType<typeof answer>>) =>
        answer(isChanged ? 500 : 200, isChanged ? {} : LINE)(...args),
      [`PUT ${PATH}`]: (response: ServerResponse) => {
        isChanged = true;
        response.writeHead(204).end();
      },
    });
    const { code, stdout, stderr } = await esim(["line", "set", SIM, "--data", "off"], { env: keysFor(url) });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "data: on, no limit → off\n" });
    expect(stderr).toContain("changed, but the line could not be read back: 500 getPCRProfile");
  });

  test("may have succeeded if its answer is lost, and says how to check", async () => {
    const { url } = await serviceOf({
      [`GET ${PATH}`]: LINE,
      [`PUT ${PATH}`]: (response: ServerResponse) => response.destroy(),
    });
    const { code, stderr } = await esim(["line", "set", SIM, "--data", "off"], { env: keysFor(url) });
    expect(code).toBe(6);
    expect(stderr).toContain(
      `hint: the line may have been changed: check with \`esim line get ${SIM}\` before you try again`,
    );
  });
});
