import { inspect } from "node:util";
import { startHostileServer } from "@betatelltd/esim-testing";
import axios, { isAxiosError } from "axios";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { Configuration, CoreApi, ESIMRSPApi, EsimAxiosError, PackagesApi, SystemApi } from "../src/index.ts";

// What the cases of spec/conformance/faults cannot express.
describe("the hand-written layer", () => {
  const KEYS: Record<string, string> = { "x-user-id": "user-2b8d4e", "x-api-key": "key-7f3a9c" };
  const REQUEST = { sim: "8910300000045681955", package_template: 1 };
  const configured = (basePath: string, baseOptions = {}) =>
    new Configuration({ basePath, apiKey: (name: string) => KEYS[name] ?? "", baseOptions });

  async function serving(status: number, headers: Record<string, string>, body: string) {
    const server = await startHostileServer((response) => response.writeHead(status, headers).end(body));
    onTestFinished(() => server.close());
    return server;
  }
  const fails = (call: Promise<unknown>): Promise<EsimAxiosError> =>
    call.then(
      () => expect.unreachable("it resolved"),
      (error) => error,
    );

  afterEach(() => vi.useRealTimers());

  test("the default time limit is 30 seconds", async () => {
    vi.useFakeTimers();
    // Never answers, and gives up when it is aborted, as axios' adapters do.
    const adapter = ({ signal }: { signal: AbortSignal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(new axios.CanceledError())));
    const error = fails(new PackagesApi(configured("http://localhost", { adapter })).createPackage(REQUEST));
    let ended = false;
    error.finally(() => {
      ended = true;
    });
    await vi.advanceTimersByTimeAsync(29_999);
    expect(ended).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await error).toMatchObject({ code: "ETIMEDOUT", outcomeUnknown: true });
  });

  test("its errors are axios errors, with the status where code expects it", async () => {
    const server = await serving(400, {}, '{"message":"no"}');
    const error = await fails(new PackagesApi(configured(server.url)).createPackage(REQUEST));
    expect(isAxiosError(error)).toBe(true);
    expect(error).toBeInstanceOf(EsimAxiosError);
    expect(error).toMatchObject({ status: 400, response: { status: 400, data: { message: "no" } } });
  });

  test("an abort by the caller is reported; for a write, with an unknown outcome", async () => {
    const abortion = new AbortController();
    const server = await startHostileServer(() => abortion.abort());
    onTestFinished(() => server.close());
    const api = new PackagesApi(configured(server.url));
    const error = await fails(api.createPackage(REQUEST, { signal: abortion.signal }));
    expect(error).toMatchObject({ code: "ERR_CANCELED", outcomeUnknown: true });
    expect(await fails(api.getPackage("pkg_1", { signal: abortion.signal }))).toMatchObject({
      code: "ERR_CANCELED",
      outcomeUnknown: false,
    });
    expect(server.requests).toHaveLength(1);
  });

  test("a result shows no key either", async () => {
    const server = await serving(200, {}, '{"id":"pkg_1"}');
    const result = await new PackagesApi(configured(server.url)).getPackage("pkg_1");
    expect(result.data.id).toBe("pkg_1");
    const printed = inspect(result, { depth: 10, showHidden: true });
    expect(printed).toContain("[redacted]");
    for (const key of Object.values(KEYS)) expect(printed).not.toContain(key);
    expect(server.requests[0]?.headers).toMatchObject(KEYS);
  });

  test.each(["http", "fetch"])(
    "no redirect is followed by the adapter %s, however it is configured",
    async (adapter) => {
      const server = await serving(307, { location: "/elsewhere" }, "");
      const api = new PackagesApi(configured(server.url, { adapter, maxRedirects: 5 }));
      expect(await fails(api.createPackage(REQUEST))).toMatchObject({ status: 307, outcomeUnknown: true });
      expect(server.requests).toHaveLength(1);
    },
  );

  test("getStatus uses its own address in production, the base path elsewhere, and never a key", async () => {
    const sent: { url: string; headers: Record<string, unknown> }[] = [];
    const adapter = ({ url, headers }: { url: string; headers: Record<string, unknown> }) => {
      sent.push({ url, headers: { ...headers } });
      return Promise.reject(new Error("nothing is to be sent here"));
    };
    const production = "https://esim.betatel.com/api/v1";
    for (const basePath of [`${production}/esim`, "http://127.0.0.1:9/esim"]) {
      const configuration = configured(basePath, { adapter, headers: { "X-Api-Key": KEYS["x-api-key"] } });
      await fails(new SystemApi(configuration).getStatus());
      await fails(new CoreApi(configuration).getCountries());
    }
    expect(sent.map(({ url }) => url)).toEqual([
      `${production}/status`,
      `${production}/esim/countries`,
      "http://127.0.0.1:9/esim/status",
      "http://127.0.0.1:9/esim/countries",
    ]);
    const hasKey = sent.map(({ headers }) => Object.keys(headers).some((name) => /^x-api-key$/i.test(name)));
    expect(hasKey).toEqual([false, true, false, true]);
  });

  test.each(["http", "fetch"])("an image is returned as bytes by the adapter %s", async (adapter) => {
    const bytes = Buffer.from(Uint8Array.from({ length: 256 }, (_, at) => at));
    const server = await startHostileServer((response) =>
      response.writeHead(200, { "content-type": "image/png" }).end(bytes),
    );
    onTestFinished(() => server.close());
    const { data } = await new ESIMRSPApi(configured(server.url, { adapter })).getQRCode(REQUEST.sim);
    expect(data.constructor).toBe(Uint8Array);
    expect(Buffer.from(data)).toEqual(bytes);
  });

  test("a response that is nested too deeply is an error like any other", async () => {
    const server = await serving(500, {}, "[".repeat(60_000) + "]".repeat(60_000));
    const error = await fails(new PackagesApi(configured(server.url)).createPackage(REQUEST));
    expect(error).toMatchObject({ status: 500, outcomeUnknown: true });
  });

  test("an ID that equals the name of a path is an ID", async () => {
    const server = await serving(404, {}, "{}");
    const error = await fails(new PackagesApi(configured(server.url)).getPackage("countries"));
    expect(error.operation).toBe("getPackage");
  });

  test("the caller's own instance keeps its interceptors, and the promises", async () => {
    const instance = axios.create({ maxRedirects: 5, timeout: 1 });
    instance.interceptors.request.use((config) => {
      config.headers.set("x-trace", "1");
      return config;
    });
    const server = await serving(302, { location: "/elsewhere" }, "");
    const api = new PackagesApi(configured(server.url, { timeout: 20_000 }), undefined, instance);
    expect(await fails(api.getPackages())).toMatchObject({ status: 302 });
    expect(server.requests.map(({ headers }) => headers["x-trace"])).toEqual(["1"]);
  });
});
