import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import { type Diagnosis, diagnose } from "../src/commands/packages/diagnose.ts";
import { width } from "../src/format/text.ts";
import { atTerminal, esim, keysFor, NO_TERMINAL, seen } from "./esim.ts";
import { answer, LINE, mockWith, PROFILE, pageOf, SIM, serverOf, serverThat, serviceOf } from "./servers.ts";

const NOW = Date.UTC(2025, 9, 24, 18, 0);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GB = 2 ** 30;
const template = {
  id: 21145354,
  name: "Europe 5 GB 7 days",
  activation_type: "MANUAL",
  data_usage_allowance: 5 * GB,
};
const row = (fields: object) => ({ id: "pkg_1", sim: SIM, package_template: template, ...fields });
const active = { status: "ACTIVE", data_usage_remaining: 0.7 * GB, expiry_date: NOW + 9.5 * HOUR };
const automatic = { status: "NOT_ACTIVE", package_template: { ...template, activation_type: "AUTO" } };
const said = (...rows: object[]): Diagnosis => diagnose(SIM, rows.map(row), { now: NOW, times: "utc" });

describe("the diagnosis of a SIM", () => {
  test("that works says what is left, and until when", () => {
    expect(said(active)).toMatchObject({
      works: true,
      summary: "data should work",
      next: undefined,
      findings: [
        { said: ["ACTIVE", "716.8 MB of 5 GB: 14 % left", "expires in 9 h (2025-10-25T03:30:00Z)"] },
      ],
    });
  });

  test.each<[string, object[], string, string]>([
    [
      "one that is suspended",
      [{ ...active, status: "SUSPENDED" }],
      "SUSPENDED by the operator",
      "ask the operator",
    ],
    [
      "one that waits",
      [{ status: "NOT_ACTIVE", window_activation_end: NOW + DAY }],
      "no active package: one is waiting to be activated",
      "esim packages activate pkg_1",
    ],
    [
      "a window that has closed",
      [{ status: "NOT_ACTIVE", window_activation_end: NOW - 3 * DAY }],
      "activation window closed on 2025-10-21T18:00:00Z (3 d ago)",
      "ask the operator",
    ],
    [
      "a window that is not open yet",
      [{ status: "NOT_ACTIVE", window_activation_start: NOW + DAY, window_activation_end: NOW + 9 * DAY }],
      "activation window opens on 2025-10-25T18:00:00Z (in 24 h)",
      "esim packages activate pkg_1",
    ],
    [
      "no data left",
      [{ ...active, data_usage_remaining: 0 }],
      "no data left",
      "esim packages terminate pkg_1",
    ],
    [
      "a package without data",
      [{ ...active, data_usage_remaining: 0, package_template: { ...template, data_usage_allowance: 0 } }],
      "the package has no data, only voice or SMS",
      "esim packages terminate pkg_1",
    ],
    [
      "one that has expired though it is active",
      [{ ...active, expiry_date: NOW - HOUR }],
      "expired 1 h ago, although the service reports ACTIVE",
      "esim packages terminate pkg_1",
    ],
    [
      "one that was terminated though it is active",
      [{ ...active, terminated_date: NOW - HOUR }],
      "expired 1 h ago, although the service reports ACTIVE",
      "esim packages terminate pkg_1",
    ],
    ...([`${NOW - HOUR}`, new Date(NOW - HOUR).toISOString(), (NOW - HOUR) / 1000] as const).map(
      (expiry_date): [string, object[], string, string] => [
        `one that has expired, which is written ${JSON.stringify(expiry_date)},`,
        [{ ...active, expiry_date }],
        "expired 1 h ago, although the service reports ACTIVE",
        "esim packages terminate pkg_1",
      ],
    ),
    [
      "no data left, which is written as text,",
      [{ ...active, data_usage_remaining: "0" }],
      "no data left",
      "esim packages terminate pkg_1",
    ],
    ...["expiry_date", "terminated_date", "data_usage_remaining"].map(
      (field): [string, object[], string, string] => [
        `a ${field} that cannot be read`,
        [{ ...active, [field]: { at: "noon" } }],
        `unclear whether data works: invalid ${field}`,
        "esim packages get pkg_1 --json",
      ],
    ),
    [
      "one that activates itself and has no data left",
      [{ ...automatic, data_usage_remaining: 0 }],
      "no data left",
      "ask the operator",
    ],
    [
      "one that activates itself and is over",
      [{ ...automatic, expiry_date: NOW - HOUR }],
      "expired 1 h ago, although the service reports NOT_ACTIVE",
      "ask the operator",
    ],
    [
      "one that is suspended and over",
      [{ ...active, status: "SUSPENDED", expiry_date: NOW - HOUR }],
      "SUSPENDED by the operator, and expired",
      "esim packages terminate pkg_1",
    ],
    [
      "one that is over, before its time",
      [{ status: "TERMINATED", terminated_date: 0, expiry_date: NOW + DAY }],
      "no active package: the last one ended",
      "esim packages create",
    ],
    [
      "several, of which one can be activated, it is that one which",
      [
        { id: "pkg_2", status: "NOT_ACTIVE", window_activation_end: NOW - DAY },
        { id: "pkg_3", ...active, data_usage_remaining: 0 },
        { id: "pkg_4", status: "LATER" },
        { status: "NOT_ACTIVE" },
        { id: "pkg_5", ...active, status: "SUSPENDED" },
      ],
      "no active package: one is waiting to be activated",
      "esim packages activate pkg_1",
    ],
    [
      "one that is over",
      [{ status: "TERMINATED", terminated_date: NOW - 5 * DAY }],
      "no active package: the last one ended 5 d ago (2025-10-19T18:00:00Z)",
      `esim packages create --sim ${SIM} --template 21145354`,
    ],
    ["nothing", [], "no package", `esim packages create --sim ${SIM} --template ID`],
    [
      "a state that is new",
      [{ status: "constructor" }],
      "unknown package state: constructor",
      "esim packages get pkg_1",
    ],
  ])("with %s says so, and what to do next", (_, rows, summary, next) => {
    expect(said(...rows)).toMatchObject({ works: false, summary, next: expect.stringContaining(next) });
  });

  test("with a package that activates itself says when", () => {
    expect(said(automatic)).toMatchObject({
      works: true,
      summary: "data should work once the SIM uses the network",
    });
  });

  test("with several packages is positive if one works, and counts those that have ended", () => {
    const over = { status: "TERMINATED", terminated_date: NOW - DAY };
    const { works, findings, ended: more } = said({ ...active, status: "SUSPENDED" }, active, over, over);
    expect({ works, shown: findings.length, more }).toEqual({ works: true, shown: 2, more: 2 });
  });

  test("with few fields says what is unknown", () => {
    expect(said({ status: "ACTIVE", package_template: 7 })).toMatchObject({
      works: true,
      findings: [{ said: ["ACTIVE", "data left: unknown"] }],
    });
  });
});

