import { describe, expect, test } from "vitest";
import { basePath, bodyOf, operations } from "./documented-operations.ts";
import { keys, mockForTest } from "./mock-for-test.ts";
import { json, type Seen, service } from "./service-for-test.ts";

const VIOLATIONS = "x-contract-violations";
const above = basePath.slice(0, basePath.lastIndexOf("/"));
const reads = operations.filter(({ request }) => request.method === "GET");
const find = (id: string) => operations.find(({ operationId }) => operationId === id);
const image = find("getQRCode")?.responses[0]?.examples[0]?.[1] as Buffer;
const profile = find("getPCRProfile")?.responses[0]?.examples[0]?.[1] as object;

/** A mock in front of a service that gives this answer at this base path. */
async function before(answer: Parameters<typeof service>[0], base = "") {
  const { url, seen } = await service(answer);
  return { mock: await mockForTest({ upstream: url + base }), seen };
}

const send =
  (type: string, body: Buffer | string) =>
  (_: Seen, response: Parameters<Parameters<typeof service>[0]>[1]) =>
    void response.writeHead(200, { "content-type": type }).end(body);

test.each(reads)(
  "$operationId is forwarded, and its first example is no departure",
  async ({ path, request, responses }) => {
    const [{ mediaType = "", examples: [[, example] = []] = [] } = {}] = responses;
    const { mock, seen } = await before(
      send(mediaType, Buffer.isBuffer(example) ? example : JSON.stringify(example)),
    );
    const response = await fetch(mock.url + path, request);
    expect(response.status).toBe(200);
    expect(await bodyOf(response)).toEqual(example);
    expect(seen.map(({ url }) => url)).toEqual([path]);
    expect(await mock.drift()).toMatchObject({ requests: 1, departures: 0, uninspected: 0 });
  },
);

describe("an image", () => {
  const ask = async (answer: Parameters<typeof service>[0]) => {
    const { mock } = await before(answer);
    const response = await fetch(mock.url + find("getQRCode")?.path, { headers: keys });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { bytes, drift: (await mock.drift()).drift, header: response.headers.get(VIOLATIONS) };
  };

  test("is forwarded to the byte, and not mistaken for text", async () => {
    const bytes = Buffer.concat([image, Buffer.from([0xff, 0xfe, 0x00, 0x1b])]);
    expect(await ask(send("image/png", bytes))).toEqual({ bytes, drift: [], header: null });
  });

  test.each(["image/svg+xml", "application/octet-stream", "text/plain"])(
    "of another type, %s, is one departure, and is forwarded",
    async (type) => {
      const { bytes, drift, header } = await ask(send(type, image));
      expect(bytes).toEqual(image);
      expect(header).toBe("response content-type: wrong media type");
      expect(drift).toMatchObject([
        { operation: "getQRCode", kind: "wrong media type", example: { value: type } },
      ]);
    },
  );

  test("that claims to be JSON is reported as unreadable, and forwarded", async () => {
    const { bytes, drift } = await ask(send("application/json", image));
    expect(bytes).toEqual(image);
    expect(drift).toMatchObject([{ field: "body", kind: "not readable" }]);
  });

  test("is truncated to half of its bytes", async () => {
    const { mock } = await before(send("image/png", image));
    await mock.fault({ truncate: true });
    const response = await fetch(mock.url + find("getQRCode")?.path, { headers: keys });
    const half = image.subarray(0, Math.ceil(image.length / 2));
    expect(Buffer.from(await response.arrayBuffer())).toEqual(half);
  });
});

test("voice and SMS as lists, which have also been documented, are reported and forwarded", async () => {
  const body = JSON.stringify({ ...profile, voice: [{ state: "ENABLED" }], sms: [{ state: "DISABLED" }] });
  const { mock } = await before(json(body));
  const response = await fetch(mock.url + find("getPCRProfile")?.path, { headers: keys });
  expect(await response.text()).toBe(body);
  expect(response.headers.get(VIOLATIONS)).toBe(
    "response body.voice: wrong type; response body.sms: wrong type",
  );
  expect((await mock.drift()).drift).toMatchObject([
    {
      operation: "getPCRProfile",
      field: "body.voice",
      kind: "wrong type",
      example: { value: "an array of 1" },
    },
    { operation: "getPCRProfile", field: "body.sms", kind: "wrong type" },
  ]);
});

describe("the status", () => {
  const status = json('{"status":"ok","version":"1"}');

  test.each([
    ["", "/status"],
    ["/proxy", "/proxy/status"],
    ["/api/v1", "/api/v1/status"],
    ["/my-api/v1/esim/x", "/my-api/v1/esim/x/status"],
    [basePath, `${above}/status`],
    [`${basePath}/`, `${above}/status`],
    [`/eu${basePath}`, `/eu${above}/status`],
  ])("of a service at %j is at %s, however it is requested", async (base, path) => {
    const { mock, seen } = await before(status, base);
    for (const own of ["", above, basePath]) {
      expect((await fetch(`${mock.url}${own}/status?x=1`)).status).toBe(200);
    }
    expect(seen.map(({ url }) => url)).toEqual([`${path}?x=1`, `${path}?x=1`, `${path}?x=1`]);
    expect(await mock.drift()).toMatchObject({ departures: 0 });
  });

  test("is requested without keys where it is above the keys' base address", async () => {
    const { mock, seen } = await before(status, basePath);
    const headers = { ...keys, authorization: "Bearer x", cookie: "a=b", "x-other": "y" };
    await fetch(`${mock.url}/status`, { headers });
    await fetch(`${mock.url}/packages`, { headers });
    expect(seen.map((each) => Object.keys(headers).filter((name) => name in each.headers))).toEqual([
      ["x-other"],
      Object.keys(headers),
    ]);
  });
});
