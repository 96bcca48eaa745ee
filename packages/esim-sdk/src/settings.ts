import { version } from "../package.json";
import { EsimUsageError } from "./errors.ts";
import type { Operation } from "./generated/operation.ts";
import { PRODUCTION_URL } from "./generated/server.ts";
import { kindOf } from "./kind-of.ts";
import type { CallOptions, Credential, EsimClientOptions, TransportOptions } from "./options.ts";
import type { Key } from "./transport/redact.ts";

/** A client's options, validated and with defaults filled in. */
export interface Settings extends EsimClientOptions {
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** The path of the base URL, without a trailing slash. */
  readonly basePath: string;
  /** One entry per header: the key, or a function that gets it. */
  readonly keys: readonly (Key | (() => Promise<Key>))[];
  /** The client's own request headers, with lower-case names. */
  readonly baseHeaders: Readonly<Record<string, string>>;
}

/** The limits of one call. */
export interface Limits {
  readonly timeout: number;
  readonly totalTimeout: number;
  readonly maxRetries: number;
  readonly maxResponseBytes: number;
}

const OPTION_NAMES: Readonly<Record<keyof EsimClientOptions, true>> = {
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
 * For callers without a compiler: a misspelt `baseURL` must not send requests to production.
 * @throws EsimUsageError naming the unknown option and listing the known ones
 */
export function checkNames(options: object, known: object): void {
  const wrong = Object.keys(options).find((name) => !(name in known));
  if (wrong !== undefined)
    throw new EsimUsageError(`unknown option ${wrong}; use one of ${Object.keys(known).join(", ")}`);
}

/**
 * Completes options from the environment and the defaults.
 * @param needsKeys whether a missing key is an error
 * @throws EsimUsageError naming the missing or invalid option, but never the value of a key
 */
export function resolveOptions(options: EsimClientOptions, needsKeys = true): Settings {
  checkNames(options, OPTION_NAMES);
  const { apiKey, baseUrl = environment("ESIM_BASE_URL") ?? PRODUCTION_URL, fetch, agent } = options;
  const userId = options.userId ?? (typeof apiKey === "function" ? apiKey : undefined);
  if (fetch && agent)
    throw new EsimUsageError(
      "fetch and agent cannot be combined: an agent applies to node:http only; pass one of them",
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

/** An operation's request headers without the keys, with lower-case names. The call's headers override the client's. */
export function headersOf(
  { returns }: Pick<Operation, "returns">,
  { baseHeaders }: Settings,
  headers: CallOptions["headers"],
): Record<string, string> {
  return {
    // Where a success is bytes, an error is still JSON.
    accept: returns === "bytes" ? "*/*" : "application/json",
    ...baseHeaders,
    ...(headers && checkHeaders(headers)),
  };
}

/** Only where a program may set it: browsers forbid it, or need the server's permission through CORS. */
const USER_AGENT = (globalThis as { process?: object }).process && { "user-agent": `esim-sdk/${version}` };

const LIMITS = {
  timeout: { byDefault: 30_000, unit: "milliseconds" },
  totalTimeout: { byDefault: 0, unit: "milliseconds" },
  maxRetries: { byDefault: 2, unit: "retries" },
  maxResponseBytes: { byDefault: 64 * 1024 * 1024, unit: "bytes" },
} as const;

/** A call's limits, falling back to the client's and the defaults. @throws EsimUsageError for anything but a number ≥ 0 */
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

/** Headers that the transport sets itself: a caller's value would break the request, or send it elsewhere. */
const RESERVED =
  /^(host|connection|content-length|expect|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade)$/;

/**
 * Headers with lower-case names, without those that are `undefined`.
 * @throws EsimUsageError naming the header that cannot be sent
 */
export function checkHeaders(headers: CallOptions["headers"]): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of pairsOf(headers)) {
    if (value === undefined || value === null) continue;
    if (typeof name !== "string" || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name))
      throw new EsimUsageError("headers contains a name that HTTP does not allow");
    const lower = name.toLowerCase();
    if (RESERVED.test(lower))
      throw new EsimUsageError(`headers: ${name} is set by the transport; leave it out`);
    if (typeof value !== "string" || !/^[\t -~\x80-\xff]*$/.test(value))
      throw new EsimUsageError(`headers: ${name} must be a string that HTTP allows, not ${kindOf(value)}`);
    checked[lower] = value;
  }
  return checked;
}

/** Also accepts a Headers object, a Map or an array of pairs, from callers without a compiler. */
function pairsOf(headers: unknown): readonly (readonly unknown[])[] {
  if (headers === undefined || headers === null) return [];
  if (typeof headers === "object") {
    const isList = Array.isArray(headers) || headers instanceof Map || isHeaders(headers);
    const pairs: unknown[] = isList ? [...(headers as Iterable<unknown>)] : Object.entries(headers);
    if (pairs.every(Array.isArray)) return pairs;
  }
  throw new EsimUsageError(`headers must be an object with string values, not ${kindOf(headers)}`);
}

/** Checked by name: touching the class would make Node load undici. */
function isHeaders(value: object): boolean {
  return Object.prototype.toString.call(value) === "[object Headers]" && Symbol.iterator in value;
}

/** Servers commonly accept 8 to 16 KiB for all headers together, and the pattern that redacts the keys has a limit too. */
const MAX_KEY_LENGTH = 2_048;

/**
 * Checked here because fetch quotes the value of a header it rejects, and a key must not end up in a log.
 * Without quotes and backslashes, a key appears unescaped in JSON that echoes it, so it can be redacted.
 */
function checkKey(label: string, key: unknown): string {
  if (typeof key === "string" && key.length > MAX_KEY_LENGTH)
    throw new EsimUsageError(
      `${label} must have at most ${MAX_KEY_LENGTH} characters, not ${key.length}: copy it again`,
    );
  if (typeof key === "string" && /^[!#-[\]-~]+$/.test(key)) return key;
  // Never quote the value: a number may be the key itself.
  const wrong = ["number", "bigint"].includes(typeof key) ? `a ${typeof key}` : kindOf(key);
  throw new EsimUsageError(
    `${label} must be printable ASCII without spaces, quotes or backslashes, not ${wrong}: copy it again without line breaks`,
  );
}

/** The value of an environment variable, or `undefined` if it is unset, empty or not readable on this platform. */
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
    // Reported below.
  }
  if (SECURE.test(allowInsecureHttp ? url.replace("http:", "https:") : url)) return url.replace(/\/+$/, "");
  // Not quoted, because it may contain a password.
  throw new EsimUsageError(
    "the server's address (baseUrl, or basePath of a Configuration) must be an https: URL without user, query or fragment, or an http: URL on this machine; allowInsecureHttp permits http: elsewhere",
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
  // If a promise rejects before the first call, that call reports it.
  if (typeof key !== "function") Promise.resolve(key).catch(() => {});
  return async () => [header, checkKey(header, await (typeof key === "function" ? key(header) : key))];
}
