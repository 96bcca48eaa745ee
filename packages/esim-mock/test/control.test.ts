import { describe, expect, test } from "vitest";
import { account, FREE_SIM } from "./account.ts";
import { errorMessage, keys, mockForTest, postJson } from "./mock-for-test.ts";

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
  ])("refuses %s and stays", async (body) => {
    const mock = await stateful();
    const answer = await postJson(`${mock.url}/_mock/clock`, body);
    expect(answer.status).toBe(400);
    await errorMessage(answer);
    expect((await mock.clock.read()).ahead).toBe(0);
  });

  test("is not there where nothing is remembered", async () => {
    const mock = await mockForTest();
    await expect(mock.clock.advance("1d")).rejects.toThrow("start it with --stateful");
  });
});

describe("the network", () => {
  test("uses data, minutes and SMS up, down to nothing", async () => {
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

  test("suspends and resumes, also over HTTP, for the user who is named", async () => {
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

describe("a fault", () => {
  const list = (url: string) => fetch(`${url}/packages`, { headers: keys });

  test("answers with a status, as often as it was ordered", async () => {
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

  test("cuts the JSON short", async () => {
    const mock = await mockForTest();
    await mock.fault({ truncate: true, times: 1 });
    const answer = await list(mock.url);
    expect(answer.status).toBe(200);
    await expect(answer.json()).rejects.toThrow(SyntaxError);
  });

  test("waits first, and goes with others", async () => {
    const mock = await mockForTest();
    await mock.fault({ latency: "1h", status: 503, times: 1 });
    await expect(
      fetch(`${mock.url}/packages`, { headers: keys, signal: AbortSignal.timeout(200) }),
    ).rejects.toThrow();
    await mock.fault({ latency: 1, status: 503, times: 1 });
    expect((await list(mock.url)).status).toBe(503);
  });

  test("meets a share of the requests", async () => {
    const mock = await mockForTest();
    await mock.fault({ share: 0.5, status: 500 });
    const statuses = [];
    for (let n = 0; n < 60; n++) statuses.push((await list(mock.url)).status);
    expect(new Set(statuses)).toEqual(new Set([200, 500]));
  });

  test("is listed with how often it struck, and taken back", async () => {
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
    ["{}", "needs one of"],
    ['{"status":200}', "status must be from 400 to 599"],
    ['{"status":500,"operation":"getPackage5"}', 'no operation "getPackage5"'],
    ['{"status":500,"times":0}', "times must be"],
    ['{"status":500,"share":2}', "share must be"],
    ['{"drop":"sometimes"}', "drop must be"],
    ['{"latency":"long"}', "latency must be"],
    ['{"stauts":500}', 'no field "stauts"'],
    ["{", "not valid JSON"],
  ])("like %s is refused", async (body, message) => {
    const mock = await mockForTest();
    const answer = await postJson(`${mock.url}/_mock/faults`, body);
    expect(answer.status).toBe(400);
    expect(await errorMessage(answer)).toContain(message);
    expect(await mock.faults()).toEqual([]);
  });
});

test("reset brings everything back", async () => {
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

test("controls that there are not are told apart", async () => {
  const { url } = await mockForTest();
  const unknown = await fetch(`${url}/_mock/weather`);
  expect(unknown.status).toBe(404);
  expect(await errorMessage(unknown)).toContain("POST /_mock/clock");
  const wrong = await fetch(`${url}/_mock/clock`, { method: "DELETE" });
  expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET, POST"]);
});

test("with control off they are not part of the API", async () => {
  const { url } = await mockForTest({ control: false });
  expect((await fetch(`${url}/_mock/clock`)).status).toBe(404);
});
