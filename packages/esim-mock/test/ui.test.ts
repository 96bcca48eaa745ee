// Types for the code that is evaluated in the browser.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { hasChromium, startChromium } from "../../../tools/testing/src/chromium.ts";
import { type Mock, startMock } from "../src/index.ts";
import { account, FREE_SIM } from "./account.ts";
import { keys, mockForTest } from "./mock-for-test.ts";

const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };

/** A name such as a team's mock has: browsers give its pages no access to the clipboard. */
const NAMED = "mock.example";

describe.skipIf(!hasChromium)("the page at /_mock/ui", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium(`--host-resolver-rules=MAP ${NAMED} 127.0.0.1`);
  }, 60_000);
  afterAll(() => browser?.close());

  /** A new page, on which no script may fail. */
  async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    const errors: Error[] = [];
    page.on("pageerror", (error) => errors.push(error));
    onTestFinished(async () => {
      await context.close();
      expect(errors).toEqual([]);
    });
    await page.goto(url);
    return page;
  }

  async function withPackage(): Promise<{ mock: Mock; id: string }> {
    const mock = await mockForTest({ stateful: true });
    const { create, activate } = account(mock.url);
    const { id } = (await create(FREE_SIM)).body;
    await activate(id);
    return { mock, id };
  }

  test("gets updates pushed: changes appear without a request from the page", async () => {
    const mock = await mockForTest({ stateful: true });
    const page = await open(`${mock.url}/_mock/ui#user`);
    await page.locator("#packages tr").first().waitFor();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const { id } = (await account(mock.url).create(FREE_SIM)).body;
    await page.locator(`#packages tr[data-id="${id}"]`).waitFor();
    await page.waitForTimeout(1_500);
    expect(asked).toEqual([]);
  });

  test("keeps focus, selection and scroll position when something changes", async () => {
    const { mock, id } = await withPackage();
    const page = await open(`${mock.url}/_mock/ui#user`);
    const row = page.locator("#packages tr").nth(20);
    await row.getByRole("link").focus();
    const before = await page.evaluate(() => {
      const row = document.querySelectorAll("#packages tr")[20];
      const cell = row?.querySelector(".of-event");
      if (cell) getSelection()?.selectAllChildren(cell);
      const top = row?.getBoundingClientRect().top;
      return { id: (row as HTMLElement).dataset.id, top, text: String(getSelection()) };
    });
    await mock.network.use("user", id, { data: 1024 ** 3 });
    await account(mock.url).create("8910300000045682019");
    await page.getByText("4 GB of 5 GB").first().waitFor();
    await page.locator("#total").getByText("62 packages").waitFor();
    const after = await page.evaluate(() => ({
      id: document.activeElement?.closest("tr")?.dataset.id,
      top: document.activeElement?.closest("tr")?.getBoundingClientRect().top,
      text: String(getSelection()),
    }));
    expect(after.id).toBe(before.id);
    expect(after.text).toBe(before.text);
    expect(Math.abs((after.top ?? 0) - (before.top ?? 0))).toBeLessThan(2);
  });

  test("reports when the mock is gone, and shows the state of the one that comes back", async () => {
    const mock = await startMock({ port: 0, stateful: true });
    const page = await open(`${mock.url}/_mock/ui#user`);
    await page.locator("#packages tr").first().waitFor();
    await mock.close();
    await page.getByRole("alert").filter({ hasText: "Is the mock running?" }).waitFor();
    await expect.poll(() => page.title()).toContain("not running");
    const next = await mockForTest({ stateful: true, port: mock.port });
    const { id } = (await account(next.url).create(FREE_SIM)).body;
    await page.locator(`#packages tr[data-id="${id}"]`).waitFor();
    await page.locator("#banner").waitFor({ state: "hidden" });
    await expect.poll(() => page.title()).toBe("esim-mock");
  });

  test("finds packages by text and by state", async () => {
    const { mock, id } = await withPackage();
    await account(mock.url).terminate(id);
    const page = await open(`${mock.url}/_mock/ui#user`);
    const rows = page.locator("#packages tr");
    await page.getByRole("searchbox", { name: "Search packages" }).fill(FREE_SIM);
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByText("1 of 61 packages").waitFor();
    await page.getByRole("radio", { name: "Active", exact: true }).check();
    await page.getByText("None of 61 packages match.").waitFor();
    await page.getByRole("radio", { name: "Terminated" }).check();
    await expect.poll(() => rows.first().getAttribute("data-status")).toBe("TERMINATED");
    const decoration = await rows
      .first()
      .locator(".name")
      .evaluate((node) => getComputedStyle(node).textDecorationLine);
    expect(decoration).toBe("line-through");
  });

  test("a package is opened, used, suspended, resumed and terminated by keyboard alone", async () => {
    const { mock, id } = await withPackage();
    const page = await open(`${mock.url}/_mock/ui#user`);
    await page.locator("#packages tr").first().waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type(id);
    await expect.poll(() => page.locator("#packages tr").count()).toBe(1);
    await page.getByRole("link", { name: id }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: id }).waitFor();

    const press = async (button: string, notice: string) => {
      const node = page.locator("#detail").getByRole("button", { name: button, exact: true });
      await node.and(page.locator(":not([aria-disabled])")).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("status").getByText(notice).waitFor();
      // The button that was pressed still has the focus, though it does nothing now.
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(button);
    };
    await page.getByRole("spinbutton", { name: "How much data to use" }).fill("1024");
    await press("Use data", `${id} has 4 GB left.`);
    await press("Suspend", `${id} is suspended.`);
    await press("Resume", `${id} is active again.`);

    await page.getByRole("button", { name: "Terminate", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByText(`Terminate ${id}?`).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect((await account(mock.url).get(id)).body.status).toBe("ACTIVE");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Terminate" }).click();
    await page.locator('#detail[data-status="TERMINATED"]').waitFor();

    await page.getByRole("heading", { name: id }).focus();
    await page.keyboard.press("Escape");
    await page.locator("#detail").waitFor({ state: "hidden" });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(id);
  });

  /** A SIM of the account that can be sold: not in service yet, and with a code to scan. */
  async function unsoldSim(url: string): Promise<string> {
    const { lines } = (await (await fetch(`${url}/_mock/lines`, { headers: keys })).json()) as {
      lines: { iccid: string; sim_status: string; profile_state: string }[];
    };
    const packages = (await (await fetch(`${url}/_mock/packages`, { headers: keys })).json()) as {
      packages: { sim: string }[];
    };
    const sold = new Set(packages.packages.map(({ sim }) => sim));
    const found = lines.find(
      ({ iccid, sim_status, profile_state }) =>
        sim_status === "PRE_SERVICE" && profile_state === "RELEASED" && !sold.has(iccid),
    );
    if (!found) throw new Error("no SIM to sell");
    return found.iccid;
  }

  test("a SIM is found, installed, enabled, used and removed by keyboard alone", async () => {
    const mock = await mockForTest({ stateful: true });
    const iccid = await unsoldSim(mock.url);
    const page = await open(`${mock.url}/_mock/ui#user`);
    const rows = page.locator("#all-sims tr");
    await rows.first().waitFor();
    await page.getByRole("searchbox", { name: "Search SIMs" }).focus();
    // In groups, as it is printed on a card.
    await page.keyboard.type(iccid.replace(/\d{4}/g, "$& "));
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByRole("link", { name: iccid }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: iccid }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("sim-title");

    await page.getByRole("button", { name: "New package" }).focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByRole("combobox", { name: /^SIM/ }).inputValue()).toBe(iccid);
    const { id } = (await account(mock.url).create(iccid)).body;
    await account(mock.url).activate(id);
    await page.locator("#sim-packages", { hasText: id }).getByText("Active", { exact: true }).waitFor();

    const card = page.locator("#sim-card");
    const press = async (button: string, notice: string) => {
      const node = card.getByRole("button", { name: button, exact: true });
      await node.and(page.locator(":not([aria-disabled])")).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("status").getByText(notice).waitFor();
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(button);
    };
    await press("Download", "The profile is downloaded.");
    await press("Install", "The profile is installed.");
    await press("Enable", "The profile is enabled.");
    await page.getByRole("spinbutton", { name: "How much traffic" }).fill("1");
    await page.getByRole("combobox", { name: "Unit of the traffic" }).selectOption("GB");
    await press("Send traffic", "Traffic sent.");
    await card.getByText("In service").waitFor();
    expect((await account(mock.url).get(id)).body.data_usage_remaining).toBe(4 * 1024 ** 3);

    await fetch(`${mock.url}/sim-pcr-profiles/${iccid}`, {
      method: "PUT",
      headers: { ...keys, "content-type": "application/json" },
      body: JSON.stringify({
        data: { state: "ENABLED", active_throttling: "SPEED_500_KBPS" },
        voice: { state: "DISABLED" },
      }),
    });
    await card.getByText("up to 500 kbit/s").waitFor();
    await card.getByText("Voice off").waitFor();

    await press("Disable", "The profile is disabled.");
    const remove = page.locator("#profile-events").getByRole("button", { name: "Delete" });
    await remove.and(page.locator(":not([aria-disabled])")).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).press("Enter");
    await card.getByText("Deleted").waitFor();

    await page.getByRole("heading", { name: iccid }).focus();
    await page.keyboard.press("Escape");
    await card.waitFor({ state: "hidden" });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe(iccid);
  });

  test("a SIM shows the API's QR code, which is fetched once", async () => {
    const mock = await mockForTest({ stateful: true });
    const iccid = await unsoldSim(mock.url);
    const page = await open(`${mock.url}/_mock/ui#user/sim/${iccid}`);
    const image = page.getByRole("img", { name: `QR code of the activation code of ${iccid}` });
    await image.waitFor();
    expect(await image.evaluate((node) => (node as HTMLImageElement).naturalWidth)).toBeGreaterThan(20);
    const qrcode = `/euicc-profiles/${iccid}/qrcode`;
    const bytes = Buffer.from(await (await fetch(mock.url + qrcode, { headers: keys })).arrayBuffer());
    expect(await image.getAttribute("src")).toBe(`data:image/png;base64,${bytes.toString("base64")}`);
    expect(await page.locator("#activation-code").textContent()).toMatch(/^LPA:1\$/);
    await mock.network.profile("user", iccid, "download");
    await page.locator("#sim-card").getByText("Downloaded").waitFor();
    const asked = (await mock.requests()).filter(({ path }) => path.endsWith("/qrcode"));
    // One by the page, one by this test.
    expect(asked).toHaveLength(2);
  });

  test("a package leads to its SIM, and the SIM to its packages", async () => {
    const { mock, id } = await withPackage();
    const page = await open(`${mock.url}/_mock/ui#user/${id}`);
    await page.locator("#facts").getByRole("link", { name: FREE_SIM }).click();
    await page.getByRole("heading", { name: FREE_SIM }).waitFor();
    await page.locator("#detail").waitFor({ state: "hidden" });
    await page.locator("#sim-packages").getByRole("link", { name: id }).click();
    await page.getByRole("heading", { name: id }).waitFor();
    await page.locator("#sim-card").waitFor({ state: "hidden" });
  });

  test("shows each action on a SIM as curl, esim and TypeScript", async () => {
    const mock = await mockForTest({ stateful: true });
    const page = await open(`${mock.url}/_mock/ui#user/sim/${FREE_SIM}`);
    const code = page.locator("#sim-code");
    await code.waitFor();
    const texts = async (operation: string) => {
      await code.getByRole("combobox").selectOption(operation);
      const found: (string | null)[] = [];
      for (const language of ["curl", "esim", "TypeScript"]) {
        await code.getByRole("button", { name: language }).click();
        found.push(await code.locator("pre").textContent());
      }
      return found;
    };
    const curl = "curl -H 'x-user-id: user' -H 'x-api-key: any'";
    expect(await texts("Switch data off")).toEqual([
      `curl -X PUT -H 'x-user-id: user' -H 'x-api-key: any' --json '{"data":{"state":"DISABLED"}}' ${mock.url}/sim-pcr-profiles/${FREE_SIM}`,
      expect.stringContaining(`esim line set ${FREE_SIM} --data off`),
      expect.stringContaining(`await api.modifyPCRProfile("${FREE_SIM}", { data: { state: "DISABLED" } });`),
    ]);
    const [save] = await texts("Save the QR code");
    expect(save).toBe(`${curl} -o ${FREE_SIM}.png ${mock.url}/euicc-profiles/${FREE_SIM}/qrcode`);
    const [, , traffic] = await texts("Send traffic");
    expect(traffic).toContain(`await mock.network.traffic("user", "${FREE_SIM}", {"data":104857600});`);
  });

  test.each(["127.0.0.1", NAMED])("copies a command on a page at %s", async (host) => {
    const mock = await mockForTest({ stateful: true, allowHosts: [NAMED] });
    const page = await open(mock.url.replace("127.0.0.1", host));
    const copy = page.locator(".command", { hasText: "curl" }).first().getByRole("button");
    await copy.waitFor();
    // An earlier copy must not be mistaken for it.
    await page.evaluate(() => {
      document.body.append(document.createElement("textarea"));
    });
    await copy.click();
    await page.getByText("Copied.").waitFor();
    const textarea = page.locator("textarea");
    await textarea.focus();
    await page.keyboard.press("ControlOrMeta+V");
    const command = await page.locator("pre", { hasText: "curl" }).first().textContent();
    expect(await textarea.inputValue()).toBe(command);
  });

  test("shows an operation as curl, esim and TypeScript, safe to paste", async () => {
    const mock = await mockForTest({ stateful: true });
    const user = "o'neil $(id)";
    const { id } = (await account(mock.url, user).create(FREE_SIM)).body;
    const page = await open(`${mock.url}/_mock/ui#${encodeURIComponent(user)}/${id}`);
    const code = page.locator("#detail-code");
    const text = (language: string) =>
      code
        .getByRole("button", { name: language })
        .click()
        .then(() => code.locator("pre").textContent());
    await code.getByRole("combobox").selectOption("Activate");
    expect(await text("curl")).toBe(
      `curl -X POST -H 'x-user-id: o'\\''neil $(id)' -H 'x-api-key: any' ${mock.url}/packages/${id}/activate`,
    );
    expect(await text("esim")).toBe(
      `ESIM_BASE_URL=${mock.url} ESIM_USER_ID='o'\\''neil $(id)' ESIM_API_KEY=any esim packages activate ${id}`,
    );
    expect(await text("TypeScript")).toContain(`await api.activatePackage("${id}");`);
  });

  test("creates a package from a template and a free SIM, and opens it", async () => {
    const mock = await mockForTest({ stateful: true });
    const page = await open(`${mock.url}/_mock/ui#user`);
    const sim = page.getByRole("combobox", { name: /^SIM/ });
    await expect.poll(() => sim.inputValue()).not.toBe("");
    const first = await sim.inputValue();
    await page.getByRole("button", { name: "Create package" }).click();
    await page.locator('#detail[data-status="NOT_ACTIVE"]').waitFor();
    await page.locator("#facts").getByText(first).waitFor();
    await expect.poll(() => sim.inputValue()).not.toBe(first);
  });

  test("adds the fault from the form, and removes it", async () => {
    const mock = await mockForTest();
    const page = await open(`${mock.url}/_mock/ui`);
    await page.getByRole("combobox", { name: "Operation" }).selectOption("createPackage");
    await page.getByRole("spinbutton", { name: "Status" }).fill("429");
    await page.getByRole("spinbutton", { name: "Retry after" }).fill("5");
    await page.getByRole("spinbutton", { name: "Times" }).fill("3");
    await page.getByRole("spinbutton", { name: "Share" }).fill("50");
    await page.getByRole("button", { name: "Add fault" }).click();
    await page.getByText("applied to 0 requests").waitFor();
    expect(await mock.faults()).toEqual([
      { id: 1, met: 0, operation: "createPackage", status: 429, retryAfter: 5, times: 3, share: 0.5 },
    ]);
    await page
      .getByRole("combobox", { name: "What goes wrong" })
      .selectOption("Act, then cut the connection");
    await page.getByRole("spinbutton", { name: "Status" }).waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Add fault" }).click();
    await page.getByRole("button", { name: "Remove all" }).click();
    await page.getByText("No active faults.").waitFor();
    expect(await mock.faults()).toEqual([]);
  });

  test("shows requests with user, status and problems, without its own", async () => {
    const mock = await mockForTest({ stateful: true });
    const page = await open(`${mock.url}/_mock/ui#user`);
    for (const path of ["/", "/docs", "/docs/", "/openapi.yaml"]) await fetch(mock.url + path);
    await fetch(`${mock.url}/packages?status=active`, { headers: { ...keys, "x-user-id": "other" } });
    const row = page.locator("#requests tr");
    await row.filter({ hasText: "400" }).filter({ hasText: "other" }).getByText("must be one of").waitFor();
    expect(await row.count()).toBe(1);
    await page.getByRole("checkbox", { name: "this account only" }).check();
    await page.getByText("No requests yet.").waitFor();
    // An account exists from its first write.
    await account(mock.url, "user").create(FREE_SIM);
    await page.locator('#accounts option[value="user"]').waitFor({ state: "attached" });
  });

  describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
    test.each(["/", "/_mock/ui#user", "/_mock/ui#user/ID", "/_mock/ui#user/sim/SIM"])(
      "axe finds nothing on %s",
      async (path) => {
        const { mock, id } = await withPackage();
        await mock.fault({ status: 503, times: 1 });
        await mock.fault({ latency: "1ms" });
        for (const query of ["", "?status=active", ""])
          await fetch(`${mock.url}/packages${query}`, { headers: keys });
        for (const options of [{ colorScheme }, { colorScheme, ...PHONE }]) {
          const page = await open(mock.url + path.replace("ID", id).replace("SIM", FREE_SIM), options);
          if (path.endsWith("SIM")) await page.locator("#qr-code img").waitFor();
          await page.getByText("Europe 5 GB 7 days", { exact: false }).first().waitFor({ state: "attached" });
          await page.evaluate(axe.source);
          // Here, because what axe found to be well is far more, and takes longer to be handed over than to be found.
          const found = await page.evaluate(
            "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations.map((each) => [each.id, each.nodes.map(({ html }) => html)]))",
          );
          expect(found).toEqual([]);
        }
      },
    );
  });

  test.each(["/", "/_mock/ui#user/ID", "/_mock/ui#user/sim/SIM"])(
    "%s fits a phone and has touch-sized targets",
    async (path) => {
      const { mock, id } = await withPackage();
      await fetch(`${mock.url}/packages/${"x".repeat(300)}`, {
        headers: { ...keys, "x-user-id": "u".repeat(100) },
      });
      const page = await open(mock.url + path.replace("ID", id).replace("SIM", FREE_SIM), PHONE);
      await page.getByText("Europe 5 GB 7 days").first().waitFor({ state: "attached" });
      if (path.endsWith("SIM")) await page.locator("#qr-code img").waitFor();
      // Collapsed parts take space once they are opened.
      for (const summary of await page.locator("summary").all()) await summary.click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll("button, select, summary, a, label:has(input), input")]
          .filter(
            (node) =>
              node.checkVisibility() &&
              !node.closest("label:has(input)")?.contains(node) &&
              !node.matches(".skip"),
          )
          .filter((node) => node.getBoundingClientRect().height < 44)
          .map((node) => node.outerHTML),
      );
      expect(small).toEqual([]);
    },
  );

  test("controls have a contrast of 3:1 with their background", async () => {
    const { mock, id } = await withPackage();
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await open(`${mock.url}/_mock/ui#user/${id}`, { colorScheme });
      await page.getByRole("heading", { name: id }).waitFor();
      const colors = await page.evaluate(() =>
        [...document.querySelectorAll("main button:not([aria-disabled]), main select, #search, #user")]
          .filter((node) => node.checkVisibility())
          .map((node) => {
            const card = node.closest(".card, .top");
            return [
              getComputedStyle(node).borderTopColor,
              card ? getComputedStyle(card).backgroundColor : "",
            ];
          }),
      );
      expect(colors.length).toBeGreaterThan(10);
      expect(colors.filter(([border = "", back = ""]) => contrast(border, back) < 3)).toEqual([]);
    }
  });
});

/** WCAG's contrast ratio of two colours as reported by a browser. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = (color.match(/\d+/g) ?? []).map((digits) => {
    const share = Number(digits) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
