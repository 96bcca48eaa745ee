// Types for the code that is evaluated in the browser.
/// <reference lib="dom" />
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { hasChromium, startChromium } from "../../../tools/testing/src/chromium.ts";
import { account, FREE_SIM } from "./account.ts";
import { keys, mockForTest } from "./mock-for-test.ts";

const OTHER_SITE = "other.example";

/** What a page can try with a control route's address, and whether it gets to see anything. */
const TRIES = {
  "reads with fetch": (url: string) => fetch(url).then((answer) => answer.ok),
  "reads with XMLHttpRequest": (url: string) =>
    new Promise<boolean>((resolve) => {
      const request = new XMLHttpRequest();
      request.onloadend = () => resolve(request.responseText !== "");
      request.open("GET", url);
      request.send();
    }),
  "listens to events": (url: string) =>
    new Promise<boolean>((resolve) => {
      const source = new EventSource(url);
      source.onopen = () => resolve(true);
      source.onerror = () => {
        source.close();
        resolve(false);
      };
    }),
  "loads a script": (url: string) =>
    new Promise<boolean>((resolve) => {
      const script = Object.assign(document.createElement("script"), {
        src: url,
        onload: () => resolve(true),
        onerror: () => resolve(false),
      });
      document.head.append(script);
    }),
  "sends JSON": (url: string, body: string) =>
    fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body }).then(
      (answer) => answer.ok,
    ),
  "sends text without a preflight": (url: string, body: string) =>
    fetch(url, { method: "POST", mode: "no-cors", body }).then(() => false),
  "sends a beacon": async (url: string, body: string) => {
    navigator.sendBeacon(url, body);
    return false;
  },
  "sends a form": (url: string, body: string) =>
    new Promise<boolean>((resolve) => {
      const frame = Object.assign(document.createElement("iframe"), { name: "frame" });
      const form = Object.assign(document.createElement("form"), {
        action: url,
        method: "post",
        enctype: "text/plain",
        target: "frame",
      });
      form.append(Object.assign(document.createElement("input"), { name: body }));
      document.body.append(frame, form);
      // The first load event is the empty frame's.
      frame.onload = () => {
        if (frame.contentDocument === null) resolve(false);
      };
      setTimeout(() => resolve(false), 2_000);
      form.submit();
    }),
};

/** Each with a body that changes something. */
const PATHS = {
  requests: "",
  drift: "",
  accounts: "",
  events: "",
  ui: "",
  clock: '{"advance":"7d"}',
  faults: '{"status":500}',
  reset: "{}",
};

describe.skipIf(!hasChromium)("a page that is open in the same browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium(`--host-resolver-rules=MAP ${OTHER_SITE} 127.0.0.1`);
  }, 60_000);
  afterAll(() => browser?.close());

  /** A page from an unrelated web server. */
  async function pageOf(host: string): Promise<Page> {
    const site = createServer((_, response) =>
      response.setHeader("content-type", "text/html").end("<p>Hello"),
    );
    await once(site.listen(0, "127.0.0.1"), "listening");
    const page = await browser.newPage();
    onTestFinished(async () => {
      await page.close();
      site.closeAllConnections();
      site.close();
    });
    await page.goto(`http://${host}:${(site.address() as AddressInfo).port}/`);
    return page;
  }

  test.each(["other.example", "localhost"])(
    "at %s can neither read nor change anything through the control routes",
    async (host) => {
      const mock = await mockForTest({ stateful: true });
      const { create, list } = account(mock.url);
      await create(FREE_SIM);
      const page = await pageOf(host);
      for (const [name, attempt] of Object.entries(TRIES)) {
        const seen = await page.evaluate(
          async ({ url, paths, attempt }) => {
            const run = new Function(`return ${attempt}`)() as (typeof TRIES)["sends a beacon"];
            const results = paths.map(([path, body]) =>
              run(`${url}/_mock/${path}`, body).then(
                (isSeen) => (isSeen ? [path] : []),
                () => [],
              ),
            );
            return (await Promise.all(results)).flat();
          },
          { url: mock.url, paths: Object.entries(PATHS), attempt: attempt.toString() },
        );
        expect(seen, name).toEqual([]);
      }
      expect((await mock.clock.read()).ahead).toBe(0);
      expect(await mock.faults()).toEqual([]);
      // The package that was created still exists.
      expect((await list()).body.total).toBe(61);
    },
  );

  test("would succeed from one of the mock's own pages", async () => {
    const mock = await mockForTest({ stateful: true });
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    await page.goto(`${mock.url}/_mock/ui`);
    const sendJson = new Function("url", `return (${TRIES["sends JSON"]})(url, '${PATHS.clock}')`);
    expect(
      await page.evaluate(sendJson as (url: string) => Promise<boolean>, `${mock.url}/_mock/clock`),
    ).toBe(true);
    expect((await mock.clock.read()).ahead).toBeGreaterThan(0);
    expect(await page.evaluate(TRIES["reads with fetch"], `${mock.url}/_mock/requests`)).toBe(true);
  });

  test("cannot reach the mock by resolving its own name to this machine", async () => {
    const { url } = await mockForTest({ stateful: true });
    const page = await browser.newPage();
    onTestFinished(() => page.close());
    for (const path of ["/", "/_mock/ui", "/_mock/requests", "/docs", "/packages"]) {
      const answer = await page.goto(url.replace("127.0.0.1", OTHER_SITE) + path);
      expect(answer?.status()).toBe(403);
    }
  });

  test("calls the API if it is from this machine, and not if it is from elsewhere", async () => {
    const { url } = await mockForTest({ stateful: true });
    const list = ({ url, keys }: { url: string; keys: Record<string, string> }) =>
      fetch(`${url}/packages`, { headers: keys }).then(
        (answer) => answer.status,
        () => "refused",
      );
    expect(await (await pageOf("localhost")).evaluate(list, { url, keys })).toBe(200);
    expect(await (await pageOf(OTHER_SITE)).evaluate(list, { url, keys })).toBe("refused");
  });
});
