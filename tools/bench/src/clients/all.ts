import type { Reader } from "./reader.ts";

/** A client to measure. */
export interface Client {
  /** What its requests go over. A name in a table that says so has to be true. */
  readonly over: "fetch" | "node:http";
  /** Sets it up for a server. Only its own code is loaded. */
  open(url: string): Promise<Reader>;
}

export const BARE_FETCH = "fetch + json()";
export const LIMITED_FETCH = "fetch with a time limit";
/** What one would otherwise use. */
export const PEERS = ["openapi-fetch", "ky", "@hey-api/openapi-ts", "OpenAPI Generator, axios"];

/** Baselines, the SDK, its peers, and two that show what there is to be had. */
export const clients: Readonly<Record<string, Client>> = {
  [BARE_FETCH]: { over: "fetch", open: async (url) => (await import("./fetch.ts")).bareFetch(url) },
  [LIMITED_FETCH]: { over: "fetch", open: async (url) => (await import("./fetch.ts")).limitedFetch(url) },
  PackagesApi: {
    over: "node:http",
    open: async (url) => (await import("./esim-sdk.ts")).packagesApi(url),
  },
  createEsimClient: {
    over: "node:http",
    open: async (url) => (await import("./esim-sdk.ts")).esimClient(url),
  },
  "PackagesApi over fetch": {
    over: "fetch",
    open: async (url) => {
      const { ownFetch, packagesApi } = await import("./esim-sdk.ts");
      return packagesApi(url, ownFetch);
    },
  },
  "createEsimClient over fetch": {
    over: "fetch",
    open: async (url) => {
      const { esimClient, ownFetch } = await import("./esim-sdk.ts");
      return esimClient(url, ownFetch);
    },
  },
  "openapi-fetch": {
    over: "fetch",
    open: async (url) => (await import("./openapi-fetch.ts")).openapiFetch(url),
  },
  ky: { over: "fetch", open: async (url) => (await import("./ky.ts")).kyClient(url) },
  "@hey-api/openapi-ts": {
    over: "fetch",
    open: async (url) => (await import("./hey-api.ts")).heyApiClient(url),
  },
  "OpenAPI Generator, axios": {
    over: "node:http",
    open: async (url) => (await import("./axios.ts")).axiosClient(url),
  },
  "bare node:http": {
    over: "node:http",
    open: async (url) => (await import("./node-http.ts")).nodeHttp(url),
  },
  "undici's dispatcher": {
    over: "fetch",
    open: async (url) => (await import("./undici-dispatcher.ts")).undiciDispatcher(url),
  },
};
