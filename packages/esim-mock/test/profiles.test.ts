import jsQR from "jsqr";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { FREE_SIM } from "./account.ts";
import { checkedApi } from "./checked-api.ts";
import { errorMessage, fileForTest, keys, mockForTest } from "./mock-for-test.ts";

const EXAMPLE = "8910300000045681955";

async function started(options = {}) {
  const mock = await mockForTest({ stateful: true, ...options });
  return { mock, ...checkedApi(mock.url) };
}

describe("a PCR profile", () => {
  const RULES = `/sim-pcr-profiles/${EXAMPLE}`;

  test("lists what a SIM may use, and the wallets that it can be charged to", async () => {
    const { get } = await started();
    expect((await get(RULES)).body).toMatchObject({
      sim: EXAMPLE,
      data: { state: "ENABLED", active_throttling: "NO_LIMIT" },
      voice: { state: "ENABLED" },
      sms: { state: "ENABLED" },
      wallet_mode: "GROUP",
      wallets: [
        { wallet_type: "GROUP", owner: { group: 1001 } },
        { id: 99612820, wallet_type: "INVENTORY", owner: { inventory: 51952 } },
        { wallet_type: "SIM", owner: { sim: EXAMPLE } },
      ],
      route_policy: 1,
    });
  });

  test("exists for every SIM, and some lines are throttled or suspended", async () => {
    const { get } = await started();
    const { sims } = (await get("/sim-registries?count=1000")).body;
    const seen = new Set<string>();
    const wallets = new Set<number>();
    for (const { iccid } of sims) {
      const { sim, data, wallets: own } = (await get(`/sim-pcr-profiles/${iccid}`)).body;
      expect(sim).toBe(iccid);
      seen.add(`${data.state} ${data.active_throttling}`);
      wallets.add(own.at(-1).id);
    }
    expect([...seen].sort()).toEqual([
      "DISABLED SPEED_500_KBPS",
      "ENABLED NO_LIMIT",
      "ENABLED SPEED_500_KBPS",
    ]);
    expect(wallets.size).toBe(200);
  });

  test.each([
    [{ data: { state: "DISABLED" } }],
    [{ data: { state: "ENABLED", active_throttling: "SPEED_100_KBPS" } }],
    [{ voice: { state: "DISABLED" } }],
    [{ sms: { state: "DISABLED" }, wallet_mode: "SIM" }],
    [{ route_policy: 7 }],
    [{ route_policy: 1e300 }],
    [{}],
  ])("changes what %j names, and nothing else", async (change) => {
    const { get, put } = await started();
    const before = (await get(RULES)).body;
    const packages = (await get("/packages?count=1000")).body;
    expect(await put(RULES, change)).toEqual({ status: 204, body: undefined });
    expect((await get("/packages?count=1000")).body).toEqual(packages);
    const data = { ...before.data, ...("data" in change ? change.data : {}) };
    expect((await get(RULES)).body).toEqual({ ...before, ...change, data });
  });

  test("keeps earlier changes, and nothing that is not in the contract", async () => {
    const { get, put } = await started();
    const before = (await get(RULES)).body;
    await put(RULES, { data: { state: "ENABLED", active_throttling: "SPEED_500_KBPS" }, route_policy: 3 });
    await put(RULES, { data: { state: "DISABLED", note: "x" }, sim: "1", wallets: [], __proto: 1 });
    expect((await get(RULES)).body).toEqual({
      ...before,
      data: { state: "DISABLED", active_throttling: "SPEED_500_KBPS" },
      route_policy: 3,
    });
  });

  test.each([
    { data: {} },
    { data: { state: "OFF" } },
    { voice: {} },
    { data: { state: "ENABLED", active_throttling: "FAST" } },
    { wallet_mode: "INVENTORY" },
    [],
  ])("refuses %j", async (change) => {
    const { get, put } = await started();
    const before = (await get(RULES)).body;
    expect((await put(RULES, change)).status).toBe(400);
    expect((await get(RULES)).body).toEqual(before);
  });

  test.each([
    ["PUT", RULES, `{"route_policy":1e400}`],
    ["PUT", RULES, `{"route_policy":-1e400}`],
    ["POST", "/packages", `{"sim":"${FREE_SIM}","package_template":1e400}`],
    ["POST", "/packages", `{"sim":"${FREE_SIM}","package_template":21145354,"time_allowance":1e400}`],
  ])("%s %s is refused where a number is too large to represent: %s", async (method, path, body) => {
    const { mock, get } = await started();
    const before = (await get(RULES)).body;
    const headers = { ...keys, "x-user-id": "user", "content-type": "application/json" };
    const { status } = await fetch(mock.url + path, { method, headers, body });
    expect(status).toBe(400);
    expect((await get(RULES)).body).toEqual(before);
  });

  test("belongs to its user, and survives a restart but not a reset", async () => {
    const state = await fileForTest("state.db");
    const { mock, get, put } = await started({ state });
    const before = (await get(RULES)).body;
    await put(RULES, { voice: { state: "DISABLED" } });
    expect((await checkedApi(mock.url, "other").get(RULES)).body).toEqual(before);
    await mock.network.profile("user", EXAMPLE, "download");
    await mock.close();
    const again = await started({ state });
    expect((await again.get(RULES)).body).toEqual({ ...before, voice: { state: "DISABLED" } });
    expect((await again.get(`/euicc-profiles/${EXAMPLE}`)).body.state).toBe("DOWNLOADED");
    await again.mock.reset();
    expect((await again.get(RULES)).body).toEqual(before);
    expect((await again.get(`/euicc-profiles/${EXAMPLE}`)).body.state).toBe("RELEASED");
  });
});

