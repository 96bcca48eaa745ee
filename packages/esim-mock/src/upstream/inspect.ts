import { memoizeByObject } from "../contract/memoize.ts";
import { missingCredentials } from "../contract/missing-credentials.ts";
import type { Components, Operation, PrismResponse, Violation } from "../contract/prism.ts";
import type { Routed } from "../contract/router.ts";
import { type Incoming, MEDIA_RANGE } from "../http/read-request.ts";
import { UnreadableBody } from "../http/unreadable-body.ts";
import { closeSchemas } from "./close-schemas.ts";
import { type Departure, toDeparture } from "./departure.ts";
import type { Forwarded } from "./forward.ts";
import { toInspect, UNINSPECTED } from "./inspected-copy.ts";

/** The findings for a request and its answer. */
export interface Inspected {
  readonly departures: readonly Departure[];
  /** How many of the two bodies were not inspected. */
  readonly uninspected: number;
}

/** Finds how a request and its answer, if any, depart from the document. */
export type Inspect = (request: Routed, answer: Forwarded | undefined) => Inspected;

/** Both directions are judged by Prism: its routes, its security, its validation. */
export function createInspection(components: Components): Inspect {
  const closed = memoizeByObject(closeSchemas);
  return (request, answer) => {
    const isHead = request.raw.method === "HEAD";
    const body = answer && (isHead ? undefined : toInspect(answer, answer.raw.headers));
    const uninspected = [request.prism.body, body].filter((each) => each === UNINSPECTED).length;
    const { operation } = request.destination;
    if (!operation) {
      const { method, url } = request.prism;
      const message = `has nothing for ${method.toUpperCase()} ${url.path}`;
      const path = { operation: "", direction: "request", field: "path", kind: "undocumented path", message };
      return { departures: [path as Departure], uninspected };
    }
    const resource = closed(operation);
    const departures = [
      ...inspectRequest(resource, request, components),
      ...(answer && !isHead ? inspectAnswer(resource, answer, body, components) : []),
    ];
    return { departures, uninspected };
  };
}

function inspectRequest(resource: Operation, { prism }: Incoming, components: Components): Departure[] {
  const about = { operation: nameOf(resource), direction: "request" } as const;
  const keys = missingCredentials(resource, prism).map((field) => ({
    ...about,
    field: field.replace(" ", "."),
    kind: "missing key",
    message: "is missing",
  }));
  const element = { ...prism, body: inspectable(prism.body) };
  const parts = {
    body: element.body,
    query: prism.url.query,
    "content-type": prism.headers?.["content-type"],
  };
  const departures = violationsOf(components.validateInput({ resource, element })).map((violation) =>
    toDeparture(violation, about, parts),
  );
  return [...keys, ...withoutBody(departures, prism.body)];
}

function inspectAnswer(
  resource: Operation,
  { status, raw: { headers } }: Forwarded,
  read: unknown,
  components: Components,
): Departure[] {
  const about = { operation: nameOf(resource), direction: "response" } as const;
  const type = headers["content-type"];
  if (type !== undefined && !MEDIA_RANGE.test(type)) {
    // Prism throws for an invalid media type.
    return [
      {
        ...about,
        field: "content-type",
        kind: "wrong media type",
        message: "is not a media type",
        value: type,
      },
    ];
  }
  if (read instanceof UnreadableBody) {
    return [{ ...about, field: "body", kind: "not readable", message: read.reason }];
  }
  const body = inspectable(read);
  const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const element = { statusCode: status, headers: plain, body } as PrismResponse;
  const departures = violationsOf(components.validateOutput({ resource, element })).map((violation) =>
    toDeparture(violation, about, { body, status, "content-type": type }),
  );
  // A body of another type is not compared field by field.
  const otherType = departures.filter(({ field }) => field === "content-type");
  return otherType.length > 0 ? otherType : withoutBody(departures, read);
}

const inspectable = (body: unknown): unknown => (body === UNINSPECTED ? undefined : body);

/** Drops violations about a body that was not read, which Prism takes for a missing one. */
function withoutBody(departures: Departure[], body: unknown): Departure[] {
  return body === UNINSPECTED ? departures.filter(({ field }) => !/^body\b/.test(field)) : departures;
}

type Checked = ReturnType<Components["validateInput"]> | ReturnType<Components["validateOutput"]>;

const violationsOf = (checked: Checked): readonly Violation[] =>
  checked._tag === "Left" ? checked.left : [];

const nameOf = ({ iid, method, path }: Operation): string => iid ?? `${method.toUpperCase()} ${path}`;
