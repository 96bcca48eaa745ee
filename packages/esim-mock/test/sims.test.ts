import { describe, expect, test } from "vitest";
import { builtInSeed } from "../src/stateful/built-in-seed.ts";
import { FREE_SIM, TEMPLATE } from "./account.ts";
import { checkedApi } from "./checked-api.ts";
import { mockForTest } from "./mock-for-test.ts";

const EXAMPLE = "8910300000045681955";

async function api(options = {}) {
  const { url } = await mockForTest({ stateful: true, ...options });
  return checkedApi(url);
}

describe("the inventories", () => {
  test("are nested, newest first, and belong to a company", async () => {
    const { get } = await api();
    const { body } = await get("/inventories");
    expect(body).toMatchObject({ total: 3, count: 3, offset: 0 });
    const [, , root] = body.inventories;
    expect(root).toMatchObject({
      id: 51952,
      name: "Travel eSIMs",
      company: 72571,
      parent_inventory: 0,
      wallet: 99612820,
      whitelist: 11599,
    });
    const ids = body.inventories.map(({ id }: { id: number }) => id);
    for (const { parent_inventory } of body.inventories) expect([0, ...ids]).toContain(parent_inventory);
    const created = body.inventories.map(({ created_date }: { created_date: number }) => created_date);
    expect(created).toEqual(created.toSorted((one: number, other: number) => other - one));
    expect((await get("/inventories?company=72571")).body.total).toBe(3);
    expect((await get("/inventories?company=1")).body).toEqual({
      total: 0,
      count: 0,
      offset: 0,
      inventories: [],
    });
    expect((await get("/inventories?count=1&offset=2")).body).toMatchObject({
      total: 3,
      count: 1,
      offset: 2,
      inventories: [{ id: 51952 }],
    });
  });
});

