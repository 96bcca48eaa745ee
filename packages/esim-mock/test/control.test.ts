import { describe, expect, test } from "vitest";
import { builtInSeed } from "../src/stateful/built-in-seed.ts";
import { account, FREE_SIM } from "./account.ts";
import { checkedApi } from "./checked-api.ts";
import { errorMessage, fileForTest, keys, mockForTest, postJson } from "./mock-for-test.ts";

const DAY = 86_400_000;
const AUTO_TEMPLATE = 21145355;
const stateful = () => mockForTest({ stateful: true });

describe("the clock", () => {
  test("moves expiry, windows and created dates", async () => {
    const mock = await stateful();
    const { create, get, activate } = account(mock.url);
    const { id } = (await create(FREE_SIM)).body;
    await activate(id);
    await mock.clock.advance("6d");
    expect((await get(id)).body.status).toBe("ACTIVE");
    await mock.clock.advance("1d");
    const { status, terminated_date, expiry_date } = (await get(id)).body;
    expect({ status, terminated_date }).toEqual({ status: "TERMINATED", terminated_date: expiry_date });

    const { now } = await mock.clock.read();
    const next = (await create(FREE_SIM)).body;
    expect(next.created_date).toBeGreaterThanOrEqual(now);
    await mock.clock.advance(30 * DAY + 1000);
    expect(await activate(next.id)).toMatchObject({
      status: 400,
      message: expect.stringContaining("its activation window closed at"),
    });
  });

  test("is read, advanced and set over HTTP", async () => {
    const { url } = await stateful();
    const read = async () =>
      (await fetch(`${url}/_mock/clock`)).json() as Promise<{ now: number; ahead: number }>;
    expect((await read()).ahead).toBe(0);
    expect((await postJson(`${url}/_mock/clock`, '{"advance":"7d"}')).status).toBe(200);
    expect((await read()).ahead).toBe(7 * DAY);
    await postJson(`${url}/_mock/clock`, '{"set":"2100-01-01T00:00:00Z"}');
    expect((await read()).now).toBeGreaterThanOrEqual(Date.UTC(2100, 0, 1));
  });

  test.each([
    '{"advance":"soon"}',
    '{"advance":-1}',
    "{}",
    '{"advance":"1d","set":1}',
    '{"set":"2000-01-01"}',
    '{"set":"x"}',
    '{"advance":"999999999w"}',
  ])("refuses %s and does not move", async (body) => {
    const mock = await stateful();
    const answer = await postJson(`${mock.url}/_mock/clock`, body);
    expect(answer.status).toBe(400);
    await errorMessage(answer);
    expect((await mock.clock.read()).ahead).toBe(0);
  });

  test("needs a stateful mock", async () => {
    const mock = await mockForTest();
    await expect(mock.clock.advance("1d")).rejects.toThrow("start it with --stateful");
  });
});

