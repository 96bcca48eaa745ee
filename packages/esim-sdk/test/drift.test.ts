import { KEYS } from "@betatelltd/esim-testing";
import { describe, expect, test } from "vitest";
import {
  Configuration,
  CoreApi,
  createEsimClient,
  ESIMRSPApi,
  InventoryApi,
  PackagesApi,
  PCRProfileApi,
} from "../src/index.ts";

/** Responses outside the contract, as the live service has been seen to send them. */
const DRIFTED = {
  "an unknown status": { id: "pkg_1", status: "PAUSED" },
  "missing fields": { id: "pkg_1" },
  "additional fields": { id: "pkg_1", activation_date: 1761330317000, nested: { new: [true, null] } },
  "an integer where an object was promised": { id: "pkg_1", package_template: 21145354 },
  "64-bit numbers up to 2^53": { id: "pkg_1", data_usage_remaining: 2 ** 53, expiry_date: 1761935117000 },
  "a bare null": null,
  "an array": [],
  "a number": 0,
};

describe.each(Object.entries(DRIFTED))("%s", (_, body) => {
  const fetch = async () => Response.json(body, { status: 200 });
  const api = new PackagesApi(new Configuration({ ...KEYS, fetch }));

  test("is returned as received", async () => {
    expect(await api.getPackage("pkg_1")).toEqual({ status: 200, data: body });
    expect(await api.getPackages()).toEqual({ status: 200, data: body });
    expect((await api.createPackage({ sim: "8910300000045681955", package_template: 1 })).data).toEqual(body);
    const { data } = await createEsimClient({ ...KEYS, fetch }).GET("/packages");
    expect(data).toEqual(body);
  });
});

test("a success with an undocumented status is a success", async () => {
  const fetch = async () => Response.json({ id: "pkg_1" }, { status: 202 });
  const api = new PackagesApi(new Configuration({ ...KEYS, fetch }));
  expect((await api.createPackage({ sim: "8910300000045681955", package_template: 1 })).status).toBe(202);
});

describe("the rest of the API drifts as its clients' release notes describe", () => {
  const ICCID = "8910300000045681955";
  const answering = (body: unknown) => {
    const fetch = async () => Response.json(body);
    return new Configuration({ ...KEYS, fetch });
  };

  test.each<[string, object]>([
    ["voice and SMS as arrays", { data: { state: "ENABLED" }, voice: [{ state: "ENABLED" }], sms: [] }],
    ["an unknown speed", { data: { state: "ENABLED", active_throttling: "SPEED_9_GBPS" } }],
    ["no fields", {}],
  ])("a PCR profile with %s", async (_, body) => {
    expect((await new PCRProfileApi(answering(body)).getPCRProfile(ICCID)).data).toEqual(body);
  });

  test.each<[string, object]>([
    ["IDs instead of objects", { iccid: ICCID, group: 1001, inventory: 51952, company: 72571 }],
    ["an IMSI as a string", { iccid: ICCID, imsis: [{ sponsor_id: "200", imsi: "310260123456789" }] }],
    ["an undocumented state", { iccid: ICCID, sim_status: "ASSIGNED" }],
  ])("a SIM with %s", async (_, body) => {
    expect((await new InventoryApi(answering(body)).getESIM(ICCID)).data).toEqual(body);
  });

  test("an inventory that is Active, and a profile in an undocumented state", async () => {
    const page = { total: 1, count: 1, offset: 0, inventories: [{ id: 1, status: "Active" }] };
    expect((await new InventoryApi(answering(page)).getInventories()).data).toEqual(page);
    const profile = { iccid: ICCID, state: "PAUSED", imsi: 310260123456789 };
    expect((await new ESIMRSPApi(answering(profile)).getEUICCProfile(ICCID)).data).toEqual(profile);
  });

  test.each([401, 402])("%i as plain text is a typed error", async (status) => {
    const fetch = async () => new Response("Unauthorized\n", { status });
    const call = new CoreApi(new Configuration({ ...KEYS, fetch })).getCountries();
    await expect(call).rejects.toMatchObject({ status, body: "Unauthorized\n", outcomeUnknown: false });
  });
});
