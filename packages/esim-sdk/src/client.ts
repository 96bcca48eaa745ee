import openapiFetch, { type ClientOptions, defaultBodySerializer, type Middleware } from "openapi-fetch";
import { checkDigits, fillPath, queryString, type RequestParts, refuseCycles } from "./api/request.ts";
import type { FailureBody, InitOf, SuccessBody } from "./api/types.ts";
import { apiError, EsimUsageError, NO_BYTES, NO_JSON } from "./errors.ts";
import type { paths } from "./generated/openapi.ts";
import type { Operation } from "./generated/operation.ts";
import { OPERATIONS } from "./generated/operations.ts";
import type { CallOptions, ConnectionOptions, EsimClientOptions } from "./options.ts";
import { checkHeaders, headersOf, resolveOptions } from "./settings.ts";
import { type Answer, isBinary } from "./transport/answer.ts";
import { type Sent, send } from "./transport/send.ts";
import { isSuccess, toResponse } from "./transport/to-response.ts";

type Method = "GET" | "PUT" | "POST" | "DELETE" | "OPTIONS" | "HEAD" | "PATCH" | "TRACE";
const METHODS: readonly Method[] = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/** The contract's operation of a method at a path. */
export type OperationAt<Path extends keyof paths, Name extends string> = paths[Path][Lowercase<Name> &
  keyof paths[Path]];

/** The paths that the contract has a method for. */
export type PathsWith<Name extends string> = {
  [Path in keyof paths]: OperationAt<Path, Name> extends { responses: object } ? Path : never;
}[keyof paths];

/** How the body of a success is handed over. */
export interface ParsedBody {
  text: string;
  blob: Blob;
  arrayBuffer: ArrayBuffer;
  stream: ReadableStream<Uint8Array> | null;
}

/** Options of one call of a client: those of every call, and openapi-fetch's own. */
export interface ClientCallOptions
  extends CallOptions,
    Pick<ConnectionOptions, "fetch">,
    Pick<ClientOptions, "baseUrl" | "bodySerializer" | "querySerializer"> {
  /** How the body of a success is handed over. @default "json" */
  parseAs?: "json" | keyof ParsedBody | undefined;
  /** openapi-fetch's middleware, for this call. */
  middleware?: Middleware[];
}

/** What a call resolves to, whatever the server answers: `data` after a success, `error` after anything else. */
export type ClientResult<Op, Options = unknown> =
  | { data: DataOf<Op, Options>; error?: undefined; response: Response }
  | { data?: undefined; error: FailureBody<Op>; response: Response };

type DataOf<Op, Options> = Options extends { parseAs: infer Parse extends keyof ParsedBody }
  ? ParsedBody[Parse]
  : SuccessBody<Op, undefined>;

type Rest<Init> = Record<never, never> extends Init ? [init?: Init] : [init: Init];

/** One HTTP method of a client. */
export type ClientMethod<Name extends string> = <
  Path extends PathsWith<Name>,
  const Options extends ClientCallOptions = Record<never, never>,
>(
  path: Path,
  ...init: Rest<InitOf<OperationAt<Path, Name>> & ClientCallOptions & Options>
) => Promise<ClientResult<OperationAt<Path, Name>, Options>>;

/**
 * A typed openapi-fetch client of the contract. Its methods resolve to `{ data, error, response }` for any answer of
 * the server. Besides openapi-fetch's own options they take those of {@link CallOptions}.
 */
export type EsimClient = { readonly [Name in Method]: ClientMethod<Name> } & {
  /** Adds openapi-fetch middleware. It sees requests without the keys. */
  use(...middleware: Middleware[]): void;
  /** Takes middleware out again. */
  eject(...middleware: Middleware[]): void;
};

