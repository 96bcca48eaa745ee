import { version } from "../package.json";
import { EsimUsageError } from "./errors.ts";
import type { Operation } from "./generated/operation.ts";
import { PRODUCTION_URL } from "./generated/server.ts";
import { kindOf } from "./kind-of.ts";
import type { CallOptions, Credential, EsimClientOptions, TransportOptions } from "./options.ts";
import type { Key } from "./transport/redact.ts";

/** Options of a client, checked and complete. */
export interface Settings extends EsimClientOptions {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  /** The base URL's path, without a slash at its end. */
  readonly basePath: string;
  /** One for each header: its key, or a function that gets it. */
  readonly keys: readonly (Key | (() => Promise<Key>))[];
  /** The client's own request headers, by their names in lower case. */
  readonly baseHeaders: Readonly<Record<string, string>>;
}

/** The limits of one call. */
export interface Limits {
  readonly timeout: number;
  readonly totalTimeout: number;
  readonly maxRetries: number;
  readonly maxResponseBytes: number;
}

const NAMES: Readonly<Record<keyof EsimClientOptions, true>> = {
  apiKey: true,
  userId: true,
  baseUrl: true,
  timeout: true,
  totalTimeout: true,
  maxRetries: true,
  maxResponseBytes: true,
  headers: true,
  onAttempt: true,
  onResult: true,
  allowInsecureHttp: true,
  fetch: true,
  agent: true,
};

/**
 * For callers without a compiler: one who writes `baseURL` must not reach production.
 * @throws EsimUsageError naming the option that there is not, and those that there are
 */
export function checkNames(options: object, known: object): void {
  const wrong = Object.keys(options).find((name) => !(name in known));
  if (wrong !== undefined)
    throw new EsimUsageError(`there is no option ${wrong}; there are ${Object.keys(known).join(", ")}`);
}

/**
 * Completes options from the environment and the defaults.
 * @param needsKeys whether a missing key is an error
 * @throws EsimUsageError naming the option that is missing or wrong, but never the value of a key
 */
export function resolveOptions(options: EsimClientOptions, needsKeys = true): Settings {
  checkNames(options, NAMES);
  const { apiKey, baseUrl = environment("ESIM_BASE_URL") ?? PRODUCTION_URL, fetch, agent } = options;
  const userId = options.userId ?? (typeof apiKey === "function" ? apiKey : undefined);
  if (fetch && agent)
    throw new EsimUsageError(
      "fetch and agent exclude each other: an agent is for node:http; pass one of them",
    );
  if (fetch !== undefined && typeof fetch !== "function")
    throw new EsimUsageError(`fetch must be a function, not ${kindOf(fetch)}`);
  if (agent !== undefined && typeof (agent as { addRequest?: unknown } | null)?.addRequest !== "function")
    throw new EsimUsageError(`agent must be an http.Agent or https.Agent, not ${kindOf(agent)}`);
  limitsOf(options, {});
  const url = checkBaseUrl(baseUrl, options.allowInsecureHttp);
  return {
    ...options,
    baseUrl: url,
    basePath: url.replace(/^\w+:\/\/[^/]*/, ""),
    keys: needsKeys
      ? [
          resolveKey("x-api-key", apiKey, "apiKey", "ESIM_API_KEY"),
          resolveKey("x-user-id", userId, "userId", "ESIM_USER_ID"),
        ]
      : [],
    baseHeaders: { ...USER_AGENT, ...checkHeaders(options.headers) },
  };
}

/** The headers of an operation's requests, but for the keys, by their names in lower case: the client's, and above those the call's. */
export function headersOf(
  { returns }: Pick<Operation, "returns">,
  { baseHeaders }: Settings,
  headers: CallOptions["headers"],
): Record<string, string> {
  return {
    // An error is JSON wherever bytes are promised.
    accept: returns === "bytes" ? "*/*" : "application/json",
    ...baseHeaders,
    ...(headers && checkHeaders(headers)),
  };
}

/** Only where the platform lets a program say who it is: browsers forbid it or ask the server's leave first. */
const USER_AGENT = (globalThis as { process?: object }).process && { "user-agent": `esim-sdk/${version}` };

const LIMITS = {
  timeout: { byDefault: 30_000, unit: "milliseconds" },
  totalTimeout: { byDefault: 0, unit: "milliseconds" },
  maxRetries: { byDefault: 2, unit: "repetitions" },
  maxResponseBytes: { byDefault: 64 * 1024 * 1024, unit: "bytes" },
} as const;

/** Lays a call's limits over the client's. @throws EsimUsageError for a negative one, or no number */
export function limitsOf(call: TransportOptions, client: TransportOptions): Limits {
  const limit = (name: keyof Limits): number => {
    const { byDefault, unit } = LIMITS[name];
    const value = call[name] ?? client[name] ?? byDefault;
    if (typeof value === "number" && value >= 0) return value;
    throw new EsimUsageError(`${name} must be a number of ${unit}, 0 or more, not ${kindOf(value)}`);
  };
  return {
    timeout: limit("timeout"),
    totalTimeout: limit("totalTimeout"),
    maxRetries: limit("maxRetries"),
    maxResponseBytes: limit("maxResponseBytes"),
  };
}

