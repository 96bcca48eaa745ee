import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import {
  type ContractServer,
  contractCases,
  contractServers,
  KEYS,
  type OperationId,
  type PreferringProxy,
  startPreferringProxy,
} from "@betatelltd/esim-testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const program = fileURLToPath(new URL("../dist/bin.js", import.meta.url));
const ID = "pkg_123456";

const COMMANDS: Record<OperationId, string[]> = {
  getPackages: ["list", "--count", "2"],
  getPackage: ["get", ID],
  createPackage: ["create", "--no-once", "--sim", "8910300000045681955", "--template", "21145354"],
  activatePackage: ["activate", ID],
  terminatePackage: ["terminate", ID, "--yes"],
};
const EXIT_CODES: Record<number, number> = { 400: 2, 401: 3, 404: 4, 409: 5, 500: 6 };

function esim(baseUrl: string, args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    PATH: process.env.PATH,
    // No file of the person who runs the tests is read.
    XDG_CONFIG_HOME: tmpdir(),
    ESIM_API_KEY: KEYS.apiKey,
    ESIM_USER_ID: KEYS.userId,
    ESIM_BASE_URL: baseUrl,
  };
  return new Promise((resolve) => {
    execFile(process.execPath, [program, "packages", ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

describe.each(contractServers)("esim against $name", ({ start }) => {
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

  test.each(contractCases())(
    "$operation answered with $status",
    async ({ operation, status, body, prefer }) => {
      proxy.prefer = prefer;
      const { code, stdout, stderr } = await esim(proxy.url, [...COMMANDS[operation], "--json"]);
      if (status < 300) {
        expect(stderr).toBe("");
        expect(code).toBe(0);
        expect(JSON.parse(stdout)).toEqual(body ?? { id: ID, status: 204 });
        return;
      }
      expect(code).toBe(EXIT_CODES[status]);
      expect(stdout).toBe("");
      expect(stderr).toContain((body as { message: string }).message);
      expect(stderr).not.toMatch(/^\s+at /m);
      for (const key of Object.values(KEYS)) expect(stderr).not.toContain(key);
    },
  );

  test("--all", async () => {
    proxy.prefer = "code=200";
    const { stdout } = await esim(proxy.url, ["list", "--all", "--json"]);
    expect(JSON.parse(stdout).map(({ id }: { id: string }) => id)).toEqual(["pkg_123456", "pkg_123457"]);
  });
});