describe("esim check", () => {
  test("follows a SIM through its life: exits with 0 when data should work, and with 7 otherwise", async () => {
    const mock = await mockWith();
    const env = keysFor(mock.url);
    const check = () => esim(["check", SIM], { env });
    expect(await check()).toMatchObject({
      code: 7,
      stdout: expect.stringContaining(`✗ SIM ${SIM}: no package\n`),
    });
    await esim(["packages", "create", "--sim", SIM, "--template", "21145354"], { env });
    expect(await check()).toMatchObject({
      code: 7,
      stdout: expect.stringContaining("next: esim packages activate pkg_"),
    });
    await esim(["packages", "activate", SIM], { env });
    expect(await check()).toMatchObject({
      code: 7,
      stdout: expect.stringContaining(`next: esim qr ${SIM}, and have the traveller scan the code`),
    });
    for (const event of ["download", "install"] as const) {
      await mock.network.profile(env.ESIM_USER_ID ?? "", SIM, event);
      expect((await check()).code).toBe(7);
    }
    await mock.network.profile(env.ESIM_USER_ID ?? "", SIM, "enable");
    expect(await check()).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("5 GB of 5 GB: 100 % left"),
    });
    await esim(["line", "set", SIM, "--data", "off"], { env });
    expect(await check()).toMatchObject({
      code: 7,
      stdout: expect.stringContaining(`next: esim line set ${SIM} --data on\n`),
    });
    await esim(["line", "set", SIM, "--data", "on"], { env });
    expect((await check()).code).toBe(0);
    const { stdout: id } = await esim(["packages", "get", SIM, "--quiet"], { env });
    await mock.network.suspend(env.ESIM_USER_ID ?? "", id.trim());
    expect(await check()).toMatchObject({
      code: 7,
      stdout: expect.stringContaining("SUSPENDED by the operator"),
    });
  });

  test.each([
    [["8910 3000 0004 5681 955"]],
    [["8910", "3000", "0004", "5681", "955"]],
    [["8910-3000-0004-5681-955"]],
    [["8910\u00a03000\u202f0004 5681955"]],
    [["--timeout", "5", "8910", "3000", "0004", "5681", "955"]],
  ])("accepts %j", async (args) => {
    const server = await serverOf([]);
    expect((await esim(["check", ...args], { env: keysFor(server.url) })).code).toBe(7);
    expect(server.requests.some(({ url }) => url.includes(`sim=${SIM}`))).toBe(true);
  });

  test("prints packages unchanged as JSON, and the IDs of those that work with --quiet", async () => {
    const rows = [row(active), row({ id: "pkg_2", status: "SUSPENDED" })];
    const { url } = await serverOf(rows.map((each) => ({ ...each, expiry_date: 0 })));
    const { code, stdout } = await esim(["check", SIM, "--json"], { env: keysFor(url) });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      sim: SIM,
      works: true,
      summary: "data should work",
      packages: [
        { works: true, package: { id: "pkg_1" } },
        { works: false, package: { id: "pkg_2" } },
      ],
    });
    expect((await esim(["check", SIM, "--quiet"], { env: keysFor(url) })).stdout).toBe("pkg_1\n");
  });

  test("ignores packages of other SIMs, from a server that ignores the filter", async () => {
    const other = { ...row(active), sim: "8910300000045681963" };
    const { url } = await serverThat(answer(200, { total: 1, count: 1, offset: 0, packages: [other] }));
    expect((await esim(["check", SIM], { env: keysFor(url) })).code).toBe(7);
  });

  test.each([undefined, null, Number(SIM), "8910 3000 0004 5681 955", ""])(
    "counts a package with the SIM %j, and acts on it only if the SIM matches",
    async (sim) => {
      const { url, requests } = await serverThat(
        answer(200, { total: 1, count: 1, offset: 0, packages: [{ ...row(active), sim, expiry_date: 0 }] }),
      );
      const env = keysFor(url);
      expect((await esim(["check", SIM], { env })).code).toBe(0);
      await esim(["packages", "terminate", SIM, "--yes"], { env });
      const isSame = typeof sim === "string" && sim.length > 0;
      expect(requests.filter(({ method }) => method === "POST")).toHaveLength(isSame ? 1 : 0);
    },
  );

  test("exits with 7 even if the reader of its output is gone", async () => {
    const { url } = await serverOf([]);
    expect(
      (await esim(["check", SIM], { env: keysFor(url), during: (child) => child.stdout?.destroy() })).code,
    ).toBe(7);
  });

  test("exits with the code of the error, not with 7, if the check itself fails", async () => {
    const { url } = await mockWith({ status: 401 });
    expect((await esim(["check", SIM], { env: keysFor(url) })).code).toBe(3);
  });
});

