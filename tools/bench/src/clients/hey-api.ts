import { heyApi } from "../hey-api.ts";
import { keyOf, type Reader } from "./reader.ts";

type Call = (options: { client: unknown; path?: object; query?: object }) => Promise<{ data: never }>;
interface HeyApi {
  readonly getPackage: Call;
  readonly getPackages: Call;
  createClient(config: object): unknown;
}

/** The generated client, which has to be there: see {@link makeHeyApi}. */
export async function heyApiClient(url: string): Promise<Reader> {
  const { getPackage, getPackages, createClient } = (await import(heyApi.script)) as HeyApi;
  const client = createClient({ baseUrl: url, auth: ({ name }: { name: string }) => keyOf(name) });
  return {
    one: async (id) => (await getPackage({ client, path: { id } })).data,
    list: async (count, offset) => (await getPackages({ client, query: { count, offset } })).data,
  };
}