/** @throws EsimUsageError for a signal that cannot be listened to, such as the controller itself */
export function checkSignal(signal: unknown): void {
  const { addEventListener, removeEventListener } = Object(signal) as Partial<AbortSignal>;
  const isSignal = typeof addEventListener === "function" && typeof removeEventListener === "function";
  if (signal !== undefined && signal !== null && !isSignal)
    throw new EsimUsageError(`signal must be an AbortSignal, not ${kindOf(signal)}`);
}

/** The transport's own business: what a caller put there would break the request, or send it elsewhere. */
const RESERVED =
  /^(host|connection|content-length|expect|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;

/**
 * Headers by their names in lower case, without those that are `undefined`.
 * @throws EsimUsageError naming the header that cannot be sent
 */
export function checkHeaders(headers: CallOptions["headers"]): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of pairsOf(headers)) {
    if (value === undefined || value === null) continue;
    if (typeof name !== "string" || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name))
      throw new EsimUsageError("headers has a name that HTTP does not allow");
    const lower = name.toLowerCase();
    if (RESERVED.test(lower))
      throw new EsimUsageError(`headers: ${name} is set by the transport; leave it out`);
    if (typeof value !== "string" || !/^[\t -~\x80-\xff]*$/.test(value))
      throw new EsimUsageError(`headers: ${name} must be text that HTTP can carry, not ${kindOf(value)}`);
    checked[lower] = value;
  }
  return checked;
}

/** Also of a Headers object, a Map, or a list of pairs, from callers without a compiler. */
function pairsOf(headers: unknown): readonly (readonly unknown[])[] {
  if (headers === undefined || headers === null) return [];
  if (typeof headers === "object") {
    const isList = Array.isArray(headers) || headers instanceof Map || isHeaders(headers);
    const pairs: unknown[] = isList ? [...(headers as Iterable<unknown>)] : Object.entries(headers);
    if (pairs.every(Array.isArray)) return pairs;
  }
  throw new EsimUsageError(`headers must be an object of names and texts, not ${kindOf(headers)}`);
}

/** By its name: to look at the class would make Node load undici. */
function isHeaders(value: object): boolean {
  return Object.prototype.toString.call(value) === "[object Headers]" && Symbol.iterator in value;
}

/** Servers commonly accept 8 to 16 KiB for all headers together, and the pattern that redacts the keys has a limit too. */
const LONGEST_KEY = 2_048;

/**
 * fetch quotes the value of a header that it refuses, and a key must not end up in a log: so it is checked here first.
 * Without quotes and backslashes, JSON that echoes a key holds it as it is, and it can be redacted.
 */
function checkKey(label: string, key: unknown): string {
  if (typeof key === "string" && key.length > LONGEST_KEY)
    throw new EsimUsageError(
      `${label} may have ${LONGEST_KEY} characters at most, not ${key.length}: copy it again`,
    );
  if (typeof key === "string" && /^[!#-[\]-~]+$/.test(key)) return key;
  // Never the value, which may be the key in another type.
  const wrong = ["number", "bigint"].includes(typeof key) ? `a ${typeof key}` : kindOf(key);
  throw new EsimUsageError(
    `${label} must be printable ASCII, without spaces, quotes and backslashes, not ${wrong}: copy it again, without line ends`,
  );
}

/** An environment variable that is set and not empty, on platforms that have them and let this program read it. */
export function environment(name: string): string | undefined {
  try {
    return (globalThis as { process?: { env?: Record<string, string> } }).process?.env?.[name] || undefined;
  } catch {
    // Deno, without --allow-env.
    return undefined;
  }
}

const SECURE = /^http(s:|:\/\/(localhost|127\.[\d.]+|\[::1\])[:/])[^@?#]*$/;

function checkBaseUrl(baseUrl: unknown, allowInsecureHttp?: boolean): string {
  let url = "";
  try {
    if (typeof baseUrl === "string") url = new URL(baseUrl).href;
  } catch {
    // Said below.
  }
  if (SECURE.test(allowInsecureHttp ? url.replace("http:", "https:") : url)) return url.replace(/\/+$/, "");
  // It may hold a password, so it is not quoted.
  throw new EsimUsageError(
    "the server's address (baseUrl, or basePath of a Configuration) must be an https: address without user, query and fragment, or http: on this machine; allowInsecureHttp permits http: elsewhere",
  );
}

function resolveKey(
  header: string,
  given: Credential | undefined,
  option: string,
  variable: string,
): Settings["keys"][number] {
  const key = given ?? environment(variable);
  if (!key) throw new EsimUsageError(`${option} is missing: pass it or set ${variable}`);
  if (typeof key === "string") return [header, checkKey(option, key)];
  // A promise that rejects before the first call is that call's to report.
  if (typeof key !== "function") Promise.resolve(key).catch(() => {});
  return async () => [header, checkKey(header, await (typeof key === "function" ? key(header) : key))];
}