describe("the other parts of a SIM whose package works", () => {
  const REGISTERED = { iccid: SIM, sim_status: "IN_SERVICE" };
  const checkOf = async (sim: unknown, profile: unknown, line: unknown, ...flags: string[]) => {
    const { url } = await serviceOf({
      "GET /packages": pageOf("packages", [{ ...row(active), expiry_date: 0 }]),
      [`GET /sim-registries/${SIM}`]: sim,
      [`GET /euicc-profiles/${SIM}`]: profile,
      [`GET /sim-pcr-profiles/${SIM}`]: line,
    });
    return esim(["check", SIM, ...flags], { env: keysFor(url) });
  };
  const enabled = { ...PROFILE, state: "ENABLED" };
  const off = { ...LINE, data: { state: "DISABLED", active_throttling: "NO_LIMIT" } };

  test("are listed", async () => {
    const slow = {
      ...LINE,
      data: { state: "ENABLED", active_throttling: "SPEED_100_KBPS" },
      sms: [{ state: "DISABLED" }],
    };
    expect(await checkOf(REGISTERED, enabled, slow)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(
        "\n\nsim: IN_SERVICE\nprofile: ENABLED, in use on the device\nline: data on, at most 100 kbit/s, sms off\n",
      ),
    });
  });

  test.each<[string, unknown, unknown, unknown, string, string]>([
    [
      "TERMINATED",
      { ...REGISTERED, sim_status: "TERMINATED" },
      enabled,
      off,
      "SIM is TERMINATED",
      "sell another SIM",
    ],
    [
      "not assigned",
      { ...REGISTERED, sim_status: "WAITING_FOR_ASSIGNMENT" },
      enabled,
      LINE,
      "SIM not ready for service",
      "ask the operator",
    ],
    ["switched off", REGISTERED, PROFILE, off, "data is switched off", `esim line set ${SIM} --data on`],
    ["not downloaded", REGISTERED, PROFILE, LINE, "profile not yet downloaded", `esim qr ${SIM}`],
    [
      "without a code",
      REGISTERED,
      { ...PROFILE, activation_code: "" },
      LINE,
      "profile not yet downloaded",
      "ask support for the activation code",
    ],
    [
      "not released",
      REGISTERED,
      { ...PROFILE, state: "LINKED" },
      LINE,
      "profile not ready yet",
      "ask support",
    ],
    [
      "not enabled",
      REGISTERED,
      { ...PROFILE, state: "INSTALLED" },
      LINE,
      "profile not yet switched on",
      "have the traveller switch the eSIM on",
    ],
    [
      "deleted",
      REGISTERED,
      { ...PROFILE, state: "DELETED" },
      LINE,
      "profile deleted",
      `esim profile get ${SIM}`,
    ],
  ])("decide the result: %s", async (_, sim, profile, line, summary, next) => {
    const { code, stdout } = await checkOf(sim, profile, line);
    expect(code).toBe(7);
    expect(stdout).toContain(`✗ SIM ${SIM}: ${summary}`);
    expect(stdout).toContain(`\nnext: ${next}`);
    expect((await checkOf(sim, profile, line, "--quiet")).stdout).toBe("");
  });

  test("come after a problem with the package", async () => {
    const { url } = await serviceOf({
      "GET /packages": pageOf("packages", []),
      [`GET /sim-pcr-profiles/${SIM}`]: off,
    });
    const { stdout } = await esim(["check", SIM], { env: keysFor(url) });
    expect(stdout).toContain(`✗ SIM ${SIM}: no package\n`);
    expect(stdout).toContain(`line: data is switched off\n  esim line set ${SIM} --data on\n`);
  });

  test("are missing for an unknown ICCID, which is questioned before a purchase is suggested", async () => {
    const missing = answer(404, { message: "no" });
    const { url } = await serviceOf({
      "GET /packages": pageOf("packages", []),
      [`GET /sim-registries/${SIM}`]: missing,
      [`GET /euicc-profiles/${SIM}`]: missing,
      [`GET /sim-pcr-profiles/${SIM}`]: missing,
    });
    const { code, stdout } = await esim(["check", SIM], { env: keysFor(url) });
    expect(code).toBe(7);
    expect(stdout).toContain("\nnext: compare the ICCID with `esim sims list --all`; if ");
  });

  test.each([
    [401, "not allowed for these keys, 401"],
    [403, "not allowed for these keys, 403"],
    [404, "not found, 404"],
    [500, "failed with 500"],
    [501, "not offered by the server, 501"],
  ])("are not checked, and do not count, if the service answers %i", async (status, why) => {
    const failure = answer(status, { message: "no" });
    const { code, stdout } = await checkOf(failure, failure, failure);
    expect(code).toBe(0);
    expect(stdout).toContain(`\n\nnot checked: sim, profile, line (${why})\n`);
  });

  test.each([
    ["a page", (response: ServerResponse) => response.end("<p>Hi")],
    ["nothing", (response: ServerResponse) => response.end()],
    ["a list", answer(200, [])],
    ["null", answer(200, null)],
    ["none", (response: ServerResponse) => response.destroy()],
  ])("are not checked if the answer is %s", async (_, failure) => {
    const { code, stdout } = await checkOf(failure, failure, failure);
    expect(code).toBe(0);
    expect(stdout).toContain("not checked: ");
  });

  test("are printed in an unknown state, which does not count", async () => {
    const { code, stdout } = await checkOf(
      { ...REGISTERED, sim_status: "constructor" },
      { ...PROFILE, state: "LATER\u001b[31m" },
      { ...LINE, data: [{ state: "PAUSED" }] },
    );
    expect(code).toBe(0);
    expect(stdout).toContain("sim: unknown state constructor\n");
    expect(stdout).toContain("profile: unknown state LATER\\u{1b}[31m\n");
    expect(stdout).toContain("line: data unknown state PAUSED\n");
  });

  test
    .skipIf(NO_TERMINAL)
    .each(
      [
        ...[
          "AVAILABLE",
          "RELEASED",
          "DOWNLOADED",
          "INSTALLED",
          "ENABLED",
          "DISABLED",
          "ERROR",
          "UNAVAILABLE",
        ],
        "DELETED",
      ].flatMap((state) => [[state, "PRE_SERVICE"] as const, [state, "WAITING_FOR_ASSIGNMENT"] as const]),
    )("fit 60 columns, except for the next command: %s, %s", async (state, status) => {
    const { url } = await serviceOf({
      "GET /packages": pageOf("packages", [{ ...row(active), expiry_date: 0 }]),
      [`GET /sim-registries/${SIM}`]: { iccid: SIM, sim_status: status },
      [`GET /euicc-profiles/${SIM}`]: { ...PROFILE, state },
      [`GET /sim-pcr-profiles/${SIM}`]: status === "PRE_SERVICE" ? LINE : off,
    });
    const { stdout } = await atTerminal(["check", SIM], { env: keysFor(url), columns: 60 });
    const lines = seen(stdout).trimEnd().split("\n");
    for (const line of lines.filter((each) => !each.startsWith("next: ")))
      expect(width(line)).toBeLessThanOrEqual(60);
  });

  test("are rejected if they belong to another SIM", async () => {
    const other = { ...enabled, iccid: "8910300000045681963" };
    expect((await checkOf(REGISTERED, other, LINE)).stdout).toContain(
      "not checked: profile (the server answered for SIM 8910300000045681963",
    );
  });

  test("are part of the JSON", async () => {
    const { stdout } = await checkOf(REGISTERED, PROFILE, answer(501, {}), "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      works: false,
      summary: "profile not yet downloaded",
      parts: {
        sim: { works: true, said: ["IN_SERVICE"] },
        profile: { works: false, problem: { next: expect.stringContaining(`esim qr ${SIM}`) } },
        line: { why: "not offered by the server, 501" },
      },
    });
  });
});
