import { readdir, readFile } from "node:fs/promises";
import { startMock } from "@betatelltd/esim-mock";
import { KEYS, startHostileServer } from "@betatelltd/esim-testing";
import { hasChromium, startChromium } from "@betatelltd/esim-testing/chromium";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

type Server = Awaited<ReturnType<typeof startHostileServer>>;
type Mock = Awaited<ReturnType<typeof startMock>>;

describe.skipIf(!hasChromium)("the built client in Chromium, on a different origin from the server", () => {
  let site: Server;
  let mock: Mock;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const html = `<script type="importmap">{"imports":{"openapi-fetch":"/openapi-fetch.js"}}</script>`;
    const files: Record<string, [type: string, text: string]> = {
      "/": ["text/html", html],
      "/openapi-fetch.js": [
        "text/javascript",
        await readFile(new URL(import.meta.resolve("openapi-fetch")), "utf8"),
      ],
    };
    const dist = new URL("../dist/", import.meta.url);
    for (const name of await readdir(dist)) {
      if (name.endsWith(".js"))
        files[`/sdk/${name}`] = ["text/javascript", await readFile(new URL(name, dist), "utf8")];
    }
    site = await startHostileServer((response, { url = "" }) => {
      const [type, text] = files[url] ?? ["text/plain", ""];
      response.writeHead(files[url] ? 200 : 404, { "content-type": type }).end(text);
    });
    mock = await startMock({ port: 0 });
    browser = await startChromium();
    page = await browser.newPage();
    await page.goto(site.url);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await Promise.all([mock?.close(), site?.close()]);
  });

  /** Runs a function body in the page, with `api`, `client` and the module `sdk` in scope. */
  function inPage<T>(body: string, baseUrl = mock.url): Promise<T> {
    return page.evaluate(`(async () => {
      const sdk = await import("/sdk/index.js");
      const keys = ${JSON.stringify(KEYS)};
      const client = sdk.createEsimClient({ ...keys, baseUrl: ${JSON.stringify(baseUrl)}, maxRetries: 0 });
      const api = new sdk.PackagesApi(new sdk.Configuration({ ...keys, basePath: ${JSON.stringify(baseUrl)}, baseOptions: { maxRetries: 0 } }));
      ${body}
    })()`) as Promise<T>;
  }

  test("lists, creates, activates and terminates", async () => {
    expect(await inPage("return (await api.getPackages(2)).data.packages.length")).toBe(2);
    expect(
      await inPage(
        `return (await api.createPackage({ sim: "8910300000045681955", package_template: 1 })).status`,
      ),
    ).toBe(201);
    expect(await inPage(`return await api.activatePackage("pkg_123456")`)).toEqual({
      status: 204,
      data: true,
    });
    expect(await inPage(`return await api.terminatePackage("pkg_123456")`)).toEqual({
      status: 204,
      data: true,
    });
    expect(await inPage(`return (await client.GET("/packages")).data.total`)).toBe(2);
  });

  const describeError = `.then(() => "no error", ({ name, status, requestId, outcomeUnknown }) => ({ name, status, requestId, outcomeUnknown }))`;

  test("distinguishes errors, and reads the request ID across origins", async () => {
    expect(
      await inPage(`return await api.getPackage("x", { headers: { prefer: "code=404" } })${describeError}`),
    ).toEqual({
      name: "NotFoundError",
      status: 404,
      requestId: expect.stringMatching(/^[\w-]+$/),
      outcomeUnknown: false,
    });
  });

  test("refuses a redirect, whose status and target a browser hides", async () => {
    const elsewhere = await startHostileServer((response) => response.end("{}"));
    const redirecting = await startHostileServer((response, { method, headers }) => {
      const allowed = {
        "access-control-allow-origin": "*",
        "access-control-allow-headers": `${headers["access-control-request-headers"]}`,
      };
      if (method === "OPTIONS") response.writeHead(204, allowed).end();
      else response.writeHead(307, { ...allowed, location: elsewhere.url }).end();
    });
    const error = await inPage(`return await api.activatePackage("x")${describeError}`, redirecting.url);
    await Promise.all([redirecting.close(), elsewhere.close()]);
    expect(error).toMatchObject({ name: "EsimApiError", status: 0, outcomeUnknown: true });
    expect(elsewhere.requests).toHaveLength(0);
  });

  test("enforces time limits and aborts", async () => {
    expect(await inPage(`return await api.getPackage("x", { timeout: 0.01 })${describeError}`)).toMatchObject(
      { name: "EsimTimeoutError" },
    );
    expect(
      await inPage(`return await api.getPackage("x", { signal: AbortSignal.abort() })${describeError}`),
    ).toMatchObject({ name: "AbortError" });
  });

  test("reports an unknown outcome for an unreachable server, because a browser gives no reason", async () => {
    const gone = await startMock({ port: 0 });
    await gone.close();
    expect(await inPage(`return await api.activatePackage("x")${describeError}`, gone.url)).toMatchObject({
      name: "EsimConnectionError",
      outcomeUnknown: true,
    });
  });
});
