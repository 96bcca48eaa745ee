import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import { type Answer, type Pipeline, refuse } from "./contract/pipeline.ts";
import type { PrismRequest } from "./contract/prism.ts";
import type { Control } from "./control/control.ts";
import { EVENT_HEADERS, EventStream } from "./control/events.ts";
import { handleControl } from "./control/routes.ts";
import { type FaultyAnswer, Truncated, withFault } from "./control/with-fault.ts";
import { corsHeaders, isPreflight, preflightHeaders } from "./http/cors.ts";
import { toJson } from "./http/json-text.ts";
import type { Logger } from "./http/logger.ts";
import { type Incoming, readRequest, splitTarget } from "./http/read-request.ts";
import { Refusal } from "./http/refusal.ts";
import { requestId } from "./http/request-id.ts";
import { UnreadableBody } from "./http/unreadable-body.ts";
import type { Pages } from "./pages/serve-pages.ts";

/** What `node:http` calls for each request. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What stands behind the front. */
export interface Behind {
  /** Answers what is not for the mock itself. */
  readonly answer: (incoming: Incoming) => Promise<FaultyAnswer>;
  readonly basePaths: readonly string[];
  readonly pages: Pages;
  readonly control: Control;
  /** Whether the control can be reached over HTTP. */
  readonly controllable: boolean;
}

/** The front: CORS and request ids around everything that answers, and a line in the log. */
export function createRequestHandler(behind: Behind, log: Logger): RequestHandler {
  return async (request, response) => {
    const id = requestId(request.headers["x-request-id"]);
    const common = { "x-request-id": id, ...corsHeaders(request.headers) };
    const { path } = splitTarget(request.url);
    const answer = await answerTo(request, path, behind);
    // What belongs to the mock itself is no request of the caller's program.
    if (!path.startsWith("/_mock/") && !behind.pages.has(request.method, path)) {
      behind.control.requests.add({
        user: String(request.headers["x-user-id"] ?? ""),
        method: request.method ?? "",
        path,
        status: answer.status,
        notes: answer.notes,
      });
    }
    behind.control.events.changed();
    // The caller has gone; there is nobody to answer.
    if (response.destroyed) return;
    if (answer.breakage === "stall") return;
    if (answer.breakage === "drop") response.socket?.resetAndDestroy();
    else send(response, answer, common);
    report(log, request, answer, id);
  };
}

async function answerTo(
  request: IncomingMessage,
  path: string,
  { answer, basePaths, pages, control, controllable }: Behind,
): Promise<Answer & Pick<FaultyAnswer, "breakage">> {
  if (isPreflight(request.method, request.headers)) return empty(preflightHeaders(request.headers));
  try {
    if (pages.has(request.method, path)) return await pages.answer(request, path);
    const incoming = await readRequest(request, basePaths);
    if (controllable && path.startsWith("/_mock/"))
      return controlAnswer(control, request, path, incoming.prism);
    return await withFault(control.faults, incoming.prism, () => answer(incoming));
  } catch (error) {
    return refuse(error);
  }
}

/** Answers by the contract alone. */
export function byContract(pipeline: Pipeline): Behind["answer"] {
  return async ({ raw, prism }) => {
    const answer = pipeline(prism);
    const asksForMethods = raw.method === "OPTIONS" && answer.status === 405;
    return asksForMethods ? empty({ allow: answer.headers.allow }) : answer;
  };
}

function controlAnswer(
  control: Control,
  { method = "", headers }: IncomingMessage,
  path: string,
  { body, url: { query } }: PrismRequest,
): Answer {
  if (body instanceof UnreadableBody) throw new Refusal(400, `the request body ${body.reason}`);
  // A browser's EventSource can send no header.
  const user = headers["x-user-id"] ?? query?.user;
  const result = handleControl(control, {
    method,
    path,
    body,
    user: typeof user === "string" ? user : undefined,
  });
  if (result === undefined) return empty({});
  if (result instanceof EventStream) return { status: 200, headers: EVENT_HEADERS, body: result, notes: [] };
  return { status: 200, headers: { "content-type": "application/json" }, body: result, notes: [] };
}

function empty(headers: Answer["headers"]): Answer {
  return { status: 204, headers, body: undefined, notes: [] };
}

function send(response: ServerResponse, answer: Answer, common: Record<string, string>): void {
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries({ ...common, ...lowerCase(answer.headers) })) {
    // Prism gives null for a header that it has no value for.
    if (value !== null && value !== undefined)
      response.setHeader(name, Array.isArray(value) ? value : String(value));
  }
  if (answer.body instanceof EventStream) {
    // Ends the stream when the caller goes, however that happens.
    pipeline(answer.body, response, () => {});
    return;
  }
  if (Buffer.isBuffer(answer.body)) {
    response.end(answer.body);
    return;
  }
  if (answer.body === undefined || answer.status === 204 || answer.status === 304) {
    response.removeHeader("content-type");
    response.end();
    return;
  }
  const type = String(response.getHeader("content-type") ?? "application/json");
  const isText = typeof answer.body === "string" && !/[/+]json\b/.test(type);
  const payload =
    answer.body instanceof Truncated ? answer.body.text : isText ? String(answer.body) : toJson(answer.body);
  const length = Buffer.byteLength(payload);
  response.setHeader("content-type", type);
  response.setHeader("content-length", length);
  // A text with no more bytes than characters is ASCII, which need not be encoded.
  response.end(payload, length === payload.length ? "latin1" : "utf8");
}

function lowerCase(headers: Answer["headers"]): Answer["headers"] {
  const lower: Record<string, unknown> = {};
  for (const name of Object.keys(headers)) lower[name.toLowerCase()] = headers[name];
  return lower;
}

/** Method, path and status; never a header or a query, which may carry keys. */
function report(log: Logger, request: IncomingMessage, answer: Answer, id: string): void {
  const subject = `${request.method} ${splitTarget(request.url).path.replace(/[^\x21-\x7e]/g, "?")}`;
  log.info(`${subject} → ${answer.status}`);
  const complain = answer.status >= 500 ? log.error : log.warn;
  for (const note of answer.notes) complain(`${subject}: ${note}`);
  log.debug(`${subject}: x-request-id ${id}`);
}
