import createClient, { type Client } from "openapi-fetch";
import { version } from "../package.json";
import { EsimUsageError } from "./errors.ts";
import type { paths } from "./generated/openapi.ts";
import { OPERATION_IDS } from "./generated/operations.ts";
import { type CallOptions, type EsimClientOptions, resolveOptions } from "./options.ts";
import { type SendOptions, send } from "./transport/send.ts";

/**
 * A typed openapi-fetch client of the contract. `GET` and `POST` resolve to `{ data, error, response }` for any answer of
 * the server. Besides openapi-fetch's own options they take those of {@link CallOptions}.
 */
export type EsimClient = Pick<Client<paths, "application/json">, "GET" | "POST" | "use" | "eject">;

type Init = SendOptions & {
  params?: { path?: Record<string, unknown> };
  parseAs?: unknown;
};
type Method = (path: string, init: Omit<Init, "signal"> & { signal: null }) => Promise<unknown>;

/** Only where the platform lets a program say who it is: browsers forbid it or ask the server's leave first. */
const USER_AGENT = (globalThis as { process?: object }).process && {
  "user-agent": `esim-sdk/${version}`,
};

/**
 * Makes a client that sends the keys, keeps the time limits and retries where that is safe.
 *
 * ```ts
 * const client = createEsimClient(); // ESIM_API_KEY, ESIM_USER_ID
 * const { data, error } = await client.GET("/packages", { params: { query: { status: "ACTIVE" } } });
 * ```
 *
 * Its methods reject with `EsimConnectionError`, `EsimTimeoutError` or `EsimUsageError`, with `EsimApiError` for a redirect
 * and for a success that cannot be read, and with the signal's reason after an abort.
 * @throws EsimUsageError when a key is missing or an option is wrong
 */
export function createEsimClient(options: EsimClientOptions = {}): EsimClient {
  const settings = resolveOptions(options);
  const { baseUrl } = settings;
  const raw = createClient<paths, "application/json">({
    baseUrl,
    headers: { ...USER_AGENT, ...options.headers },
  });

  const method =
    (name: "GET" | "POST") =>
    (path: string, init: Init = {}): Promise<unknown> =>
      (raw[name] as Method)(path, {
        ...init,
        // Not the text "json" itself: with that openapi-fetch parses an answer without a length on its own, and lets the parser's error through.
        parseAs: init.parseAs ?? ["json"],
        // It is heeded for each attempt; a request that listens to it for good would only pile up on it.
        signal: null,
        fetch(request) {
          const operation = OPERATION_IDS[`${name} ${path}`] as string;
          const address = baseUrl + path;
          const expected = address.replace("{id}", encodeURIComponent(`${init.params?.path?.id}` || "."));
          // The keys go where the contract says, or nowhere: URL parsing turns the IDs `.` and `..` into another path even when encoded, an empty
          // one asks for the whole list, a missing one leaves the braces; and a middleware or an option may have named another server.
          if (request.url.split("?")[0] !== expected)
            throw new EsimUsageError(`${operation} must go to ${address}`);
          return send(
            request,
            { operation, method: name, path: new URL(request.url).pathname },
            settings,
            init,
          );
        },
      }).catch((error) => {
        // Half a character cannot be written in an address.
        throw error instanceof URIError ? new EsimUsageError("text must be Unicode") : error;
      });

  return { GET: method("GET"), POST: method("POST"), use: raw.use, eject: raw.eject } as EsimClient;
}
