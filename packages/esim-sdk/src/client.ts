import createClient, { type Client } from "openapi-fetch";
import { version } from "../package.json";
import { apiError, type CallInfo, EsimUsageError } from "./errors.ts";
import type { paths } from "./generated/openapi.ts";
import { OPERATION_IDS } from "./generated/operations.ts";
import { type CallOptions, type EsimClientOptions, resolveOptions } from "./options.ts";
import { type Answer, type SendOptions, send } from "./transport/send.ts";

/**
 * A typed openapi-fetch client of the contract. `GET` and `POST` resolve to `{ data, error, response }` for any answer of
 * the server. Besides openapi-fetch's own options they take those of {@link CallOptions}.
 */
export type EsimClient = Pick<Client<paths, "application/json">, "GET" | "POST" | "use" | "eject">;

type Init = SendOptions & { params?: { path?: Record<string, unknown> } };
/** What openapi-fetch resolves to, and which call it was. */
export type Result<Data = unknown> = {
  data?: Data;
  error?: unknown;
  response: Response;
  info?: CallInfo | undefined;
};
type Method = (path: string, init: Omit<Init, "signal"> & { signal: null }) => Promise<Result>;

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
    async (path: string, init: Init = {}): Promise<Result> => {
      let info: CallInfo | undefined;
      let answer: Answer | undefined;
      try {
        const result = await (raw[name] as Method)(path, {
          ...init,
          // It is heeded for each attempt; a request that listens to it for good would only pile up on it.
          signal: null,
          fetch: async (request) => {
            info = checkAddress(name, request.url, baseUrl, path);
            answer = await send(request, info, settings, init);
            return answer.response;
          },
        });
        return { ...result, info };
      } catch (error) {
        // A success that is no JSON: a login page, a truncated answer. openapi-fetch lets the parser's error through.
        if (!answer || !(error instanceof SyntaxError)) throw error;
        throw apiError(info as CallInfo, answer.response, answer.text, NO_JSON);
      }
    };

  return { GET: method("GET"), POST: method("POST"), use: raw.use, eject: raw.eject } as EsimClient;
}

/** What is said of a success without the body that was promised. */
export const NO_JSON = "no JSON";

/**
 * Makes sure that the request, and the keys with it, goes where the contract says: URL parsing turns the IDs `.` and `..`
 * into another path even when encoded, an empty one asks for the whole list, a missing one leaves the braces; and a
 * middleware or an option may have named another server.
 */
function checkAddress(method: string, url: string, baseUrl: string, template: string): CallInfo {
  const operation = OPERATION_IDS[`${method} ${template}`] as string;
  const path = new RegExp(`^${template.replace(/\{\w+\}/g, "(?!%7B)[^/]+")}(\\?|$)`);
  if (url.startsWith(baseUrl) && path.test(url.slice(baseUrl.length))) {
    return { operation, method, path: new URL(url).pathname };
  }
  throw new EsimUsageError(`${operation} must go to ${baseUrl}${template}`);
}