describe("the network", () => {
  test("uses up data, minutes and SMS, down to nothing", async () => {
    const mock = await stateful();
    const { create, get, activate } = account(mock.url);
    const { id, data_usage_remaining: data } = (await create(FREE_SIM)).body;
    await expect(mock.network.use("user", id, { data: 1 })).rejects.toThrow(
      "Package cannot use the network: it is NOT_ACTIVE",
    );
    await activate(id);
    await mock.network.use("user", id, { data: 1024, voice: 1, sms: 2 });
    expect((await get(id)).body).toMatchObject({
      data_usage_remaining: data - 1024,
      voice_usage_remaining: 59,
      sms_usage_remaining: 18,
    });
    await mock.network.use("user", id, { data: 2 ** 50, voice: 1e6, sms: 1e6 });
    expect((await get(id)).body).toMatchObject({
      data_usage_remaining: 0,
      voice_usage_remaining: 0,
      sms_usage_remaining: 0,
      status: "ACTIVE",
    });
  });

  test("activates a package of an AUTO template at its first use", async () => {
    const mock = await stateful();
    const { create, get } = account(mock.url);
    const { id } = (await create(FREE_SIM, AUTO_TEMPLATE)).body;
    const used = await mock.network.use("user", id, { data: 5 });
    expect(used.status).toBe("ACTIVE");
    const { activated_date, expiry_date, time_allowance } = (await get(id)).body;
    expect(expiry_date - activated_date).toBe(time_allowance * 1000);
  });

  test("suspends and resumes, also over HTTP, for the named user", async () => {
    const mock = await stateful();
    const { create, get, activate, terminate } = account(mock.url);
    const { id } = (await create(FREE_SIM)).body;
    await activate(id);
    const post = (what: string, headers = keys) =>
      fetch(`${mock.url}/_mock/packages/${id}/${what}`, { method: "POST", headers });
    expect((await post("suspend")).status).toBe(200);
    expect((await get(id)).body.status).toBe("SUSPENDED");
    expect(await errorMessage(await post("suspend"))).toBe("Package cannot be suspended: it is SUSPENDED");
    expect((await post("resume", { ...keys, "x-user-id": "somebody else" })).status).toBe(404);
    expect((await post("resume", {} as typeof keys)).status).toBe(400);
    expect((await post("resume")).status).toBe(200);
    await mock.network.suspend("user", id);
    expect((await terminate(id)).status).toBe(204);
  });
});

