import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { type Listening, listen } from "./listen.ts";

/** A request as a {@link HostileServer} received it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that misbehaves as a test requires, and records its requests. */
export interface HostileServer extends Listening {
  readonly requests: SeenRequest[];
}

/** Handles a request; `nth` counts them from 0. */
export type Misbehaviour = (response: ServerResponse, request: IncomingMessage, nth: number) => void;

/** Starts one on a free port of 127.0.0.1. The caller closes it. */
export async function startHostileServer(misbehave: Misbehaviour): Promise<HostileServer> {
  const requests: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const nth = requests.length;
    const seen = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body: "" };
    requests.push(seen);
    response.on("error", () => {});
    try {
      request.setEncoding("utf8");
      for await (const chunk of request) seen.body += chunk;
    } catch {
      return; // The client closed the connection, as some tests require.
    }
    misbehave(response, request, nth);
  });
  return { ...(await listen(server)), requests };
}
