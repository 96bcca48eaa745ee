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

/** The contract's operation for a method and a path. */
export type OperationAt<Path extends keyof paths, Name extends string> = paths[Path][Lowercase<Name> &
  keyof paths[Path]];

/** The paths on which the contract has this method. */
export type PathsWith<Name extends string> = {
  [Path in keyof paths]: OperationAt<Path, Name> extends { responses: object } ? Path : never;
}[keyof paths];

/** The type of a success body, for each value of `parseAs`. */
export interface ParsedBody {
  text: string;
  blob: Blob;
  arrayBuffer: ArrayBuffer;
  stream: ReadableStream<Uint8Array> | null;
}

/** Options of a single client call: the ones every call takes, plus openapi-fetch's own. */
export interface ClientCallOptions
  extends CallOptions,
    Pick<ConnectionOptions, "fetch">,
    Pick<ClientOptions, "baseUrl" | "bodySerializer" | "querySerializer"> {
  /** How to return the body of a success. @default "json" */
  parseAs?: "json" | keyof ParsedBody | undefined;
  /** openapi-fetch's middleware, for this call. */
  middleware?: Middleware[];
}

/** What a call resolves to for any response: `data` after a success, `error` after anything else. */
export type ClientResult<Op, Options = unknown> =
  | { data: DataOf<Op, Options>; error?: undefined; response: Response }
  | { data?: undefined; error: FailureBody<Op>; response: Response };

type DataOf<Op, Options> = Options extends { parseAs: infer Parse extends keyof ParsedBody }
  ? ParsedBody[Parse]
  : SuccessBody<Op, undefined>;

type Rest<Init> = Record<never, never> extends Init ? [init?: Init] : [init: Init];

/** One of the client's HTTP methods. */
export type ClientMethod<Name extends string> = <
  Path extends PathsWith<Name>,
  const Options extends ClientCallOptions = Record<never, never>,
>(
  path: Path,
  ...init: Rest<InitOf<OperationAt<Path, Name>> & ClientCallOptions & Options>
) => Promise<ClientResult<OperationAt<Path, Name>, Options>>;

/**
 * A typed openapi-fetch client for the contract. Its methods resolve to `{ data, error, response }` for any response
 * from the server. They accept {@link CallOptions} in addition to openapi-fetch's own options.
 */
export type EsimClient = { readonly [Name in Method]: ClientMethod<Name> } & {
  /** Adds openapi-fetch middleware. It sees requests before the keys are added. */
  use(...middleware: Middleware[]): void;
  /** Removes middleware. */
  eject(...middleware: Middleware[]): void;
};

type Init = ClientCallOptions & { params?: RequestParts & { header?: unknown }; body?: unknown };
type Result = { data?: unknown; error?: unknown; response: Response };
type RawMethod = (path: string, init: object) => Promise<Result>;

/**
 * Creates a client that sends the keys, enforces the time limits and retries where that is safe.
 *
 * ```ts
 * const client = createEsimClient(); // ESIM_API_KEY, ESIM_USER_ID
 * const { data, error } = await client.GET("/packages", { params: { query: { status: "ACTIVE" } } });
 * ```
 *
 * Its methods reject with `EsimConnectionError`, `EsimTimeoutError` or `EsimUsageError`; with `EsimApiError` for a redirect
 * or a success that cannot be read; and with the signal's reason after an abort.
 * @throws EsimUsageError when a key is missing or an option is wrong
 */
export function createEsimClient(options: EsimClientOptions = {}): EsimClient {
  const settings = resolveOptions(options);
  const { baseUrl } = settings;
  // In CommonJS, Node hands over the whole module object, with the default export as a property.
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
        `the contract has no ${method} ${path}; write the path as in the document, braces included`,
      );
    if (init.parseAs !== undefined && !PARSE_AS.includes(init.parseAs))
      throw new EsimUsageError(`parseAs must be one of ${PARSE_AS.join(", ")}`);
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
      // Middleware expects fetch's own Request. Without middleware no one sees it, and creating one would double the overhead of a call.
      ...(!isWatched && { Request: PlainRequest }),
      // Not the string "json": given that, openapi-fetch parses a response without a length itself, and lets the parser's error escape.
      parseAs: init.parseAs && init.parseAs !== "json" ? init.parseAs : ["json"],
      // `send` listens to the signal per attempt; a Request that kept it would leak a listener.
      signal: null,
      async fetch(request: Request | PlainRequest) {
        const [address = "", query] = request.url.split(/\?(.*)/s);
        // The keys go where the contract says or nowhere: middleware or an option may have named another server.
        if (address !== filled)
          throw new EsimUsageError(
            `${operation.id} must go to ${baseUrl}${path}, without middleware or baseUrl changing it`,
          );
        if (request.method !== method)
          throw new EsimUsageError(`${operation.id} must stay ${method}, without middleware changing it`);
        if (query && /[#\s]/.test(query))
          throw new EsimUsageError("querySerializer must escape spaces and #");
        const { headers, body } = await headersAndBody(request);
        sent = await send(
          {
            operation,
            method,
            path: address.slice(baseUrl.length),
            query: query ? `?${query}` : "",
            // Without headers of its own, the call uses the client's, which were checked at construction.
            ...(hasHeaders && { headers: checkHeaders(Object.fromEntries(headers)) }),
            body,
          },
          settings,
          init,
        );
        const { info, answer, redact } = sent;
        if (isEmptyJson(operation, answer, init)) throw apiError(info, redact(answer), NO_JSON);
        if (answer.bytes && !isBinary(answer)) throw apiError(info, redact(answer), NO_BYTES);
        // A success is returned as it was received.
        const shown = isSuccess(answer.status) ? answer : redact(answer);
        const json = () => shown.bytes ?? parse(shown, () => apiError(info, redact(answer), NO_JSON));
        return isWatched ? toResponse(shown, json) : plainResponse(shown, json);
      },
    });
    // Created on first access.
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

const PARSE_AS: readonly string[] = ["json", "text", "blob", "arrayBuffer", "stream"];

/** For an empty body, openapi-fetch returns no data and no error, even where the contract promises JSON. */
function isEmptyJson({ method, returns }: Operation, { status, text }: Answer, { parseAs }: Init): boolean {
  const isPromised = returns === "json" && method !== "HEAD" && (parseAs ?? "json") === "json";
  return isPromised && isSuccess(status) && text === "";
}

/** Like openapi-fetch's own serializer, but names the parameter that cannot be sent. */
function serializeQuery(query: Record<string, unknown>): string {
  return queryString(Object.keys(query), query).slice(1);
}

function serializeBody(...args: Parameters<typeof defaultBodySerializer>): unknown {
  return refuseCycles(() => defaultBodySerializer(...args));
}

/** The parts of a Request that openapi-fetch uses. */
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

/** The parts of a Response that openapi-fetch uses. */
function plainResponse(answer: Answer, json: () => unknown): object {
  const { status, text, bytes } = answer;
  const freshResponse = () => new Response((bytes as Uint8Array<ArrayBuffer> | undefined) ?? text);
  return {
    status,
    ok: isSuccess(status),
    headers: { get: (name: string) => answer.header(name.toLowerCase()) ?? null },
    json: async () => json(),
    text: async () => (bytes ? freshResponse().text() : text),
    blob: () => freshResponse().blob(),
    arrayBuffer: () => freshResponse().arrayBuffer(),
    get body() {
      return freshResponse().body;
    },
  };
}

/** Headers and body of a request. A body other than text goes through fetch's own Request, which sets its content type. */
async function headersAndBody(
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
