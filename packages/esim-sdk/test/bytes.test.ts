import { Agent } from "node:http";
import { gzipSync } from "node:zlib";
import { KEYS, type Misbehaviour, printed, startHostileServer } from "@betatelltd/esim-testing";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  type CallOptions,
  Configuration,
  createEsimClient,
  ESIMRSPApi,
  EsimApiError,
  NotFoundError,
} from "../src/index.ts";

const ICCID = "8910300000045681955";
/** Every byte value, so that decoding them as text changes some. */
const BYTES = Uint8Array.from({ length: 1_024 }, (_, at) => at % 256);
const PNG = { "content-type": "image/png" };
const PATH = "/euicc-profiles/{iccid}/qrcode";

async function setUp(misbehave: Misbehaviour, baseOptions: CallOptions = {}) {
  const server = await startHostileServer(misbehave);
  onTestFinished(() => server.close());
  return {
    server,
    api: new ESIMRSPApi(
      new Configuration({ ...KEYS, basePath: server.url, baseOptions: { maxRetries: 0, ...baseOptions } }),
    ),
    client: createEsimClient({ ...KEYS, baseUrl: server.url, maxRetries: 0 }),
  };
}

const image: Misbehaviour = (response) => response.writeHead(200, PNG).end(BYTES);

test("bytes arrive unchanged, with status and headers", async () => {
  const { api, server } = await setUp(image);
  const { status, data, headers } = await api.getQRCode(ICCID);
  expect({ status, type: headers.get("content-type") }).toEqual({ status: 200, type: "image/png" });
  expect(data).toBeInstanceOf(Uint8Array);
  expect(data).toEqual(BYTES);
  // Not a view of a larger buffer, so that using `data.buffer` exposes nothing else.
  expect(data.buffer.byteLength).toBe(BYTES.length);
  expect(server.requests[0]?.url).toBe(`/euicc-profiles/${ICCID}/qrcode`);
  // Accepts an image as well as a JSON error.
  expect(server.requests[0]?.headers.accept).toBe("*/*");
});

test("bytes are requested with the caller's accept header, if there is one", async () => {
  const { server, client } = await setUp(image);
  const headers = { Accept: "image/png" };
  const params = { path: { iccid: ICCID } };
  const api = new ESIMRSPApi(new Configuration({ ...KEYS, basePath: server.url, baseOptions: { headers } }));
  await api.getQRCode(ICCID);
  await api.getQRCode(ICCID, { headers: { accept: "image/webp" } });
  await client.GET(PATH, { params, headers });
  client.use({ onRequest() {} });
  await client.GET(PATH, { params, headers });
  expect(server.requests.map(({ headers: { accept } }) => accept)).toEqual([
    "image/png",
    "image/webp",
    "image/png",
    "image/png",
  ]);
});

test("bytes arrive decompressed, also in chunks", async () => {
  const { api } = await setUp((response) => {
    response.writeHead(200, { ...PNG, "content-encoding": "gzip" });
    const bytes = gzipSync(BYTES);
    response.write(bytes.subarray(0, 20));
    response.end(bytes.subarray(20));
  });
  expect((await api.getQRCode(ICCID)).data).toEqual(BYTES);
});

describe("bytes through createEsimClient", () => {
  const params = { path: { iccid: ICCID } };

  test("are a Uint8Array, with and without middleware", async () => {
    const { client } = await setUp(image);
    expect((await client.GET(PATH, { params })).data).toEqual(BYTES);
    client.use({ onResponse: ({ response }) => response });
    const { data, response } = await client.GET(PATH, { params });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(BYTES);
    expect(data).toEqual(BYTES);
  });

  test("have the type that parseAs asks for", async () => {
    const { client } = await setUp(image);
    const { data: blob } = await client.GET(PATH, { params, parseAs: "blob" });
    expect(new Uint8Array((await blob?.arrayBuffer()) as ArrayBuffer)).toEqual(BYTES);
    const { data: buffer } = await client.GET(PATH, { params, parseAs: "arrayBuffer" });
    expect(new Uint8Array(buffer as ArrayBuffer)).toEqual(BYTES);
    const { data: stream } = await client.GET(PATH, { params, parseAs: "stream" });
    expect(new Uint8Array(await new Response(stream as ReadableStream).arrayBuffer())).toEqual(BYTES);
  });

  test("are not a page: that is an error", async () => {
    const { client } = await setUp((response) =>
      response.writeHead(200, { "content-type": "text/html" }).end("<p>Log in"),
    );
    await expect(client.GET(PATH, { params })).rejects.toThrow("no binary content");
  });
});

