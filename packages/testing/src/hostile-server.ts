import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";

/** A request as a {@link HostileServer} got it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that misbehaves as it is told, and remembers what it was asked. */
export interface HostileServer {
  readonly url: string;
  readonly requests: SeenRequest[];
  close(): Promise<void>;
}

/** What to do with a request; `nth` counts them from 0. */
export type Misbehaviour = (response: ServerResponse, request: IncomingMessage, nth: number) => void;

/** Starts one on a free port of 127.0.0.1. Whoever starts it closes it. */
export async function startHostileServer(misbehave: Misbehaviour): Promise<HostileServer> {
  const requests: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const nth = requests.length;
    const seen = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body: "" };
    requests.push(seen);
    response.on("error", () => {});
    try {
      for await (const chunk of request) seen.body += chunk;
    } catch {
      return; // The client went away, which some tests want.
    }
    misbehave(response, request, nth);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("No port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
