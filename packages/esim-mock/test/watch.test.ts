import { execFileSync } from "node:child_process";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadDocument } from "../src/contract/load-document.ts";
import { ReadFiles } from "../src/contract/read-files.ts";
import { watchDocument } from "../src/contract/watch-document.ts";
import { createLogger } from "../src/http/logger.ts";
import { account, FREE_SIM } from "./account.ts";
import { fileForTest, keys, mockForTest } from "./mock-for-test.ts";
import { captureStderr } from "./stderr.ts";

/** A document with one path, which answers with text. */
const documentOf = (path: string, hello: string) => `# Of one's own
openapi: 3.1.0
info: { title: Things, version: "1" }
paths:
  ${path}:
    get:
      operationId: getThings
      responses: { 200: { description: d, content: { text/plain: { example: ${hello} } } } }
`;

const BROKEN = "paths: [\nthings: }\n";

const textAt = async (url: string) => {
  const response = await fetch(url, { headers: keys });
  return response.ok ? await response.text() : response.status;
};

/** Waits until the mock answers this. */
const becomes = (url: string, text: string | number) =>
  expect.poll(() => textAt(url), { timeout: 10_000 }).toBe(text);

async function watched(options = {}) {
  const log = captureStderr();
  const spec = await fileForTest("things.yaml", documentOf("/things", "first"));
  const mock = await mockForTest({ spec, watch: true, logLevel: "info", ...options });
  /** Lines that are not about requests. */
  const lines = () =>
    log()
      .split("\n")
      .filter((line) => /^(Cannot|Reloaded)/.test(line));
  return { spec, mock, lines };
}

test("after a change, serves the new document and answers from it", async () => {
  const { spec, mock, lines } = await watched();
  expect(await textAt(`${mock.url}/things`)).toBe("first");
  const changed = documentOf("/others", "second");
  await writeFile(spec, changed);
  await becomes(`${mock.url}/others`, "second");
  expect(await textAt(`${mock.url}/things`)).toBe(404);
  expect(await textAt(`${mock.url}/openapi.yaml`)).toBe(changed);
  expect(lines()).toEqual([`Reloaded ${spec}.`]);
});

test("keeps serving the old document while the new one is broken, and logs one line", async () => {
  const { spec, mock, lines } = await watched();
  await writeFile(spec, BROKEN);
  await expect.poll(() => lines().length, { timeout: 10_000 }).toBe(1);
  expect(lines()[0]).toMatch(/^Cannot use .*things\.yaml: it is not valid YAML or JSON .* Still serving .*$/);
  expect(await textAt(`${mock.url}/things`)).toBe("first");
  expect(await textAt(`${mock.url}/openapi.yaml`)).toBe(documentOf("/things", "first"));
  await writeFile(`${spec}.next`, `openapi: 3.1.0\npaths: { /x: { $ref: "no\\e[2Jsuch.yaml" } }`);
  await rename(`${spec}.next`, spec);
  await expect.poll(() => lines().length, { timeout: 10_000 }).toBe(2);
  expect(lines()[1]).toContain("no\\u{1b}[2Jsuch.yaml, which cannot be read: there is no such file");
  await writeFile(spec, documentOf("/things", "second"));
  await becomes(`${mock.url}/things`, "second");
});

test("a pipe in a file's place is reported, and the file is read when it is back", async () => {
  const { spec, mock, lines } = await watched();
  await rm(spec);
  await expect.poll(() => lines().length, { timeout: 10_000 }).toBe(1);
  execFileSync("mkfifo", [spec]);
  await expect.poll(() => lines().length, { timeout: 10_000 }).toBe(2);
  expect(lines()[1]).toContain("it is not a regular file");
  await rm(spec);
  await writeFile(spec, documentOf("/things", "second"));
  await becomes(`${mock.url}/things`, "second");
});

