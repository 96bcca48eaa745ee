import type { IncomingMessage, ServerResponse } from "node:http";
import type { Pipeline } from "./contract/pipeline.ts";
import type { Routed, Router } from "./contract/router.ts";
import type { Control } from "./control/control.ts";
import { handleControl } from "./control/routes.ts";
import { withFault } from "./control/with-fault.ts";
import { type Access, isPreflight } from "./http/access.ts";
import { type Answer, empty, refuse, send } from "./http/answer.ts";
import type { BasePath } from "./http/base-path.ts";
import type { Logger } from "./http/logger.ts";
import { maskNumbers } from "./http/mask.ts";
import type { readBody } from "./http/read-body.ts";
import { readRequest, splitTarget } from "./http/read-request.ts";
import { requestId } from "./http/request-id.ts";
import type { Pages } from "./pages/serve-pages.ts";

const MAX_LOGGED_PATH = 500;

/** What `node:http` calls for each request. Never rejects. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Everything that is built from one document. */
export interface Served {
  readonly route: Router;
  /** Answers requests of the API, as opposed to those for the mock itself. */
  readonly answer: (request: Routed) => Promise<Answer>;
  readonly basePaths: readonly BasePath[];
  readonly pages: Pages;
}

/** What the request handler delegates to. */
export interface HandlerDependencies {
  /** Called once per request, so that a reload does not affect a request that has already arrived. */
  readonly served: () => Served;
  readonly access: Access;
  /** Reads the bodies of API requests. @default readBody, which refuses large and compressed ones */
  readonly readBody?: typeof readBody | undefined;
  readonly control: Control;
  /** Whether the control routes are served. */
  readonly isControllable: boolean;
}

/** Wraps everything that answers with access checks, request IDs, delivery and a log line. */
export function createRequestHandler(dependencies: HandlerDependencies, log: Logger): RequestHandler {
  return async (request, response) => {
    try {
      await handle(request, response, dependencies, log);
    } catch (error) {
      // A request that cannot be answered must not affect any other.
      log.error(`${subjectOf(request)}: the answer could not be sent: ${error}`);
      sendFailure(response, error);
    }
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  dependencies: HandlerDependencies,
  log: Logger,
): Promise<void> {
  const { path } = splitTarget(request.url);
  const id = requestId(request.headers["x-request-id"]);
  const common = { "x-request-id": id, ...dependencies.access.headers(request.headers, path) };
  const served = dependencies.served();
  const answer = await answerTo(request, path, served, dependencies);
  const { control } = dependencies;
  // Notes quote what the caller sent.
  const notes = answer.notes.map(maskNumbers);
  // Requests for the mock's own pages and controls do not come from the program under test.
  if (!path.startsWith("/_mock/") && !served.pages.has(request.method, path)) {
    control.requests.add({
      user: String(request.headers["x-user-id"] ?? ""),
      method: request.method ?? "",
      path: pathForLog(path),
      status: answer.status,
      notes,
    });
  }
  control.events.changed();
  // The caller has gone away.
  if (response.destroyed) return;
  send(response, answer, common);
  // An unread body must not keep the caller from reading the answer.
  if (!request.complete) response.once("finish", () => request.resume());
  if (answer.delivery !== "stall") report(log, request, { ...answer, notes }, id);
}

async function answerTo(
  request: IncomingMessage,
  path: string,
  { route, answer, basePaths, pages }: Served,
  { access, readBody, control, isControllable }: HandlerDependencies,
): Promise<Answer> {
  try {
    access.check(request.headers, path);
    if (isPreflight(request.method, request.headers)) return empty(access.preflightHeaders(request.headers));
    if (pages.has(request.method, path)) return await pages.answer(request, path);
    const isControl = isControllable && path.startsWith("/_mock/");
    const incoming = await readRequest(request, basePaths, isControl ? undefined : readBody);
    if (isControl) return handleControl(control, incoming, path);
    const destination = route(incoming.prism);
    return await withFault(control.faults, destination.operation, () => answer({ ...incoming, destination }));
  } catch (error) {
    return refuse(error);
  }
}

/** Answers from the document, without an upstream. */
export function byContract(pipeline: Pipeline): Served["answer"] {
  return async ({ raw, prism, destination }) => {
    const answer = pipeline(prism, destination);
    const asksForMethods = raw.method === "OPTIONS" && answer.status === 405;
    return asksForMethods ? empty({ allow: answer.headers.allow }) : answer;
  };
}

function sendFailure(response: ServerResponse, error: unknown): void {
  try {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    for (const name of response.getHeaderNames()) response.removeHeader(name);
    send(response, refuse(new Error(`the answer could not be sent: ${error}`)), {});
  } catch {
    response.destroy();
  }
}

/** Logs method, path and status; never a header or a query, which may carry keys. */
function report(log: Logger, request: IncomingMessage, answer: Answer, id: string): void {
  const subject = subjectOf(request);
  log.info(`${subject} → ${answer.status}`);
  const complain = answer.status >= 500 ? log.error : log.warn;
  for (const note of answer.notes) complain(`${subject}: ${note}`);
  log.debug(`${subject}: x-request-id ${id}`);
}

function subjectOf(request: IncomingMessage): string {
  return `${request.method} ${pathForLog(splitTarget(request.url).path)}`;
}

/** Callers choose paths: none may upset a terminal, fill the log, or put a customer's number into it. */
function pathForLog(path: string): string {
  const masked = maskNumbers(path.slice(0, MAX_LOGGED_PATH)).replace(/[^\x21-\x7e…]/g, "?");
  return path.length > MAX_LOGGED_PATH ? `${masked}…` : masked;
}
