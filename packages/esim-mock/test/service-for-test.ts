import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as requestHttp,
  type ServerResponse,
} from "node:http";
import { onTestFinished } from "vitest";
import type { MockOptions } from "../src/index.ts";
import { keys, mockForTest } from "./mock-for-test.ts";

/** A request as received by a service. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

/** A service on this machine that answers with this function. */
export async function service(answer: (request: Seen, response: ServerResponse) => void) {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const { method = "", url = "", headers } = request;
    const each = { method, url, headers, body: Buffer.concat(await request.toArray()) };
    seen.push(each);
    answer(each, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}`, seen };
}

/** Answers with this JSON. */
export const json =
  (body: string, status = 200) =>
  (_: Seen, response: ServerResponse) => {
    response.writeHead(status, { "content-type": "application/json" }).end(body);
  };

/** A mock in front of a service that always gives this answer. */
export async function before(answer: Parameters<typeof service>[0], options: MockOptions = {}) {
  const upstream = await service(answer);
  return { upstream, mock: await mockForTest({ upstream: upstream.url, ...options }) };
}

/** Sends a raw request, `GET /path`, which fetch would normalise, and returns the complete answer. */
export async function rawRequest(url: string, line: string) {
  const [method, ...path] = line.split(" ");
  const hints: IncomingHttpHeaders[] = [];
  const { port } = new URL(url);
  const request = requestHttp({
    host: "127.0.0.1",
    port,
    method,
    path: path.join(" "),
    headers: keys,
    agent: false,
  });
  request.on("information", ({ statusCode, headers }) => statusCode === 103 && hints.push(headers)).end();
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const body = Buffer.concat(await response.toArray());
  const { statusCode: status, statusMessage: reason, headers, trailers } = response;
  return { status, reason, headers, trailers, hints, body };
}
