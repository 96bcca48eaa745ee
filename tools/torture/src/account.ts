import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMock } from "@betatelltd/esim-mock";
import { Configuration, PackagesApi } from "@betatelltd/esim-sdk";

export const keys = { userId: "torture", apiKey: "torture" };
export const TEMPLATE = 21145354;
export const INVENTORY = 1;

/** As many ICCIDs as wanted, all different. */
export function iccids(length: number): string[] {
  return Array.from({ length }, (_, n) => `8910300${String(n).padStart(13, "0")}`);
}

/** A seed for the mock: these SIMs and packages, and a template of its own account. */
export async function account(sims: readonly string[], packages: readonly object[] = []) {
  const mock = await startMock({ port: 0, stateful: true });
  try {
    const api = new PackagesApi(new Configuration({ ...keys, basePath: mock.url }));
    const { data } = await api.getPackages(1, 0, undefined, TEMPLATE);
    return {
      templates: [data.packages[0]?.package_template],
      sims: sims.map((iccid) => ({ iccid, inventory: INVENTORY })),
      packages,
    };
  } finally {
    await mock.close();
  }
}

/** A mock that keeps its state in a file, with an account that begins as `account` says. The files go when it is closed. */
export async function startAccount(...content: Parameters<typeof account>) {
  const folder = mkdtempSync(join(tmpdir(), "esim-torture-"));
  const seed = join(folder, "seed.json");
  writeFileSync(seed, JSON.stringify(await account(...content)));
  const mock = await startMock({ port: 0, stateful: true, seed, state: join(folder, "state.db") });
  return {
    url: mock.url,
    async close() {
      await mock.close();
      rmSync(folder, { recursive: true });
    },
  };
}
