import { Configuration, createEsimClient, PackagesApi } from "@betatelltd/esim-sdk";
import { keys, type Reader } from "./reader.ts";

type Fetch = (request: Request) => Promise<Response>;

/** A fetch of the caller's own, which keeps the SDK from going over `node:http`. */
export const ownFetch: Fetch = (request) => fetch(request);

export function packagesApi(url: string, fetch?: Fetch): Reader {
  const api = new PackagesApi(new Configuration({ ...keys, basePath: url, fetch }));
  return {
    one: async (id) => (await api.getPackage(id)).data,
    list: async (count, offset) => (await api.getPackages(count, offset)).data,
  };
}

export function esimClient(url: string, fetch?: Fetch): Reader {
  const client = createEsimClient({ ...keys, baseUrl: url, fetch });
  return {
    one: async (id) => present((await client.GET("/packages/{id}", { params: { path: { id } } })).data),
    list: async (count, offset) =>
      present((await client.GET("/packages", { params: { query: { count, offset } } })).data),
  };
}

function present<Data>(data: Data | undefined): Data {
  if (data === undefined) throw new Error("there is no data");
  return data;
}
