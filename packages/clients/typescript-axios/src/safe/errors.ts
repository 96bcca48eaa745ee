import { AxiosError, type AxiosResponse, type InternalAxiosRequestConfig } from "axios";
import type { Operation } from "../operations.js";

/** The client was called incorrectly, such as with an ID that would lead to another path. Nothing was sent. */
export class EsimUsageError extends Error {
  override readonly name = "EsimUsageError";
  readonly outcomeUnknown = false;
}

/** A call that did not end in the success that the contract promises. */
export interface Failure {
  readonly said: string;
  readonly outcomeUnknown: boolean;
  readonly code?: string | undefined;
  readonly response?: AxiosResponse | undefined;
}

/**
 * The error of every call that did not end in the success that the contract promises. It is an axios error, so `isAxiosError` recognises it,
 * but contains no key, and says what is known about the call.
 */
export class EsimAxiosError<T = unknown, D = unknown> extends AxiosError<T, D> {
  /** The contract's operationId. */
  readonly operation: string;
  /** The server's ID for the request, if it sent one (`x-request-id`). Quote it to support. */
  readonly requestId: string | undefined;
  /** Whether the failed call may still have changed something on the server: check before you retry. */
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

  /** For `JSON.stringify`: what a log needs, without bodies and headers. */
  override readonly toJSON = (): object => {
    const { name, message, code, status, operation, requestId, outcomeUnknown } = this;
    return { name, message, code, status, operation, requestId, outcomeUnknown };
  };
}

/** Without line breaks and terminal control characters. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ");
}