describe("a QR code", () => {
  const qrCode = (url: string, iccid: string) =>
    fetch(`${url}/euicc-profiles/${iccid}/qrcode`, { headers: keys });

  test.each([EXAMPLE, FREE_SIM])("of %s is a PNG of the activation code", async (iccid) => {
    const { mock, get } = await started();
    const { activation_code } = (await get(`/euicc-profiles/${iccid}`)).body;
    const response = await qrCode(mock.url, iccid);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/png"]);
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get("content-length")).toBe(String(bytes.length));
    const { data, width, height } = PNG.sync.read(bytes);
    expect(jsQR(new Uint8ClampedArray(data), width, height)?.data).toBe(activation_code);
    expect(activation_code).toMatch(/^LPA:1\$smdp\.example\.com\$[A-Z\d]{4}(-[A-Z\d]{4}){3}$/);
  });

  test("is a 404 that explains why for a SIM without an activation code", async () => {
    const { mock, get } = await started();
    const { sims } = (await get("/sim-registries?count=1000")).body;
    for (const [status, states] of [
      ["WAITING_FOR_ASSIGNMENT", ["AVAILABLE"]],
      ["TERMINATED", ["DELETED", "UNAVAILABLE"]],
    ] as const) {
      const { iccid } = sims.find((each: { sim_status: string }) => each.sim_status === status);
      const response = await qrCode(mock.url, iccid);
      expect(response.status).toBe(404);
      expect(states.map((state) => `SIM has no activation code: its eUICC profile is ${state}`)).toContain(
        await errorMessage(response),
      );
    }
  });
});

describe("the countries", () => {
  interface Country {
    name: string;
    iso2: string;
    iso3: string;
  }

  test("are those of ISO 3166-1, by their English names", async () => {
    const { get } = await started();
    const { body } = await get("/countries?count=1000");
    expect(body).toMatchObject({ total: 249, count: 249, offset: 0 });
    const countries: Country[] = body.countries;
    for (const { name, iso2, iso3 } of countries)
      expect([name, iso2, iso3]).toEqual([
        expect.stringMatching(/\S/),
        expect.stringMatching(/^[A-Z]{2}$/),
        expect.stringMatching(/^[A-Z]{3}$/),
      ]);
    for (const code of ["iso2", "iso3", "name"] as const)
      expect(new Set(countries.map((each) => each[code])).size).toBe(249);
    expect(countries).toContainEqual({ name: "Germany", iso2: "DE", iso3: "DEU" });
    // Kosovo's codes are not in the standard.
    expect(countries.map(({ iso2 }) => iso2)).not.toContain("XK");
    const names = countries.map(({ name }) => name);
    expect(names).toEqual(names.toSorted((one, other) => one.localeCompare(other, "en")));
  });

  test("are paged, and include each country of the templates", async () => {
    const { get } = await started();
    const paged: Country[] = [];
    for (let offset = 0; offset < 249; offset += 100)
      paged.push(...(await get(`/countries?offset=${offset}`)).body.countries);
    expect(paged).toEqual((await get("/countries?count=1000")).body.countries);
    expect((await get("/countries?offset=300")).body).toEqual({
      total: 249,
      count: 0,
      offset: 300,
      countries: [],
    });
    const codes = paged.map(({ iso3 }) => iso3);
    const { package_templates } = (await get("/package-templates?count=1000")).body;
    for (const { supported_countries } of package_templates)
      for (const code of supported_countries) expect(codes).toContain(code);
  });
});

test("the status needs no keys, reports ok and the uptime, and a fault makes it a 503", async () => {
  const { mock } = await started();
  const response = await fetch(`${mock.url}/status`);
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    status: "ok",
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    uptime: expect.any(Number),
  });
  await mock.fault({ operation: "getStatus", status: 503, message: "Service unavailable", times: 1 });
  const failed = await fetch(`${mock.url}/status`);
  expect(failed.status).toBe(503);
  expect(await errorMessage(failed)).toBe("Service unavailable");
});