type Init = ClientCallOptions & { params?: RequestParts & { header?: unknown }; body?: unknown };
type Result = { data?: unknown; error?: unknown; response: Response };
type RawMethod = (path: string, init: object) => Promise<Result>;

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
  // In CommonJS the default export is a property of what Node takes for it.
  const { default: createClient = openapiFetch } = openapiFetch as { default?: typeof openapiFetch };
  const raw = createClient<paths, "application/json">({ baseUrl });
  const middleware: Middleware[] = [];

  const routes = new Map(
    Object.values<Operation>(OPERATIONS).map((each) => [`${each.method} ${each.path}`, each]),
  );

  const call = async (method: Method, path: string, given?: Init): Promise<Result> => {
    const init = given ?? {};
    const operation = routes.get(`${method} ${path}`);
    if (!operation)
      throw new EsimUsageError(
        `the contract has no ${method} ${path}; its paths are written as in the document, braces included`,
      );
    if (init.parseAs !== undefined && !PARSED.includes(init.parseAs))
      throw new EsimUsageError(`parseAs must be one of ${PARSED.join(", ")}`);
    checkDigits(operation, { ...init.params, body: init.body });
    const filled = baseUrl + fillPath(operation, init.params?.path);
    const isWatched = middleware.length > 0 || Boolean(init.middleware?.length);
    const hasHeaders = isWatched || init.headers !== undefined || init.params?.header !== undefined;
    let sent: Sent | undefined;

    const result = await (raw[method] as RawMethod)(path, {
      ...init,
      ...(hasHeaders && { headers: headersOf(operation, settings, init.headers) }),
      pathSerializer: () => filled,
      querySerializer: init.querySerializer ?? serializeQuery,
      bodySerializer: init.bodySerializer ?? serializeBody,
      // Middleware is promised fetch's own Request. Where there is none, nobody sees it, and to make one takes as long as all the rest.
      ...(!isWatched && { Request: PlainRequest }),
      // Not the text "json" itself: with that openapi-fetch parses an answer without a length on its own, and lets the parser's error through.
      parseAs: init.parseAs && init.parseAs !== "json" ? init.parseAs : ["json"],
      // `send` listens to the signal per attempt; a Request that kept it would leak a listener.
      signal: null,
      async fetch(request: Request | PlainRequest) {
        const [address = "", query] = request.url.split(/\?(.*)/s);
        // The keys go where the contract says, or nowhere: a middleware or an option may have named another server.
        if (address !== filled)
          throw new EsimUsageError(
            `${operation.id} must go to ${baseUrl}${path}, without middleware or baseUrl changing it`,
          );
        if (request.method !== method)
          throw new EsimUsageError(`${operation.id} must stay ${method}, without middleware changing it`);
        if (query && /[#\s]/.test(query))
          throw new EsimUsageError("querySerializer must escape spaces and #");
        const { headers, body } = await wholeOf(request);
        sent = await send(
          {
            operation,
            method,
            path: address.slice(baseUrl.length),
            query: query ? `?${query}` : "",
            // Without any of the call's they are those of the client, which were checked when it was made.
            ...(hasHeaders && { headers: checkHeaders(Object.fromEntries(headers)) }),
            body,
          },
          settings,
          init,
        );
        const { info, answer, redact } = sent;
        if (isEmptyJson(operation, answer, init)) throw apiError(info, redact(answer), NO_JSON);
        if (answer.bytes && !isBinary(answer)) throw apiError(info, redact(answer), NO_BYTES);
        // A success is handed over as it came.
        const shown = isSuccess(answer.status) ? answer : redact(answer);
        const json = () => shown.bytes ?? parse(shown, () => apiError(info, redact(answer), NO_JSON));
        return isWatched ? toResponse(shown, json) : plainResponse(shown, json);
      },
    });
    // Made when somebody looks at it.
    if (!isWatched && sent) {
      const { answer, redact } = sent;
      let response: Response | undefined;
      Object.defineProperty(result, "response", {
        get: () => (response ??= toResponse(isSuccess(answer.status) ? answer : redact(answer))),
        enumerable: true,
        configurable: true,
      });
    }
    return result;
  };

  const methods = METHODS.map((method) => [method, (path: string, init?: Init) => call(method, path, init)]);
  return {
    ...Object.fromEntries(methods),
    use(...added: Middleware[]) {
      for (const each of added) {
        raw.use(each);
        middleware.push(each);
      }
    },
    eject(...removed: Middleware[]) {
      for (const each of removed) {
        raw.eject(each);
        const at = middleware.indexOf(each);
        if (at >= 0) middleware.splice(at, 1);
      }
    },
  } as EsimClient;
}

const PARSED: readonly string[] = ["json", "text", "blob", "arrayBuffer", "stream"];

/** Of an empty answer openapi-fetch says that there is no data, whatever was promised. */
function isEmptyJson({ method, returns }: Operation, { status, text }: Answer, { parseAs }: Init): boolean {
  const isPromised = returns === "json" && method !== "HEAD" && (parseAs ?? "json") === "json";
  return isPromised && isSuccess(status) && text === "";
}

/** As openapi-fetch does it, but what cannot be sent is refused by name. */
function serializeQuery(query: Record<string, unknown>): string {
  return queryString(Object.keys(query), query).slice(1);
}

function serializeBody(...args: Parameters<typeof defaultBodySerializer>): unknown {
  return refuseCycles(() => defaultBodySerializer(...args));
}

/** What openapi-fetch needs of a Request. */
class PlainRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: unknown;

  constructor(url: string, { method, headers, body }: { method: string; headers: Headers; body?: unknown }) {
    this.url = url;
    this.method = method;
    this.headers = headers;
    this.body = body;
  }
}

/** What openapi-fetch needs of a Response. */
function plainResponse(answer: Answer, json: () => unknown): object {
  const { status, text, bytes } = answer;
  const again = () => new Response((bytes as Uint8Array<ArrayBuffer> | undefined) ?? text);
  return {
    status,
    ok: isSuccess(status),
    headers: { get: (name: string) => answer.header(name.toLowerCase()) ?? null },
    json: async () => json(),
    text: async () => (bytes ? again().text() : text),
    blob: () => again().blob(),
    arrayBuffer: () => again().arrayBuffer(),
    get body() {
      return again().body;
    },
  };
}

/** Headers and body of a request; a body that is no text is written by fetch's own Request, which knows its content type. */
async function wholeOf(
  request: Request | PlainRequest,
): Promise<{ headers: Headers; body: string | Uint8Array<ArrayBuffer> | undefined }> {
  const { url, method, headers, body } = request;
  if (body === undefined || body === null) return { headers, body: undefined };
  if (typeof body === "string") return { headers, body };
  const real =
    request instanceof PlainRequest ? new Request(url, { method, headers, body: body as BodyInit }) : request;
  return { headers: real.headers, body: new Uint8Array(await real.arrayBuffer()) };
}

function parse({ text }: Answer, error: () => Error): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A login page, or a truncated answer.
    throw error();
  }
}
