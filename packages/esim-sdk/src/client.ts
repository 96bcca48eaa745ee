import createClient, { type Client } from "openapi-fetch";
import { version } from "../package.json";
import { apiError, type CallInfo, EsimUsageError } from "./errors.ts";
import type { paths } from "./generated/openapi.ts";
import { OPERATION_IDS } from "./generated/operations.ts";
import { type CallOptions, type EsimClientOptions, resolveOptions, resolvePolicy } from "./options.ts";
import { send } from "./transport/send.ts";

/**
 * A typed openapi-fetch client of the contract. `GET` and `POST` resolve to `{ data, error, response }` for any answer of
 * the server. Besides openapi-fetch's own options they take those of {@link CallOptions}.
 */
export type EsimClient = Pick<Client<paths, "application/json">, "GET" | "POST" | "use" | "eject">;

type Init = CallOptions & { params?: { path?: Record<string, unknown> }; fetch?: EsimClientOptions["fetch"] };
type Result = { data?: unknown; error?: unknown; response: Response };
type Method = (path: string, init?: Init) => Promise<Result>;

const calls = new WeakMap<Response, CallInfo>();

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
  const { baseUrl, keys, headers } = settings;
  const { origin } = new URL(baseUrl);
  const raw = createClient<paths, "application/json">({ baseUrl, headers: { ...userAgent(), ...headers } });

  async function call(method: "GET" | "POST", path: string, init: Init = {}): Promise<Result> {
    const { signal, fetch = settings.fetch ?? globalThis.fetch, ...rest } = init;
    const policy = resolvePolicy(init, settings);
    const operation = OPERATION_IDS[`${method} ${path}`] ?? `${method} ${path}`;
    checkPath(operation, path, init.params?.path ?? {});
    let answer: { response: Response; text: string } | undefined;
    try {
      return await (raw[method] as Method)(path, {
        ...rest,
        fetch: async (request) => {
          const url = new URL(request.url);
          if (url.origin !== origin) throw new EsimUsageError(`${operation}: the keys go to ${origin} only`);
          const info = { operation, method, path: url.pathname };
          answer = await send(request, { ...policy, info, keys, signal, fetch });
          calls.set(answer.response, info);
          return answer.response;
        },
      });
    } catch (error) {
      // A success that is no JSON: a login page, a truncated answer. openapi-fetch lets the parser's error through.
      if (!answer || !(error instanceof SyntaxError)) throw error;
      const { response, text } = answer;
      const said = text ? `the answer is no JSON but ${response.headers.get("content-type")}` : EMPTY;
      throw apiError(callInfoOf(response), response, text, said);
    }
  }

  const method = (name: "GET" | "POST") => ((path, init) => call(name, path, init)) as Method;
  return { GET: method("GET"), POST: method("POST"), use: raw.use, eject: raw.eject } as EsimClient;
}

/** What is said of an answer without the body that was promised. */
export const EMPTY = "the answer is empty";

/** Which call a response of a client made here belongs to. */
export function callInfoOf(response: Response): CallInfo {
  return calls.get(response) ?? { operation: "request", method: "", path: response.url };
}

/** URL parsing turns `.` and `..` into another path even when encoded, and an empty ID asks for the whole list. */
function checkPath(operation: string, path: string, values: Record<string, unknown>): void {
  for (const [, name = ""] of path.matchAll(/\{(\w+)\}/g)) {
    const value = values[name];
    if (typeof value !== "string" || /^\.{0,2}$/.test(value) || !value.isWellFormed()) {
      throw new EsimUsageError(`${operation}: ${name} must be a string, and not empty, "." or ".."`);
    }
  }
}

/** Only where the platform lets a program say who it is: browsers forbid it or ask the server's leave first. */
function userAgent(): Record<string, string> {
  return (globalThis as { process?: object }).process
    ? { "user-agent": `betatelltd-esim-sdk/${version}` }
    : {};
}
