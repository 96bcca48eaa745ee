import { connect } from "node:net";
import { expect, test } from "vitest";
import { type LogLevel, MockStartError, startMock } from "../src/index.ts";
import { keys, mockForTest } from "./mock-for-test.ts";

test("port 0 takes a free port and reports it", async () => {
  const mock = await mockForTest();
  expect(mock.port).toBeGreaterThan(0);
  expect(mock.url).toBe(`http://127.0.0.1:${mock.port}`);
});

test.each([
  ["0.0.0.0", "127.0.0.1"],
  ["localhost", "localhost"],
])("host %s is reachable at %s", async (host, reached) => {
  const mock = await mockForTest({ host });
  expect(mock.url).toBe(`http://${reached}:${mock.port}`);
  expect((await fetch(`${mock.url}/packages`, { headers: keys })).status).toBe(200);
});

test("two mocks run side by side", async () => {
  const [one, other] = [await mockForTest(), await mockForTest()];
  expect(one.port).not.toBe(other.port);
  await one.close();
  expect((await fetch(`${other.url}/packages`, { headers: keys })).status).toBe(200);
});

test("close ends idle and busy connections, frees the port and can be called twice", async () => {
  const mock = await startMock({ port: 0 });
  await (await fetch(`${mock.url}/packages`, { headers: keys })).text();
  const halfWay = connect(mock.port, "127.0.0.1");
  halfWay.on("error", () => {});
  await new Promise((resolve) => halfWay.write("POST /packages HTTP/1.1\r\nhost: x\r\n", resolve));
  const ended = new Promise((resolve) => halfWay.once("close", resolve));

  await Promise.all([mock.close(), mock.close(), ended]);
  await mock.close();
  await expect(fetch(mock.url)).rejects.toThrow();
  const again = await mockForTest({ port: mock.port });
  expect(again.port).toBe(mock.port);
});

test("a busy port is reported, with what to do", async () => {
  const { port } = await mockForTest();
  const error = await startMock({ port }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MockStartError);
  expect(error).toMatchObject({
    code: "PORT",
    message: expect.stringMatching(`Port ${port} .* in use.*--port 0`),
  });
});

test.each([
  [{ prot: 0 } as object, "OPTION", "There is no option prot; use one of port, "],
  [{ port: -1 }, "OPTION", "Port -1"],
  [{ port: 65_536 }, "OPTION", "Port 65536"],
  [{ port: 1.5 }, "OPTION", "Port 1.5"],
  [{ logLevel: "loud" as LogLevel }, "OPTION", "Log level loud"],
  [{ port: 0, host: "203.0.113.1" }, "PORT", "Host 203.0.113.1"],
  [{ port: 0, spec: "/no/such/file.yaml" }, "DOCUMENT", "no such file"],
])("%j is refused", async (options, code, message) => {
  await expect(startMock(options)).rejects.toMatchObject({
    name: "MockStartError",
    code,
    message: expect.stringContaining(message),
  });
});
