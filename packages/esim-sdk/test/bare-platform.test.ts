import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { KEYS } from "@betatelltd/esim-testing";
import { expect, test } from "vitest";

/** What an API class needs according to the README, besides JavaScript itself and its timers. */
const NEEDED = { fetch, Request, Response, Headers, AbortController, URL, performance };

const source = readFileSync(new URL("../dist/index.cjs", import.meta.url), "utf8");

/** Runs the build for browsers with nothing else available. As on React Native, responses have no stream either. */
function onBarePlatform(answer: (request: Request) => Promise<Response> | Response) {
  const exports = {} as typeof import("../src/index.ts");
  const platform = {
    ...NEEDED,
    setTimeout,
    clearTimeout,
    fetch: async (request: Request) => {
      const response = await answer(request);
      return Object.defineProperty(response, "body", { value: undefined });
    },
  };
  runInNewContext(`(function (exports, require) {${source}\n})`, platform)(exports, () => ({}));
  const { PackagesApi, ESIMRSPApi, Configuration } = exports;
  const baseOptions = { maxRetries: 0, timeout: 100 };
  const configuration = new Configuration({ ...KEYS, basePath: "https://example.com", baseOptions });
  return { api: new PackagesApi(configuration), profiles: new ESIMRSPApi(configuration), exports };
}

test("a call needs nothing beyond what the README lists", async () => {
  const { api } = onBarePlatform((request) => {
    expect(request.headers.get("x-api-key")).toBe(KEYS.apiKey);
    return new Response('{"total":0,"packages":[]}');
  });
  const { data, headers, requestId } = await api.getPackages({ count: 1 });
  expect({ data, type: headers.get("content-type"), requestId }).toEqual({
    data: { total: 0, packages: [] },
    type: "text/plain;charset=UTF-8",
    requestId: undefined,
  });
});

test("neither does an image", async () => {
  const bytes = Uint8Array.of(0x89, 0x50, 0, 255, 254, 128);
  const headers = { "content-type": "image/png" };
  const { profiles } = onBarePlatform(() => new Response(bytes, { headers }));
  expect([...(await profiles.getQRCode("8910300000045681955")).data]).toEqual([...bytes]);
});

test("neither does an error or an abort", async () => {
  const { api, exports } = onBarePlatform((request) =>
    request.method === "GET"
      ? new Response(`<p>${KEYS.apiKey}`, { status: 500 })
      : new Promise<Response>(() => {}),
  );
  const failed = await api.getPackage("x").catch((error) => error);
  expect(exports.ServerError.isInstance(failed)).toBe(true);
  expect(failed.body).toBe("<p>[redacted]");
  expect(await failed.response.text()).toBe("<p>[redacted]");
  const late = await api.activatePackage("x").catch((error) => error);
  expect(late).toMatchObject({ name: "EsimTimeoutError", outcomeUnknown: true });
  const controller = new AbortController();
  const aborted = api.activatePackage("x", { signal: controller.signal }).catch((error) => error);
  setTimeout(() => controller.abort(new Error("cancelled")), 10);
  expect(await aborted).toMatchObject({ name: "AbortError", message: "cancelled", outcomeUnknown: true });
});

test("neither does a list or a purchase", async () => {
  const rows = [{ id: "a" }, { id: "b" }];
  const { api, exports } = onBarePlatform((request) =>
    request.method === "GET"
      ? Response.json({ total: 2, packages: rows })
      : Response.json({ id: "c" }, { status: 201 }),
  );
  const seen = [];
  for await (const { id } of api.iteratePackages()) seen.push(id);
  expect(seen).toEqual(["a", "b"]);
  const request = { sim: "8910300000045681955", package_template: 1 };
  expect(await exports.createPackageOnce(api, request)).toMatchObject({ found: false, data: { id: "c" } });
});
