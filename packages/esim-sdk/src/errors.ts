import type { Answer } from "./transport/answer.ts";
import { toResponse } from "./transport/to-response.ts";

/** Which call an error belongs to. Neither a header nor the query is in it, hence no key. */
export interface CallInfo {
  /** The contract's operationId, such as `createPackage`. */
  readonly operation: string;
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The URL's path. */
  readonly path: string;
}

/** On every error of this SDK, whichever copy of it made the error: the marks of its class and of those above it. */
const MARKS = Symbol.for("@betatelltd/esim-sdk/error");

/**
 * Base of every error that this SDK throws. (An abort by the caller stays what the platform makes of it.)
 * No error, nor anything attached to one, holds a key.
 */
export class EsimError extends Error {
  // A literal, because minifiers rename classes.
  /** @internal */
  static readonly mark: string = "EsimError";

  /** Whether the failed call may have changed something on the server all the same: look before you try again. */
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
   * Whether a value is an error of this class. Unlike `instanceof` it knows the errors of another copy of this package too: an
   * application may load it both as ES module and as CommonJS.
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

  /** What `JSON.stringify` makes of it: what a log needs, without bodies and headers. */
  toJSON(): Record<string, unknown> {
    const { name, message, outcomeUnknown } = this;
    const { status, operation, code, requestId, retryAfter } = this as Partial<
      EsimApiError & EsimConnectionError
    >;
    return { name, message, status, operation, outcomeUnknown, code, requestId, retryAfter };
  }
}

/** The SDK was called wrongly: a missing key, an empty ID, a negative time limit. The message says what to change. Nothing was sent. */
export class EsimUsageError extends EsimError {
  static override readonly mark: string = "EsimUsageError";
  declare readonly outcomeUnknown: false;
}

/** A failed answer: a fetch `Response`, and its body as `data`, where code written for an axios client looks for it. */
export type ErrorResponse = Response & { readonly data: unknown };

/** The server answered, but not with success, or with a success that cannot be read. */
export class EsimApiError extends EsimError {
  static override readonly mark: string = "EsimApiError";
  /** The HTTP status. 0 where a browser hides that of a redirect. */
  declare readonly status: number;
  /** The answer's body: parsed if it was JSON, text otherwise, empty or `undefined` if there was none. */
  declare readonly body: unknown;
  declare readonly operation: string;
  declare readonly method: string;
  declare readonly path: string;
  /** The server's ID of the request, if it sent one (`x-request-id`). Quote it to support. */
  declare readonly requestId: string | undefined;
  /** How long the server asked to wait, in seconds, if it did (`Retry-After`). */
  declare readonly retryAfter: number | undefined;

  readonly #answer: Answer;
  #response: ErrorResponse | undefined;

  /**
   * @internal
   * @param answer what the server sent, without keys
   * @param said what to say in place of the server's own message
   */
  constructor(call: CallInfo, answer: Answer, said?: string) {
    const { status } = answer;
    const body = parsed(answer);
    const requestId = answer.header("x-request-id");
    const request = requestId ? `, request ${oneLine(requestId)}` : "";
    super(
      `${status} ${call.operation}: ${said ?? describe(body, answer)} (${call.method} ${call.path}${request})`,
      {
        ...call,
        status,
        body,
        requestId,
        retryAfter: retryAfter(answer),
        // A 4xx is a refusal, but gateways send 408 too. A redirect, or a success that cannot be read, may arrive after the server has acted.
        outcomeUnknown: isWrite(call.method) && (status < 400 || status === 408 || status >= 500),
      },
    );
    this.#answer = answer;
  }

  /** The answer, with the body as `data`. It is made when it is first asked for. */
  get response(): ErrorResponse {
    this.#response ??= Object.assign(toResponse(this.#answer), { data: this.body });
    return this.#response;
  }
}

/** 400: the server rejected the request, or the state of what it is about forbids the operation. */
export class BadRequestError extends EsimApiError {
  static override readonly mark: string = "BadRequestError";
}

/** 401 or 403: a key is missing, wrong, or not allowed to do this. */
export class AuthenticationError extends EsimApiError {
  static override readonly mark: string = "AuthenticationError";
}

/** 404: what the request names does not exist. */
export class NotFoundError extends EsimApiError {
  static override readonly mark: string = "NotFoundError";
}

/** 409: what the request would create exists already, such as a package of the SIM. */
export class ConflictError extends EsimApiError {
  static override readonly mark: string = "ConflictError";
}

/** 429: too many requests, also after the retries. `retryAfter` says how long to wait. */
export class RateLimitError extends EsimApiError {
  static override readonly mark: string = "RateLimitError";
}

/** 5xx: the server failed. After a write, `outcomeUnknown` is true. */
export class ServerError extends EsimApiError {
  static override readonly mark: string = "ServerError";
}

/** No answer came: the server could not be reached, or the connection was lost. */
export class EsimConnectionError extends EsimError {
  static override readonly mark: string = "EsimConnectionError";
  declare readonly operation: string;
  declare readonly method: string;
  declare readonly path: string;
  /** The system's code, if there is one, such as `ECONNREFUSED`. */
  declare readonly code: string | undefined;

  /** @internal */
  constructor(
    call: CallInfo,
    said: string,
    fields: { outcomeUnknown: boolean; code?: string | undefined; cause?: unknown },
  ) {
    const { cause, ...rest } = fields;
    super(`${call.operation}: ${said} (${call.method} ${call.path})`, { ...call, ...rest });
    if (cause) Object.defineProperty(this, "cause", { value: cause, configurable: true, writable: true });
  }
}

/** A time limit of this SDK (`timeout` or `totalTimeout`) ran out before the whole answer was there. */
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

/** What is said of a success without the JSON that was promised. */
export const NO_JSON = "no JSON";
/** What is said of one without the bytes that were. */
export const NO_BYTES = "no binary content";

/** Makes the error of the class that belongs to the answer's status. */
export function apiError(call: CallInfo, answer: Answer, said?: string): EsimApiError {
  const Class = CLASSES[answer.status] ?? (answer.status >= 500 ? ServerError : EsimApiError);
  return new Class(call, answer, said);
}

/** Whether a method may change something on the server (RFC 9110, section 9.2.1). */
export function isWrite(method: string): boolean {
  return !["GET", "HEAD", "OPTIONS", "TRACE"].includes(method);
}

/**
 * `Retry-After` in seconds, from either of its two forms (RFC 9110, section 10.2.3); `undefined` for none, or no wait. A date is compared
 * with the answer's own, because this machine's clock may be wrong.
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
 * The server's own message, if it sent one, else the status' name; a page of HTML says nothing in one line. At most 300 characters, and no
 * control character that could drive a terminal.
 */
function describe(body: unknown, answer: Answer): string {
  const { message } = Object(body) as { message?: unknown };
  const location = answer.header("location");
  const said =
    (typeof message === "object" ? message && toJson(message) : message) ||
    (location ? `redirect to ${location} refused` : answer.statusText);
  return oneLine(`${said || "the server gave no reason"}`).slice(0, 300);
}

/** Nested deeply it cannot be written. */
function toJson(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    return "";
  }
}

/** Without line ends, and without what could drive a terminal. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ");
}
