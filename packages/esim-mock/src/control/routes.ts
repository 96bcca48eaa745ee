import { Refusal } from "../http/refusal.ts";
import type { Control } from "./control.ts";
import type { FaultSpec } from "./faults.ts";

/** A request below `/_mock`. */
export interface ControlRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The account that it is about, from `x-user-id`. */
  readonly user: string | undefined;
  readonly body: unknown;
}

type Handler = (control: Control, request: ControlRequest & { readonly id: string }) => unknown;

const account = ({ user }: ControlRequest): string => {
  if (user) return user;
  throw new Refusal(400, "Say whose account it is, with the header x-user-id");
};

/** Method and path of each, and what it does. A part in braces can be anything. */
const routes: Readonly<Record<string, Handler>> = {
  "GET /_mock/about": (control) => control.about(),
  "GET /_mock/accounts": (control) => control.accounts(),
  "GET /_mock/templates": (control) => control.templates(),
  "GET /_mock/sims": (control, request) => control.freeSims(account(request)),
  "GET /_mock/events": (control, request) => control.events.open(account(request)),
  "GET /_mock/clock": (control) => control.readClock(),
  "POST /_mock/clock": (control, { body }) => control.moveClock(Object(body)),
  "GET /_mock/packages": (control, request) => control.packages(account(request)),
  "POST /_mock/packages/{id}/use": (control, request) =>
    control.use(account(request), request.id, Object(request.body)),
  "POST /_mock/packages/{id}/suspend": (control, request) => control.suspend(account(request), request.id),
  "POST /_mock/packages/{id}/resume": (control, request) => control.resume(account(request), request.id),
  "GET /_mock/faults": (control) => control.faults.list(),
  "POST /_mock/faults": (control, { body }) => control.addFault(Object(body) as FaultSpec),
  "DELETE /_mock/faults": (control) => control.faults.clear(),
  "DELETE /_mock/faults/{id}": (control, { id }) => control.faults.clear(Number(id)),
  "GET /_mock/requests": (control) => control.requests.list(),
  "GET /_mock/drift": (control) => control.drift.report(),
  "POST /_mock/reset": (control) => control.reset(),
};

const patterns = Object.entries(routes).map(([route, handler]) => {
  const [method = "", path = ""] = route.split(" ");
  return { route, method, pattern: new RegExp(`^${path.replace("{id}", "([^/]+)")}$`), handler };
});

/** Carries out a request. @throws Refusal for a route, a method or a value that there is not */
export function handleControl(control: Control, request: ControlRequest): unknown {
  const matching = patterns.filter(({ pattern }) => pattern.test(request.path));
  const found = matching.find(({ method }) => method === request.method);
  if (found) {
    const id = decodeURIComponent(found.pattern.exec(request.path)?.[1] ?? "");
    return found.handler(control, { ...request, id });
  }
  if (matching.length > 0) {
    const allow = matching.map(({ method }) => method).join(", ");
    throw new Refusal(405, `Method ${request.method} is not for ${request.path}; use ${allow}`, { allow });
  }
  throw new Refusal(
    404,
    `The mock has no control ${request.path}; there are ${Object.keys(routes).join(", ")}`,
  );
}
