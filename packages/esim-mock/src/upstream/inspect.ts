import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { missingCredentials } from "../contract/missing-credentials.ts";
import type { Components, Operation, PrismResponse, Violation } from "../contract/prism.ts";
import { decode } from "../http/read-body.ts";
import { type Incoming, mediaRange } from "../http/read-request.ts";
import { UnreadableBody } from "../http/unreadable-body.ts";
import { closeSchemas } from "./close-schemas.ts";
import { type Departure, toDeparture } from "./departure.ts";
import type { Forwarded } from "./forward.ts";

/** Tells in what a request and its answer depart from the document. */
export type Inspect = (request: Incoming, answer: Forwarded | undefined) => Departure[];

/** Both directions are Prism's word: its routes, its security, its validation. */
export function createInspection(operations: readonly Operation[], components: Components): Inspect {
  const resources = operations.map(closeSchemas);
  return (request, answer) => {
    const routed = components.route({ resources, input: request.prism });
    if (routed._tag === "Left") {
      const { method, url } = request.prism;
      const message = `has nothing for ${method.toUpperCase()} ${url.path}`;
      return [{ operation: "", direction: "request", field: "path", kind: "undocumented path", message }];
    }
    const resource = routed.right;
    return [
      ...inspectRequest(resource, request, components),
      ...(answer ? inspectAnswer(resource, request, answer, components) : []),
    ];
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
  const parts = { body: prism.body, query: prism.url.query };
  const violations = violationsOf(components.validateInput({ resource, element: prism }));
  return [...keys, ...violations.map((violation) => toDeparture(violation, about, parts))];
}

function inspectAnswer(
  resource: Operation,
  { raw }: Incoming,
  { status, headers, bytes }: Forwarded,
  components: Components,
): Departure[] {
  const about = { operation: nameOf(resource), direction: "response" } as const;
  const type = headers["content-type"];
  if (type !== undefined && !mediaRange.test(type)) {
    // Prism throws at what is no media type.
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
  const body = bytes.length === 0 ? undefined : decode(unzip(bytes, headers["content-encoding"]), type);
  if (body instanceof UnreadableBody) {
    return [{ ...about, field: "body", kind: "not readable", message: body.reason }];
  }
  // There is no body to look at, by the method's nature.
  if (raw.method === "HEAD") return [];
  const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const element = { statusCode: status, headers: plain, body } as PrismResponse;
  const departures = violationsOf(components.validateOutput({ resource, element })).map((violation) =>
    toDeparture(violation, about, { body, status, "content-type": type }),
  );
  // What comes as another type need not be compared field by field.
  const otherType = departures.filter(({ field }) => field === "content-type");
  return otherType.length > 0 ? otherType : departures;
}

type Checked = ReturnType<Components["validateInput"]> | ReturnType<Components["validateOutput"]>;

const violationsOf = (checked: Checked): readonly Violation[] =>
  checked._tag === "Left" ? checked.left : [];

const nameOf = ({ iid, method, path }: Operation): string => iid ?? `${method.toUpperCase()} ${path}`;

/** Only to look at: what goes back to the caller stays compressed. */
function unzip(bytes: Buffer, encoding = "identity"): Buffer {
  const how = { gzip: gunzipSync, "x-gzip": gunzipSync, br: brotliDecompressSync, deflate: inflateSync }[
    encoding.toLowerCase()
  ];
  try {
    return how ? how(bytes) : bytes;
  } catch {
    return bytes;
  }
}
