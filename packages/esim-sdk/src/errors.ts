import type { Answer } from "./transport/answer.ts";
import { toResponse } from "./transport/to-response.ts";

/** The call that an error belongs to. It has no headers and no query, so it contains no key. */
export interface CallInfo {
  /** The contract's operationId, such as `createPackage`. */
  readonly operation: string;
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** The path of the URL. */
  readonly path: string;
}

/** Property of every error of this SDK, from any loaded copy: the marks of its class and its base classes. */
const MARKS = Symbol.for("@betatelltd/esim-sdk/error");

/**
 * Base class of every error that this SDK throws. (An abort by the caller rejects with the signal's reason, as fetch does.)
 * No error, nor anything attached to one, contains a key.
 */
export class EsimError extends Error {
  // A literal, because minifiers rename classes.
  /** @internal */
  static readonly mark: string = "EsimError";

  /** Whether the failed call may still have changed something on the server: check before you retry. */
  readonly outcomeUnknown: boolean = false;

  constructor(message: string, fields?: object) {
    super(message);
    const marks: string[] = [];
    for (let Class = new.target; Class.mark; Class = Object.getPrototypeOf(Class)) marks.push(Class.mark);
    Object.defineProperties(this, {
      name: { value: marks[0], configurable: true, writable: true },
      [MARKS]: { value: marks },
    });
    Object.assign(this, fields);
  }

  /**
   * Whether a value is an error of this class. Unlike `instanceof`, it recognises errors from another copy of this package:
   * an application may load it both as an ES module and as CommonJS.
   *
   * ```ts
   * if (NotFoundError.isInstance(error)) console.log(error.status);
   * ```
   */
  static isInstance<Class extends abstract new (...args: never[]) => EsimError>(
    this: Class & { readonly mark: string },
    value: unknown,
  ): value is InstanceType<Class> {
    const marks = Object(value)[MARKS];
    return Array.isArray(marks) && marks.includes(this.mark);
  }

  /** What `JSON.stringify` writes: the fields a log needs, without body and headers. */
  toJSON(): Record<string, unknown> {
    const { name, message, outcomeUnknown } = this;
    const { status, operation, code, requestId, retryAfter } = this as Partial<
      EsimApiError & EsimConnectionError
    >;
    return { name, message, status, operation, outcomeUnknown, code, requestId, retryAfter };
  }
}

/** The SDK was used incorrectly: a missing key, an empty ID, a negative time limit. The message says what to change. Nothing was sent. */
export class EsimUsageError extends EsimError {
  static override readonly mark: string = "EsimUsageError";
  declare readonly outcomeUnknown: false;
}

/** A failed response: a fetch `Response` that also has its body as `data`, where code written for an axios client looks for it. */
export type ErrorResponse = Response & { readonly data: unknown };

/** The server responded with something other than success, or with a success that cannot be read. */
export class EsimApiError extends EsimError {
  static override readonly mark: string = "EsimApiError";
  /** The HTTP status. 0 for a redirect in a browser, which hides the status. */
  declare readonly status: number;
  /** The response's body: parsed if it is JSON, otherwise text, which is empty if there was no body. */
  declare readonly body: unknown;
  declare readonly operation: string;
  declare readonly method: string;
  declare readonly path: string;
  /** The server's ID for the request, if it sent one (`x-request-id`). Quote it when you contact support. */
  declare readonly requestId: string | undefined;
  /** How many seconds the server asked the client to wait, if it did (`Retry-After`). */
  declare readonly retryAfter: number | undefined;

  readonly #answer: Answer;
  #response: ErrorResponse | undefined;

  /**
   * @internal
   * @param answer the server's response, with keys removed
   * @param reason replaces the server's own message
   */
  constructor(call: CallInfo, answer: Answer, reason?: string) {
    const { status } = answer;
    const body = parsed(answer);
    const requestId = answer.header("x-request-id");
    const request = requestId ? `, request ${oneLine(requestId)}` : "";
    super(
      `${status} ${call.operation}: ${reason ?? describe(body, answer)} (${call.method} ${call.path}${request})`,
      {
        ...call,
        status,
        body,
        requestId,
        retryAfter: retryAfter(answer),
        // A 4xx is a refusal, except 408, which gateways send too. A redirect or an unreadable success may arrive after the server has acted.
        outcomeUnknown: isWrite(call.method) && (status < 400 || status === 408 || status >= 500),
      },
    );
    this.#answer = answer;
  }

