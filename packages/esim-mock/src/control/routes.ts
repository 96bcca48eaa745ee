import { type Answer, empty } from "../http/answer.ts";
import type { Incoming } from "../http/read-request.ts";
import { Refusal } from "../http/refusal.ts";
import { UnreadableBody } from "../http/unreadable-body.ts";
import type { Control } from "./control.ts";
import { EVENT_HEADERS, EventStream } from "./events.ts";

/** A request below `/_mock`. */
interface ControlRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The account, from `x-user-id`. */
  readonly user: string | undefined;
  readonly body: unknown;
}

type Handler = (control: Control, request: ControlRequest & { readonly id: string }) => unknown;

const account = ({ user }: ControlRequest): string => {
  if (user) return user;
  throw new Refusal(400, "Name the account with the header x-user-id");
};

/** What each method and path does. A part in braces matches anything. */
const ROUTES: Readonly<Record<string, Handler>> = {
  "GET /_mock/about": (control) => control.about(),
  "GET /_mock/accounts": (control) => control.accounts(),
  "GET /_mock/templates": (control, { user }) => control.templates(user),
  "GET /_mock/sims": (control, request) => control.freeSims(account(request)),
  "GET /_mock/lines": (control, request) => control.lines(account(request)),
  "GET /_mock/sims/{iccid}": (control, request) => control.simCard(account(request), request.id),
  "POST /_mock/sims/{iccid}/profile": (control, request) =>
    control.profile(account(request), request.id, request.body),
  "POST /_mock/sims/{iccid}/traffic": (control, request) =>
    control.traffic(account(request), request.id, request.body),
  "GET /_mock/events": (control, request) => control.events.open(account(request)),
  "GET /_mock/clock": (control) => control.readClock(),
  "POST /_mock/clock": (control, { body }) => control.moveClock(body),
  "GET /_mock/packages": (control, request) => control.packages(account(request)),
  "POST /_mock/packages/{id}/use": (control, request) =>
    control.use(account(request), request.id, request.body),
  "POST /_mock/packages/{id}/suspend": (control, request) => control.suspend(account(request), request.id),
  "POST /_mock/packages/{id}/resume": (control, request) => control.resume(account(request), request.id),
  "GET /_mock/faults": (control) => control.faults.list(),
  "POST /_mock/faults": (control, { body }) => control.addFault(body),
  "DELETE /_mock/faults": (control) => control.faults.clear(),
  "DELETE /_mock/faults/{id}": (control, { id }) => control.faults.clear(Number(id)),
  "GET /_mock/requests": (control) => control.requests.list(),
  "GET /_mock/drift": (control) => control.drift.report(),
  "POST /_mock/reset": (control) => control.reset(),
};

const PATTERNS = Object.entries(ROUTES).map(([route, handler]) => {
  const [method = "", path = ""] = route.split(" ");
  return { route, method, pattern: new RegExp(`^${path.replace(/{\w+}/, "([^/]+)")}$`), handler };
});

/**
 * Carries out a request below `/_mock`.
 * @throws Refusal for an unknown route or method, or an invalid value
 */
export function handleControl(control: Control, { raw, prism }: Incoming, path: string): Answer {
  const { method = "", headers } = raw;
  // A browser's EventSource cannot send headers.
  const user = headers["x-user-id"] ?? prism.url.query?.user;
  const { handler, id } = find(method, path);
  const result = handler(control, {
    method,
    path,
    id,
    body: readBody(prism.body, headers["content-type"]),
    user: typeof user === "string" ? user : undefined,
  });
  if (result === undefined) return empty({});
  const type = result instanceof EventStream ? EVENT_HEADERS : { "content-type": "application/json" };
  return { status: 200, headers: type, body: result, notes: [] };
}

/** Requires JSON: an unrelated page can send other media types without a preflight. */
function readBody(body: unknown, type = ""): unknown {
  if (body instanceof UnreadableBody) throw new Refusal(400, `The request body ${body.reason}`);
  if (body !== undefined && !/^application\/json\s*(;|$)/i.test(type))
    throw new Refusal(415, "The control routes take JSON: send it with content-type: application/json");
  return body;
}

function find(method: string, path: string): { handler: Handler; id: string } {
  const matching = PATTERNS.filter(({ pattern }) => pattern.test(path));
  const found = matching.find((each) => each.method === method);
  if (found) return { handler: found.handler, id: decodeId(found.pattern.exec(path)?.[1] ?? "") };
  if (matching.length > 0) {
    const allow = matching.map((each) => each.method).join(", ");
    throw new Refusal(405, `Method ${method} is not allowed for ${path}: use ${allow}`, { allow });
  }
  throw new Refusal(
    404,
    `There is no control route ${path}; the routes are ${Object.keys(ROUTES).join(", ")}`,
  );
}

function decodeId(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal(400, "The ID in the path is not valid percent-encoded UTF-8");
  }
}