describe("a success without the promised bytes is an error", () => {
  test.each<[string, Record<string, string>, string]>([
    ["a login page", { "content-type": "text/html; charset=utf-8" }, `<p>Log in, ${KEYS.apiKey}`],
    ["JSON", { "content-type": "application/json" }, `{"message":"later","key":"${KEYS.apiKey}"}`],
    ["a problem in JSON", { "content-type": "application/problem+json" }, "{}"],
    ["a login page without a type", {}, `<!doctype html><p>Log in, ${KEYS.apiKey}`],
    ["a login page as octet-stream", { "content-type": "application/octet-stream" }, " \n<html>"],
    ["JSON without a type", {}, `{"message":"later","key":"${KEYS.apiKey}"}`],
    ["a page after a byte order mark", {}, "\ufeff<html>"],
    ["an empty body", PNG, ""],
    ["an empty body without a type", {}, ""],
  ])("%s", async (_, headers, body) => {
    const { api } = await setUp((response) => response.writeHead(200, headers).end(body));
    const error = await api.getQRCode(ICCID).catch((reason: unknown) => reason as EsimApiError);
    if (!(error instanceof EsimApiError)) expect.unreachable("it should have failed");
    expect(error.message).toContain("200 getQRCode: no binary content (GET /euicc-profiles/");
    expect(printed(error)).not.toContain(KEYS.apiKey);
    expect(await error.response.text()).toBe(body.replace(KEYS.apiKey, "[redacted]").replace("\ufeff", ""));
  });

  test("but bytes with a type that is not in the document are returned", async () => {
    for (const type of ["image/jpeg", "image/svg+xml", "application/octet-stream"]) {
      const { api } = await setUp((response) => response.writeHead(200, { "content-type": type }).end(BYTES));
      expect((await api.getQRCode(ICCID)).data).toEqual(BYTES);
    }
  });

  test("but bytes without a type are returned, even if they start with white space", async () => {
    const images = [BYTES, Uint8Array.of(0x89, 0x50, 0x4e, 0x47), Uint8Array.of(0x20, 0x0a, 0xff)];
    for (const bytes of images) {
      const { api } = await setUp((response) => response.writeHead(200).end(bytes));
      expect((await api.getQRCode(ICCID)).data).toEqual(bytes);
    }
    const svg = new TextEncoder().encode("<svg/>");
    const { api } = await setUp((response) =>
      response.writeHead(200, { "content-type": "image/svg+xml" }).end(svg),
    );
    expect((await api.getQRCode(ICCID)).data).toEqual(svg);
  });

  test("an unrequested partial response", async () => {
    const { api, client } = await setUp((response) =>
      response.writeHead(206, { ...PNG, "content-range": "bytes 0-1023/2000" }).end(BYTES),
    );
    await expect(api.getQRCode(ICCID)).rejects.toThrow("206 getQRCode: no binary content");
    await expect(client.GET(PATH, { params: { path: { iccid: ICCID } } })).rejects.toThrow(
      "206 getQRCode: no binary content",
    );
  });

  test("a refusal, with its own class and message", async () => {
    const { api } = await setUp((response) =>
      response
        .writeHead(404, { "content-type": "application/json" })
        .end('{"message":"SIM not found","statusCode":404}'),
    );
    const error = await api.getQRCode(ICCID).catch((reason: unknown) => reason as NotFoundError);
    expect(error).toBeInstanceOf(NotFoundError);
    expect(error).toMatchObject({ body: { message: "SIM not found", statusCode: 404 } });
  });

  test("an unknown content-encoding, over node:http: fetch does not report what it decoded", async () => {
    const { server } = await setUp((response) =>
      response.writeHead(200, { ...PNG, "content-encoding": "squeeze" }).end(BYTES),
    );
    const api = new ESIMRSPApi(new Configuration({ ...KEYS, basePath: server.url, agent: new Agent() }));
    await expect(api.getQRCode(ICCID)).rejects.toThrow("content-encoding squeeze is not supported");
  });

  test("but not one with a content-encoding that means none", async () => {
    for (const encoding of ["identity", "none", "utf-8"]) {
      const { api } = await setUp((response) =>
        response.writeHead(200, { ...PNG, "content-encoding": encoding }).end(BYTES),
      );
      expect((await api.getQRCode(ICCID)).data).toEqual(BYTES);
    }
  });

  test("more bytes than allowed", async () => {
    const { api } = await setUp(image, { maxResponseBytes: 1_000 });
    await expect(api.getQRCode(ICCID)).rejects.toThrow("longer than maxResponseBytes (1000 bytes)");
  });

  test("fewer bytes than announced", async () => {
    const { api } = await setUp((response) => {
      response.writeHead(200, { ...PNG, "content-length": 2_000 });
      response.write(BYTES, () => response.socket?.destroy());
    });
    await expect(api.getQRCode(ICCID)).rejects.toMatchObject({ name: "EsimConnectionError" });
  });
});
