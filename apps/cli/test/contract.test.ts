import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { OPERATIONS, type Operation, type OperationId } from "@betatelltd/esim-sdk";
import {
  type ContractCase,
  type ContractServer,
  contractCases,
  contractServers,
  KEYS,
  type PreferringProxy,
  startPreferringProxy,
} from "@betatelltd/esim-testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const program = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const ID = "pkg_123456";
const SIM = "8910300000045681955";

/** A line, as the body of a PUT. */
const LINE = join(mkdtempSync(join(tmpdir(), "esim-contract-")), "line.json");
writeFileSync(LINE, JSON.stringify({ data: { state: "DISABLED" } }));
afterAll(() => rmSync(dirname(LINE), { recursive: true }));

const COMMANDS: Record<OperationId, string> = {
  getPackages: "packages list --count 2",
  getPackage: `packages get ${ID}`,
  createPackage: `packages create --no-once --sim ${SIM} --template 21145354`,
  activatePackage: `packages activate ${ID}`,
  terminatePackage: `packages terminate ${ID} --yes`,
  getInventories: "inventories list --count 2",
  getESIMs: "sims list --inventory 51952",
  getESIM: `sims get ${SIM}`,
  getPackageTemplates: "templates list",
  getPackageTemplate: "templates get 21145354",
  createPackageTemplate:
    "templates create --name Europe --country DEU --data 5GB --duration 7d --activation auto --available-until 2099-12-31 --inventory 51952",
  getPCRProfile: `line get ${SIM}`,
  // `line set` also reads the line before and after, which is irrelevant here.
  modifyPCRProfile: `api PUT /sim-pcr-profiles/${SIM} --input ${LINE}`,
  getEUICCProfile: `profile get ${SIM}`,
  getQRCode: `api GET /euicc-profiles/${SIM}/qrcode`,
  getCountries: "countries",
  getStatus: "status",
};
const EXIT_CODES: Record<number, number> = { 400: 2, 401: 3, 404: 4, 409: 5, 500: 6, 503: 6 };

function esim(baseUrl: string, args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    PATH: process.env.PATH,
    // Keeps the user's own files out of the tests.
    XDG_CONFIG_HOME: tmpdir(),
    ESIM_API_KEY: KEYS.apiKey,
    ESIM_USER_ID: KEYS.userId,
    ESIM_BASE_URL: baseUrl,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

/** Does not compile until every operation has a command. */
type Case = ContractCase & { readonly operation: OperationId };
const operationOf = (id: OperationId): Operation => OPERATIONS[id];

/** The contract mock has no image. */
const canAnswer = (server: string, { operation, status }: Case) =>
  server === "esim-mock" || operationOf(operation).returns !== "bytes" || status >= 300;

test("every operation has a command", () => {
  const missing = Object.keys(OPERATIONS).filter((id) => !COMMANDS[id as OperationId]);
  expect(missing, "apps/cli/test/contract.test.ts has no line for these in COMMANDS").toEqual([]);
});

describe.each(contractServers)("esim against $name", ({ name, start }) => {
  let server: ContractServer;
  let proxy: PreferringProxy;
  beforeAll(async () => {
    server = await start();
    proxy = await startPreferringProxy(server.url);
  }, 30_000);
  afterAll(async () => {
    await proxy.close();
    await server.close();
  });

  const cases = (contractCases() as Case[]).filter(
    (each) => COMMANDS[each.operation] && canAnswer(name, each),
  );
  test.each(cases)("$operation answered with $status", async ({ operation, status, body, prefer }) => {
    proxy.prefer = prefer;
    const command = COMMANDS[operation].split(" ");
    const { code, stdout, stderr } = await esim(proxy.url, [...command, "--json"]);
    if (status < 300) {
      expect(stderr).toBe("");
      expect(code).toBe(0);
      const { returns } = operationOf(operation);
      if (returns === "bytes") expect(stdout).toMatch(/^.PNG\r\n/);
      else if (command[0] === "api" && returns === "nothing") expect(stdout).toBe("");
      else expect(JSON.parse(stdout)).toEqual(body ?? { id: ID, status: 204 });
      return;
    }
    expect(code).toBe(EXIT_CODES[status]);
    // `esim api` prints any answer.
    if (command[0] !== "api") expect(stdout).toBe("");
    expect(stdout + stderr).toContain((body as { message: string }).message);
    expect(stderr).not.toMatch(/^\s+at /m);
    for (const key of Object.values(KEYS)) expect(stderr).not.toContain(key);
  });

  test("--all", async () => {
    proxy.prefer = "code=200";
    const { stdout } = await esim(proxy.url, ["packages", "list", "--all", "--json"]);
    expect(JSON.parse(stdout).map(({ id }: { id: string }) => id)).toEqual(["pkg_123456", "pkg_123457"]);
  });
});
