import { expect, onTestFinished, test } from "vitest";
import { runMock } from "../src/run-mock.ts";
import { account, FREE_SIM, TEMPLATE } from "./account.ts";
import { document, operations as documented } from "./documented-operations.ts";
import { fileForTest, keys, mockForTest } from "./mock-for-test.ts";

interface Home {
  mode: string;
  links: Record<string, string>;
  account?: {
    user: string;
    templates: { id: number }[];
    freeSims: { total: number; sims: { iccid: string }[] };
  };
  commands: { does: string; command: string }[];
  operations: { operation: string; method: string; path: string; summary: string; tag: string }[];
}

const homeOf = async (url: string, headers = {}) =>
  (await (await fetch(`${url}/`, { headers })).json()) as Home;

test("/ is a page for browsers and JSON for everything else", async () => {
  const { url } = await mockForTest();
  const page = await fetch(`${url}/`, { headers: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } });
  expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  const json = await fetch(`${url}/`);
  expect([json.status, json.headers.get("content-type")]).toEqual([200, "application/json"]);
  expect([page.headers.get("vary"), json.headers.get("vary")]).toEqual([
    expect.stringContaining("accept"),
    expect.stringContaining("accept"),
  ]);
});

test("/ links to the other pages and lists an account's templates and free SIMs", async () => {
  const { url } = await mockForTest({ stateful: true });
  const before = await homeOf(url, keys);
  expect(before.mode).toBe("stateful");
  for (const path of Object.values(before.links)) expect((await fetch(url + path)).status).toBe(200);
  expect(Object.keys(before.links).sort()).toEqual(["document", "reference", "ui"]);
  expect(before.account?.user).toBe("user");
  expect(before.account?.templates).toHaveLength(16);
  const isFree = ({ account }: Home) => account?.freeSims.sims.some(({ iccid }) => iccid === FREE_SIM);
  expect(isFree(before)).toBe(true);
  await account(url).create(FREE_SIM);
  const after = await homeOf(url, keys);
  expect(isFree(after)).toBe(false);
  expect(after.account?.freeSims.total).toBe((before.account?.freeSims.total ?? 0) - 1);
});

test("/ has three commands, and the second one creates a package", async () => {
  const { url } = await mockForTest({ stateful: true });
  const { commands } = await homeOf(url);
  expect(commands).toHaveLength(3);
  const [, create] = commands;
  const [, sim = "", template] = /"sim":"(\d+)","package_template":(\d+)/.exec(create?.command ?? "") ?? [];
  expect(Number(template)).toBe(TEMPLATE);
  expect((await account(url, "me").create(sim, Number(template))).status).toBe(201);
  expect(create?.command).toContain(`${url}/packages`);
});

test("/ and the first log lines list what the document has", async () => {
  const mock = await runMock({ port: 0 });
  onTestFinished(() => mock.close());
  const { operations } = await homeOf(mock.url);
  expect(operations.map(({ operation }) => operation)).toEqual(
    documented.map(({ operationId }) => operationId),
  );
  expect(operations).toContainEqual({
    operation: "getQRCode",
    method: "GET",
    path: "/euicc-profiles/{iccid}/qrcode",
    summary: "Get the QR code of a SIM",
    tag: "ESIMRSP",
  });
  const tags = document.tags.map(({ name }) => name).join(", ");
  expect(mock.startLines()[1]).toBe(`${documented.length} operations: ${tags}.`);
});

test("a user ID that a shell would not read as one word appears in no command", async () => {
  const { url } = await mockForTest();
  const { commands } = await homeOf(url, { "x-user-id": "'; touch x; '" });
  expect(commands.filter(({ command }) => command.includes("touch"))).toEqual([]);
});

test("without control there is no link to its page", async () => {
  const { url } = await mockForTest({ control: false });
  expect(Object.keys((await homeOf(url)).links)).toEqual(["reference", "document"]);
  expect((await fetch(`${url}/_mock/`, { redirect: "manual" })).status).toBe(404);
});

test("a document's own / takes precedence", async () => {
  const file = await fileForTest(
    "root.json",
    JSON.stringify({
      openapi: "3.1.0",
      info: { title: "Root", version: "1" },
      paths: {
        "/": {
          get: {
            responses: {
              200: { description: "x", content: { "application/json": { example: { its: "own" } } } },
            },
          },
        },
      },
    }),
  );
  const { url } = await mockForTest({ spec: file });
  expect(await (await fetch(`${url}/`)).json()).toEqual({ its: "own" });
});

test.each([
  ["/docs/", "/docs"],
  ["/_mock", "/_mock/ui"],
  ["/_mock/", "/_mock/ui"],
  ["/_mock/ui/", "/_mock/ui"],
])("%s leads to %s", async (path, target) => {
  const { url } = await mockForTest();
  const response = await fetch(url + path, { redirect: "manual" });
  expect([response.status, response.headers.get("location")]).toEqual([308, target]);
  expect((await fetch(url + path)).status).toBe(200);
});

test("pages have no inline script and load nothing from elsewhere", async () => {
  const { url } = await mockForTest();
  const page = await fetch(`${url}/_mock/ui`);
  expect(page.headers.get("content-security-policy")).toMatch(/default-src 'none'.*script-src 'self';/);
  const text = await page.text();
  expect(text).not.toMatch(/https?:\/\/|<style|style=|\son\w+=/);
  const assets = text.match(/\/docs\/assets\/[\w.-]+/g) ?? [];
  expect(assets.length).toBeGreaterThan(2);
  for (const asset of assets) expect((await fetch(url + asset)).status).toBe(200);
});

test("an unknown page asset is a 404", async () => {
  const { url } = await mockForTest();
  expect((await fetch(`${url}/docs/assets/nope.js`)).status).toBe(404);
  expect((await fetch(`${url}/docs/assets/..%2F..%2Fbin.js`)).status).toBe(404);
});
