/** Which call an error belongs to. Neither a header nor the query is in it, hence no key. */
export interface CallInfo {
  /** The contract's operationId, such as `createPackage`. */
  readonly operation: string;
  /** The HTTP method, in capitals. */
  readonly method: string;
  /** The URL's path. */
  readonly path: string;
}

/**
 * Base of every error that this SDK throws. (An abort by the caller stays what the platform makes of it.)
 * No error, nor anything attached to one, holds a key.
 */
export class EsimError extends Error {
  // A literal, because minifiers rename classes.
  override readonly name: string = "EsimError";
  /** Whether the failed call may have changed something on the server all the same: look before you try again. */
  readonly outcomeUnknown: boolean = false;

  constructor(message: string, fields?: object) {
    super(message);
    Object.assign(this, fields);
  }
}

/** The SDK was called wrongly: a missing key, an empty ID, a negative time limit. The message says what to change. Nothing was sent. */
export class EsimUsageError extends EsimError {
  override readonly name: string = "EsimUsageError";
}

/** A failed answer: the fetch `Response`, and its body as `data`, where code written for an axios client looks for it. */
export type ErrorResponse = Response & { readonly data: unknown };

/** The server answered, but not with success, or with a success that cannot be read. */
export class EsimApiError extends EsimError {
  override readonly name: string = "EsimApiError";
  /** The HTTP status. 0 where a browser hides that of a redirect. */
  declare readonly status: number;
  /** The answer's body: parsed if it was JSON, text otherwise, empty or `undefined` if there was none. */
  declare readonly body: unknown;
  /** The answer, with the body as `data`. */
  declare readonly response: ErrorResponse;
  declare readonly operation: string;
  declare readonly method: string;
  declare readonly path: string;
  /** The server's ID of the request, if it sent one (`x-request-id`). Quote it to support. */
  declare readonly requestId: string | undefined;

  constructor(call: CallInfo, response: Response, body: unknown, said = describe(body, response)) {
    const { status } = response;
    const requestId = response.headers.get("x-request-id") ?? undefined;
    const request = requestId ? `, request ${requestId}` : "";
    super(`${status} ${call.operation}: ${said} (${call.method} ${call.path}${request})`, {
      ...call,
      status,
      body,
      response: Object.assign(response, { data: body }),
      requestId,
      // A 4xx is a refusal, but gateways send 408 too. A redirect, or a success that cannot be read, may follow the deed.
      outcomeUnknown: call.method !== "GET" && !/^4(?!08)/.test(`${status}`),
    });
  }
}

/** 400: the server rejected the request, or the package's state forbids the operation. */
export class BadRequestError extends EsimApiError {
  override readonly name: string = "BadRequestError";
}

/** 401 or 403: a key is missing, wrong, or not allowed to do this. */
export class AuthenticationError extends EsimApiError {
  override readonly name: string = "AuthenticationError";
}

/** 404: there is no such package. */
export class NotFoundError extends EsimApiError {
  override readonly name: string = "NotFoundError";
}

/** 409: the SIM already has a package. */
export class ConflictError extends EsimApiError {
  override readonly name: string = "ConflictError";
}

/** 429: too many requests, also after the retries. */
export class RateLimitError extends EsimApiError {
  override readonly name: string = "RateLimitError";
  /** How long the server asked to wait, in seconds, if it did (`Retry-After`). */
  readonly retryAfter: number | undefined = retryAfter(this.response.headers);
}

/** 5xx: the server failed. After a write, `outcomeUnknown` is true. */
export class ServerError extends EsimApiError {
  override readonly name: string = "ServerError";
}

/** No answer came: the server could not be reached, or the connection was lost. */
export class EsimConnectionError extends EsimError {
  override readonly name: string = "EsimConnectionError";
  declare readonly operation: string;
  declare readonly method: string;
  declare readonly path: string;
  /** The system's code, if there is one, such as `ECONNREFUSED`. */
  declare readonly code: string | undefined;

  constructor(
    call: CallInfo,
    said: string,
    fields: { outcomeUnknown: boolean; code?: string | undefined; cause?: unknown },
  ) {
    super(`${call.operation}: ${said} (${call.method} ${call.path})`, { ...call, ...fields });
  }
}

/** A time limit of this SDK (`timeout` or `totalTimeout`) ran out before the whole answer was there. */
export class EsimTimeoutError extends EsimConnectionError {
  override readonly name: string = "EsimTimeoutError";
}

const CLASSES: Readonly<Record<number, typeof EsimApiError>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: AuthenticationError,
  404: NotFoundError,
  409: ConflictError,
  429: RateLimitError,
};

/** What is said of a success without the body that was promised. */
export const NO_JSON = "no JSON";

/** Makes the error of the class that belongs to the answer's status. */
export function apiError(call: CallInfo, response: Response, body: unknown, said?: string): EsimApiError {
  return new (CLASSES[response.status] ?? (response.status >= 500 ? ServerError : EsimApiError))(
    call,
    response,
    body,
    said,
  );
}

/** `Retry-After` in seconds, from either of its two forms (RFC 9110, section 10.2.3); `undefined` for none, or no wait. */
export function retryAfter(headers: Headers): number | undefined {
  const value = headers.get("retry-after") ?? "";
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Math.max(0, seconds) || undefined;
}

/**
 * The server's own message, if it sent one, else the status' name; a page of HTML says nothing in one line. At most 300 characters, and no
 * control character that could drive a terminal.
 */
function describe(body: unknown, { statusText, headers }: Response): string {
  const { message } = Object(body) as { message?: unknown };
  const location = headers.get("location");
  return `${message || (location ? `redirect to ${location} refused` : statusText)}`
    .replace(/[\s\p{Cc}]+/gu, " ")
    .slice(0, 300);
}
