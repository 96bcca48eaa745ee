import type { Agent } from "node:http";
import type { MockDocument } from "../contract/load-document.ts";
import type { Components, Operation } from "../contract/prism.ts";
import type { Routed } from "../contract/router.ts";
import type { Answer } from "../http/answer.ts";
import { errorBody } from "../http/error-body.ts";
import type { Incoming } from "../http/read-request.ts";
import type { Departure } from "./departure.ts";
import { type Drift, redact } from "./drift.ts";
import { isOfMock, type PassedHeaders, VIOLATIONS_HEADER } from "./end-to-end.ts";
import { type Forwarded, forward } from "./forward.ts";
import { createInspection, type Inspect, type Inspected } from "./inspect.ts";
import { PassedBody } from "./passed-body.ts";
import { pathAt } from "./path-at.ts";
import { stayBelow } from "./stay-below.ts";

/** In characters. Well below the 8 to 16 KiB of headers that clients accept. */
const HEADER_LIMIT = 2_000;

/** Per request: each is a log line. */
const MAX_NOTES = 50;

/** A service that requests are forwarded to. */
export interface Upstream {
  readonly url: URL;
  readonly agent: Agent;
  /** How it has departed from the document. */
  readonly drift: Drift;
}

/**
 * Forwards requests and returns the answers unchanged, except for CORS headers and a header that lists departures from the document.
 *
 * @param components Prism's components, for the checks
 */
export function answerFromUpstream(
  { url, agent, drift }: Upstream,
  { operations, serverPaths }: Pick<MockDocument, "operations" | "serverPaths">,
  components: Components,
): (incoming: Routed) => Promise<Answer> {
  const address = addressOf(url);
  const ownBase = pathAt(url, undefined, serverPaths);
  const keyNames = findKeyNames(operations);
  const inspect = surviving(createInspection(components));
  const secretsOf = findSecrets(operations);
  return async (incoming) => {
    stayBelow(address, incoming.prism.url.path);
    const base = pathAt(url, incoming.destination.operation, serverPaths);
    // The keys are only for the base address, not for operations above it.
    const withheld = base === ownBase ? [] : keyNames;
    const answer = await forward({ upstream: url, base, withheld }, agent, incoming);
    const inspected = inspect(incoming, "lost" in answer ? undefined : answer);
    const secrets = secretsOf(incoming);
    drift.add(inspected, secrets);
    const notes = toNotes(inspected, secrets);
    if ("lost" in answer) return toCut([...notes, `${url.origin} ${answer.lost}`]);
    // Node cannot send these statuses, and callers would keep waiting for the final answer.
    if (answer.status < 200 || answer.status > 999) return toBadGateway(url, answer, notes);
    return {
      status: answer.status,
      headers: toHeaders(answer.headers, notes),
      body: new PassedBody(answer, answer.raw, answer.earlyHints),
      notes,
    };
  };
}

/** The form used in reports and messages. */
export function addressOf({ href }: URL): string {
  return href.replace(/\/$/, "");
}

/** An answer can be more than Prism can handle. It is forwarded all the same. */
function surviving(inspect: Inspect): Inspect {
  return (request, answer) => {
    try {
      return inspect(request, answer);
    } catch {
      return { departures: [], uninspected: answer ? 2 : 1 };
    }
  };
}

function toNotes({ departures }: Inspected, secrets: readonly string[]): string[] {
  const notes = departures.slice(0, MAX_NOTES).map((each) => redact(describe(each), secrets));
  const others = departures.length - notes.length;
  return others > 0 ? [...notes, `${others} more departures`] : notes;
}

function toCut(notes: readonly string[]): Answer {
  return { status: 0, headers: {}, body: undefined, notes, delivery: "drop" };
}

function toBadGateway({ origin }: URL, { status, raw }: Forwarded, notes: readonly string[]): Answer {
  raw.destroy();
  const message = `${origin} answered with status ${status}, which does not exist; it may still have acted`;
  return {
    status: 502,
    headers: { "content-type": "application/json", ...toHeaders({}, notes) },
    body: errorBody(502, message),
    notes: [...notes, message],
  };
}

function toHeaders(headers: PassedHeaders, notes: readonly string[]): PassedHeaders {
  const kept = Object.entries(headers).filter(([name]) => !isOfMock(name));
  return {
    ...Object.fromEntries(kept),
    ...(headers.vary !== undefined && { vary: [headers.vary, "origin"].flat().join(", ") }),
    ...(notes.length > 0 && { [VIOLATIONS_HEADER]: toHeader(notes) }),
  };
}

function describe({ direction, field, kind }: Departure): string {
  return `${direction} ${field}: ${kind}`;
}

function toHeader(notes: readonly string[]): string {
  const all = notes.join("; ").replace(/[^\x20-\x7e]/g, "?");
  return all.length > HEADER_LIMIT ? `${all.slice(0, HEADER_LIMIT)}... ${notes.length} in all` : all;
}

/** The names of everything that can be a key, in lower case. */
function findKeyNames(operations: readonly Operation[]): string[] {
  const schemes = operations.flatMap(({ security = [] }) => security.flat());
  const names = schemes.flatMap((scheme) => (scheme.type === "apiKey" ? scheme.name.toLowerCase() : []));
  return [...new Set([...names, "authorization", "cookie"])];
}

/** Collects the secrets of a request. Very short values are skipped: masking them would garble other text. */
function findSecrets(operations: readonly Operation[]): (incoming: Incoming) => string[] {
  const headers = findKeyNames(operations);
  return ({ prism }) =>
    headers
      .flatMap((name) => [prism.headers?.[name], prism.url.query?.[name]].flat())
      .filter((value): value is string => value !== undefined && value.length > 3);
}
