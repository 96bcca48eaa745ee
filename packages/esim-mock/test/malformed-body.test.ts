import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { operations } from "./documented-operations.ts";
import { errorMessage, keys, mockForTest, postJson } from "./mock-for-test.ts";

const json = { ...keys, "content-type": "application/json" };
const writes = operations.filter(({ request }) => request.method !== "GET");

describe.each(writes)("$operationId", ({ path, request: { method } }) => {
  test.each(['{"sim": x', "{", "{'a': 1}", "\u0000", '{"a":1}}'])("%j is answered", async (body) => {
    const { url } = await mockForTest();
    const response = await fetch(url + path, { method, headers: json, body });
    expect(response.status).toBe(400);
    expect(await errorMessage(response)).toMatch(/^the request body is not valid JSON: ./);
  });
});

test("JSON under another media type is JSON; bytes that are not UTF-8 are not", async () => {
  const { url } = await mockForTest();
  const send = (type: string, body: string | Uint8Array<ArrayBuffer>) =>
    fetch(`${url}/packages`, { method: "POST", headers: { ...keys, "content-type": type }, body });
  expect(await errorMessage(await send("application/problem+json; charset=utf-8", "{"))).toContain(
    "not valid JSON",
  );
  const broken = await send("application/json", new Uint8Array([0x22, 0xff, 0x22]));
  expect(await errorMessage(broken)).toBe("the request body is not valid JSON: it is not UTF-8");
});

test.each(["text/plain", "application/x-www-form-urlencoded", "nonsense", ""])(
  "the content-type '%s' is refused",
  async (type) => {
    const { url } = await mockForTest();
    const body = new TextEncoder().encode("sim=1");
    const response = await fetch(`${url}/packages`, {
      method: "POST",
      headers: type ? { ...keys, "content-type": type } : keys,
      body,
    });
    expect(response.status).toBe(400);
    expect(await errorMessage(response)).toContain("use application/json");
  },
);

test("a missing body is reported, and so is an unexpected one", async () => {
  const { url } = await mockForTest();
  const missing = await fetch(`${url}/packages`, { method: "POST", headers: json });
  expect(missing.status).toBe(400);
  expect(await errorMessage(missing)).toBe("the request body is missing");
  const tooMany = await postJson(`${url}/packages/x/activate`, "{}");
  expect(tooMany.status).toBe(400);
  expect(await errorMessage(tooMany)).toBe("the operation takes no request body");
});

test("a body in chunks is validated like any other", async () => {
  const { url } = await mockForTest();
  const send = (body: string, type = "application/json") =>
    fetch(`${url}/packages`, {
      method: "POST",
      headers: { ...keys, "content-type": type },
      body: new Blob([body]).stream(),
      duplex: "half",
    } as RequestInit);
  expect((await send('{"sim":"8910300000045681955","package_template":1}')).status).toBe(201);
  expect((await send("{")).status).toBe(400);
  expect(await errorMessage(await send("text", "text/plain"))).toContain("use application/json");
});

test("bodies end at one MiB, with and without a length, and the server survives", async () => {
  const { url } = await mockForTest();
  const limit = 1024 * 1024;
  const ofSize = (size: number) => `"${"x".repeat(size - 2)}"`;
  expect((await postJson(`${url}/packages`, ofSize(limit))).status).toBe(400);
  const bodies = [ofSize(limit + 1), new Blob([ofSize(limit + 1)]).stream()];
  for (const body of bodies) {
    const init = { method: "POST", headers: json, body, duplex: "half" } as RequestInit;
    const response = await fetch(`${url}/packages`, init);
    expect(response.status).toBe(413);
    expect(await errorMessage(response)).toContain(String(limit));
  }
  expect((await fetch(`${url}/packages`, { headers: keys })).status).toBe(200);
});

test("a compressed body is refused", async () => {
  const { url } = await mockForTest();
  const headers = { ...json, "content-encoding": "gzip" };
  const response = await fetch(`${url}/packages`, { method: "POST", headers, body: gzipSync("{}") });
  expect(response.status).toBe(415);
  expect(await errorMessage(response)).toContain("content-encoding");
});

test("a caller that disconnects mid-body does no harm", async () => {
  const { url, port } = await mockForTest();
  const socket = connect(port, "127.0.0.1");
  socket.write(
    "POST /packages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{",
  );
  await new Promise((resolve) => socket.once("connect", resolve));
  socket.resetAndDestroy();
  await new Promise((resolve) => socket.once("close", resolve));
  expect((await fetch(`${url}/packages`, { headers: keys })).status).toBe(200);
});

test("something that is not HTTP is answered in the shape of every other error", async () => {
  const { port } = await mockForTest();
  const socket = connect(port, "127.0.0.1");
  socket.write("NONSENSE\r\n\r\n");
  const [head, body] = (await text(socket)).split("\r\n\r\n");
  expect(head).toContain("HTTP/1.1 400 Bad Request");
  expect(head).toContain("content-type: application/json");
  expect(JSON.parse(body ?? "")).toEqual({
    message: expect.stringContaining("not valid HTTP"),
    statusCode: 400,
  });
});
