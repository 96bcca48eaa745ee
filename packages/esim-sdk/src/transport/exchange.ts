import type { Answer } from "./answer.ts";
import { isSuccess } from "./to-response.ts";

/** One request, complete. */
export interface WireRequest {
  readonly url: string;
  readonly method: string;
  /** With lower-case names; includes the keys. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
  /** Whether the body of a success is bytes rather than text. */
  readonly isBinary: boolean;
}

/** The state that an attempt and its transport share. */
export interface Attempt {
  /** Maximum size of the response, in bytes. */
  readonly maxResponseBytes: number;
  /** Registers a function that cancels the attempt. */
  onEnd(end: () => void): void;
  /** Set by the transport: whether `error` proves that the server received nothing of the request. */
  isUnsent: (error: unknown) => boolean;
}

/** Whether the body of a response with this status is read as bytes. */
export function hasBytes({ isBinary }: WireRequest, status: number): boolean {
  return isBinary && isSuccess(status);
}

/** Sends a request once and reads the whole response, whatever its status. Follows no redirects and never retries. */
export type Exchange = (request: WireRequest, attempt: Attempt) => Promise<Answer>;

/** The reason of an error for a response that is too long. */
export function tooLong(maxResponseBytes: number): string {
  return `the response is longer than maxResponseBytes (${maxResponseBytes} bytes)`;
}
