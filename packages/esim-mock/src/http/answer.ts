import type { ServerResponse } from "node:http";
import { errorBody } from "./error-body.ts";
import { toJson } from "./json-text.ts";
import { Refusal } from "./refusal.ts";

/** What goes back to the caller, with notes for the log. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Undefined for no body. */
  readonly body: unknown;
  readonly notes: readonly string[];
  /** How delivery fails: the connection is cut, nothing is sent, or only the first half of the body. @default it arrives */
  readonly delivery?: "drop" | "stall" | "truncate" | undefined;
}

/** A body that sends itself, with early hints and trailers. */
export interface StreamedBody {
  sendTo(response: ServerResponse): void;
  /** Returns the first half of what has been read, and reads no more. */
  cut(): string | Buffer;
}

/** The answer for anything that was thrown: a refusal, one of Prism's problems, or a bug in the mock. */
export function refuse(error: unknown): Answer {
  const { status, message, headers } =
    error instanceof Refusal ? error : { ...describeProblem(error), headers: {} };
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: errorBody(status, message),
    notes: [message],
  };
}

function describeProblem(error: unknown): { status: number; message: string } {
  if (!(error instanceof Error)) return { status: 500, message: `The mock failed: ${String(error)}` };
  const { status, detail } = error as Error & { status?: unknown; detail?: unknown };
  return {
    status: typeof status === "number" ? status : 500,
    message: typeof detail === "string" && detail ? detail : `The mock failed: ${error.message}`,
  };
}

/** An answer without a body. */
export function empty(headers: Answer["headers"]): Answer {
  return { status: 204, headers, body: undefined, notes: [] };
}

/** Sends an answer as its `delivery` says. It may override the `common` headers. */
export function send(response: ServerResponse, answer: Answer, common: Record<string, string>): void {
  const streamed = isStreamed(answer.body) ? answer.body : undefined;
  if (answer.delivery === "stall" || answer.delivery === "drop") streamed?.cut();
  if (answer.delivery === "stall") return;
  if (answer.delivery === "drop") {
    response.socket?.resetAndDestroy();
    return;
  }
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries({ ...common, ...lowerCase(answer.headers) })) {
    // Prism returns null for a header without a value.
    if (value !== null && value !== undefined)
      response.setHeader(name, Array.isArray(value) ? value : String(value));
  }
  if (streamed && answer.delivery === undefined) {
    streamed.sendTo(response);
    return;
  }
  if (answer.body === undefined || answer.status === 204 || answer.status === 304) {
    response.removeHeader("content-type");
    response.end();
    return;
  }
  const type = String(response.getHeader("content-type") ?? "application/json");
  const payload = streamed ? streamed.cut() : payloadOf(answer.body, type, answer.delivery === "truncate");
  const length = Buffer.byteLength(payload);
  response.setHeader("content-length", length);
  if (Buffer.isBuffer(payload)) {
    response.end(payload);
    return;
  }
  response.setHeader("content-type", type);
  // Text with as many bytes as characters is ASCII and needs no encoding.
  response.end(payload, length === payload.length ? "latin1" : "utf8");
}

function isStreamed(body: unknown): body is StreamedBody {
  return typeof (body as Partial<StreamedBody> | undefined)?.sendTo === "function";
}

function payloadOf(body: unknown, type: string, isHalf: boolean): string | Buffer {
  const isText = typeof body === "string" && !/[/+]json\b/.test(type);
  const whole = Buffer.isBuffer(body) || isText ? body : toJson(body);
  return isHalf ? whole.slice(0, Math.ceil(whole.length / 2)) : whole;
}

function lowerCase(headers: Answer["headers"]): Answer["headers"] {
  const lower: Record<string, unknown> = {};
  for (const name of Object.keys(headers)) lower[name.toLowerCase()] = headers[name];
  return lower;
}
