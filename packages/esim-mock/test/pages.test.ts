import { writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasChromium, startChromium } from "../../../tools/testing/src/chromium.ts";
import { account, FREE_SIM } from "./account.ts";
import { operations } from "./documented-operations.ts";
import { fileForTest, keys, mockForTest } from "./mock-for-test.ts";

describe.skipIf(!hasChromium)("the pages, in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  }, 60_000);
  afterAll(() => browser?.close());

  test("shows a package being created, activated and expiring with the clock", async () => {
    const mock = await mockForTest({ stateful: true });
    const page = await browser.newPage();
    const errors: Error[] = [];
    page.on("pageerror", (error) => errors.push(error));
    await page.goto(`${mock.url}/_mock/ui#user`);
    await page.waitForSelector("#packages tr");

    const { create, activate } = account(mock.url);
    const { id } = (await create(FREE_SIM)).body;
    const row = page.locator(`#packages tr[data-id="${id}"]`);
    await row.and(page.locator('[data-status="NOT_ACTIVE"]')).waitFor();
    // The page's own requests are not the partner's.
    await expect.poll(() => page.locator("#requests tr").count()).toBe(1);
    await activate(id);
    await row.and(page.locator('[data-status="ACTIVE"]')).waitFor();
    await page.getByRole("button", { name: "+7 d" }).click();
    await row.and(page.locator('[data-status="TERMINATED"]')).waitFor();
    await page.locator("#ahead").getByText("(7 d ahead)", { exact: true }).waitFor();

    await page.getByRole("button", { name: "Start over" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Start over" }).click();
    await row.waitFor({ state: "detached" });
    expect(errors).toEqual([]);
    await page.close();
  });

  test("shows faults, which can be removed, and their effect on requests", async () => {
    const mock = await mockForTest();
    await mock.fault({ operation: "getPackages", status: 503 });
    await fetch(`${mock.url}/packages`, { headers: keys });
    await fetch(`${mock.url}/packages?count=<img src=x onerror=alert(1)>`, { headers: keys });
    const page = await browser.newPage();
    await page.goto(`${mock.url}/_mock/ui`);
    await page.getByText('{"operation":"getPackages","status":503}', { exact: true }).waitFor();
    await page.getByText("start it with --stateful", { exact: false }).waitFor();
    await page.locator("#requests tr").first().getByText("503").first().waitFor();
    expect(await page.locator("#requests img").count()).toBe(0);
    await page.getByRole("button", { name: "Remove fault" }).click();
    await page.getByText("No active faults.").waitFor();
    expect(await mock.faults()).toEqual([]);
    await page.close();
  });

  test("shows how a service departs from the document", async () => {
    const real = await mockForTest();
    const mock = await mockForTest({ upstream: real.url });
    await fetch(`${mock.url}/packages?status=<b>gone</b>`, { headers: keys });
    const page = await browser.newPage();
    await page.goto(`${mock.url}/_mock/ui`);
    await page.getByText('unknown value, such as "<b>gone</b>"').waitFor();
    await page.getByText("request query.status: unknown value").waitFor();
    await page.close();
  });

  test("a package bought on the reference page appears on the other, and expires there", async () => {
    const mock = await mockForTest({ stateful: true });
    const [reference, watch] = await Promise.all([browser.newPage(), browser.newPage()]);
    const errors: Error[] = [];
    const outside: string[] = [];
    reference.on("pageerror", (error) => errors.push(error));
    reference.on("request", (request) => {
      if (/^https?:/.test(request.url()) && !request.url().startsWith(mock.url)) outside.push(request.url());
    });
    await Promise.all([reference.goto(`${mock.url}/docs`), watch.goto(`${mock.url}/_mock/ui`)]);

    /** Sends the sample request of an operation and returns the status that the page shows. */
    const send = async (operation: string, button: RegExp) => {
      await reference.getByRole("link", { name: operation }).first().click();
      await reference.getByRole("button", { name: button }).click();
      const answered = reference.waitForResponse(`${mock.url}/packages**`);
      await reference.getByRole("button", { name: /^Send (get|post) request/ }).click();
      const answer = await answered;
      const status = `${answer.status()} ${answer.statusText()}`;
      // Until then, the page may still show the previous request's status.
      await reference.getByRole("link", { name: status }).waitFor();
      await reference.getByRole("button", { name: "Close Client" }).click();
      return status;
    };
    expect(await send("Create a package", /Test Request.*post \/packages\)/i)).toBe("201 Created");
    const row = watch.locator("#packages tr").filter({ hasText: "8910300000045681955" });
    await row.and(watch.locator('[data-status="NOT_ACTIVE"]')).waitFor();
    expect(await send("Create a package", /Test Request.*post \/packages\)/i)).toBe("409 Conflict");
    expect(await send("Get a package", /Test Request.*get \/packages\/\{id\}\)/i)).toBe("200 OK");

    const { activate } = account(mock.url, "me");
    await activate((await row.getAttribute("data-id")) ?? "");
    await row.and(watch.locator('[data-status="ACTIVE"]')).waitFor();
    await watch.getByRole("button", { name: "+7 d" }).click();
    await row.and(watch.locator('[data-status="TERMINATED"]')).waitFor();
    expect(errors).toEqual([]);
    // The page does without anything from elsewhere.
    expect(outside).toEqual([]);
    await Promise.all([reference.close(), watch.close()]);
  });

  test("the reference lists every operation, and reaches the one with its own server on this mock", async () => {
    const mock = await mockForTest();
    const page = await browser.newPage();
    await page.goto(`${mock.url}/docs`);
    for (const { summary } of operations)
      await page.getByRole("link", { name: summary, exact: false }).first().waitFor();
    await page.getByRole("link", { name: "Get the service's status" }).first().click();
    await page.getByRole("button", { name: /Test Request.*get \/status\)/i }).click();
    await page.getByRole("button", { name: /^Send get request/ }).click();
    await page.getByRole("link", { name: "200 OK" }).waitFor();
    await page.close();
  });

  test("the reference takes its keys and server from any document, even one in two files", async () => {
    const { openapi, file } = await ownDocument();
    const mock = await mockForTest({ spec: file });
    const page = await browser.newPage();
    await page.goto(`${mock.url}/docs`);
    await page.getByRole("heading", { name: openapi.info.title }).waitFor();
    const asked = page.waitForRequest(`${mock.url}/things`);
    await page.getByRole("button", { name: /Test Request/ }).click();
    await page.getByRole("button", { name: /^Send (get|post) request/ }).click();
    expect((await asked).headers()["x-pass"]).toBe("any");
    await page.close();
  });
});

async function ownDocument() {
  const openapi = {
    openapi: "3.1.0",
    info: { title: "A </script> of one's own", version: "1" },
    security: [{ "</script>": [] }],
    components: { securitySchemes: { "</script>": { type: "apiKey", in: "header", name: "x-pass" } } },
    paths: { "/things": { $ref: "things.json" } },
  };
  const file = await fileForTest("own.json", JSON.stringify(openapi));
  const things = { get: { operationId: "getThings", responses: { 200: { description: "Things." } } } };
  await writeFile(join(dirname(file), "things.json"), JSON.stringify(things));
  return { openapi, file };
}