  /** The response, with its body as `data`. Created on first access. */
  get response(): ErrorResponse {
    this.#response ??= Object.assign(toResponse(this.#answer), { data: this.body });
    return this.#response;
  }
}

/** 400: the server rejected the request, or the resource is in a state that does not allow the operation. */
export class BadRequestError extends EsimApiError {
  static override readonly mark: string = "BadRequestError";
}

/** 401 or 403: a key is missing, invalid, or not allowed to do this. */
export class AuthenticationError extends EsimApiError {
  static override readonly mark: string = "AuthenticationError";
}

/** 404: the resource does not exist. */
export class NotFoundError extends EsimApiError {
  static override readonly mark: string = "NotFoundError";
}

/** 409: the resource already exists, such as a package for the SIM. */
export class ConflictError extends EsimApiError {
  static override readonly mark: string = "ConflictError";
}

/** 429: too many requests, even after the retries. `retryAfter` says how long to wait. */
export class RateLimitError extends EsimApiError {
  static override readonly mark: string = "RateLimitError";
}

/** 5xx: the server failed. After a write, `outcomeUnknown` is true. */
export class ServerError extends EsimApiError {
  static override readonly mark: string = "ServerError";
}

/** There was no response: the server could not be reached, or the connection was lost. */
export class EsimConnectionError extends EsimError {
  static override readonly mark: string = "EsimConnectionError";
  declare readonly operation: string;
  declare readonly method: string;
  declare readonly path: string;
  /** The system's error code, if there is one, such as `ECONNREFUSED`. */
  declare readonly code: string | undefined;

  /** @internal */
  constructor(
    call: CallInfo,
    reason: string,
    fields: { outcomeUnknown: boolean; code?: string | undefined; cause?: unknown },
  ) {
    const { cause, ...rest } = fields;
    super(`${call.operation}: ${reason} (${call.method} ${call.path})`, { ...call, ...rest });
    if (cause) Object.defineProperty(this, "cause", { value: cause, configurable: true, writable: true });
  }
}

/** One of this SDK's time limits (`timeout` or `totalTimeout`) ran out before the whole response arrived. */
export class EsimTimeoutError extends EsimConnectionError {
  static override readonly mark: string = "EsimTimeoutError";
}

const CLASSES: Readonly<Record<number, typeof EsimApiError>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: AuthenticationError,
  404: NotFoundError,
  409: ConflictError,
  429: RateLimitError,
};

/** Reason for a success without the JSON that the contract promises. */
export const NO_JSON = "no JSON";
/** Reason for a success without the bytes that the contract promises. */
export const NO_BYTES = "no binary content";

/** Creates an error of the class for the response's status. */
export function apiError(call: CallInfo, answer: Answer, reason?: string): EsimApiError {
  const Class = CLASSES[answer.status] ?? (answer.status >= 500 ? ServerError : EsimApiError);
  return new Class(call, answer, reason);
}

/** Whether a method may change something on the server (RFC 9110, section 9.2.1). */
export function isWrite(method: string): boolean {
  return !["GET", "HEAD", "OPTIONS", "TRACE"].includes(method);
}

/**
 * `Retry-After` in seconds, from either of its two forms (RFC 9110, section 10.2.3); `undefined` if there is none, or no wait. A date is
 * compared with the response's own `Date`, because this machine's clock may be wrong.
 */
export function retryAfter(answer: Pick<Answer, "header">): number | undefined {
  const value = answer.header("retry-after") ?? "";
  const now = Date.parse(answer.header("date") ?? "") || Date.now();
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - now) / 1000;
  return Math.max(0, seconds) || undefined;
}

function parsed({ text }: Answer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * The server's own message if it sent one, otherwise the status text: an HTML page has no one-line summary. At most 300 characters, without
 * control characters that a terminal would act on.
 */
function describe(body: unknown, answer: Answer): string {
  const { message } = Object(body) as { message?: unknown };
  const location = answer.header("location");
  const reason =
    (typeof message === "object" ? message && toJson(message) : message) ||
    (location ? `redirect to ${location} refused` : answer.statusText);
  return oneLine(`${reason || "the server gave no reason"}`).slice(0, 300);
}

/** Returns nothing for a value nested too deeply to serialize. */
function toJson(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}

/** Replaces line breaks, and control characters that a terminal would act on, with spaces. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ");
}
