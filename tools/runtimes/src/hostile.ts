import { once } from "node:events";
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecure } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { CERTIFICATE } from "@betatelltd/esim-testing/certificate";
import type { Addresses } from "./cases.ts";
import { KEYS } from "./keys.ts";
import type { Layer, Outcome } from "./promises.ts";

/** Counts of one call's requests. */
export interface Arrived {
  reads: number;
  writes: number;
  /** Requests without the right keys. */
  keyless: number;
  /** Requests to another origin, where a redirect pointed. */
  elsewhere: number;
  /** Requests that the client gave up before there was a response, and before its program ended. */
  abandoned: number;
  /** Requests sent by the platform's `fetch`, as their headers show. */
  byFetch: number;
  /** Writes on a connection that had carried another request. */
  onUsedConnection: number;
}

/** Servers that misbehave as the path of a request asks, and count what arrives. */
export interface HostileServers {
  readonly addresses: Addresses;
  arrived(run: string, name: string, layer: Layer): Arrived;
  /** The outcomes that a run of promises.ts reported. */
  outcomes(run: string): readonly Outcome[] | undefined;
  close(): Promise<void>;
}

type Answer = (
  response: ServerResponse,
  context: { request: IncomingMessage; nth: number; elsewhere: string },
) => void;

const NOTHING: Readonly<Arrived> = {
  reads: 0,
  writes: 0,
  keyless: 0,
  elsewhere: 0,
  abandoned: 0,
  byFetch: 0,
  onUsedConnection: 0,
};

const row = {
  id: "pkg_1",
  status: "NOT_ACTIVE",
  created_date: 1_700_000_000_000,
  sim: { iccid: "8910300000045680000" },
  package_template: { id: 1, name: "Europe 5 GB 7 days" },
};
const list = JSON.stringify({ total: 20, count: 20, offset: 0, packages: Array(20).fill(row) });
const created = JSON.stringify({ id: "pkg_2", status: "NOT_ACTIVE", sim: "8910300000045681955" });
const JSON_TYPE = { "content-type": "application/json" };

const fine: Answer = (response, { request }) => {
  if (request.method === "GET") response.writeHead(200, JSON_TYPE).end(list);
  else if (request.url?.endsWith("/packages")) response.writeHead(201, JSON_TYPE).end(created);
  else response.writeHead(204).end();
};

const refuse = (status: number, message: string, response: ServerResponse): void => {
  response.writeHead(status, JSON_TYPE).end(JSON.stringify({ message }));
};

const ANSWERS: Readonly<Record<string, Answer>> = {
  fine,
  gzip: (response) =>
    response.writeHead(200, { ...JSON_TYPE, "content-encoding": "gzip" }).end(gzipSync(list)),
  busy: (response, context) => (context.nth < 2 ? refuse(503, "busy", response) : fine(response, context)),
  limited: (response, context) =>
    context.nth < 1 ? refuse(429, "slowly", response) : fine(response, context),
  misdirected: (response) => refuse(421, "not here", response),
  reset: (response) => response.socket?.resetAndDestroy(),
  stall: () => {},
  "stall-in-body": (response) => response.writeHead(200, JSON_TYPE).write(list.slice(0, 100)),
  "cut-short": (response) => {
    response.writeHead(200, { ...JSON_TYPE, "content-length": list.length });
    response.write(list.slice(0, 100), () => response.destroy());
  },
  long: (response) =>
    response.writeHead(200, JSON_TYPE).end(JSON.stringify({ packages: Array(1000).fill(row) })),
  "login-page": (response) => response.writeHead(200, { "content-type": "text/html" }).end("<h1>Log in</h1>"),
  redirect: (response, { request, elsewhere }) =>
    response.writeHead(307, { location: `${elsewhere}${request.url}?key=${KEYS.apiKey}` }).end(),
  "quote-in-failure": (response) => {
    response.writeHead(500, `no ${KEYS.apiKey}`, {
      ...JSON_TYPE,
      "x-quoted": KEYS.userId,
      "x-request-id": KEYS.apiKey,
    });
    response.end(JSON.stringify({ message: `not ${KEYS.apiKey}`, headers: KEYS }));
  },
  "quote-in-page": (response) => {
    response.writeHead(200, `no ${KEYS.apiKey}`, { "content-type": "text/html", "x-quoted": KEYS.userId });
    response.end(`<h1>${KEYS.apiKey} ${KEYS.userId}</h1>`);
  },
  "reset-later": (response, context) => {
    if (context.request.method === "GET") fine(response, context);
    // If the runtime has opened a new connection, there is nothing to lose.
    else if (usedConnections.has(context.request.socket)) response.socket?.resetAndDestroy();
    else fine(response, context);
  },
};

