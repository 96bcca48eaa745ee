import { StatementSync } from "node:sqlite";
import { expect, onTestFinished, test, vi } from "vitest";
import { account, FREE_SIM } from "./account.ts";
import { checkedApi } from "./checked-api.ts";
import { errorMessage, keys, mockForTest } from "./mock-for-test.ts";

type Topics = Record<string, unknown>;

/** Listens to a mock's events; each call returns the next one. */
async function listen(url: string, user = "user"): Promise<() => Promise<Topics>> {
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const response = await fetch(`${url}/_mock/events?user=${user}`, { signal: abort.signal });
  expect([response.status, response.headers.get("content-type")]).toEqual([
    200,
    "text/event-stream; charset=utf-8",
  ]);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return async () => {
    while (!text.includes("\n\n")) {
      const { value, done } = (await reader?.read()) ?? { value: "", done: true };
      if (done) throw new Error("the stream has ended");
      text += value;
    }
    const [event = "", ...rest] = text.split("\n\n");
    text = rest.join("\n\n");
    return JSON.parse(event.replace(/^data: /, "")) as Topics;
  };
}

/** Reads events until each of these topics has come, as a busy machine may split one event into two. */
async function until(next: () => Promise<Topics>, ...topics: string[]): Promise<Topics> {
  const came: Topics = {};
  while (!topics.every((topic) => topic in came)) Object.assign(came, await next());
  return came;
}

test("the first event has everything, and each later one what has changed", async () => {
  const mock = await mockForTest({ stateful: true });
  const next = await listen(mock.url);
  expect(Object.keys(await next()).sort()).toEqual(
    [
      "about",
      "accounts",
      "clock",
      "drift",
      "faults",
      "lines",
      "packages",
      "requests",
      "sims",
      "templates",
    ].sort(),
  );
  await account(mock.url).create(FREE_SIM);
  const changed = ["accounts", "packages", "requests", "sims"];
  expect(Object.keys(await until(next, ...changed)).sort()).toEqual(changed);
  await mock.fault({ status: 503 });
  expect(await next()).toEqual({ faults: [{ id: 1, met: 0, status: 503 }] });
});

test("an idle page gets a comment at least every 30 seconds, and a closed one none", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const { url } = await mockForTest();
  const abort = new AbortController();
  const response = await fetch(`${url}/_mock/events?user=me`, { signal: abort.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toMatch(/^data: /);
  for (let beats = 0; beats < 3; beats++) {
    vi.advanceTimersByTime(30_000);
    expect((await reader?.read())?.value).toMatch(/^(:[^\n]*\n\n)+$/);
  }
  abort.abort();
  await expect.poll(() => vi.getTimerCount()).toBe(0);
});

test("an account is read once per change however many pages are listening, and never without one", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const mock = await mockForTest({ stateful: true });
  const pages = await Promise.all(Array.from({ length: 20 }, () => listen(mock.url)));
  await Promise.all(pages.map((next) => next()));
  const lists = vi.spyOn(StatementSync.prototype, "all");
  onTestFinished(() => lists.mockRestore());
  await account(mock.url).create(FREE_SIM);
  const [event, ...others] = await Promise.all(pages.map((next) => next()));
  expect(event).toHaveProperty("packages");
  for (const other of others) expect(other).toEqual(event);
  // Packages, free SIMs, SIMs and accounts.
  expect(lists).toHaveBeenCalledTimes(4);
  for (let looks = 0; looks < 5; looks++) vi.advanceTimersByTime(1_000);
  expect(lists).toHaveBeenCalledTimes(4);
});

test("device events and new templates are pushed", async () => {
  const mock = await mockForTest({ stateful: true });
  const next = await listen(mock.url);
  await next();
  await mock.network.profile("user", FREE_SIM, "download");
  await checkedApi(mock.url).get("/inventories");
  expect(JSON.stringify((await until(next, "lines")).lines)).toContain(
    `"iccid":"${FREE_SIM}","sim_status":"PRE_SERVICE","profile_state":"DOWNLOADED"`,
  );
  await checkedApi(mock.url).post("/package-templates", {
    name: "Brand new",
    supported_countries: [],
    activation_type: "AUTO",
    data_usage_allowance: 1,
    time_allowance: { unit: "SECOND", duration: 1 },
    activation_time_allowance: 1,
    earliest_available_date: 0,
    latest_available_date: Date.UTC(2099, 0, 1),
    inventory: 51952,
  });
  expect(JSON.stringify((await until(next, "templates")).templates)).toContain("Brand new");
});

