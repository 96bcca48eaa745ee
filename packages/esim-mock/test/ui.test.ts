import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { account, FREE_SIM } from "./account.ts";
import { keys, mockForTest } from "./mock-for-test.ts";

const executablePath = [
  process.env.CHROMIUM_PATH ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
].find((path) => existsSync(path));

if (!executablePath) {
  console.warn(
    "No Chromium on this machine (set CHROMIUM_PATH to name one): the tests of the page are skipped.",
  );
}

describe.skipIf(!executablePath)("the page, in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath && { executablePath }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
      ],
    });
  }, 60_000);
  afterAll(() => browser?.close());

  test("shows a package as it comes, is activated and expires with the clock", async () => {
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
    // What the page itself asks for is no request of the partner's.
    expect(await page.locator("#requests tr").count()).toBe(1);
    await activate(id);
    await row.and(page.locator('[data-status="ACTIVE"]')).waitFor();
    await page.getByRole("button", { name: "+7 d" }).click();
    await row.and(page.locator('[data-status="TERMINATED"]')).waitFor();
    expect(await page.locator("#ahead").textContent()).toBe("(7 d ahead)");

    await page.getByRole("button", { name: "Start over" }).click();
    await row.waitFor({ state: "detached" });
    expect(errors).toEqual([]);
    await page.close();
  });

  test("shows faults, which can be taken back, and what came of requests", async () => {
    const mock = await mockForTest();
    await mock.fault({ operation: "getPackages", status: 503 });
    await fetch(`${mock.url}/packages`, { headers: keys });
    await fetch(`${mock.url}/packages?count=<img src=x onerror=alert(1)>`, { headers: keys });
    const page = await browser.newPage();
    await page.goto(`${mock.url}/_mock/ui`);
    await page.getByText('{"operation":"getPackages","status":503}', { exact: true }).waitFor();
    await page.getByText("start it with --stateful", { exact: false }).waitFor();
    expect(await page.locator("#requests tr").first().textContent()).toContain("503");
    expect(await page.locator("#requests img").count()).toBe(0);
    await page.getByRole("button", { name: "take back" }).click();
    await page.getByText("Nothing is ordered to go wrong.").waitFor();
    expect(await mock.faults()).toEqual([]);
    await page.close();
  });
});