describe("a SIM on the network", () => {
  const IN_USE = "8910300000045681003"; // IN_SERVICE, its profile ENABLED, with an ACTIVE package.

  test("is downloaded, installed, enabled and used, which puts it in service and activates its package", async () => {
    const mock = await stateful();
    const { create, get } = account(mock.url);
    const api = checkedApi(mock.url);
    const { id, data_usage_remaining: data } = (await create(FREE_SIM, AUTO_TEMPLATE)).body;
    const state = async () => (await api.get(`/euicc-profiles/${FREE_SIM}`)).body;
    expect(await state()).toMatchObject({ state: "RELEASED", eid: "", reuse_remaining_count: 5 });
    for (const [event, after] of [
      ["download", "DOWNLOADED"],
      ["install", "INSTALLED"],
      ["enable", "ENABLED"],
      ["disable", "DISABLED"],
      ["enable", "ENABLED"],
    ] as const) {
      const { now } = await mock.clock.advance("1m");
      const reading = await mock.network.profile("user", FREE_SIM, event);
      expect(reading).toMatchObject({ iccid: FREE_SIM, sim_status: "PRE_SERVICE", profile_state: after });
      const profile = await state();
      expect(profile).toMatchObject({ state: after, reuse_remaining_count: 5, eid: reading.eid });
      expect(profile.last_operation_date).toBeGreaterThanOrEqual(now);
    }
    expect((await state()).eid).toMatch(/^\d{32}$/);
    const before = (await api.get(`/sim-registries?count=1000`)).body.sims;

    const traffic = await mock.network.traffic("user", FREE_SIM, { data: 1000 });
    expect(traffic).toMatchObject({
      sim_status: "IN_SERVICE",
      package: { id, status: "ACTIVE", data_usage_remaining: data - 1000 },
    });
    expect((await get(id)).body).toMatchObject({ status: "ACTIVE", data_usage_remaining: data - 1000 });
    expect((await api.get(`/sim-registries/${FREE_SIM}`)).body.sim_status).toBe("IN_SERVICE");
    const after = (await api.get(`/sim-registries?count=1000`)).body.sims;
    const changed = after.filter(
      (each: object, n: number) => JSON.stringify(each) !== JSON.stringify(before[n]),
    );
    expect(changed).toMatchObject([{ iccid: FREE_SIM, sim_status: "IN_SERVICE" }]);
    expect(changed[0].modified_date).toBeGreaterThan(changed[0].created_date);
    const { wallets } = (await api.get(`/sim-pcr-profiles/${FREE_SIM}`)).body;
    // Another user's SIM with the same number is unchanged, and so are its wallets.
    const other = checkedApi(mock.url, "other");
    expect((await other.get(`/sim-registries/${FREE_SIM}`)).body.sim_status).toBe("PRE_SERVICE");
    expect((await other.get(`/euicc-profiles/${FREE_SIM}`)).body.state).toBe("RELEASED");
    expect((await other.get(`/sim-pcr-profiles/${FREE_SIM}`)).body.wallets).toEqual(wallets);
  });

  test("is unchanged when its package is used by the package's ID", async () => {
    const mock = await stateful();
    const { create } = account(mock.url);
    const api = checkedApi(mock.url);
    const look = async () => [
      (await api.get(`/sim-registries/${FREE_SIM}`)).body,
      (await api.get(`/euicc-profiles/${FREE_SIM}`)).body,
    ];
    const before = await look();
    const { id } = (await create(FREE_SIM, AUTO_TEMPLATE)).body;
    expect((await mock.network.use("user", id, { data: 1 })).status).toBe("ACTIVE");
    expect(await look()).toEqual(before);
  });

  test("is downloaded again as often as its policy allows", async () => {
    const mock = await stateful();
    const download = () => mock.network.profile("user", FREE_SIM, "download");
    const left = [];
    for (let n = 0; n < 6; n += 1) left.push((await download()).reuse_remaining_count);
    expect(left).toEqual([5, 4, 3, 2, 1, 0]);
    await expect(download()).rejects.toThrow(
      "eUICC profile cannot be downloaded again: all 5 repeat downloads are used up",
    );
  });

  test("is downloaded again to the device that it is bound to, and only where its policy allows it", async () => {
    const profile = {
      iccid: FREE_SIM,
      imsi: "310260123456789",
      state: "DOWNLOADED",
      last_operation_date: 0,
      activation_code: "LPA:1$smdp.example.com$X",
      eid: "89049032000001000000000000000042",
    };
    const download = async (more: object) => {
      const seed = { ...builtInSeed(), euicc_profiles: [{ ...profile, ...more }] };
      const file = await fileForTest("seed.json", JSON.stringify(seed));
      const mock = await mockForTest({ stateful: true, seed: file });
      return mock.network.profile("user", FREE_SIM, "download");
    };
    expect(await download({})).toMatchObject({ eid: profile.eid, reuse_remaining_count: 4 });
    await expect(download({ reuse_enabled: false })).rejects.toThrow(
      "eUICC profile cannot be downloaded again: its reuse is not enabled",
    );
  });

  test("is deleted from its device, and downloaded to it again", async () => {
    const mock = await stateful();
    const events = ["download", "install", "enable", "disable", "delete", "download"] as const;
    const readings = [];
    for (const event of events) readings.push(await mock.network.profile("user", FREE_SIM, event));
    expect(readings.map(({ profile_state }) => profile_state).slice(-2)).toEqual(["DELETED", "DOWNLOADED"]);
    expect(readings.at(-1)?.reuse_remaining_count).toBe(4);
    expect(new Set(readings.map(({ eid }) => eid)).size).toBe(1);
  });

  test.each([
    ["install", "installed", "DOWNLOADED"],
    ["enable", "enabled", "INSTALLED or DISABLED"],
    ["disable", "disabled", "ENABLED"],
    ["delete", "deleted", "INSTALLED or DISABLED"],
  ] as const)("refuses to %s a profile that is only released", async (event, done, from) => {
    const mock = await stateful();
    await expect(mock.network.profile("user", FREE_SIM, event)).rejects.toThrow(
      `eUICC profile cannot be ${done}: it is RELEASED and must be ${from}`,
    );
  });

  test("needs an enabled profile, the service switched on, and an active package", async () => {
    const mock = await stateful();
    const { create, activate, list, terminate } = account(mock.url);
    const api = checkedApi(mock.url);
    const traffic = (usage: object = { data: 1 }) => mock.network.traffic("user", FREE_SIM, usage);
    const before = (await list("count=1000")).body;
    await expect(traffic()).rejects.toThrow("its eUICC profile is RELEASED, not ENABLED");
    for (const event of ["download", "install", "enable"] as const)
      await mock.network.profile("user", FREE_SIM, event);
    await expect(traffic()).rejects.toThrow("SIM cannot use the network: it has no package");
    expect((await list("count=1000")).body).toEqual(before);
    const { id } = (await create(FREE_SIM)).body;
    await expect(traffic()).rejects.toThrow(`it has no active package, ${id} is NOT_ACTIVE`);
    expect((await api.get(`/sim-registries/${FREE_SIM}`)).body.sim_status).toBe("PRE_SERVICE");
    await activate(id);
    await mock.network.suspend("user", id);
    await expect(traffic()).rejects.toThrow(`it has no active package, ${id} is SUSPENDED`);
    await mock.network.resume("user", id);

    const rules = `/sim-pcr-profiles/${FREE_SIM}`;
    expect((await api.put(rules, { data: { state: "DISABLED" }, sms: { state: "DISABLED" } })).status).toBe(
      204,
    );
    await expect(traffic()).rejects.toThrow("SIM cannot use data: DISABLED in its PCR profile");
    await expect(traffic({ data: 1, voice: 1, sms: 1 })).rejects.toThrow("SIM cannot use data and sms");
    await expect(mock.network.use("user", id, { data: 1 })).rejects.toThrow("SIM cannot use data");
    // Nothing is used up while it is off.
    expect((await traffic({ data: 0, voice: 1 })).package.voice_usage_remaining).toBe(59);
    await api.put(rules, { data: { state: "ENABLED" } });
    expect((await traffic()).package.data_usage_remaining).toBe(5 * 2 ** 30 - 1);
    expect((await traffic({ data: 2 ** 50 })).package).toMatchObject({
      data_usage_remaining: 0,
      status: "ACTIVE",
    });
    for (const event of ["disable", "enable"] as const) {
      const { profile_state } = await mock.network.profile("user", FREE_SIM, event);
      if (profile_state === "DISABLED")
        await expect(traffic()).rejects.toThrow("its eUICC profile is DISABLED, not ENABLED");
    }
    await terminate(id);
    await expect(traffic()).rejects.toThrow("it has no package");
    expect((await api.get(`/sim-registries/${FREE_SIM}`)).body.sim_status).toBe("IN_SERVICE");
  });

  test("that is over, or not assigned yet, does nothing", async () => {
    const mock = await stateful();
    const api = checkedApi(mock.url);
    const { sims } = (await api.get("/sim-registries?count=1000")).body;
    for (const status of ["TERMINATED", "WAITING_FOR_ASSIGNMENT"]) {
      const { iccid } = sims.find((each: { sim_status: string }) => each.sim_status === status);
      await expect(mock.network.profile("user", iccid, "download")).rejects.toThrow(`its SIM is ${status}`);
      await expect(mock.network.traffic("user", iccid, {})).rejects.toThrow(`it is ${status}`);
    }
  });

  test("is controlled over HTTP, for the named user", async () => {
    const { url } = await stateful();
    const post = (what: string, body: string, headers: Record<string, string> = keys) =>
      postJson(`${url}/_mock/sims/${IN_USE}/${what}`, body, headers);
    const used = await post("traffic", '{"data":5}');
    expect(used.status).toBe(200);
    expect(await used.json()).toMatchObject({
      iccid: IN_USE,
      sim_status: "IN_SERVICE",
      profile_state: "ENABLED",
      package: { id: "pkg_123456", status: "ACTIVE" },
    });
    const disabled = await post("profile", '{"event":"disable"}');
    expect(await disabled.json()).toMatchObject({ iccid: IN_USE, profile_state: "DISABLED" });
    expect((await post("profile", '{"event":"disable"}', { "x-user-id": "other" })).status).toBe(200);
    expect((await post("profile", '{"event":"enable"}', {})).status).toBe(400);
    const lines = (await (await fetch(`${url}/_mock/lines`, { headers: keys })).json()) as {
      total: number;
      lines: { iccid: string }[];
    };
    expect(lines.total).toBe(200);
    expect(lines.lines.find(({ iccid }) => iccid === IN_USE)).toEqual({
      iccid: IN_USE,
      inventory: 51953,
      sim_status: "IN_SERVICE",
      profile_state: "DISABLED",
      reuse_remaining_count: 5,
      eid: expect.stringMatching(/^\d{32}$/),
      data: "ENABLED",
      active_throttling: "NO_LIMIT",
      voice: "ENABLED",
      sms: "ENABLED",
    });
  });

  test.each([
    ["profile", "{}", "event must be one of download, install, enable, disable, delete"],
    ["profile", '{"event":"explode"}', "event must be one of"],
    ["profile", '{"event":"toString"}', "event must be one of"],
    ["profile", '{"event":["download"]}', "event must be one of"],
    ["profile", '{"event":null}', "event must be one of"],
    ["profile", '{"event":"download","eid":"1"}', 'no field "eid"'],
    ["profile", "[]", "must be a JSON object"],
    ["traffic", '{"data":-1}', "data must be a whole number"],
    ["traffic", '{"data":1.5}', "data must be a whole number"],
    ["traffic", '{"data":1e300}', "data must be a whole number"],
    ["traffic", '{"voice":"1"}', "voice must be a whole number"],
    ["traffic", '{"__proto__":{"data":1}}', 'no field "__proto__"'],
    ["traffic", "{", "not valid JSON"],
  ])("refuses %s %s", async (what, body, message) => {
    const { url } = await stateful();
    const answer = await postJson(`${url}/_mock/sims/${IN_USE}/${what}`, body);
    expect(answer.status).toBe(400);
    expect(await errorMessage(answer)).toContain(message);
  });

  test.each(["8910300000000000000", "nonsense", "a/b", "\u0000", "ä", "__proto__", "1".repeat(5_000)])(
    "there is no SIM %j",
    async (iccid) => {
      const mock = await stateful();
      await expect(mock.network.profile("user", iccid, "download")).rejects.toMatchObject({
        status: 404,
        message: "SIM not found",
      });
      await expect(mock.network.traffic("user", iccid, {})).rejects.toMatchObject({ status: 404 });
    },
  );

  test("needs a stateful mock", async () => {
    const mock = await mockForTest();
    await expect(mock.network.profile("user", FREE_SIM, "download")).rejects.toThrow("--stateful");
    await expect(mock.network.traffic("user", FREE_SIM, { data: 1 })).rejects.toThrow("--stateful");
  });
});