test("a package that expires is pushed", async () => {
  const mock = await mockForTest({ stateful: true });
  const { create, activate } = account(mock.url);
  const { id } = (await create(FREE_SIM, undefined, { time_allowance: 2 })).body;
  await activate(id);
  const next = await listen(mock.url);
  await next();
  const { packages } = await until(next, "packages");
  expect(JSON.stringify(packages)).toContain(`"id":"${id}","sim":"${FREE_SIM}"`);
});

test("without accounts there are no events about them", async () => {
  const { url } = await mockForTest();
  const next = await listen(url);
  expect(await next()).toMatchObject({ about: { mode: "examples" }, faults: [], requests: [] });
});

test("a listener does not keep the mock from closing", async () => {
  const mock = await mockForTest();
  const next = await listen(mock.url);
  await next();
  const ended = expect(next()).rejects.toThrow();
  await mock.close();
  await ended;
});

test.each([
  ["", 400, "x-user-id"],
  [`?user=${"x".repeat(129)}`, 400, "at most 128 characters"],
])("/_mock/events%s is refused", async (query, status, reason) => {
  const { url } = await mockForTest();
  const response = await fetch(`${url}/_mock/events${query}`);
  expect(response.status).toBe(status);
  expect(await errorMessage(response)).toContain(reason);
});

test("at most 100 can listen at once, and one that leaves makes room", async () => {
  const { url } = await mockForTest();
  const aborts = Array.from({ length: 100 }, () => new AbortController());
  const open = (signal?: AbortSignal) => fetch(`${url}/_mock/events?user=me`, signal ? { signal } : {});
  await Promise.all(aborts.map(({ signal }) => open(signal)));
  const refused = await open();
  expect(refused.status).toBe(503);
  expect(await errorMessage(refused)).toContain("close one");
  for (const abort of aborts) abort.abort();
  await expect.poll(async () => (await open(AbortSignal.timeout(10_000))).status).toBe(200);
});

test("accounts, templates, free SIMs and the mode can be fetched", async () => {
  const { url } = await mockForTest({ stateful: true });
  const ask = async (what: string) => (await fetch(`${url}/_mock/${what}`, { headers: keys })).json();
  await account(url, "first").create(FREE_SIM);
  await account(url, "second").list();
  expect(await ask("about")).toMatchObject({
    mode: "stateful",
    operations: expect.arrayContaining(["getPackages", "createPackage"]),
  });
  const { accounts } = (await ask("accounts")) as { accounts: { user: string; packages: number }[] };
  expect(accounts).toContainEqual({ user: "first", packages: 61 });
  expect(await ask("templates")).toMatchObject({ templates: expect.arrayContaining([]) });
  const { sims, total } = (await ask("sims")) as { sims: { iccid: string }[]; total: number };
  expect(sims.map(({ iccid }) => iccid)).toContain(FREE_SIM);
  expect(sims.length).toBe(total);
});

test("a request is logged with its time and user, and no other header", async () => {
  const mock = await mockForTest();
  const from = Date.now();
  await fetch(`${mock.url}/packages`, { headers: keys });
  const [request] = await mock.requests();
  expect(request).toEqual({
    number: 1,
    time: expect.any(Number),
    user: "user",
    method: "GET",
    path: "/packages",
    status: 200,
    notes: [],
  });
  expect(request?.time).toBeGreaterThanOrEqual(from);
  expect(request?.time).toBeLessThanOrEqual(Date.now());
});

test("with an upstream the user ID is a key and is not logged", async () => {
  const real = await mockForTest();
  const mock = await mockForTest({ upstream: real.url });
  await fetch(`${mock.url}/packages`, { headers: keys });
  expect((await mock.requests()).map(({ user }) => user)).toEqual([""]);
});