describe("the SIMs", () => {
  interface Row {
    iccid: string;
    sim_status: string;
    created_date: number;
    inventory: number;
    group?: number;
  }

  test("are listed newest first, and page without a gap or a repetition", async () => {
    const { get } = await api();
    const all = (await get("/sim-registries?count=1000")).body;
    expect(all).toMatchObject({ total: 200, count: 200, offset: 0 });
    const created = all.sims.map(({ created_date }: Row) => created_date);
    expect(created).toEqual(created.toSorted((one: number, other: number) => other - one));
    const paged: Row[] = [];
    for (let offset = 0; offset < 200; offset += 37) {
      const { body } = await get(`/sim-registries?count=37&offset=${offset}`);
      expect(body).toMatchObject({ total: 200, offset, count: body.sims.length });
      paged.push(...body.sims);
    }
    expect(paged).toEqual(all.sims);
    expect((await get("/sim-registries")).body.count).toBe(100);
    expect((await get("/sim-registries?offset=200")).body).toMatchObject({ total: 200, count: 0, sims: [] });
    expect((await get("/sim-registries?offset=1e300&count=1e300")).body).toMatchObject({
      total: 200,
      count: 0,
    });
  });

  test("are filtered by group and inventory", async () => {
    const { get } = await api();
    const all: Row[] = (await get("/sim-registries?count=1000")).body.sims;
    for (const inventory of [undefined, 51952, 51953, 51954, 1]) {
      for (const group of [undefined, 1001, 1]) {
        const query = Object.entries({ inventory, group }).flatMap(([name, value]) =>
          value === undefined ? [] : [`${name}=${value}`],
        );
        const expected = all.filter(
          (each) =>
            [undefined, each.inventory].includes(inventory) && (group === undefined || each.group === group),
        );
        const { body } = await get(`/sim-registries?${[...query, "count=1000"].join("&")}`);
        expect(body.total).toBe(expected.length);
        expect(body.sims).toEqual(expected);
      }
    }
  });

  test("have IDs in the list, and names in the detail", async () => {
    const { get } = await api();
    const listed = (await get("/sim-registries?count=1000")).body.sims.find(
      ({ iccid }: Row) => iccid === EXAMPLE,
    );
    expect(listed).toMatchObject({ group: 1001, inventory: 51952, company: 72571 });
    expect((await get(`/sim-registries/${EXAMPLE}`)).body).toEqual({
      iccid: EXAMPLE,
      sim_status: "PRE_SERVICE",
      group: { id: 1001, name: "Web shop" },
      inventory: { id: 51952, name: "Travel eSIMs" },
      company: { id: 72571, name: "Example Travel" },
      provisioned_date: listed.created_date,
      terminated_date: 0,
      imsis: listed.imsis,
      mapped_imsi: listed.mapped_imsi,
    });
    expect(listed.mapped_imsi).toBeGreaterThan(2 ** 31);
    expect(String(listed.mapped_imsi)).toHaveLength(15);
  });

  test("and their profiles are in every plausible pair of states, and no other", async () => {
    const { get } = await api();
    const sims: Row[] = (await get("/sim-registries?count=1000")).body.sims;
    const pairs = new Set<string>();
    const codes = new Set<string>();
    for (const { iccid, sim_status } of sims) {
      const { state, activation_code, eid } = (await get(`/euicc-profiles/${iccid}`)).body;
      pairs.add(`${sim_status} ${state}`);
      const hasCode = ["RELEASED", "DOWNLOADED", "INSTALLED", "ENABLED", "DISABLED"].includes(state);
      expect(activation_code).toMatch(hasCode ? /^LPA:1\$smdp\.example\.com\$[A-Z\d-]+$/ : /^$/);
      if (activation_code) codes.add(activation_code);
      expect(eid).toMatch(/^(\d{32})?$/);
      if (eid) expect(BigInt(eid) % 97n).toBe(1n);
    }
    expect([...pairs].sort()).toEqual([
      "IN_SERVICE DISABLED",
      "IN_SERVICE ENABLED",
      "PRE_SERVICE DOWNLOADED",
      "PRE_SERVICE ENABLED",
      "PRE_SERVICE INSTALLED",
      "PRE_SERVICE RELEASED",
      "TERMINATED DELETED",
      "TERMINATED UNAVAILABLE",
      "WAITING_FOR_ASSIGNMENT AVAILABLE",
    ]);
    const withCode = sims.filter(
      ({ sim_status }) => sim_status !== "TERMINATED" && sim_status !== "WAITING_FOR_ASSIGNMENT",
    );
    expect(codes.size).toBe(withCode.length);
  });

  test("of packages are those of the seed, which are in service if their package was activated", async () => {
    const { get } = await api();
    for (const { sim, status } of builtInSeed().packages) {
      const { body } = await get(`/sim-registries/${sim}`);
      expect([sim, status, body.sim_status]).toEqual([
        sim,
        status,
        status === "NOT_ACTIVE" ? "PRE_SERVICE" : "IN_SERVICE",
      ]);
      const packages = (await get(`/packages?sim=${sim}&inventory=${body.inventory.id}`)).body;
      expect(packages.total).toBe(1);
    }
  });

  test("that do not exist are a 404 in every operation", async () => {
    const { get, put } = await api();
    const unknown = "8910300000000000000";
    const gone = { status: 404, body: { message: "SIM not found", statusCode: 404 } };
    for (const path of ["sim-registries", "sim-pcr-profiles", "euicc-profiles"])
      expect(await get(`/${path}/${unknown}`)).toEqual(gone);
    expect(await get(`/euicc-profiles/${unknown}/qrcode`)).toEqual(gone);
    expect(await put(`/sim-pcr-profiles/${unknown}`, {})).toEqual(gone);
    expect((await get("/sim-registries/123")).status).toBe(400);
  });
});

test("a terminated or unassigned SIM gets no package and is not listed as free", async () => {
  const { url } = await mockForTest({ stateful: true });
  const { get, post } = checkedApi(url);
  const sims = (await get("/sim-registries?count=1000")).body.sims as { iccid: string; sim_status: string }[];
  const { sims: free } = (await (
    await fetch(`${url}/_mock/sims`, { headers: { "x-user-id": "user" } })
  ).json()) as { sims: { iccid: string }[] };
  const states = ["TERMINATED", "WAITING_FOR_ASSIGNMENT"];
  for (const status of states) {
    const { iccid = "" } = sims.find(({ sim_status }) => sim_status === status) ?? {};
    const refused = await post("/packages", { sim: iccid, package_template: TEMPLATE });
    expect(refused).toEqual({
      status: 400,
      body: { message: `SIM ${iccid} cannot have a package: it is ${status}`, statusCode: 400 },
    });
  }
  const stateOf = new Map(sims.map(({ iccid, sim_status }) => [iccid, sim_status]));
  expect(free.length).toBeGreaterThan(100);
  for (const { iccid } of free) expect(states).not.toContain(stateOf.get(iccid));
  expect((await post("/packages", { sim: FREE_SIM, package_template: TEMPLATE })).status).toBe(201);
});
