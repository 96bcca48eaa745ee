import { KEYS } from "@betatelltd/esim-testing";
import { describe, expect, test } from "vitest";
import { Configuration, createEsimClient, PackagesApi } from "../src/index.ts";

/** Answers that the contract does not know, as the live service has been seen to send them. */
const DRIFTED = {
  "an unknown status": { id: "pkg_1", status: "PAUSED" },
  "missing fields": { id: "pkg_1" },
  "a field more": { id: "pkg_1", activation_date: 1761330317000, nested: { new: [true, null] } },
  "an integer where an object was promised": { id: "pkg_1", package_template: 21145354 },
  "64-bit numbers up to 2^53": { id: "pkg_1", data_usage_remaining: 2 ** 53, expiry_date: 1761935117000 },
  "a bare null": null,
  "a list": [],
  "a number": 0,
};

describe.each(Object.entries(DRIFTED))("%s", (_, body) => {
  const fetch = async () => Response.json(body, { status: 200 });
  const api = new PackagesApi(new Configuration({ ...KEYS, fetch }));

  test("is handed over as it came", async () => {
    expect(await api.getPackage("pkg_1")).toEqual({ status: 200, data: body });
    expect(await api.getPackages()).toEqual({ status: 200, data: body });
    expect((await api.createPackage({ sim: "8910300000045681955", package_template: 1 })).data).toEqual(body);
    const { data } = await createEsimClient({ ...KEYS, fetch }).GET("/packages");
    expect(data).toEqual(body);
  });
});

test("a success with another status than the documented one is a success", async () => {
  const fetch = async () => Response.json({ id: "pkg_1" }, { status: 202 });
  const api = new PackagesApi(new Configuration({ ...KEYS, fetch }));
  expect((await api.createPackage({ sim: "8910300000045681955", package_template: 1 })).status).toBe(202);
});
