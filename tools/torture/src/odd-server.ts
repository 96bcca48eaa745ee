import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { listen, type OddService } from "@betatelltd/esim-testing";

/** Serves each service below a path of its own, `/0`, `/1` and so on. A request that one of them loses ends with a reset. */
export async function startOddServer(services: readonly OddService[]) {
  const server = createServer(async (incoming, outgoing) => {
    try {
      const service = services[Number(incoming.url?.split("/")[1])];
      const answer = await service?.fetch(await toRequest(incoming));
      if (!answer) return outgoing.writeHead(404).end();
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    } catch {
      incoming.socket.destroy();
    }
  });
  // A connection that is closed while it rests would be lost without being in any script.
  server.keepAliveTimeout = 0;
  return listen(server);
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = "GET", url, headers } = incoming;
  const body = await text(incoming);
  return new Request(`http://127.0.0.1${url}`, {
    method,
    headers: { "x-caller": String(headers["x-caller"] ?? 0) },
    ...(body && { body }),
  });
}
