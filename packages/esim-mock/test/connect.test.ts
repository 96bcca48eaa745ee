import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { checkNode } from "../src/check-node.ts";
import { connectMock } from "../src/index.ts";
import { keys, mockForTest } from "./mock-for-test.ts";

test("connectMock controls the running mock, and closing the connection leaves it running", async () => {
  const mock = await mockForTest({ stateful: true });
  const connected = await connectMock(`${mock.url}/`);
  expect([connected.url, connected.port]).toEqual([mock.url, mock.port]);
  await connected.clock.advance("7d");
  expect((await mock.clock.read()).ahead).toBe(7 * 86_400_000);
  await connected.fault({ status: 503, times: 1 });
  expect((await fetch(`${mock.url}/packages`, { headers: keys })).status).toBe(503);
  expect(await connected.requests()).toEqual(await mock.requests());
  expect(await connected.drift()).toEqual(await mock.drift());
  await connected.close();
  await connected.reset();
  expect((await mock.clock.read()).ahead).toBe(0);
});

test.each(["nonsense", "ftp://127.0.0.1", "http://127.0.0.1:1"])("%s is not a mock", async (url) => {
  await expect(connectMock(url)).rejects.toMatchObject({ name: "MockStartError", code: "CONNECT" });
});

test("a mock without control routes and a service that is not a mock are refused", async () => {
  const { url } = await mockForTest({ control: false });
  await expect(connectMock(url)).rejects.toMatchObject({ code: "CONNECT" });
  const other = createServer((_, response) => void response.writeHead(404).end("<html>"));
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  await expect(connectMock(`http://127.0.0.1:${port}`)).rejects.toThrow(
    "HTTP 404, which did not come from a mock",
  );
});

test.each([
  ["20.20.2", true],
  ["24.17.9", true],
  ["24.18.0", false],
  ["24.21.0", false],
  ["25.0.0", false],
])("Node %s is too old: %s", (version, isOld) => {
  expect(checkNode(version) !== undefined).toBe(isOld);
  if (isOld)
    expect(checkNode(version)).toMatch(/^A mock needs Node 24\.18\.0 or newer; this is .*npx -p node@26/);
});

test("on a Node without SQLite the package can be imported, and starting a mock fails with what it needs", async () => {
  const dist = pathToFileURL(new URL("../dist/index.js", import.meta.url).pathname).href;
  const program = `
    const { connectMock, startMock } = await import(${JSON.stringify(dist)});
    console.log(typeof connectMock);
    Object.defineProperty(process.versions, "node", { value: "20.20.2" });
    await startMock().catch(({ code, message }) => console.log(code, message));`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--no-experimental-sqlite", "--input-type=module", "-e", program],
    {
      encoding: "utf8",
    },
  );
  expect(stderr).toBe("");
  expect(stdout).toMatch(
    /^function\nNODE A mock needs Node 24\.18\.0 or newer; this is 20\.20\.2\. Run it with .*\n$/,
  );
});
