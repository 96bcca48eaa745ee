import {
  AxiosHeaders,
  type AxiosInstance,
  type AxiosResponse,
  type InternalAxiosRequestConfig,
  isCancel,
  type RawAxiosRequestConfig,
} from "axios";
import { KEY_HEADERS, OPERATIONS, type Operation, PRODUCTION_URL } from "../operations.js";
import { EsimAxiosError, EsimUsageError, type Failure } from "./errors.js";
import { type Redactor, redactor } from "./redact.js";

/** In milliseconds, up to the last byte of the response, unless a call or the configuration sets `timeout`. */
const TIME_LIMIT = 30_000;

/**
 * The generated code sends everything through this, once. It follows no redirect, limits the time for the whole response, and resolves only to
 * the success that the contract promises.
 * @throws EsimAxiosError for anything but that
 * @param below the part of the URL after the server's
 * @throws EsimUsageError if the path is not one of the contract's
 */
export async function send(
  axios: AxiosInstance,
  request: RawAxiosRequestConfig,
  below: string,
): Promise<AxiosResponse> {
  const operation = operationOf(`${request.method}`, below);
  const isKey = (name: string) => KEY_HEADERS.includes(name.toLowerCase());
  const headers = Object.fromEntries(
    Object.entries({ ...request.headers }).filter(([name]) => operation.takesKeys || !isKey(name)),
  );
  const url = urlOf(operation, `${request.url}`);
  const redact = redactor(Object.entries(headers).flatMap(([name, key]) => (isKey(name) ? [`${key}`] : [])));
  const shown = shownOf({ ...request, url }, headers, isKey);
  const isWrite = !["GET", "HEAD", "OPTIONS"].includes(operation.method);
  const limit = request.timeout || axios.defaults.timeout || TIME_LIMIT;
  const fail = (failure: Failure) => new EsimAxiosError(operation, shown, failure);

  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), limit);
  const abort = () => end.abort();
  const signal = request.signal as AbortSignal | undefined;
  signal?.addEventListener?.("abort", abort);
  if (signal?.aborted) end.abort();
  let answer: AxiosResponse<string>;
  let bytes: Uint8Array | undefined;
  try {
    answer = await axios.request({
      ...request,
      url,
      headers: headers as RawAxiosRequestConfig["headers"],
      signal: end.signal,
      // axios' own limit applies to each wait for data.
      timeout: 0,
      maxRedirects: 0,
      fetchOptions: { redirect: "manual", cache: "no-store" },
      // XMLHttpRequest follows every redirect, and sends the keys along.
      adapter: request.adapter ?? (typeof process === "object" ? "http" : "fetch"),
      responseType: operation.answer === "bytes" ? "arraybuffer" : "text",
      transformResponse: (body) => body,
      validateStatus: () => true,
    });
    if (operation.answer === "bytes") {
      bytes = new Uint8Array(answer.data as unknown as ArrayBuffer);
      answer.data = new TextDecoder().decode(bytes);
    }
  } catch (error) {
    throw fail(
      noAnswer(error, {
        isWrite,
        limit,
        isAborted: signal?.aborted === true,
        isEnded: end.signal.aborted,
        redact,
      }),
    );
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener?.("abort", abort);
  }
  const { status, data: text } = answer;
  const isSuccess = status >= 200 && status < 300;
  const flaw = isSuccess ? flawOf(operation, answer) : undefined;
  // axios attaches the keys to what it returns, and callers print that.
  const { request: _, ...rest } = answer;
  if (isSuccess && !flaw)
    return { ...rest, config: shown, data: operation.answer === "json" ? JSON.parse(text) : (bytes ?? text) };
  const response = {
    ...rest,
    config: shown,
    statusText: redact.text(answer.statusText ?? ""),
    headers: AxiosHeaders.from(redact.value({ ...answer.headers }) as Record<string, string>),
    data: redact.value(parsed(text)),
  };
  throw fail({
    said: flaw ?? saidOf(response),
    code: status >= 500 ? "ERR_BAD_RESPONSE" : "ERR_BAD_REQUEST",
    response,
    // A 4xx is a refusal, except 408, which gateways send too. Any other failure, and a success that cannot be read, may have been carried out.
    outcomeUnknown: isWrite && (status < 400 || status === 408 || status >= 500),
  });
}

