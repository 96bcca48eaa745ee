import type { Reader } from "./reader.ts";

/** A client to measure. */
export interface Client {
  /** What its requests go over; `fetch` is undici too. A name in a table that says so has to be true. */
  readonly over: "undici" | "node:http";
  /** Whether it is made with what only the bench installs. */
  readonly needsToolchain?: boolean;
  /** Sets it up for a server. Only its own code is loaded. */
  open(url: string): Promise<Reader>;
}

export const BARE_FETCH = "fetch + json()";
export const LIMITED_FETCH = "fetch with a time limit";
/** What one would otherwise use. */
export const PEERS = [
  "openapi-fetch",
  "ky",
  "@hey-api/openapi-ts",
  "OpenAPI Generator, axios",
  "a class by hand, over fetch",
];

/** Baselines, the SDK, its peers, and three that show what Node can do below `fetch`. */
export const clients: Readonly<Record<string, Client>> = {
  [BARE_FETCH]: { over: "undici", open: async (url) => (await import("./fetch.ts")).bareFetch(url) },
  [LIMITED_FETCH]: { over: "undici", open: async (url) => (await import("./fetch.ts")).limitedFetch(url) },
  PackagesApi: {
    over: "node:http",
    open: async (url) => (await import("./esim-sdk.ts")).packagesApi(url),
  },
  createEsimClient: {
    over: "node:http",
    open: async (url) => (await import("./esim-sdk.ts")).esimClient(url),
  },
  "PackagesApi over fetch": {
    over: "undici",
    open: async (url) => {
      const { ownFetch, packagesApi } = await import("./esim-sdk.ts");
      return packagesApi(url, ownFetch);
    },
  },
  "createEsimClient over fetch": {
    over: "undici",
    open: async (url) => {
      const { esimClient, ownFetch } = await import("./esim-sdk.ts");
      return esimClient(url, ownFetch);
    },
  },
  "openapi-fetch": {
    over: "undici",
    open: async (url) => (await import("./openapi-fetch.ts")).openapiFetch(url),
  },
  ky: { over: "undici", open: async (url) => (await import("./ky.ts")).kyClient(url) },
  "@hey-api/openapi-ts": {
    needsToolchain: true,
    over: "undici",
    open: async (url) => (await import("./hey-api.ts")).heyApiClient(url),
  },
  "OpenAPI Generator, axios": {
    over: "node:http",
    open: async (url) => (await import("./axios.ts")).axiosClient(url),
  },
  "a class by hand, over fetch": {
    over: "undici",
    open: async (url) => (await import("./hand-written.ts")).handWritten(url),
  },
  "undici.request": {
    over: "undici",
    open: async (url) => (await import("./undici.ts")).undiciRequest(url),
  },
  "bare node:http": {
    over: "node:http",
    open: async (url) => (await import("./node-http.ts")).nodeHttp(url),
  },
  "undici's dispatcher": {
    over: "undici",
    open: async (url) => (await import("./undici-dispatcher.ts")).undiciDispatcher(url),
  },
};
