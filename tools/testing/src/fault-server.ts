import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecure } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { text } from "node:stream/consumers";
import { CERTIFICATE } from "./certificate.ts";
import { readContract } from "./contract-cases.ts";
import { ENCODINGS, FAULT_KEYS, type Fault, faultCases } from "./fault-cases.ts";
import { type Listening, listen } from "./listen.ts";

/** Counts of the requests of a case. */
interface Seen {
  requests: number;
  /** Requests without the right keys; for an operation that takes none, requests with a key. */
  keyless: number;
  /** Requests to another origin, where a redirect pointed. */
  elsewhere: number;
}

const NOTHING: Readonly<Seen> = { requests: 0, keyless: 0, elsewhere: 0 };
const JSON_TYPE = { "content-type": "application/json" };
const DRIP = 100;

/** A server with a base path for each case of spec/conformance/faults, `/NAME`. `GET /NAME/_seen` returns what arrived there, and resets it. */
export async function startFaultServer(): Promise<Listening> {
  const cases = new Map(faultCases().map((each) => [each.name, each]));
  const seen = new Map<string, Seen>([...cases.keys()].map((name) => [name, { ...NOTHING }]));
  const keyless = keylessOperations();
  const timers = new Set<NodeJS.Timeout>();

  const elsewhere = createServer((request, response) => {
    const counts = seen.get(request.url?.split("/")[1] ?? "");
    if (counts) counts.elsewhere++;
    request.resume();
    response.writeHead(200, JSON_TYPE).end("{}");
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.on("error", () => {});
    const [, name = "", path = ""] = /^\/([^/]+)(\/.*)?$/.exec(request.url ?? "") ?? [];
    if (name === "_addresses") return void response.writeHead(200, JSON_TYPE).end(JSON.stringify(addresses));
    const counts = seen.get(name);
    if (!counts) return void response.writeHead(404).end(`There is no case ${name}.`);
    if (path === "/_seen") {
      response.writeHead(200, JSON_TYPE).end(JSON.stringify(counts));
      seen.set(name, { ...NOTHING });
      return;
    }
    const { operation = "", server: fault } = cases.get(name) ?? {};
    count(counts, request, keyless.has(operation));
    if (!fault) return void response.writeHead(500).end("No request should arrive here.");
    if ("drop" in fault && fault.drop === "at once") return void request.socket.resetAndDestroy();
    try {
      await text(request);
    } catch {
      return; // The client closed the connection, as some cases require.
    }
    misbehave(name, fault, request, response);
  };
  const misbehave = (
    name: string,
    fault: Fault,
    request: IncomingMessage,
    response: ServerResponse,
  ): void => {
    if ("drop" in fault) request.socket.destroy();
    else if ("stall" in fault) {
      if (fault.stall === "body") response.writeHead(200, JSON_TYPE).write('{"id": "pkg_1"');
    } else if ("drip" in fault) drip(fault.drip, response);
    else if ("cut" in fault) {
      response.writeHead(200, { ...JSON_TYPE, "content-length": 2 * fault.cut });
      response.write(" ".repeat(fault.cut), () => response.destroy());
    } else {
      const fill = (template: string) => filled(template, request, `${addressOf(elsewhere)}/${name}`);
      const headers = Object.entries(fault.headers).map(([name, value]) => [name, fill(value)] as const);
      response.writeHead(fault.status, fill(fault.reason ?? ""), Object.fromEntries(headers));
      response.end(fill(fault.text));
    }
  };
  const drip = (part: "headers" | "body", { socket }: ServerResponse): void => {
    socket?.write(`HTTP/1.1 200 OK\r\n${part === "body" ? "content-type: application/json\r\n\r\n{" : ""}`);
    const timer = setInterval(() => socket?.write(part === "body" ? " " : "x-drip: 1\r\n"), DRIP);
    timers.add(timer);
    socket?.on("error", () => {}).on("close", () => clearInterval(timer));
  };

  const server = createServer(answer);
  const untrusted = createSecure(CERTIFICATE, answer);
  const all = await Promise.all([server, elsewhere, untrusted].map(listen));
  // Closed at once, which leaves a port that is free.
  const gone = await listen(createServer());
  await gone.close();
  const secure = (address: string) => address.replace("http:", "https:");
  const addresses = {
    refused: gone.url,
    untrusted: secure(addressOf(untrusted)),
    plain: secure(addressOf(server)),
  };
  return {
    url: addressOf(server),
    async close() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(all.map(({ close }) => close()));
    },
  };
}

function count(counts: Seen, { headers }: IncomingMessage, isKeyless: boolean): void {
  counts.requests++;
  const isWrong = ([name, key]: [string, string]) => headers[name] !== (isKeyless ? undefined : key);
  if (Object.entries(FAULT_KEYS).some(isWrong)) counts.keyless++;
}

/** The operations that take no keys, according to the contract. */
function keylessOperations(): ReadonlySet<string> {
  const items = Object.values(readContract().paths ?? {}) as Record<string, Record<string, unknown>>[];
  const operations = items.flatMap((item) => Object.values(item));
  return new Set(
    operations
      .filter(({ security }) => Array.isArray(security) && security.length === 0)
      .map((each) => `${each.operationId}`),
  );
}

/** Fills in the placeholders in braces. */
function filled(template: string, { headers }: IncomingMessage, elsewhere: string): string {
  return template
    .replace("{elsewhere}", elsewhere)
    .replace(/\{(x-api-key|x-user-id)(?::(\w+))?\}/g, (_, name: string, encoding = "") => {
      const key = `${headers[name]}`;
      return ENCODINGS[encoding]?.(key) ?? key;
    });
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
