import { startMock } from "@betatelltd/esim-mock";
import { Configuration, PackagesApi } from "@betatelltd/esim-sdk";

export const keys = { userId: "torture", apiKey: "torture" };
export const template = 21145354;

/** A seed for the mock: these SIMs, without a package, and a template of its own account. */
export async function account(sims: readonly string[]) {
  const mock = await startMock({ port: 0, stateful: true });
  try {
    const api = new PackagesApi(new Configuration({ ...keys, basePath: mock.url }));
    const { data } = await api.getPackages(1, 0, undefined, template);
    return {
      templates: [data.packages[0]?.package_template],
      sims: sims.map((iccid) => ({ iccid, inventory: 1 })),
      packages: [],
    };
  } finally {
    await mock.close();
  }
}
