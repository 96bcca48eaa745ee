import type { paths } from "@betatelltd/esim-sdk";
import { Configuration, createEsimClient, PackagesApi } from "@betatelltd/esim-sdk";
import * as withAxios from "@betatelltd/esim-sdk-axios";
import ky from "ky";
import createClient from "openapi-fetch";
import { heyApi, makeHeyApi } from "./hey-api.ts";

/** The two reads of the contract, as a client offers them. Both resolve to parsed JSON. */
export interface Reader {
  one(id: string): Promise<unknown>;
  list(count: number, offset?: number): Promise<unknown>;
}

type HeyApiCall = (options: { client: unknown; path?: object; query?: object }) => Promise<{ data: unknown }>;
interface HeyApi {
  readonly getPackage: HeyApiCall;
  readonly getPackages: HeyApiCall;
  createClient(config: object): unknown;
}

const keys = { apiKey: "a-key-like-any-other", userId: "a-user-like-any-other" };
const headers = { "x-api-key": keys.apiKey, "x-user-id": keys.userId };
const keyOf = (name: string) => headers[name as keyof typeof headers];

/** All clients, set up for a server. The first is the limit: fetch itself, with the same headers. */
export async function clientsOf(url: string): Promise<Record<string, Reader>> {
  await makeHeyApi();
  const { getPackage, getPackages, createClient: heyClient } = (await import(heyApi.script)) as HeyApi;
  const esim = createEsimClient({ ...keys, baseUrl: url });
  const api = new PackagesApi(new Configuration({ ...keys, basePath: url }));
  const raw = createClient<paths>({ baseUrl: url, headers });
  const axios = new withAxios.PackagesApi(new withAxios.Configuration({ apiKey: keyOf, basePath: url }));
  const client = heyClient({ baseUrl: url, auth: ({ name }: { name: string }) => keyOf(name) });
  const short = ky.create({ baseUrl: `${url}/`, headers });

  return {
    "fetch + json()": {
      one: async (id) => (await fetch(`${url}/packages/${id}`, { headers })).json(),
      list: async (count, offset = 0) =>
        (await fetch(`${url}/packages?count=${count}&offset=${offset}`, { headers })).json(),
    },
    "fetch with a time limit": {
      one: async (id) =>
        (await fetch(`${url}/packages/${id}`, { headers, signal: AbortSignal.timeout(30_000) })).json(),
      list: async (count, offset = 0) =>
        (
          await fetch(`${url}/packages?count=${count}&offset=${offset}`, {
            headers,
            signal: AbortSignal.timeout(30_000),
          })
        ).json(),
    },
    createEsimClient: {
      one: async (id) => (await esim.GET("/packages/{id}", { params: { path: { id } } })).data,
      list: async (count, offset = 0) =>
        (await esim.GET("/packages", { params: { query: { count, offset } } })).data,
    },
    PackagesApi: {
      one: async (id) => (await api.getPackage(id)).data,
      list: async (count, offset = 0) => (await api.getPackages(count, offset)).data,
    },
    "openapi-fetch": {
      one: async (id) => (await raw.GET("/packages/{id}", { params: { path: { id } } })).data,
      list: async (count, offset = 0) =>
        (await raw.GET("/packages", { params: { query: { count, offset } } })).data,
    },
    ky: {
      one: (id) => short.get(`packages/${id}`).json(),
      list: (count, offset = 0) => short.get("packages", { searchParams: { count, offset } }).json(),
    },
    "@hey-api/openapi-ts": {
      one: async (id) => (await getPackage({ client, path: { id } })).data,
      list: async (count, offset = 0) => (await getPackages({ client, query: { count, offset } })).data,
    },
    "OpenAPI Generator, axios": {
      one: async (id) => (await axios.getPackage(id)).data,
      list: async (count, offset = 0) => (await axios.getPackages(count, offset)).data,
    },
  };
}
