import { Configuration, optionsOf } from "../configuration.ts";
import { apiError, EsimUsageError, NO_BYTES, NO_JSON } from "../errors.ts";
import type { Operation } from "../generated/operation.ts";
import type { OperationId } from "../generated/operations.ts";
import type { CallOptions } from "../options.ts";
import { resolveOptions, type Settings } from "../settings.ts";
import { type Answer, isBinary } from "../transport/answer.ts";
import { send } from "../transport/send.ts";
import { isSuccess } from "../transport/to-response.ts";
import { checkDigits, fillPath, queryString, type RequestParts, refuseCycles } from "./request.ts";
import type { RequestOf, SuccessOf } from "./types.ts";

/** The result of every operation. */
export class ApiResult<Data> {
  /** The HTTP status. */
  readonly status: number;
  /** The body as the server sent it; `true` if the contract promises none. */
  readonly data: Data;
  /** Not the whole answer, which would keep its text in memory next to the data. */
  readonly #header: Answer["header"];
  readonly #headers: Answer["headers"];

  /** @internal */
  constructor({ status, header, headers }: Answer, data: Data) {
    this.status = status;
    this.data = data;
    this.#header = header;
    this.#headers = headers;
  }

  /** The response headers. */
  get headers(): Headers {
    return new Headers(this.#headers() as [string, string][]);
  }

  /** The server's ID for the request, if it sent one (`x-request-id`). */
  get requestId(): string | undefined {
    return this.#header("x-request-id");
  }
}

/** Base class of the API classes: makes one typed call. */
export abstract class BaseApi {
  readonly #settings: Settings;

  /**
   * @param configuration keys and server; by default taken from the environment
   * @throws EsimUsageError if a key is missing or an option is invalid
   */
  constructor(configuration: Configuration = new Configuration()) {
    this.#settings = resolveOptions(optionsOf(configuration), this.needsKeys);
  }

  /** Whether any operation of the class needs keys. */
  protected get needsKeys(): boolean {
    return true;
  }

  /** Performs an operation. @throws EsimError for anything but the success that the contract promises */
  protected async call<Id extends OperationId>(
    operation: Operation & { readonly id: Id },
    request: RequestOf<Id>,
    options?: CallOptions,
  ): Promise<ApiResult<SuccessOf<Id>>> {
    const { path, query, body } = request as RequestParts;
    checkDigits(operation, { path, query, body });
    if (operation.hasBody && body === undefined) throw new EsimUsageError(`${operation.id} needs a body`);
    const { info, answer, redact } = await send(
      {
        operation,
        method: operation.method,
        path: fillPath(operation, path),
        query: queryString(operation.queryParameters, query),
        body: body === undefined ? undefined : refuseCycles(() => JSON.stringify(body)),
      },
      this.#settings,
      options ?? {},
    );
    const { status, text, bytes } = answer;
    // Where no body is promised, only the documented status is success: a 200 comes from a login page or a proxy.
    if (operation.returns === "nothing" ? status === operation.success : isSuccess(status)) {
      if (operation.returns === "nothing") return new ApiResult(answer, true as SuccessOf<Id>);
      if (bytes) {
        if (!isBinary(answer)) throw apiError(info, redact(answer), NO_BYTES);
        return new ApiResult(answer, bytes as SuccessOf<Id>);
      }
      try {
        return new ApiResult(answer, JSON.parse(text));
      } catch {
        throw apiError(info, redact(answer), NO_JSON);
      }
    }
    throw apiError(info, redact(answer), isSuccess(status) ? `expected ${operation.success}` : undefined);
  }
}
