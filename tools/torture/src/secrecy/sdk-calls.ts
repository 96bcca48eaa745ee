import * as sdk from "@betatelltd/esim-sdk";
import { Configuration, createEsimClient, type EsimClientOptions, PackagesApi } from "@betatelltd/esim-sdk";
import { createPackageOnce } from "@betatelltd/esim-sdk/once";
import { contractCases } from "@betatelltd/esim-testing";
import { marks } from "./marks.ts";

const CLASSES: Record<string, unknown> = { ...sdk };
type Method = (...args: unknown[]) => unknown;

type Calls = Readonly<Record<string, () => unknown>>;

const ID = "pkg_123456";
const body = { sim: "8910300000045681955", package_template: 21145354 };
const impatient = { maxRetries: 0, timeout: 200 };
const once = { maxAttempts: 2, lookups: 1, lookupDelay: 1 };

/** Every call that the client has, each to a server that makes it fail; over `node:http`, or over the `fetch` that is given. */
export function calls(baseUrl: string, over?: EsimClientOptions["fetch"]): Calls {
  const { api } = clients({ baseUrl, fetch: over });
  const empty = async (request: Request) =>
    request.method === "GET" ? new Response('{"packages":[]}') : await fetch(request);
  const listing = clients({ baseUrl, fetch: empty }).api;
  const retrying = clients({ baseUrl, fetch: over, maxRetries: 1 }).api;
  const { signal } = new AbortController();
  return {
    ...documented({ baseUrl, fetch: over }),
    "getPackages by position": () => api.getPackages(1, 0, 1, 1, body.sim, "ACTIVE", { signal }),
    createPackageOnce: () => createPackageOnce(api, body, once),
    "createPackageOnce that cannot know": () => createPackageOnce(listing, body, once),
    "getPackage that is repeated": () => retrying.getPackage(ID, { timeout: 20 }),
  };
}

/** Every operation of the contract, through the raw client and through its class, and the iterator of every list. */
function documented(options: EsimClientOptions): Calls {
  const { client, configuration } = clients(options);
  const each = new Map(contractCases().map((contract) => [contract.operation, contract]));
  const calls: Record<string, () => unknown> = {};
  for (const {
    operation,
    tag,
    method,
    template,
    pathParameters,
    requestBody,
    isList,
    ...rest
  } of each.values()) {
    const Api = CLASSES[`${tag}Api`] as new (configuration: Configuration) => Record<string, Method>;
    const api = new Api(configuration);
    // Which types belong to an operation of the document, no compiler can know.
    const send = client[method] as unknown as Method;
    calls[`${method} ${template}`] = () =>
      send(template, { params: { path: pathParameters }, body: requestBody });
    calls[operation] = () => api[operation]?.(...rest.arguments);
    if (isList) {
      const iterate = operation.replace(/^get/, "iterate");
      calls[iterate] = () => (api[iterate] as () => AsyncGenerator)().next();
    }
  }
  return calls;
}

/** Calls that fail by themselves, whatever the server does. */
export function mistakes(baseUrl: string, elsewhere: string): Calls {
  const { apiKey, userId } = marks;
  const both = `${userId} ${apiKey}`;
  const call = (options: EsimClientOptions) => () => clients({ baseUrl, ...options }).api.activatePackage(ID);
  const thrower = async (request: Request): Promise<Response> => {
    const headers = Object.fromEntries(request.headers);
    const fields = { request, headers, code: both, cause: { headers, message: JSON.stringify(headers) } };
    throw Object.assign(new TypeError(`failed with ${both}`), fields);
  };
  const aborted = (signal: AbortSignal) => () => clients({ baseUrl }).api.activatePackage(ID, { signal });
  const { client, api } = clients({ baseUrl });
  return {
    "a key with a line break": call({ apiKey: `${apiKey}\n` }),
    "a key with a quote": call({ apiKey: `"${apiKey}"` }),
    "a user ID beyond ASCII": call({ userId: `${userId}é` }),
    "a promise of a bad key": call({ apiKey: Promise.resolve(`${apiKey}\0`) }),
    "a function of a bad key": call({ apiKey: () => `${apiKey}\0` }),
    "a key that is an object": call({ apiKey: { apiKey } as unknown as string }),
    "no user ID": call({ userId: "" }),
    "keys in the address": call({
      baseUrl: `https://${encodeURIComponent(userId)}:${encodeURIComponent(apiKey)}@example.com`,
    }),
    "keys in the address' query": call({ baseUrl: `https://example.com/?key=${apiKey}` }),
    "an address in the clear": call({ baseUrl: "http://example.com" }),
    "nobody at the address": call({ baseUrl: "http://127.0.0.1:2" }),
    "a wrong limit": call({ timeout: -1 }),
    "a wrong header": call({ headers: { "x y": "z" } }),
    "a fetch that throws all that it has": call({ fetch: thrower }),
    "a fetch that throws text": call({ fetch: () => Promise.reject(both) }),
    "no ID": () => api.getPackage(""),
    "an ID that is a path": () => api.terminatePackage(".."),
    "a SIM that is a number": () => api.createPackage({ ...body, sim: Number(body.sim) as never }),
    "another server in the options": () => client.GET("/packages", { baseUrl: elsewhere }),
    "another server in a middleware": () => redirected(baseUrl, elsewhere),
    "wrong options of createPackageOnce": () => createPackageOnce(api, body, { lookups: 0 }),
    "an abort before": aborted(AbortSignal.abort()),
    "an abort during": aborted(AbortSignal.timeout(50)),
    "a key that never comes": call({ apiKey: () => new Promise(() => {}) }),
  };
}

/** What is handed out without any call. */
export function possessions(baseUrl: string): Calls {
  const { configuration, client, api } = clients({ baseUrl });
  return {
    "a Configuration": () => configuration,
    "a PackagesApi": () => api,
    "a client": () => client,
    "an iterator": () => api.iteratePackages(),
  };
}

function clients({ baseUrl, ...options }: EsimClientOptions) {
  const {
    fetch,
    apiKey = marks.apiKey,
    userId = marks.userId,
    ...baseOptions
  } = { ...impatient, ...options };
  const configuration = new Configuration({ basePath: baseUrl, apiKey, userId, baseOptions, fetch });
  const client = createEsimClient({ ...marks, ...impatient, ...options, baseUrl });
  return { configuration, client, api: new PackagesApi(configuration) };
}

async function redirected(baseUrl: string, elsewhere: string): Promise<unknown> {
  const { client } = clients({ baseUrl });
  client.use({ onRequest: ({ request }) => new Request(`${elsewhere}/packages`, request) });
  return await client.GET("/packages");
}