/** Connections that carried a request before the current one. */
const usedConnections = new WeakSet<object>();
const knownConnections = new WeakSet<object>();

/** Starts them on free ports of 127.0.0.1. */
export async function startHostileServers(): Promise<HostileServers> {
  const seen = new Map<string, Arrived>();
  const reports = new Map<string, readonly Outcome[]>();
  const of = (key: string): Arrived => {
    const counts = seen.get(key) ?? { ...NOTHING };
    seen.set(key, counts);
    return counts;
  };

  const elsewhere = createPlain((request, response) => {
    of(keyOf(request)).elsewhere++;
    response.writeHead(200, { ...JSON_TYPE, "access-control-allow-origin": "*" }).end(list);
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.on("error", () => {});
    const { method, headers, socket } = request;
    // For browsers: their page comes from another origin.
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-expose-headers", "*");
    if (method === "OPTIONS") {
      const asked = `${headers["access-control-request-headers"]}`;
      response
        .writeHead(204, { "access-control-allow-headers": asked, "access-control-allow-methods": "*" })
        .end();
      return;
    }
    const key = keyOf(request);
    if (key.startsWith("report/")) {
      reports.set(key.slice("report/".length), JSON.parse(await text(request)));
      response.end();
      return;
    }
    const counts = of(key);
    const nth = counts.reads + counts.writes;
    if (method === "GET") counts.reads++;
    else counts.writes++;
    if (headers["x-api-key"] !== KEYS.apiKey || headers["x-user-id"] !== KEYS.userId) counts.keyless++;
    if (headers["sec-fetch-mode"]) counts.byFetch++;
    if (knownConnections.has(socket)) {
      usedConnections.add(socket);
      if (method !== "GET") counts.onUsedConnection++;
    }
    knownConnections.add(socket);
    response.on("close", () => {
      if (!response.writableEnded && !reports.has(runOf(request))) counts.abandoned++;
    });
    try {
      await text(request);
    } catch {
      return; // The client closed the connection, as some cases require.
    }
    ANSWERS[behaviourOf(request)]?.(response, { request, nth, elsewhere: addressOf(elsewhere) });
  };
  const server = createPlain(answer);
  const apart = createPlain(answer);
  const untrusted = createSecure(CERTIFICATE, answer);
  const all = [elsewhere, server, apart, untrusted];
  // Closing an idle connection while a write is in transit would be a loss that no case asks for.
  for (const each of all) each.keepAliveTimeout = 60_000;
  await Promise.all(all.map((each) => once(each.listen(0, "127.0.0.1"), "listening")));
  // Closed at once, which leaves a port that is free.
  const gone = createPlain();
  await once(gone.listen(0, "127.0.0.1"), "listening");
  const refused = addressOf(gone);
  gone.close();

  return {
    addresses: {
      server: addressOf(server),
      apart: addressOf(apart),
      untrusted: addressOf(untrusted).replace("http:", "https:"),
      plain: addressOf(server).replace("http:", "https:"),
      refused,
      blocked: "http://127.0.0.1:1",
      unknownHost: "https://no-such-host.invalid",
    },
    arrived: (run, name, layer) => of(`${run}/${name}/${layer}`),
    outcomes: (run) => reports.get(run),
    async close() {
      await Promise.all(
        all.map(async (each) => {
          each.close();
          each.closeAllConnections();
          await once(each, "close");
        }),
      );
    },
  };
}

/** A path is `/run/name/layer/behaviour/…`, or `/report/run`. */
function keyOf({ url = "" }: IncomingMessage): string {
  return url.split("/").slice(1, 4).join("/");
}

function runOf({ url = "" }: IncomingMessage): string {
  return url.split("/")[1] ?? "";
}

function behaviourOf({ url = "" }: IncomingMessage): string {
  return url.split("/")[4] ?? "";
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