describe("a fault", () => {
  const list = (url: string) => fetch(`${url}/packages`, { headers: keys });

  test("answers with a status, as many times as requested", async () => {
    const mock = await mockForTest();
    await mock.fault({ operation: "getPackages", times: 2, status: 429, retryAfter: 7 });
    const first = await list(mock.url);
    expect([first.status, first.headers.get("retry-after")]).toEqual([429, "7"]);
    expect(await errorMessage(first)).toBe("The mock was asked to answer 429");
    expect((await fetch(`${mock.url}/packages/x`, { headers: keys })).status).toBe(200);
    expect((await list(mock.url)).status).toBe(429);
    expect((await list(mock.url)).status).toBe(200);
    expect(await mock.faults()).toEqual([]);
  });

  test.each(["before", "after"] as const)("cuts the connection %s the write is committed", async (drop) => {
    const mock = await stateful();
    const { create, list: all } = account(mock.url);
    await mock.fault({ operation: "createPackage", times: 1, drop });
    await expect(create(FREE_SIM)).rejects.toThrow("fetch failed");
    expect((await all(`sim=${FREE_SIM}`)).body.total).toBe(drop === "after" ? 1 : 0);
  });

  test("stalls after acting", async () => {
    const mock = await stateful();
    await mock.fault({ stall: true, times: 1 });
    await expect(
      fetch(`${mock.url}/packages`, { headers: keys, signal: AbortSignal.timeout(200) }),
    ).rejects.toThrow();
    expect((await list(mock.url)).status).toBe(200);
  });

  test("truncates the JSON", async () => {
    const mock = await mockForTest();
    await mock.fault({ truncate: true, times: 1 });
    const answer = await list(mock.url);
    expect(answer.status).toBe(200);
    await expect(answer.json()).rejects.toThrow(SyntaxError);
  });

  test("delays first, and combines with other effects", async () => {
    const mock = await mockForTest();
    await mock.fault({ latency: "1h", status: 503, times: 1 });
    await expect(
      fetch(`${mock.url}/packages`, { headers: keys, signal: AbortSignal.timeout(200) }),
    ).rejects.toThrow();
    await mock.fault({ latency: 1, status: 503, times: 1 });
    expect((await list(mock.url)).status).toBe(503);
  });

  test("applies to a share of the requests", async () => {
    const mock = await mockForTest();
    await mock.fault({ share: 0.5, status: 500 });
    const statuses = [];
    for (let n = 0; n < 60; n++) statuses.push((await list(mock.url)).status);
    expect(new Set(statuses)).toEqual(new Set([200, 500]));
  });

  test("is listed with how often it applied, and removed", async () => {
    const { url } = await mockForTest();
    const ordered = (await (await postJson(`${url}/_mock/faults`, '{"status":500}')).json()) as {
      id: number;
    };
    await list(url);
    expect(await (await fetch(`${url}/_mock/faults`)).json()).toEqual([
      { id: ordered.id, met: 1, status: 500 },
    ]);
    expect((await fetch(`${url}/_mock/faults/${ordered.id}`, { method: "DELETE" })).status).toBe(204);
    expect((await fetch(`${url}/_mock/faults/${ordered.id}`, { method: "DELETE" })).status).toBe(404);
    expect((await list(url)).status).toBe(200);
  });

  test.each([
    ["{}", "needs at least one of"],
    ['{"status":200}', "status must be from 400 to 599"],
    ['{"status":500,"operation":"getPackage5"}', 'no operation "getPackage5"'],
    ['{"status":500,"times":0}', "times must be"],
    ['{"status":500,"share":2}', "share must be"],
    ['{"drop":"sometimes"}', "drop must be"],
    ['{"latency":"long"}', "latency must be"],
    ['{"stauts":500}', 'no field "stauts"'],
    ["{", "not valid JSON"],
  ])("such as %s is refused", async (body, message) => {
    const mock = await mockForTest();
    const answer = await postJson(`${mock.url}/_mock/faults`, body);
    expect(answer.status).toBe(400);
    expect(await errorMessage(answer)).toContain(message);
    expect(await mock.faults()).toEqual([]);
  });
});

test("reset restores everything", async () => {
  const mock = await stateful();
  const { create, list } = account(mock.url);
  const before = (await list("count=1000")).body;
  await create(FREE_SIM);
  await mock.clock.advance("3d");
  await mock.fault({ status: 500 });
  expect((await fetch(`${mock.url}/_mock/reset`, { method: "POST" })).status).toBe(204);
  expect((await list("count=1000")).body).toEqual(before);
  expect((await mock.clock.read()).ahead).toBe(0);
});

test("unknown control routes get 404, wrong methods 405", async () => {
  const { url } = await mockForTest();
  const unknown = await fetch(`${url}/_mock/weather`);
  expect(unknown.status).toBe(404);
  expect(await errorMessage(unknown)).toContain("POST /_mock/clock");
  const wrong = await fetch(`${url}/_mock/clock`, { method: "DELETE" });
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, POST"]);
});

test("with control off, the control routes do not exist", async () => {
  const { url } = await mockForTest({ control: false });
  expect((await fetch(`${url}/_mock/clock`)).status).toBe(404);
});
