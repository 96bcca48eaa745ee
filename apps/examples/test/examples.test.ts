import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startMock } from "@betatelltd/esim-mock";
import { Configuration, PackagesApi } from "@betatelltd/esim-sdk";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const folder = new URL("../src/", import.meta.url);
let mock: Awaited<ReturnType<typeof startMock>>;
beforeAll(async () => {
  mock = await startMock({ port: 0 });
});
afterAll(() => mock.close());

async function run(
  file: string,
  environment: Record<string, string> = {},
  args: readonly string[] = [],
  cwd?: string,
): Promise<string[]> {
  const program = fileURLToPath(new URL(file, folder));
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], {
    cwd,
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

/** The output of each example when the mock responds with the contract's examples. */
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
    "this SIM already has a package: terminate it, or wait until it ends",
  ],
  "time-limits-and-cancelling.ts": [
    "in time: HTTP 200",
    // Such a short limit may run out before anything is sent.
    /^getPackage: (no response within \d+ ms|no connection within \d+ ms|totalTimeout of 0\.001 ms ran out) \(GET \/packages\/pkg_123456\)$/,
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
    ["code=400", /^refused; quote request [-\w]+ to support$/],
    ["code=500", "found: do not buy again"],
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

describe("against a stateful mock", () => {
  const iccid = "8910300000045682001";
  let folderOfOwn: string;
  let selling: Awaited<ReturnType<typeof startMock>>;
  beforeAll(async () => {
    folderOfOwn = mkdtempSync(join(tmpdir(), "esim-examples-"));
    selling = await startMock({ port: 0, stateful: true });
  });
  afterAll(async () => {
    await selling.close();
    rmSync(folderOfOwn, { recursive: true });
  });
  const runThere = (file: string, ...args: string[]) =>
    run(file, { ESIM_BASE_URL: selling.url }, args, folderOfOwn);

  test("sell-an-esim.ts buys once for a free SIM, and saves its QR code", async () => {
    const [line = ""] = await runThere("sell-an-esim.ts");
    const [, name, id, file] = /^sold (.+) as (pkg_\d+): the traveller scans (\d+\.png)$/.exec(line) ?? [];
    expect(name).toBe("Europe 10 GB 1 month");
    const api = new PackagesApi(
      new Configuration({ apiKey: "test-api-key", userId: "test-user-id", basePath: selling.url }),
    );
    const { data } = await api.getPackage(id ?? "");
    expect(`${data.sim}.png`).toBe(file);
    expect(data.status).toBe("NOT_ACTIVE");
    expect(
      readFileSync(join(folderOfOwn, file ?? ""))
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    const bought = (await selling.requests()).filter(({ method }) => method === "POST");
    expect(bought).toHaveLength(1);

    // A second sale uses another SIM.
    const [next = ""] = await runThere("sell-an-esim.ts");
    expect(next).toContain("sold Europe 10 GB 1 month");
    expect(next).not.toContain(file);
  });

  test("sell-an-esim.ts reports that nothing is on offer", async () => {
    await expect(runThere("sell-an-esim.ts", "1")).rejects.toThrow("inventory 1 has nothing on offer");
  });

  test("the ten lines in the root README sell one too", async () => {
    const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
    const [, code = ""] = /^```ts\n(.*?)^```/ms.exec(readme) ?? [];
    // The code has no type annotations, so Node can run it as is; it runs here to resolve the packages.
    const here = fileURLToPath(new URL("..", import.meta.url));
    const png = join(folderOfOwn, "qr.png");
    const args = ["--input-type=module", "-e", code.replace('"qr.png"', JSON.stringify(png))];
    const keys = { ESIM_API_KEY: "test-api-key", ESIM_USER_ID: "a-reader" };
    const env = { ...process.env, ...keys, ESIM_BASE_URL: selling.url };
    // Twice: the second sale skips the SIM that was sold.
    for (let sale = 0; sale < 2; sale++)
      await promisify(execFile)(process.execPath, args, { cwd: here, env });
    expect(readFileSync(png).subarray(1, 4).toString()).toBe("PNG");
    const bought = (await selling.requests()).filter(
      ({ method, user }) => method === "POST" && user === "a-reader",
    );
    expect(bought.map(({ status }) => status)).toEqual([201, 201]);
  });

  test("suspend-a-line.ts", async () => {
    expect(await runThere("suspend-a-line.ts", iccid)).toEqual([
      "before: data ENABLED at NO_LIMIT, voice ENABLED",
      "suspended: data DISABLED at NO_LIMIT, voice DISABLED",
      "resumed: data ENABLED at NO_LIMIT, voice ENABLED",
    ]);
  });

  test("watch-usage.ts", async () => {
    const { packages } = await (
      await fetch(`${selling.url}/packages?status=ACTIVE&package_template=21145354&count=1`, {
        headers: { "x-user-id": "test-user-id", "x-api-key": "test-api-key" },
      })
    ).json();
    const [{ id, data_usage_remaining: left, package_template: template }] = packages;
    await selling.network.use("test-user-id", id, { data: left - template.data_usage_allowance / 10 });
    expect(await runThere("watch-usage.ts", id)).toEqual(["ACTIVE: 10 % left", "time to offer more"]);
  });

  test("import-templates.ts creates missing templates, and none when it runs again", async () => {
    const template = {
      name: "Alps 1 GB",
      supported_countries: ["CHE", "AUT"],
      activation_type: "AUTO",
      data_usage_allowance: 1_073_741_824,
      time_allowance: { unit: "CALENDAR_MONTH", duration: 1 },
      activation_time_allowance: 2_592_000,
      earliest_available_date: 0,
      latest_available_date: 1_924_992_000_000,
      inventory: 51952,
    };
    const other = { ...template, name: "Alps 3 GB" };
    writeFileSync(join(folderOfOwn, "templates.json"), JSON.stringify([template, other, template]));
    expect(await runThere("import-templates.ts")).toEqual([
      expect.stringMatching(/^created \d+: Alps 1 GB$/),
      expect.stringMatching(/^created \d+: Alps 3 GB$/),
      "already there: Alps 1 GB",
    ]);
    expect(await runThere("import-templates.ts")).toEqual([
      "already there: Alps 1 GB",
      "already there: Alps 3 GB",
      "already there: Alps 1 GB",
    ]);
    await selling.fault({ operation: "createPackageTemplate", drop: "after", times: 1 });
    writeFileSync(join(folderOfOwn, "templates.json"), JSON.stringify([{ ...template, name: "Alps 5 GB" }]));
    expect(await runThere("import-templates.ts")).toEqual(["outcome unknown: Alps 5 GB; run this again"]);
    expect(await runThere("import-templates.ts")).toEqual(["already there: Alps 5 GB"]);
  });
});

test("each example has at most 40 lines, and is tested here", () => {
  const examples = readdirSync(folder).filter((file) => !["demo.ts", "reference-samples.ts"].includes(file));
  const here = readFileSync(fileURLToPath(import.meta.url), "utf8");
  for (const file of examples) {
    expect(here).toContain(`"${file}`);
    expect(readFileSync(new URL(file, folder), "utf8").split("\n").length, file).toBeLessThanOrEqual(40);
  }
});
