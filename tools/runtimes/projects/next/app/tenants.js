import { Configuration, createEsimClient, PackagesApi } from "@betatelltd/esim-sdk";

/** What each of two tenants is shown, by both layers, all in one component. */
export async function Tenants() {
  const seen = {};
  for (const tenant of ["one", "two"]) {
    const keys = { apiKey: `key-of-${tenant}`, userId: `user-of-${tenant}` };
    // A framework that gets in the way shows soon.
    const baseOptions = { timeout: 5000, maxRetries: 0 };
    const api = new PackagesApi(new Configuration({ ...keys, baseOptions }));
    const client = createEsimClient({ ...keys, ...baseOptions });
    const [byClass, byClient] = [await api.getPackages(), await client.GET("/packages")];
    seen[tenant] = [...byClass.data.packages, ...byClient.data.packages].map(({ id }) => id);
  }
  return <pre>{`SEEN ${JSON.stringify(seen).replaceAll('"', "'")} END`}</pre>;
}
