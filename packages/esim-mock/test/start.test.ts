import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { bodyOf, operations } from "./documented-operations.ts";
import { mockForTest } from "./mock-for-test.ts";

const dist = new URL("../dist/index.js", import.meta.url).href;

/** Starts a mock in its own process, sends requests, and returns their statuses and whether Prism was loaded after each. */
function requestsOf(
  options: object,
  requests: readonly object[],
): { status: number; isPrismLoaded: boolean }[] {
  const program = `
    import Module from "node:module";
    import { startMock } from ${JSON.stringify(dist)};
    const mock = await startMock({ port: 0, ...${JSON.stringify(options)} });
    const results = [];
    for (const { path, ...init } of ${JSON.stringify(requests)}) {
      const { status } = await fetch(mock.url + path, init);
      results.push({ status, isPrismLoaded: Object.keys(Module._cache).some((name) => name.includes("prism-http")) });
    }
    console.log(JSON.stringify(results));
    await mock.close();`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

const headers = { "x-user-id": "u", "x-api-key": "k" };
const json = { ...headers, "content-type": "application/json" };
const body = JSON.stringify({ sim: "8910300000045682001", package_template: 21145354 });

test.each([{}, { stateful: true }])(
  "a mock with %j answers plain requests without loading Prism, and others with it",
  (options) => {
    const answers = requestsOf(options, [
      { path: "/packages", headers },
      { path: "/packages?count=5&status=ACTIVE", headers },
      { path: "/packages/pkg_123456", headers: { ...headers, accept: "application/json" } },
      { path: "/packages", method: "POST", headers: json, body },
      { path: "/packages?count=none", headers },
    ]);
    expect(answers).toEqual([
      { status: 200, isPrismLoaded: false },
      { status: 200, isPrismLoaded: false },
      { status: 200, isPrismLoaded: false },
      { status: 201, isPrismLoaded: false },
      { status: 400, isPrismLoaded: true },
    ]);
  },
);

test("a mock starts and answers without loading Node's fetch, which takes longer than everything else", () => {
  const program = `
    import { startMock } from ${JSON.stringify(dist)};
    const mock = await startMock({ port: 0, stateful: true });
    const { get: send } = process.getBuiltinModule("node:http");
    const headers = ${JSON.stringify(headers)};
    const status = await new Promise((resolve) => send(mock.url + "/packages", { headers }, (answer) => resolve(answer.resume().statusCode)));
    console.log(status, process.moduleLoadList.filter((name) => name.includes("undici")).join());
    await mock.close();`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8",
  });
  expect([stdout, stderr]).toEqual(["200 \n", ""]);
});

describe("what the build prepares", () => {
  test.each([undefined, "*/*", "application/json", "application/json, text/plain, */*"])(
    "answers as Prism does to a caller that accepts %s",
    async (accept) => {
      const [prepared, alone] = [
        await mockForTest({ fastPath: true }),
        await mockForTest({ fastPath: false }),
      ];
      for (const { path, request } of operations) {
        const [ours, prisms] = await Promise.all(
          [prepared, alone].map(async ({ url }) => {
            const headers = { ...request.headers, ...(accept !== undefined && { accept }) };
            const answer = await fetch(url + path, { ...request, headers });
            return [answer.status, answer.headers.get("content-type"), await bodyOf(answer)];
          }),
        );
        expect(ours).toEqual(prisms);
        expect(ours?.[0]).toBeLessThan(300);
      }
    },
  );
});