function operationOf(method: string, below: string): Operation {
  const path = below.replace(/[?#].*/s, "");
  for (const operation of OPERATIONS) {
    const [match, ...values] =
      new RegExp(`^${operation.path.replace(/\{[^/]+?\}/g, "([^/]+)")}$`).exec(path) ?? [];
    // `.` and `..` would name another path: clients and proxies remove them.
    if (match && operation.method === method.toUpperCase() && !values.includes(".") && !values.includes(".."))
      return operation;
  }
  throw new EsimUsageError(`no operation has the path ${path}: an ID must not be empty, "." or ".."`);
}

/** An operation may have its own server in production. Anywhere else, such as on a mock, one server has them all. */
function urlOf({ server }: Operation, url: string): string {
  return server && url.startsWith(`${PRODUCTION_URL}/`) ? server + url.slice(PRODUCTION_URL.length) : url;
}

/** A request as errors and responses show it. */
function shownOf(
  request: RawAxiosRequestConfig,
  headers: Record<string, unknown>,
  isKey: (name: string) => boolean,
): InternalAxiosRequestConfig {
  const { url, method, data, params } = request;
  const shown = Object.entries(headers).map(([name, value]) => [name, isKey(name) ? "[redacted]" : value]);
  return {
    url,
    method,
    data,
    params,
    headers: AxiosHeaders.from(Object.fromEntries(shown)),
  } as InternalAxiosRequestConfig;
}

/** Content types that are not an image: a login page, an error. */
const TEXT = /^\s*(text\/|application\/([\w.-]+\+)?(json|xml))/i;

/** What is wrong with a success, or `undefined`. */
function flawOf(
  { answer, status: promised }: Operation,
  { status, data, headers }: AxiosResponse<string>,
): string | undefined {
  if (answer === "nothing") return status === promised ? undefined : `expected ${promised}`;
  if (!data) return "no body";
  if (answer === "bytes") return TEXT.test(`${headers["content-type"]}`) ? "no binary content" : undefined;
  const value = parsed(data);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? undefined : "no JSON object";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function saidOf({ data, headers, statusText }: AxiosResponse): string {
  const { message } = Object(data) as { message?: unknown };
  if (typeof message === "string" && message) return message;
  return headers.location ? `redirect to ${headers.location} refused` : statusText || "no reason given";
}

interface Circumstances {
  readonly isWrite: boolean;
  readonly limit: number;
  readonly isAborted: boolean;
  readonly isEnded: boolean;
  readonly redact: Redactor;
}

function noAnswer(error: unknown, { isWrite, limit, isAborted, isEnded, redact }: Circumstances): Failure {
  if (isAborted) return { said: "canceled", code: "ERR_CANCELED", outcomeUnknown: isWrite };
  if (isEnded && isCancel(error))
    return { said: `no response within ${limit} ms`, code: "ETIMEDOUT", outcomeUnknown: isWrite };
  const { code, message } = Object(error) as { code?: string; message?: string };
  const isUnsent = isCertainlyUnsent(error);
  const said = `${isUnsent ? "could not connect" : "connection lost"} [${redact.text(`${code ?? message}`)}]`;
  return { said, code, outcomeUnknown: isWrite && !isUnsent };
}

/** Whether there never was a connection to send anything over. Only Node reports that. */
function isCertainlyUnsent(error: unknown): boolean {
  const { code, cause, request } = Object(error) as Record<string, unknown>;
  const { syscall } = Object(cause) as { syscall?: string };
  const { secureConnecting } = Object(Object(request).socket) as { secureConnecting?: boolean };
  return (
    code === "ECONNREFUSED" || syscall === "connect" || syscall === "getaddrinfo" || secureConnecting === true
  );
}
