import type { Answer } from "./answer.ts";
import { isSuccess } from "./to-response.ts";

/** One request, complete. */
export interface WireRequest {
  readonly url: string;
  readonly method: string;
  /** By their names in lower case, keys included. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
  /** Whether the body of a success is bytes, and not text. */
  readonly expectsBytes: boolean;
}

/** What an attempt and its transport tell each other. */
export interface Attempt {
  /** How long the answer may be, in bytes. */
  readonly maxResponseBytes: number;
  /** Takes the function that ends the attempt early. */
  onEnd(end: () => void): void;
  /** Set by the transport: whether it is certain that the server never got anything of the request, which ended in `error`. */
  isUnsent: (error: unknown) => boolean;
}

/** Whether an answer with this status has a body of bytes. */
export function hasBytes({ expectsBytes }: WireRequest, status: number): boolean {
  return expectsBytes && isSuccess(status);
}

/** Sends a request once and reads the whole answer, whatever its status. It follows no redirect and repeats nothing. */
export type Exchange = (request: WireRequest, attempt: Attempt) => Promise<Answer>;

/** What is said of an answer that is too long. */
export function tooLong(maxResponseBytes: number): string {
  return `the answer is longer than maxResponseBytes, ${maxResponseBytes} bytes`;
}