test("a problem is reported once, however often the file is written", async () => {
  const spec = await fileForTest("things.yaml", documentOf("/things", "first"));
  const files = new ReadFiles();
  await loadDocument(spec, files);
  const lines: string[] = [];
  let loads = 0;
  const refuse = () => {
    loads++;
    throw new Error("It cannot be served.");
  };
  const log = createLogger("info", (line) => lines.push(line));
  onTestFinished(watchDocument(spec, files, refuse, log));
  for (const count of [1, 2]) {
    await writeFile(spec, documentOf("/things", `text${count}`));
    await expect.poll(() => loads, { timeout: 10_000 }).toBe(count);
  }
  expect(lines).toEqual([`It cannot be served. Still serving ${spec} as it was before.`]);
});

test("follows a file that is replaced, and one that disappears and comes back", async () => {
  const { spec, mock, lines } = await watched();
  for (const text of ["second", "third"]) {
    await writeFile(`${spec}.tmp`, documentOf("/things", text));
    await rename(`${spec}.tmp`, spec);
    await becomes(`${mock.url}/things`, text);
  }
  await rm(spec);
  await expect
    .poll(() => lines().at(-1), { timeout: 10_000 })
    .toMatch(/^Cannot read .*there is no such file/);
  expect(await textAt(`${mock.url}/things`)).toBe("third");
  await writeFile(spec, documentOf("/things", "fourth"));
  await becomes(`${mock.url}/things`, "fourth");
});

test("follows the files that the document refers to, including new ones", async () => {
  const { spec, mock } = await watched();
  const refersTo = (file: string) =>
    documentOf("/things", "x").replace(/example: x/, `schema: { $ref: ${file} }`);
  const file = join(dirname(spec), "schemas", "thing.yaml");
  await writeFile(spec, refersTo("schemas/thing.yaml"));
  await mkdir(dirname(file));
  await writeFile(file, "{ type: string, enum: [one] }");
  await becomes(`${mock.url}/things`, "one");
  await writeFile(file, "{ type: string, enum: [two] }");
  await becomes(`${mock.url}/things`, "two");
  expect(await textAt(`${mock.url}/openapi.yaml`)).toContain("- two");
});

test("state survives a reload, and a request in progress is answered from the old document", async () => {
  const source = new URL(import.meta.resolve("@betatelltd/esim-openapi/openapi.yaml"));
  const spec = await fileForTest("api.yaml", await readFile(source, "utf8"));
  const mock = await mockForTest({ spec, watch: true, stateful: true });
  const { create, get } = account(mock.url);
  const { id } = (await create(FREE_SIM)).body;
  await mock.clock.advance("1d");
  await mock.fault({ operation: "getPackages", latency: "1s", times: 1 });
  await mock.fault({ operation: "terminatePackage", status: 503 });
  const slow = fetch(`${mock.url}/packages`, { headers: keys });
  await expect.poll(async () => (await mock.faults()).length).toBe(1);

  const text = await readFile(source, "utf8");
  await writeFile(spec, text.replace(/^ {2}\/packages:$/m, "  /bundles:"));
  await becomes(`${mock.url}/packages`, 404);
  expect((await slow).status).toBe(200);
  expect((await get(id)).body).toMatchObject({ id });
  expect((await mock.clock.read()).ahead).toBe(86_400_000);
  expect(await mock.faults()).toMatchObject([{ operation: "terminatePackage", met: 0 }]);
  expect((await mock.requests()).some(({ method }) => method === "POST")).toBe(true);
  await expect(mock.fault({ operation: "getPackage", status: 500 })).resolves.toMatchObject({ status: 500 });
});

test("without the option, the document never changes", async () => {
  const { spec, mock } = await watched({ watch: false });
  await writeFile(spec, documentOf("/others", "second"));
  expect(await textAt(`${mock.url}/openapi.yaml`)).toBe(documentOf("/things", "first"));
  expect(await textAt(`${mock.url}/things`)).toBe("first");
});
