import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startMock } from "@betatelltd/esim-mock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const folder = new URL("../src/", import.meta.url);
let mock: Awaited<ReturnType<typeof startMock>>;
beforeAll(async () => {
  mock = await startMock({ port: 0 });
});
afterAll(() => mock.close());

async function run(file: string, environment: Record<string, string> = {}): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [fileURLToPath(new URL(file, folder))], {
    env: {
      ...process.env,
      NO_COLOR: "1",
      ESIM_API_KEY: "test-api-key",
      ESIM_USER_ID: "test-user-id",
      ESIM_BASE_URL: mock.url,
      ...environment,
    },
  });
  return stdout.trim().split("\n");
}

/** What each example prints against the contract's examples. */
const EXPECTED: Record<string, (string | RegExp)[]> = {
  "list-with-filters.ts": [
    "2 of 2 packages",
    "pkg_123456  ACTIVE  Europe 5 GB 7 days  3.5 GB left  2025-10-31T18:25:17.000Z",
    "pkg_123457  NOT_ACTIVE  Europe 5 GB 7 days  5.0 GB left  not activated yet",
  ],
  "page-through-everything.ts": ["2 packages, 8.5 GB left"],
  "create-activate-terminate.ts": [
    "pkg_123456 is NOT_ACTIVE; activate it before 2025-11-22T18:25:17.000Z",
    "activated: true (HTTP 204)",
    "3758096384 bytes left",
    "terminated: true (HTTP 204)",
  ],
  "handle-each-error.ts": [
    /^409 createPackage: A package already exists for this SIM \(POST \/packages, request [-\w]+\)$/,
    "this SIM has a package already: terminate it, or wait until it ends",
  ],
  "time-limits-and-cancelling.ts": [
    "in time: HTTP 200",
    // So short a limit may be over before anything is sent.
    /^getPackage: no (answer in \d+ ms|time left of totalTimeout, 0\.001 ms) \(GET \/packages\/pkg_123456\)$/,
    "AbortError",
  ],
  "raw-typed-client.ts": ["2 of 2", "HTTP 400: Package cannot be activated"],
  "migrate-from-axios.ts": [
    "200 [ 'pkg_123456', 'pkg_123457' ]",
    "409 A package already exists for this SIM",
  ],
  "reference-samples.ts": [
    "getPackages 200 2",
    "GetPackagesResponse 2",
    "getPackage 200 pkg_123456",
    "createPackage 201 pkg_123456",
    "CreatePackageRequest NOT_ACTIVE",
    "CreatePackageResponse 15",
    "activatePackage 204 true",
    "terminatePackage 204 true",
    "ok",
  ],
};

test.each(Object.entries(EXPECTED))("%s", async (file, expected) => {
  const lines = await run(file);
  expect(lines).toHaveLength(expected.length);
  for (const [index, line] of expected.entries()) {
    if (typeof line === "string") expect(lines[index]).toBe(line);
    else expect(lines[index]).toMatch(line);
  }
});

describe("handle-each-error.ts", () => {
  test.each([
    ["code=201", "bought pkg_123456"],
    ["code=400", /^refused for good; tell support request [-\w]+$/],
    ["code=500", "it is there: do not buy again"],
  ])("with %s", async (prefer, last) => {
    expect((await run("handle-each-error.ts", { PREFER: prefer })).at(-1)).toMatch(last);
  });

  test("without a server", async () => {
    const gone = await startMock({ port: 0 });
    await gone.close();
    const lines = await run("handle-each-error.ts", { ESIM_BASE_URL: gone.url });
    expect(lines.at(-1)).toBe("nothing was sent: check the server's address, then try again");
  });
});

test("each example is under 40 lines, and tested here", () => {
  const examples = readdirSync(folder).filter((file) => !["demo.ts", "reference-samples.ts"].includes(file));
  for (const file of examples) {
    expect(Object.keys(EXPECTED)).toContain(file);
    expect(readFileSync(new URL(file, folder), "utf8").split("\n").length, file).toBeLessThanOrEqual(40);
  }
});
