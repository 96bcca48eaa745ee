import { describe, expect, test } from "vitest";
import { operations } from "./documented-operations.ts";
import { errorMessage, fileForTest, keys, mockForTest } from "./mock-for-test.ts";

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const qrCode = operations.find(({ operationId }) => operationId === "getQRCode");
const path = qrCode?.path ?? "";
const image = qrCode?.responses[0]?.examples[0]?.[1] as Buffer;

const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

describe.each([{}, { dynamic: true }])("the QR code of a mock with %j", (options) => {
  test.each([
    undefined,
    "*/*",
    "image/*",
    "image/png",
    // What the generated clients and the SDK accept: the type of the errors.
    "application/json",
    "image/png,application/json",
    "application/json, text/plain, */*",
  ])("is a PNG to a caller that accepts %s", async (accept) => {
    const mock = await mockForTest(options);
    const headers = accept === undefined ? keys : { ...keys, accept };
    const response = await fetch(mock.url + path, { headers });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("image/png");
    const bytes = await bytesOf(response);
    expect(bytes).toEqual(image);
    expect(bytes.subarray(0, PNG.length)).toEqual(PNG);
    expect(response.headers.get("content-length")).toBe(String(bytes.length));
    expect((await mock.requests())[0]?.notes).toEqual([]);
  });

  test.each(["code=200", "example=qrCode", "code=200, example=qrCode", "dynamic=true", "dynamic=false"])(
    "comes with Prefer: %s too",
    async (prefer) => {
      const { url } = await mockForTest(options);
      const response = await fetch(url + path, { headers: { ...keys, prefer } });
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/png"]);
      expect(await bytesOf(response)).toEqual(image);
    },
  );

  test("gives way to an error in JSON, though the caller accepts images only", async () => {
    const { url } = await mockForTest(options);
    const headers = { ...keys, accept: "image/png" };
    const notFound = await fetch(url + path, { headers: { ...headers, prefer: "code=404" } });
    expect([notFound.status, notFound.headers.get("content-type")]).toEqual([404, "application/json"]);
    expect((await fetch(`${url}/euicc-profiles/1/qrcode`, { headers })).status).toBe(400);
    expect((await fetch(url + path, { headers: { accept: "image/png" } })).status).toBe(401);
  });

  test("is refused to callers that accept none of the operation's types", async () => {
    const { url } = await mockForTest(options);
    expect((await fetch(url + path, { headers: { ...keys, accept: "text/html" } })).status).toBe(406);
  });

  test("has the headers of an image for HEAD, and no body", async () => {
    const { url } = await mockForTest(options);
    const head = await fetch(url + path, { method: "HEAD", headers: keys });
    const { status, headers } = head;
    expect([status, headers.get("content-type"), headers.get("content-length")]).toEqual([
      200,
      "image/png",
      String(image.length),
    ]);
    expect(await head.text()).toBe("");
  });
});

test("half of an image is half of its bytes", async () => {
  const mock = await mockForTest();
  await mock.fault({ operation: "getQRCode", truncate: true });
  const response = await fetch(mock.url + path, { headers: keys });
  expect(await bytesOf(response)).toEqual(image.subarray(0, Math.ceil(image.length / 2)));
});

/** A document with one operation, whose answer is of this type. */
async function withAnswer(mediaType: string, content: object, openapi = "3.1.0"): Promise<string> {
  const responses = { 200: { description: "d", content: { [mediaType]: content } } };
  const paths = { "/file": { get: { operationId: "getFile", responses } } };
  const document = { openapi, info: { title: "T", version: "1" }, paths };
  return fileForTest("files.json", JSON.stringify(document));
}

const bytes = Buffer.from([0, 255, 128, 10, 13, 200]);
const base64 = bytes.toString("base64");

test.each([
  ["image/jpeg", { example: base64 }, "3.1.0"],
  ["image/jpeg", { examples: { one: { value: `${base64.slice(0, 4)}\n  ${base64.slice(4)}` } } }, "3.1.0"],
  ["image/png", { example: `data:image/png;base64,${base64}` }, "3.1.0"],
  ["application/pdf", { schema: { type: "string", format: "binary" }, example: base64 }, "3.0.3"],
  ["application/octet-stream", { schema: { type: "string", format: "binary", example: base64 } }, "3.0.3"],
  ["application/vnd.acme", { schema: { type: "string", format: "binary" }, example: base64 }, "3.0.3"],
])("an example of %s with %j is sent as bytes", async (type, content, openapi) => {
  const mock = await mockForTest({ spec: await withAnswer(type, content, openapi) });
  const response = await fetch(`${mock.url}/file`);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
  expect(await bytesOf(response)).toEqual(bytes);
  expect((await mock.requests())[0]?.notes).toEqual([]);
});

test.each([
  ["text that is no base64", "application/octet-stream", { example: "just text" }, "just text"],
  ["an answer that is base64 on the wire", "image/png", { schema: { contentEncoding: "base64" } }, base64],
  ["a drawing in XML", "image/svg+xml", {}, base64],
])("%s is sent unchanged", async (_, type, content, example) => {
  const { url } = await mockForTest({ spec: await withAnswer(type, { example, ...content }) });
  expect(await (await fetch(`${url}/file`)).text()).toBe(example);
});

test.each([
  ["image/png", PNG],
  ["image/gif", Buffer.from("GIF89a")],
])("without an example, %s is the smallest one", async (type, signature) => {
  const schema = { type: "string", format: "binary" };
  const { url } = await mockForTest({ spec: await withAnswer(type, { schema }) });
  for (const prefer of ["dynamic=true", "dynamic=false"]) {
    const response = await fetch(`${url}/file`, { headers: { prefer } });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, type]);
    expect((await bytesOf(response)).subarray(0, signature.length)).toEqual(signature);
  }
});

test("without an example, a type that cannot be generated is a 501 that says what to add", async () => {
  const schema = { type: "string", format: "binary" };
  const { url } = await mockForTest({ spec: await withAnswer("application/pdf", { schema }) });
  const response = await fetch(`${url}/file`);
  expect(response.status).toBe(501);
  expect(await errorMessage(response)).toBe(
    "The document has no example of application/pdf for getFile, and the mock cannot generate one: add one in base64",
  );
});
