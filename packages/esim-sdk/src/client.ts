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
type Result = { data?: unknown; error?: unknown; response: Response };
type Method = (path: string, init: Omit<Init, "signal"> & { signal: null }) => Promise<Result>;

/** Only where the platform lets a program say who it is: browsers forbid it or ask the server's leave first. */
const USER_AGENT = (globalThis as { process?: object }).process && {
  "user-agent": `betatelltd-esim-sdk/${version}`,
};

/** Which call a response belongs to. */
export const calls = new WeakMap<Response, CallInfo>();

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
      const operation = OPERATION_IDS[`${name} ${path}`] as string;
      checkPath(operation, path, init.params?.path ?? {});
      let answer: Answer | undefined;
      try {
        return await (raw[name] as Method)(path, {
          ...init,
          // It is heeded for each attempt; a request that listens to it for good would only pile up on it.
          signal: null,
          fetch: async (request) => {
            if (!request.url.startsWith(`${baseUrl}/`))
              throw new EsimUsageError(`${operation}: the keys go to ${baseUrl} only`);
            const info = { operation, method: name, path: new URL(request.url).pathname };
            answer = await send(request, info, settings, init);
            calls.set(answer.response, info);
            return answer.response;
          },
        });
      } catch (error) {
        // A success that is no JSON: a login page, a truncated answer. openapi-fetch lets the parser's error through.
        if (!answer || !(error instanceof SyntaxError)) throw error;
        const { response, text } = answer;
        const said = text ? `no JSON but ${response.headers.get("content-type")}` : EMPTY;
        throw apiError(calls.get(response) as CallInfo, response, text, said);
      }
    };

  return { GET: method("GET"), POST: method("POST"), use: raw.use, eject: raw.eject } as EsimClient;
}

/** What is said of an answer without the body that was promised. */
export const EMPTY = "empty answer";

/** URL parsing turns `.` and `..` into another path even when encoded, and an empty ID asks for the whole list. */
function checkPath(operation: string, path: string, values: Record<string, unknown>): void {
  for (const [, parameter = ""] of path.matchAll(/\{(\w+)\}/g)) {
    const value = values[parameter];
    if (typeof value !== "string" || /^\.{0,2}$/.test(value) || !value.isWellFormed()) {
      throw new EsimUsageError(`${operation}: ${parameter} must be a string, not "", "." or ".."`);
    }
  }
}
