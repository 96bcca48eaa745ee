import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from "axios";
import type { Operation } from "../operations.js";

/** The client was called wrongly, such as with an ID that would be another path. Nothing was sent. */
export class EsimUsageError extends Error {
  override readonly name = "EsimUsageError";
  readonly outcomeUnknown = false;
}

/** What a call came to that did not bring the success that the contract promises. */
export interface Failure {
  readonly said: string;
  readonly outcomeUnknown: boolean;
  readonly code?: string | undefined;
  readonly response?: AxiosResponse | undefined;
}

/**
 * The error of every call that did not bring the success that the contract promises: axios' own, so that `isAxiosError` knows it, without
 * anything in it that holds a key, and with what is known about the call.
 */
export class EsimAxiosError<T = unknown, D = unknown> extends AxiosError<T, D> {
  /** The contract's operationId. */
  readonly operation: string;
  /** The server's ID of the request, if it sent one (`x-request-id`). Quote it to support. */
  readonly requestId: string | undefined;
  /** Whether the call may have changed something on the server all the same: look before you try again. */
  readonly outcomeUnknown: boolean;

  /** @param config without keys */
  constructor(
    operation: Operation,
    config: InternalAxiosRequestConfig<D>,
    { said, outcomeUnknown, code, response }: Failure,
  ) {
    const requestId = response?.headers["x-request-id"];
    const path = new URL(`${config.url}`, "http://localhost").pathname;
    const prefix = response ? `${response.status} ` : "";
    const suffix = requestId ? `, request ${requestId}` : "";
    super(
      oneLine(`${prefix}${operation.name}: ${said.slice(0, 300)} (${operation.method} ${path}${suffix})`),
      code,
      config,
      undefined,
      response,
    );
    this.name = "EsimAxiosError";
    this.operation = operation.name;
    this.requestId = requestId;
    this.outcomeUnknown = outcomeUnknown;
  }

  /** What `JSON.stringify` makes of it: what a log needs, without bodies and headers. */
  override readonly toJSON = (): object => {
    const { name, message, code, status, operation, requestId, outcomeUnknown } = this;
    return { name, message, code, status, operation, requestId, outcomeUnknown };
  };
}

/** Without line ends, and without what could drive a terminal. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ");
}
